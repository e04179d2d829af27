"""What visitors have uploaded: nothing else is read for them, and it does not pile up."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.blocks import BlockFunction
from gradio.utils import get_upload_folder
from gradio_client.utils import (  # type: ignore[import-untyped]
    is_file_obj_with_meta,
    traverse,
)

from demo.messages import translated
from demo.server.doors import UPLOAD, path_of
from demo.server.limits import App, Message, Receive, Send
from demo.server.logins import VISITOR
from demo.server.run_folder import OWN
from demo.texts import LANGUAGES
from mimic.errors import InputError

#: The one answer for every other file, whether or not it is there.
REFUSAL = "upload the file first: only files that were uploaded to this page are read"
#: How the folder of an upload is called: by its content, with a secret in it.
HASH = re.compile(r"[0-9a-f]{16,128}", re.ASCII)
_META = {"_type": "gradio.FileData"}


def is_upload(path: object) -> bool:
    """Whether a path leads to a file in this run's upload folder, also through links."""
    if not isinstance(path, str):
        return False
    try:
        real = Path(path).resolve(strict=True)
        return real.is_file() and real.is_relative_to(Path(get_upload_folder()).resolve())
    except (OSError, ValueError, RuntimeError):  # absent, no path at all, links in a circle
        return False


def held_picture(key: str) -> Path | None:
    """The picture that the server holds under a hash; `None` where it holds none."""
    folder = Path(get_upload_folder()) / key
    if not HASH.fullmatch(key) or not folder.is_dir():
        return None
    return next((file for file in sorted(folder.iterdir()) if is_upload(str(file))), None)


def guard(page: gr.Blocks) -> None:
    """Makes every handler refuse files that were not uploaded, whatever door a call came through.

    Gradio trusts a picture's path where the field `meta` is missing, and fetches addresses.
    """
    read = page.preprocess_data

    async def checked(
        function: BlockFunction, values: list[Any], *rest: Any, **options: Any
    ) -> list[Any]:
        try:
            known = [
                uploaded(value, isinstance(block, (gr.Image, gr.File)))
                for block, value in zip(function.inputs, values, strict=False)
            ]
        except InputError as error:
            told = translated(str(error), _language(function, values))
            raise gr.Error(told, print_exception=False) from None
        return await read(function, known + values[len(known) :], *rest, **options)

    page.preprocess_data = checked  # type: ignore[assignment, method-assign]


def _language(function: BlockFunction, values: list[Any]) -> str:
    """The page's own handlers are given its language."""
    if function.api_visibility == "public":
        return "en"
    return next((value for value in values[:2] if value in LANGUAGES), "en")


def uploaded(value: Any, is_file: bool) -> Any:
    """A value of a call, with files as their paths alone.

    Args:
        is_file: whether the field takes a file; elsewhere an object is a file where it says so.

    Raises:
        InputError: a file is none that was uploaded.
    """
    if not is_file:
        return traverse(value, _checked, is_file_obj_with_meta)
    if isinstance(value, list):
        return [_checked(entry) for entry in value]
    return _checked(value) if value else None


def _checked(file: Any) -> dict[str, Any]:
    """The file without whatever else a caller says of it, an address to fetch it from above all."""
    if not (isinstance(file, dict) and is_upload(file.get("path"))):
        raise InputError(REFUSAL)
    name = file.get("orig_name")
    named = {"orig_name": name} if isinstance(name, str) else {}
    return {"path": file["path"], "meta": _META, **named}


class Room:
    """Bounds the files in the folder of a run; the oldest go first.

    Args:
        folder: all of it is the page's own.
    """

    #: Seconds that a file stays, as the page says; what is half written stays `HALF`.
    AGE, HALF = 86_400.0, 900.0
    #: Bytes and files of one visitor, and of all.
    VISITOR, ALL = (500_000_000, 4000), (2_000_000_000, 20_000)
    #: Seconds, bytes and files after which it looks again.
    PAUSE, SLACK = 60.0, (50_000_000, 200)

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owners: dict[str, str] = {}
        self._new = [0, 0]
        self._lock, self._soon = threading.Lock(), threading.Event()

    def start(self) -> Room:
        """Looks after the folder until the process ends."""
        threading.Thread(target=self._look_after, daemon=True).start()
        return self

    def _look_after(self) -> None:
        while self._folder.is_dir():
            self._soon.wait(self.PAUSE)
            self._soon.clear()
            self.tidy()

    def add(self, paths: Iterable[str], visitor: str) -> None:
        """Notes whose files these are."""
        with self._lock:
            for path in paths:
                self._owners[path] = visitor
                self._new[0] += os.path.getsize(path) if os.path.exists(path) else 0
                self._new[1] += 1
            if any(new > most for new, most in zip(self._new, self.SLACK, strict=True)):
                self._new = [0, 0]
                self._soon.set()

    def tidy(self) -> None:
        """Removes what is too old or too much, beginning with the oldest."""
        found = sorted(self._files(), reverse=True)
        with self._lock:
            self._owners = {
                path: self._owners[path] for _, _, path in found if path in self._owners
            }
            owners = dict(self._owners)
        size: Counter[str | None] = Counter()
        count: Counter[str | None] = Counter()
        now = time.time()
        for when, length, path in found:
            bounds = ((owners.get(path, ""), self.VISITOR), (None, self.ALL))
            half = os.path.dirname(os.path.dirname(path)) == str(self._folder)
            if now - when > (self.HALF if half else self.AGE) or any(
                size[whose] + length > most or count[whose] >= many
                for whose, (most, many) in bounds
            ):
                _remove(path)
                continue
            for whose, _ in bounds:
                size[whose] += length
                count[whose] += 1

    def _files(self) -> Iterable[tuple[float, int, str]]:
        """Time, bytes and path of each file."""
        for folder, folders, names in os.walk(self._folder):
            if folder == str(self._folder) and OWN in folders:
                folders.remove(OWN)
            for name in names:
                path = os.path.join(folder, name)
                try:
                    seen = os.lstat(path)
                except OSError:
                    continue
                yield max(seen.st_mtime, seen.st_ctime), seen.st_size, path


def _remove(path: str) -> None:
    """Removes a file, and its folder if that is empty now."""
    try:
        os.unlink(path)
        os.rmdir(os.path.dirname(path))
    except OSError:
        pass  # somebody else was faster, or there are others beside it


class Ownership:
    """ASGI middleware that notes which visitor uploaded which files."""

    def __init__(self, app: App, room: Room) -> None:
        self._app, self._room = app, room

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hands the request on, and reads the answer to an upload."""
        if scope["type"] != "http" or path_of(scope) != UPLOAD:
            await self._app(scope, receive, send)
            return
        answer = b""

        async def read(message: Message) -> None:
            nonlocal answer
            answer += message.get("body", b"")
            await send(message)

        await self._app(scope, receive, read)
        try:
            paths = json.loads(answer)
        except ValueError:
            return  # a refusal
        if isinstance(paths, list):
            self._room.add(paths, VISITOR.get())
