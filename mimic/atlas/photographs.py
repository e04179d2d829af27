"""Photographs that a user brings: where they lie, what they show, and their copies in Atlas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mimic.atlas.records import SPORTS
from mimic.atlas.words.wording import SPLITS
from mimic.errors import InputError, reason_of
from mimic.io.files import save_picture
from mimic.io.terminal import Progress
from mimic.model.picture_bytes import JPEG
from mimic.model.pictures import opened_picture

#: Folders of a split; what lies in the last two says nothing about any entity.
SPORT_GROUP, GROUPS = "sports", ("sports", "other-sports", "unrelated")
#: What the names of the copies, and the identifiers of their mentions, begin with.
STEM = "photo-"
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
#: A JPEG up to this many pixels wide and high is copied byte for byte, all else is made so small.
MAX_SIDE, QUALITY = 512, 85


@dataclass(frozen=True)
class Photograph:
    """One photograph.

    Attributes:
        sport: key of `records.SPORTS`; `""` for one that says nothing about any entity.
        name: its file name among the pictures of Atlas' mentions.
    """

    path: Path
    split: str
    sport: str
    name: str


def find_photographs(folder: Path) -> list[Photograph]:
    """The photographs of `{train,dev,test}/{sports,other-sports,unrelated}/NAME/`, in order.

    Every part may be missing. Hidden files and files of other kinds are passed over. No photograph
    is opened.

    Raises:
        InputError: no such folder, no photograph in it, a folder in a split that is none of the
            three, an unknown sport, or one of Atlas' sports under another heading.
    """
    try:
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder of photographs")
        found = [photograph for split in SPLITS for photograph in _of_split(folder, split)]
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be read ({reason_of(error)})") from None
    if not found:
        raise InputError(
            f"{folder}: no photographs there; they are sought as "
            f"{{{','.join(SPLITS)}}}/{{{','.join(GROUPS)}}}/NAME/*{{{','.join(ENDINGS)}}}"
        )
    return found


def copy_photographs(
    photographs: Sequence[Photograph], folder: Path, progress: Progress | None = None
) -> None:
    """Writes each photograph to `folder` under its name, as a JPEG that is not large.

    Args:
        progress: is told (photographs written, photographs in all).

    Raises:
        InputError: a photograph cannot be read.
        OSError: one cannot be written.
    """
    for done, photograph in enumerate(photographs, 1):
        _copy(photograph.path, folder / photograph.name)
        if progress is not None:
            progress(done, len(photographs))


def _copy(source: Path, target: Path) -> None:
    with opened_picture(source, str(source), near=MAX_SIDE) as picture:
        small = max(picture.size) <= MAX_SIDE
        if small and (data := source.read_bytes()).startswith(JPEG):
            target.write_bytes(data)
            return
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        save_picture(picture, target, quality=QUALITY, optimize=True)


def _of_split(folder: Path, split: str) -> Iterator[Photograph]:
    numbers: Counter[str] = Counter()
    for group in _folders(folder / split):
        if group.name not in GROUPS:
            raise InputError(f"{group}: a split holds the folders {', '.join(GROUPS)}")
        for kind in _folders(group):
            sport = _sport(kind)
            slug = re.sub(r"[^a-z0-9]+", "-", kind.name.lower()).strip("-") or "other"
            for path in _files(kind):
                name = f"{STEM}{split}-{slug}-{numbers[slug]:03d}.jpg"
                numbers[slug] += 1
                yield Photograph(path, split, sport, name)


def _sport(kind: Path) -> str:
    """The sport that a folder of photographs is of, `""` for none of Atlas'."""
    of_sport = kind.parent.name == SPORT_GROUP
    if of_sport and kind.name not in SPORTS:
        raise InputError(f"{kind}: an unknown sport; known: {', '.join(SPORTS)}")
    if not of_sport and kind.name in SPORTS:
        raise InputError(f"{kind}: a sport of Atlas; its place is {SPORT_GROUP}/{kind.name}")
    return kind.name if of_sport else ""


def _folders(folder: Path) -> list[Path]:
    inside = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in inside if path.is_dir() and not path.name.startswith("."))


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in ENDINGS and not path.is_dir() and not path.name.startswith(".")
    )
