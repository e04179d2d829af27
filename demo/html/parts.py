"""Pieces of HTML and text that several renderers share."""

from __future__ import annotations

from pathlib import Path

from analysis.markup import Markup, markup
from demo.html.pictures import data_uri
from mimic.data.facts import facts
from mimic.data.names import type_of
from mimic.schema import Entity

_BAR = '<span class="bar" aria-hidden="true"><i style="width:{{ width }}%"></i></span>'
_SIGNED_BAR = """
<span class="signed {{ sign }}" aria-hidden="true">
  {% if usual %}<u style="left:{{ usual[0] }}%;width:{{ usual[1] }}%"></u>{% endif %}
  <i style="left:{{ left }}%;width:{{ width }}%"></i>
</span>
"""
_PICTURE = """
{% if uri %}<img class="picture" src="{{ uri }}" alt="{{ alt }}">
{% else %}<span class="picture none">{{ missing }}</span>{% endif %}
"""


def marked(sentence: str, span: tuple[int, int] | None) -> Markup:
    """The sentence with the mention in `<mark>`."""
    if span is None:
        return Markup.escape(sentence)
    start, end = span
    parts = (sentence[:start], sentence[start:end], sentence[end:])
    return Markup("{}<mark>{}</mark>{}").format(*parts)


def summary(entity: Entity) -> str:
    """The facts without their keys and without what is already said, short enough for a row."""
    prose, pairs = facts(entity.description)
    said: list[str] = [prose] if prose else []
    for _, value in pairs:
        if not any(value in earlier for earlier in (entity.name, *said)):
            said.append(value)
    return " · ".join(said)


def kind(entity: Entity) -> str:
    """What tells entities of one name apart."""
    return type_of(entity)


def bar(share: float) -> Markup:
    """A bar whose length is a share in [0, 1]; the number stands beside it."""
    return markup(_BAR, width=f"{100 * share:.1f}")


def signed_bar(value: float, low: float | None = None, high: float | None = None) -> Markup:
    """A bar from the middle to the right for a positive number, to the left for a negative one.

    Args:
        low, high: ends of the usual range, which lies behind it in grey; all three in [-1, 1].
    """
    reach = 50 * min(abs(value), 1.0)
    left = 50 - reach if value < 0 else 50
    sign = "minus" if value < 0 else "plus"
    usual = None
    if low is not None and high is not None:
        usual = (f"{50 + 50 * low:.1f}", f"{50 * (high - low):.1f}")
    return markup(_SIGNED_BAR, left=f"{left:.1f}", width=f"{reach:.1f}", sign=sign, usual=usual)


def image_tag(path: Path | None, side: int, alt: str, missing: str) -> Markup:
    """An `<img>`, or a quiet placeholder of the same size."""
    return picture(data_uri(path, side), alt, missing)


def picture(uri: str | None, alt: str, missing: str) -> Markup:
    """The same of a data URI."""
    return markup(_PICTURE, uri=uri, alt=alt, missing=missing)
