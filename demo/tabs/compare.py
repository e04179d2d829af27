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
    options: dict[str, Any] = {
        "fn": _comparing(shell.linkers),
        "inputs": [shell.language, shell.linked, tables, second, scale, *weights],
        "outputs": [tables, case, boards],
        "concurrency_id": "link",
        "api_visibility": "private",
    }
    gr.on([tab.select, second.input], **options)
    _follow(shell, options)
    gr.on(
        [weight.input for weight in weights] + [scale.input, shell.language.change],
        trigger_mode="always_last",
        show_progress="hidden",
        **options,
    )


def _comparing(linkers: Linkers) -> Callable[..., tuple[Tables | None, str, str]]:
    """The handler of all events: the scores of the case, its card, and the lists."""

    def draw(
        language: str,
        linked: Linked | None,
        tables: Tables | None,
        second: str,
        scale: str,
        *weights: float,
    ) -> tuple[Tables | None, str, str]:
        with notices(language) as texts:
            if linked is None:
                return None, "", render_compare.no_case(texts)
            tables = _tables(linkers, linked, second, tables)
            boards = _boards(texts, linkers, tables, weights, scale)
            return tables, render_compare.case_card(texts, linked.mention), boards

    return draw


def _follow(shell: Shell, options: dict[str, Any]) -> None:
    """Draws a case that is linked while the panel is open; otherwise the old one leaves it."""

    def follow(*inputs: Any) -> Any:
        *controls, is_open = inputs
        return options["fn"](*controls) if is_open else (None, "", "")

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


def _tables(linkers: Linkers, linked: Linked, second: str, before: Tables | None) -> Tables:
    """Those from before where they are of the same case, or what is computed now."""
    models = (linked.model, second) if second and second != linked.model else (linked.model,)
    if before is not None and (before.linked, before.models) == (linked, models):
        return before
    tables = []
    for model in models:
        linker = linkers.get(model, linked.kb)
        tables.append(UnitTable(linker.unit_scores(linked.mention), linker.temperature))
    return Tables(linked, models, tuple(tables))


def _boards(
    texts: Words, linkers: Linkers, tables: Tables, weights: tuple[float, ...], scale: str
) -> str:
    parts, firsts, linked = [], [], tables.linked
    for model, table in zip(tables.models, tables.tables, strict=True):
        linker = linkers.get(model, linked.kb)
        comparison = compare(table, weights, LISTED)
        entities = {row: linker.entity(row) for row in comparison.standings["total"]}
        firsts.append(comparison.order["total"])
        title = model if len(tables.models) > 1 else ""
        parts.append(render_compare.board(texts, comparison, entities, scale, linked.gold, title))
    note = texts[f"scale_{scale}_note"]
    return render_compare.boards(texts, parts, note, overlap(*firsts) if len(firsts) > 1 else None)
