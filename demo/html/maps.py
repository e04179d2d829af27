"""Words and patches of an explanation as HTML: a colour, an edge and a number for each.

Signed numbers are orange with a solid edge or blue with a dashed one; shares of attention have one
hue of their own. The style sheet `explain.css` mixes the colours, so that they fit light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drawing.blocks import Box, around, blocks
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
  {% for text, kind, strength, number, element in chips %}
  {% if pick %}<button type="button" class="chip {{ kind }}" style="--s:{{ strength }}%"
   data-element="{{ element }}" aria-pressed="false"><b>{{ text }}</b>
    <small>{{ number }}</small></button>
  {% else %}<span class="chip {{ kind }}" style="--s:{{ strength }}%"><b>{{ text }}</b>
    <small>{{ number }}</small></span>{% endif %}{% endfor %}</p>{% endfor %}
"""
_MAP = """
<div class="map{{ " pick" if cells }}" role="{{ "group" if cells else "img" }}"
 aria-label="{{ label }}" style="aspect-ratio:{{ wide }}/{{ high }};--wide:{{ share }}">
  <i style="background-image:var(--{{ side }}-picture)"></i>
  <svg viewBox="0 0 {{ wide }} {{ high }}"{% if not cells %} aria-hidden="true"{% endif %}>
    <g class="sums" aria-hidden="true">
    {% for kind, strength, number, x, y, across, down, middle, centre in patches %}
    <rect class="{{ kind }}" x="{{ x }}" y="{{ y }}" width="{{ across }}" height="{{ down }}"
     fill-opacity="{{ strength }}"/>
    {% if number %}<text x="{{ middle }}" y="{{ centre }}" font-size="{{ size }}">
      {{ number }}</text>{% endif %}{% endfor %}</g>
    {% for element, name, x, y, across, down, middle, centre in cells %}
    <rect class="cell" role="button" aria-label="{{ name }}" aria-pressed="false"
     tabindex="{{ 0 if loop.first else -1 }}" data-element="{{ element }}" x="{{ x }}" y="{{ y }}"
     width="{{ across }}" height="{{ down }}" fill-opacity="0"/>
    <text aria-hidden="true" x="{{ middle }}" y="{{ centre }}" font-size="{{ size }}"></text>
    {% endfor %}</svg></div>
"""


def picture_style(views: Sequence[SideView]) -> str:
    """The sides' pictures as CSS variables, so that each is sent once however often it is shown."""
    uris = {view.side: data_uri(view.image, PICTURE) for view in views}
    return "".join(f"--{side}-picture:url({uri});" for side, uri in uris.items() if uri)


def word_chips(
    words: Sequence[Word],
    values: Sequence[float],
    limit: float,
    share: bool,
    pick: bool = False,
) -> Markup:
    """The words of each part in reading order, each over its number.

    Args:
        limit: number at which a colour is full.
        share: the numbers are shares of attention, not signed contributions.
        pick: each is a button, which knows the number of its element (see `schema.PairMap`).
    """
    parts: dict[str, list[tuple[object, ...]]] = {"name": [], "context": []}
    for element, (word, value) in enumerate(zip(words, values, strict=True)):
        parts[word.part].append((*_chip(word.text, value, limit, share), element))
    return markup(_WORDS, parts=parts, pick=pick)


def rest_chips(
    names: Sequence[str], values: Sequence[float | None], limit: float, first: int
) -> Markup:
    """What belongs to no word and no patch, as buttons of the elements from `first` on.

    Args:
        values: `None` where there is no number to show.
    """
    chips = []
    for element, (name, value) in enumerate(zip(names, values, strict=True), first):
        *look, shown = _chip(name, value or 0.0, limit, False)
        chips.append((*look, "" if value is None else shown, element))
    return markup(_WORDS, parts={"rest": chips}, pick=True)


def patch_map(
    words: Words,
    view: SideView,
    values: Sequence[float],
    limit: float,
    share: bool,
    pick: bool = False,
) -> Markup:
    """Numbers of the patches over the picture in its own proportions, within `drawn_size`.

    Neighbouring patches that were weighed as one are drawn as one, with the sum of their numbers.

    Args:
        pick: each patch is a button besides (see `word_chips`).
    """
    if view.image is None or not any(view.size):
        return markup('<p class="blank">{{ words.no_image_side }}</p>', words=words)
    width, height = view.size
    wide, high = drawn_size(view.size, width)
    boxes = [_scaled(box, wide / width, high / height) for box in view.boxes]
    order = sorted(blocks(values, view.grid), key=lambda block: -abs(values[block.cells[0]]))
    ends = [around([boxes[cell] for cell in block.cells]) for block in order]
    numbers = [values[block.cells[0]] for block in order]
    numbered = {
        i for i in range(NUMBERED) if i < len(order) and _strength(numbers[i], limit) >= SEEN
    }
    strongest = "; ".join(
        _place(words, view, block.cells[0], sum(values[cell] for cell in block.cells), share)
        for block in order[:3]
        if values[block.cells[0]]
    )
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
            _patch(box, value, value * len(block.cells), limit, share, i in numbered)
            for i, (block, box, value) in enumerate(zip(order, ends, numbers, strict=True))
            if _strength(value, limit) >= 0.01
        ],
        cells=[
            (len(view.words) + cell, _cell_name(words, view, cell), *_places(box))
            for cell, box in enumerate(boxes)
            if pick
        ],
    )


def _scaled(box: Box, across: float, down: float) -> Box:
    left, top, right, bottom = box
    return left * across, top * down, right * across, bottom * down


def number(value: float, share: bool) -> str:
    """`12 %` of attention, or a signed number."""
    return f"{100 * value:.0f} %" if share else signed_number(value)


def _strength(value: float, limit: float) -> float:
    return min(1.0, abs(value) / limit) if limit else 0.0


def _chip(text: str, value: float, limit: float, share: bool) -> tuple[str, str, str, str]:
    strength = _strength(value, limit)
    kind = _kind(value, strength, share)
    kind += " deep" if not share and dark(signed(value, limit)) else ""
    kind += "" if strength >= SEEN else " faint"
    return text, kind, f"{100 * strength:.0f}", number(value, share)


def _patch(
    box: Box, value: float, whole: float, limit: float, share: bool, numbered: bool
) -> tuple[str, ...]:
    strength = _strength(value, limit)
    text = number(whole, share).replace(" ", "") if numbered else ""
    return _kind(value, strength, share), f"{strength:.2f}", text, *_places(box)


def _places(box: Box) -> tuple[str, ...]:
    """Corner, size and middle of a rectangle."""
    left, top, right, bottom = box
    places = (left, top, right - left, bottom - top, (left + right) / 2, (top + bottom) / 2)
    return tuple(f"{place:.5g}" for place in places)


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


def _cell_name(words: Words, view: SideView, cell: int) -> str:
    row, column = divmod(cell, view.grid[1])
    return words["cell_name"].format(row=row + 1, column=column + 1)
