"""Where an entity stands, and why it is not higher, as HTML; and the rows of the search for it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.markup import html
from demo.html.details import gates_of
from demo.html.parts import image_tag, kind
from demo.texts import Words
from mimic.schema import UNITS, Candidate, Entity, GateRange

THUMB = 64  # pixels, twice the size on the page

_FOUND = """
{% if nobody %}<p class="nobody" role="status">{{ nobody }}</p>{% endif %}
{% if entities %}<ul class="entity-rows" aria-label="{{ label }}">{% for entity in entities %}
  <li><button type="button" tabindex="0" data-index="{{ loop.index0 }}"
   data-key="{{ entity.id }}">{{ image(entity.image, side, "", "") }}
    <span><strong>{{ entity.name }}</strong><small>{{ kind(entity) }}</small></span>
  </button></li>{% endfor %}</ul>{% endif %}
"""
_CHOSEN = """
<div class="entity-chosen">{{ image(entity.image, side, "", "") }}
  <span><strong>{{ entity.name }}</strong><small>{{ kind(entity) }}</small></span>
  <button type="button" data-index="-1" aria-label="{{ words.entity_clear }}"
   title="{{ words.entity_clear }}">×</button></div>
"""
_STANDING = """
<section class="standing" aria-label="{{ title }}" aria-live="polite">
  <h3>{{ title }}</h3><p class="why">{{ why }}</p>
  <div class="scroll" role="group" tabindex="0" aria-label="{{ title }}">
  <table class="scores"><thead><tr><td></td>{% for candidate in pair %}
    <th scope="col">{{ candidate.entity.name }} <small>{{ kind(candidate.entity) }}</small></th>
    {% endfor %}</tr></thead><tbody>
  <tr><th scope="row">{{ words.rank }}</th>{% for candidate in pair %}
    <td>{{ "{:,}".format(candidate.rank) }}</td>{% endfor %}</tr>
  <tr><th scope="row">{{ words.probability }}</th>{% for candidate in pair %}
    <td>{{ candidate.probability | percent }}</td>{% endfor %}</tr>
  {% for unit in units %}<tr><th scope="row">{{ words[unit] }}
      <small>{{ words[unit + "_short"] }}</small></th>{% for candidate in pair %}
    <td>{{ candidate.units[unit] | signed(1) }}
      <small>#{{ "{:,.0f}".format(candidate.unit_ranks[unit]) }}</small></td>{% endfor %}</tr>
  {% endfor %}<tr class="total"><th scope="row">{{ words.total }}</th>{% for candidate in pair %}
    <td>{{ candidate.score | signed(1) }}</td>{% endfor %}</tr></tbody></table></div>
  <div class="two-gates">{% for candidate, gates in gated %}
    <details><summary>{{ words.gates_of.format(name=label(candidate)) }}</summary>{{ gates }}
    </details>{% endfor %}</div>
  {% if pair | length > 1 %}<button type="button" class="lead-on" data-index="0">
    {{ words.explain_margin }}</button>{% endif %}
</section>
"""


def rows(words: Words, entities: Sequence[Entity], nobody: str = "") -> str:
    """The entities that can be chosen, a button for each.

    Args:
        nobody: said above them when they are only the nearest; `""` otherwise.
    """
    return html(
        _FOUND,
        entities=entities,
        nobody=nobody,
        label=words["entity_found"],
        image=image_tag,
        side=THUMB,
        kind=kind,
    )


def chosen(words: Words, entity: Entity) -> str:
    """The entity that was chosen, with a button that takes it away."""
    return html(_CHOSEN, words=words, entity=entity, image=image_tag, side=THUMB, kind=kind)


def why(words: Words, candidate: Candidate) -> str:
    """Why an entity stands where it does, in one sentence: by its best unit and its worst.

    `Third by TGLU, but VDLU ranks it 585th.`
    """
    ranks = {unit: int(getattr(candidate.unit_ranks, unit)) for unit in UNITS}
    best, worst = min(UNITS, key=ranks.__getitem__), max(UNITS, key=ranks.__getitem__)
    high, low = (ordinal(words, ranks[unit]) for unit in (best, worst))
    if high == low:
        return words["stands_alike"].format(high=high.capitalize())
    return words["stands"].format(
        high=high.capitalize(), best=words[best], worst=words[worst], low=low
    )


def ordinal(words: Words, number: int) -> str:
    """A place: `third`, `585th`."""
    if words["code"] == "zh":
        return f"第 {number:,}"
    if number <= len(_FIRST):
        return _FIRST[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number:,}{ending}"


_FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def standing(
    words: Words,
    first: Candidate,
    asked: Candidate,
    entities: int,
    usual: GateRange | None = None,
) -> str:
    """Rank, probability, units and gates of an entity beside those of the first one.

    Args:
        entities: size of the knowledge base.
        usual: where the gates of the model usually are.
    """
    pair = [asked] if asked.entity.id == first.entity.id else [asked, first]
    title = words["standing"].format(
        name=asked.entity.name, rank=f"{asked.rank:,}", entities=f"{entities:,}"
    )
    return html(
        _STANDING,
        words=words,
        title=title,
        why=why(words, asked),
        pair=pair,
        gated=[(candidate, gates_of(words, candidate.gates, usual)) for candidate in pair],
        units=UNITS,
        kind=kind,
        label=_label,
    )


def _label(candidate: Candidate) -> str:
    """A name with what tells it from others of that name."""
    return f"{candidate.entity.name} ({kind(candidate.entity)})"
