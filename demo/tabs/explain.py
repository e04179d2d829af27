"""The panel that explains one candidate: attention at once, attributions on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from analysis.faithfulness.stored_faithfulness import Measured
from demo.entity_box import SWIFT, entity_box
from demo.handlers.explain import CancelledError
from demo.handlers.link import Linked
from demo.html import explain as render
from demo.html.compare import case_card, no_case
from demo.scripts import WITH_OPEN
from demo.shell import QUIET, Shell, notices
from demo.tabs.keeping import keep_button
from demo.texts import Words, words
from mimic.explain import DEFAULT_METHOD, METHOD_NAMES, SIDES, TARGETS
from mimic.schema import Explanation


@dataclass(frozen=True)
class View:
    """The explanation in view.

    Attributes:
        case: the case and the number of its candidate, from 0, that it explains.
        measured: what is known of its method; `None` too where nothing is attributed.
    """

    case: tuple[Linked, int]
    explanation: Explanation
    measured: Measured | None = None


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    case: gr.HTML
    target: gr.Radio
    against: gr.State
    method: gr.Dropdown
    side: gr.Radio
    run: gr.Button
    cancel: gr.Button
    html: gr.HTML
    view: gr.State


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell, tab)
    _attribute_on_request(parts, shell, _attend_at_once(parts, shell, tab))
    shell.linked.change(
        lambda linked: gr.Button(interactive=linked is not None),
        shell.linked,
        parts.run,
        queue=False,
        **QUIET,
    )
    _draw_again(parts, shell)


def _lay_out(shell: Shell, tab: gr.Tab) -> Parts:
    say = shell.phrases.say
    with gr.Column(elem_id="explain"):
        case = gr.HTML(apply_default_css=False, elem_id="explain-case")
        with gr.Row(elem_id="explain-switches"):
            target = gr.Radio(list(TARGETS), value="total", scale=2, elem_id="explain-target")
            against = entity_box(
                shell, "explain-against", "against", "against_info", "against_none", shell.opponent
            ).key
            method = gr.Dropdown(
                list(METHOD_NAMES), value=DEFAULT_METHOD, filterable=False, elem_id="explain-method"
            )
            side = gr.Radio(["both", *SIDES], value="both", scale=2, elem_id="explain-side")
        with gr.Row(elem_id="explain-buttons"):
            run = gr.Button(variant="primary", interactive=False, elem_id="explain-run")
            cancel = gr.Button(interactive=False, elem_id="explain-cancel")
            keep_button(shell, tab, "explain")
        html = gr.HTML(apply_default_css=False, elem_id="explain-view")
    say(target, label="target", info="target_info", choices=partial(_named, TARGETS))
    say(method, label="method", choices=partial(_named, METHOD_NAMES))
    say(side, label="side", choices=lambda t: [(t[f"side_{n}"], n) for n in ("both", *SIDES)])
    say(run, value="explain_run")
    say(cancel, value="explain_cancel")
    view = gr.State(None, time_to_live=3600)
    return Parts(case, target, against, method, side, run, cancel, html, view)


def _named(names: tuple[str, ...], texts: Words) -> list[tuple[str, str]]:
    return [(texts[name], name) for name in names]


def _explained(shell: Shell, linked: Linked, chosen: int, *request: Any) -> View:
    """One candidate explained; `request` as the parameters of `Explaining.explain`."""
    explaining, model, kb = shell.explaining, linked.model, linked.kb
    entity = linked.result.candidates[chosen].entity.id
    explanation = explaining.explain(linked.mention, entity, *request, model=model, kb=kb)
    marks = explanation.mention.attribution
    measured = explaining.measured(marks.method, explanation.target, model, kb) if marks else None
    return View((linked, chosen), explanation, measured)


def _drawing(texts: Words, view: View | None, side: str, notice: str = "") -> str:
    if view is None:
        return ""
    return render.explanation(texts, view.explanation, side, view.measured, notice)


def _opponent(linked: Linked, chosen: int, against: str) -> str:
    """Whom the chosen candidate is compared with; itself is nobody."""
    return "" if against == linked.result.candidates[chosen].entity.id else against


def _shows(view: View | None, linked: Linked | None, chosen: int, against: str) -> bool:
    """Whether an explanation is that of a choice, and of its lead over the opponent, if any."""
    if view is None or linked is None or view.case != (linked, chosen):
        return False
    other = view.explanation.against
    return (other.id if other else "") == _opponent(linked, chosen, against)


def _attend_at_once(parts: Parts, shell: Shell, tab: gr.Tab) -> list[Dependency]:
    """Attention and gates of the choice as soon as somebody looks.

    What is in view of the same choice stays, with its attributions; another case's leaves.
    """

    def at_once(
        language: str,
        linked: Linked | None,
        chosen: int,
        against: str,
        view: View | None,
        side: str,
        is_open: bool,
        visitor: gr.Request,
    ) -> tuple[Any, ...]:
        if not is_open and view and view.case[0] != linked:
            return "", None, ""
        if not is_open or _shows(view, linked, chosen, against):
            return (gr.skip(),) * 3
        shell.explaining.runs.stop(_name(visitor))
        with notices(language) as texts:
            if linked is None:
                return no_case(texts), None, ""
            view = _explained(shell, linked, chosen, _opponent(linked, chosen, against))
            return case_card(texts, linked.mention), view, _drawing(texts, view, side)

    is_open = gr.Checkbox(False, visible="hidden")
    case: list[Component] = [shell.language, shell.linked, shell.chosen, parts.against]
    options: dict[str, Any] = {
        "fn": at_once,
        "inputs": [*case, parts.view, parts.side, is_open],
        "outputs": [parts.case, parts.view, parts.html],
        "js": WITH_OPEN % "#tab_explain",
        "concurrency_id": "link",
        "show_progress_on": parts.html,
        "api_visibility": "private",
    }
    forgotten = shell.linked.change(lambda: "", None, parts.against, **SWIFT)
    triggers = [tab.select, shell.chosen.change]
    return [gr.on(triggers, trigger_mode="always_last", **options), forgotten.then(**options)]


def _attribute_on_request(parts: Parts, shell: Shell, opened: list[Dependency]) -> None:
    """The button asks, and so does whoever names an opponent; once asked, so does every change of
    target, method or opponent."""
    attribute = _attributing(shell)
    case: list[Component] = [shell.language, shell.linked, shell.chosen, parts.side]
    inputs = [*case, parts.against, parts.target, parts.method]
    switches = [parts.target.input, parts.method.input, parts.against.change]
    again, margin = _again(attribute), _margin(attribute)
    running = [
        _cancellable(parts, partial(gr.on, [parts.run.click]), attribute, inputs),
        _cancellable(parts, partial(gr.on, switches), again, [parts.view, *inputs]),
        *(_cancellable(parts, shown.then, margin, [parts.view, *inputs]) for shown in opened),
    ]
    parts.cancel.click(
        _stopping(shell),
        [shell.language, parts.view, parts.side],
        [parts.html, parts.cancel],
        queue=False,
        cancels=running,
        **QUIET,
    )


def _attributing(shell: Shell) -> Callable[..., tuple[Any, Any]]:
    """The handler of the button, which says how far it is; what it takes last is the request."""

    def attribute(
        language: str,
        linked: Linked | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
        *request: str,
    ) -> tuple[Any, Any]:
        if linked is None:
            return gr.skip(), gr.skip()
        check = shell.explaining.runs.start(_name(visitor))
        against, *rest = request
        with notices(language) as texts:

            def report(share: float) -> None:
                check()
                progress(share, desc=texts["explain_busy"])

            try:
                view = _explained(
                    shell, linked, chosen, _opponent(linked, chosen, against), *rest, report
                )
            except CancelledError:  # whoever cancelled has drawn what is in view now
                return gr.skip(), gr.skip()
            return view, _drawing(texts, view, side)

    return attribute


def _again(attribute: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    """The handler of the switches, which do nothing before an attribution was asked for: by the
    button, or by the name of an opponent."""

    def attribute_again(
        view: View | None,
        language: str,
        linked: Linked | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
        *request: str,
    ) -> tuple[Any, Any]:
        if view is None or not (view.explanation.mention.attribution or request[0]):
            return gr.skip(), gr.skip()
        return attribute(language, linked, chosen, side, visitor, progress, *request)

    return attribute_again


def _margin(attribute: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    """The handler of what has just been opened: a lead over somebody is attributed at once."""

    def attribute_margin(
        view: View | None,
        language: str,
        linked: Linked | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
        *request: str,
    ) -> tuple[Any, Any]:
        asked = view and view.explanation.against and not view.explanation.mention.attribution
        if not asked or not _shows(view, linked, chosen, request[0]):
            return gr.skip(), gr.skip()
        return attribute(language, linked, chosen, side, visitor, progress, *request)

    return attribute_margin


def _stopping(shell: Shell) -> Callable[..., tuple[str, gr.Button]]:
    """The handler of the cancel button: what was in view stays."""

    def stop(
        language: str, view: View | None, side: str, visitor: gr.Request
    ) -> tuple[str, gr.Button]:
        shell.explaining.runs.stop(_name(visitor))
        texts = words(language)
        return _drawing(texts, view, side, texts["explain_cancelled"]), gr.Button(interactive=False)

    return stop


def _cancellable(
    parts: Parts, listen: Callable[..., Any], work: Callable[..., Any], inputs: list[Component]
) -> Any:
    """Work that the cancel button can end, which is on only meanwhile."""
    ready = listen(
        lambda view: gr.Button(interactive=view is not None),
        parts.view,
        parts.cancel,
        queue=False,
        **QUIET,
    )
    running = ready.then(
        work,
        inputs,
        [parts.view, parts.html],
        concurrency_id="explain",
        show_progress_on=parts.html,
        api_visibility="private",
    )
    running.then(lambda: gr.Button(interactive=False), None, parts.cancel, queue=False, **QUIET)
    return running


def _draw_again(parts: Parts, shell: Shell) -> None:
    """What is in view, for another side or in another language."""
    parts.side.input(
        lambda language, view, side: _drawing(words(language), view, side),
        [shell.language, parts.view, parts.side],
        parts.html,
        queue=False,
        **QUIET,
    )

    def speak(language: str, view: View | None, side: str) -> tuple[str, str]:
        texts = words(language)
        case = view.case if view else (None, 0)
        card = case_card(texts, case[0].mention) if case[0] else no_case(texts)
        return card, _drawing(texts, view, side)

    shell.language.change(
        speak,
        [shell.language, parts.view, parts.side],
        [parts.case, parts.html],
        queue=False,
        **QUIET,
    )


def _name(visitor: gr.Request) -> str:
    return str(visitor.session_hash or "")
