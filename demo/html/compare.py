"""Ranked lists side by side as HTML, with lines that follow an entity through them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from analysis.compare import LISTS, Comparison, UnitStanding
from demo.html.parts import image_tag, kind, marked, percent, signed
from demo.html.units import help_button
from demo.texts import Words
from mimic.schema import UNITS, Entity, Mention

THUMB = 64  # pixels, twice the size on the page
#: Height of a row and of the bend of a line, in the units of the drawing.
ROW, BEND = 10, 50


def case_card(words: Words, mention: Mention) -> str:
    """What is looked at: the picture and the sentence with its mention."""
    shown = image_tag(mention.image, THUMB, "", words["no_picture"])
    return f'<div class="case">{shown}<p>{marked(mention.sentence, mention.span)}</p></div>'


def no_case(words: Words) -> str:
    """What to do when nothing has been linked yet."""
    return f'<div class="empty"><p>{escape(words["no_case"])}</p></div>'


def board(
    words: Words,
    comparison: Comparison,
    entities: Mapping[int, Entity],
    scale: str,
    gold: str = "",
    title: str = "",
) -> str:
    """The four lists with their lines, and how far the units agree.

    Args:
        entities: row -> entity, for every row that is in a list.
        scale: one of `analysis.compare.SCALES`.
        gold: identifier of the right entity where it is known, else `""`.
        title: the model's name where there are two.
    """
    rows = {entity.id: row for row, entity in entities.items()}
    followed = rows.get(gold, comparison.order["total"][0])
    lanes = []
    for i, name in enumerate(LISTS):
        if i:
            lanes.append(_wires(comparison, entities, LISTS[i - 1], name, followed))
        lanes.append(_lane(words, comparison, entities, name, scale, gold, followed))
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    return (
        f'<section class="board">{heading}{_agreement(words, comparison)}'
        f'<div class="lanes" role="group" tabindex="0" aria-label="{escape(words["tab_compare"])}">'
        f"{''.join(lanes)}</div></section>"
    )


def boards(words: Words, parts: list[str], note: str, agreement: float | None) -> str:
    """One board, or those of two models with how far they agree."""
    between = ""
    if agreement is not None:
        hint = words["models_agree_hint"].format(k=10)
        between = _agreement_line(words["models_agree"], agreement, hint)
    return (
        f'<p class="lead">{escape(words["compare_lead"])}</p>'
        f'<p class="scale-note">{escape(note)}</p>{between}'
        f'<div class="boards">{"".join(parts)}</div>'
    )


def _agreement_line(label: str, share: float, hint: str, more: str = "") -> str:
    """A number between 0 and 1 with its bar and what it means."""
    return (
        f'<p class="agreement"><span>{escape(label)}</span> <b>{share:.2f}</b>'
        f'<span class="bar" aria-hidden="true"><i style="width:{100 * share:.0f}%"></i></span>'
        f"{more}<small>{escape(hint)}</small></p>"
    )


def _agreement(words: Words, comparison: Comparison) -> str:
    k = len(comparison.order["total"])
    pairs = " · ".join(
        f"{words[a]}–{words[b]} {share:.2f}" for (a, b), share in comparison.pairs.items()
    )
    hint = words["agreement_hint"].format(k=k)
    more = f'<span class="pairs">{escape(pairs)}</span>'
    return _agreement_line(words["agreement"], comparison.agreement, hint, more)


def _lane(
    words: Words,
    comparison: Comparison,
    entities: Mapping[int, Entity],
    name: str,
    scale: str,
    gold: str,
    followed: int,
) -> str:
    order, standings = comparison.order[name], comparison.standings[name]
    items = []
    for row in (*order, *(row for row in standings if row not in order)):
        entity, listed = entities[row], row in order
        items.append(
            f'<li class="{"" if listed else "slot"}{" on" if row == followed else ""}" '
            f'data-entity="{escape(entity.id)}">'
            + _entry(words, entity, standings[row], scale, gold, row == followed, listed)
            + "</li>"
        )
    label = words["lane_label"].format(k=len(order), unit=_lane_name(words, name))
    return (
        f'<div class="lane {name}"><h2>{escape(_lane_name(words, name))} '
        f"{_lane_note(words, comparison, name)}</h2>"
        f'<ol aria-label="{escape(label)}">{"".join(items)}</ol></div>'
    )


def _entry(
    words: Words,
    entity: Entity,
    standing: UnitStanding,
    scale: str,
    gold: str,
    followed: bool,
    listed: bool,
) -> str:
    gold_said = escape(words["gold"])
    right = f'<em title="{gold_said}">✓<span class="unseen">{gold_said}</span></em>'
    inner = (
        f'<span class="rank">{standing.rank:,}</span>'
        f"{image_tag(entity.image, THUMB, '', '')}"
        f'<span class="who"><strong>{right if entity.id == gold else ""}{escape(entity.name)}'
        f"</strong><small>{escape(kind(entity))}</small></span>"
        f"<b>{_value(standing, scale)}</b>"
    )
    title = escape(f"{entity.name}. {entity.description}")
    if listed:
        return (
            f'<button type="button" title="{title}" aria-pressed="{str(followed).lower()}">'
            f"{inner}</button>"
        )
    return f'<div title="{title}">{inner}</div>'


def _value(standing: UnitStanding, scale: str) -> str:
    if scale == "rank":
        return f"#{standing.rank:,}"
    if scale == "z":
        return f"{signed(standing.z, 1)} σ"
    return percent(standing.softmax) if scale == "softmax" else signed(standing.raw, 1)


def _lane_name(words: Words, name: str) -> str:
    return words["all_units"] if name == "total" else words[name]


def _lane_note(words: Words, comparison: Comparison, name: str) -> str:
    if name in UNITS:
        return f"<small>{escape(words[f'{name}_short'])}</small> {help_button(words, name)}"
    if max(comparison.weights) - min(comparison.weights) < 1e-9:
        return f"<small>{escape(words['all_equal'])}</small>"
    shares = " : ".join(f"{100 * weight:.0f}" for weight in comparison.weights)
    return f"<small>{escape(words['all_weighted'].format(shares=shares))}</small>"


def _wires(
    comparison: Comparison, entities: Mapping[int, Entity], left: str, right: str, followed: int
) -> str:
    """The lines between two lists; one that leaves a list runs to the place below it."""
    a, b = comparison.order[left], comparison.order[right]
    paths = []
    for row, entity in entities.items():
        start, end = _height(a, row), _height(b, row)
        far = "" if row in a and row in b else " far"
        on = " on" if row == followed else ""
        paths.append(
            f'<path class="wire{far}{on}" data-entity="{escape(entity.id)}" '
            f'd="M0 {start} C{BEND} {start} {BEND} {end} 100 {end}"/>'
        )
    return (
        f'<svg class="wires" viewBox="0 0 100 {ROW * (len(a) + 1)}" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{"".join(paths)}</svg>'
    )


def _height(order: tuple[int, ...], row: int) -> int:
    place = order.index(row) if row in order else len(order)
    return ROW * place + ROW // 2
