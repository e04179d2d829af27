"""What a model is worth outside its own drawings: photographs, things it does not know, published
data, entities it never saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.world.photographs import (
    DECIDED,
    SENTENCES,
    Outcomes,
    Teams,
    doubt_rate,
    harm,
    outcomes,
    photo,
    read_photographs,
    right_doubted,
)
from analysis.world.unseen import published
from mimic.atlas.photographs import Photograph
from mimic.config import MINILM_WHEEL
from mimic.data.hold_out import PARTS
from mimic.data.layout import KnowledgeBase, Split, data_fingerprint, has_split, read_kb, read_split
from mimic.errors import InputError
from mimic.io.assets import BUNDLED_KB
from mimic.io.terminal import Watch
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.evaluate import evaluate

SPLITS = ("dev", "test")
#: Photographs in a folder of this name show no sport at all.
UNRELATED = "unrelated"
#: Part of a record -> what is missing where there is none.
ASK = {
    "photo": "no photographs of sports (--photos DIR)",
    "unrelated": "no photographs (--photos DIR)",
    "wikimel": "no published data set (--data DIR)",
    "unseen": "no published data set with answers that are held out (--data DIR)",
    "atlas": "no folder of Atlas with a test split (--data DIR)",
}
DROP = (
    f"needs Atlas' {' and '.join(DECIDED)} mentions (--data DIR), and photographs in {UNRELATED}/"
)


@dataclass(frozen=True)
class Inputs:
    """What is measured on.

    Attributes:
        split: of photographs and Atlas' mentions, of `SPLITS`.
        teams: of the knowledge base that photographs are ranked in: Atlas', or the bundled one.
        atlas: a data folder of nations and their teams, or `None`; `mentions` are those of the
            split, `test` those of test.
        published: a data folder of another kind, or `None`; `splits` are its mentions.
    """

    split: str
    teams: Teams
    photographs: Sequence[Photograph]
    atlas: Path | None
    mentions: Split | None
    test: Split | None
    published: Path | None
    splits: dict[str, Split]


def read_inputs(data: Sequence[Path], photos: Path | None, split: str = "dev") -> Inputs:
    """Reads data folders and photographs, before any work begins.

    Args:
        data: at most one folder of Atlas, and one of another kind.

    Raises:
        InputError: nothing to measure on, two folders of a kind, or one that cannot be used.
    """
    if split not in SPLITS:
        raise InputError(f"split is {split!r}; it must be one of {', '.join(SPLITS)}")
    if not data and photos is None:
        raise InputError("nothing to measure on: give --data DIR, --photos DIR or both")
    atlas, other = _kinds(data)
    teams = Teams((atlas or read_kb(BUNDLED_KB)).entities)
    splits = _splits(other, ("test", "dev"))
    if other is not None and "test" not in splits:
        raise InputError(f"{other.folder}: no file *_test.json there")
    own = _splits(atlas, {split, "test"})
    return Inputs(
        split,
        teams,
        () if photos is None else read_photographs(photos, split, teams),
        None if atlas is None else atlas.folder,
        own.get(split),
        own.get("test"),
        None if other is None else other.folder,
        splits,
    )


def world(
    inputs: Inputs,
    model: Path | None,
    watch: Watch,
    device: str = "auto",
    cache: Path | None = None,
    text: str = MINILM_WHEEL,
) -> dict[str, Any]:
    """Measures a model on all that is given.

    Args:
        text: source of the text model that nothing was trained with.

    Returns:
        Percentages from 0 to 100, `None` for a part or a number that nothing was given for:
        `{"photo": {"hits@1", "by_sport": {sport: H@1}, "vdlu_hits@10", "n", "units": {unit: H@1}},
        "unrelated": {"doubt_rate", "right_doubted", "hits@1_drop", "n"}, "wikimel": {"hits@1",
        "mrr", "untrained_hits@1", "untrained_mrr", "n"}, "unseen": the same, "atlas": {"hits@1",
        "mrr", "n", "by_label": {label: H@1}}, "origin": {"model", "split", "data": {part:
        fingerprint}}, "notes": [what is left out, and why]}`. A photograph counts once for each
        sentence in `n`.

    Raises:
        InputError: the model cannot be opened.
    """
    record: dict[str, Any] = dict.fromkeys(ASK)
    notes: list[str] = []
    origin: dict[str, Any] = {"model": "", "split": inputs.split, "data": {}}
    if inputs.photographs or inputs.atlas is not None:
        linker = EntityLinker.load(model, inputs.atlas, device, cache, watch("entities"))
        record |= _pictures(inputs, linker, watch, notes)
        origin["model"] = linker.index.model
    if inputs.published is not None:
        linker = EntityLinker.load(model, inputs.published, device, cache, watch("entities"))
        parts = published(linker, inputs.splits, watch, text)
        record |= dict(zip(("wikimel", "unseen"), parts, strict=True))
        origin["model"] = linker.index.model
        if linker.card.training.get("config", {}).get("hold_out") != PARTS:
            notes.append("unseen: the model's card does not say that a third was held out")
    for name, folder in (("atlas", inputs.atlas), ("wikimel", inputs.published)):
        if folder is not None:
            origin["data"][name] = data_fingerprint(folder)
    missing = [f"{name} is left out: {why}" for name, why in ASK.items() if record[name] is None]
    return {**record, "origin": origin, "notes": [*missing, *notes]}


def lines(record: Mapping[str, Any]) -> str:
    """A line for each number of a record, for reading."""
    shown = []
    for part in ASK:
        for name, value in (record[part] or {}).items():
            for key, number in value.items() if isinstance(value, dict) else [("", value)]:
                how = "–" if number is None else f"{number:.{0 if name == 'n' else 1}f}"
                shown.append(f"{part:10} {f'{name} {key}':28} {how:>8}")
    return "\n".join(shown)


def _pictures(
    inputs: Inputs, linker: EntityLinker, watch: Watch, notes: list[str]
) -> dict[str, Any]:
    """The parts that Atlas' knowledge base is asked for."""
    record: dict[str, Any] = {}
    every = _readable(inputs.photographs, linker, notes)
    known, strange = ([p for p in every if bool(p.sport) is is_known] for is_known in (True, False))
    found: list[Outcomes] = []
    if known:
        record["photo"], seen = photo(linker, known, inputs.teams, watch)
        found.append(seen)
    if every:
        if (some := inputs.mentions) is not None:
            told = watch(f"{some.name} mentions")
            found.append(outcomes(linker, some.mentions, some.gold, told))
        record["unrelated"] = {
            "doubt_rate": doubt_rate(linker, strange, inputs.teams, watch),
            "right_doubted": right_doubted(found),
            "hits@1_drop": _drop(inputs, linker, strange, watch),
            "n": len(strange) * len(SENTENCES),
        }
        if record["unrelated"]["hits@1_drop"] is None:
            notes.append(f"hits@1_drop is left out: {DROP}")
    if linker.nil is None:
        notes.append("doubt: the model has no rule for it; `python -m mimic calibrate` sets one")
    if inputs.test is not None:
        whole = evaluate(linker, inputs.test, progress=watch("test mentions"))
        by = {label: row["hits@1"] for label, row in whole["by_group"].items()}
        figures = {"hits@1": whole["hits@1"], "mrr": whole["mrr"], "n": whole["mentions"]}
        record["atlas"] = {**figures, "by_label": by}
    return record


def _drop(
    inputs: Inputs, linker: EntityLinker, strange: Sequence[Photograph], watch: Watch
) -> float | None:
    unrelated = [p for p in strange if p.path.parent.parent.name == UNRELATED]
    if inputs.mentions is None or not unrelated:
        return None
    return harm(linker, inputs.mentions, unrelated, watch)


def _readable(
    photographs: Sequence[Photograph], linker: EntityLinker, notes: list[str]
) -> list[Photograph]:
    """Those that can be read; a note tells of the others."""
    troubles = [linker.processor.square_if_readable(p.path)[1] for p in photographs]
    if bad := [trouble for trouble in troubles if trouble]:
        notes.append(f"{len(bad)} photographs are left out: {bad[0]}")
    return [p for p, trouble in zip(photographs, troubles, strict=True) if not trouble]


def _kinds(data: Sequence[Path]) -> tuple[KnowledgeBase | None, KnowledgeBase | None]:
    """The folder of Atlas, known by its nations, and the other one."""
    found: dict[bool, KnowledgeBase] = {}
    for folder in data:
        kb = read_kb(folder)
        of_atlas = bool(Teams(kb.entities).nations)
        if of_atlas in found:
            kind = "Atlas" if of_atlas else "a published data set"
            raise InputError(f"{found[of_atlas].folder} and {folder} both hold {kind}: give one")
        found[of_atlas] = kb
    return found.get(True), found.get(False)


def _splits(kb: KnowledgeBase | None, names: Iterable[str]) -> dict[str, Split]:
    if kb is None:
        return {}
    return {n: read_split(kb.folder, n, kb) for n in names if has_split(kb.folder, n)}
