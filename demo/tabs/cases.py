"""The panel of cases: keep what was linked, put it in order, export one figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from analysis.case.records import DETAILS
from demo.entity_box import SWIFT, entity_box
from demo.handlers import cases
from demo.handlers.cases import Cases
from demo.handlers.link import Linked
from demo.html import cases as render_tray
from demo.messages import translated
from demo.scripts import PICK_ACTION
from demo.server.downloads import offer
from demo.shell import QUIET, Shell, notices
from demo.texts import Words, words

FILE = "mimic-cases.zip"
#: A tray is forgotten after an hour without use, and at the latest when its page closes.
SECONDS = 3600


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    cases: gr.State
    hand: gr.HTML
    caption: gr.Textbox
    gold: gr.State
    heat: gr.Checkbox
    with_tried: gr.Checkbox
    keep: gr.Button
    host: gr.Dropdown
    what_if: gr.Button
    importer: gr.UploadButton
    tray: gr.HTML
    captions: gr.Textbox
    details: gr.CheckboxGroup
    export: gr.Button
    file: gr.File
    preview: gr.HTML


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell)
    _follow(parts, shell, tab)
    _keep(parts, shell)
    _arrange(parts, shell)
    _export(parts, shell)


def _lay_out(shell: Shell) -> Parts:
    say = shell.phrases.say
    state = gr.State((), time_to_live=SECONDS)
    say(gr.Markdown(elem_id="cases-lead"), value="cases_lead")
    with gr.Row(elem_id="cases"):
        with gr.Column(elem_id="case-inputs", scale=1, min_width=300):
            hand = gr.HTML(
                render_tray.at_hand(words(), None), apply_default_css=False, elem_id="at-hand"
            )
            caption = gr.Textbox(max_lines=1, elem_id="case-caption")
            gold = entity_box(shell, "case-gold", "case_gold", "case_gold_info").key
            heat = gr.Checkbox(False, elem_id="case-heat")
            with_tried = gr.Checkbox(True, visible=False, elem_id="case-with-tried")
            keep = gr.Button(variant="primary", elem_id="case-keep")
            host = gr.Dropdown([], visible=False, filterable=False, elem_id="case-host")
            what_if = gr.Button(visible=False, elem_id="case-what-if")
            importer = gr.UploadButton(file_types=[".json"], elem_id="case-import")
        with gr.Column(elem_id="case-list", scale=2, min_width=300):
            tray = gr.HTML(
                render_tray.tray(words(), ()),
                js_on_load=PICK_ACTION,
                apply_default_css=False,
                elem_id="tray",
            )
            captions = gr.Textbox(lines=2, max_lines=12, visible=False, elem_id="case-captions")
            details = gr.CheckboxGroup([], value=["what-ifs"], elem_id="case-details")
            export = gr.Button(variant="primary", elem_id="case-export")
            file = gr.File(interactive=False, visible=False, elem_id="case-file")
            preview = gr.HTML("", apply_default_css=False, elem_id="case-preview")
    say(caption, label="case_caption", info="case_caption_info")
    say(heat, label="case_heat")
    say(with_tried, label="case_with_tried")
    say(keep, value="case_keep")
    say(host, label="case_host", info="case_host_info")
    say(what_if, value="case_what_if")
    say(importer, label="case_import")
    say(captions, label="case_captions", info="case_captions_info")
    say(details, label="case_details", choices=_choices)
    say(export, value="case_export")
    say(file, label="case_files")
    return Parts(
        state, hand, caption, gold, heat, with_tried, keep, host, what_if, importer, tray,
        captions, details, export, file, preview,
    )  # fmt: skip


def _choices(texts: Words) -> list[tuple[str, str]]:
    return [(texts[f"detail_{name}"], name) for name in DETAILS]


def _tray(language: str, tray: Cases) -> tuple[Cases, str, Any]:
    """What a change of the tray writes: the cases, their rows, their captions."""
    captions = gr.update(value="\n".join(case.caption for case in tray), visible=bool(tray))
    return tray, render_tray.tray(words(language), tray), captions


def _follow(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """The case at hand, and everything again when the language changes."""

    def draw(
        language: str, linked: Linked | None, what_ifs: tuple[Linked, ...], tray: Cases
    ) -> tuple[str, Any, str]:
        texts = words(language)
        hand = render_tray.at_hand(texts, linked, what_ifs)
        return hand, gr.update(visible=bool(what_ifs)), render_tray.tray(texts, tray)

    gr.on(
        [tab.select, shell.linked.change, shell.language.change],
        draw,
        [shell.language, shell.linked, shell.what_ifs, parts.cases],
        [parts.hand, parts.with_tried, parts.tray],
        queue=False,
        **QUIET,
    )
    _offer_hosts(parts, shell, tab)
    shell.linked.change(
        lambda linked: linked.gold if linked else "", shell.linked, parts.gold, **SWIFT
    )


def _offer_hosts(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """The kept cases that the case at hand can stand below; without one there is no button."""

    def offer_hosts(linked: Linked | None, tray: Cases, below: int | None) -> tuple[Any, Any]:
        places: tuple[int, ...] = ()
        if linked is not None and tray:
            places = cases.hosts(tray, shell.linkers.get(linked.model, linked.kb), linked)
        choices = [(render_tray.name_of(place, tray[place]), place) for place in places]
        value = below if below in places else (places[-1] if places else None)
        button = gr.update(visible=bool(places))
        return gr.update(choices=choices, value=value, visible=bool(places)), button

    gr.on(
        [tab.select, shell.linked.change, parts.tray.change],
        offer_hosts,
        [shell.linked, parts.cases, parts.host],
        [parts.host, parts.what_if],
        queue=False,
        **QUIET,
    )


def _keep(parts: Parts, shell: Shell) -> None:
    def keep(
        language: str,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        tray: Cases,
        caption: str,
        gold: str,
        heat: bool,
        with_tried: bool,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[Any, ...]:
        with notices(language) as texts:
            mention = cases.mention_of(linked)
            assert linked is not None  # or there were no mention of it
            progress(0, desc=texts["case_drawing"])
            loading = shell.linkers.loading(linked.model, linked.kb)
            linker, explainer = loading.linker(), loading.explainer() if heat else None
            below = what_ifs if with_tried else ()
            more = cases.keep(tray, linker, mention, gold, caption, explainer, progress, below)
            return (*_tray(language, more), "")

    def what_if(
        language: str,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        tray: Cases,
        caption: str,
        below: int | None,
    ) -> tuple[Any, ...]:
        with notices(language):
            cases.mention_of(linked)
            assert linked is not None  # or there were no mention of it
            linker = shell.linkers.get(linked.model, linked.kb)
            more = cases.keep_below(tray, linker, linked, what_ifs, caption, below)
            return (*_tray(language, more), "")

    state = [shell.language, shell.linked, shell.what_ifs, parts.cases, parts.caption]
    outputs = [parts.cases, parts.tray, parts.captions, parts.caption]
    for button, handler, inputs in (
        (parts.keep, keep, [*state, parts.gold, parts.heat, parts.with_tried]),
        (parts.what_if, what_if, [*state, parts.host]),
    ):
        button.click(handler, inputs, outputs, concurrency_id="link", api_visibility="private")


def _arrange(parts: Parts, shell: Shell) -> None:
    def act(language: str, tray: Cases, event: gr.SelectData) -> tuple[Any, ...]:
        return _tray(language, cases.changed(tray, int(event.index), str(event.value)))

    def caption(language: str, tray: Cases, captions: str) -> tuple[Any, ...]:
        with notices(language):
            return _tray(language, cases.with_captions(tray, captions))

    def take(language: str, tray: Cases, file: str | None) -> tuple[Any, ...]:
        with notices(language):
            return _tray(language, cases.imported(tray, Path(file)) if file else tray)

    outputs = [parts.cases, parts.tray, parts.captions]
    for listener, handler, inputs in (
        (parts.tray.select, act, []),
        (parts.captions.blur, caption, [parts.captions]),
        (parts.importer.upload, take, [parts.importer]),
    ):
        listener(
            handler,
            [shell.language, parts.cases, *inputs],
            outputs,
            **QUIET,
        )


def _export(parts: Parts, shell: Shell) -> None:
    def draw_figure(  # named apart from the endpoint: Gradio calls it by its name
        language: str,
        tray: Cases,
        details: list[str],
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, str]:
        with notices(language) as texts:
            report = partial(progress, desc=texts["case_drawing"])
            figure = cases.export(tray, details, language, report)
            wide, narrow = (figure.files[f"case-{size}-column.png"] for size in ("two", "one"))
            hints = [translated(hint, language) for hint in figure.hints]
            preview = render_tray.preview(texts, wide, narrow, hints)
            return gr.update(value=offer(FILE, figure.zipped()), visible=True), preview

    parts.export.click(
        draw_figure,
        [shell.language, parts.cases, parts.details],
        [parts.file, parts.preview],
        concurrency_id="export",
        api_visibility="private",
    )
