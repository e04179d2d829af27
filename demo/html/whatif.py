"""Before and after as HTML: two cards, ranks and scores that moved, and the gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from html import escape

from analysis.edits import EDITS
from demo.handlers.link import Linked
from demo.html.parts import image_tag, kind, marked, percent, signed, summary
from demo.html.pictures import data_uri
from demo.texts import Words, joined
from mimic.schema import UNITS, Candidate, Gates, Mention

WHOLE = (0.0, 0.0, 100.0, 100.0)  # region of a picture: left, top, right, bottom in percent
SIDES = ("left", "top", "right", "bottom")
SIDE = 384  # pixels of the picture that a region is drawn on
STILL = 0.05  # a gate that moves less than this has hardly moved


def canvas(words: Words, linked: Linked | None, box: Sequence[float]) -> str:
    """The picture of the case with the chosen region, which can be drawn with the pointer."""
    uri = data_uri(linked.mention.image, SIDE) if linked else None
    if uri is None:
        return ""
    left, top, right, bottom = box
    whole = ' class="whole"' if tuple(box) == WHOLE else ""
    place = f"left:{left}%;top:{top}%;width:{right - left}%;height:{bottom - top}%"
    return (
        f'<figure class="canvas"><div><img src="{uri}" alt="" draggable="false">'
        f'<i{whole} style="{place}"></i></div>'
        f"<figcaption>{escape(words['region_hint'])}</figcaption></figure>"
    )


def nothing_tried(words: Words) -> str:
    """What to do when a case is there and nothing was changed yet."""
    return f'<div class="empty"><p>{escape(words["whatif_lead"])}</p></div>'


def change(words: Words, before: Mention, after: Mention, edit: str, box: Sequence[float]) -> str:
    """What was changed, in a few words; `""` where nothing was.

    Args:
        edit: what was done to the picture; a key `changed_...` of the texts says it.
        box: the region that was chosen for it.
    """
    said = [] if edit == "keep" else [words[f"changed_{edit}"]]
    if edit in EDITS and tuple(box) != WHOLE:
        sides = (f"{number:.0f}" for number in box)
        said[0] += words["changed_part"].format(**dict(zip(SIDES, sides, strict=True)))
    if after.sentence != before.sentence:
        said.append(words["changed_sentence"])
    elif after.surface != before.surface:
        said.append(words["changed_mention"].format(mention=after.surface))
    return words["list_and"].join(said)


def before_after(
    words: Words,
    before: Linked,
    after: Linked,
    pairs: Sequence[tuple[Candidate, Candidate]],
) -> str:
    """What a change did.

    Args:
        pairs: the same entity before and after, the first ones of both rankings.
    """
    keep = escape(words["whatif_keep"])
    cards = "".join(
        _card(words, words[key], linked) for key, linked in (("before", before), ("after", after))
    )
    rows = "".join(_row(words, was, now, before.gold) for was, now in pairs)
    heads = "".join(f'<th scope="col">{escape(words[unit])}</th>' for unit in UNITS)
    return (
        f'<section class="whatif"><div class="pair">{cards}</div>'
        f'<p class="verdict" role="status">{escape(_said(words, before, after, pairs[0]))}</p>'
        f'<button type="button" class="lead-on" data-index="0">{keep}</button>'
        f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(words["was_now"])}">'
        f'<table class="moves"><caption>{escape(words["was_now"])}</caption><thead><tr>'
        f'<th scope="col">{escape(words["entity"])}</th>'
        f'<th scope="col">{escape(words["rank_change"])}</th>'
        f'<th scope="col">{escape(words["probability"])}</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_gates(words, *pairs[0])}</section>"
    )


def same_picture(before: Mention, after: Mention) -> bool:
    """Whether two mentions have the same picture, or both none."""
    if before.image is None or after.image is None or before.image == after.image:
        return before.image == after.image
    try:
        return before.image.read_bytes() == after.image.read_bytes()
    except OSError:  # the server deletes pictures after a day; whoever reads it next says so
        return False


def _said(words: Words, before: Linked, after: Linked, pair: tuple[Candidate, Candidate]) -> str:
    """Which entity is first now, and what the gate of the picture did to a changed picture."""
    parts = [_verdict(words, before, after)]
    if not same_picture(before.mention, after.mention):
        parts.append(_damping(words, *pair))
    return joined(words, *parts)


def _card(words: Words, title: str, linked: Linked) -> str:
    first = linked.result.candidates[0]
    shown = image_tag(linked.mention.image, SIDE, "", words["no_picture"])
    return (
        f"<article><h2>{escape(title)}</h2>{shown}"
        f"<p>{marked(linked.mention.sentence, linked.mention.span)}</p>"
        f'<p class="first"><b>{escape(first.entity.name)}</b> {percent(first.probability)}<br>'
        f"<small>{escape(summary(first.entity))}</small></p></article>"
    )


def _verdict(words: Words, before: Linked, after: Linked) -> str:
    was, now = before.result.candidates[0], after.result.candidates[0]
    if was.entity.id == now.entity.id:
        numbers = (percent(was.probability), percent(now.probability))
        shown = [number.replace("&lt;", "<").replace("&gt;", ">") for number in numbers]
        return words["whatif_same"].format(name=was.entity.name, before=shown[0], after=shown[1])
    names = (f"{c.entity.name} ({kind(c.entity)})" for c in (was, now))
    return words["whatif_moved"].format(**dict(zip(("before", "after"), names, strict=True)))


def _damping(words: Words, was: Candidate, now: Candidate) -> str:
    """Whether the gate that lets in the mention's picture closes."""
    before, after = (c.gates.vdlu_entity_to_mention for c in (was, now))
    moved = abs(after) - abs(before)
    key = "gate_still" if abs(moved) < STILL else "gate_opened" if moved > 0 else "gate_damped"
    return words[key].format(before=signed(before), after=signed(after))


def _row(words: Words, was: Candidate, now: Candidate, gold: str) -> str:
    badge = f"<em>{escape(words['gold'])}</em>" if was.entity.id == gold else ""
    step = was.rank - now.rank
    arrow = f'<span class="up">▲{step:,}</span>' if step > 0 else ""
    arrow = f'<span class="down">▼{-step:,}</span>' if step < 0 else arrow
    cells = "".join(
        f"<td>{signed(getattr(was.units, unit), 1)} → {signed(getattr(now.units, unit), 1)}"
        f"<small>#{int(getattr(was.unit_ranks, unit)):,} → "
        f"#{int(getattr(now.unit_ranks, unit)):,}</small></td>"
        for unit in UNITS
    )
    return (
        f'<tr><th scope="row" title="{escape(was.entity.description)}">{escape(was.entity.name)}'
        f"{badge}<small>{escape(summary(was.entity))}</small></th>"
        f"<td>{was.rank:,} → {now.rank:,} {arrow}</td>"
        f"<td>{percent(was.probability)} → {percent(now.probability)}</td>{cells}</tr>"
    )


def _gates(words: Words, was: Candidate, now: Candidate) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(words[field.name])}</th>'
        f"<td>{_bar(old)} {signed(old)}</td><td>{_bar(new)} {signed(new)}</td></tr>"
        for field, old, new in zip(
            fields(Gates), astuple(was.gates), astuple(now.gates), strict=True
        )
    )
    return (
        f'<table class="gates-moved"><caption>'
        f"{escape(words['gates_of'].format(name=was.entity.name))}</caption>"
        f'<thead><tr><th scope="col">{escape(words["gates"])}</th>'
        f'<th scope="col">{escape(words["before"])}</th>'
        f'<th scope="col">{escape(words["after"])}</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _bar(value: float) -> str:
    reach = 50 * min(abs(value), 1.0)
    left = 50 - reach if value < 0 else 50
    sign = "minus" if value < 0 else "plus"
    return (
        f'<span class="signed {sign}" aria-hidden="true">'
        f'<i style="left:{left:.1f}%;width:{reach:.1f}%"></i></span>'
    )
