"""What the visitor knows better of a case, or of a row of Results, goes to the gold table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from analysis.browse.records import Results
from analysis.markup import html
from demo.handlers.corrections import correct, correct_row
from demo.handlers.link import Linked
from demo.scripts import TELL_ROW
from demo.shell import QUIET, Shell, notices
from demo.texts import Words

#: Writing waits for no answer of a model, and two never write at once.
_NOTING: dict[str, Any] = {"concurrency_id": "corrections", **QUIET}


def build(shell: Shell, table: Path, name: str) -> None:
    """Draws two buttons, which are there as soon as something is linked.

    Args:
        table: the gold table that was named when the server was started.
        name: of the tab, for the addresses of the parts.
    """
    with gr.Column(elem_id=f"{name}-correct", elem_classes="correct", visible=False) as part:
        with gr.Row():
            right = gr.Button(size="sm", elem_id=f"{name}-correct-right")
            none = gr.Button(size="sm", elem_id=f"{name}-correct-none")
        note = gr.HTML("", apply_default_css=False, elem_id=f"{name}-correct-note")
    shell.phrases.say(right, value="correct_right")
    shell.phrases.say(none, value="correct_none")
    gr.on(
        [shell.linked.change, shell.language.change],
        lambda linked: (gr.update(visible=linked is not None), ""),
        shell.linked,
        [part, note],
        **QUIET,
    )

    def press(known: bool, language: str, linked: Linked | None, chosen: int) -> str:
        with notices(language) as texts:
            said = _said(texts, correct(table, linked, chosen if known else None))
            return html('<p role="status">{{ said }}</p>', said=said)

    inputs = [shell.language, shell.linked, shell.chosen]
    for button, known in ((right, True), (none, False)):
        button.click(partial(press, known), inputs, note, **_NOTING)


def listen(shell: Shell, table: Path, view: gr.HTML, results: Results) -> None:
    """Notes what is pressed in the rows of a view with `scripts.SAY`, and says so in the row."""
    told = gr.JSON(None, visible="hidden", elem_id="results-told")

    def say(language: str, event: gr.EventData) -> list[Any]:
        with notices(language) as texts:
            place, answer = int(event.place), str(event.answer)
            return [place, _said(texts, correct_row(table, results, place, answer))]

    view.submit(say, shell.language, told, **_NOTING).success(
        None, told, js=TELL_ROW, api_visibility="private"
    )


def _said(texts: Words, name: str) -> str:
    return texts["correct_noted"].format(name=name) if name else texts["correct_none_noted"]
