"""The panel that links whole tables: progress, cancel, and the result as a table and as files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr

from analysis.markup import html
from demo.candidate_fields import candidate_fields
from demo.handlers.link import chosen_restriction, whole_number
from demo.handlers.samples import mentions_sample
from demo.handlers.table import Opened
from demo.html.pictures import data_uri
from demo.html.table import linked_rows
from demo.messages import named_as_given, translated
from demo.scripts import PICK, TO_TABS
from demo.server.downloads import offer
from demo.server.gate import step
from demo.shell import QUIET, Shell, notices, slider
from demo.texts import Words, words
from mimic.data.picture_store import PictureStore, open_pictures
from mimic.errors import InputError
from mimic.linking.link_table import LinkedRow, Linker, as_csv, as_jsonl, link_many
from mimic.linking.restriction import Restriction

MOST_SHOWN = 100  # rows that the page shows; the files hold all
THUMB = 88  # pixels of a picture, twice its size on the page
EVERY = 0.5  # seconds between two looks at the result


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    table: gr.File
    images: gr.File
    k: gr.Slider
    candidates: gr.Radio
    types: gr.Textbox
    need: gr.Checkbox
    sample: gr.Button
    run: gr.Button
    cancel: gr.Button
    problem: gr.HTML
    status: gr.HTML
    results: gr.HTML
    files: gr.File
    shown: gr.State

    def switches(self) -> list[Any]:
        """The button that begins, and the one that is there only meanwhile."""
        return [self.run, self.cancel]


@dataclass
class Linking:
    """A table that is being linked.

    Attributes:
        done: all rows so far.
        thumbs: row number -> small picture, of the rows that are shown.
    """

    pictures: Path | None
    done: list[LinkedRow] = field(default_factory=list)
    thumbs: dict[int, str] = field(default_factory=dict)
    total: int = 0

    def add(self, row: LinkedRow, store: PictureStore | None) -> None:
        """One more row; of the first ones the picture is looked at."""
        self.done.append(row)
        if store is not None and row.image and len(self.thumbs) < MOST_SHOWN:
            try:
                with store.picture(row.image) as path:
                    self.thumbs[row.number] = data_uri(path, THUMB) or ""
            except InputError:
                pass  # the row says so

    def shown(self) -> list[LinkedRow]:
        """The rows that the page shows, first those with a problem."""
        bad = [row for row in self.done if row.result is None]
        good = (row for row in self.done if row.result is not None)
        return [*bad[:MOST_SHOWN], *good][:MOST_SHOWN]


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell)
    _link_on_click(parts, shell)
    _open_rows(parts, shell, tab)

    def fill() -> tuple[str, str]:
        table, pictures = mentions_sample(shell.examples)
        return offer("sample.csv", table), offer("sample-pictures.zip", pictures)

    parts.sample.click(fill, None, [parts.table, parts.images], **QUIET)


def _lay_out(shell: Shell) -> Parts:
    say = shell.phrases.say
    say(gr.Markdown(elem_id="batch-lead"), value="batch_lead")
    with gr.Row(elem_id="batch-inputs"):
        kinds = [".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".pq"]
        table = gr.File(file_types=kinds, height=140, elem_id="batch-table")
        images = gr.File(file_types=[".zip"], height=140, elem_id="batch-images")
        with gr.Column():
            k = slider(1, 20, value=5, step=1, elem_id="batch-k")
            candidates, types = candidate_fields(shell, "batch")
            need = gr.Checkbox(False, elem_id="batch-need")
            sample = gr.Button(visible=bool(shell.examples), elem_id="batch-sample")
            run = gr.Button(variant="primary", elem_id="batch-run")
            cancel = gr.Button(visible=False, elem_id="batch-cancel")
            problem = gr.HTML("", apply_default_css=False, elem_id="batch-problem")
    status = gr.HTML("", apply_default_css=False, elem_id="batch-status")
    results = gr.HTML("", js_on_load=PICK, apply_default_css=False, elem_id="batch-results")
    files = gr.File(interactive=False, visible=False, elem_id="batch-files")
    shown = gr.State(None, time_to_live=3600)
    say(table, label="batch_table")
    say(images, label="batch_images")
    say(k, label="batch_k")
    say(need, label="batch_need")
    say(sample, value="batch_sample")
    say(run, value="batch_run")
    say(cancel, value="batch_cancel")
    say(files, label="batch_files")
    return Parts(
        table, images, k, candidates, types, need, sample, run, cancel, problem, status, results,
        files, shown,
    )  # fmt: skip


def _link_on_click(parts: Parts, shell: Shell) -> None:
    """The cancel button is there only while rows are linked."""

    def begin() -> tuple[Any, Any]:
        return gr.update(visible=False), gr.update(visible=True)

    def end() -> tuple[Any, Any]:
        return gr.update(visible=True), gr.update(visible=False)

    def cancelled(language: str) -> tuple[Any, ...]:
        return *end(), _line(words(language)["batch_cancelled"])

    begun = parts.run.click(begin, None, parts.switches(), queue=False, **QUIET)
    running = begun.then(
        _linking(shell),
        [
            shell.language,
            shell.model,
            shell.kb,
            parts.table,
            parts.images,
            parts.k,
            parts.candidates,
            parts.types,
            parts.need,
        ],  # fmt: skip
        [parts.problem, parts.status, parts.results, parts.files, parts.shown],
        concurrency_id="batch",
        show_progress="hidden",
        api_visibility="private",
    )
    running.then(end, None, parts.switches(), queue=False, **QUIET)
    parts.cancel.click(
        cancelled,
        shell.language,
        [*parts.switches(), parts.status],
        cancels=[running],
        queue=False,
        api_visibility="private",
    )


def _open_rows(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """A row's button fills Link's fields with it, links it, and shows that tab."""

    def opened(shown: Linking | None, event: gr.SelectData) -> Any:
        rows = shown.shown() if shown else []
        row = next((row for row in rows if row.number == event.index), None)
        if shown is None or row is None:
            return gr.skip(), gr.skip()
        return Opened(row, shown.pictures, time.monotonic()), gr.Tabs(selected="tab_link")

    tabs = tab.parent
    assert isinstance(tabs, gr.Tabs)
    chosen = parts.results.select(opened, parts.shown, [shell.opened, tabs], **QUIET)
    chosen.then(None, js=TO_TABS, api_visibility="private")
    shell.language.change(
        lambda language, shown: (
            linked_rows(words(language), shown.shown(), shown.thumbs) if shown else ""
        ),
        [shell.language, parts.shown],
        parts.results,
        queue=False,
        **QUIET,
    )


def _linking(shell: Shell) -> Any:
    """The handler: looks at the result twice a second, and at its files in the end.

    What is wrong with the table stays beside the button until the next run.
    """

    def run(
        language: str,
        model: str,
        kb: str,
        table: str | None,
        images: str | None,
        k: float,
        candidates: str,
        types: str,
        need: bool,
    ) -> Iterator[tuple[Any, ...]]:
        with notices(language) as texts:
            try:
                if not table:
                    raise InputError(texts["batch_no_table"])
                linker = shell.linkers.get(model, kb)
                linking = Linking(Path(images) if images else None)
                most = min(whole_number(k, "k"), linker.entities)
                only = chosen_restriction(candidates, types)
                for look in _looks(texts, linker, linking, Path(table), most, only, need):
                    yield "", *look, linking
            except InputError as error:
                hidden = gr.update(visible=False)
                yield _problem(translated(str(error), language)), "", "", hidden, None

    return run


def _looks(
    texts: Words,
    linker: Linker,
    linking: Linking,
    table: Path,
    k: int,
    only: Restriction,
    need: bool,
) -> Iterator[tuple[str, Any, Any]]:
    """Status, table and files from time to time while the rows are linked, and at the end."""
    last, drawn = time.monotonic(), 0

    def count(_: int, rows: int) -> None:
        linking.total = rows

    with ExitStack() as held:
        held.enter_context(named_as_given([table, linking.pictures]))
        store = held.enter_context(open_pictures(linking.pictures))
        for row in link_many(
            linker, table, linking.pictures, k, "total", count, only.asked, only.types, need
        ):
            step()
            linking.add(row, store)
            if time.monotonic() - last >= EVERY:
                last, seen = time.monotonic(), len(linking.shown())
                rows = _table(texts, linking) if drawn < seen else gr.skip()
                drawn = seen
                yield _status(texts, linking), rows, gr.update(visible=False)
    linking.total = len(linking.done)
    yield _status(texts, linking), _table(texts, linking), _files(linking.done)


def _line(text: str) -> str:
    return html('<p class="hint" role="status">{{ text }}</p>', text=text)


def _status(texts: Words, linking: Linking) -> str:
    done, total = len(linking.done), max(linking.total, len(linking.done))
    bad = [row for row in linking.done if row.result is None]
    said = texts["batch_status"].format(done=done, total=total, bad=len(bad))
    if noted := sum(bool(row.note) for row in linking.done):
        said += texts["stop"] + texts["batch_by_text"].format(count=noted)
    if done > MOST_SHOWN:
        said += texts["stop"] + texts["batch_shown"].format(most=MOST_SHOWN)
    bar = '<progress max="{{ total }}" value="{{ done }}" aria-label="{{ said }}"></progress>'
    return _line(said) + html(bar, total=total, done=done, said=said)


def _problem(text: str) -> str:
    return html('<p class="notice" role="alert">{{ text }}</p>', text=text)


def _table(texts: Words, linking: Linking) -> str:
    return linked_rows(texts, linking.shown(), linking.thumbs)


def _files(done: list[LinkedRow]) -> Any:
    files = [
        offer("linked.csv", as_csv(done).encode("utf-8-sig")),
        offer("linked.jsonl", as_jsonl(done).encode()),
    ]
    return gr.update(value=files, visible=True)
