"""The panel of cases: keep what was linked, put it in order, export one figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from analysis.case.records import DETAILS, FONTS
from demo.entity_box import SWIFT, entity_box
from demo.handlers import cases
from demo.handlers import tray as trays
from demo.handlers.link import Linked
from demo.html import cases as render_tray
from demo.messages import translated
from demo.scripts import CAPTIONS_SAVED, CAPTIONS_TYPED, PICK_ACTION
from demo.server.downloads import offer
from demo.shell import QUIET, Shell, notices
from demo.tabs.keeping import BEGIN, END, Keeping, change, tray_of
from demo.texts import Words, words
from demo.trays import Tray

FILE = "mimic-cases.zip"


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    hand: gr.HTML
    caption: gr.Textbox
    gold: gr.State
    with_tried: gr.Checkbox
    keep: gr.Button
    host: gr.Dropdown
    what_if: gr.Button
    importer: gr.UploadButton
    status: gr.HTML
    tray: gr.HTML
    captions: gr.Textbox
    details: gr.CheckboxGroup
    font: gr.Radio
    export: gr.Button
    file: gr.File
    preview: gr.HTML


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell)
    keeping = Keeping(shell, [parts.tray, parts.captions, parts.keep], parts.status)
    keeping.listen()
    _follow(parts, shell, tab)
    _keep(parts, shell, keeping)
    _arrange(parts, shell, keeping)
    _export(parts, shell)


def _lay_out(shell: Shell) -> Parts:
    say = shell.phrases.say
    say(gr.Markdown(elem_id="cases-lead"), value="cases_lead")
    with gr.Row(elem_id="cases"):
        with gr.Column(elem_id="case-inputs", scale=1, min_width=300):
            hand = gr.HTML(
                render_tray.at_hand(words(), None), apply_default_css=False, elem_id="at-hand"
            )
            caption = gr.Textbox(max_lines=1, elem_id="case-caption")
            gold = entity_box(shell, "case-gold", "case_gold", "case_gold_info").key
            with_tried = gr.Checkbox(True, visible=False, elem_id="case-with-tried")
            keep = gr.Button(variant="primary", elem_id="case-keep")
            host = gr.Dropdown([], visible=False, filterable=False, elem_id="case-host")
            what_if = gr.Button(visible=False, elem_id="case-what-if")
            importer = gr.UploadButton(file_types=[".json"], elem_id="case-import")
        with gr.Column(elem_id="case-list", scale=2, min_width=300):
            status = gr.HTML("", apply_default_css=False, elem_id="case-status")
            tray = gr.HTML(
                render_tray.tray(words(), ()),
                js_on_load=PICK_ACTION,
                apply_default_css=False,
                elem_id="tray",
            )
            captions = gr.Textbox(lines=2, max_lines=12, visible=False, elem_id="case-captions")
            details = gr.CheckboxGroup(
                [], value=["units", "gates", "heatmaps", "what-ifs"], elem_id="case-details"
            )
            font = gr.Radio(list(FONTS), value=FONTS[0], elem_id="case-font")
            export = gr.Button(variant="primary", elem_id="case-export")
            file = gr.File(interactive=False, visible=False, elem_id="case-file")
            preview = gr.HTML("", apply_default_css=False, elem_id="case-preview")
    say(caption, label="case_caption", info="case_caption_info")
    say(with_tried, label="case_with_tried")
    say(keep, value="case_keep")
    say(host, label="case_host", info="case_host_info")
    say(what_if, value="case_what_if")
    say(importer, label="case_import")
    say(captions, label="case_captions", info="case_captions_info")
    say(details, label="case_details", choices=_choices)
    say(font, label="case_font", choices=lambda texts: [(texts[f"font_{n}"], n) for n in FONTS])
    say(export, value="case_export")
    say(file, label="case_files")
    return Parts(
        hand, caption, gold, with_tried, keep, host, what_if, importer, status, tray, captions,
        details, font, export, file, preview,
    )  # fmt: skip


def _choices(texts: Words) -> list[tuple[str, str]]:
    return [(texts[f"detail_{name}"], name) for name in DETAILS]


def _follow(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """The case at hand, and again when the language changes."""

    def draw(language: str, linked: Linked | None, what_ifs: tuple[Linked, ...]) -> tuple[str, Any]:
        hand = render_tray.at_hand(words(language), linked, what_ifs)
        return hand, gr.update(visible=bool(what_ifs))

    gr.on(
        [tab.select, shell.linked.change, shell.language.change],
        draw,
        [shell.language, shell.linked, shell.what_ifs],
        [parts.hand, parts.with_tried],
        queue=False,
        **QUIET,
    )
    _offer_hosts(parts, shell, tab)
    shell.linked.change(
        lambda linked: linked.gold if linked else "", shell.linked, parts.gold, **SWIFT
    )


def _offer_hosts(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """The kept cases that the case at hand can stand below; without one there is no button."""

    def offer_hosts(
        linked: Linked | None, remembered: Any, below: int | None, visitor: gr.Request
    ) -> tuple[Any, Any]:
        tray = tray_of(shell, remembered, visitor).cases
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
        [shell.linked, shell.memory, parts.host],
        [parts.host, parts.what_if],
        queue=False,
        **QUIET,
    )


def _keep(parts: Parts, shell: Shell, keeping: Keeping) -> None:
    def keep(
        language: str,
        remembered: Any,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        caption: str,
        gold: str,
        with_tried: bool,
        count: int,
        visitor: gr.Request,
    ) -> list[Any]:
        with notices(language):
            below = what_ifs if with_tried else ()
            tray = keeping.keep(remembered, linked, below, gold, caption, visitor)
            return [*keeping.draw(language, *tray, linked), keeping.more(count, tray[1]), ""]

    def what_if(
        language: str,
        remembered: Any,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        caption: str,
        below: int | None,
        count: int,
        visitor: gr.Request,
    ) -> list[Any]:
        with notices(language):
            cases.mention_of(linked)
            assert linked is not None  # or there were no mention of it
            linker = shell.linkers.get(linked.model, linked.kb)
            tray = tray_of(shell, remembered, visitor).cases
            more = cases.keep_below(tray, linker, linked, what_ifs, caption, below)
            (case,) = (new for old, new in zip(tray, more, strict=True) if new is not old)
            how = partial(trays.with_changed, case=case)
            memory, changed = change(shell, remembered, visitor, how)
            drawn = keeping.draw(language, memory, changed, linked)
            return [*drawn, keeping.more(count, changed), ""]

    state = [shell.language, shell.memory, shell.linked, shell.what_ifs, parts.caption]
    count = keeping.counter()
    outputs = [*keeping.outputs, count, parts.caption]
    for button, handler, inputs in (
        (parts.keep, keep, [*state, parts.gold, parts.with_tried, count]),
        (parts.what_if, what_if, [*state, parts.host, count]),
    ):
        button.click(
            handler,
            inputs,
            outputs,
            js=BEGIN,
            concurrency_id="link",
            show_progress_on=parts.tray,
            api_visibility="private",
        ).then(None, js=END, api_visibility="private")


def _arrange(parts: Parts, shell: Shell, keeping: Keeping) -> None:
    """Order, removal and its undo, captions, and cases from a file."""

    def act(tray: Tray, event: gr.SelectData) -> Tray:
        action, _, case = str(event.value).partition(" ")
        return trays.acted(tray, action, case)

    def caption(tray: Tray, captions: str) -> Tray:
        return replace(tray, cases=cases.with_captions(tray.cases, captions))

    def take(tray: Tray, file: str | None) -> Tray:
        taken = cases.imported(tray.cases, Path(file)) if file else tray.cases
        return replace(tray, cases=taken)

    def acting(
        language: str,
        remembered: Any,
        linked: Linked | None,
        count: int,
        event: gr.SelectData,
        visitor: gr.Request,
    ) -> list[Any]:
        return changed(language, remembered, linked, count, visitor, partial(act, event=event))

    def captioning(
        language: str,
        remembered: Any,
        linked: Linked | None,
        count: int,
        captions: str,
        visitor: gr.Request,
    ) -> list[Any]:
        how = partial(caption, captions=captions)
        return changed(language, remembered, linked, count, visitor, how)

    def taking(
        language: str,
        remembered: Any,
        linked: Linked | None,
        count: int,
        file: str | None,
        visitor: gr.Request,
    ) -> list[Any]:
        return changed(language, remembered, linked, count, visitor, partial(take, file=file))

    def changed(
        language: str,
        remembered: Any,
        linked: Linked | None,
        count: int,
        visitor: gr.Request,
        how: Callable[[Tray], Tray],
    ) -> list[Any]:
        with notices(language):
            memory, tray = change(shell, remembered, visitor, how)
            return [*keeping.draw(language, memory, tray, linked), keeping.more(count, tray)]

    count = keeping.counter()
    state = [shell.language, shell.memory, shell.linked, count]
    outputs = [*keeping.outputs, count]
    parts.captions.input(None, js=CAPTIONS_TYPED, trigger_mode="multiple", **QUIET)
    parts.tray.select(acting, state, outputs, **QUIET)
    parts.importer.upload(taking, [*state, parts.importer], outputs, **QUIET)
    parts.captions.blur(captioning, [*state, parts.captions], outputs, **QUIET).success(
        None, js=CAPTIONS_SAVED, api_visibility="private"
    )


def _export(parts: Parts, shell: Shell) -> None:
    def draw_figure(  # named apart from the endpoint: Gradio calls it by its name
        language: str,
        remembered: Any,
        details: list[str],
        font: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, str]:
        with notices(language) as texts:
            report = partial(progress, desc=texts["case_drawing"])
            tray = tray_of(shell, remembered, visitor)
            figure = cases.export(tray.cases, details, language, report, font)
            wide, narrow = (figure.files[f"case-{size}-column.png"] for size in ("two", "one"))
            hints = [translated(hint, language) for hint in figure.hints]
            if "heatmaps" in details and trays.waiting(tray):
                hints.insert(0, texts["case_without_heat"])
            preview = render_tray.preview(texts, wide, narrow, hints)
            return gr.update(value=offer(FILE, figure.zipped()), visible=True), preview

    parts.export.click(
        draw_figure,
        [shell.language, shell.memory, parts.details, parts.font],
        [parts.file, parts.preview],
        concurrency_id="export",
        api_visibility="private",
    )
