"""What the fields of a call take: values are told by the name of their field before they are used.

Gradio reads most of them as they come, and where it cannot it says nothing that a program sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import gradio as gr
from gradio.components import Component

from demo.handlers.link import kind_of, whole_number
from mimic.errors import InputError

#: What a picture is for a program; one sentence for all that it is not.
PICTURE = (
    '{} must be a file that was uploaded here, {{"path": ...}} as the upload gives it, or null; '
    "the server fetches no addresses"
)


def check_call(name: str, blocks: Sequence[Any], values: Sequence[Any]) -> None:
    """Raises InputError for a value that its field cannot take.

    Args:
        name: of the endpoint.
        blocks: its fields.
    """
    labels = [str(getattr(block, "label", "")) for block in blocks]
    if len(values) != len(labels):
        few = "few" if len(values) < len(labels) else "many"
        raise InputError(
            f"too {few} values: {len(values)}, and /{name} takes {len(labels)}: {', '.join(labels)}"
        )
    for label, block, value in zip(labels, blocks, values, strict=True):
        _check(label, block, value)


def check_files(values: Iterable[Any]) -> None:
    """Raises InputError for a file that would have to be fetched, anywhere in the values."""
    level = list(values)
    while level:
        for value in level:
            if isinstance(value, dict) and _is_address(value.get("path")):
                raise InputError("the server fetches no addresses: upload the file")
        level = [child for value in level for child in _children(value)]


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _is_address(path: Any) -> bool:
    return isinstance(path, str) and path.strip().lower().startswith(("http:", "https:"))


def _check(label: str, block: Component, value: Any) -> None:
    if isinstance(block, gr.Image):
        if value not in (None, "", {}) and not _is_file(value):
            raise InputError(PICTURE.format(label))
    elif isinstance(block, gr.Textbox):
        if not isinstance(value, str | None):
            raise InputError(f"{label} must be text, not {kind_of(value)}")
    elif isinstance(block, gr.Number):
        whole_number(value, label)
    elif isinstance(block, gr.JSON) and _holds_file(value):
        raise InputError(f"{label} takes no files: give a picture in base64")


def _is_file(value: Any) -> bool:
    """Whether it has the form of a file; whether it lies here is seen when it is read."""
    if not isinstance(value, dict) or not isinstance(value.get("path"), str):
        return False
    path, meta = value["path"], value.get("meta")
    return bool(path) and "\0" not in path and not _is_address(path) and _is_meta(meta)


def _is_meta(meta: Any) -> bool:
    return meta is None or isinstance(meta, dict)


def _holds_file(value: Any) -> bool:
    level = [value]
    while level:
        if any(isinstance(v, dict) and "path" in v and "meta" in v for v in level):
            return True
        level = [child for parent in level for child in _children(parent)]
    return False
