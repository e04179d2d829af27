"""All wordings by topic: sports, kinds of entity, open ones."""

from __future__ import annotations

from mimic.atlas.words.lexicon import FRAMES
from mimic.atlas.words.templates_arena import ARENA_SPORTS
from mimic.atlas.words.templates_ball import BALL_SPORTS
from mimic.atlas.words.templates_course import COURSE_SPORTS
from mimic.atlas.words.templates_nature import NATURE
from mimic.atlas.words.templates_neutral import ASIDES, NEUTRAL
from mimic.atlas.words.templates_open import OPEN
from mimic.atlas.words.templates_places import PLACES
from mimic.atlas.words.templates_things import THINGS
from mimic.atlas.words.wording import Wordings, longer, more_for_train

__all__ = ["ANY", "ASIDES", "KIND_WORDINGS", "SHARED", "SPORT_WORDINGS", "all_wordings"]

_MORE = more_for_train()
SPORT_WORDINGS = longer({**BALL_SPORTS, **ARENA_SPORTS, **COURSE_SPORTS}, _MORE)
KIND_WORDINGS = longer({**PLACES, **NATURE, **THINGS}, _MORE)
#: By key of `records.VOCABULARIES`.
SHARED = longer(OPEN, {key.removeprefix("shared-"): more for key, more in _MORE.items()})
#: Must suit a state, a team, a bird and a river alike.
ANY = longer({"any": NEUTRAL}, _MORE)["any"]


def all_wordings() -> dict[str, Wordings]:
    """Every table under a name of its own: `sport:tennis`, `kind:river`, `shared:goal`, `any`,
    `frame`."""
    return {
        **{f"sport:{key}": table for key, table in SPORT_WORDINGS.items()},
        **{f"kind:{key}": table for key, table in KIND_WORDINGS.items()},
        **{f"shared:{key}": table for key, table in SHARED.items()},
        "any": ANY,
        "frame": FRAMES,
    }
