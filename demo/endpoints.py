"""The HTTP endpoints for programs: plain JSON in and out, the records of the command line."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.components import Component

from demo import handlers
from demo.linkers import Linkers
from demo.shell import picture
from mimic.errors import InputError


def build(linkers: Linkers) -> None:
    """Adds the endpoints to the page, out of sight."""

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
