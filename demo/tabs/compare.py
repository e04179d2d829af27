"""The panel that compares the units: four ranked lists, weights, and a second model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from analysis.compare import SCALES, UnitTable, compare, overlap
from demo.handlers.link import Linked
from demo.html import compare as render_compare
from demo.linkers import Linkers
from demo.scripts import FOLLOW, WITH_OPEN
from demo.shell import Shell, notices, slider
from demo.texts import Words
from mimic.schema import UNITS

LISTED = 10


@dataclass(frozen=True)
class Tables:
    """The scores of one case by one model, or by two; new weights rank these again.

    Attributes:
        models: names, in the order of `tables`.
    """

    linked: Linked
    models: tuple[str, ...]
    tables: tuple[UnitTable, ...]


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    say = shell.phrases.say
    case = gr.HTML(apply_default_css=False, elem_id="compare-case")
    with gr.Row(elem_id="compare-controls"):
        weights = [slider(0, 1, value=1, step=0.05, elem_id=f"weight-{unit}") for unit in UNITS]
        scale = gr.Radio(list(SCALES), value="z", elem_id="scale")
        second = gr.Dropdown(visible=len(shell.linkers.models) > 1, elem_id="second")
    boards = gr.HTML(js_on_load=FOLLOW, apply_default_css=False, elem_id="boards")
    for unit, weight in zip(UNITS, weights, strict=True):
        say(weight, label=partial(_weight, unit))
    say(scale, label="scale", choices=_scales)
    say(
        second,
        label="second_model",
        choices=lambda texts: [(texts["second_none"], ""), *((m, m) for m in shell.linkers.models)],
    )
    tables = gr.State(None, time_to_live=3600)
    controls = [shell.language, shell.linked, tables, second, scale, *weights]

    def draw(
        language: str,
        linked: Linked | None,
        known: Tables | None,
        beside: str,
        shown_as: str,
        *chosen: float,
    ) -> tuple[Tables | None, str, str]:
        with notices(language) as texts:
            if linked is None:
                return None, "", render_compare.no_case(texts)
            known = _tables(shell.linkers, linked, beside, known)
            shown = _boards(texts, shell.linkers, known, chosen, shown_as)
            return known, render_compare.case_card(texts, linked.mention), shown

    options: dict[str, Any] = {
        "fn": draw,
        "inputs": controls,
        "outputs": [tables, case, boards],
        "concurrency_id": "link",
        "api_visibility": "private",
    }
    gr.on([tab.select, second.input], **options)
    _follow(shell, draw, options)
    gr.on(
        [weight.input for weight in weights] + [scale.input, shell.language.change],
        trigger_mode="always_last",
        show_progress="hidden",
        **options,
    )


def _follow(shell: Shell, draw: Callable[..., Any], options: dict[str, Any]) -> None:
    """Draws a case that is linked while the panel is open; otherwise the old one leaves it."""

    def follow(*inputs: Any) -> Any:
        *controls, is_open = inputs
        return draw(*controls) if is_open else (None, "", "")

    is_open = gr.Checkbox(False, visible="hidden")
    shell.linked.change(
        **options | {"fn": follow, "inputs": [*options["inputs"], is_open]},
        js=WITH_OPEN % "#tab_compare",
        trigger_mode="always_last",
    )


def _weight(unit: str, texts: Words) -> str:
    return texts["weight_of"].format(unit=texts[unit])


def _scales(texts: Words) -> list[tuple[str, str]]:
    return [(texts[f"scale_{name}"], name) for name in SCALES]


def _tables(linkers: Linkers, linked: Linked, second: str, known: Tables | None) -> Tables:
    """What is known of the case already, or is computed now."""
    models = (linked.model, second) if second and second != linked.model else (linked.model,)
    if known is not None and (known.linked, known.models) == (linked, models):
        return known
    tables = []
    for model in models:
        linker = linkers.get(model, linked.kb)
        tables.append(UnitTable(linker.unit_scores(linked.mention), linker.temperature))
    return Tables(linked, models, tuple(tables))


def _boards(
    texts: Words, linkers: Linkers, known: Tables, weights: tuple[float, ...], scale: str
) -> str:
    parts, firsts = [], []
    for model, table in zip(known.models, known.tables, strict=True):
        linker = linkers.get(model, known.linked.kb)
        found = compare(table, weights, LISTED)
        entities = {row: linker.entity(row) for row in found.standings["total"]}
        firsts.append(found.order["total"])
        title = model if len(known.models) > 1 else ""
        parts.append(render_compare.board(texts, found, entities, scale, known.linked.gold, title))
    note = texts[f"scale_{scale}_note"]
    return render_compare.boards(texts, parts, note, overlap(*firsts) if len(firsts) > 1 else None)
