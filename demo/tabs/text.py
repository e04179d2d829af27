"""The panel that links a whole text: its mentions marked in it, and what each leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component

from analysis.markup import html
from demo.candidate_fields import candidate_fields
from demo.handlers.annotated import Annotated, Ask, annotate, file_text
from demo.handlers.link import Linked, chosen_restriction, whole_number
from demo.handlers.samples import text_sample
from demo.handlers.text import MOST_TEXT
from demo.html.take import take_along
from demo.html.text import annotated_text, mention_ranking
from demo.messages import translated
from demo.scripts import COPY, PICK, TO_TABS
from demo.server.downloads import offer
from demo.server.gate import step
from demo.shell import QUIET, Shell, failure, notices, slider
from demo.tabs import correcting
from demo.tabs.keeping import keep_button
from demo.text_script import AFTER, MARKS, STALE
from demo.texts import Words, words
from mimic.errors import InputError

MOST_LISTED = 20
#: Tabs that a mention leads to.
LEADS = ("tab_link", "tab_explain", "tab_compare", "tab_whatif")


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    text: gr.Textbox
    file: gr.File
    images: gr.File
    k: gr.Slider
    candidates: gr.Radio
    types: gr.Textbox
    sample: gr.Button
    run: gr.Button
    cancel: gr.Button
    problem: gr.HTML
    status: gr.HTML
    view: gr.HTML
    ranking: gr.HTML
    leads: gr.Column
    links: tuple[gr.Button, ...]
    whole: gr.HTML
    export: gr.Row
    write: gr.Button
    files: gr.File
    shown: gr.State

    def asked(self, shell: Shell) -> list[Component]:
        """What a text is linked from, in the order of the handler's parameters."""
        fields = [self.text, self.images, self.k, self.candidates, self.types]
        return [shell.language, shell.model, shell.kb, *fields]

    def drawn(self) -> list[Any]:
        """What shows an annotated text, in the order of `_drawing`."""
        return [
            self.shown, self.view, self.ranking, self.leads, self.whole, self.export, self.files
        ]  # fmt: skip


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell, tab)
    _take_file(parts, shell)
    _link_on_click(parts, shell)
    _change_mentions(parts, shell)
    _lead_on(parts, shell, tab)
    _export(parts, shell)
    _follow(parts, shell)


def _lay_out(shell: Shell, tab: gr.Tab) -> Parts:
    say, texts = shell.phrases.say, words()
    say(
        gr.Markdown(elem_id="text-lead"),
        value=lambda texts: texts["text_lead"].format(characters=f"{MOST_TEXT:,}"),
    )
    with gr.Row(elem_id="text-inputs"):
        text = gr.Textbox(lines=6, max_lines=12, elem_id="text-field")
        with gr.Column(elem_id="text-files-in"):
            file = gr.File(file_types=[".txt", ".md"], height=124, elem_id="text-file")
            images = gr.File(
                file_types=["image"],
                file_count="multiple",
                allow_reordering=True,
                height=124,
                elem_id="text-images",
            )
        with gr.Column(elem_id="text-options"):
            k = slider(1, MOST_LISTED, value=10, step=1, elem_id="text-k")
            candidates, types = candidate_fields(shell, "text")
            sample = gr.Button(elem_id="text-sample")
            run = gr.Button(variant="primary", elem_id="text-run")
            cancel = gr.Button(visible=False, elem_id="text-cancel")
            problem = gr.HTML("", apply_default_css=False, elem_id="text-problem")
    status = gr.HTML("", apply_default_css=False, min_height=0, elem_id="text-status")
    with gr.Row(elem_id="text-work"):
        with gr.Column(elem_id="text-marked"):
            view = gr.HTML(
                annotated_text(texts, None),
                js_on_load=MARKS,
                apply_default_css=False,
                elem_id="text-view",
            )
            with gr.Row(visible=False, elem_id="text-export") as export:
                write = gr.Button(elem_id="text-write")
                files = gr.File(interactive=False, visible=False, elem_id="text-files")
        with gr.Column(elem_id="text-mention"):
            with gr.Column(visible=False, elem_id="text-case") as leads:
                with gr.Row(elem_id="text-leads"):
                    links = tuple(gr.Button(size="sm", elem_id=f"text-{key}") for key in LEADS)
                    keep_button(shell, tab, "text")
                if shell.corrections is not None:
                    correcting.build(shell, shell.corrections, "text")
            whole = gr.HTML("", apply_default_css=False, visible=False, elem_id="text-whole")
            ranking = gr.HTML(
                "", js_on_load=PICK + COPY, apply_default_css=False, elem_id="text-ranking"
            )
    say(text, label="text_field", placeholder="text_hint")
    say(file, label="text_file")
    say(images, label="text_images")
    say(k, label="text_k")
    say(sample, value="text_sample")
    say(run, value="text_run")
    say(cancel, value="text_cancel")
    for key, link in zip(LEADS, links, strict=True):
        say(link, value=key)
    say(whole, value=lambda texts: _line(texts["text_whole"]))
    say(write, value="text_export")
    say(files, label="text_files")
    shown = gr.State(None, time_to_live=3600)
    return Parts(
        text, file, images, k, candidates, types, sample, run, cancel, problem, status, view,
        ranking, leads, links, whole, export, write, files, shown,
    )  # fmt: skip


def _take_file(parts: Parts, shell: Shell) -> None:
    """A file that is dropped fills the field."""

    def read(language: str, file: str | None) -> tuple[Any, str]:
        try:
            return (gr.skip() if file is None else file_text(Path(file))), ""
        except InputError as error:
            return gr.skip(), _problem(error, language)

    parts.file.upload(
        read, [shell.language, parts.file], [parts.text, parts.problem], **QUIET
    ).then(None, js=STALE % "yes", api_visibility="private")
    gr.on(
        [parts.text.input, parts.images.change],
        None,
        js=STALE % "yes",
        trigger_mode="multiple",
        api_visibility="private",
    )


def _link_on_click(parts: Parts, shell: Shell) -> None:
    """One press links the text of the field; the sample fills it first. The cancel button is there
    only meanwhile."""
    switches = [parts.run, parts.cancel]

    def begin() -> tuple[Any, Any]:
        return gr.update(visible=False), gr.update(visible=True)

    def end() -> tuple[Any, Any]:
        return gr.update(visible=True), gr.update(visible=False)

    def fill() -> tuple[str, list[str]]:
        text, picture = text_sample(shell.examples)
        return text, [] if picture is None else [offer(picture.name, picture.read_bytes())]

    runs = []
    filled = parts.sample.click(fill, None, [parts.text, parts.images], **QUIET)
    for begun in (
        parts.run.click(begin, None, switches, queue=False, **QUIET),
        filled.success(begin, None, switches, queue=False, **QUIET),
    ):
        running = begun.then(
            _linking(shell),
            parts.asked(shell),
            [parts.problem, parts.status, *parts.drawn()],
            concurrency_id="text",
            show_progress="full",
            show_progress_on=parts.status,
            api_visibility="private",
        )
        running.then(end, None, switches, queue=False, **QUIET)
        running.success(None, js=STALE % "", api_visibility="private")
        runs.append(running)
    parts.cancel.click(
        lambda language: (*end(), _line(words(language)["text_cancelled"])),
        shell.language,
        [*switches, parts.status],
        cancels=runs,
        queue=False,
        **QUIET,
    )


def _linking(shell: Shell) -> Callable[..., list[Any]]:
    """The handler of the button. What is wrong with the text stays beside it."""

    def run(
        language: str,
        model: str,
        kb: str,
        text: str,
        images: list[str] | None,
        k: float,
        candidates: str,
        types: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> list[Any]:
        with notices(language) as texts:

            def told(done: int, total: int) -> None:
                step()
                progress((done, total), desc=texts["text_progress"], unit="")

            try:
                only = chosen_restriction(candidates, types)
                pictures = tuple(map(Path, images or ()))
                ask = Ask(pictures, whole_number(k, "k"), only, model, kb)
                annotated = annotate(shell.linkers.get(model, kb), ask, text, told)
            except InputError as error:
                return [_problem(error, language), "", *[gr.skip()] * 7]
            return ["", "", *_drawing(texts, annotated)]

    return run


def _drawing(texts: Words, annotated: Annotated, row: int = 0) -> list[Any]:
    """What shows an annotated text, in the order of `Parts.drawn`."""
    case = annotated.case
    return [
        annotated,
        annotated_text(texts, annotated),
        _ranking(texts, annotated, row),
        gr.update(visible=case is not None),
        gr.update(visible=case is not None and not annotated.ask.only.is_open),
        gr.update(visible=True),
        gr.update(visible=False),
    ]


def _ranking(texts: Words, annotated: Annotated | None, row: int) -> str:
    case = None if annotated is None else annotated.case
    take = "" if case is None else take_along(texts, case)
    return mention_ranking(texts, annotated, row, take)


def _change_mentions(parts: Parts, shell: Shell) -> None:
    """A mention is looked at, added, moved or dropped; one that is looked at becomes the case of
    all tabs."""

    def act(language: str, shown: Annotated | None, event: gr.SelectData) -> list[Any]:
        if shown is None:
            return [gr.skip()] * 11
        with notices(language) as texts:
            after = _after(texts, shell, shown, event.index, str(event.value))
            case = after.case
            kept = [gr.skip()] * 4 if case is None else [case, 0, (), case]
            return [*_drawing(texts, after), *kept]

    states = [shell.linked, shell.chosen, shell.what_ifs, shell.taken]
    parts.view.select(
        act,
        [shell.language, parts.shown],
        [*parts.drawn(), *states],
        concurrency_id="link",
        show_progress="hidden",
        api_visibility="private",
    ).then(None, js=AFTER, api_visibility="private")

    def choose(shown: Annotated | None, event: gr.SelectData) -> Any:
        case = None if shown is None else shown.case
        there = case is not None and 0 <= event.index < len(case.result.candidates)
        return event.index if there else gr.skip()

    parts.ranking.select(choose, parts.shown, shell.chosen, **QUIET)


def _after(texts: Words, shell: Shell, shown: Annotated, where: Any, action: str) -> Annotated:
    """The annotated text after what was pressed in it."""
    linker = shell.linkers.get(shown.ask.model, shown.ask.kb)
    if action in ("add", "move"):
        if not isinstance(where, list) or len(where) != 2:
            raise failure(texts, texts["text_gone"])
        start, end = (whole_number(offset, "an offset") for offset in where)
        return shown.add(linker, (start, end), shown.chosen if action == "move" else None)
    if action not in ("choose", "drop"):
        return shown.stretch(linker, action)
    place = whole_number(where, "an offset")
    if place < 0:
        place = -1 if shown.chosen is None else shown.chosen
    return shown.choose(place) if action == "choose" else shown.drop(place)


def _lead_on(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """The tabs that show more of the mention, which is their case already."""
    for key, link in zip(LEADS, parts.links, strict=True):
        opened = link.click(
            lambda key=key: gr.Tabs(selected=key), None, tab.parent, queue=False, **QUIET
        )
        opened.then(None, js=TO_TABS, api_visibility="private")


def _export(parts: Parts, shell: Shell) -> None:
    """The annotations as files of every format."""

    def write(language: str, shown: Annotated | None) -> Any:
        if shown is None:
            return gr.skip()
        with notices(language):
            files = [offer(name, data) for name, data in shown.files().items()]
            return gr.update(value=files, visible=True)

    parts.write.click(
        write,
        [shell.language, parts.shown],
        parts.files,
        show_progress="minimal",
        api_visibility="private",
    )


def _follow(parts: Parts, shell: Shell) -> None:
    """A case of another tab takes the place of the mention, and the language may change."""

    def other(language: str, shown: Annotated | None, linked: Linked | None) -> list[Any]:
        if shown is None or shown.chosen is None or linked == shown.case:
            return [gr.skip()] * 8
        return [*_drawing(words(language), shown.release()), None]

    shell.linked.change(
        other,
        [shell.language, parts.shown, shell.linked],
        [*parts.drawn(), shell.taken],
        queue=False,
        **QUIET,
    )
    shell.language.change(
        lambda language, shown, row: (
            annotated_text(words(language), shown),
            _ranking(words(language), shown, row),
        ),
        [shell.language, parts.shown, shell.chosen],
        [parts.view, parts.ranking],
        queue=False,
        **QUIET,
    )


def _line(text: str) -> str:
    return html('<p class="hint" role="status">{{ text }}</p>', text=text)


def _problem(error: InputError, language: str) -> str:
    said = translated(str(error), language)
    return html('<p class="notice" role="alert">{{ text }}</p>', text=said)
