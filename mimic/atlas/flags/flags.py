"""Flags of the sovereign states, drawn from their real geometry and colours."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from mimic.atlas.flags.flag_cloth import Flag, cloth_on
from mimic.atlas.flags.flags_africa import AFRICA
from mimic.atlas.flags.flags_americas import AMERICAS
from mimic.atlas.flags.flags_east_asia import EAST_ASIA
from mimic.atlas.flags.flags_europe import EUROPE
from mimic.atlas.flags.flags_oceania import OCEANIA
from mimic.atlas.flags.flags_west_asia import WEST_ASIA

#: ISO 3166-1 alpha-2 code in lower case -> how the flag is made.
FLAGS: dict[str, Flag] = {**AFRICA, **AMERICAS, **EAST_ASIA, **WEST_ASIA, **EUROPE, **OCEANIA}
_OVERSAMPLE = 4


def flag_ratio(code: str) -> float:
    """Width over height of a state's flag, as its law has it."""
    return FLAGS[code].width / FLAGS[code].height


def flag(code: str, height: int = 120) -> Image.Image:
    """The flag of a state.

    Args:
        code: ISO 3166-1 alpha-2 in lower case.
        height: of the picture in pixels.

    Returns:
        An RGB picture in the flag's official ratio, a copy of its own. Nepal's flag, which is no
        rectangle, lies on white.
    """
    return _drawn(code, height).copy()


@lru_cache(maxsize=1024)
def _drawn(code: str, height: int) -> Image.Image:
    made = FLAGS[code]
    width = max(1, round(height * made.width / made.height))
    picture = Image.new("RGB", (width * _OVERSAMPLE, height * _OVERSAMPLE), "white")
    cloth = cloth_on(picture, made.width, made.height)
    for layer in made.layers:
        layer(cloth)
    return picture.resize((width, height), Image.Resampling.BOX)
