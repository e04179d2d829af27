"""The HTTP endpoints for programs: plain JSON in and out, the records of the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any
from weakref import WeakSet

import gradio as gr
from gradio.blocks import BlockFunction
from gradio.components import Component

from demo.handlers import cases as case_handlers
from demo.handlers import entities as entity_handlers
from demo.handlers import link as handlers
from demo.handlers.explain import Explaining
from demo.handlers.text import text_answer
from demo.linkers import Linkers
from demo.messages import translated
from demo.server.downloads import offer
from demo.server.fields import PICTURE, check_call, check_files
from demo.shell import picture
from demo.texts import preferred, words
from mimic.errors import InputError

log = logging.getLogger(__name__)


def build(linkers: Linkers, explaining: Explaining) -> None:
    """Adds what programs ask (`/link`, `/link_text`, `/explain`, ...) to the page, out of sight."""
    page = gr.context.Context.root_block
    assert page is not None  # or nothing could be added
    _read_with_words(page)
    with gr.Group(visible=False):
        _link(linkers)
        _link_text(linkers)
        _entities(linkers)
        _standing(linkers)
        _explain(explaining)
        _compare(linkers)
        _export(linkers)


def _read_with_words(page: gr.Blocks) -> None:
    """Says what is wrong with the values of a call; Gradio's own errors stay in the log."""
    read = page.preprocess_data

    async def checked(
        function: BlockFunction, values: list[Any], *rest: Any, **options: Any
    ) -> list[Any]:
        check_files(values)
        if function.api_visibility == "public":
            later = len(list(takewhile(LATER.__contains__, reversed(function.inputs))))
            needed = len(function.inputs) - later
            asked = function.inputs[: max(needed, len(values))]
            check_call(str(function.api_name), asked, values)
            values = [*values, *[None] * (len(function.inputs) - len(values))]
            values = [
                _absent(block, value) for block, value in zip(function.inputs, values, strict=True)
            ]
        try:
            return await read(function, values, *rest, **options)
        except gr.Error:
            raise
        except Exception:  # what has the right form and cannot be read is a file
            log.info("the values of a call cannot be read", exc_info=True)
            raise InputError(_unread(function)) from None

    page.preprocess_data = checked  # type: ignore[assignment, method-assign]


def _absent(block: Any, value: Any) -> Any:
    """Clients send an empty picture in several ways."""
    return (value or None) if isinstance(block, gr.Image) else value


def _unread(function: BlockFunction) -> str:
    """What is said of values that have the right form and cannot be read: of files."""
    if function.api_visibility == "public":
        pictures = [block.label for block in function.inputs if isinstance(block, gr.Image)]
        return PICTURE.format(", ".join(map(str, pictures)) or "a value")
    return "what was sent does not fit the page: open it again"


@contextmanager
def _as_errors(request: gr.Request | None) -> Iterator[None]:
    """What the caller can put right is said in words; the server's log has the rest.

    The words are those of the request's `Accept-Language`.
    """
    try:
        yield
    except InputError as error:
        said = translated(str(error), _language(request))
        raise gr.Error(said, print_exception=False) from None


def _language(request: gr.Request | None) -> str:
    """The language that a caller prefers."""
    return preferred(request.headers.get("accept-language", "") if request else "")


NUMBERS: dict[str, Any] = {"type": "array", "items": {"type": "number"}}
DETAILS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
OBJECT = {"type": "object"}
CANDIDATES: dict[str, Any] = {"anyOf": [{"type": "string"}, DETAILS]}
#: Fields that came later: calls of before end without them.
LATER: WeakSet[Component] = WeakSet()
CASES: dict[str, Any] = {"anyOf": [OBJECT, {"type": "array", "items": OBJECT}]}


def _json(label: str, schema: dict[str, Any]) -> gr.JSON:
    """A JSON parameter whose schema says what it takes.

    Gradio's own says `"type": {}`, which is none: a client of MCP refuses every call for it.
    """
    field = gr.JSON(None, label=label)
    field.api_info = lambda: schema  # type: ignore[method-assign]
    return field


def _mention() -> list[Component]:
    """The parameters that say what is linked."""
    return [
        picture(label="image"),
        gr.Textbox(label="sentence"),
        gr.Textbox(label="mention"),
        _json("span", NUMBERS),
    ]


def _k() -> Component:
    return gr.Number(10, precision=0, label="k")


def _pair() -> list[Component]:
    """The parameters that say which model and knowledge base answer."""
    return [gr.Textbox(None, label="model"), gr.Textbox(None, label="kb")]


def _link(linkers: Linkers) -> None:
    def link(
        image: str | None = None,
        sentence: str = "",
        mention: str = "",
        span: list[int] | None = None,
        k: float = 10,
        rank_by: str = "total",
        model: str | None = None,
        kb: str | None = None,
        candidates: str | list[str] | None = None,
        types: list[str] | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Ranks the knowledge base for one mention.

        `span`: character offsets [start, end). `rank_by`: total, tglu, vdlu or cmfu. `model` and
        `kb`: names as the page lists them; the first ones when left out. `candidates`: all, names
        (bearers of the name alone), or a list of identifiers; `types`: of the entities.
        """
        with _as_errors(request):
            linker = linkers.get(model, kb)
            return handlers.link_record(
                linker, image, sentence, mention, span, k, rank_by, candidates, types
            )

    rank_by = gr.Textbox("total", label="rank_by")
    inputs = [*_mention(), _k(), rank_by, *_pair(), *_restriction()]
    trigger, record = gr.Button(), gr.JSON(label="result")
    trigger.click(link, inputs, record, api_name="link", concurrency_id="link")


def _entities(linkers: Linkers) -> None:
    def entities(
        query: str = "", k: float = 10, kb: str | None = None, request: gr.Request | None = None
    ) -> list[dict[str, str]]:
        """The entities that are meant by what somebody types: a name, an alias or an id, or how
        one begins, best first.

        `kb`: the name of a knowledge base as the page lists it; the first one when left out.
        """
        with _as_errors(request):
            return entity_handlers.entities_record(linkers.get(kb=kb), query or "", k)

    inputs = [gr.Textbox("", label="query"), _k(), gr.Textbox(None, label="kb")]
    trigger, record = gr.Button(), gr.JSON(label="entities")
    trigger.click(entities, inputs, record, api_name="entities", concurrency_id="link")


def _standing(linkers: Linkers) -> None:
    def standing(
        image: str | None = None,
        sentence: str = "",
        mention: str = "",
        span: list[int] | None = None,
        model: str | None = None,
        kb: str | None = None,
        id: str = "",
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Where an entity stands for one mention, in the whole knowledge base, and why.

        `id`: of the entity, as /entities gives it; the rest as in /link. The first entity stands
        beside it under `first`.
        """
        with _as_errors(request):
            words_of = words(_language(request))
            return entity_handlers.standing_record(
                linkers.get(model, kb), words_of, image, sentence, mention, span, id or ""
            )

    inputs = [*_mention(), *_pair(), gr.Textbox("", label="id")]
    trigger, record = gr.Button(), gr.JSON(label="standing")
    trigger.click(standing, inputs, record, api_name="standing", concurrency_id="link")


def _restriction() -> list[Component]:
    """The parameters that say what is ranked; those who leave them out at the end may."""
    fields = [_json("candidates", CANDIDATES), _json("types", DETAILS)]
    for field in fields:
        LATER.add(field)
    return list(fields)


def _link_text(linkers: Linkers) -> None:
    def link_text(
        image: str | None = None,
        text: str = "",
        k: float = 10,
        candidates: str | list[str] | None = None,
        types: list[str] | None = None,
        mentions: list[dict[str, int]] | None = None,
        model: str | None = None,
        kb: str | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Finds the mentions of a text and links them all, beside one picture.

        `mentions`: {"start", "end"} in code points, instead of those that are found; the rest as
        in /link.
        """
        with _as_errors(request):
            linker = linkers.get(model, kb)
            return text_answer(linker, text, image, k, candidates, types, mentions)

    inputs = [
        picture(label="image"),
        gr.Textbox(label="text"),
        _k(),
        *_restriction(),
        _json("mentions", {"type": "array", "items": OBJECT}),
        *_pair(),
    ]
    trigger, record = gr.Button(), gr.JSON(label="result")
    trigger.click(link_text, inputs, record, api_name="link_text", concurrency_id="link")


def _explain(explaining: Explaining) -> None:
    def explain(
        image: str | None = None,
        sentence: str = "",
        mention: str = "",
        span: list[int] | None = None,
        entity: str = "",
        against: str = "",
        target: str = "total",
        method: str = "",
        model: str | None = None,
        kb: str | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Why a mention scores as it does with an entity (the best one when left out).

        `against`: an entity whose lead is explained instead. `target`: total, tglu, vdlu or cmfu.
        `method`: the page's default when empty, `none` for attention and gates alone; the rest as
        in /link.
        """
        with _as_errors(request):
            return explaining.record(
                image, sentence, mention, span, entity, against, target, method, model, kb
            )

    inputs = [
        *_mention(),
        gr.Textbox("", label="entity"),
        gr.Textbox("", label="against"),
        gr.Textbox("total", label="target"),
        gr.Textbox("", label="method"),
        *_pair(),
    ]
    trigger, record = gr.Button(), gr.JSON(label="explanation")
    trigger.click(explain, inputs, record, api_name="explain", concurrency_id="explain")


def _compare(linkers: Linkers) -> None:
    def compare(
        image: str | None = None,
        sentence: str = "",
        mention: str = "",
        span: list[int] | None = None,
        k: float = 10,
        weights: list[float] | None = None,
        model: str | None = None,
        kb: str | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """The ranking of each unit alone and of their weighted mean, and how far they agree.

        `weights`: of TGLU, VDLU and CMFU, [1, 1, 1] when left out; the rest as in /link.
        """
        with _as_errors(request):
            linker = linkers.get(model, kb)
            query = handlers.make_mention(image, sentence, mention, span)
            shares = [1, 1, 1] if weights is None else weights
            return handlers.compare_record(linker, query, shares, k)

    inputs = [*_mention(), _k(), _json("weights", NUMBERS), *_pair()]
    trigger, record = gr.Button(), gr.JSON(label="result")
    trigger.click(compare, inputs, record, api_name="compare", concurrency_id="link")


def _export(linkers: Linkers) -> None:
    def export(
        cases: Any = None,
        details: list[str] | None = None,
        language: str = "en",
        request: gr.Request | None = None,
    ) -> list[str]:
        """Draws cases as one figure and returns its files, the ZIP of all of them first.

        `cases`: a case.json, or a list of {"sentence", "mention", "span", "image", "gold",
        "caption"} with `image` in base64. The font is that of the case.json, else sans.
        """
        with _as_errors(request):
            entries = case_handlers.requested(linkers.get, cases)
            wanted = [] if details is None else details
            font = case_handlers.font_of(cases)
            figure = case_handlers.export(entries, wanted, language, font=font)
        files = {"mimic-cases.zip": figure.zipped(), **figure.files}
        return [offer(name, data) for name, data in files.items()]

    inputs: list[Component] = [
        _json("cases", CASES),
        _json("details", DETAILS),
        gr.Textbox("en", label="language"),
    ]
    trigger, files = gr.Button(), gr.File(file_count="multiple", label="files")
    trigger.click(export, inputs, files, api_name="export", concurrency_id="export")
