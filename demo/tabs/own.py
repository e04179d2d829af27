"""The panel of a knowledge base of one's own: a table in, chosen in the page, a folder out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from analysis.markup import html
from demo.handlers.own import typed_table
from demo.handlers.samples import kb_sample
from demo.html import own as render
from demo.linkers import OWN
from demo.messages import named_as_given, translated
from demo.own_kbs import MOST_ROWS, MOST_UNPACKED, OwnKb, OwnKbs
from demo.scripts import PICK, STORE_KEYS, STORED_KEYS
from demo.server.downloads import offer, offer_folder
from demo.server.gate import step
from demo.server.limits import MOST_FILE
from demo.shell import QUIET, Shell, lead, notices
from demo.texts import Words, words
from mimic.data.kb_table import CSV, JSON, PARQUET
from mimic.errors import InputError
from mimic.io.terminal import Progress, Watch


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    own: OwnKbs
    table: gr.File
    images: gr.File
    typed: gr.Textbox
    sample: gr.Button
    run: gr.Button
    cancel: gr.Button
    problem: gr.HTML
    status: gr.HTML
    report: gr.HTML
    after: gr.Row
    pack: gr.Button
    remove: gr.Button
    file: gr.File
    stored: gr.JSON
    shown: gr.State


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    assert shell.own is not None
    parts = _lay_out(shell, shell.own)
    _fill_in_sample(parts, shell)
    _build_on_click(parts, shell)
    _take_along(parts, shell)
    _find_again(parts, shell)
    lead(parts.report, tab, "tab_link")
    shell.language.change(
        lambda language, own: _report(words(language), own),
        [shell.language, parts.shown],
        parts.report,
        queue=False,
        **QUIET,
    )


def _lay_out(shell: Shell, own: OwnKbs) -> Parts:
    say = shell.phrases.say
    say(gr.Markdown(elem_id="own-lead"), value=_lead)
    with gr.Row(elem_id="own-inputs"):
        kinds = [*CSV, *JSON, *PARQUET]
        table = gr.File(file_types=kinds, height=140, elem_id="own-table")
        images = gr.File(file_types=[".zip"], height=140, elem_id="own-images")
        typed = gr.Textbox(lines=4, max_lines=10, elem_id="own-typed")
        with gr.Column():
            sample = gr.Button(elem_id="own-sample")
            run = gr.Button(variant="primary", elem_id="own-run")
            cancel = gr.Button(visible=False, elem_id="own-cancel")
            problem = gr.HTML("", apply_default_css=False, elem_id="own-problem")
    status = gr.HTML("", apply_default_css=False, min_height=0, elem_id="own-status")
    report = gr.HTML("", js_on_load=PICK, apply_default_css=False, elem_id="own-report")
    with gr.Row(visible=False, elem_id="own-after") as after:
        pack = gr.Button(elem_id="own-pack")
        remove = gr.Button(elem_id="own-remove")
    file = gr.File(interactive=False, visible=False, elem_id="own-file")
    stored = gr.JSON([], visible="hidden", elem_id="own-keys")
    say(table, label="own_table")
    say(images, label="own_images")
    say(typed, label="own_typed", info="own_typed_info", placeholder="own_typed_hint")
    say(sample, value="own_sample")
    say(run, value="own_build")
    say(cancel, value="own_cancel")
    say(pack, value="own_pack")
    say(remove, value="own_remove")
    say(file, label="own_file")
    shown = gr.State(None)
    return Parts(
        own, table, images, typed, sample, run, cancel, problem, status, report, after, pack,
        remove, file, stored, shown,
    )  # fmt: skip


def _lead(texts: Words) -> str:
    mega = 1_000_000
    return texts["own_lead"].format(
        rows=f"{MOST_ROWS:,}", file=MOST_FILE // mega, unpacked=MOST_UNPACKED // mega
    )


def _report(texts: Words, own: OwnKb | None) -> str:
    return "" if own is None else render.report(texts, own)


def _fill_in_sample(parts: Parts, shell: Shell) -> None:
    def fill() -> tuple[str, str, str]:
        table, pictures = kb_sample(shell.examples)
        return offer("sample.csv", table), offer("sample-pictures.zip", pictures), ""

    parts.sample.click(fill, None, [parts.table, parts.images, parts.typed], **QUIET)


def _choices(shell: Shell, texts: Words, mine: Sequence[OwnKb], chosen: str) -> Any:
    """The knowledge bases that this visitor can choose."""
    own = [(texts["own_label"].format(name=kb.name), kb.key) for kb in mine]
    choices = [*((name, name) for name in shell.linkers.kbs), *own]
    return gr.update(choices=choices, value=chosen, visible=len(choices) > 1)


def _build_on_click(parts: Parts, shell: Shell) -> None:
    """The cancel button is there only while something is built, or waits for it."""

    def begin(language: str) -> tuple[Any, ...]:
        waiting = _line(words(language)["own_busy"])
        return gr.update(visible=False), gr.update(visible=True), "", waiting

    def end() -> tuple[Any, Any]:
        return gr.update(visible=True), gr.update(visible=False)

    def cancelled(language: str) -> tuple[Any, ...]:
        return *end(), _line(words(language)["own_cancelled"])

    switches: list[Any] = [parts.run, parts.cancel]
    begun = parts.run.click(
        begin, shell.language, [*switches, parts.problem, parts.status], queue=False, **QUIET
    )
    built = begun.then(
        _building(parts, shell),
        [shell.language, shell.model, parts.table, parts.images, parts.typed, parts.stored],
        [parts.problem, parts.status, parts.report, parts.after, parts.file, shell.kb,
         parts.stored, parts.shown],
        concurrency_id="own",
        show_progress="full",
        show_progress_on=parts.status,
        api_visibility="private",
    )  # fmt: skip
    built.then(end, None, switches, queue=False, **QUIET)
    parts.cancel.click(
        cancelled,
        shell.language,
        [*switches, parts.status],
        cancels=[built],
        queue=False,
        **QUIET,
    )


def _building(parts: Parts, shell: Shell) -> Callable[..., tuple[Any, ...]]:
    """The handler of the button. What is wrong with a table stays beside it."""

    def build_kb(
        language: str,
        model: str,
        table: str | None,
        images: str | None,
        typed: str,
        stored: Any,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[Any, ...]:
        name = str(visitor.session_hash or "")
        with notices(language) as texts, tempfile.TemporaryDirectory(prefix="mimic-") as scratch:
            pictures = Path(images) if images and table else None
            try:
                source = Path(table) if table else typed_table(typed, Path(scratch))
                with named_as_given([source, pictures]):
                    watch = _watching(texts, progress)
                    own = parts.own.build(name, model, source, pictures, watch)
            except InputError as error:
                problem = html(
                    '<p class="notice" role="alert">{{ text }}</p>',
                    text=translated(str(error), language),
                )
                return problem, "", *[gr.skip()] * 6
            mine = parts.own.known(name, [*_keys(stored), own.key])
            return (
                "", "", _report(texts, own), gr.update(visible=True), gr.update(visible=False),
                _choices(shell, texts, mine, own.key), [kb.key for kb in mine], own,
            )  # fmt: skip

    return build_kb


def _watching(texts: Words, progress: gr.Progress) -> Watch:
    """Says how far the work is, and ends it when nobody waits for it."""

    def watch(what: str) -> Progress:
        def told(done: int, total: int) -> None:
            step()
            progress((done, total), desc=texts[f"own_{what}"], unit="")

        return told

    return watch


def _line(text: str) -> str:
    return html('<p class="hint" role="status">{{ text }}</p>', text=text)


def _keys(stored: Any) -> list[str]:
    """What a browser has stored, which may be anything."""
    listed = stored if isinstance(stored, list) else []
    return [key for key in listed[:20] if isinstance(key, str) and key.startswith(OWN)]


def _take_along(parts: Parts, shell: Shell) -> None:
    def pack(language: str, kb: str) -> Any:
        with notices(language) as texts:
            own = parts.own.find(_own(texts, kb))
            return gr.update(value=offer_folder(own.name, own.folder), visible=True)

    def remove(language: str, kb: str, stored: Any, visitor: gr.Request) -> tuple[Any, ...]:
        with notices(language) as texts:
            parts.own.remove(_own(texts, kb))
            mine = parts.own.known(str(visitor.session_hash or ""), _keys(stored))
            first = shell.linkers.kbs[0]
            hidden, keys = gr.update(visible=False), [own.key for own in mine]
            gone = _line(texts["own_removed"])
            return gone, "", hidden, hidden, _choices(shell, texts, mine, first), keys, None

    parts.pack.click(
        pack, [shell.language, shell.kb], parts.file, concurrency_id="own", api_visibility="private"
    )
    parts.remove.click(
        remove,
        [shell.language, shell.kb, parts.stored],
        [parts.status, parts.report, parts.after, parts.file, shell.kb, parts.stored, parts.shown],
        **QUIET,
    )


def _own(texts: Words, kb: str) -> str:
    if not kb.startswith(OWN):
        raise InputError(texts["own_choose_first"])
    return kb


def _find_again(parts: Parts, shell: Shell) -> None:
    """After a reload the visitor's knowledge bases can be chosen again, while they last."""
    page = gr.context.Context.root_block
    assert page is not None  # or nothing could be added

    def again(language: str, stored: Any, visitor: gr.Request) -> tuple[Any, Any]:
        mine = parts.own.known(str(visitor.session_hash or ""), _keys(stored))
        if not mine:
            return gr.skip(), gr.skip()
        choices = _choices(shell, words(language), mine, shell.linkers.kbs[0])
        return choices, [own.key for own in mine]

    def chosen(language: str, kb: str) -> tuple[Any, ...]:
        """The report is of the one that is chosen above."""
        try:
            own = parts.own.find(kb) if kb.startswith(OWN) else None
        except InputError:
            own = None
        there = gr.update(visible=own is not None)
        return _report(words(language), own), there, gr.update(visible=False), own

    shell.kb.change(
        chosen,
        [shell.language, shell.kb],
        [parts.report, parts.after, parts.file, parts.shown],
        **QUIET,
    )
    parts.stored.change(None, parts.stored, js=STORE_KEYS, **QUIET)
    page.load(
        again,
        [shell.language, parts.stored],
        [shell.kb, parts.stored],
        js=STORED_KEYS,
        **QUIET,
    )
