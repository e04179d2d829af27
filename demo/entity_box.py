"""The box that finds an entity of the knowledge base as somebody types; the same in every tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from demo.handlers.link import Linked
from demo.html import standing as render
from demo.messages import translated
from demo.scripts import ENTITY_KEYS, PICK
from demo.shell import QUIET, Shell
from demo.texts import Words, words
from mimic.errors import InputError
from mimic.schema import Entity

LISTED = 8
#: Of events that wait for nobody; queued: a state that changes outside the queue tells nobody.
SWIFT: dict[str, Any] = {
    "show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None
}  # fmt: skip


@dataclass(frozen=True)
class EntityBox:
    """The components of a box.

    Attributes:
        key: identifier of the chosen entity, `""` for none; whoever sets it has it drawn, and it
            tells of a choice by `change`.
    """

    key: gr.State
    query: gr.Textbox
    found: gr.HTML


def entity_box(
    shell: Shell,
    name: str,
    label: str,
    info: str,
    hint: str = "entity_hint",
    key: gr.State | None = None,
) -> EntityBox:
    """Draws and wires a box.

    Args:
        name: `elem_id` of the whole.
        label, info, hint: keys of its texts.
        key: where the choice goes, when it is there already.
    """
    with gr.Column(elem_id=name, elem_classes="entity-box", min_width=200):
        query = gr.Textbox("", max_lines=1, elem_id=f"{name}-query")
        found = gr.HTML(
            js_on_load=PICK + ENTITY_KEYS, apply_default_css=False, elem_id=f"{name}-found"
        )
    shell.phrases.say(query, label=label, info=info, placeholder=hint)
    box = EntityBox(gr.State("") if key is None else key, query, found)
    _search(box, shell)
    _choose(box, shell)
    _draw(box, shell)
    return box


def _search(box: EntityBox, shell: Shell) -> None:
    """The entities that fit, with every letter."""

    def search(language: str, model: str, kb: str, linked: Linked | None, query: str) -> str:
        texts = words(language)
        if not (query or "").strip():
            return _listed(texts, linked)
        try:
            linker = shell.linkers.get(*_pair(model, kb, linked))
            if found := linker.search(query, LISTED):
                return render.rows(texts, found)
            nearest = linker.nearest(query)
        except InputError as error:
            return render.rows(texts, (), translated(str(error), language))
        key = "entity_nearest" if nearest else "entity_none"
        return render.rows(texts, nearest, texts[key].format(name=query.strip()))

    inputs = [shell.language, shell.model, shell.kb, shell.linked, box.query]
    box.query.input(search, inputs, box.found, trigger_mode="always_last", queue=False, **QUIET)


def _listed(texts: Words, linked: Linked | None) -> str:
    """Before anything is typed the entities that the case lists are offered."""
    listed = linked.result.candidates[:LISTED] if linked else ()
    return render.rows(texts, [candidate.entity for candidate in listed])


def _choose(box: EntityBox, shell: Shell) -> None:
    """A click on a row, or Enter for the first one that fits; the cross takes the choice away."""

    def choose(event: gr.SelectData) -> str:
        return str(event.value)

    def first(model: str, kb: str, linked: Linked | None, query: str) -> Any:
        try:
            found = shell.linkers.get(*_pair(model, kb, linked)).search(query, 1)
        except InputError:  # the search says what is wrong
            return gr.skip()
        return found[0].id if found else gr.skip()

    box.found.select(choose, None, box.key, **SWIFT)
    inputs = [shell.model, shell.kb, shell.linked, box.query]
    box.query.submit(first, inputs, box.key, **SWIFT)


def _draw(box: EntityBox, shell: Shell) -> None:
    """The chosen entity in place of the field."""

    def draw(
        language: str, model: str, kb: str, linked: Linked | None, query: str, key: str
    ) -> tuple[Any, Any]:
        if not key and (query or "").strip():  # somebody is typing
            return gr.update(visible=True), gr.skip()
        if not key:
            return gr.update(visible=True), _listed(words(language), linked)
        try:
            entity = shell.linkers.get(*_pair(model, kb, linked)).entity_by_id(key)
        except InputError:  # of another knowledge base: it is shown by its id
            entity = Entity(key, key, "")
        return gr.update(value="", visible=False), render.chosen(words(language), entity)

    gr.on(
        [box.key.change, shell.linked.change, shell.language.change],
        draw,
        [shell.language, shell.model, shell.kb, shell.linked, box.query, box.key],
        [box.query, box.found],
        **SWIFT,
    )


def _pair(model: str, kb: str, linked: Linked | None) -> tuple[str, str]:
    """What answers: that of the case at hand, or what links next."""
    return (linked.model, linked.kb) if linked else (model, kb)
