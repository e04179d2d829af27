"""A page of a split's mentions, as one or two models answered them, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.browse.records import ModelAnswer, SeenMention
from analysis.markup import html
from demo.handlers.results import ShownPage
from demo.html.parts import image_tag, marked
from demo.texts import Words
from mimic.schema import UNITS

_SIDE = 96
_PAGE = """
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
      <li class="{% if key == seen.gold %}gold{% endif %}">{{ name }} <small>{{ key }}</small></li>
    {% endfor %}</ol>
    {% if answer.alone %}<p class="quiet">{{ units(answer) }}</p>{% endif %}</section>
  {% endfor %}</div>
  <button type="button" data-index="{{ place }}"
   aria-label="{{ words.results_open_row.format(id=seen.mention.id) }}">
   {{ words.batch_open }}</button>
</div></article>{% endfor %}
"""


def results_page(words: Words, page: ShownPage, models: Sequence[str]) -> str:
    """The mentions of a page, each with a button that opens it in Link."""
    return html(
        _PAGE,
        words=words,
        page=page,
        side=_SIDE,
        image=image_tag,
        sentence=lambda seen: marked(seen.mention.sentence, seen.mention.span),
        about=lambda seen: " · ".join(_about(words, seen)),
        answers=lambda seen: list(zip(models, seen.answers, strict=True)),
        said=lambda answer: _said(words, answer),
        units=lambda answer: (
            words["results_alone"]
            + " "
            + ", ".join(f"{u.upper()} {answer.alone[u]}" for u in UNITS if u in answer.alone)
        ),
    )


def cause_name(words: Words, cause: str) -> str:
    """A cause, an outcome or a change in the page's language."""
    return words[f"results_is_{cause.replace(' ', '_').replace('-', '_')}"]


def _said(words: Words, answer: ModelAnswer) -> str:
    rank = words["results_rank"].format(rank="–" if answer.rank is None else f"{answer.rank:,}")
    return f"{rank} · {cause_name(words, answer.cause)}" if answer.cause else rank


def _about(words: Words, seen: SeenMention) -> list[str]:
    groups = [f"{name} {group}" for name, group in seen.groups.items()]
    return [seen.mention.id, *groups, *([cause_name(words, seen.change)] if seen.change else [])]
