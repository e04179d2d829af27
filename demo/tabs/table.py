"""The panel that links whole tables: progress, cancel, and the result as a table and as files."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from analysis.markup import html
from demo.handlers.link import whole_number
from demo.messages import translated
from demo.server.downloads import offer
from demo.server.gate import step
from demo.shell import Shell, notices, slider
from demo.texts import Words, words
from mimic.errors import InputError
from mimic.linking.link_table import LinkedRow, Linker, as_csv, as_jsonl, link_many
from mimic.schema import LinkResult

MOST_LINES = 300  # that the page shows; the files hold all
WIDTHS = (64, 140, 70, 170, 230, 90, 120, 130, 300)  # of the columns, in pixels
EVERY = 0.5  # seconds between two looks at the result


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    table: gr.File
    images: gr.File
    k: gr.Slider
    run: gr.Button
    cancel: gr.Button
    problem: gr.HTML
    status: gr.HTML
    results: gr.Dataframe
    files: gr.File


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell)
    running = parts.run.click(
        _linking(shell),
        [shell.language, shell.model, shell.kb, parts.table, parts.images, parts.k],
        [parts.problem, parts.status, parts.results, parts.files],
        concurrency_id="batch",
        show_progress="hidden",
        api_visibility="private",
    )
    parts.cancel.click(
        lambda language: _line(words(language)["batch_cancelled"]),
        shell.language,
        parts.status,
        cancels=[running],
        queue=False,
        api_visibility="private",
    )


def _lay_out(shell: Shell) -> Parts:
    say = shell.phrases.say
    say(gr.Markdown(elem_id="batch-lead"), value="batch_lead")
    with gr.Row(elem_id="batch-inputs"):
        kinds = [".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".pq"]
        table = gr.File(file_types=kinds, height=140, elem_id="batch-table")
        images = gr.File(file_types=[".zip"], height=140, elem_id="batch-images")
        with gr.Column():
            k = slider(1, 20, value=5, step=1, elem_id="batch-k")
            run = gr.Button(variant="primary", elem_id="batch-run")
            cancel = gr.Button(elem_id="batch-cancel")
            problem = gr.HTML("", apply_default_css=False, elem_id="batch-problem")
    status = gr.HTML("", apply_default_css=False, elem_id="batch-status")
    results = gr.Dataframe(
        headers=_columns(words()),
        datatype="str",
        interactive=False,
        wrap=True,
        column_widths=[f"{pixels}px" for pixels in WIDTHS],
        visible=False,
        max_height=600,
        elem_id="batch-results",
    )
    files = gr.File(interactive=False, visible=False, elem_id="batch-files")
    say(table, label="batch_table")
    say(images, label="batch_images")
    say(k, label="batch_k")
    say(run, value="batch_run")
    say(cancel, value="batch_cancel")
    say(results, label="batch_results", headers=_columns)
    say(files, label="batch_files")
    return Parts(table, images, k, run, cancel, problem, status, results, files)


def _columns(texts: Words) -> list[str]:
    return texts["batch_columns"].split("|")


def _linking(shell: Shell) -> Any:
    """The handler: looks at the result twice a second, and at its files in the end.

    What is wrong with the table stays beside the button until the next run.
    """

    def run(
        language: str, model: str, kb: str, table: str | None, images: str | None, k: float
    ) -> Iterator[tuple[str, str, Any, Any]]:
        with notices(language) as texts:
            try:
                if not table:
                    raise InputError(texts["batch_no_table"])
                linker = shell.linkers.get(model, kb)
                pictures = Path(images) if images else None
                most = min(whole_number(k, "k"), linker.entities)
                for look in _looks(texts, linker, Path(table), pictures, most):
                    yield "", *look
            except InputError as error:
                hidden = gr.update(visible=False)
                yield _problem(translated(str(error), language)), "", hidden, hidden

    return run


def _looks(
    texts: Words, linker: Linker, table: Path, images: Path | None, k: int
) -> Iterator[tuple[str, Any, Any]]:
    """Status, table and files from time to time while the rows are linked, and at the end."""
    done: list[LinkedRow] = []
    total, last = 0, time.monotonic()

    def count(_: int, rows: int) -> None:
        nonlocal total
        total = rows

    with _named([path for path in (table, images) if path]):
        for row in link_many(linker, table, images, k, "total", count):
            step()
            done.append(row)
            if time.monotonic() - last >= EVERY:
                last = time.monotonic()
                status = _status(texts, done, max(total, len(done)))
                yield status, _table(texts, done), gr.update()
    yield _status(texts, done, len(done)), _table(texts, done), _files(done)


@contextmanager
def _named(paths: Sequence[Path]) -> Iterator[None]:
    """Messages name a file as the visitor does, without the server's folder."""
    try:
        yield
    except InputError as error:
        text = str(error)
        for path in paths:
            text = text.replace(str(path), path.name)
        raise InputError(text) from None


def _line(text: str) -> str:
    return html('<p class="hint" role="status">{{ text }}</p>', text=text)


def _status(texts: Words, done: Sequence[LinkedRow], total: int) -> str:
    bad = [row for row in done if row.result is None]
    said = texts["batch_status"].format(done=len(done), total=total, bad=len(bad))
    if len(_rows(texts, done)) == MOST_LINES:
        said += texts["stop"] + texts["batch_shown"].format(most=MOST_LINES)
    bar = '<progress max="{{ total }}" value="{{ done }}" aria-label="{{ said }}"></progress>'
    return _line(said) + html(bar, total=total, done=len(done), said=said)


def _problem(text: str) -> str:
    return html('<p class="notice" role="alert">{{ text }}</p>', text=text)


def _table(texts: Words, done: Sequence[LinkedRow]) -> Any:
    return gr.update(value=_rows(texts, done), visible=True)


def _rows(texts: Words, done: Sequence[LinkedRow]) -> list[list[str]]:
    """Lines of the table, first those with a problem, then a line for each candidate."""
    bad = [
        [str(row.number), row.mention, *[""] * 6, translated(row.problem, texts["code"])]
        for row in done
        if row.result is None
    ]
    good = [
        [
            str(row.number),
            row.mention,
            str(c.rank),
            c.entity.name,
            c.entity.id,
            f"{c.score:.2f}",
            f"{c.probability:.3f}",
            _confidence(texts, row.result),
            "",
        ]
        for row in done[:MOST_LINES]
        if row.result is not None
        for c in row.result.candidates
    ]
    return (bad + good)[:MOST_LINES]


def _confidence(texts: Words, result: LinkResult) -> str:
    """The band of an answer; of a model without bands whether no entity is sure enough, and nothing
    where it has no threshold for that."""
    if result.band is not None:
        return texts[f"band_{result.band.name}"]
    return texts["batch_doubt"] if result.doubt is not None and result.doubt.nil else ""


def _files(done: Sequence[LinkedRow]) -> Any:
    files = [
        offer("linked.csv", as_csv(done).encode("utf-8-sig")),
        offer("linked.jsonl", as_jsonl(done).encode()),
    ]
    return gr.update(value=files, visible=True)
