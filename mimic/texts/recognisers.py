"""Named-entity recognisers that a user has installed; none is needed, and none is on by default.

A package offers one under the entry point group `mimic.recognisers`: something that is called with
a text and returns code points `[start, end)` of what it recognises. `spacy:MODEL` is one of ours.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from importlib.metadata import entry_points

from mimic.errors import InputError
from mimic.model.spans import Span

GROUP = "mimic.recognisers"
Recogniser = Callable[[str], Iterable[Span]]


def open_recogniser(name: str) -> Recogniser:
    """A recogniser by the name of its entry point, or `spacy:MODEL` (`spacy:en_core_web_sm`).

    Raises:
        InputError: there is none of that name, or it cannot be opened.
    """
    kind, _, model = name.partition(":")
    if kind == "spacy":
        return _spacy(model or "en_core_web_sm")
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise InputError(
            f"no recogniser {name!r:.60}: install one (entry point {GROUP}), or say spacy:MODEL"
        )
    try:
        recogniser: Recogniser = known[name].load()
    except (ImportError, AttributeError) as error:
        raise InputError(f"the recogniser {name!r:.60} cannot be opened ({error})") from None
    return recogniser


def _spacy(model: str) -> Recogniser:
    try:
        nlp = importlib.import_module("spacy").load(model)
    except ImportError:
        raise InputError("spaCy is not installed: pip install spacy, or leave it out") from None
    except OSError:
        raise InputError(
            f"spaCy has no model {model!r:.60}: python -m spacy download {model:.60}"
        ) from None
    return lambda text: [(entity.start_char, entity.end_char) for entity in nlp(text).ents]
