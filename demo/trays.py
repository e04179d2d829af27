"""The trays of cases that visitors keep, under keys that nobody can guess, for a stated time.

A browser remembers the key alone; a reload, a closed tab and a second tab find the same cases.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from analysis.case.records import Case
from mimic.errors import InputError

Cases = tuple[Case, ...]
#: What `new_key` makes: 192 random bits.
KEY = re.compile(r"[\w-]{32}", re.ASCII)
#: Bytes that a case takes beside its pictures, about.
RECORD = 20_000


@dataclass(frozen=True)
class Tray:
    """What one visitor keeps.

    Attributes:
        removed: place and case of what was removed last, for an undo.
        sources: fingerprints of model and knowledge base -> their names on this page.
        failed: identities of cases whose heatmaps cannot be made.
    """

    cases: Cases = ()
    removed: tuple[int, Case] | None = None
    sources: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Entry:
    """A tray with whose it is: `account` may open it, `holder` is whom its bytes count for."""

    tray: Tray
    account: str
    holder: str
    size: int
    used: float


def new_key() -> str:
    """A key that nobody has, nor can guess."""
    return secrets.token_urlsafe(24)


class Trays:
    """All trays of a page, in memory.

    Args:
        clock: seconds, which only grow.
    """

    #: Seconds that a tray is kept after it was last opened or changed.
    AGE = 86_400.0
    #: Bytes of one tray, and of all together.
    ONE, ALL = 48_000_000, 256_000_000

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.Lock()

    def get(self, key: str, account: str = "") -> Tray | None:
        """The tray of a key; `None` where there is none, or it is another account's."""
        with self._lock:
            self._forget_the_old()
            entry = self._entries.get(key)
            if entry is None or entry.account != account:
                return None
            self._entries[key] = replace(entry, used=self._clock())
            return entry.tray

    def change(
        self, key: str, change: Callable[[Tray], Tray], account: str = "", holder: str = ""
    ) -> Tray:
        """Changes a tray, an empty one where there is none; nobody else changes it meanwhile.

        Args:
            change: quick; what takes long is done before.
            holder: who takes up room with it.

        Raises:
            InputError: it would be too large, or from `change`; then it stays as it was.
        """
        if not KEY.fullmatch(key):
            raise InputError("the page lost its tray: reload it")
        with self._lock:
            self._forget_the_old()
            entry = self._entries.get(key)
            if entry is not None and entry.account != account:
                raise InputError("the page lost its tray: reload it")
            before = entry.tray if entry else Tray()
            tray = change(before)
            size = bytes_of(tray)
            if size > self.ONE and size > (entry.size if entry else 0):
                raise InputError(
                    f"the tray holds more than {self.ONE // 1_000_000} MB: export it, and remove "
                    "a case"
                )
            self._entries[key] = _Entry(tray, account, holder, size, self._clock())
            self._make_room(key)
            return tray

    def _forget_the_old(self) -> None:
        now = self._clock()
        for key in [k for k, entry in self._entries.items() if now - entry.used > self.AGE]:
            del self._entries[key]

    def _make_room(self, newest: str) -> None:
        """Whoever holds most gives way, with the tray that was used longest ago."""
        while sum(entry.size for entry in self._entries.values()) > self.ALL:
            others = {k: entry for k, entry in self._entries.items() if k != newest}
            held: Counter[str] = Counter()
            for entry in others.values():
                held[entry.holder] += entry.size
            own = [k for k in others if others[k].holder == held.most_common(1)[0][0]]
            del self._entries[min(own, key=lambda k: others[k].used)]


def bytes_of(tray: Tray) -> int:
    """How much a tray takes, its undo included."""
    cases = [*tray.cases, *([tray.removed[1]] if tray.removed else [])]
    pictures = {key: len(p.data) for case in cases for key, p in case.pictures.items()}
    answers = sum(1 + len(case.what_ifs) for case in cases)
    return sum(pictures.values()) + RECORD * answers
