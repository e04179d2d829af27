"""The page: components and what happens when they are used. The work is in `handlers`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.data_classes import ImageData
from PIL import Image

from demo import handlers, render
from demo.examples import Example
from demo.handlers import Loading
from demo.scripts import PICK, REVEAL, TAKE_SELECTION
from demo.texts import Words, words
from mimic.errors import InputError
from mimic.schema import LinkResult

log = logging.getLogger(__name__)
MAX_LISTED = 50


def _as_uploaded(payload: ImageData | None) -> str | None:
    """The uploaded file as it is.

    `gr.Image` opens the file itself and fails without a reason on one that is not a picture; the
    linker checks it and says what is wrong.
    """
    if payload is None:
        return None
    if not payload.path:
        raise gr.Error("upload the picture first, then link", print_exception=False)
    return payload.path


def _picture(**options: Any) -> gr.Image:
    """A `gr.Image` that hands over the file (a subclass would write a stub beside this module)."""
    image = gr.Image(type="filepath", image_mode=None, format="png", **options)
    image.preprocess = _as_uploaded  # type: ignore[method-assign]
    return image


@dataclass(frozen=True)
class Parts:
    """The components that events read and write."""

    header: gr.HTML
    strip: gr.HTML
    image: gr.Image
    sentence: gr.Textbox
    mention: gr.Textbox
    span: gr.JSON
    k: gr.Slider
    button: gr.Button
    result: gr.State
    ranking: gr.HTML
    details: gr.HTML

    def inputs(self) -> list[Component]:
        """What a link is made of, in the order of the handler's parameters."""
        return [self.image, self.sentence, self.mention, self.span, self.k]

    def outputs(self) -> list[Component]:
        """Where a link goes."""
        return [self.result, self.ranking, self.details]


def build_page(
    loading: Loading, examples: Sequence[Example] = (), language: str = "en"
) -> gr.Blocks:
    """The whole page.

    Args:
        loading: gives the linker, which may still be loading when the page opens.
    """
    texts = words(language)
    title = f"{texts['title']}: {texts['subtitle']}"
    with gr.Blocks(title=title, fill_width=True, delete_cache=(3600, 86400)) as page:
        parts = _lay_out(texts, examples)
        _show_status(page, parts, loading, texts)
        _take_selection(parts)
        _link_on_click(parts, loading, texts)
        _link_examples(parts, loading, examples, texts)
        _endpoint(loading)
    return page


def _lay_out(texts: Words, examples: Sequence[Example]) -> Parts:
    header = gr.HTML(render.header(texts, None), apply_default_css=False, elem_id="header")
    cards = render.example_strip(texts, examples)
    strip = gr.HTML(
        cards, js_on_load=PICK, apply_default_css=False, visible=bool(cards), elem_id="examples"
    )
    with gr.Row(elem_id="workbench"):
        with gr.Column(elem_id="inputs"):
            image = _picture(
                label=texts["image"],
                placeholder=texts["image_hint"],
                sources=["upload", "clipboard"],
                buttons=[],
                height=200,
                elem_id="image",
            )
            sentence = gr.Textbox(
                label=texts["sentence"],
                placeholder=texts["sentence_hint"],
                lines=3,
                max_lines=8,
                elem_id="sentence",
            )
            mention = gr.Textbox(
                label=texts["mention"], info=texts["mention_info"], max_lines=1, elem_id="mention"
            )
            span = gr.JSON(None, visible="hidden", elem_id="span")
            k = gr.Slider(1, MAX_LISTED, value=10, step=1, label=texts["k"], elem_id="k")
            button = gr.Button(texts["link"], variant="primary", elem_id="link")
        ranking = gr.HTML(
            render.empty(texts), js_on_load=PICK, apply_default_css=False, elem_id="ranking"
        )
        details = gr.HTML("", apply_default_css=False, elem_id="details")
    return Parts(
        header, strip, image, sentence, mention, span, k, button, gr.State(None), ranking, details
    )


def _show_status(page: gr.Blocks, parts: Parts, loading: Loading, texts: Words) -> None:
    """Names model, knowledge base and device in the header as soon as they are known."""

    def status() -> Iterator[str]:
        while not loading.wait(0.5):
            yield render.header(texts, None)
        try:
            yield render.header(texts, loading.linker())
        except InputError as error:
            yield render.header(texts, None, failure=str(error))

    page.load(
        status,
        outputs=parts.header,
        show_progress="hidden",
        concurrency_limit=None,
        api_visibility="private",
    )


def _take_selection(parts: Parts) -> None:
    """The words selected in the sentence become the mention; an edit forgets where they stood."""
    parts.sentence.select(
        None,
        [parts.mention, parts.span],
        [parts.mention, parts.span],
        js=TAKE_SELECTION,
        trigger_mode="multiple",
        api_visibility="private",
    )
    gr.on(
        [parts.sentence.input, parts.mention.input],
        None,
        None,
        parts.span,
        js="() => null",
        trigger_mode="multiple",
        api_visibility="private",
    )


@contextmanager
def _as_notices(texts: Words) -> Iterator[None]:
    """Turns what the user can put right into a notice, and keeps everything else off the page."""
    try:
        yield
    except InputError as error:
        message = str(error)
        message = escape(message[:1].upper() + message[1:])  # a notice may hold mark-up
        raise gr.Error(message, print_exception=False) from None
    except Exception:
        log.exception("link failed")
        raise gr.Error(texts["failed"], print_exception=False) from None


def _linking(loading: Loading, texts: Words) -> Callable[..., tuple[LinkResult, str, str]]:
    """The handler of a link: from the fields to the result and its HTML."""

    def answer(
        image: str | None,
        sentence: str,
        mention: str,
        span: Any,
        k: float,
        gold: str = "",
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[LinkResult, str, str]:
        with _as_notices(texts):
            mention = mention.strip()
            place = handlers.find_span(sentence, mention, span)
            request = handlers.make_mention(image, sentence, mention, place)
            if not loading.done():
                progress(None, desc=texts["loading"])
            linker = loading.linker()
            result = handlers.link(linker, request, min(k, linker.entities))
            shown = render.ranking(texts, request, result, gold)
            return result, shown, render.details(texts, result.candidates[0])

    return answer


def _link_on_click(parts: Parts, loading: Loading, texts: Words) -> None:
    linked = gr.on(
        [parts.button.click, parts.mention.submit, parts.sentence.submit],
        _linking(loading, texts),
        parts.inputs(),
        parts.outputs(),
        concurrency_id="link",
        api_visibility="private",
    )
    linked.success(None, js=REVEAL % "#ranking", api_visibility="private")

    def choose(result: LinkResult | None, event: gr.SelectData) -> str:
        if result is None or not 0 <= event.index < len(result.candidates):
            return ""
        return render.details(texts, result.candidates[event.index])

    chosen = parts.ranking.select(
        choose,
        parts.result,
        parts.details,
        show_progress="hidden",
        queue=False,
        api_visibility="private",
    )
    chosen.then(None, js=REVEAL % "#details", api_visibility="private")


def _link_examples(
    parts: Parts, loading: Loading, examples: Sequence[Example], texts: Words
) -> None:
    """One click fills the fields and links."""

    gold = gr.State("")

    def fill(event: gr.SelectData) -> tuple[Image.Image | None, str, str, list[int], str]:
        if not 0 <= event.index < len(examples):
            raise gr.Error(texts["example_missing"], print_exception=False)
        example = examples[event.index]
        picture = None
        if example.image is not None:
            with Image.open(example.image) as opened:
                picture = opened.convert("RGB")
        return picture, example.sentence, example.mention, list(example.span), example.gold

    filled = parts.strip.select(
        fill,
        None,
        [parts.image, parts.sentence, parts.mention, parts.span, gold],
        show_progress="hidden",
        api_visibility="private",
    )
    linked = filled.success(
        _linking(loading, texts),
        [*parts.inputs(), gold],
        parts.outputs(),
        concurrency_id="link",
        api_visibility="private",
    )
    linked.success(None, js=REVEAL % "#ranking", api_visibility="private")


def _endpoint(loading: Loading) -> None:
    """The HTTP endpoint `/link`: the record of the command line, for programs."""

    def link(
        image: str | None = None,
        sentence: str = "",
        mention: str = "",
        span: list[int] | None = None,
        k: float = 10,
        rank_by: str = "total",
    ) -> dict[str, Any]:
        """Ranks the knowledge base for one mention. `span`: character offsets [start, end)."""
        try:
            return handlers.link_record(
                loading.linker(), image, sentence, mention, span, k, rank_by
            )
        except InputError as error:
            raise gr.Error(str(error), print_exception=False) from None

    with gr.Group(visible=False):
        inputs: list[Component] = [
            _picture(label="image"),
            gr.Textbox(label="sentence"),
            gr.Textbox(label="mention"),
            gr.JSON(None, label="span"),
            gr.Number(10, precision=0, label="k"),
            gr.Textbox("total", label="rank_by"),
        ]
        trigger, record = gr.Button(), gr.JSON(label="result")
    trigger.click(link, inputs, record, api_name="link", concurrency_id="link")
