"""Files that the page hands out: whole or not at all, at addresses that nobody can guess."""

from __future__ import annotations

from pathlib import Path

from gradio import utils
from gradio.processing_utils import hash_bytes

from mimic.io.files import write_whole


def offer(name: str, data: bytes) -> str:
    """Path of a file in Gradio's cache, in the folder that its content names.

    Gradio would write a copy there in pieces; the hash has the server's own secret in it.
    """
    return str(write_whole(Path(utils.get_upload_folder()) / hash_bytes(data) / name, data))
