"""The facts in an entity's description: `A team. Sport: ice hockey. Country: Norway.`"""

from __future__ import annotations

import re

#: A key begins the description or follows a full stop, and ends with a colon and a space.
_KEY = re.compile(r"(?:^|(?<=\. ))([A-Z][A-Za-z -]{1,28}): ")
#: A full stop that ends a fact; that of `D.C.` belongs to the value.
_STOP = re.compile(r"(?<!\b[A-Z]\.[A-Z])\.$")


def facts(description: str) -> tuple[str, list[tuple[str, str]]]:
    """The prose before the first key, and each key with its value, in the order they are said.

    A value lasts until the next key, whatever full stops and colons it holds.
    """
    prose, *rest = _KEY.split(description.strip())
    values = (_STOP.sub("", value.strip()) for value in rest[1::2])
    return prose.strip(), list(zip(rest[::2], values, strict=True))
