"""The panel of results: every mention of a split as one or two models answered it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from analysis.browse.export import FORMS, exported
from analysis.browse.filters import Filter, choices, filtered
from analysis.browse.records import Results
from demo.explain_script import TAKE_FILE
from demo.handlers.results import OpenedMention, ShownPage, cause_name, shown_page
from demo.html.table import results_page
from demo.scripts import PICK, SAY, TO_TABS
from demo.server.downloads import offer
from demo.shell import QUIET, Shell, notices
from demo.tabs import correcting
from demo.texts import Words, words

_FILTERS = ("cause", "group", "unit", "change")


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    filters: list[Any]
    number: gr.State
    view: gr.HTML
    before: gr.Button
    after: gr.Button

    def inputs(self, shell: Shell) -> list[Any]:
        return [shell.language, *self.filters, self.number]

    def outputs(self) -> list[Any]:
        return [self.view, self.number, self.before, self.after]


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it; there is one where the server was started with results."""
    assert shell.results is not None
    parts = _lay_out(shell, shell.results)
    _turn(parts, shell, shell.results, tab)
    _open_rows(parts, shell, shell.results, tab)
    if shell.corrections is not None:
        correcting.listen(shell, shell.corrections, parts.view, shell.results)


def _lay_out(shell: Shell, results: Results) -> Parts:
    say, counted = shell.phrases.say, choices(results)
    with gr.Row(elem_id="results-filters"):
        filters: list[Any] = []
        for name in _FILTERS:
            drop = gr.Dropdown(
                _choices(words(), name, counted[name]),
                value="",
                filterable=False,
                visible=bool(counted[name]),
                elem_id=f"results-{name}",
            )
            say(drop, label=f"results_{name}", choices=partial(_named, name, counted[name]))
            filters.append(drop)
        filters.append(gr.Textbox(max_lines=1, elem_id="results-text"))
        say(filters[-1], label="results_text")
    with gr.Row(elem_id="results-buttons"):
        before = gr.Button(size="sm", interactive=False, elem_id="results-before")
        after = gr.Button(size="sm", elem_id="results-after")
        file = gr.DownloadButton(elem_id="results-file", visible="hidden")
        for form in FORMS:
            button = gr.Button(size="sm", elem_id=f"results-{form}")
            say(button, value=f"results_{form}")
            _save(button, file, form, filters, shell, results)
    say(before, value="results_before")
    say(after, value="results_after")
    view = gr.HTML("", js_on_load=PICK + SAY, apply_default_css=False, elem_id="results")
    return Parts(filters, gr.State(1), view, before, after)


def _named(name: str, counts: dict[str, int], texts: Words) -> list[tuple[str, str]]:
    return _choices(texts, name, counts)


def _choices(texts: Words, name: str, counts: dict[str, int]) -> list[tuple[str, str]]:
    """What a filter can be, with how many mentions."""
    plain: dict[str, Callable[[str], str]] = {"unit": str.upper, "group": str}
    named = plain.get(name, partial(cause_name, texts))
    return [(texts["results_all"], "")] + [(f"{named(k)} ({n:,})", k) for k, n in counts.items()]


def _turn(parts: Parts, shell: Shell, results: Results, tab: gr.Tab) -> None:
    """A filter begins at the first page; a button turns one."""

    def turn(step: int | None, language: str, *asked: Any) -> list[Any]:
        *wanted, number = asked
        with notices(language) as texts:
            page = shown_page(results, Filter(*wanted), 1 if step is None else number + step)
            return _drawn(texts, page, results, shell.corrections is not None)

    options: dict[str, Any] = {"trigger_mode": "always_last", **QUIET}
    for step, events in (
        (None, [part.change for part in parts.filters[:-1]] + [parts.filters[-1].submit]),
        (0, [tab.select, shell.language.change]),
        (-1, [parts.before.click]),
        (1, [parts.after.click]),
    ):
        gr.on(events, partial(turn, step), parts.inputs(shell), parts.outputs(), **options)


def _drawn(texts: Words, page: ShownPage, results: Results, correct: bool) -> list[Any]:
    return [
        results_page(texts, page, results.models, correct),
        page.number,
        gr.Button(interactive=page.number > 1),
        gr.Button(interactive=page.number < page.pages),
    ]


def _save(
    button: gr.Button,
    file: gr.DownloadButton,
    form: str,
    filters: list[Any],
    shell: Shell,
    results: Results,
) -> None:
    """What the filter shows as a file, made when it is asked for."""

    def save(language: str, *wanted: str) -> Any:
        with notices(language):
            data = exported(results, filtered(results, Filter(*wanted)), form)
            return gr.DownloadButton(value=offer(f"{results.split}.{form}", data))

    button.click(save, [shell.language, *filters], file, api_visibility="private").success(
        None, js=TAKE_FILE % "results-file", **QUIET
    )


def _open_rows(parts: Parts, shell: Shell, results: Results, tab: gr.Tab) -> None:
    """A mention's button fills Link's fields with it, links it, and shows that tab."""

    def opened(event: gr.SelectData) -> Any:
        if not 0 <= event.index < len(results.mentions):
            return gr.skip(), gr.skip()
        seen = results.mentions[event.index]
        chosen = OpenedMention(seen.mention, seen.gold, time.monotonic())
        return chosen, gr.Tabs(selected="tab_link")

    tabs = tab.parent
    assert isinstance(tabs, gr.Tabs)
    chosen = parts.view.select(opened, None, [shell.opened, tabs], **QUIET)
    chosen.then(None, js=TO_TABS, api_visibility="private")
