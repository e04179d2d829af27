"""Before and after as HTML: two cards, ranks and scores that moved, and the gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from analysis.drawing.palette import signed_number
from analysis.edits import EDITS
from analysis.markup import html, percent
from demo.handlers.link import Linked
from demo.html.parts import image_tag, kind, marked, signed_bar, summary
from demo.html.pictures import data_uri
from demo.texts import Words, joined
from mimic.schema import UNITS, Candidate, Mention

WHOLE = (0.0, 0.0, 100.0, 100.0)  # region of a picture: left, top, right, bottom in percent
SIDES = ("left", "top", "right", "bottom")
SIDE = 384  # pixels of the picture that a region is drawn on
STILL = 0.05  # a gate that moves less than this has hardly moved

_CANVAS = """
<figure class="canvas"><div><img src="{{ uri }}" alt="" draggable="false">
  <i{% if whole %} class="whole"{% endif %} style="{{ place }}"></i></div>
  <figcaption>{{ words.region_hint }}</figcaption></figure>
"""
_RESULT = """
<section class="whatif"><div class="pair">{% for title, linked in cards %}
  {% set first = linked.result.candidates[0] %}<article><h2>{{ title }}</h2>
    {{ image(linked.mention.image, side, "", words.no_picture) }}
    <p>{{ marked(linked.mention.sentence, linked.mention.span) }}</p>
    <p class="first"><b>{{ first.entity.name }}</b> {{ first.probability | percent }}<br>
      <small>{{ summary(first.entity) }}</small></p></article>{% endfor %}</div>
  <p class="verdict" role="status">{{ verdict }}</p>
  <button type="button" class="lead-on" data-index="0">{{ words.whatif_keep }}</button>
  <div class="scroll" role="group" tabindex="0" aria-label="{{ words.was_now }}">
  <table class="moves"><caption>{{ words.was_now }}</caption><thead><tr>
    <th scope="col">{{ words.entity }}</th><th scope="col">{{ words.rank_change }}</th>
    <th scope="col">{{ words.probability }}</th>
    {% for unit in units %}<th scope="col">{{ words[unit] }}</th>{% endfor %}</tr></thead>
    <tbody>{% for was, now in pairs %}
    {% set step = was.rank - now.rank %}
    <tr><th scope="row" title="{{ was.entity.description }}">{{ was.entity.name }}
        {% if was.entity.id == gold %}<em>{{ words.gold }}</em>{% endif %}
        <small>{{ summary(was.entity) }}</small></th>
      <td>{{ "{:,} → {:,}".format(was.rank, now.rank) }} {% if step > 0 %}
        <span class="up">▲{{ "{:,}".format(step) }}</span>{% elif step < 0 %}
        <span class="down">▼{{ "{:,}".format(-step) }}</span>{% endif %}</td>
      <td>{{ was.probability | percent }} → {{ now.probability | percent }}</td>
      {% for unit in units %}
      {% set ranks = "#{:,.0f} → #{:,.0f}".format(was.unit_ranks[unit], now.unit_ranks[unit]) %}
      <td>{{ was.units[unit] | signed(1) }} → {{ now.units[unit] | signed(1) }}
        <small>{{ ranks }}</small></td>{% endfor %}</tr>{% endfor %}</tbody></table></div>
  <table class="gates-moved"><caption>{{ words.gates_of.format(name=first.entity.name) }}</caption>
    <thead><tr><th scope="col">{{ words.gates }}</th><th scope="col">{{ words.before }}</th>
    <th scope="col">{{ words.after }}</th></tr></thead>
    <tbody>{% for name, values in gates.items() %}<tr><th scope="row">{{ words[name] }}</th>
      {% for value in values %}<td>{{ bar(value) }} {{ value | signed }}</td>{% endfor %}</tr>
    {% endfor %}</tbody></table></section>
"""


def canvas(words: Words, linked: Linked | None, box: Sequence[float]) -> str:
    """The picture of the case with the chosen region, which can be drawn with the pointer."""
    uri = data_uri(linked.mention.image, SIDE) if linked else None
    if uri is None:
        return ""
    left, top, right, bottom = box
    place = f"left:{left}%;top:{top}%;width:{right - left}%;height:{bottom - top}%"
    return html(_CANVAS, words=words, uri=uri, whole=tuple(box) == WHOLE, place=place)


def nothing_tried(words: Words) -> str:
    """What to do when a case is there and nothing was changed yet."""
    return html('<div class="empty"><p>{{ words.whatif_lead }}</p></div>', words=words)


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
    was, now = pairs[0]
    old, new = asdict(was.gates), asdict(now.gates)
    return html(
        _RESULT,
        words=words,
        cards=[(words["before"], before), (words["after"], after)],
        verdict=_said(words, before, after, pairs[0]),
        pairs=pairs,
        gold=before.gold,
        first=was,
        gates={name: (old[name], new[name]) for name in old},
        units=UNITS,
        image=image_tag,
        side=SIDE,
        marked=marked,
        summary=summary,
        bar=signed_bar,
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


def _verdict(words: Words, before: Linked, after: Linked) -> str:
    was, now = before.result.candidates[0], after.result.candidates[0]
    if was.entity.id == now.entity.id:
        shares = {"before": percent(was.probability), "after": percent(now.probability)}
        return words["whatif_same"].format(name=was.entity.name, **shares)
    names = (f"{c.entity.name} ({kind(c.entity)})" for c in (was, now))
    return words["whatif_moved"].format(**dict(zip(("before", "after"), names, strict=True)))


def _damping(words: Words, was: Candidate, now: Candidate) -> str:
    """Whether the gate that lets in the mention's picture closes."""
    before, after = (c.gates.vdlu_entity_to_mention for c in (was, now))
    moved = abs(after) - abs(before)
    key = "gate_still" if abs(moved) < STILL else "gate_opened" if moved > 0 else "gate_damped"
    return words[key].format(before=signed_number(before), after=signed_number(after))
