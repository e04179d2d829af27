"""The tray of cases as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from analysis.case.records import Case
from analysis.case.words import letter
from analysis.markup import Markup, html, markup
from demo.handlers.cases import awaits_heat, identity
from demo.handlers.link import Linked
from demo.handlers.tray import waiting
from demo.html.parts import image_tag, marked, picture
from demo.html.pictures import data_uri_of
from demo.texts import Words, joined
from demo.trays import Tray, Trays

THUMB = 112
ACTIONS = {
    "up": "\N{UPWARDS ARROW}",
    "down": "\N{DOWNWARDS ARROW}",
    "remove": "\N{MULTIPLICATION SIGN}",
}

_HAND = """
<div class="hand"><h2>{{ words.at_hand }}</h2>{{ picture }}<p>{{ sentence }}</p>
  <p><strong>{{ best.name }}</strong> <small>{{ best.id }}</small></p>
  {% if tried %}<p>{{ words.case_tried }}</p>
  <ul>{% for variant in tried %}<li>{{ variant.change }}</li>{% endfor %}</ul>{% endif %}</div>
"""
_TRAY = """
{% if undo %}<p class="undo" role="status"><span>{{ words.case_removed.format(name=undo) }}</span>
  <button type="button" data-action="undo" data-index="0">{{ words.case_undo }}</button></p>
{% endif %}
{% if rows %}<ol class="cases" aria-label="{{ words.tab_cases }}">{{ rows | join }}</ol>
{% else %}<div class="empty"><p>{{ words.cases_empty }}</p>
  <button type="button" class="lead-on" data-tab="tab_link">{{ words.to_link }}</button></div>
{% endif %}
"""
_NOTE = """
<p class="kept" role="status"><span>{{ text }}</span>
  <button type="button" class="lead-on" data-index="0">{{ words.case_open }}</button></p>
"""
_STATUS = """
{% if gone %}<div class="notice" role="alert"><p>{{ words.cases_gone.format(hours=hours) }}</p>
  <ul>{% for name in gone %}<li>{{ name }}</li>{% endfor %}</ul></div>{% endif %}
{% if waits %}<p class="hint" role="status">{{ waits }}</p>{% endif %}
{% if kept %}<p class="hint">{{ words.cases_kept_for.format(hours=hours) }}</p>{% endif %}
"""
_ROW = """
<li data-case="{{ own }}">{{ picture }}<div>
  {% if case.caption %}<b>{{ case.caption }}</b>{% endif %}
  <span>{{ sentence }}</span>
  <span>{% if best %}{{ best.name }} ({{ best.id }}){% endif %} {% if best and case.gold %}
    {% if best.id == case.gold %}<em class="yes">✓ {{ words.case_right }}</em>
    {% else %}<em class="no">✗ {{ words.case_wrong }}</em>{% endif %}{% endif %}</span>
  {% if changes %}<small>{{ words.case_what_ifs.format(changes=changes) }}</small>{% endif %}
  <small class="heat">{{ words[heat] }}</small></div>
  <div class="actions">{% for action, sign in actions.items() %}
    {% set label = "%s (%d)" % (words["case_" + action], number + 1) %}
    <button type="button" data-action="{{ action }}" data-index="{{ number }}"
     data-case="{{ own }}"
     aria-label="{{ label }}" title="{{ label }}"{% if action in useless %} disabled{% endif %}>
      {{ sign }}</button>{% endfor %}</div></li>
"""
_PREVIEW = """
{% for hint in hints %}<p class="notice" role="status">{{ hint }}</p>{% endfor %}
<picture><source media="(max-width: 700px)" srcset="{{ narrow }}">
  <img class="figure" src="{{ wide }}" alt="{{ words.case_preview }}"></picture>
"""


def at_hand(words: Words, linked: Linked | None, tried: Sequence[Linked] = ()) -> str:
    """What would be kept, and the what-ifs that were tried with it."""
    if linked is None:
        return html('<p class="hint">{{ words.no_case }}</p>', words=words)
    mention = linked.mention
    return html(
        _HAND,
        words=words,
        picture=image_tag(mention.image, THUMB, "", words["no_picture"]),
        sentence=marked(mention.sentence, mention.span),
        best=linked.result.candidates[0].entity,
        tried=tried,
    )


def kept_note(words: Words, tray: Tray, place: int | None) -> str:
    """What is known of the case at hand where it is kept, and the way to it."""
    if place is None:
        return ""
    case = tray.cases[place]
    heat = _heat(case, case in waiting(tray))
    text = joined(words, words["case_is_kept"].format(name=letter(place)), words[heat])
    return html(_NOTE, words=words, text=text)


def status(words: Words, tray: Tray, gone: Sequence[str]) -> str:
    """What is gone, what is to come, and for how long the tray is kept."""
    names = [letter(tray.cases.index(case)) for case in waiting(tray)]
    waits = words["case_heat_waits"].format(names=", ".join(names)) if names else ""
    hours = f"{Trays.AGE / 3600:.0f}"
    return html(_STATUS, words=words, gone=gone, waits=waits, kept=bool(tray.cases), hours=hours)


def _heat(case: Case, waits: bool) -> str:
    """Key of what is said of its heatmaps."""
    if not awaits_heat(case):
        return "case_heat_ready"
    return "case_heat_soon" if waits else "case_heat_none"


def tray(
    words: Words,
    cases: Sequence[Case],
    pending: Sequence[Case] = (),
    removed: tuple[int, Case] | None = None,
) -> str:
    """The kept cases in order, each with its buttons.

    Args:
        pending: those whose heatmaps are to come.
        removed: what an undo brings back.
    """
    rows = [
        _row(words, number, case, len(cases), _heat(case, case in pending))
        for number, case in enumerate(cases)
    ]
    undo = name_of(*removed) if removed else ""
    return html(_TRAY, words=words, rows=rows, undo=undo)


def name_of(place: int, case: Case) -> str:
    """A case in a list of choices: its letter in the tray, and its caption or sentence."""
    return f"{ascii_lowercase[place]}. {case.caption or case.answer.sentence:.80}"


def _row(words: Words, number: int, case: Case, count: int, heat: str) -> Markup:
    answer = case.answer
    shown = case.pictures.get(answer.picture)
    uri = data_uri_of(shown.data, THUMB) if shown else None
    ends = {"up": number == 0, "down": number == count - 1}
    return markup(
        _ROW,
        words=words,
        number=number,
        own=identity(case),
        heat=heat,
        case=case,
        picture=picture(uri, "", words["no_picture"]),
        sentence=marked(answer.sentence, answer.span),
        best=answer.standing(answer.lists["total"][0]),
        changes=words["list_and"].join(what_if.label or "–" for what_if in case.what_ifs),
        actions=ACTIONS,
        useless=[action for action, end in ends.items() if end],
    )


def preview(words: Words, wide: bytes, narrow: bytes, hints: Sequence[str]) -> str:
    """The exported figure in the width that fits the window, below what to know of it."""
    uris = [data_uri_of(png, 1400) or "" for png in (wide, narrow)]
    return html(_PREVIEW, words=words, wide=uris[0], narrow=uris[1], hints=hints)
