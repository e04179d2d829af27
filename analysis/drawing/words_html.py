"""The words of an explanation as HTML: signed colours, always with the number."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drawing.palette import dark, signed, signed_number
from analysis.markup import Markup, html, markup
from mimic.schema import Explanation, SideView, Word

STYLE = Markup("""
body { font: 16px/2.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; color: #1f2430 }
h1 { font-size: 1.3rem; line-height: 1.4 } h2 { font-size: 1.05rem; margin-bottom: 0 }
p { margin: .2rem 0 1rem } .note { line-height: 1.5; color: #4a5160 }
.word { border-radius: 3px; padding: .15em .1em; position: relative }
.word.minus { border-bottom: 2px dashed } .word.plus { border-bottom: 2px solid }
.word small { position: absolute; left: 0; top: -1.35em; font-size: .62em; line-height: 1;
  color: #1f2430; white-space: nowrap }
.bad { color: #b00020; font-weight: 600 }
""")
_PAGE = """
<!doctype html><html lang="en"><meta charset="utf-8"><title>{{ title }}</title>
<style>{{ style }}</style><h1>{{ title }}</h1>{% for view in views %}
<h2>{{ view.side }}</h2><p><b>{{ words(view, limit, "name") }}</b></p>
<p>{{ words(view, limit, "context") }}</p>
<p class="note{% if view.attribution and view.attribution.complete is false %} bad{% endif %}">
{{ trust(view) }}{% if view.truncated %} The text was cut: the model reads its beginning only.
{% endif %}</p>{% endfor %}
"""
_WORD = """
<span class="word {{ sign }}" title="{{ text }} {{ number }}"
 style="background:rgb({{ rgb }});color:{{ ink }}">{{ text }}
  {% if shown %}<small>{{ number }}</small>{% endif %}</span>
"""


def words_html(view: SideView, limit: float, part: str) -> Markup:
    """One part of a side, `name` or `context`, with its words coloured by attribution.

    Numbers are written above the words that have at least a tenth of `limit`, and stand in the
    title of every word. A solid line below means more, a dashed one less.
    """
    text = view.name if part == "name" else view.context
    attribution = view.attribution
    pieces, at = Markup(), 0
    for number, word in enumerate(view.words):
        if word.part != part:
            continue
        value = attribution.words[number] if attribution is not None else 0.0
        pieces += text[at : word.start] + _word(word, value, limit)
        at = word.end
    return pieces + text[at:]


def text_page(explanation: Explanation) -> str:
    """A page of its own with the words of both sides and how far the sums can be trusted."""
    views = [explanation.mention, explanation.candidate]
    limit = colour_limit(views, "words")
    against = f" and not {explanation.against.name}" if explanation.against else ""
    title = f"Why {explanation.entity.name} ({explanation.entity.id}){against}"
    values = {"title": title, "views": views, "limit": limit, "words": words_html, "trust": trust}
    return html(_PAGE, style=STYLE, **values)


def colour_limit(views: Sequence[SideView], over: str) -> float:
    """The largest absolute number of the `words` or of the `patches` of any side.

    That of the other units is counted too (`SideView.peaks`), so that all drawings of a pair share
    one range: a unit that says little looks flat. Words and patches have a range each, because a
    picture is cut into many more pieces than a sentence.
    """
    limits = [0.0]
    for view in views:
        if view.attribution is not None:
            numbers = getattr(view.attribution, over)
            limits += [view.peaks.get(over, 0.0), *map(abs, numbers)]
    return max(limits)


def trust(view: SideView) -> str:
    """In words: what the numbers of a side add up to, and by how much they fail to."""
    numbers = view.attribution
    if numbers is None:
        return "No attribution was asked for."
    steps = f", {numbers.steps} steps" if numbers.steps else ""
    total = signed_number(sum((*numbers.words, *numbers.patches)))
    start, end = signed_number(numbers.baseline_score), signed_number(numbers.score)
    line = f"{numbers.method}{steps}, {numbers.target}: from {start} "
    line += f"(baseline: {numbers.baseline}) to {end}; the numbers add up to {total}"
    if numbers.complete is None:
        return f"{line}. This method does not promise that they add up to the difference."
    return f"{line}, with a completeness gap of {numbers.gap:.1%}."


def _word(word: Word, value: float, limit: float) -> Markup:
    colour = signed(value, limit)
    return markup(
        _WORD,
        text=word.text,
        sign="plus" if value > 0 else "minus" if value < 0 else "none",
        rgb=",".join(str(round(255 * part)) for part in colour),
        ink="#fff" if dark(colour) else "#000",
        number=signed_number(value),
        shown=limit and abs(value) >= limit / 10,
    )
