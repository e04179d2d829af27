"""How figures are set: their fonts, how wide a text is, and which characters nothing can draw."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import (
    FontProperties,
    findfont,
    findSystemFonts,
    fontManager,
    get_font,
    get_font_names,
)

#: Comes with matplotlib, so that a figure looks the same everywhere: Latin, Greek, Cyrillic,
#: Arabic, Hebrew, ticks and crosses.
BASE = "DejaVu Sans"
#: What a figure can be set in: the families that are asked before `BASE`, all of matplotlib's own.
#: STIX has the letters of Times, as most papers do.
FONTS: dict[str, tuple[str, ...]] = {"sans": (), "serif": ("STIXGeneral", "DejaVu Serif")}
SANS = "sans"
#: For Chinese, the first that is installed.
CJK = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "Noto Sans CJK JP",
)
#: The same with serifs; each style takes those of the other before it draws boxes.
SERIF_CJK = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "SimSun",
    "Songti SC",
    "Noto Serif CJK JP",
)
HINT = "install a font that has them (for Chinese: apt-get install fonts-noto-cjk) and start again"
_DPI = 720  # of measuring: a tenth of a point


@cache
def family(font: str = SANS) -> list[str]:
    """Names of the fonts, in the order in which they are asked for a character.

    Args:
        font: one of `FONTS`.
    """
    _add_new_fonts()
    installed = set(get_font_names())
    chinese = CJK + SERIF_CJK if font == SANS else SERIF_CJK + CJK
    own = [name for name in FONTS[font] if name in installed]
    return [*own, BASE, *[name for name in chinese if name in installed][:1]]


def _add_new_fonts() -> None:
    """Adds what matplotlib's list of fonts lacks, which it never renews: what was installed since,
    and its own where another installation wrote the list."""
    known = {font.fname for font in fontManager.ttflist}
    own = map(str, Path(matplotlib.get_data_path(), "fonts", "ttf").glob("*.ttf"))
    for path in {*own, *findSystemFonts()} - known:
        with suppress(OSError, RuntimeError):  # a damaged font is as good as none
            fontManager.addfont(path)


@contextmanager
def figure_style(settings: Mapping[str, Any] | None = None, font: str = SANS) -> Iterator[None]:
    """Within it every figure is made and written: its fonts, and texts as they are.

    No text is read as mathematics (`$_$` may be a name), and a character that no font has is drawn
    as a box without a warning.

    Args:
        settings: further ones of matplotlib.
        font: one of `FONTS`.
    """
    style: Any = {"font.family": family(font), "font.size": 7, "text.parse_math": False}
    with matplotlib.rc_context(style | dict(settings or {})), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        yield


def width(text: str, size: float, bold: bool = False, font: str = SANS) -> float:
    """Width of a line in inches.

    Args:
        size: in points.
        font: one of `FONTS`.
    """
    return _width(text, bold, font) * size / 10


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, _DPI)


@lru_cache(maxsize=4096)
def _width(text: str, bold: bool, font: str) -> float:
    wide, _, _ = _renderer().get_text_width_height_descent(text, _face(bold, font), ismath=False)
    return float(wide) / _DPI


@cache
def _face(bold: bool, font: str) -> FontProperties:
    return FontProperties(family=family(font), size=10, weight="bold" if bold else "normal")


def undrawable(texts: Iterable[str]) -> str:
    """The characters that none of the fonts has, each once; `""` when all can be drawn."""
    known = _characters()
    wanted = {c for text in texts for c in text if c.isprintable() and not c.isspace()}
    return "".join(sorted(c for c in wanted if ord(c) not in known))


@cache
def _characters() -> frozenset[int]:
    files = (findfont(FontProperties(family=[name])) for name in family())
    return frozenset().union(*(get_font(file).get_charmap() for file in files))


@lru_cache(maxsize=4096)
def drawable(text: str) -> str:
    """The text on one line, without invisible marks, and with a box for what cannot be drawn."""
    line = " ".join("".join(c if c.isprintable() else _unprinted(c) for c in text).split())
    missing = undrawable([line])
    return "".join("\N{WHITE SQUARE}" if c in missing else c for c in line) if missing else line


def _unprinted(character: str) -> str:
    return "" if unicodedata.category(character) == "Cf" else " "
