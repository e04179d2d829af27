"""What of a picture file makes its pixels, apart from what is said about them.

Cameras and editors write metadata that a decoder refuses (text, profiles, previews, a broken EXIF);
a picture does not depend on it. What tells which way up it stands is handed on.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
#: Marks of a JPEG: end, start of a scan, and frames (SOF) whose components are read.
_END, _SCAN = 0xD9, 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_METADATA = {*range(0xE0, 0xF0), 0xFE}
#: Segments that say which colours the numbers are, by the least length that a decoder takes.
_COLOURS = {0xE0: (b"JFIF\0", 14), 0xEE: (b"Adobe", 12)}
#: A mark with what may fill the place before it; stuffed zeros and restarts belong to a scan.
_MARK = re.compile(rb"\xff+([\x02-\xcf\xd8-\xfe])")
_ORIENTATION = 274
_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
#: Tags of a TIFF: size, compression, strips, tiles, colours, numbers, and JPEG in it.
_TAGS = {
    _ORIENTATION, *range(254, 260), 262, 266, 273, *range(277, 280), 284, 292, 293, 317, 320,
    *range(322, 326), 332, 338, 339, 347, *range(512, 522), *range(529, 533),
}  # fmt: skip
_EXIF = b"Exif\0\0"
_PROFILE, _MOST_PROFILE = b"Raw profile type exif", 1 << 20
#: Scans of a progressive JPEG that are read; programs write about ten, each goes over the picture.
MAX_SCANS = 64
_MAX_SEGMENTS = 20_000  # of a JPEG; metadata of 1 MB are 16


@dataclass
class Bare:
    """The bytes of a picture without metadata.

    Attributes:
        data: a file that a decoder reads; the end of a JPEG is put there where it is lacking.
        info: EXIF and XMP by the names under which Pillow looks for the orientation.
        scans: of a JPEG, how often it goes over the picture; nobody counts beyond `MAX_SCANS`.
        cut_short: whether it is a JPEG without its end.
        unbegun: (component, coefficient) of a JPEG whose last scan is not in the file.
    """

    data: bytes
    info: dict[str, bytes] = field(default_factory=dict)
    scans: int = 0
    cut_short: bool = False
    unbegun: set[tuple[int, int]] = field(default_factory=set)


def bare(data: bytes) -> Bare:
    """The picture without metadata; a file of another kind than JPEG, PNG and TIFF as it is."""
    if data.startswith(JPEG):
        return _bare_jpeg(data)
    if data.startswith(PNG):
        return _bare_png(data)
    return Bare(_with_tags(data, _TAGS) if data.startswith(TIFF) else data)


def bare_exif(data: bytes) -> bytes:
    """An EXIF that says which way up the picture stands and nothing else."""
    while data.startswith(_EXIF):
        data = data.removeprefix(_EXIF)
    return _EXIF + (_with_tags(data, {_ORIENTATION}) if data.startswith(TIFF) else data)


def _bare_jpeg(data: bytes) -> Bare:
    found, kept = Bare(b"", cut_short=True), [JPEG[:2]]
    for number, (mark, segment, rest) in enumerate(_segments(data)):
        if number > _MAX_SEGMENTS:
            raise ValueError("too many segments")
        if mark == _END:
            found.cut_short = False
            break
        if mark in _METADATA:
            head, least = _COLOURS.get(mark, (b"", 0))
            if not head or not segment.startswith(head) or len(segment) < least:
                _remember(found.info, segment)
                continue
        elif mark in _FRAMES:
            found.unbegun = {(part, k) for part in segment[6::3] for k in range(64)}
        elif mark == _SCAN:
            found.scans += 1
            if found.scans > MAX_SCANS:
                break
            found.unbegun -= _finished(segment)
        kept += [bytes((0xFF, mark)), (len(segment) + 2).to_bytes(2), segment, rest]
    found.data = b"".join([*kept, bytes((0xFF, _END))])
    return found


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Mark, segment and what a scan writes behind it, up to the end of the first picture."""
    place = 2
    while match := _MARK.search(data, place):
        mark, start = match[1][0], match.end()
        if mark == _END:
            yield mark, b"", b""
            return
        place = start + int.from_bytes(data[start : start + 2])
        if place < start + 2 or place > len(data):
            return
        behind = _MARK.search(data, place) if mark == _SCAN else None
        end = place if mark != _SCAN else behind.start() if behind else len(data)
        yield mark, data[start + 2 : place], data[place:end]
        place = end


def _finished(scan: bytes) -> set[tuple[int, int]]:
    """The coefficients that a scan brings to their last bit."""
    if len(scan) < 4 or scan[-1] & 15:
        return set()
    return {(part, k) for part in scan[1:-3:2] for k in range(scan[-3], min(scan[-2], 63) + 1)}


def _remember(info: dict[str, bytes], segment: bytes) -> None:
    if segment.startswith(_EXIF):
        info.setdefault("exif", segment)
    elif segment.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        info["xmp"] = segment.split(b"\0", 1)[1]


def _bare_png(data: bytes) -> Bare:
    found, view, place = Bare(b""), memoryview(data), len(PNG)
    kept = [view[:place]]
    while place + 8 <= len(data):
        kind, start = data[place + 4 : place + 8], place + 8
        end = start + int.from_bytes(data[place : place + 4])
        if kind in _CHUNKS:
            kept.append(view[place : end + 4])
        elif kind == b"eXIf":
            found.info["exif"] = data[start:end]
        elif kind in (b"tEXt", b"zTXt") and view[start:end][: len(_PROFILE)] == _PROFILE:
            found.info.setdefault("exif", _profile(kind, data[start + len(_PROFILE) + 1 : end]))
        place = end + 4
    found.data = b"".join(kept)
    return found


def _with_tags(data: bytes, tags: set[int]) -> bytes:
    """The first page of a TIFF, its directory rewritten in its place without other tags."""
    order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"
    wide = 43 in data[2:4]  # BigTIFF
    at, offset, counted, long = (8, 8, 8, 20) if wide else (4, 4, 2, 12)
    start = int.from_bytes(data[at : at + offset], order)
    first = start + counted
    count = min(int.from_bytes(data[start:first], order), 0xFFFF, (len(data) - first) // long)
    entries = [data[first + i * long : first + (i + 1) * long] for i in range(count)]
    kept = [entry for entry in entries if int.from_bytes(entry[:2], order) in tags]
    directory = len(kept).to_bytes(counted, order) + b"".join(kept) + bytes(offset)
    if first + count * long + offset > len(data):
        directory = directory[:-offset]
    return data[:start] + directory + data[start + len(directory) :]


def _profile(kind: bytes, body: bytes) -> bytes:
    """The EXIF that a PNG's text holds in hexadecimal, below its name and its length."""
    try:
        if kind == b"zTXt":
            body = zlib.decompressobj().decompress(body[1:], _MOST_PROFILE)
        return bytes.fromhex(b"".join(body[:_MOST_PROFILE].split(b"\n")[3:]).decode("ascii"))
    except (ValueError, zlib.error):
        return b""
