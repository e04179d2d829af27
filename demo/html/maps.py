"""Words and patches of an explanation as HTML: a colour, an edge and a number for each.

Signed numbers are orange with a solid edge or blue with a dashed one; shares of attention have one
hue of their own. The style sheet `explain.css` mixes the colours, so that they fit light and dark.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from html import escape

from analysis.drawing.explanation import drawn_size
from analysis.drawing.palette import dark, signed, signed_number
from demo.html.pictures import data_uri
from demo.texts import Words
from mimic.schema import SideView, Word

PICTURE = 448  # pixels of the longer side, about twice the size on the page
#: From this share of the range on a word or patch has an edge, and a patch its number.
SEEN = 0.1
NUMBERED = 14  # patches at most that carry a number: the strongest


def picture_style(views: Sequence[SideView]) -> str:
    """The sides' pictures as CSS variables, so that each is sent once however often it is shown."""
    uris = {view.side: data_uri(view.image, PICTURE) for view in views}
    return "".join(f"--{side}-picture:url({uri});" for side, uri in uris.items() if uri)


def word_chips(words: Sequence[Word], values: Sequence[float], limit: float, share: bool) -> str:
    """The words of each part in reading order, each over its number.

    Args:
        limit: number at which a colour is full.
        share: the numbers are shares of attention, not signed contributions.
    """
    parts = []
    for part in ("name", "context"):
        chips = "".join(
            _chip(word, value, limit, share)
            for word, value in zip(words, values, strict=True)
            if word.part == part
        )
        parts.append(f'<p class="words {part}">{chips}</p>' if chips else "")
    return "".join(parts)


def patch_map(
    words: Words, view: SideView, values: Sequence[float], limit: float, share: bool
) -> str:
    """Numbers of the patches over the picture in its own proportions, within `drawn_size`."""
    if view.image is None or not any(view.size):
        return f'<p class="blank">{escape(words["no_image_side"])}</p>'
    width, height = view.size
    wide, high = drawn_size(view.size, width)
    scale = (wide / width, high / height) * 2
    boxes = [tuple(map(operator.mul, box, scale)) for box in view.boxes]
    order = sorted(range(len(values)), key=lambda i: -abs(values[i]))
    numbered = {i for i in order[:NUMBERED] if limit and abs(values[i]) >= SEEN * limit}
    cells = "".join(
        _patch(boxes[i], value, limit, share, i in numbered, high / view.grid[0])
        for i, value in enumerate(values)
    )
    strongest = "; ".join(_place(words, view, i, values[i], share) for i in order[:3] if values[i])
    side = words[f"side_{view.side}"]
    label = words["map_label"].format(side=side, list=strongest or words["share_none"])
    return (
        f'<div class="map" role="img" aria-label="{escape(label)}" '
        f'style="aspect-ratio:{wide:.5g}/{high:.5g};--wide:{wide / width:.3g}">'
        f'<i style="background-image:var(--{view.side}-picture)"></i>'
        f'<svg viewBox="0 0 {wide:.5g} {high:.5g}" aria-hidden="true">{cells}</svg></div>'
    )


def number(value: float, share: bool) -> str:
    """`12 %` of attention, or a signed number."""
    return f"{100 * value:.0f} %" if share else signed_number(value)


def _chip(word: Word, value: float, limit: float, share: bool) -> str:
    strength = min(1.0, abs(value) / limit) if limit else 0.0
    kind = _kind(value, strength, share)
    deep = " deep" if not share and dark(signed(value, limit)) else ""
    faint = "" if strength >= SEEN else " faint"
    return (
        f'<span class="chip {kind}{deep}{faint}" style="--s:{100 * strength:.0f}%">'
        f"<b>{escape(word.text)}</b><small>{number(value, share)}</small></span>"
    )


def _patch(
    box: tuple[float, ...],
    value: float,
    limit: float,
    share: bool,
    numbered: bool,
    tall: float,
) -> str:
    left, top, right, bottom = box
    strength = min(1.0, abs(value) / limit) if limit else 0.0
    if strength < 0.01:
        return ""
    place = f'x="{left:.5g}" y="{top:.5g}" width="{right - left:.5g}" height="{bottom - top:.5g}"'
    shape = f'<rect class="{_kind(value, strength, share)}" {place} fill-opacity="{strength:.2f}"/>'
    if numbered:
        middle = f'x="{(left + right) / 2:.5g}" y="{(top + bottom) / 2:.5g}"'
        text = number(value, share).replace(" ", "")
        shape += f'<text {middle} font-size="{0.27 * tall:.5g}">{text}</text>'
    return shape


def _kind(value: float, strength: float, share: bool) -> str:
    if strength < SEEN:
        edge = ""
    elif share:
        edge = " edge"
    else:
        edge = " edge dashed" if value < 0 else " edge"
    return ("look" if share else "minus" if value < 0 else "plus") + edge


def _place(words: Words, view: SideView, i: int, value: float, share: bool) -> str:
    row, column = divmod(i, view.grid[1])
    return words["cell"].format(row=row + 1, column=column + 1, value=number(value, share))
