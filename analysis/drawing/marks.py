"""What a figure is made of before it is drawn: texts, boxes, pictures and lines, each in its place.

Places are in inches from the top left. A layout is a list of these; `ink` draws it.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.drawing.palette import INK
from analysis.drawing.palette import MARK as MARK

GREY, PALE = "#5b6270", "#e6e6e6"
#: Points of the smallest text: publishers ask for no less at the printed width.
LEAST = 6.0
#: Right and wrong, told apart by every colour vision; a tick or a cross always stands beside them.
RIGHT, WRONG = "#00795c", "#c4500a"
LEADING = 1.28 / 72  # inches of a line, for each point of its size
Colour = str | tuple[float, ...]


@dataclass(frozen=True)
class Text:
    """One line of text with its top at `y`.

    Attributes:
        size: in points.
        align: which end of it lies at `x`: `left`, `right` or `center`.
    """

    x: float
    y: float
    line: str
    size: float
    colour: str = INK
    bold: bool = False
    align: str = "left"


@dataclass(frozen=True)
class Box:
    """A rectangle. A frame lies half outside of it.

    Attributes:
        frame: width of the frame in points, 0 for none.
        dashes: of the frame, as matplotlib takes them.
    """

    x: float
    y: float
    wide: float
    high: float
    fill: Colour = "none"
    frame: float = 0
    edge: str = "none"
    dashes: str | tuple[float, tuple[float, ...]] = "-"


@dataclass(frozen=True)
class Photo:
    """A picture over a rectangle of its own shape, `key` says which; pale below a heatmap."""

    x: float
    y: float
    wide: float
    high: float
    key: str
    pale: bool = False


@dataclass(frozen=True)
class Line:
    """A straight line between two points; `thick` in points."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str
    thick: float


Mark = Text | Box | Photo | Line


@dataclass(frozen=True)
class Layout:
    """A figure in inches; what comes later in `marks` lies above what is of its kind before."""

    wide: float
    high: float
    marks: tuple[Mark, ...]
