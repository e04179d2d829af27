"""The rows of a table, and the mentions of a split, with their answers as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.browse.records import ModelAnswer, SeenMention
from analysis.markup import html
from demo.handlers.results import ShownPage, cause_name
from demo.html.parts import image_tag, marked, picture
from demo.messages import translated
from demo.texts import Words
from mimic.linking.link_table import LinkedRow
from mimic.model.spans import find_span
from mimic.schema import UNITS, LinkResult

_TABLE = """
<div class="scroll" tabindex="0" role="group" aria-label="{{ words.batch_results }}">
<table class="linked"><thead><tr>{% for name in columns %}
  <th scope="col">{{ name }}</th>{% endfor %}</tr></thead>
{% for row in rows %}{% set lines = row.result.candidates if row.result else [none] %}
<tbody>{% for c in lines %}<tr>{% if loop.first %}
  {% set span = lines | length %}
  <td rowspan="{{ span }}">{{ row.number }}</td><td rowspan="{{ span }}">{{ row.id }}</td>
  <td rowspan="{{ span }}">{{ image(thumbs.get(row.number), "", "") }}</td>
  <td rowspan="{{ span }}" class="sentence">{{ sentence(row) }}
    {% if row.result %}<button type="button" data-index="{{ row.number }}"
     aria-label="{{ words.batch_open_row.format(row=row.number) }}">{{ words.batch_open }}</button>
    {% endif %}</td>{% endif %}
  {% if c %}<td>{{ c.rank }}</td>
    <td class="entity">{{ c.entity.name }} <small>{{ c.entity.id }}</small></td>
    <td>{{ c.probability | percent }}</td>{% for unit in units %}
    <td>#{{ "{:,.0f}".format(c.unit_ranks[unit]) }}</td>{% endfor %}
  {% else %}<td></td><td></td><td></td>{% for unit in units %}<td></td>{% endfor %}{% endif %}
  {% if loop.first %}<td rowspan="{{ span }}">{{ sure(row) }}</td>
  <td rowspan="{{ span }}" class="said">{{ said(row) }}</td>{% endif %}</tr>{% endfor %}</tbody>
{% endfor %}</table></div>
"""


def linked_rows(words: Words, rows: Sequence[LinkedRow], thumbs: Mapping[int, str]) -> str:
    """A line for each candidate of each row, and a button that opens the row in Link.

    Args:
        thumbs: row number -> data URI of its picture.
    """
    return html(
        _TABLE,
        words=words,
        columns=words["batch_columns"].split("|"),
        rows=rows,
        thumbs=thumbs,
        units=UNITS,
        image=picture,
        sentence=lambda row: marked(row.sentence, find_span(row.sentence, row.mention, None)),
        sure=lambda row: _confidence(words, row.result) if row.result else "",
        said=lambda row: translated(row.problem or row.note, words["code"]),
    )


def _confidence(words: Words, result: LinkResult) -> str:
    """The band of an answer; of a model without bands whether no entity is sure enough, and nothing
    where it has no threshold for that."""
    if result.band is not None:
        return words[f"band_{result.band.name}"]
    return words["batch_doubt"] if result.doubt is not None and result.doubt.nil else ""


# --- mentions of a split -----------------------------------------------------------------------

_SIDE = 96
_MENTIONS = """
<p class="count" role="status">{{ words.results_count.format(found=page.found, of=page.of,
  number=page.number, pages=page.pages) }}</p>
{% for place, seen in page.rows %}<article>
  {{ image(seen.mention.image, side, "", words.no_picture) }}<div>
  <p>{{ sentence(seen) }}</p><p>{{ words.results_right }}&nbsp;
    {% if seen.gold %}<b>{{ seen.gold_name }}</b> <small>{{ seen.gold }}</small>
    {% else %}{{ words.results_unknown }}{% endif %}</p>
  <p class="quiet">{{ about(seen) }}</p>
  <div class="answers">{% for model, answer in answers(seen) %}<section>
    <p class="model">{{ model }} · {{ said(answer) }}</p>
    <ol>{% for key, name, score in answer.first %}
      <li class="{% if key == seen.gold %}gold{% endif %}">{{ name }} <small>{{ key }}</small>
      {% if correct %}<button type="button" class="say" data-row="{{ place }}"
       data-answer="{{ key }}" aria-label="{{ words.correct_right }}: {{ name }}">
       {{ words.correct_right }}</button>{% endif %}</li>
    {% endfor %}</ol>
    {% if answer.alone %}<p class="quiet">{{ units(answer) }}</p>{% endif %}</section>
  {% endfor %}</div>
  <button type="button" data-index="{{ place }}"
   aria-label="{{ words.results_open_row.format(id=seen.mention.id) }}">
   {{ words.batch_open }}</button>
  {% if correct %}<button type="button" data-row="{{ place }}" data-answer="">
   {{ words.correct_none }}</button><p class="noted" role="status" data-noted="{{ place }}"></p>
  {% endif %}</div></article>{% endfor %}
"""


def results_page(
    words: Words, page: ShownPage, models: Sequence[str], correct: bool = False
) -> str:
    """The mentions of a page, each with a button that opens it in Link.

    Args:
        correct: whether buttons say which answer is right, or that none is.
    """
    return html(
        _MENTIONS,
        words=words,
        page=page,
        correct=correct,
        side=_SIDE,
        image=image_tag,
        sentence=lambda seen: marked(seen.mention.sentence, seen.mention.span),
        about=lambda seen: " · ".join(_groups_said(words, seen)),
        answers=lambda seen: list(zip(models, seen.answers, strict=True)),
        said=lambda answer: _rank_said(words, answer),
        units=lambda answer: (
            words["results_alone"]
            + " "
            + ", ".join(f"{u.upper()} {answer.alone[u]}" for u in UNITS if u in answer.alone)
        ),
    )


def _rank_said(words: Words, answer: ModelAnswer) -> str:
    rank = words["results_rank"].format(rank="–" if answer.rank is None else f"{answer.rank:,}")
    return f"{rank} · {cause_name(words, answer.cause)}" if answer.cause else rank


def _groups_said(words: Words, seen: SeenMention) -> list[str]:
    groups = [f"{name} {group}" for name, group in seen.groups.items()]
    return [seen.mention.id, *groups, *([cause_name(words, seen.change)] if seen.change else [])]
