"""Which entities a training never sees, so that what it knows of new ones can be measured.

The part is drawn by a hash of the identifier alone: whoever trains and whoever measures find the
same one, whatever order or subset of a knowledge base they have.
"""

from __future__ import annotations

import hashlib

PARTS = 3  # one of so many is held out


def is_held_out(qid: str, parts: int = PARTS) -> bool:
    """Whether an entity is of the part that is held out: SHA-256 of its identifier (UTF-8), read
    as one number, leaves no rest by `parts`."""
    return int(hashlib.sha256(qid.encode()).hexdigest(), 16) % parts == 0
