"""The panel that explains one candidate: pairs at once, then the method that is chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeGuard

import gradio as gr
from gradio.components import Component

from analysis.drawing.explanation import heatmap
from analysis.drawing.files import figure_files
from analysis.faithfulness.stored_faithfulness import Measured
from demo.explain_script import EXPLAIN, TAKE_FILE
from demo.handlers.explain import CancelledError
from demo.handlers.link import Linked
from demo.html import explain as render
from demo.html.compare import case_card, no_case
from demo.html.parts import summary
from demo.scripts import WITH_OPEN
from demo.server.downloads import offer
from demo.shell import QUIET, Shell, notices
from demo.texts import Words, words
from mimic.explain import DEFAULT_METHOD, FIRST_METHOD, METHOD_NAMES, SIDES, TARGETS
from mimic.schema import Explanation

KINDS = ("PNG", "SVG", "PDF")  # of files of a heatmap
NOBODY = ""  # value of the opponent's switch when the score itself is explained


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
    against: gr.Dropdown
    method: gr.Dropdown
    side: gr.Radio
    run: gr.Button
    cancel: gr.Button
    html: gr.HTML
    view: gr.State
    file: gr.DownloadButton


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell)
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


def _lay_out(shell: Shell) -> Parts:
    say = shell.phrases.say
    with gr.Column(elem_id="explain"):
        case = gr.HTML(apply_default_css=False, elem_id="explain-case")
        with gr.Row(elem_id="explain-switches"):
            target = gr.Radio(list(TARGETS), value="total", scale=2, elem_id="explain-target")
            against = gr.Dropdown(
                _opponents(words(), None, 0),
                value=NOBODY,
                filterable=False,
                elem_id="explain-against",
            )
            method = gr.Dropdown(
                list(METHOD_NAMES), value=DEFAULT_METHOD, filterable=False, elem_id="explain-method"
            )
            side = gr.Radio(["both", *SIDES], value="both", scale=2, elem_id="explain-side")
        with gr.Row(elem_id="explain-buttons"):
            run = gr.Button(variant="primary", interactive=False, elem_id="explain-run")
            cancel = gr.Button(interactive=False, elem_id="explain-cancel")
        html = gr.HTML(js_on_load=EXPLAIN, apply_default_css=False, elem_id="explain-view")
        file = gr.DownloadButton(elem_id="explain-file", visible="hidden")
    say(target, label="target", info="target_info", choices=partial(_named, TARGETS))
    say(against, label="against")
    say(method, label="method", choices=partial(_named, METHOD_NAMES))
    say(side, label="side", choices=lambda t: [(t[f"side_{n}"], n) for n in ("both", *SIDES)])
    say(run, value="explain_run")
    say(cancel, value="explain_cancel")
    view = gr.State(None, time_to_live=3600)
    return Parts(case, target, against, method, side, run, cancel, html, view, file)


def _named(names: tuple[str, ...], texts: Words) -> list[tuple[str, str]]:
    return [(texts[name], name) for name in names]


def _opponents(texts: Words, linked: Linked | None, chosen: int) -> list[tuple[str, str]]:
    """Whom the chosen candidate can be compared with: the other ones that are listed."""
    rows = [
        (
            texts["against_row"].format(
                rank=candidate.rank, name=candidate.entity.name, summary=summary(candidate.entity)
            ),
            candidate.entity.id,
        )
        for number, candidate in enumerate(linked.result.candidates if linked else ())
        if number != chosen
    ]
    return [(texts["against_none"], NOBODY), *rows]


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


def _explain_at_once(parts: Parts, shell: Shell, tab: gr.Tab) -> Any:
    """Pairs, attention and gates of the choice as soon as somebody looks.

    What is in view of the same choice stays, with its attributions; another case's leaves.
    """

    def at_once(
        language: str,
        linked: Linked | None,
        chosen: int,
        view: View | None,
        side: str,
        target: str,
        is_open: bool,
        visitor: gr.Request,
    ) -> tuple[Any, ...]:
        if not is_open and view and view.case[0] != linked:
            return "", gr.skip(), None, ""
        if not is_open or (linked and view and view.case == (linked, chosen)):
            return (gr.skip(),) * 4
        shell.explaining.runs.stop(_name(visitor))
        with notices(language) as texts:
            if linked is None:
                return no_case(texts), gr.skip(), None, ""
            view = _explained(shell, linked, chosen, None, target, FIRST_METHOD)
            others = gr.update(choices=_opponents(texts, linked, chosen), value=NOBODY)
            return case_card(texts, linked.mention), others, view, _drawing(texts, view, side)

    is_open = gr.Checkbox(False, visible="hidden")
    inputs = [shell.language, shell.linked, shell.chosen, parts.view, parts.side, parts.target]
    return gr.on(
        [tab.select, shell.linked.change, shell.chosen.change],
        at_once,
        [*inputs, is_open],
        [parts.case, parts.against, parts.view, parts.html],
        js=WITH_OPEN % "#tab_explain",
        trigger_mode="always_last",
        concurrency_id="link",
        show_progress_on=parts.html,
        api_visibility="private",
    )


def _attribute(parts: Parts, shell: Shell, opened: Any) -> None:
    """The method that is chosen: after the pairs, by the button, and with every switch."""
    attribute = _attributing(shell)
    case: list[Component] = [shell.language, shell.linked, shell.chosen, parts.side]
    inputs = [parts.view, *case, parts.against, parts.target, parts.method]
    switches = [parts.target.input, parts.method.input, parts.against.input]
    running = [
        _cancellable(parts, opened.then, _unless_there(attribute), inputs),
        _cancellable(parts, partial(gr.on, [parts.run.click, *switches]), attribute, inputs),
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
                pairs = view.explanation.pairs if _same(view, linked, chosen, *request) else None
                if pairs is None or method == FIRST_METHOD:
                    first = _explained(shell, linked, chosen, against, target, FIRST_METHOD)
                    pairs = first.explanation.pairs
                    yield first, _drawing(texts, first, side)
                if method == FIRST_METHOD:
                    return
                last = _explained(shell, linked, chosen, *request, report)
                last = replace(last, explanation=replace(last.explanation, pairs=pairs))
                yield last, _drawing(texts, last, side)
            except CancelledError:  # whoever cancelled has drawn what is in view now
                return

    return attribute


def _same(view: View | None, linked: Linked, chosen: int, *request: str) -> TypeGuard[View]:
    """Whether what is in view is of the same pair and target, by whatever method."""
    if view is None or view.case != (linked, chosen):
        return False
    other = view.explanation.against.id if view.explanation.against else NOBODY
    return (other, view.explanation.target) == request[:2]


def _unless_there(
    attribute: Callable[..., Iterator[tuple[Any, Any]]],
) -> Callable[..., Iterator[tuple[Any, Any]]]:
    """The handler for a tab that opens: what is in view by the chosen method stays."""

    def attribute_once(
        view: View | None,
        language: str,
        linked: Linked | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
        *request: str,
    ) -> Iterator[tuple[Any, Any]]:
        seen = view.explanation.mention.attribution if view else None
        if seen is not None and seen.method != request[-1]:
            yield from attribute(view, language, linked, chosen, side, visitor, progress, *request)

    return attribute_once


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
        None, js=TAKE_FILE, **QUIET
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

    def speak(language: str, view: View | None, side: str) -> tuple[Any, ...]:
        texts = words(language)
        case = view.case if view else (None, 0)
        card = case_card(texts, case[0].mention) if case[0] else no_case(texts)
        return card, gr.update(choices=_opponents(texts, *case)), _drawing(texts, view, side)

    shell.language.change(
        speak,
        [shell.language, parts.view, parts.side],
        [parts.case, parts.against, parts.html],
        queue=False,
        **QUIET,
    )


def _name(visitor: gr.Request) -> str:
    return str(visitor.session_hash or "")
