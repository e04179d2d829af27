"""A text as it comes: the bytes of a file, or of standard input."""

from __future__ import annotations

from mimic.errors import InputError
from mimic.io.json_reader import decoded
from mimic.texts.finder import MOST_TEXT, check_length

#: Bytes of the longest text, and one more.
MOST_BYTES = 4 * MOST_TEXT + 4


def plain_text(data: bytes, name: str) -> str:
    """The text of a file; its line ends stay as they are.

    Args:
        data: no more than the first `MOST_BYTES` of it are needed.
        name: what messages call it.

    Raises:
        InputError: it is empty, too long, or not text.
    """
    try:
        text = decoded(data) if len(data) < MOST_BYTES else " " * MOST_BYTES
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text (byte {error.start})") from None
    if len(text) > MOST_TEXT:
        raise InputError(f"{name}: more than {MOST_TEXT:,} characters: give the text in parts")
    if "\0" in text:
        raise InputError(f"{name}: not text (it has a NUL character): is it a binary file?")
    check_length(text)
    return text
