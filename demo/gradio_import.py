"""Gradio without its stubs, 1.9 s of a core, not 3.1: before anything that imports Gradio."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without_stubs() -> Iterator[None]:
    """Components that are defined meanwhile write no stubs.

    Gradio reads, parses and writes a `.pyi` file beside every component at each start, but for one
    whose file is not to be told. No other class loses its file.
    """
    file_of = inspect.getfile

    def told(thing: Any) -> str:
        if str(getattr(thing, "__module__", "")).startswith("gradio."):
            raise OSError("no stub is wanted")
        return file_of(thing)

    inspect.getfile = told  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = file_of


with without_stubs():
    import gradio as gradio
