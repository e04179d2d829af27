"""The HTTP endpoints for programs: plain JSON in and out, the records of the command line."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.components import Component

from demo import cases as made_cases
from demo import handlers
from demo.downloads import offer
from demo.linkers import Linkers
from demo.shell import picture
from mimic.errors import InputError


def build(linkers: Linkers) -> None:
    """Adds the endpoints to the page, out of sight."""
    _link(linkers)
    _export(linkers)


def _link(linkers: Linkers) -> None:

    def link(
        image: str | None = None,
        sentence: str = "",
        mention: str = "",
        span: list[int] | None = None,
        k: float = 10,
        rank_by: str = "total",
    ) -> dict[str, Any]:
        """Ranks the knowledge base for one mention. `span`: character offsets [start, end)."""
        try:
            return handlers.link_record(linkers.get(), image, sentence, mention, span, k, rank_by)
        except InputError as error:
            raise gr.Error(str(error), print_exception=False) from None

    with gr.Group(visible=False):
        inputs: list[Component] = [
            picture(label="image"),
            gr.Textbox(label="sentence"),
            gr.Textbox(label="mention"),
            gr.JSON(None, label="span"),
            gr.Number(10, precision=0, label="k"),
            gr.Textbox("total", label="rank_by"),
        ]
        trigger, record = gr.Button(), gr.JSON(label="result")
    trigger.click(link, inputs, record, api_name="link", concurrency_id="link")


def _export(linkers: Linkers) -> None:
    def export(
        cases: Any = None, details: list[str] | None = None, language: str = "en"
    ) -> list[str]:
        """Draws cases as one figure and returns its files, the ZIP of all of them first.

        `cases`: a case.json, or a list of {"sentence", "mention", "span", "image", "gold",
        "caption"} with `image` in base64.
        """
        try:
            wanted = made_cases.requested(linkers.get, cases)
            made = made_cases.export(wanted, details or [], language)
        except InputError as error:
            raise gr.Error(str(error), print_exception=False) from None
        files = {"mimic-cases.zip": made.zipped(), **made.files}
        return [offer(name, data) for name, data in files.items()]

    with gr.Group(visible=False):
        inputs: list[Component] = [
            gr.JSON(None, label="cases"),
            gr.JSON(None, label="details"),
            gr.Textbox("en", label="language"),
        ]
        trigger, files = gr.Button(), gr.File(file_count="multiple", label="files")
    trigger.click(export, inputs, files, api_name="export", concurrency_id="export")
