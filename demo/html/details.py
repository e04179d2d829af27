"""All about one candidate as HTML: picture, facts, gates and scores."""

from __future__ import annotations

import re
from dataclasses import asdict

from analysis.markup import Markup, html, markup
from demo.html.parts import image_tag, signed_bar
from demo.texts import Words
from mimic.data.facts import facts
from mimic.linking.gate_range import gate_verdict
from mimic.schema import UNITS, Candidate, GateRange, Gates

QID = re.compile(r"Q[1-9][0-9]*", re.ASCII)
LARGE = 512  # pixels, twice the size on the page

_DETAILS = """
<section class="details" aria-label="{{ words.details }}" aria-live="polite">
  <div>{{ picture }}<h2>{{ entity.name }}</h2><p class="id">{{ identifier }}</p><p>{{ prose }}</p>
    <dl class="facts">{% for key, value in pairs %}
      <div><dt>{{ key }}</dt><dd>{{ value }}</dd></div>{% endfor %}</dl></div>
  <div>{{ gates }}{{ scores }}
    <button type="button" class="lead-on" data-index="0">{{ words.open_explain }}</button></div>
</section>
"""
_WIKIDATA = """
<a href="https://www.wikidata.org/wiki/{{ key }}" target="_blank" rel="noopener noreferrer"
 title="{{ title }}">{{ key }}</a>
"""
_GATES = """
<h3>{{ words.gates }}</h3><p class="hint">{{ words.gates_note }}
  {%- if usual %} {{ words.gate_range }}{% endif %}</p>
<div class="gates">{% for name, value in gates.items() %}
  <div class="gate {{ 'minus' if value < 0 else 'plus' }}">
    <span class="name">{{ words[name] }}</span><b>{{ value | signed }}</b>
    {{ bar(value, *usual.get(name, ())) }}
    {% if name in said %}<small class="usual">{{ words[said[name]] }}</small>{% endif %}
    <small>{{ words[name + "_hint"] }}</small></div>{% endfor %}
</div>
"""
_SCORES = """
<h3>{{ words.scores }}</h3><table class="scores"><thead><tr>
  <th scope="col">{{ words.unit }}</th><th scope="col">{{ words.raw_score }}</th>
  <th scope="col">{{ words.rank_alone }}</th></tr></thead><tbody>
{% for unit in units %}<tr>
  <th scope="row" title="{{ words[unit + '_hint'] }}">{{ words[unit] }} <small>
    {{ words[unit + "_short"] }}</small></th>
  <td>{{ candidate.units[unit] | signed }}</td>
  <td>{{ "{:,.0f}".format(candidate.unit_ranks[unit]) }}</td></tr>{% endfor %}
<tr class="total"><th scope="row">{{ words.total }}</th>
  <td>{{ candidate.score | signed }}</td><td>{{ "{:,}".format(candidate.rank) }}</td></tr>
</tbody></table>
"""


def details(words: Words, candidate: Candidate, usual: GateRange | None = None) -> str:
    """Everything about one candidate: picture, facts, gates, scores.

    Args:
        usual: where the gates of the model usually are.
    """
    entity = candidate.entity
    alt = words["picture_of"].format(name=entity.name)
    prose, pairs = facts(entity.description)
    return html(
        _DETAILS,
        words=words,
        entity=entity,
        picture=image_tag(entity.image, LARGE, alt, words["no_entity_picture"]),
        identifier=_identifier(words, entity.id),
        prose=prose,
        pairs=pairs,
        gates=gates_of(words, candidate.gates, usual),
        scores=markup(_SCORES, words=words, candidate=candidate, units=UNITS),
    )


def _identifier(words: Words, key: str) -> str:
    """The identifier; one of Wikidata leads there, when it is clicked."""
    if not QID.fullmatch(key):
        return key
    return markup(_WIKIDATA, key=key, title=words["wikidata"])


def gates_of(words: Words, gates: Gates, usual: GateRange | None = None) -> Markup:
    """The four gates of a pair, each a signed bar with its number and what it lets in."""
    values = asdict(gates)
    ends = {} if usual is None else _ends(usual)
    said = {name: f"gate_{gate_verdict(values[name], *ends[name])}" for name in ends}
    return markup(_GATES, words=words, gates=values, usual=ends, said=said, bar=signed_bar)


def _ends(usual: GateRange) -> dict[str, tuple[float, float]]:
    """Gate -> lowest and highest usual value."""
    low, high = asdict(usual.low), asdict(usual.high)
    return {name: (low[name], high[name]) for name in low}
