"""Words and patches of an explanation as HTML: a colour, an edge and a number for each.

Signed numbers are orange with a solid edge or blue with a dashed one; shares of attention have one
hue of their own. The style sheet `explain.css` mixes the colours, so that they fit light and dark.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence

from analysis.drawing.explanation import drawn_size
from analysis.drawing.palette import dark, signed, signed_number
from analysis.markup import Markup, markup
from demo.html.pictures import data_uri
from demo.texts import Words
from mimic.schema import SideView, Word

PICTURE = 448  # pixels of the longer side, about twice the size on the page
#: From this share of the range on a word or patch has an edge, and a patch its number.
SEEN = 0.1
NUMBERED = 14  # patches at most that carry a number: the strongest

_WORDS = """
{% for part, chips in parts.items() if chips %}<p class="words {{ part }}">
  {% for text, kind, strength, number in chips %}
  <span class="chip {{ kind }}" style="--s:{{ strength }}%"><b>{{ text }}</b>
    <small>{{ number }}</small></span>{% endfor %}</p>{% endfor %}
"""
_MAP = """
<div class="map" role="img" aria-label="{{ label }}"
 style="aspect-ratio:{{ wide }}/{{ high }};--wide:{{ share }}">
  <i style="background-image:var(--{{ side }}-picture)"></i>
  <svg viewBox="0 0 {{ wide }} {{ high }}" aria-hidden="true">
    {% for kind, strength, number, x, y, across, down, middle, centre in patches %}
    <rect class="{{ kind }}" x="{{ x }}" y="{{ y }}" width="{{ across }}" height="{{ down }}"
     fill-opacity="{{ strength }}"/>
    {% if number %}<text x="{{ middle }}" y="{{ centre }}" font-size="{{ size }}">
      {{ number }}</text>{% endif %}{% endfor %}</svg></div>
"""


def picture_style(views: Sequence[SideView]) -> str:
    """The sides' pictures as CSS variables, so that each is sent once however often it is shown."""
    uris = {view.side: data_uri(view.image, PICTURE) for view in views}
    return "".join(f"--{side}-picture:url({uri});" for side, uri in uris.items() if uri)


def word_chips(words: Sequence[Word], values: Sequence[float], limit: float, share: bool) -> Markup:
    """The words of each part in reading order, each over its number.

    Args:
        limit: number at which a colour is full.
        share: the numbers are shares of attention, not signed contributions.
    """
    parts: dict[str, list[tuple[str, ...]]] = {"name": [], "context": []}
    for word, value in zip(words, values, strict=True):
        parts[word.part].append(_chip(word, value, limit, share))
    return markup(_WORDS, parts=parts)


def patch_map(
    words: Words, view: SideView, values: Sequence[float], limit: float, share: bool
) -> Markup:
    """Numbers of the patches over the picture in its own proportions, within `drawn_size`."""
    if view.image is None or not any(view.size):
        return markup('<p class="blank">{{ words.no_image_side }}</p>', words=words)
    width, height = view.size
    wide, high = drawn_size(view.size, width)
    scale = (wide / width, high / height) * 2
    boxes = [tuple(map(operator.mul, box, scale)) for box in view.boxes]
    order = sorted(range(len(values)), key=lambda i: -abs(values[i]))
    numbered = {i for i in order[:NUMBERED] if limit and abs(values[i]) >= SEEN * limit}
    strongest = "; ".join(_place(words, view, i, values[i], share) for i in order[:3] if values[i])
    side = words[f"side_{view.side}"]
    return markup(
        _MAP,
        label=words["map_label"].format(side=side, list=strongest or words["share_none"]),
        high=f"{high:.5g}",
        wide=f"{wide:.5g}",
        share=f"{wide / width:.3g}",
        side=view.side,
        size=f"{0.27 * high / view.grid[0]:.5g}",
        patches=[
            _patch(boxes[i], value, limit, share, i in numbered)
            for i, value in enumerate(values)
            if _strength(value, limit) >= 0.01
        ],
    )


def number(value: float, share: bool) -> str:
    """`12 %` of attention, or a signed number."""
    return f"{100 * value:.0f} %" if share else signed_number(value)


def _strength(value: float, limit: float) -> float:
    return min(1.0, abs(value) / limit) if limit else 0.0


def _chip(word: Word, value: float, limit: float, share: bool) -> tuple[str, ...]:
    strength = _strength(value, limit)
    kind = _kind(value, strength, share)
    kind += " deep" if not share and dark(signed(value, limit)) else ""
    kind += "" if strength >= SEEN else " faint"
    return word.text, kind, f"{100 * strength:.0f}", number(value, share)


def _patch(
    box: tuple[float, ...], value: float, limit: float, share: bool, numbered: bool
) -> tuple[str, ...]:
    left, top, right, bottom = box
    places = (left, top, right - left, bottom - top, (left + right) / 2, (top + bottom) / 2)
    strength = _strength(value, limit)
    text = number(value, share).replace(" ", "") if numbered else ""
    kind = _kind(value, strength, share)
    return kind, f"{strength:.2f}", text, *(f"{place:.5g}" for place in places)


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
