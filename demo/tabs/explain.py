"""The panel that explains one candidate: attention at once, attributions on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr
from gradio.components import Component

from analysis.faithfulness.stored_faithfulness import Measured
from demo.handlers.explain import CancelledError
from demo.handlers.link import Linked
from demo.html import explain as render
from demo.html.compare import case_card, no_case
from demo.html.parts import summary
from demo.scripts import WITH_OPEN
from demo.shell import Shell, notices
from demo.texts import Words, words
from mimic.explain import DEFAULT_METHOD, METHOD_NAMES, SIDES, TARGETS
from mimic.schema import Explanation

NOBODY = ""  # value of the opponent's switch when the score itself is explained
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True)
class Shown:
    """The explanation in view.

    Attributes:
        case: the case and the number of its candidate, from 0, that it explains.
        measured: what is known of its method; `None` too where nothing is attributed.
    """

    case: tuple[Linked, int]
    found: Explanation
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
    view: gr.HTML
    shown: gr.State


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell)
    _attend_at_once(parts, shell, tab)
    _attribute_on_request(parts, shell)
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
        view = gr.HTML(apply_default_css=False, elem_id="explain-view")
    say(target, label="target", info="target_info", choices=partial(_named, TARGETS))
    say(against, label="against")
    say(method, label="method", choices=partial(_named, METHOD_NAMES))
    say(side, label="side", choices=lambda t: [(t[f"side_{n}"], n) for n in ("both", *SIDES)])
    say(run, value="explain_run")
    say(cancel, value="explain_cancel")
    shown = gr.State(None, time_to_live=3600)
    return Parts(case, target, against, method, side, run, cancel, view, shown)


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


def _explained(shell: Shell, linked: Linked, chosen: int, *asked: Any) -> Shown:
    """One candidate explained; `asked` as the parameters of `Explaining.explain`."""
    explaining, model, kb = shell.explaining, linked.model, linked.kb
    entity = linked.result.candidates[chosen].entity.id
    found = explaining.explain(linked.mention, entity, *asked, model=model, kb=kb)
    marks = found.mention.attribution
    measured = explaining.measured(marks.method, found.target, model, kb) if marks else None
    return Shown((linked, chosen), found, measured)


def _drawn(texts: Words, shown: Shown | None, side: str, notice: str = "") -> str:
    if shown is None:
        return ""
    return render.explanation(texts, shown.found, side, shown.measured, notice)


def _attend_at_once(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """Attention and gates of the choice as soon as somebody looks.

    What is in view of the same choice stays, with its attributions; another case's leaves.
    """

    def at_once(
        language: str,
        linked: Linked | None,
        chosen: int,
        shown: Shown | None,
        side: str,
        is_open: bool,
        visitor: gr.Request,
    ) -> tuple[Any, ...]:
        if not is_open and shown and shown.case[0] != linked:
            return "", gr.skip(), None, ""
        if not is_open or (linked and shown and shown.case == (linked, chosen)):
            return (gr.skip(),) * 4
        shell.explaining.runs.stop(_name(visitor))
        with notices(language) as texts:
            if linked is None:
                return no_case(texts), gr.skip(), None, ""
            now = _explained(shell, linked, chosen)
            others = gr.update(choices=_opponents(texts, linked, chosen), value=NOBODY)
            return case_card(texts, linked.mention), others, now, _drawn(texts, now, side)

    is_open = gr.Checkbox(False, visible="hidden")
    inputs = [shell.language, shell.linked, shell.chosen, parts.shown, parts.side, is_open]
    gr.on(
        [tab.select, shell.linked.change, shell.chosen.change],
        at_once,
        inputs,
        [parts.case, parts.against, parts.shown, parts.view],
        js=WITH_OPEN % "#tab_explain",
        trigger_mode="always_last",
        concurrency_id="link",
        show_progress_on=parts.view,
        api_visibility="private",
    )


def _attribute_on_request(parts: Parts, shell: Shell) -> None:
    """The button asks; once asked, so does every change of target, method or opponent."""

    def attribute(
        language: str,
        linked: Linked | None,
        chosen: int,
        target: str,
        method: str,
        against: str,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[Any, Any]:
        if linked is None:
            return gr.skip(), gr.skip()
        check = shell.explaining.runs.start(_name(visitor))
        with notices(language) as texts:

            def told(share: float) -> None:
                check()
                progress(share, desc=texts["explain_busy"])

            try:
                now = _explained(shell, linked, chosen, against, target, method, told)
            except CancelledError:  # whoever cancelled has drawn what is in view now
                return gr.skip(), gr.skip()
            return now, _drawn(texts, now, side)

    def attribute_again(
        shown: Shown | None,
        language: str,
        linked: Linked | None,
        chosen: int,
        target: str,
        method: str,
        against: str,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, Any]:
        if shown is None or shown.found.mention.attribution is None:
            return gr.skip(), gr.skip()
        return attribute(language, linked, chosen, target, method, against, side, visitor, progress)

    asked: list[Component] = [
        shell.language,
        shell.linked,
        shell.chosen,
        parts.target,
        parts.method,
        parts.against,
        parts.side,
    ]
    switches = [parts.target.input, parts.method.input, parts.against.input]
    running = [
        _cancellable(parts, [parts.run.click], attribute, asked),
        _cancellable(parts, switches, attribute_again, [parts.shown, *asked]),
    ]

    def stop(
        language: str, shown: Shown | None, side: str, visitor: gr.Request
    ) -> tuple[str, gr.Button]:
        shell.explaining.runs.stop(_name(visitor))
        texts = words(language)
        return _drawn(texts, shown, side, texts["explain_cancelled"]), gr.Button(interactive=False)

    parts.cancel.click(
        stop,
        [shell.language, parts.shown, parts.side],
        [parts.view, parts.cancel],
        queue=False,
        cancels=running,
        **QUIET,
    )


def _cancellable(
    parts: Parts, triggers: list[Any], work: Callable[..., Any], inputs: list[Component]
) -> Any:
    """Work that the cancel button can end, which is on only meanwhile."""
    ready = gr.on(
        triggers,
        lambda shown: gr.Button(interactive=shown is not None),
        parts.shown,
        parts.cancel,
        queue=False,
        **QUIET,
    )
    running = ready.then(
        work,
        inputs,
        [parts.shown, parts.view],
        concurrency_id="explain",
        show_progress_on=parts.view,
        api_visibility="private",
    )
    running.then(lambda: gr.Button(interactive=False), None, parts.cancel, queue=False, **QUIET)
    return running


def _draw_again(parts: Parts, shell: Shell) -> None:
    """What is in view, for another side or in another language."""
    parts.side.input(
        lambda language, shown, side: _drawn(words(language), shown, side),
        [shell.language, parts.shown, parts.side],
        parts.view,
        queue=False,
        **QUIET,
    )

    def speak(language: str, shown: Shown | None, side: str) -> tuple[Any, ...]:
        texts = words(language)
        case = shown.case if shown else (None, 0)
        card = case_card(texts, case[0].mention) if case[0] else no_case(texts)
        return card, gr.update(choices=_opponents(texts, *case)), _drawn(texts, shown, side)

    shell.language.change(
        speak,
        [shell.language, parts.shown, parts.side],
        [parts.case, parts.against, parts.view],
        queue=False,
        **QUIET,
    )


def _name(visitor: gr.Request) -> str:
    return str(visitor.session_hash or "")
