"""A text with its mentions marked, and the ranking of the one that is looked at."""

from __future__ import annotations

from collections import Counter

from analysis.markup import Markup, html, markup, percent
from demo.handlers.annotated import EDGES, Annotated
from demo.html.page import ranking
from demo.html.parts import image_tag, kind
from demo.texts import Words
from mimic.schema import Entity
from mimic.texts.records import TextMention
from mimic.texts.sentences import paragraphs

#: How sure an answer is, surest first; the last two are of answers that nobody rated.
BANDS = ("sure", "likely", "uncertain", "absent", "unrated", "nobody")
PICTURE = 176  # pixels, twice the size on the page

_VIEW = """
<section class="annotated" aria-label="{{ words.text_view }}">
  <p class="notice stale">{{ words.text_stale }}</p>
  <p class="legend" role="status"><b>{{ count }}</b>{% for band, number in bands %}
    <span{% if band == "unrated" %} title="{{ words.text_unrated_hint }}"{% endif %}>
    <span class="key {{ band }}">{{ names[band] }}</span> {{ number }}</span>{% endfor %}</p>
  <div class="tools" role="group" aria-label="{{ words.text_tools }}">
    <button type="button" data-action="add" disabled>{{ words.text_add }}</button>
    {% if mention %}<button type="button" data-action="move" disabled>
      {{ words.text_move.format(surface=surface) }}</button>
    <button type="button" data-action="drop">
      {{ words.text_drop.format(surface=surface) }}</button>
    {% for name in edges %}<button type="button" data-action="{{ name }}"
      aria-label="{{ words['text_' + name] }}" title="{{ words['text_' + name] }}">
      {{ "◂ " if name.endswith("-") else "" }}{{ words["text_edge_" + name[:-1]] }}
      {{- " ▸" if name.endswith("+") else "" }}</button>{% endfor %}{% endif %}</div>
  <div class="running" dir="auto" tabindex="-1">{{ running }}</div>
  <p class="hint">{{ words.text_keys }}</p></section>
"""
_MARK = """
<mark role="button" tabindex="{{ 0 if here else -1 }}" class="{{ band }}" data-index="{{ place }}"
 aria-pressed="{{ pressed | lower }}" aria-label="{{ surface }}: {{ said }}" title="{{ said }}">
{{ surface }}</mark>
"""
_EMPTY = '<p class="annotated-empty">{{ text }}</p>'
_NOBODY = """
<section class="results" aria-label="{{ words.results }}">
  <p class="query"><mark>{{ surface }}</mark></p>
  <p class="notice" role="status">{{ words.text_nobody_hint }}</p></section>
"""


def annotated_text(words: Words, annotated: Annotated | None) -> str:
    """The text, its mentions as buttons in it, and what changes them; before there is one, what
    will be there."""
    if annotated is None:
        return html(_EMPTY, text=words["text_empty"])
    mentions, mention = annotated.linked.mentions, annotated.mention
    counts = Counter(map(band_of, mentions))
    surface = "" if mention is None else _short(mention.surface)
    return html(
        _VIEW,
        words=words,
        count=_count(words, len(mentions)),
        bands=[(band, counts[band]) for band in BANDS if counts[band]],
        names={band: _named(words, band) for band in BANDS},
        edges=EDGES,
        mention=mention,
        surface=surface,
        running=_running(words, annotated),
    )


def mention_ranking(words: Words, annotated: Annotated | None, row: int = 0, take: str = "") -> str:
    """The ranking of the mention that is looked at; `""` for none.

    Args:
        row: index of the candidate that is pressed.
        take: the buttons that take the answer along.
    """
    mention = None if annotated is None else annotated.mention
    if annotated is None or mention is None:
        return ""
    case = annotated.case
    if case is None:
        return html(_NOBODY, words=words, surface=mention.surface)
    return ranking(words, case.mention, case.result, chosen=row, take=take)


def band_of(mention: TextMention) -> str:
    """Which of `BANDS` a mention is of."""
    result = mention.result
    if not result.candidates:
        return "nobody"
    if result.band is not None:
        return result.band.name
    return "absent" if mention.nil else "unrated"


def _running(words: Words, annotated: Annotated) -> Markup:
    """The text itself: nothing is added to its characters, so that a browser can count them."""
    text, images = annotated.linked.text, annotated.ask.images
    places = [start for start, _ in paragraphs(text)]
    if len(images) == 1:
        places = places[:1]
    pictures = dict(zip(places, images, strict=False))
    cuts = sorted({0, len(text), *pictures, *(m.start for m in annotated.linked.mentions)})
    mentions = {m.start: (i, m) for i, m in enumerate(annotated.linked.mentions)}
    pieces, at = [], 0
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if start in pictures:
            pieces.append(image_tag(pictures[start], PICTURE, "", words["no_picture"]))
        if start in mentions:
            pieces.append(_mark(words, annotated, *mentions[start]))
            at = mentions[start][1].end
        pieces.append(Markup.escape(text[max(start, at) : end]))
    return Markup("").join(pieces)


def _mark(words: Words, annotated: Annotated, place: int, mention: TextMention) -> Markup:
    return markup(
        _MARK,
        here=place == annotated.focus,
        band=band_of(mention),
        place=place,
        pressed=place == annotated.chosen,
        surface=mention.surface,
        said=_said(words, mention),
    )


def _said(words: Words, mention: TextMention) -> str:
    """What a mention means, and how sure that is."""
    band = _named(words, band_of(mention))
    if not mention.result.candidates:
        return band
    first = mention.result.candidates[0]
    share = percent(first.probability)
    return words["text_mark"].format(entity=_entity(first.entity), probability=share, band=band)


def _entity(entity: Entity) -> str:
    what = kind(entity)
    return f"{entity.name}, {what}" if what else entity.name


def _named(words: Words, band: str) -> str:
    return words[f"text_{band}" if band in ("unrated", "nobody") else f"band_{band}"]


def _count(words: Words, count: int) -> str:
    if count == 0:
        return words["text_none"]
    return words["text_one"] if count == 1 else words["text_found"].format(count=f"{count:,}")


def _short(surface: str) -> str:
    return surface if len(surface) <= 40 else f"{surface[:39]}\N{HORIZONTAL ELLIPSIS}"
