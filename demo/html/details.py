"""All about one candidate as HTML: picture, facts, gates and scores."""

from __future__ import annotations

import re
from dataclasses import astuple, fields
from html import escape

from demo.handlers.link import facts
from demo.html.parts import image_tag, signed
from demo.texts import Words
from mimic.schema import UNITS, Candidate, Gates

QID = re.compile(r"Q[1-9][0-9]*", re.ASCII)
LARGE = 512  # pixels, twice the size on the page


def details(words: Words, candidate: Candidate) -> str:
    """Everything about one candidate: picture, facts, gates, scores."""
    entity = candidate.entity
    alt = words["picture_of"].format(name=entity.name)
    explain = escape(words["open_explain"])
    prose, pairs = facts(entity.description)
    rows = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in pairs)
    return (
        f'<section class="details" aria-label="{escape(words["details"])}" aria-live="polite">'
        f"<div>{image_tag(entity.image, LARGE, alt, words['no_entity_picture'])}"
        f'<h2>{escape(entity.name)}</h2><p class="id">{_identifier(words, entity.id)}</p>'
        f"<p>{escape(prose)}</p>"
        f'<dl class="facts">{rows}</dl></div>'
        f"<div>{gates_of(words, candidate.gates)}{_scores(words, candidate)}"
        f'<button type="button" class="lead-on" data-index="0">{explain}</button>'
        "</div></section>"
    )


def _identifier(words: Words, key: str) -> str:
    """The identifier; one of Wikidata leads there, when it is clicked."""
    if not QID.fullmatch(key):
        return escape(key)
    return (
        f'<a href="https://www.wikidata.org/wiki/{key}" target="_blank" rel="noopener noreferrer" '
        f'title="{escape(words["wikidata"])}">{key}</a>'
    )


def gates_of(words: Words, gates: Gates) -> str:
    """The four gates of a pair, each a signed bar with its number and what it lets in."""
    names = [field.name for field in fields(gates)]
    rows = "".join(
        _gate(words, name, value) for name, value in zip(names, astuple(gates), strict=True)
    )
    return (
        f'<h3>{escape(words["gates"])}</h3><p class="hint">{escape(words["gates_note"])}</p>'
        f'<div class="gates">{rows}</div>'
    )


def _gate(words: Words, name: str, value: float) -> str:
    """A bar from the middle to the right for a positive number, to the left for a negative one."""
    reach = 50 * min(abs(value), 1.0)
    left = 50 - reach if value < 0 else 50
    sign = "minus" if value < 0 else "plus"
    return (
        f'<div class="gate {sign}"><span class="name">{escape(words[name])}</span>'
        f"<b>{signed(value)}</b>"
        f'<span class="signed" aria-hidden="true"><i style="left:{left:.1f}%;width:{reach:.1f}%">'
        f"</i></span><small>{escape(words[f'{name}_hint'])}</small></div>"
    )


def _scores(words: Words, candidate: Candidate) -> str:
    rows = "".join(
        f'<tr><th scope="row" title="{escape(words[f"{unit}_hint"])}">{escape(words[unit])} '
        f"<small>{escape(words[f'{unit}_short'])}</small></th>"
        f"<td>{signed(getattr(candidate.units, unit))}</td>"
        f"<td>{int(getattr(candidate.unit_ranks, unit)):,}</td></tr>"
        for unit in UNITS
    )
    return (
        f'<h3>{escape(words["scores"])}</h3><table class="scores"><thead><tr>'
        f'<th scope="col">{escape(words["unit"])}</th><th scope="col">{escape(words["raw_score"])}'
        f'</th><th scope="col">{escape(words["rank_alone"])}</th></tr></thead><tbody>{rows}'
        f'<tr class="total"><th scope="row">{escape(words["total"])}</th>'
        f"<td>{signed(candidate.score)}</td><td>{candidate.rank:,}</td></tr>"
        "</tbody></table>"
    )
