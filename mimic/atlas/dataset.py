"""Writes Atlas as a data set in the authors' file layout, with masks and evidence beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from mimic.atlas.drawing.canvas import Drawing
from mimic.atlas.drawing.scenes import Shot, draw
from mimic.atlas.facts.entities import entities, names_of, type_of
from mimic.atlas.mentions import Order, Picture, orders
from mimic.atlas.photo_mentions import photo_orders
from mimic.atlas.photographs import STEM, copy_photographs, find_photographs
from mimic.atlas.records import AtlasEntity
from mimic.atlas.words.wording import SPLITS
from mimic.errors import InputError, reason_of
from mimic.io.files import folder_aside, save_picture
from mimic.io.pool import in_processes
from mimic.io.terminal import Progress
from mimic.io.threads import thread_count

#: Side of all pictures in pixels, quality of the JPEG files, attempts to get the evidence seen.
SIDE, QUALITY, ATTEMPTS = 224, 75, 12
SIZES = (12000, 1500, 1500)
#: What the pictures of an entity show; the first is the one that it is known by.
PORTRAITS = ("full", "full", "neutral", "full", "neutral")
#: A state has more of them, since only its pictures show its flag large.
STATE_PORTRAITS = 15


@dataclass(frozen=True)
class Job:
    """A picture to draw: what, from which random stream, and the file under the data folder."""

    picture: Picture
    stream: tuple[int, ...]
    file: str
    mask_stem: str = ""


def write_atlas(
    out: Path,
    seed: int = 0,
    sizes: Sequence[int] = SIZES,
    workers: int | None = None,
    progress: Progress | None = None,
    photos: Path | None = None,
    photo_progress: Progress | None = None,
) -> dict[str, Any]:
    """Makes the data set and returns its summary (see `atlas_summary`).

    The files are the same, byte for byte, for the same seed and sizes, whatever the number of
    workers. They are written beside the target and moved there at the end.

    Args:
        out: a folder that is not there yet or is empty.
        seed: 0 or more.
        sizes: mentions in train, dev and test, each at least 4.
        workers: processes that draw; by default one for each core.
        progress: is told (pictures drawn, pictures in all).
        photos: a folder of photographs, as `photographs.find_photographs` reads it, whose mentions
            come after the others; these stay as they are without it.
        photo_progress: is told (photographs copied, photographs in all).

    Raises:
        InputError: the folder holds something or cannot be written, a number is out of range, or
            there is something wrong with the photographs.
    """
    out = Path(out)
    _check(out, seed, sizes, workers)
    photographs = [] if photos is None else find_photographs(photos)
    try:
        with folder_aside(out) as folder:
            _check(out, seed, sizes, workers)  # again: now nobody else writes there
            made = orders(seed, sizes)
            _make_folders(folder)
            copy_photographs(photographs, folder / "mention_image", photo_progress)
            made += photo_orders(seed, photographs, made)
            jobs = [*_entity_jobs(seed), *_mention_jobs(seed, made)]
            masks = _draw_all(jobs, folder, workers or thread_count(), progress)
            _write_entities(folder)
            for split in SPLITS:
                _write_split(folder, split, [o for o in made if o.split == split], masks)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({reason_of(error)})") from None
    return atlas_summary(out)


def atlas_summary(folder: Path) -> dict[str, Any]:
    """Counts of a written data set.

    Returns:
        `{"entities", "bytes", "mentions": {split: n}, "labels": {split: {label: n}},
        "pictures": {split: n}, "neutral_image": {split: share of the image mentions}}`, and
        where there are any `"photographs": {split: n}`, each counted once.
    """
    summary: dict[str, Any] = {
        "entities": len(_read(folder / "kb_entity.json")),
        "bytes": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        "mentions": {},
        "labels": {},
        "pictures": {},
        "neutral_image": {},
    }
    photographs: dict[str, int] = {}
    for split in SPLITS:
        mentions = _read(folder / f"ATLAS_{split}.json")
        evidence = _read(folder / f"ATLAS_{split}_evidence.json").values()
        shown = [entry["neutral_setting"] for entry in evidence if entry["label"] == "image"]
        summary["mentions"][split] = len(mentions)
        summary["labels"][split] = dict(sorted(Counter(e["label"] for e in evidence).items()))
        summary["pictures"][split] = sum(bool(mention["imgPath"]) for mention in mentions)
        summary["neutral_image"][split] = round(sum(shown) / max(1, len(shown)), 3)
        photographs[split] = len({m["imgPath"] for m in mentions if m["imgPath"].startswith(STEM)})
    return summary | ({"photographs": photographs} if any(photographs.values()) else {})


def _check(out: Path, seed: int, sizes: Sequence[int], workers: int | None) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is there already: name a folder that is new or empty")
    if len(sizes) != len(SPLITS) or min(sizes) < 4:
        raise InputError("three numbers of mentions are needed, each at least 4")
    if seed < 0:
        raise InputError("the seed is a whole number from 0")
    if workers is not None and workers < 1:
        raise InputError("at least one worker is needed")


def _make_folders(folder: Path) -> None:
    for name in ("kb_image", "mention_image", *(f"masks/{split}" for split in SPLITS)):
        (folder / name).mkdir(parents=True)


# --- pictures --------------------------------------------------------------------------------


def _entity_jobs(seed: int) -> Iterator[Job]:
    for number, entity in enumerate(entities()):
        for place, name in enumerate(_image_names(entity)):
            picture = portrait(entity, PORTRAITS[place % len(PORTRAITS)])
            yield Job(picture, (seed, 2, number, place), f"kb_image/{name}")


def portrait(entity: AtlasEntity, show: str = "full") -> Picture:
    """The order for an entity's own picture."""
    if not entity.country:
        return Picture(Shot(entity, show), ("subject", "emblem"), (), 0.04)
    part = "equipment" if entity.sport else "flag"
    return Picture(Shot(entity, show), (part,), (part,), 0.04)


def _mention_jobs(seed: int, made: Iterable[Order]) -> Iterator[Job]:
    for number, order in enumerate(made):
        if order.picture is not None:
            stream = (seed, 3, SPLITS.index(order.split), number)
            file = f"mention_image/{order.id}.jpg"
            yield Job(order.picture, stream, file, f"masks/{order.split}/{order.id}")


def _draw_all(
    jobs: Sequence[Job],
    folder: Path,
    workers: int,
    progress: Progress | None,
    chunk: int = 32,
) -> dict[str, dict[str, str]]:
    """Draws every job; returns picture file -> part -> mask file."""
    chunks = [jobs[i : i + chunk] for i in range(0, len(jobs), chunk)]
    masks: dict[str, dict[str, str]] = {}
    for result in _results(chunks, folder, workers):
        masks.update(result)
        if progress is not None:
            progress(len(masks), len(jobs))
    return masks


def _results(
    chunks: Sequence[Sequence[Job]], folder: Path, workers: int
) -> Iterator[dict[str, dict[str, str]]]:
    if workers == 1:
        yield from (_draw_chunk(chunk, folder) for chunk in chunks)
        return
    yield from in_processes(_draw_chunk, [(chunk, folder) for chunk in chunks], workers)


def _draw_chunk(jobs: Sequence[Job], folder: Path) -> dict[str, dict[str, str]]:
    return {job.file: _draw_job(job, folder) for job in jobs}


def _draw_job(job: Job, folder: Path) -> dict[str, str]:
    drawing = evident(job.picture, job.stream)
    save_picture(drawing.image, folder / job.file, quality=QUALITY, optimize=True)
    files: dict[str, str] = {}
    for part in job.picture.parts if job.mask_stem else ():
        mask = drawing.mask(part)
        if mask.any():
            files[part] = f"{job.mask_stem}-{part}.png"
            save_picture(Image.fromarray(mask).convert("1"), folder / files[part])
    return files


def evident(picture: Picture, stream: tuple[int, ...]) -> Drawing:
    """Draws until the evidence is neither hidden nor too large.

    Raises:
        RuntimeError: no attempt shows every needed part (a bug in the drawings).
    """
    best: tuple[float, Drawing] | None = None
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng(np.random.SeedSequence([*stream, attempt]))
        drawing = draw(picture.shot, rng, SIDE)
        miss = _miss(picture, drawing)
        if miss <= 0:
            return drawing
        if best is None or miss < best[0]:
            best = (miss, drawing)
    if best is None or best[0] >= 1:
        raise RuntimeError(f"no evidence to be seen: {picture}")
    return best[1]


def _miss(picture: Picture, drawing: Drawing) -> float:
    """How far the evidence is from what was ordered: 0 is well, 1 or more is nothing there."""
    sought = picture.needs or picture.parts
    if not sought:
        return 0.0
    areas = [float(drawing.mask(part).mean()) for part in sought]
    if sum(areas) == 0 or (picture.needs and min(areas) == 0):
        return 1.0
    least = min(areas) if picture.needs else sum(areas)
    return max(0.0, picture.low - least, sum(areas) - picture.high)


# --- tables ----------------------------------------------------------------------------------


def _image_names(entity: AtlasEntity) -> list[str]:
    stem = entity.id.removeprefix("atlas:")
    count = STATE_PORTRAITS if entity.kind == "country" else len(PORTRAITS)
    return [f"{stem}.jpg", *(f"{stem}-{n}.jpg" for n in range(2, count + 1))]


def _write_entities(folder: Path) -> None:
    rows = [
        {
            "id": row,
            "type": type_of(entity),
            "qid": entity.id,
            "entity_name": entity.name,
            "attr": entity.attr,
            "image_list": _image_names(entity),
            **({"aliases": list(names)} if (names := names_of(entity)) else {}),
        }
        for row, entity in enumerate(entities())
    ]
    _write(folder / "kb_entity.json", rows)
    _write(folder / "qid2id.json", {row["qid"]: row["id"] for row in rows}, indent=None)


def _write_split(
    folder: Path, split: str, made: Sequence[Order], masks: dict[str, dict[str, str]]
) -> None:
    mentions = [
        {
            "id": order.id,
            "sentence": order.sentence.text,
            "mentions": order.surface,
            "answer": order.answer,
            "imgPath": order.image,
            **({"paraphrases": order.paraphrases} if order.paraphrases else {}),
        }
        for order in made
    ]
    evidence = {
        order.id: {
            "label": order.label,
            "neutral_setting": bool(order.picture and order.picture.shot.show in NEUTRAL_SHOWS),
            "words": [list(span) for span in order.sentence.words],
            "masks": masks.get(f"mention_image/{order.image}", {}),
        }
        for order in made
    }
    _write(folder / f"ATLAS_{split}.json", mentions)
    _write(folder / f"ATLAS_{split}_evidence.json", evidence)


NEUTRAL_SHOWS = ("neutral", "plain")


def _write(path: Path, data: Any, indent: int | None = 1) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
