"""The page: components and what happens when they are used. The work is in `handlers`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component
from PIL import Image

from demo import explain_panel, handlers, render
from demo.examples import Example
from demo.explain_panel import Panel
from demo.fields import as_notices, picture_field
from demo.handlers import Loading
from demo.scripts import PICK, REVEAL, TAKE_SELECTION
from demo.texts import Words, words
from mimic.errors import InputError
from mimic.schema import LinkResult, Mention

MAX_LISTED = 50


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
    request: gr.State
    result: gr.State
    chosen: gr.State
    ranking: gr.HTML
    details: gr.HTML

    def inputs(self) -> list[Component]:
        """What a link is made of, in the order of the handler's parameters."""
        return [self.image, self.sentence, self.mention, self.span, self.k]

    def outputs(self) -> list[Component]:
        """Where a link goes."""
        return [self.request, self.result, self.chosen, self.ranking, self.details]


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
        panel = explain_panel.build(loading, texts, parts.request, parts.result, parts.chosen)
        _link_on_click(parts, loading, texts, panel)
        _link_examples(parts, loading, examples, texts, panel)
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
            image = picture_field(
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
    states = gr.State(None), gr.State(None), gr.State(0)
    return Parts(
        header, strip, image, sentence, mention, span, k, button, *states, ranking, details
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


def _linking(
    loading: Loading, texts: Words
) -> Callable[..., tuple[Mention, LinkResult, int, str, str]]:
    """The handler of a link: from the fields to the result and its HTML."""

    def answer(
        image: str | None,
        sentence: str,
        mention: str,
        span: Any,
        k: float,
        gold: str = "",
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[Mention, LinkResult, int, str, str]:
        with as_notices(texts):
            mention = mention.strip()
            place = handlers.find_span(sentence, mention, span)
            request = handlers.make_mention(image, sentence, mention, place)
            if not loading.done():
                progress(None, desc=texts["loading"])
            linker = loading.linker()
            result = handlers.link(linker, request, min(k, linker.entities))
            shown = render.ranking(texts, request, result, gold)
            return request, result, 0, shown, render.details(texts, result.candidates[0])

    return answer


def _link_on_click(parts: Parts, loading: Loading, texts: Words, panel: Panel) -> None:
    linked = gr.on(
        [parts.button.click, parts.mention.submit, parts.sentence.submit],
        _linking(loading, texts),
        parts.inputs(),
        parts.outputs(),
        concurrency_id="link",
        api_visibility="private",
    )
    linked.success(None, js=REVEAL % "#ranking", api_visibility="private")
    panel.follow(linked)

    def choose(result: LinkResult | None, event: gr.SelectData) -> tuple[int, str]:
        if result is None or not 0 <= event.index < len(result.candidates):
            return -1, ""
        return event.index, render.details(texts, result.candidates[event.index])

    chosen = parts.ranking.select(
        choose,
        parts.result,
        [parts.chosen, parts.details],
        show_progress="hidden",
        queue=False,
        api_visibility="private",
    )
    chosen.then(None, js=REVEAL % "#details", api_visibility="private")
    panel.follow(chosen)


def _link_examples(
    parts: Parts, loading: Loading, examples: Sequence[Example], texts: Words, panel: Panel
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
    panel.follow(linked)


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
            picture_field(label="image"),
            gr.Textbox(label="sentence"),
            gr.Textbox(label="mention"),
            gr.JSON(None, label="span"),
            gr.Number(10, precision=0, label="k"),
            gr.Textbox("total", label="rank_by"),
        ]
        trigger, record = gr.Button(), gr.JSON(label="result")
    trigger.click(link, inputs, record, api_name="link", concurrency_id="link")
