"""The explanation panel: its components and events. It can be mounted anywhere in a page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from demo import explain_render as render
from demo.explain_events import NOBODY, Handlers
from demo.explain_handlers import Explaining
from demo.fields import picture_field
from demo.handlers import Loading
from demo.texts import Words
from mimic.errors import InputError
from mimic.explain import DEFAULT_METHOD, METHOD_NAMES, SIDES, TARGETS


@dataclass(frozen=True)
class Panel:
    """The panel's components, and the page's states that it reads.

    Attributes:
        request, result, chosen: states of the page: the `Mention` that was linked, its
            `LinkResult`, and the number of the chosen candidate, from 0.
        shown: the `Explanation` in view.
    """

    request: gr.State
    result: gr.State
    chosen: gr.State
    shown: gr.State
    target: gr.Radio
    method: gr.Dropdown
    against: gr.Dropdown
    side: gr.Radio
    run: gr.Button
    cancel: gr.Button
    view: gr.HTML
    running: list[Any]
    handlers: Handlers

    def follow(self, event: Dependency) -> None:
        """After `event` has filled the page's states, shows what is known of the choice at once."""
        event.success(
            self.handlers.at_once,
            [self.request, self.result, self.chosen, self.side],
            [self.against, self.shown, self.view],
            show_progress="hidden",
            queue=False,
            api_visibility="private",
        )


def build(
    loading: Loading, texts: Words, request: gr.State, result: gr.State, chosen: gr.State
) -> Panel:
    """Lays the panel out where it is called, and wires its own switches."""
    explaining = Explaining(loading)
    handlers = Handlers(explaining, texts)
    with gr.Column(elem_id="explain"):
        gr.HTML(f"<h2>{escape(texts['explain'])}</h2>", apply_default_css=False)
        with gr.Row(elem_id="explain-switches"):
            target = gr.Radio(
                [(texts[name], name) for name in TARGETS],
                value="total",
                label=texts["target"],
                info=texts["target_info"],
                scale=2,
                elem_id="explain-target",
            )
            against = gr.Dropdown(
                [(texts["against_none"], NOBODY)],
                value=NOBODY,
                label=texts["against"],
                filterable=False,
                elem_id="explain-against",
            )
            method = gr.Dropdown(
                [(texts[name], name) for name in METHOD_NAMES],
                value=DEFAULT_METHOD,
                label=texts["method"],
                filterable=False,
                elem_id="explain-method",
            )
            side = gr.Radio(
                [(texts[f"side_{name}"], name) for name in ("both", *SIDES)],
                value="both",
                label=texts["side"],
                scale=2,
                elem_id="explain-side",
            )
        with gr.Row(elem_id="explain-buttons"):
            run = gr.Button(texts["explain_run"], variant="primary", elem_id="explain-run")
            cancel = gr.Button(texts["explain_cancel"], interactive=False, elem_id="explain-cancel")
        view = gr.HTML(render.empty(texts), apply_default_css=False, elem_id="explain-view")
    panel = Panel(
        request, result, chosen, gr.State(None), target, method, against, side, run, cancel, view,
        [], handlers,
    )  # fmt: skip
    _attribute_on_request(panel)
    side.input(
        handlers.again,
        [panel.shown, side],
        view,
        show_progress="hidden",
        queue=False,
        api_visibility="private",
    )
    _endpoint(explaining)
    return panel


def _attribute_on_request(panel: Panel) -> None:
    """The button asks; once asked, so does every change of target, method or opponent."""
    handlers = panel.handlers
    inputs: list[Component] = [
        panel.request,
        panel.result,
        panel.chosen,
        panel.target,
        panel.method,
        panel.against,
        panel.side,
    ]
    switches = [panel.target.input, panel.method.input, panel.against.input]
    for triggers, work, read in (
        ([panel.run.click], handlers.attributed, inputs),
        (switches, handlers.attributed_again, [panel.shown, *inputs]),
    ):
        ready = gr.on(
            triggers,
            handlers.started,
            panel.shown,
            panel.cancel,
            show_progress="hidden",
            queue=False,
            api_visibility="private",
        )
        running = ready.then(
            work,
            read,
            [panel.shown, panel.view],
            concurrency_id="explain",
            show_progress_on=panel.view,
            api_visibility="private",
        )
        running.then(
            lambda: gr.Button(interactive=False),
            None,
            panel.cancel,
            show_progress="hidden",
            queue=False,
            api_visibility="private",
        )
        panel.running.append(running)
    panel.cancel.click(
        handlers.stopped,
        [panel.shown, panel.side],
        [panel.view, panel.cancel],
        show_progress="hidden",
        queue=False,
        cancels=panel.running,
        api_visibility="private",
    )


def _endpoint(explaining: Explaining) -> None:
    """The HTTP endpoint `/explain`: the record of the command line, for programs."""

    def explain(
        image: str | None = None,
        sentence: str = "",
        mention: str = "",
        span: list[int] | None = None,
        entity: str = "",
        against: str = "",
        target: str = "total",
        method: str = "",
    ) -> dict[str, Any]:
        """Why a mention scores as it does with an entity (the best one when left out).

        `method`: the page's default when empty, `none` for attention and gates alone.
        """
        try:
            return explaining.record(
                image, sentence, mention, span, entity, against, target, method
            )
        except InputError as error:
            raise gr.Error(str(error), print_exception=False) from None

    with gr.Group(visible=False):
        inputs: list[Component] = [
            picture_field(label="image"),
            gr.Textbox(label="sentence"),
            gr.Textbox(label="mention"),
            gr.JSON(None, label="span"),
            gr.Textbox("", label="entity"),
            gr.Textbox("", label="against"),
            gr.Textbox("total", label="target"),
            gr.Textbox("", label="method"),
        ]
        trigger, record = gr.Button(), gr.JSON(label="explanation")
    trigger.click(explain, inputs, record, api_name="explain", concurrency_id="explain")
