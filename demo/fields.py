"""What every form of the page shares: a picture that is handed over as it is, and notices."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import gradio as gr
from gradio.data_classes import ImageData

from demo.texts import Words
from mimic.errors import InputError

log = logging.getLogger(__name__)


def _as_uploaded(payload: ImageData | None) -> str | None:
    """The uploaded file as it is.

    `gr.Image` opens the file itself and fails without a reason on one that is not a picture; the
    linker checks it and says what is wrong.
    """
    if payload is None:
        return None
    if not payload.path:
        raise gr.Error("upload the picture first, then link", print_exception=False)
    return payload.path


def picture_field(**options: Any) -> gr.Image:
    """A `gr.Image` that hands over the file (a subclass would write a stub beside this module)."""
    image = gr.Image(type="filepath", image_mode=None, format="png", **options)
    image.preprocess = _as_uploaded  # type: ignore[method-assign]
    return image


@contextmanager
def as_notices(texts: Words) -> Iterator[None]:
    """Turns what the user can put right into a notice, and keeps everything else off the page."""
    try:
        yield
    except InputError as error:
        message = str(error)
        message = escape(message[:1].upper() + message[1:])  # a notice may hold mark-up
        raise gr.Error(message, print_exception=False) from None
    except Exception:
        log.exception("the page failed")
        raise gr.Error(texts["failed"], print_exception=False) from None
