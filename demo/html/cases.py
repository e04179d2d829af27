"""The tray of cases as HTML. Every text from outside goes through `escape` on its way in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from string import ascii_lowercase

from analysis.case.records import Case
from demo.handlers.link import Linked
from demo.html.parts import marked
from demo.html.pictures import data_uri, data_uri_of
from demo.texts import Words

THUMB = 112
ACTIONS = (
    ("up", "\N{UPWARDS ARROW}"),
    ("down", "\N{DOWNWARDS ARROW}"),
    ("remove", "\N{MULTIPLICATION SIGN}"),
)


def at_hand(words: Words, linked: Linked | None, tried: Sequence[Linked] = ()) -> str:
    """What would be kept, and the what-ifs that were tried with it."""
    if linked is None:
        return f'<p class="hint">{escape(words["no_case"])}</p>'
    mention, best = linked.mention, linked.result.candidates[0]
    picture = _picture(data_uri(mention.image, THUMB), words)
    name, key = escape(best.entity.name), escape(best.entity.id)
    changes = "".join(f"<li>{escape(variant.change)}</li>" for variant in tried)
    below = f"<p>{escape(words['case_tried'])}</p><ul>{changes}</ul>" if tried else ""
    return (
        f'<div class="hand"><h2>{escape(words["at_hand"])}</h2>{picture}'
        f"<p>{marked(mention.sentence, mention.span)}</p>"
        f"<p><strong>{name}</strong> <small>{key}</small></p>{below}</div>"
    )


def tray(words: Words, cases: Sequence[Case]) -> str:
    """The kept cases in order, each with its buttons."""
    if not cases:
        return f'<div class="empty"><p>{escape(words["cases_empty"])}</p></div>'
    rows = "".join(_row(words, number, case, len(cases)) for number, case in enumerate(cases))
    return f'<ol class="cases" aria-label="{escape(words["tab_cases"])}">{rows}</ol>'


def name_of(place: int, case: Case) -> str:
    """A case in a list of choices: its letter in the tray, and its caption or sentence."""
    return f"{ascii_lowercase[place]}. {case.caption or case.answer.sentence:.80}"


def _row(words: Words, number: int, case: Case, count: int) -> str:
    answer = case.answer
    picture = case.pictures.get(answer.picture)
    best = answer.standing(answer.lists["total"][0])
    name = f"{best.name} ({best.id})" if best else ""
    verdict = ""
    if case.gold and best:
        right = best.id == case.gold
        sign = "\N{CHECK MARK}" if right else "\N{BALLOT X}"
        word = words["case_right" if right else "case_wrong"]
        verdict = f'<em class="{"yes" if right else "no"}">{sign} {escape(word)}</em>'
    below = ""
    if case.what_ifs:
        changes = words["list_and"].join(what_if.label or "–" for what_if in case.what_ifs)
        below = f"<small>{escape(words['case_what_ifs'].format(changes=changes))}</small>"
    caption = f"<b>{escape(case.caption)}</b>" if case.caption else ""
    return (
        f"<li>{_picture(data_uri_of(picture.data, THUMB) if picture else None, words)}"
        f"<div>{caption}<span>{marked(answer.sentence, answer.span)}</span>"
        f"<span>{escape(name)} {verdict}</span>{below}</div>"
        f'<div class="actions">{_buttons(words, number, count)}</div></li>'
    )


def _buttons(words: Words, number: int, count: int) -> str:
    buttons = []
    for action, sign in ACTIONS:
        label = f"{words[f'case_{action}']} ({number + 1})"
        useless = (action == "up" and number == 0) or (action == "down" and number == count - 1)
        buttons.append(
            f'<button type="button" data-action="{action}" data-index="{number}" '
            f'aria-label="{escape(label)}" title="{escape(label)}"{" disabled" if useless else ""}>'
            f"{sign}</button>"
        )
    return "".join(buttons)


def _picture(uri: str | None, words: Words) -> str:
    if uri is None:
        return f'<span class="picture none">{escape(words["no_picture"])}</span>'
    return f'<img class="picture" src="{uri}" alt="">'


def preview(words: Words, wide: bytes, narrow: bytes, hints: Sequence[str]) -> str:
    """The exported figure in the width that fits the window, below what to know of it."""
    notice = "".join(f'<p class="notice" role="status">{escape(hint)}</p>' for hint in hints)
    uris = [data_uri_of(png, 1400) or "" for png in (wide, narrow)]
    return (
        f'{notice}<picture><source media="(max-width: 700px)" srcset="{uris[1]}">'
        f'<img class="figure" src="{uris[0]}" alt="{escape(words["case_preview"])}"></picture>'
    )
