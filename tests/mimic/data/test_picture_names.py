"""Pictures under names that another system spelled: in data folders, folders and ZIPs."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from mimic.data.layout import ImageFolder
from mimic.data.picture_store import MISSING, OUTSIDE, PictureFolder, Problem, open_pictures
from mimic.errors import InputError

COMPOSED = "café.jpg"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)

#: What a table says, and what is there.
SAME = [
    ("a.jpg", "a.jpg"),
    (COMPOSED, DECOMPOSED),
    (DECOMPOSED, COMPOSED),
    ("caf%C3%A9.jpg", DECOMPOSED),
    ("name%20with%20spaces.jpg", "name with spaces.jpg"),
    ("name with spaces.jpg", "name%20with%20spaces.jpg"),
    ("A.JPG", "a.jpg"),
    ("a.jpg", "A.JPG"),
    ("CAF%C3%89.JPG", DECOMPOSED),
    ("straße.jpg", "STRASSE.jpg"),
    ("100%.jpg", "100%.jpg"),
]


def in_a_data_folder(folder: Path, names: Iterable[str]) -> ImageFolder:
    for name in names:
        (folder / name).write_text(name)
    return ImageFolder(folder)


@pytest.mark.parametrize(("asked", "there"), SAME)
def test_in_a_data_folder(tmp_path: Path, asked: str, there: str) -> None:
    images = in_a_data_folder(tmp_path, [there, "other.jpg"])
    assert images.find(asked) == tmp_path / there
    assert images.find("pics\\" + asked) == tmp_path / there


@pytest.mark.parametrize(("asked", "there"), SAME)
def test_in_a_folder_of_pictures(tmp_path: Path, asked: str, there: str) -> None:
    (tmp_path / "Sub").mkdir()
    (tmp_path / "Sub" / there).write_text(there)
    (tmp_path / there).write_text(there)
    folder = PictureFolder(tmp_path)
    assert folder.locate(asked) == tmp_path / there
    for path in (f"Sub/{asked}", f"Sub\\{asked}", f"sub/{asked}", f"./Sub/{asked}"):
        assert folder.locate(path) == tmp_path / "Sub" / there


@pytest.mark.parametrize(("asked", "there"), SAME)
@pytest.mark.parametrize("separator", ["/", "\\"])
def test_in_a_zip(tmp_path: Path, asked: str, there: str, separator: str) -> None:
    path = packed(tmp_path, [f"Pics{separator}{there}", f".{separator}x.jpg"])
    for wanted in (asked, f"Pics/{asked}", f"pics\\{asked}"):
        assert read(path, wanted) == f"Pics{separator}{there}"
    assert read(path, "x.jpg") == f".{separator}x.jpg"


def packed(folder: Path, names: Iterable[str]) -> Path:
    """A ZIP in which each file holds its own name."""
    with zipfile.ZipFile(folder / "p.zip", "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return folder / "p.zip"


def read(path: Path, name: str) -> str:
    with open_pictures(path) as store:
        assert store is not None
        with store.picture(name) as file:
            return file.read_text("utf-8")


def test_the_exact_name_comes_before_one_in_another_spelling(tmp_path: Path) -> None:
    both = ["a.jpg", "A.jpg", COMPOSED, DECOMPOSED]
    images = in_a_data_folder(tmp_path, both)
    folder, path = PictureFolder(tmp_path), packed(tmp_path, both)
    for name in both:
        assert images.find(name) == folder.locate(name) == tmp_path / name
        assert read(path, name) == name
    assert images.rules == {"exact": 4}


def test_another_case_that_is_not_unique_is_no_match(tmp_path: Path) -> None:
    names = ["a.png", "A.png"]
    assert in_a_data_folder(tmp_path, names).find("a.PNG") is None
    found = PictureFolder(tmp_path).locate("a.PNG")
    assert isinstance(found, Problem) and found.kind == MISSING
    assert "A.png, a.png could be meant" in found.reason
    with pytest.raises(InputError, match=r"not in the ZIP .* A\.png, a\.png could be meant"):
        read(packed(tmp_path, names), "a.PNG")


def test_the_rule_that_found_a_picture_is_counted(tmp_path: Path) -> None:
    images = in_a_data_folder(tmp_path, [DECOMPOSED, "B.jpg", "c%20d.jpg"])
    for name in (COMPOSED, "b.png", "c d.x.png"):
        assert images.find(name) is not None
    assert images.rules == {"composed exact": 1, "any case stem": 1, "quoted cut": 1}


@pytest.mark.parametrize("name", ["..%2Fsecret.jpg", "%2E%2E/secret.jpg", "SUB/../../secret.jpg"])
def test_no_spelling_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "pictures" / "sub").mkdir(parents=True)
    (tmp_path / "secret.jpg").write_text("secret")
    (tmp_path / "pictures" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    folder = PictureFolder(tmp_path / "pictures")
    for asked in (name, "LINK.jpg"):
        found = folder.locate(asked)
        assert isinstance(found, Problem) and found.kind == OUTSIDE


def with_raw_names(folder: Path, names: Iterable[bytes]) -> Path:
    """A ZIP whose names are these bytes, without the flag for UTF-8; each file holds its number."""
    listed = list(names)
    stand_ins = [chr(ord("A") + i) * len(name) for i, name in enumerate(listed)]
    with zipfile.ZipFile(folder / "raw.zip", "w") as archive:
        for i, stand_in in enumerate(stand_ins):
            archive.writestr(stand_in, str(i))
    data = (folder / "raw.zip").read_bytes()
    for stand_in, name in zip(stand_ins, listed, strict=True):
        data = data.replace(stand_in.encode(), name)
    (folder / "raw.zip").write_bytes(data)
    return folder / "raw.zip"


def test_names_of_a_zip_without_the_flag_for_utf8(tmp_path: Path) -> None:
    """What macOS, Windows in China and DOS write: bytes in the encoding of that system."""
    names = {"北京.jpg": "utf-8", "上海/图.jpg": "gbk", "Köln.jpg": "cp437", "plain.jpg": "ascii"}
    path = with_raw_names(tmp_path, (name.encode(encoding) for name, encoding in names.items()))
    assert [read(path, name) for name in names] == ["0", "1", "2", "3"]
    assert read(path, "图.jpg") == "1"


def test_two_files_of_one_base_name_are_both_named(tmp_path: Path) -> None:
    path = packed(tmp_path, ["x/a.jpg", "y/a.jpg"])
    with pytest.raises(InputError, match=r"'a\.jpg': not in the ZIP .* x/a\.jpg, y/a\.jpg could"):
        read(path, "a.jpg")
    assert read(path, "y/a.jpg") == "y/a.jpg"


def test_what_macos_packs_beside_a_picture(tmp_path: Path) -> None:
    path = packed(tmp_path, ["a.jpg", "__MACOSX/._a.jpg", "__MACOSX/b.jpg", "my__MACOSX.jpg"])
    assert read(path, "a.jpg") == "a.jpg"
    assert read(path, "my__MACOSX.jpg") == "my__MACOSX.jpg"
    with pytest.raises(InputError, match="what macOS keeps beside a picture"):
        read(path, "__MACOSX/._a.jpg")
    with pytest.raises(InputError, match="not in the ZIP"):
        read(path, "b.jpg")


@pytest.mark.parametrize(("method", "named"), [(9, "Deflate64"), (98, "PPMd"), (77, "method 77")])
def test_a_way_of_packing_that_cannot_be_read_costs_its_picture(
    tmp_path: Path, method: int, named: str
) -> None:
    path = packed(tmp_path, ["a.jpg", "b.jpg"])
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(mark) + place, method)
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"'a.jpg': packed with {named}, .* again with Deflate"):
        read(path, "a.jpg")
    assert read(path, "b.jpg") == "b.jpg"


def test_a_zip_of_a_version_that_is_not_known(tmp_path: Path) -> None:
    path = packed(tmp_path, ["a.jpg"])
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 6, 99)
    path.write_bytes(data)
    with pytest.raises(InputError, match="not a whole ZIP file"):
        read(path, "a.jpg")
