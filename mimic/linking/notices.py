"""What must be known before an answer is believed, besides how sure it is: each as one line.

The page knows the lines by their templates (`demo/texts/errors.py`), as those of mistakes.
"""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

from mimic.config import MINILM_WHEEL
from mimic.data.names import names_of, words
from mimic.schema import Entity, Mention

#: Text models that read English alone, by the end of their names; of others that is not known.
ENGLISH = (MINILM_WHEEL, "all-MiniLM-L6-v2", "bert-base-uncased", "clip-vit-base-patch32")
FOREIGN = (
    "the model reads English, and most of this sentence is in another script: of what it says "
    "little is understood"
)
LITTLE = 0.05  # of a probability: what a picture may change and still count for little


def bears_name(entity: Entity, surface: str) -> bool:
    """Whether an entity could be meant by name: its names have all words of the surface form."""
    return words(surface) <= words(" ".join(names_of(entity)))


def has_name_with(entity: Entity, surface: str) -> bool:
    """Whether one of its names alone has all words of the surface form."""
    return any(words(surface) <= words(name) for name in names_of(entity))


def unnamed(surface: str) -> str:
    """That nobody in the knowledge base has that name."""
    return f"no entity is named {surface}"


def reads_english(text_model: str) -> bool:
    """Whether a text model, as `ModelConfig.text` names it, is known to read English alone."""
    return text_model in ENGLISH or PurePath(text_model).name in ENGLISH


def is_foreign(mention: Mention) -> bool:
    """Whether most letters of the sentence are not Latin; the mention itself does not count where
    there is more, since names are often left in their own script."""
    start, end = mention.span or (0, 0)
    rest = [c for c in mention.sentence[:start] + mention.sentence[end:] if c.isalpha()]
    letters = rest or [c for c in mention.sentence if c.isalpha()]
    return 2 * sum("LATIN" not in unicodedata.name(c, "") for c in letters) > len(letters)


def unfamiliar(alarms: float) -> str:
    """That the picture is new.

    Args:
        alarms: percentage of known pictures of which that is said by mistake.
    """
    return (
        "the picture is unlike everything that the model learnt from (of pictures that it knows "
        f"this is said by mistake in {alarms:.1f} %)"
    )


def little_weight(shown: float, hidden: float) -> str:
    """That the picture hardly counted.

    Args:
        shown, hidden: probability of the first entity with the picture, and without it.
    """
    return (
        "the picture was given little weight: without it the first entity is the same, with a "
        f"probability of {100 * hidden:.0f} % in place of {100 * shown:.0f} %"
    )
