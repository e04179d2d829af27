"""What is in a data folder, before a number that comes from it is believed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from mimic.config import ModelConfig
from mimic.data.layout import NIL, SPLITS, KnowledgeBase, Split, has_split, read_kb, read_split
from mimic.data.names import SHARED, NameTable, shared_label
from mimic.errors import InputError
from mimic.io.terminal import Progress
from mimic.io.threads import thread_count
from mimic.model.pictures import opened_picture, picture_notice
from mimic.model.processor import Processor, load_tokenizer

_NOT_REFERENCES = ("not named", "ambiguous")


@dataclass(frozen=True)
class Look:
    """What one picture file holds.

    Attributes:
        status: `ok`, `blank` (one colour all over) or `unreadable`.
        digest: hash of the decoded pixels, `""` when they cannot be read.
        message: why it cannot be read.
        cut_short: whether it lacks its last bytes, and was read as far as it goes.
    """

    status: str
    digest: str = ""
    message: str = ""
    cut_short: bool = False


def audit(
    kb: KnowledgeBase,
    splits: Sequence[Split],
    processor: Processor | None = None,
    pictures: bool = True,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Counts what a model would be trained or measured on.

    Args:
        processor: its tokenizer tells the shares of truncated inputs and of padding.
        pictures: whether every picture is decoded. Without it `unreadable`, `blank`, `identical`
            and the leak of pictures are `None`.
        progress: called with (done, total) pictures.

    Returns:
        Plain JSON. Counts of pictures are of references, so `found + missing == referenced`;
        `identical` counts files that show exactly what another file of the same side shows;
        `cut_short` is there for JPEGs that were read without their last bytes.
    """
    paths = {path for own in kb.pictures for path in own}
    paths |= {m.image for split in splits for m in split.mentions if m.image is not None}
    looks = look_at_all(sorted(paths), progress) if pictures else None
    kb_paths = [path for own in kb.pictures for path in own]
    mention_paths = [m.image for s in splits for m in s.mentions if m.image is not None]
    rules: Counter[str] = sum((Counter(s.image_rules) for s in splits), Counter())
    return {
        "entities": len(kb.entities),
        "mentions": {s.name: len(s.mentions) for s in splits},
        "left_out": {"entities": len(kb.skipped)} | {s.name: len(s.skipped) for s in splits},
        "left_out_examples": {
            name: [f"record {number}: {why}" for number, why in list(skipped.items())[:5]]
            for name, skipped in [("entities", kb.skipped), *((s.name, s.skipped) for s in splits)]
            if skipped
        },
        "images": {
            "entity": _pictures(kb.image_rules, kb_paths, looks),
            "mention": _pictures(rules, mention_paths, looks),
        },
        "mention_not_in_sentence": {
            s.name: sum(m.span is None for m in s.mentions) for s in splits
        },
        "nil": {s.name: s.answers.count(NIL) for s in splits},
        "answers_not_in_kb": {s.name: len(_unknown(s)) for s in splits},
        "answers_not_in_kb_examples": {s.name: _unknown(s)[:5] for s in splits if _unknown(s)},
        "entities_sharing_the_surface": _sharing(kb, splits),
        "leaks": {
            "same_mention": {f"{a.name}-{b.name}": _same(a, b) for a, b in combinations(splits, 2)},
            "mention_image_of_gold": {s.name: _leaked(s, kb, looks) for s in splits},
        },
        "tokens": _tokens(kb, splits, processor),
    }


def audit_folder(
    folder: Path, config: ModelConfig, progress: Progress | None = None
) -> dict[str, Any]:
    """The audit of the splits that a data folder has, with the tokenizer of a configuration.

    Raises:
        InputError: the folder cannot be read, or has no split.
    """
    kb = read_kb(folder)
    splits = [read_split(folder, name, kb) for name in SPLITS if has_split(folder, name)]
    if not splits:
        raise InputError(f"{folder}: no file *_train.json, *_dev.json or *_test.json there")
    return audit(kb, splits, Processor(config, load_tokenizer(config)), progress=progress)


def look_at_all(paths: Sequence[Path], progress: Progress | None = None) -> dict[Path, Look]:
    """Decodes every picture, on all cores."""
    looks = {}
    with ThreadPoolExecutor(thread_count()) as pool:
        for path, seen in zip(paths, pool.map(look, paths), strict=True):
            looks[path] = seen
            if progress is not None:
                progress(len(looks), len(paths))
    return looks


def look(path: Path) -> Look:
    """Decodes one picture."""
    try:
        with opened_picture(path) as picture:
            digest = hashlib.sha256(repr(picture.size).encode() + picture.tobytes()).hexdigest()
            plain = all(low == high for low, high in picture.getextrema())  # type: ignore[misc]
    except InputError as error:
        return Look("unreadable", message=str(error))
    return Look("blank" if plain else "ok", digest, cut_short=bool(picture_notice(path)))


def summary_lines(report: Mapping[str, Any]) -> list[str]:
    """The audit for people, with what should make them stop and look."""
    mentions = ", ".join(f"{name} {count:,}" for name, count in report["mentions"].items())
    lines = [f"{report['entities']:,} entities; mentions: {mentions}"]
    for side, counts in report["images"].items():
        named = ("referenced", "found", "missing", "unreadable", "blank", "identical")
        shown = ", ".join(f"{counts[n]:,} {n}" for n in named if counts[n] is not None)
        if "cut_short" in counts:
            shown += f", {counts['cut_short']:,} cut short"
        rules = ", ".join(f"{count:,} by {rule}" for rule, count in counts["rules"].items())
        lines.append(f"{side} pictures: {shown}" + (f" ({rules})" if rules else ""))
    for key, text in (
        ("left_out", "records that are left out"),
        ("mention_not_in_sentence", "mentions that are not in their sentence"),
        ("nil", "mentions with the answer nil"),
        ("answers_not_in_kb", "answers that are not in the knowledge base"),
    ):
        if any(report[key].values()):
            lines.append(f"{text}: {_counts(report[key])}")
    for key in ("left_out_examples", "answers_not_in_kb_examples"):
        for name, examples in report[key].items():
            lines.append(f"  {name}: " + ", ".join(examples))
    for name, groups in report["entities_sharing_the_surface"].items():
        lines.append(f"{name}: mentions by entities that share the surface form: {_counts(groups)}")
    for kind, counts in report["leaks"].items():
        if any(counts.values()):
            lines.append(f"LEAK {kind.replace('_', ' ')}: {_counts(counts)}")
    if report["tokens"] is not None:
        tokens = report["tokens"]
        shares = ", ".join(
            f"{side} {100 * tokens['truncated'][side]:.1f} % truncated, "
            f"{100 * tokens['padding'][side]:.1f} % padding"
            for side in tokens["truncated"]
        )
        lines.append(f"at {tokens['length']} tokens: {shares}")
    return lines


def refuse_missing_pictures(report: Mapping[str, Any], folder: Path) -> None:
    """Stops a run that would train on blank pictures without knowing it.

    Raises:
        InputError: one side names pictures and not one of them is there.
    """
    for side, name in (("entity", "kb_image"), ("mention", "mention_image")):
        counts = report["images"][side]
        if counts["referenced"] and not counts["found"]:
            raise InputError(
                f"{folder / name}: every picture is missing ({counts['referenced']:,} are named "
                f"in the {side} file); check the folder's name"
            )


def _pictures(
    rules: Mapping[str, int], paths: Sequence[Path], looks: Mapping[Path, Look] | None
) -> dict[str, Any]:
    referenced = sum(count for rule, count in rules.items() if rule not in _NOT_REFERENCES)
    missing = rules.get("missing", 0)
    counts: dict[str, Any] = {
        "referenced": referenced,
        "found": referenced - missing,
        "missing": missing,
        "unreadable": None,
        "blank": None,
        "identical": None,
        "rules": {r: n for r, n in rules.items() if r not in ("missing", "not named")},
    }
    if looks is not None:
        for status in ("unreadable", "blank"):
            counts[status] = sum(looks[path].status == status for path in paths)
        digests = Counter(looks[path].digest for path in set(paths))
        counts["identical"] = sum(n for digest, n in digests.items() if digest and n > 1)
        if cut_short := sum(looks[path].cut_short for path in paths):
            counts["cut_short"] = cut_short
    return counts


def _unknown(split: Split) -> list[str]:
    """`id -> answer` of the mentions whose answer is no entity, `nil` left out."""
    return [
        f"{mention.id} -> {answer}"
        for mention, gold, answer in zip(split.mentions, split.gold, split.answers, strict=True)
        if gold < 0 and answer != NIL
    ]


def _sharing(kb: KnowledgeBase, splits: Iterable[Split]) -> dict[str, dict[str, int]]:
    table = NameTable([entity.name for entity in kb.entities])
    return {
        s.name: _ordered(Counter(shared_label(len(table.sharing(m.surface))) for m in s.mentions))
        for s in splits
    }


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return {label: counts[label] for label in SHARED}


def _same(one: Split, other: Split) -> int:
    """Mentions of `other` that stand in `one` with the same words and answer."""
    known = set(_keys(one))
    return sum(key in known for key in _keys(other))


def _keys(split: Split) -> list[tuple[str, str, str]]:
    return [(m.surface, m.sentence, a) for m, a in zip(split.mentions, split.answers, strict=True)]


def _leaked(split: Split, kb: KnowledgeBase, looks: Mapping[Path, Look] | None) -> int | None:
    """Mentions whose picture shows exactly what a picture of their entity shows."""
    if looks is None:
        return None
    return sum(
        looks[mention.image].digest in {looks[path].digest for path in kb.pictures[gold]} - {""}
        for mention, gold in zip(split.mentions, split.gold, strict=True)
        if mention.image is not None and gold >= 0
    )


def _tokens(
    kb: KnowledgeBase, splits: Iterable[Split], processor: Processor | None
) -> dict[str, Any] | None:
    """Shares from 0 to 1 of texts that are cut, and of positions that are padding."""
    if processor is None or processor.tokenizer is None:
        return None
    sides = {"entity": [(e.name, e.description) for e in kb.entities]}
    sides |= {s.name: [(m.surface, m.sentence) for m in s.mentions] for s in splits}
    truncated, padding = {}, {}
    for side, texts in sides.items():
        cut, real, batch = 0, 0, 2048
        for start in range(0, len(texts), batch):
            part = processor.texts(*zip(*texts[start : start + batch], strict=True))
            cut += sum(part.truncated)
            real += int(part.attention_mask.sum())
        places = max(1, len(texts)) * processor.config.text_length
        truncated[side], padding[side] = cut / max(1, len(texts)), 1 - real / places
    return {"length": processor.config.text_length, "truncated": truncated, "padding": padding}


def _counts(counts: Mapping[str, int | None]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items() if count is not None)
