"""The panel that explains one candidate: pairs at once, then the method that is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeGuard

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from analysis.drawing.explanation import heatmap
from analysis.drawing.files import figure_files
from analysis.faithfulness.stored_faithfulness import Measured
from demo.entity_box import SWIFT, entity_box
from demo.explain_script import EXPLAIN, TAKE_FILE
from demo.handlers.explain import CancelledError
from demo.handlers.link import Linked
from demo.html import explain as render
from demo.html.compare import case_card, no_case
from demo.scripts import WITH_OPEN
from demo.server.downloads import offer
from demo.shell import QUIET, Shell, notices
from demo.tabs.keeping import keep_button
from demo.texts import Words, words
from mimic.explain import DEFAULT_METHOD, FIRST_METHOD, METHOD_NAMES, SIDES, TARGETS
from mimic.schema import Explanation

KINDS = ("PNG", "SVG", "PDF")  # of files of a heatmap


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
    file: gr.DownloadButton


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell, tab)
    opened = _explain_at_once(parts, shell, tab)
    _attribute(parts, shell, opened)
    _save(parts)
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
        html = gr.HTML(js_on_load=EXPLAIN, apply_default_css=False, elem_id="explain-view")
        file = gr.DownloadButton(elem_id="explain-file", visible="hidden")
    say(target, label="target", info="target_info", choices=partial(_named, TARGETS))
    say(method, label="method", choices=partial(_named, METHOD_NAMES))
    say(side, label="side", choices=lambda t: [(t[f"side_{n}"], n) for n in ("both", *SIDES)])
    say(run, value="explain_run")
    say(cancel, value="explain_cancel")
    view = gr.State(None, time_to_live=3600)
    return Parts(case, target, against, method, side, run, cancel, html, view, file)


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
    usual = view.case[0].result.usual_gates
    return render.explanation(texts, view.explanation, side, view.measured, notice, usual)


def _opponent(linked: Linked, chosen: int, against: str) -> str:
    """Whom the chosen candidate is compared with; itself is nobody."""
    return "" if against == linked.result.candidates[chosen].entity.id else against


def _shows(view: View | None, linked: Linked | None, chosen: int, against: str) -> TypeGuard[View]:
    """Whether an explanation is that of a choice, and of its lead over the opponent, if any."""
    if view is None or linked is None or view.case != (linked, chosen):
        return False
    other = view.explanation.against
    return (other.id if other else "") == _opponent(linked, chosen, against)


def _explain_at_once(parts: Parts, shell: Shell, tab: gr.Tab) -> list[Dependency]:
    """Pairs, attention and gates of the choice as soon as somebody looks.

    What is in view of the same choice stays, with its attributions; another case's leaves.
    """

    def at_once(
        language: str,
        linked: Linked | None,
        chosen: int,
        against: str,
        view: View | None,
        side: str,
        target: str,
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
            opponent = _opponent(linked, chosen, against)
            view = _explained(shell, linked, chosen, opponent, target, FIRST_METHOD)
            return case_card(texts, linked.mention), view, _drawing(texts, view, side)

    is_open = gr.Checkbox(False, visible="hidden")
    case: list[Component] = [shell.language, shell.linked, shell.chosen, parts.against]
    options: dict[str, Any] = {
        "fn": at_once,
        "inputs": [*case, parts.view, parts.side, parts.target, is_open],
        "outputs": [parts.case, parts.view, parts.html],
        "js": WITH_OPEN % "#tab_explain",
        "concurrency_id": "link",
        "show_progress_on": parts.html,
        "api_visibility": "private",
    }
    forgotten = shell.linked.change(lambda: "", None, parts.against, **SWIFT)
    triggers = [tab.select, shell.chosen.change]
    return [gr.on(triggers, trigger_mode="always_last", **options), forgotten.then(**options)]


def _attribute(parts: Parts, shell: Shell, opened: list[Dependency]) -> None:
    """The method that is chosen: after the pairs, by the button, with every switch, and when an
    opponent is named."""
    attribute = _attributing(shell)
    case: list[Component] = [shell.language, shell.linked, shell.chosen, parts.side]
    inputs = [parts.view, *case, parts.against, parts.target, parts.method]
    switches = [parts.target.input, parts.method.input]
    named = _where(_is_of_case, attribute)
    running = [
        *(_cancellable(parts, o.then, _where(_is_other, attribute), inputs) for o in opened),
        _cancellable(parts, partial(gr.on, [parts.run.click, *switches]), attribute, inputs),
        _cancellable(parts, parts.against.change, named, inputs),
    ]
    parts.cancel.click(
        _stopping(shell),
        [shell.language, parts.view, parts.side],
        [parts.html, parts.cancel],
        queue=False,
        cancels=running,
        **QUIET,
    )


def _attributing(shell: Shell) -> Callable[..., Iterator[tuple[Any, Any]]]:
    """The handler that says how far it is; what it takes last is the request.

    The pairs are there first, and what a word interacts with stays theirs.
    """

    def attribute(
        view: View | None,
        language: str,
        linked: Linked | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
        *request: str,
    ) -> Iterator[tuple[Any, Any]]:
        if linked is None:
            return
        check = shell.explaining.runs.start(_name(visitor))
        against, target, method = request
        with notices(language) as texts:

            def report(share: float) -> None:
                check()
                progress(share, desc=texts["explain_busy"])

            try:
                opponent, pairs = _opponent(linked, chosen, against), None
                if _shows(view, linked, chosen, against) and view.explanation.target == target:
                    pairs = view.explanation.pairs
                if pairs is None or method == FIRST_METHOD:
                    first = _explained(shell, linked, chosen, opponent, target, FIRST_METHOD)
                    pairs = first.explanation.pairs
                    yield first, _drawing(texts, first, side)
                if method == FIRST_METHOD:
                    return
                last = _explained(shell, linked, chosen, opponent, target, method, report)
                last = replace(last, explanation=replace(last.explanation, pairs=pairs))
                yield last, _drawing(texts, last, side)
            except CancelledError:  # whoever cancelled has drawn what is in view now
                return

    return attribute


def _is_other(view: View | None, linked: Linked | None, chosen: int, method: str) -> bool:
    """Whether what is in view is not by the chosen method: so it is when the tab was opened."""
    seen = view.explanation.mention.attribution if view else None
    return seen is not None and seen.method != method


def _is_of_case(view: View | None, linked: Linked | None, chosen: int, method: str) -> bool:
    """Whether the case is in view; an opponent is also named, or forgotten, when nobody looks."""
    return view is not None and view.case == (linked, chosen)


def _where(
    holds: Callable[[View | None, Linked | None, int, str], bool],
    attribute: Callable[..., Iterator[tuple[Any, Any]]],
) -> Callable[..., Iterator[tuple[Any, Any]]]:
    """The handler that attributes where something holds of what is in view."""

    def attribute_where(
        view: View | None,
        language: str,
        linked: Linked | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
        *request: str,
    ) -> Iterator[tuple[Any, Any]]:
        if holds(view, linked, chosen, request[-1]):
            yield from attribute(view, language, linked, chosen, side, visitor, progress, *request)

    return attribute_where


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
    parts: Parts, on: Callable[..., Any], work: Callable[..., Any], inputs: list[Component]
) -> Any:
    """Work that the cancel button can end, which is on only meanwhile.

    Args:
        on: what listens to the event that starts it.
    """
    ready = on(
        fn=lambda view: gr.Button(interactive=view is not None),
        inputs=parts.view,
        outputs=parts.cancel,
        queue=False,
        **QUIET,
    )
    running = ready.then(
        work,
        inputs,
        [parts.view, parts.html],
        concurrency_id="explain",
        show_progress="minimal",  # what is there stays in sight meanwhile
        show_progress_on=parts.html,
        api_visibility="private",
    )
    running.then(lambda: gr.Button(interactive=False), None, parts.cancel, queue=False, **QUIET)
    return running


def _save(parts: Parts) -> None:
    """The heatmap of a side as a file, made when it is asked for."""

    def save(view: View | None, asked: gr.SelectData) -> Any:
        if view is None or asked.value not in KINDS or asked.index not in range(len(SIDES)):
            return gr.skip()
        side, kind = SIDES[asked.index], str(asked.value).lower()
        figure = heatmap(view.explanation, side)
        stem = re.sub(r"[^\w-]+", "-", view.explanation.entity.id, flags=re.ASCII)
        ((name, data),) = figure_files(figure, f"{stem}-{side}", (kind,)).items()
        return gr.DownloadButton(value=offer(name, data))

    parts.html.select(save, parts.view, parts.file, api_visibility="private").then(
        None, js=TAKE_FILE % "explain-file", **QUIET
    )


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
