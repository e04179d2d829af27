"""Files that the page hands out: whole or not at all, at addresses that nobody can guess."""

from __future__ import annotations

import secrets
import zipfile
from pathlib import Path

from gradio import utils
from gradio.processing_utils import hash_bytes

from mimic.io.files import write_whole, written_aside


def offer(name: str, data: bytes) -> str:
    """Path of a file in Gradio's cache, in the folder that its content names.

    Gradio would write a copy there in pieces; the hash has the server's own secret in it.
    """
    return str(write_whole(Path(utils.get_upload_folder()) / hash_bytes(data) / name, data))


def offer_folder(name: str, folder: Path) -> str:
    """The same of all files in a folder, packed as a ZIP whose one folder is `name`."""
    place = Path(utils.get_upload_folder()) / secrets.token_hex(32) / f"{name}.zip"
    with written_aside(place) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(file, Path(name) / file.relative_to(folder))
    return str(place)
