"""Pieces of HTML and text that several renderers share. Texts from outside are escaped here."""

from __future__ import annotations

from html import escape
from pathlib import Path

from demo.handlers.link import facts
from demo.html.pictures import data_uri
from mimic.schema import Entity


def marked(sentence: str, span: tuple[int, int] | None) -> str:
    """The sentence with the mention in `<mark>`."""
    if span is None:
        return escape(sentence)
    start, end = span
    parts = (sentence[:start], sentence[start:end], sentence[end:])
    before, mention, after = (escape(part) for part in parts)
    return f"{before}<mark>{mention}</mark>{after}"


def summary(entity: Entity) -> str:
    """The facts without their keys and without what is already said, short enough for a row."""
    prose, pairs = facts(entity.description)
    said: list[str] = [prose] if prose else []
    for _, value in pairs:
        if not any(value in earlier for earlier in (entity.name, *said)):
            said.append(value)
    return " · ".join(said)


def kind(entity: Entity) -> str:
    """The first fact, which tells entities of one name apart."""
    prose, pairs = facts(entity.description)
    return prose or (pairs[0][1] if pairs else "")


def percent(share: float, digits: int = 1) -> str:
    """A share in [0, 1] as a percentage that never rounds to a false 0 or 100."""
    smallest = 10.0**-digits
    if share <= 0:
        return "0 %"
    if 100 * share < smallest:
        return f"<{smallest:g} %".replace("<", "&lt;")
    if share < 1 and 100 * share > 100 - smallest:
        return f"&gt;{100 - smallest:g} %"
    return f"{100 * share:.{digits}f} %"


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, with a true minus."""
    return f"{value:+.{digits}f}".replace("-", "−")


def bar(share: float) -> str:
    """A bar whose length is a share in [0, 1]; the number stands beside it."""
    return f'<span class="bar" aria-hidden="true"><i style="width:{100 * share:.1f}%"></i></span>'


def image_tag(path: Path | None, side: int, alt: str, missing: str) -> str:
    """An `<img>`, or a quiet placeholder of the same size."""
    uri = data_uri(path, side)
    if uri:
        return f'<img class="picture" src="{uri}" alt="{escape(alt)}">'
    return f'<span class="picture none">{escape(missing)}</span>'
