"""The page: what stands above the tabs, and the panels in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from analysis.browse.records import Results
from demo import endpoints
from demo.examples import Example
from demo.handlers.explain import Explaining
from demo.html import page as render
from demo.linkers import Linkers
from demo.messages import translated
from demo.own_kbs import OwnKbs
from demo.scripts import OPEN_TAB, TELL_EDITS, TELL_LANGUAGE
from demo.server import uploads
from demo.shell import Phrases, Shell
from demo.tabs import cases as tray
from demo.tabs import compare as compare_panel
from demo.tabs import explain as explain_panel
from demo.tabs import keeping
from demo.tabs import link as link_panel
from demo.tabs import own as own_panel
from demo.tabs import results as results_panel
from demo.tabs import table as batch
from demo.tabs import text as text_panel
from demo.tabs import whatif as whatif_panel
from demo.texts import preferred, words
from mimic.errors import InputError

#: Key of a tab's label, and also its id -> what draws it, in the order of the tabs.
PANELS: dict[str, Callable[[Shell, gr.Tab], None]] = {
    "tab_link": link_panel.build,
    "tab_text": text_panel.build,
    "tab_explain": explain_panel.build,
    "tab_compare": compare_panel.build,
    "tab_whatif": whatif_panel.build,
    "tab_cases": tray.build,
    "tab_batch": batch.build,
    "tab_results": results_panel.build,
    "tab_own": own_panel.build,
}


def build_page(
    linkers: Linkers,
    examples: Sequence[Example] = (),
    own: OwnKbs | None = None,
    corrections: Path | None = None,
    results: Results | None = None,
) -> gr.Blocks:
    """The whole page.

    Args:
        linkers: what answers; may still be loading when the page opens.
        own: knowledge bases of visitors; without it they bring none.
        corrections: a gold table that they may add to.
        results: of a split, to be browsed.
    """
    texts = words()
    title = f"{texts['title']}: {texts['subtitle']}"
    with gr.Blocks(title=title, fill_width=True, delete_cache=(3600, 86400)) as page:
        uploads.guard(page)
        header = gr.HTML(render.header(texts, None), apply_default_css=False, elem_id="header")
        shell = replace(_shell(linkers, examples, own), corrections=corrections, results=results)
        with gr.Tabs(elem_id="tabs"):
            for key, build in PANELS.items():
                if key == "tab_own" and own is None or key == "tab_results" and results is None:
                    continue
                with gr.Tab(id=key, elem_id=key) as tab:
                    shell.phrases.say(tab, label=key)
                    build(shell, tab)
        _show_status(_switch_language(page, shell), header, shell)
        endpoints.build(linkers, shell.explaining)
        _free_on_leaving(page, shell)
        for script in (TELL_EDITS, OPEN_TAB):
            page.load(None, js=script, api_visibility="private")
    return page


def _shell(linkers: Linkers, examples: Sequence[Example], own: OwnKbs | None) -> Shell:
    phrases = Phrases()
    with gr.Row(elem_id="choices"):
        model = gr.Dropdown(
            list(linkers.models),
            value=linkers.models[0],
            visible=len(linkers.models) > 1,
            elem_id="model",
        )
        kb = gr.Dropdown(
            list(linkers.kbs), value=linkers.kbs[0], visible=len(linkers.kbs) > 1, elem_id="kb"
        )
        language = gr.Radio(
            [("English", "en"), ("中文", "zh")],
            value="en",
            show_label=False,
            container=False,
            elem_id="language",
        )
    phrases.say(model, label="model")
    phrases.say(kb, label="kb")
    phrases.say(language, label="language")
    states = (gr.State(None), gr.State(0), gr.State(()), gr.State(""), gr.State(None))
    explaining, taken, opened = Explaining(linkers), gr.State(None), gr.State(None)
    return Shell(
        linkers, explaining, tuple(examples), phrases, language, model, kb, *states, taken,
        opened, own, keeping.memory(),
    )  # fmt: skip


def _free_on_leaving(page: gr.Blocks, shell: Shell) -> None:
    """A page that is closed ends its explanation; Gradio ends a table between two rows itself."""

    def left(visitor: gr.Request) -> None:
        name = str(visitor.session_hash or "")
        shell.explaining.runs.stop(name)
        if shell.own is not None:
            shell.own.leave(name)

    page.unload(left)


def _show_status(spoken: Dependency, header: gr.HTML, shell: Shell) -> None:
    """Names model, knowledge base and device in the header as soon as they are known.

    Args:
        spoken: what sets the language when the page is opened; before it nothing is said, so that
            no late answer in another language stays.
    """

    def status(language: str, model: str, kb: str) -> Iterator[str]:
        texts, loading = words(language), shell.linkers.loading(model, kb)
        while not loading.wait(0.5):
            yield render.header(texts, None)
        try:
            yield render.header(texts, loading.linker())
        except InputError as error:
            yield render.header(texts, None, failure=translated(str(error), language))

    options: dict[str, Any] = {
        "fn": status,
        "inputs": [shell.language, shell.model, shell.kb],
        "outputs": header,
        "show_progress": "hidden",
        "concurrency_limit": None,
        "api_visibility": "private",
    }
    opened = spoken.then(**options)
    later = [shell.language.input, shell.model.input, shell.kb.change]  # a built one is chosen, too
    gr.on(later, trigger_mode="always_last", cancels=opened, **options)


def _switch_language(page: gr.Blocks, shell: Shell) -> Dependency:
    """The browser's language at first, which is returned, and then the one that is chosen."""

    def first(request: gr.Request) -> str:
        return preferred(
            request.query_params.get("lang") or request.headers.get("accept-language", "")
        )

    def wanted(request: gr.Request) -> dict[str, str] | None:
        """`?example=3` opens the third example, `?sentence=...` a case; a number that is none
        opens the page as it is."""
        query = dict(request.query_params)
        number = query.get("example", "")
        known = number.isdecimal() and 1 <= int(number) <= len(shell.examples)
        return query if known or "sentence" in query else None

    quiet: dict[str, Any] = {
        "show_progress": "hidden", "queue": False, "api_visibility": "private"
    }  # fmt: skip
    opened = page.load(first, None, shell.language, **quiet)
    opened.then(
        # a state that changes outside the queue tells nobody
        wanted,
        None,
        shell.wanted,
        **{**quiet, "queue": True},
    )
    shell.language.change(
        shell.phrases.updates,
        shell.language,
        shell.phrases.components(),
        **quiet,
    ).then(
        None,
        shell.language,
        js=TELL_LANGUAGE,
        api_visibility="private",
    )
    return opened
