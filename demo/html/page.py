"""The page's head, the examples and the ranked list as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from analysis.markup import Markup, html, markup, percent
from demo.examples import LABELS, Example
from demo.html.deciding import sentence
from demo.html.parts import bar, image_tag, marked, summary
from demo.html.units import help_button, help_notes
from demo.linkers import Linker
from demo.messages import translated
from demo.texts import Words, joined
from mimic.linking.shares import unit_shares
from mimic.schema import UNITS, Doubt, LinkResult, Mention, SecondLook

THUMB, EXAMPLE_THUMB = 96, 112  # pixels, twice the size on the page

_HEADER = """
<a class="skip" href="#tabs">{{ words.skip }}</a>
<header class="top"><div><h1>{{ words.title }} <span>{{ words.subtitle }}</span></h1>
  <p>{{ words.lead }}</p>{% if photographs %}<p class="invite">{{ words.drawings }}</p>{% endif %}
</div>{{ status }}</header>{{ notes }}
"""
_STATUS = """
{% if failure %}<p class="status failed" role="alert">{{ words.load_failed }}: {{ failure }}</p>
{% elif not linker %}<p class="status loading" role="status">{{ words.loading }}</p>
{% else %}<dl class="status">
  <div><dt>{{ words.model }}</dt><dd>{{ linker.model_name }}</dd></div>
  <div><dt>{{ words.kb }}</dt><dd>
    {{ words.kb_size.format(name=linker.kb_name, entities="{:,}".format(linker.entities)) }}
  </dd></div>
  <div><dt>{{ words.device }}</dt><dd>{{ linker.device }}</dd></div>
</dl>{% endif %}
"""
_STRIP = """
<div class="examples" role="group" aria-label="{{ words.examples }}">
{% for label, cards in groups.items() if cards %}
  <section class="group"><h2 title="{{ words['group_' + label + '_hint'] }}">
    {{ words["group_" + label] }}</h2>{% for index, example, picture, sentence in cards %}
    <button type="button" class="card" data-index="{{ index }}" title="{{ example.note }}">
      {{ picture }}<span>{{ sentence }}</span></button>{% endfor %}</section>{% endfor %}</div>
"""
_EMPTY = """
<div class="empty"><h2>{{ words.empty_title }}</h2><p>{{ words.empty_lead }}</p>
  <ol><li>{{ words.empty_1 }}</li><li>{{ words.empty_2 }}</li><li>{{ words.empty_3 }}</li></ol>
</div>
"""
_RANKING = """
<section class="results" tabindex="-1" aria-label="{{ words.results }}">
  <p class="query">{{ query }}</p>
  <p class="notice stale">{{ words.stale }}</p>
  {% if result.band %}<div class="band {{ result.band.name }}">
    <strong role="status">{{ words["band_" + result.band.name] }}</strong>
    <details><summary aria-label="{{ words.band_why }}" title="{{ words.band_why }}">?</summary>
      <p>{{ why }}</p></details></div>{% endif %}
  {% if deciding %}<p class="deciding">{{ deciding }}</p>{% endif %}
  {% for notice in notices %}<p class="notice" role="status">{{ notice }}</p>{% endfor %}
  <p class="count">{{ count }}</p>
  <label class="numbers"><input type="checkbox"> {{ words.numbers }}</label>
  <div class="entry heads"><span></span><span></span><span>{{ words.entity }}</span>
    <span title="{{ words.probability_hint }}">{{ words.probability }}</span>
    <span class="units">{% for unit in units %}
      <span class="{{ unit }}" title="{{ words[unit + '_hint'] }}">
        {{ words[unit] }} {{ help(words, unit) }} <small>{{ words[unit + "_short"] }}</small>
      </span>{% endfor %}</span></div>
  <ol class="ranking">{% for candidate in result.candidates %}
    <li><button type="button" class="entry" data-index="{{ candidate.rank - 1 }}"
     aria-pressed="{{ (loop.index0 == chosen) | lower }}">
      <span class="rank"><span class="unseen">{{ words.rank }} </span>{{ candidate.rank }}</span>
      {% set entity = candidate.entity %}{{ image(entity.image, side, "", "") }}
      <span class="who"><strong>{{ entity.name }}
        {% if entity.id == gold %}<em>{{ words.gold }}</em>{% endif %}</strong>
        <small>{{ summary(entity) }}</small></span>
      <span class="cell probability"><span class="label">{{ words.probability }}</span>
        <b>{{ candidate.probability | percent }}</b>{{ bar(candidate.probability) }}</span>
      <span class="units">{% set place = loop.index0 %}{% for unit in units %}
        {% set share = shares[unit][place] %}
        {% set raw = candidate.units[unit] | signed(1) %}
        {% set rank = "{:,.0f}".format(candidate.unit_ranks[unit]) %}
        {% set hint = words.cell_hint.format(unit=words[unit], raw=raw, rank=rank) %}
        <span class="cell {{ unit }}" title="{{ hint }}">
          <span class="label">{{ words[unit] }}</span>
          {% if unit == "vdlu" and (blank or not entity.image) %}
            <small>{{ words.no_comparison }}</small>
          {% else %}{{ bar(share) }}<small>{{ words.rank_n.format(rank=rank) }}</small>{% endif %}
          <small class="more">{{ words.share_n.format(share=share | percent(0)) }}</small>
          <small class="more">{{ words.score_n.format(score=raw) }}</small>
        </span>{% endfor %}</span>
    </button></li>{% endfor %}</ol>
  {{ take }}
  <details class="legend"><summary>{{ words.columns }}</summary><dl>
    <div><dt>{{ words.probability }}</dt><dd>{{ words.probability_hint }}</dd></div>
    {% for unit in units %}
      <div class="{{ unit }}"><dt>{{ words[unit] }} {{ help(words, unit) }}</dt>
      <dd>{{ words[unit + "_hint"] }}</dd></div>{% endfor %}
  </dl><p>{{ words.bars_note }}</p></details></section>
"""


def header(words: Words, linker: Linker | None, failure: str = "") -> str:
    """Title, what this is, and which model answers."""
    status = markup(_STATUS, words=words, linker=linker, failure=failure)
    photographs = linker is not None and linker.knows_photographs
    notes = help_notes(words)
    return html(_HEADER, words=words, photographs=photographs, status=status, notes=notes)


def example_strip(words: Words, examples: Sequence[Example]) -> str:
    """The examples as cards, grouped by what decides them."""
    groups: dict[str, list[tuple[int, Example, Markup, Markup]]] = {label: [] for label in LABELS}
    for index, example in enumerate(examples):
        picture = image_tag(example.image, EXAMPLE_THUMB, "", words["no_picture"])
        card = (index, example, picture, marked(example.sentence, example.span))
        groups.get(example.label, []).append(card)
    return html(_STRIP, words=words, groups=groups) if any(groups.values()) else ""


def empty(words: Words) -> str:
    """What to do in the first ten seconds."""
    return html(_EMPTY, words=words)


def ranking(
    words: Words,
    mention: Mention,
    result: LinkResult,
    gold: str = "",
    chosen: int = 0,
    take: str = "",
) -> str:
    """The ranked list, a button for each entity, with the bars of the units.

    Args:
        gold: identifier of the right entity where it is known (the examples), else `""`.
        chosen: index of the row that is pressed.
        take: the buttons that take the answer along.
    """
    return html(
        _RANKING,
        words=words,
        query=marked(mention.sentence, mention.span),
        notices=_notices(words, result, gold),
        count=_count(words, result),
        why=_why(words, result),
        take=take,
        deciding=sentence(words, result.deciding) if result.deciding else "",
        blank=result.image != "ok",
        result=result,
        shares=unit_shares([asdict(c.units) for c in result.candidates]),
        gold=gold,
        chosen=chosen,
        units=UNITS,
        help=help_button,
        image=image_tag,
        side=THUMB,
        summary=summary,
        bar=bar,
    )


def _count(words: Words, result: LinkResult) -> str:
    """How many entities are listed of how many, and which those are where not all were ranked."""
    listed, whole = len(result.candidates), f"{result.entities:,}"
    if result.ranked is None:
        return words["count"].format(k=listed, entities=whole)
    which = [] if result.candidates_are == "all" else [words[f"among_{result.candidates_are}"]]
    if result.types is not None:
        which.append(words["among_types"].format(types=", ".join(result.types)))
    among = f"{result.ranked:,}"
    return words["count_among"].format(
        k=listed, ranked=among, entities=whole, which=", ".join(which)
    )


def _notices(words: Words, result: LinkResult, gold: str) -> list[str]:
    """What the reader must know before believing the list."""
    texts = []
    if result.image != "ok":
        texts.append(words["image_missing"])
    if result.notice:
        texts.append(words["picture_cut_short"])
    if result.truncated:
        texts.append(words["truncated"])
    texts += [translated(notice, words["code"]) for notice in result.notices]
    if result.second_look is not None and result.second_look.placings:
        texts.append(_second_look(words, result, result.second_look))
    if result.band is None and result.doubt is not None and result.doubt.nil:
        texts.append(_doubt(words, result.doubt))
    if gold and all(candidate.entity.id != gold for candidate in result.candidates):
        texts.append(words["gold_missing"].format(id=gold))
    return texts


def _second_look(words: Words, result: LinkResult, look: SecondLook) -> str:
    """What a second look changed at the top, and how often it is right when it does."""
    if not look.overruled:
        return words["second_same"].format(name=look.reranker, k=look.looked)
    first = result.candidates[0].entity.name
    moved = words["second_moved"].format(
        name=look.reranker, entity=first, rank=look.placings[0].first_rank
    )
    if look.right is None:
        return moved
    return joined(words, moved, words["second_right"].format(right=f"{look.right:.0f} %"))


def _why(words: Words, result: LinkResult) -> str:
    """What the band of an answer rests on: the threshold, and what it was measured to hold."""
    band = result.band
    if band is None:
        return ""
    if band.name == "absent" and result.doubt is not None:
        texts = [_doubt(words, result.doubt)]
        texts.append(words["band_told"].format(told=f"{band.told:.0f} %"))
        if band.doubted is not None:
            texts.append(words["band_doubted"].format(doubted=f"{band.doubted:.0f} %"))
        return joined(words, *texts)
    value = percent(band.probability, 0)
    if band.least is None:
        texts = [words["band_below"].format(value=value)]
    else:
        texts = [words["band_least"].format(value=value, least=f"{100 * band.least:.0f} %")]
    if band.right is not None:
        texts.append(words["band_right"].format(right=f"{band.right:.0f} %"))
    return joined(words, *texts)


def _doubt(words: Words, doubt: Doubt) -> str:
    """The advice that no entity of the knowledge base is meant, with the number behind it."""
    if doubt.statistic == "probability":
        value, threshold = (f"{100 * share:.0f} %" for share in (doubt.value, doubt.threshold))
    else:
        value, threshold = f"{doubt.value:.2f}", f"{doubt.threshold:.2f}"
    return words[f"nil_{doubt.statistic}"].format(value=value, threshold=threshold)
