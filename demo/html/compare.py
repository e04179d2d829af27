"""Ranked lists side by side as HTML, with lines that follow an entity through them."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.compare import LISTS, Comparison, UnitStanding
from analysis.drawing.palette import signed_number
from analysis.markup import Markup, html, markup, percent
from demo.html.parts import image_tag, kind, marked
from demo.html.units import help_button
from demo.texts import Words
from mimic.schema import UNITS, Entity, Mention

THUMB = 64  # pixels, twice the size on the page
#: Height of a row and of the bend of a line, in the units of the drawing.
ROW, BEND = 10, 50

_CASE = '<div class="case">{{ picture }}<p>{{ sentence }}</p></div>'
_BOARD = """
<section class="board">{% if title %}<h2>{{ title }}</h2>{% endif %}{{ agreement }}
  <div class="lanes" role="group" tabindex="0" aria-label="{{ words.tab_compare }}">
    {{ lanes | join }}</div></section>
"""
_BOARDS = """
<p class="lead">{{ words.compare_lead }}</p><p class="scale-note">{{ note }}</p>{{ between }}
<div class="boards">{{ parts | join }}</div>
"""
_AGREEMENT = """
<p class="agreement"><span>{{ label }}</span> <b>{{ "%.2f" % share }}</b>
  <span class="bar" aria-hidden="true"><i style="width:{{ "%.0f" % (100 * share) }}%"></i></span>
  {% if pairs is defined %}<span class="pairs">{{ pairs }}</span>{% endif %}
  <small>{{ hint }}</small></p>
"""
_LANE = """
<div class="lane {{ name }}"><h2>{{ title }} <small>{{ note }}</small>
  {% if help %} {{ help }}{% endif %}</h2>
  <ol aria-label="{{ label }}">{% for entity, standing, listed, on in entries %}
    <li class="{% if not listed %}slot{% endif %}{% if on %} on{% endif %}"
     data-entity="{{ entity.id }}">{% set about = entity.name + ". " + entity.description %}
    {% if listed %}<button type="button" title="{{ about }}" aria-pressed="{{ on | lower }}">
    {% else %}<div title="{{ about }}">{% endif %}
    <span class="rank">{{ "{:,}".format(standing.rank) }}</span>
    {{ image(entity.image, side, "", "") }}
    <span class="who"><strong>{% if entity.id == gold %}
      <em title="{{ words.gold }}">✓<span class="unseen">{{ words.gold }}</span></em>{% endif %}
      {{ entity.name }}</strong><small>{{ kind(entity) }}</small></span>
    <b>{{ value(standing, scale) }}</b>
    {% if listed %}</button>{% else %}</div>{% endif %}</li>{% endfor %}</ol></div>
"""
_WIRES = """
<svg class="wires" viewBox="0 0 100 {{ height }}" preserveAspectRatio="none" aria-hidden="true"
 focusable="false">{% for key, marks, start, end in wires %}
  <path class="wire{{ marks }}" data-entity="{{ key }}"
   d="M0 {{ start }} C{{ bend }} {{ start }} {{ bend }} {{ end }} 100 {{ end }}"/>{% endfor %}</svg>
"""

_NO_CASE = """
<div class="empty"><p>{{ words.no_case }}</p>
  <button type="button" class="lead-on" data-tab="tab_link">{{ words.to_link }}</button></div>
"""


def case_card(words: Words, mention: Mention) -> str:
    """What is looked at: the picture and the sentence with its mention."""
    picture = image_tag(mention.image, THUMB, "", words["no_picture"])
    return html(_CASE, picture=picture, sentence=marked(mention.sentence, mention.span))


def no_case(words: Words) -> str:
    """What to do when nothing has been linked yet, with a button that leads there."""
    return html(_NO_CASE, words=words)


def board(
    words: Words,
    comparison: Comparison,
    entities: Mapping[int, Entity],
    scale: str,
    gold: str = "",
    title: str = "",
) -> Markup:
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
    agreement = _agreement(words, comparison)
    return markup(_BOARD, words=words, title=title, agreement=agreement, lanes=lanes)


def boards(words: Words, parts: list[Markup], note: str, agreement: float | None) -> str:
    """One board, or those of two models with how far they agree."""
    between = ""
    if agreement is not None:
        hint = words["models_agree_hint"].format(k=10)
        between = markup(_AGREEMENT, label=words["models_agree"], share=agreement, hint=hint)
    return html(_BOARDS, words=words, parts=parts, note=note, between=between)


def _agreement(words: Words, comparison: Comparison) -> Markup:
    k = len(comparison.order["total"])
    pairs = " · ".join(
        f"{words[a]}–{words[b]} {share:.2f}" for (a, b), share in comparison.pairs.items()
    )
    hint = words["agreement_hint"].format(k=k)
    return markup(
        _AGREEMENT, label=words["agreement"], share=comparison.agreement, pairs=pairs, hint=hint
    )


def _lane(
    words: Words,
    comparison: Comparison,
    entities: Mapping[int, Entity],
    name: str,
    scale: str,
    gold: str,
    followed: int,
) -> Markup:
    order, standings = comparison.order[name], comparison.standings[name]
    rows = (*order, *(row for row in standings if row not in order))
    title = words["all_units"] if name == "total" else words[name]
    return markup(
        _LANE,
        words=words,
        name=name,
        title=title,
        note=_lane_note(words, comparison, name),
        help=help_button(words, name) if name in UNITS else "",
        label=words["lane_label"].format(k=len(order), unit=title),
        entries=[(entities[r], standings[r], r in order, r == followed) for r in rows],
        gold=gold,
        image=image_tag,
        side=THUMB,
        kind=kind,
        value=_value,
        scale=scale,
    )


def _value(standing: UnitStanding, scale: str) -> str:
    if scale == "rank":
        return f"#{standing.rank:,}"
    if scale == "z":
        return f"{signed_number(standing.z, 1)} σ"
    return percent(standing.softmax) if scale == "softmax" else signed_number(standing.raw, 1)


def _lane_note(words: Words, comparison: Comparison, name: str) -> str:
    if name in UNITS:
        return words[f"{name}_short"]
    if max(comparison.weights) - min(comparison.weights) < 1e-9:
        return words["all_equal"]
    shares = " : ".join(f"{100 * weight:.0f}" for weight in comparison.weights)
    return words["all_weighted"].format(shares=shares)


def _wires(
    comparison: Comparison, entities: Mapping[int, Entity], left: str, right: str, followed: int
) -> Markup:
    """The lines between two lists; one that leaves a list runs to the place below it."""
    a, b = comparison.order[left], comparison.order[right]
    wires = []
    for row, entity in entities.items():
        marks = "" if row in a and row in b else " far"
        marks += " on" if row == followed else ""
        wires.append((entity.id, marks, _height(a, row), _height(b, row)))
    return markup(_WIRES, height=ROW * (len(a) + 1), wires=wires, bend=BEND)


def _height(order: tuple[int, ...], row: int) -> int:
    place = order.index(row) if row in order else len(order)
    return ROW * place + ROW // 2
