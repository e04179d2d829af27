"""The page's head, the examples and the ranked list as HTML.

Every text from outside goes through `escape` on its way in.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from demo.examples import LABELS, Example
from demo.html.parts import bar, image_tag, marked, percent, signed, summary
from demo.html.units import help_button, help_notes
from demo.linkers import Linker
from demo.texts import Words
from mimic.linking.shares import shares
from mimic.schema import UNITS, Candidate, Doubt, LinkResult, Mention

THUMB, EXAMPLE_THUMB = 96, 112  # pixels, twice the size on the page


def header(words: Words, linker: Linker | None, failure: str = "") -> str:
    """Title, what this is, and which model answers."""
    return (
        f'<header class="top"><div><h1>{escape(words["title"])} '
        f"<span>{escape(words['subtitle'])}</span></h1><p>{escape(words['lead'])}</p></div>"
        f"{_status(words, linker, failure)}</header>{help_notes(words)}"
    )


def _status(words: Words, linker: Linker | None, failure: str) -> str:
    if failure:
        return (
            f'<p class="status failed" role="alert">{escape(words["load_failed"])}: '
            f"{escape(failure)}</p>"
        )
    if linker is None:
        return f'<p class="status loading" role="status">{escape(words["loading"])}</p>'
    kb = words["kb_size"].format(name=linker.kb_name, entities=f"{linker.entities:,}")
    rows = (("model", linker.model_name), ("kb", kb), ("device", linker.device))
    items = "".join(
        f"<div><dt>{escape(words[key])}</dt><dd>{escape(value)}</dd></div>" for key, value in rows
    )
    return f'<dl class="status">{items}</dl>'


def example_strip(words: Words, examples: Sequence[Example]) -> str:
    """The examples as cards, grouped by what decides them."""
    groups = []
    for label in LABELS:
        cards = "".join(
            _example_card(words, index, example)
            for index, example in enumerate(examples)
            if example.label == label
        )
        if cards:
            groups.append(
                f'<section class="group"><h2 title="{escape(words[f"group_{label}_hint"])}">'
                f"{escape(words[f'group_{label}'])}</h2>{cards}</section>"
            )
    if not groups:
        return ""
    title = escape(words["examples"])
    return f'<div class="examples" role="group" aria-label="{title}">{"".join(groups)}</div>'


def _example_card(words: Words, index: int, example: Example) -> str:
    picture = image_tag(example.image, EXAMPLE_THUMB, "", words["no_picture"])
    return (
        f'<button type="button" class="card" data-index="{index}" title="{escape(example.note)}">'
        f"{picture}<span>{marked(example.sentence, example.span)}</span></button>"
    )


def empty(words: Words) -> str:
    """What to do in the first ten seconds."""
    steps = "".join(f"<li>{escape(words[f'empty_{i}'])}</li>" for i in (1, 2, 3))
    return (
        f'<div class="empty"><h2>{escape(words["empty_title"])}</h2>'
        f"<p>{escape(words['empty_lead'])}</p><ol>{steps}</ol></div>"
    )


def ranking(
    words: Words, mention: Mention, result: LinkResult, gold: str = "", chosen: int = 0
) -> str:
    """The ranked list, a button for each entity, with the bars of the units.

    Args:
        gold: identifier of the right entity where it is known (the examples), else `""`.
        chosen: index of the row that is pressed.
    """
    unit_shares = [shares([getattr(c.units, unit) for c in result.candidates]) for unit in UNITS]
    rows = "".join(
        _row(words, candidate, [column[i] for column in unit_shares], gold, i == chosen)
        for i, candidate in enumerate(result.candidates)
    )
    count = words["count"].format(k=len(result.candidates), entities=f"{result.entities:,}")
    return (
        f'<section class="results" aria-label="{escape(words["results"])}">'
        f'<p class="query">{marked(mention.sentence, mention.span)}</p>'
        f"{_notices(words, result, gold)}"
        f'<p class="count">{escape(count)}</p>{_column_heads(words)}'
        f'<ol class="ranking">{rows}</ol>{_legend(words)}</section>'
    )


def _notices(words: Words, result: LinkResult, gold: str) -> str:
    """What the reader must know before believing the list; the first shows once it is old."""
    texts = []
    stale = f'<p class="notice stale">{escape(words["stale"])}</p>'
    if result.image != "ok":
        texts.append(words["image_missing"])
    if result.notice:
        texts.append(words["picture_cut_short"])
    if result.truncated:
        texts.append(words["truncated"])
    if result.doubt is not None and result.doubt.nil:
        texts.append(_doubt(words, result.doubt))
    if gold and all(candidate.entity.id != gold for candidate in result.candidates):
        texts.append(words["gold_missing"].format(id=gold))
    return stale + "".join(f'<p class="notice" role="status">{escape(text)}</p>' for text in texts)


def _doubt(words: Words, doubt: Doubt) -> str:
    """The advice that no entity of the knowledge base is meant, with the number behind it."""
    if doubt.statistic == "probability":
        value, threshold = (f"{100 * share:.0f} %" for share in (doubt.value, doubt.threshold))
    else:
        value, threshold = f"{doubt.value:.2f}", f"{doubt.threshold:.2f}"
    return words[f"nil_{doubt.statistic}"].format(value=value, threshold=threshold)


def _column_heads(words: Words) -> str:
    units = "".join(
        f'<span class="{unit}" title="{escape(words[f"{unit}_hint"])}">{escape(words[unit])} '
        f"{help_button(words, unit)} <small>{escape(words[f'{unit}_short'])}</small></span>"
        for unit in UNITS
    )
    return (
        '<div class="entry heads"><span></span><span></span>'
        f"<span>{escape(words['entity'])}</span>"
        f'<span title="{escape(words["probability_hint"])}">{escape(words["probability"])}</span>'
        f'<span class="units">{units}</span></div>'
    )


def _row(
    words: Words, candidate: Candidate, unit_shares: Sequence[float], gold: str, chosen: bool
) -> str:
    entity = candidate.entity
    units = "".join(
        _unit_cell(words, unit, candidate, share)
        for unit, share in zip(UNITS, unit_shares, strict=True)
    )
    badge = f"<em>{escape(words['gold'])}</em>" if entity.id == gold else ""
    return (
        f'<li><button type="button" class="entry" data-index="{candidate.rank - 1}" '
        f'aria-pressed="{"true" if chosen else "false"}">'
        f'<span class="rank"><span class="unseen">{escape(words["rank"])} </span>'
        f"{candidate.rank}</span>"
        f"{image_tag(entity.image, THUMB, '', '')}"
        f'<span class="who"><strong>{escape(entity.name)}{badge}</strong>'
        f"<small>{escape(summary(entity))}</small></span>"
        f'<span class="cell probability"><span class="label">{escape(words["probability"])}</span>'
        f"<b>{percent(candidate.probability)}</b>{bar(candidate.probability)}</span>"
        f'<span class="units">{units}</span></button></li>'
    )


def _unit_cell(words: Words, unit: str, candidate: Candidate, share: float) -> str:
    raw = signed(getattr(candidate.units, unit), 1)
    rank = f"{int(getattr(candidate.unit_ranks, unit)):,}"
    hint = words["cell_hint"].format(unit=words[unit], raw=raw, rank=rank)
    return (
        f'<span class="cell {unit}" title="{escape(hint)}">'
        f'<span class="label">{escape(words[unit])}</span><b>{percent(share, 0)}</b>{bar(share)}'
        f"<small>{raw} · #{rank}</small></span>"
    )


def _legend(words: Words) -> str:
    items = "".join(
        f'<div class="{unit}"><dt>{escape(words[unit])} {help_button(words, unit)}</dt>'
        f"<dd>{escape(words[f'{unit}_hint'])}</dd></div>"
        for unit in UNITS
    )
    chance = (
        f"<div><dt>{escape(words['probability'])}</dt>"
        f"<dd>{escape(words['probability_hint'])}</dd></div>"
    )
    return (
        f'<details class="legend"><summary>{escape(words["columns"])}</summary>'
        f"<dl>{chance}{items}</dl><p>{escape(words['bars_note'])}</p></details>"
    )
