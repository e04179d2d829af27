"""The explanation panel: its components and events. It can be mounted anywhere in a page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from demo import explain_render as render
from demo.explain_handlers import CancelledError, Explaining
from demo.fields import as_notices, picture_field
from demo.handlers import Loading
from demo.render import summary
from demo.texts import Words
from mimic.errors import InputError
from mimic.explain import DEFAULT_METHOD, METHOD_NAMES, SIDES, TARGETS
from mimic.schema import Explanation, LinkResult, Mention

NOBODY = ""  # value of the opponent's switch when the score itself is explained


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


class Handlers:
    """What the panel's events do: from values to HTML."""

    def __init__(self, explaining: Explaining, texts: Words) -> None:
        self.explaining, self.texts = explaining, texts

    def at_once(
        self,
        request: Mention | None,
        result: LinkResult | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
    ) -> tuple[gr.Dropdown, Explanation | None, str]:
        """Attention of the chosen candidate, and its opponents for the switch."""
        self.explaining.runs.stop(_name(visitor))
        found = None
        pair = _pair(request, result, chosen)
        if pair is not None:
            with as_notices(self.texts):
                found = self.explaining.explain(*pair)
        return self._opponents(result, chosen), found, self.again(found, side)

    def started(self, shown: Explanation | None) -> gr.Button:
        """There is something to cancel from now on."""
        return gr.Button(interactive=shown is not None)

    def attributed(
        self,
        request: Mention | None,
        result: LinkResult | None,
        chosen: int,
        target: str,
        method: str,
        against: str,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[Any, Any]:
        """Attributions of the chosen candidate, told of on the way, until somebody cancels."""
        pair = _pair(request, result, chosen)
        if pair is None:
            return None, render.empty(self.texts)
        check = self.explaining.runs.start(_name(visitor))

        def told(share: float) -> None:
            check()
            progress(share, desc=self.texts["explain_busy"])

        with as_notices(self.texts):
            try:
                found = self.explaining.explain(*pair, against, target, method, told)
            except CancelledError:  # whoever cancelled has drawn what is in view now
                return gr.skip(), gr.skip()
        return found, self.again(found, side)

    def attributed_again(
        self,
        shown: Explanation | None,
        request: Mention | None,
        result: LinkResult | None,
        chosen: int,
        target: str,
        method: str,
        against: str,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, Any]:
        """The same after a switch was changed, if attributions are in view."""
        if shown is None or shown.mention.attribution is None:
            return gr.skip(), gr.skip()
        return self.attributed(
            request, result, chosen, target, method, against, side, visitor, progress
        )

    def again(self, shown: Explanation | None, side: str, notice: str = "") -> str:
        """What is in view, drawn once more, for another side or with a notice."""
        if shown is None:
            return render.empty(self.texts)
        found = shown.mention.attribution
        measured = self.explaining.measured(found.method, shown.target) if found else None
        return render.explanation(self.texts, shown, side, measured, notice)

    def stopped(
        self, shown: Explanation | None, side: str, visitor: gr.Request
    ) -> tuple[str, gr.Button]:
        """Ends the running attribution and shows again what was there before."""
        self.explaining.runs.stop(_name(visitor))
        view = self.again(shown, side, self.texts["explain_cancelled"])
        return view, gr.Button(interactive=False)

    def _opponents(self, result: LinkResult | None, chosen: int) -> gr.Dropdown:
        listed = result.candidates if result else ()
        rows = [
            (
                self.texts["against_row"].format(
                    rank=candidate.rank,
                    name=candidate.entity.name,
                    summary=summary(candidate.entity),
                ),
                candidate.entity.id,
            )
            for number, candidate in enumerate(listed)
            if number != chosen
        ]
        return gr.Dropdown([(self.texts["against_none"], NOBODY), *rows], value=NOBODY)


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


def _pair(
    request: Mention | None, result: LinkResult | None, chosen: int
) -> tuple[Mention, str] | None:
    """The mention and the identifier of the chosen candidate, if there are any."""
    if request is None or result is None or not 0 <= chosen < len(result.candidates):
        return None
    return request, result.candidates[chosen].entity.id


def _name(visitor: gr.Request) -> str:
    return str(visitor.session_hash or "")
