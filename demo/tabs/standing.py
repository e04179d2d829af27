"""Below the list: where an entity stands that is not in it, and the way to why."""

from __future__ import annotations

from typing import Any

import gradio as gr

from demo.entity_box import SWIFT, entity_box
from demo.handlers import entities as handlers
from demo.handlers.link import Linked
from demo.html import standing as render
from demo.scripts import PICK, REVEAL, TO_TABS
from demo.shell import Shell, notices


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the box and what it answers, which is there as soon as something is linked."""
    with gr.Column(elem_id="where", visible=False) as where:
        box = entity_box(shell, "where-entity", "entity_search", "entity_search_info")
        view = gr.HTML(js_on_load=PICK, apply_default_css=False, elem_id="standing")
    shell.linked.change(
        lambda linked: gr.update(visible=linked is not None), shell.linked, where, **SWIFT
    )

    def draw(language: str, linked: Linked | None, key: str) -> str:
        if linked is None or not key:
            return ""
        with notices(language) as texts:
            linker = shell.linkers.get(linked.model, linked.kb)
            first, asked = handlers.standing(linker, linked.mention, key)
            usual = linked.result.usual_gates
            return render.standing(texts, first, asked, linker.entities, usual)

    drawing: dict[str, Any] = {
        "fn": draw,
        "inputs": [shell.language, shell.linked, box.key],
        "outputs": view,
        "concurrency_id": "link",
        "trigger_mode": "always_last",
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    gr.on([shell.linked.change, shell.language.change], **drawing)
    box.key.change(**drawing).then(
        None, js=REVEAL % "#standing .standing", api_visibility="private"
    )
    _explain_margin(shell, tab, view, box.key)


def _explain_margin(shell: Shell, tab: gr.Tab, view: gr.HTML, key: gr.State) -> None:
    """The first entity against this one, in the tab that explains."""
    opened: Any = view.select(lambda key: (0, key), key, [shell.chosen, shell.opponent], **SWIFT)
    opened.then(lambda: gr.Tabs(selected="tab_explain"), None, tab.parent, **SWIFT).then(
        None, js=TO_TABS, api_visibility="private"
    )
