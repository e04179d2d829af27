"""Below the list in Link: what the visitor knows better goes to the server's gold table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from analysis.markup import html
from demo.handlers.corrections import correct
from demo.handlers.link import Linked
from demo.shell import QUIET, Shell, notices


def build(shell: Shell, table: Path) -> None:
    """Draws two buttons, which are there as soon as something is linked.

    Args:
        table: the gold table that was named when the server was started.
    """
    with gr.Column(elem_id="correct", visible=False) as part:
        with gr.Row():
            right = gr.Button(size="sm", elem_id="correct-right")
            none = gr.Button(size="sm", elem_id="correct-none")
        note = gr.HTML("", apply_default_css=False, elem_id="correct-note")
    shell.phrases.say(right, value="correct_right")
    shell.phrases.say(none, value="correct_none")
    shell.linked.change(
        lambda linked: (gr.update(visible=linked is not None), ""),
        shell.linked,
        [part, note],
        **QUIET,
    )

    def press(known: bool, language: str, linked: Linked | None, chosen: int) -> str:
        with notices(language) as texts:
            entity = correct(table, linked, chosen if known else None)
            said = texts["correct_none_noted" if entity is None else "correct_noted"]
            name = "" if entity is None else f"{entity.name} ({entity.id})"
            return html('<p role="status">{{ said }}</p>', said=said.format(name=name))

    for button, known in ((right, True), (none, False)):
        listening: dict[str, Any] = {"concurrency_id": "link", "api_visibility": "private"}
        inputs = [shell.language, shell.linked, shell.chosen]
        button.click(partial(press, known), inputs, note, **listening)
