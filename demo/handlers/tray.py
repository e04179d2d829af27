"""What becomes of a tray, in pure changes of `server.trays.Tray`; what a browser remembers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analysis.case.records import MOST_CASES, Case
from demo.handlers import cases
from demo.handlers.link import Linked
from demo.trays import KEY, Tray, new_key
from mimic.errors import InputError

#: What a browser remembers where it remembers nothing.
NOTHING: dict[str, Any] = {"key": "", "cases": []}
MOST_NAME = 80  # characters of a case's name in the browser


def key_of(memory: Any) -> str:
    """The key that a browser remembers; `""` for whatever else it sends."""
    key = memory.get("key") if isinstance(memory, dict) else None
    return key if isinstance(key, str) and KEY.fullmatch(key) else ""


def remembered(memory: Any, tray: Tray) -> dict[str, Any]:
    """What a browser remembers of a tray: its key, and what its cases are called."""
    names = [(case.caption or case.answer.sentence)[:MOST_NAME] for case in tray.cases]
    return {"key": key_of(memory) or new_key(), "cases": names}


def lost(memory: Any, tray: Tray | None) -> list[str]:
    """What the cases are called that a browser remembers and the server does not hold any more."""
    names = memory.get("cases") if isinstance(memory, dict) else None
    if tray is not None or not isinstance(names, list):
        return []
    return [name[:MOST_NAME] for name in names[:MOST_CASES] if isinstance(name, str)]


def with_kept(tray: Tray, case: Case, linked: Linked) -> Tray:
    """The tray with one more case, which that model and knowledge base answered.

    Raises:
        InputError: it is full.
    """
    source = (case.origin.fingerprint, case.origin.kb_fingerprint)
    sources = tray.sources | {source: (linked.model, linked.kb)}
    return replace(tray, cases=cases.with_case(tray.cases, case), sources=sources)


def with_changed(tray: Tray, case: Case) -> Tray:
    """The tray with a case in place of the same one; without it nothing changes."""
    own = cases.identity(case)
    return replace(tray, cases=tuple(case if cases.identity(c) == own else c for c in tray.cases))


def acted(tray: Tray, action: str, identity: str) -> Tray:
    """The tray after `up`, `down` or `remove` of a case, or `undo` of the last removal."""
    if action == "undo":
        return _undone(tray)
    place = next((i for i, c in enumerate(tray.cases) if cases.identity(c) == identity), None)
    if place is None:  # another tab was faster
        return tray
    removed = (place, tray.cases[place]) if action == "remove" else tray.removed
    return replace(tray, cases=cases.changed(tray.cases, place, action), removed=removed)


def _undone(tray: Tray) -> Tray:
    if tray.removed is None:
        return tray
    place, case = tray.removed
    own = cases.identity(case)
    if any(cases.identity(other) == own for other in tray.cases):  # kept again meanwhile
        return replace(tray, removed=None)
    if len(tray.cases) >= MOST_CASES:
        raise InputError(f"a figure holds {MOST_CASES} cases: remove one first")
    return replace(tray, cases=(*tray.cases[:place], case, *tray.cases[place:]), removed=None)


def waiting(tray: Tray) -> list[Case]:
    """The cases whose heatmaps can be made and are not there yet."""
    return [
        case
        for case in tray.cases
        if cases.awaits_heat(case)
        and (case.origin.fingerprint, case.origin.kb_fingerprint) in tray.sources
        and cases.identity(case) not in tray.failed
    ]


def source_of(tray: Tray, case: Case) -> tuple[str, str]:
    """Names of the model and the knowledge base that answered a case of the tray."""
    return tray.sources[case.origin.fingerprint, case.origin.kb_fingerprint]


def with_heat(tray: Tray, case: Case) -> Tray:
    """The tray with the heatmaps of a case; what else was changed of it meanwhile stays."""
    own = cases.identity(case)
    return replace(
        tray,
        cases=tuple(
            replace(c, heat=case.heat, heat_words=case.heat_words)
            if cases.identity(c) == own
            else c
            for c in tray.cases
        ),
    )


def without_heat(tray: Tray, case: Case) -> Tray:
    """The tray that waits no longer for the heatmaps of a case."""
    return replace(tray, failed=tray.failed | {cases.identity(case)})
