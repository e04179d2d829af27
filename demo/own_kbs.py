"""The knowledge bases that visitors bring: each is its visitor's alone, and goes after a while."""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from demo.linkers import OWN, Linker, Linkers
from mimic.data.kb_import import Bounds, import_kb
from mimic.data.kb_stats import kb_stats
from mimic.errors import InputError
from mimic.io.terminal import Watch

if TYPE_CHECKING:
    from mimic.linking.linker import EntityLinker

#: Rows of a table, lines that are typed, and bytes that a ZIP of pictures may unpack to.
MOST_ROWS, MOST_TYPED, MOST_UNPACKED = 2_000, 200, 200_000_000
#: Knowledge bases of one visitor, of which the oldest makes room, and of all.
MOST_OWN, MOST_ALL = 3, 8
#: Seconds that one is kept after it was last asked, and between two looks at that.
KEPT, PAUSE = 3600.0, 30.0


@dataclass(frozen=True)
class OwnKb:
    """A knowledge base of a visitor.

    Attributes:
        key: its name for `Linkers`, which nobody can guess: who has it may ask.
        name: as the page shows it.
        folder: the data folder, with the index of `model`; other models' lie beside it.
        summary: as `import_kb` returns it.
        stats: as `kb_stats` returns them.
    """

    key: str
    name: str
    folder: Path
    model: str
    summary: dict[str, Any]
    stats: dict[str, Any]


class OwnKbs:
    """All of one run of the page. They lie in a folder that goes with it.

    Args:
        linkers: learn of each, and forget it.
        folder: nobody else's.
    """

    def __init__(self, linkers: Linkers, folder: Path) -> None:
        self._linkers, self._folder = linkers, folder
        self._kbs: dict[str, tuple[str, OwnKb]] = {}
        self._lock = threading.Lock()

    def start(self) -> OwnKbs:
        """Removes what nobody asks for any more, until the process ends."""
        threading.Thread(target=self._look_after, name="own knowledge bases", daemon=True).start()
        return self

    def _look_after(self) -> None:
        while True:
            time.sleep(PAUSE)
            self.tidy()

    def build(
        self, visitor: str, model: str, table: Path, images: Path | None, watch: Watch
    ) -> OwnKb:
        """Imports a table, counts what is in it, and builds its index.

        Args:
            visitor: whose it is; those that are too many make room, the oldest first.
            images: a ZIP.
            watch: who is told how far it is; what that raises ends the work, and nothing is left.

        Raises:
            InputError: as `import_kb`, or the server has no room.
        """
        self.tidy()
        linker = cast("EntityLinker", self._linkers.get(model))
        with self._new_folder() as base:
            kb, most = base / table.stem, Bounds(MOST_ROWS, MOST_UNPACKED)
            summary = import_kb(table, kb, images, progress=watch("pictures"), most=most)
            stats = kb_stats(kb, linker.processor)
            linker.over(kb, table.stem, watch("entities"))
            own = OwnKb(OWN + secrets.token_urlsafe(18), table.stem, kb, model, summary, stats)
        self._add(visitor, own)
        return own

    @contextmanager
    def _new_folder(self) -> Iterator[Path]:
        """A folder that stays if all goes well.

        Raises:
            InputError: there are as many as there may be.
        """
        if len(self._kbs) >= MOST_ALL:
            raise InputError(
                f"the server holds {MOST_ALL} knowledge bases of visitors, as many as it can: try "
                "again later"
            )
        base = self._folder / secrets.token_hex(8)
        base.mkdir(parents=True, mode=0o700)
        try:
            yield base
        except BaseException:
            shutil.rmtree(base, ignore_errors=True)
            raise

    def _add(self, visitor: str, own: OwnKb) -> None:
        self._linkers.lend(own.key, lambda model: self._load(own, model))
        with self._lock:
            self._kbs[own.key] = visitor, own
            olds = [key for key, (whose, _) in self._kbs.items() if whose == visitor]
        for key in olds[:-MOST_OWN]:
            self.remove(key)

    def _load(self, own: OwnKb, model: str) -> Linker:
        linker = cast("EntityLinker", self._linkers.get(model))
        place = own.folder
        if model != own.model:
            place = own.folder.parent / f"index-{self._linkers.models.index(model)}"
        return linker.over(own.folder, own.name, index=place)

    def find(self, key: str) -> OwnKb:
        """The one of a key.

        Raises:
            InputError: there is none, or it is gone.
        """
        self._linkers.loading(None, key)  # says so, or counts as a use
        return self._kbs[key][1]

    def known(self, visitor: str, keys: list[str]) -> list[OwnKb]:
        """Those of some keys that are still there; from now on they are this visitor's."""
        with self._lock:
            mine = [key for key in keys if key in self._kbs]
            for key in mine:
                self._kbs[key] = visitor, self._kbs[key][1]
            return [self._kbs[key][1] for key in mine]

    def remove(self, key: str) -> None:
        """Removes one for good, if it is there."""
        with self._lock:
            _, own = self._kbs.pop(key, ("", None))
        self._linkers.take_back(key)
        if own is not None:
            shutil.rmtree(own.folder.parent, ignore_errors=True)

    def leave(self, visitor: str) -> None:
        """Frees the memory of a visitor who left; the files stay for a return, and then go."""
        for key, (whose, _) in list(self._kbs.items()):
            if whose == visitor:
                self._linkers.unload(key)

    def tidy(self, now: float | None = None) -> None:
        """Removes those that nobody has asked for `KEPT` seconds."""
        now = time.monotonic() if now is None else now
        for key in list(self._kbs):
            if now - self._linkers.asked(key) > KEPT:
                self.remove(key)
