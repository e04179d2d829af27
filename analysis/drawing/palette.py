"""Signed colours that the colour-blind can tell apart, the same on paper and on the page."""

from __future__ import annotations

#: Adds to the score, takes from it, is nothing: orange and blue differ for every colour vision.
POSITIVE, NEGATIVE, NEUTRAL = (230, 97, 1), (44, 96, 178), (255, 255, 255)
INK = "#1f2430"
#: Of each unit, of a gate that lets in and of one that turns round, and behind a mention: as the
#: page has them in light.
UNIT_COLOURS = {"tglu": "#1d4ed8", "vdlu": "#0f766e", "cmfu": "#b45309"}
OPEN, TURNED, MARK = "#4338ca", "#b91c1c", "#fde68a"


def signed(value: float, limit: float) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1 of a number from -limit to limit; 0 is white.

    Numbers beyond the limits are drawn as the limit; a limit of 0 makes all white.
    """
    strength = min(1.0, abs(value) / limit) if limit > 0 else 0.0
    end = POSITIVE if value >= 0 else NEGATIVE
    red, green, blue = (
        (whole + strength * (part - whole)) / 255 for whole, part in zip(NEUTRAL, end, strict=True)
    )
    return red, green, blue


def dark(colour: tuple[float, float, float]) -> bool:
    """Whether white letters read better on it than black ones (relative luminance, WCAG)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.179


def signed_number(value: float, digits: int = 2) -> str:
    """Always with its sign, and a true minus, as it stands beside every colour."""
    return f"{value:+.{digits}f}".replace("-", "\u2212")
