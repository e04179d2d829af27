"""The panel that links: examples and fields on the left, ranked entities, and the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency
from PIL import Image

from analysis.markup import html
from demo.candidate_fields import candidate_fields
from demo.examples import Example
from demo.handlers import link as handlers
from demo.handlers.address import only, opened, options
from demo.handlers.link import Linked
from demo.handlers.table import Opened
from demo.html import details as render_details
from demo.html import page as render
from demo.html.take import take_along
from demo.scripts import COPY, MARK_STALE, PICK, REVEAL, TAKE_SELECTION, TELL_CASE, TO_ANSWER
from demo.shell import QUIET, Shell, beside, failure, lead, notices, picture, slider
from demo.tabs import correcting, standing
from demo.tabs.keeping import keep_button
from demo.texts import Words, words
from mimic.errors import InputError
from mimic.model.pictures import read_picture

MAX_LISTED = 50
#: Picture, sentence, mention, span and gold entity of an example.
Filled = tuple[Image.Image | None, str, str, list[int], str]


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    strip: gr.HTML
    image: gr.Image
    sentence: gr.Textbox
    mention: gr.Textbox
    span: gr.JSON
    k: gr.Slider
    candidates: gr.Radio
    types: gr.Textbox
    button: gr.Button
    ranking: gr.HTML
    details: gr.HTML

    def inputs(self, shell: Shell) -> list[Component]:
        """What a link is made of, in the order of the handler's parameters."""
        fields = [self.image, self.sentence, self.mention, self.span, self.k]
        ranked = [self.candidates, self.types]
        return [shell.language, shell.model, shell.kb, *fields, *ranked]

    def outputs(self, shell: Shell) -> list[Component]:
        """Where a link goes."""
        return [shell.linked, shell.chosen, shell.what_ifs, self.ranking, self.details]


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell, tab)
    _take_selection(parts)
    _link_on_click(parts, shell)
    _link_examples(parts, shell)
    _tell_of_edits(parts)
    _choose(parts, shell)
    _take(parts, shell)
    lead(parts.details, tab, "tab_explain")
    _speak(parts, shell)


def _lay_out(shell: Shell, tab: gr.Tab) -> Parts:
    say, examples = shell.phrases.say, shell.examples
    strip = gr.HTML(
        js_on_load=PICK, apply_default_css=False, visible=bool(examples), elem_id="examples"
    )
    say(strip, value=lambda texts: render.example_strip(texts, examples))
    with gr.Row(elem_id="workbench"):
        with gr.Column(elem_id="inputs"):
            image = picture(
                sources=["upload", "clipboard"], buttons=[], height=180, elem_id="image"
            )
            sentence = gr.Textbox(lines=3, max_lines=8, elem_id="sentence")
            mention = gr.Textbox(max_lines=1, elem_id="mention")
            span = gr.JSON(None, visible="hidden", elem_id="span")
            button = gr.Button(variant="primary", elem_id="link")
            keep_button(shell, tab, "link")
            k = slider(1, MAX_LISTED, value=10, step=1, elem_id="k")
            candidates, types = candidate_fields(shell, "link")
        with gr.Column(elem_id="answer", min_width=0):
            ranking = gr.HTML(
                render.empty(words()),
                js_on_load=PICK + COPY,
                apply_default_css=False,
                elem_id="ranking",
            )
            standing.build(shell, tab)
            if shell.corrections is not None:
                correcting.build(shell, shell.corrections, "link")
        details = gr.HTML("", js_on_load=PICK, apply_default_css=False, elem_id="details")
    say(image, label="image", placeholder="image_hint")
    say(sentence, label="sentence", placeholder="sentence_hint")
    say(mention, label="mention", info="mention_info")
    say(k, label="k")
    say(button, value="link")
    return Parts(
        strip, image, sentence, mention, span, k, candidates, types, button, ranking, details
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


def _linking(shell: Shell) -> Callable[..., tuple[Linked, int, tuple[()], str, str]]:
    """The handler of a link: from the fields to the case and its HTML."""

    def answer(
        language: str,
        model: str,
        kb: str,
        image: str | None,
        sentence: str,
        mention: str,
        span: Any,
        k: float,
        candidates: str,
        types: str,
        gold: str = "",
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[Linked, int, tuple[()], str, str]:
        with notices(language) as texts:
            request = handlers.pointed_mention(image, sentence, mention, span)
            loading = shell.linkers.loading(model, kb)
            if not loading.done():
                progress(None, desc=texts["loading"])
            linker = loading.linker()
            ranked = handlers.chosen_restriction(candidates, types)
            result = handlers.link(linker, request, min(k, linker.entities), only=ranked)
            if not result.candidates:
                raise InputError(texts["among_nobody"])
            linked = Linked(request, result, model, kb, gold)
            return linked, 0, (), *_drawing(texts, shell, linked)

    return answer


def _drawing(texts: Words, shell: Shell, linked: Linked, chosen: int = 0) -> tuple[str, str]:
    """The list of a case, and all about the candidate that is chosen in it."""
    result = linked.result
    take = take_along(texts, linked, shell.examples)
    ranking = render.ranking(texts, linked.mention, result, linked.gold, chosen, take)
    return ranking, render_details.details(texts, result.candidates[chosen], result.usual_gates)


def _link_on_click(parts: Parts, shell: Shell) -> None:
    inputs = parts.inputs(shell)
    fields = {"sentence": parts.sentence, "mention": parts.mention}

    def check(language: str, *values: Any) -> list[Any]:
        _model, _kb, _image, sentence, mention, span, *_ = values
        field, said = handlers.mistake(sentence, mention, span) or ("", "")
        return beside(inputs, fields.get(field), said, language)

    linked = gr.on(
        [parts.button.click, parts.mention.submit, parts.sentence.submit],
        _linking(shell),
        inputs,
        parts.outputs(shell),
        validator=check,
        concurrency_id="link",
        api_visibility="private",
    )
    _show_answer(linked)


def _show_answer(linked: Dependency) -> None:
    """Brings an answer into view; after an error the old one does not pass for it."""
    linked.success(None, js=MARK_STALE % "", api_visibility="private").then(
        None, js=REVEAL % "#ranking", api_visibility="private"
    ).then(None, js=TO_ANSWER, api_visibility="private").then(
        None, js=TELL_CASE, api_visibility="private"
    )
    linked.failure(None, js=MARK_STALE % "yes", api_visibility="private")


def _tell_of_edits(parts: Parts) -> None:
    """Once a field is edited, the list beside it answers what was asked before."""
    gr.on(
        [parts.sentence.input, parts.mention.input, parts.image.upload, parts.image.clear],
        None,
        js=MARK_STALE % "yes",
        trigger_mode="multiple",
        api_visibility="private",
    )


def _link_examples(parts: Parts, shell: Shell) -> None:
    """One click fills the fields and links."""
    gold = gr.State("")
    fields = [parts.image, parts.sentence, parts.mention, parts.span, gold]

    def clicked(language: str, event: gr.SelectData) -> Filled:
        if not 0 <= event.index < len(shell.examples):
            texts = words(language)
            raise failure(texts, texts["example_missing"])
        return _filled(shell.examples[event.index])

    def row(language: str, chosen: Opened) -> Filled:
        with notices(language):
            return chosen.fields()

    def wanted(query: dict[str, str]) -> tuple[Any, ...]:
        if "example" in query:
            fields: tuple[Any, ...] = _filled(shell.examples[int(query["example"]) - 1])
        else:
            case = opened(query, shell.linkers)
            fields = (case.image, case.sentence, case.mention, case.span, case.gold)
        return *fields, *options(query, shell.linkers)[:3], *only(query)

    def check(language: str, query: dict[str, str] | None) -> None:
        gone = opened(query or {}, shell.linkers).gone
        if gone is not None:
            texts = words(language)
            raise failure(texts, html("{{ text }}", text=texts[gone[0]].format(name=gone[1])))

    whole = [*fields, parts.k, shell.model, shell.kb, parts.candidates, parts.types]
    for filled in (
        parts.strip.select(clicked, shell.language, fields, **QUIET),
        shell.wanted.change(wanted, shell.wanted, whole, **QUIET).success(
            check, [shell.language, shell.wanted], None, **QUIET
        ),
        shell.opened.change(row, [shell.language, shell.opened], fields, **QUIET),
    ):
        linked = filled.success(
            _linking(shell),
            [*parts.inputs(shell), gold],
            parts.outputs(shell),
            concurrency_id="link",
            api_visibility="private",
        )
        _show_answer(linked)


def _filled(example: Example) -> Filled:
    """The fields of an example."""
    image = None if example.image is None else read_picture(example.image)
    return image, example.sentence, example.mention, list(example.span), example.gold


def _choose(parts: Parts, shell: Shell) -> None:
    """A click on a row shows everything about that entity."""

    def choose(language: str, linked: Linked | None, event: gr.SelectData) -> tuple[int, str]:
        if linked is None or not 0 <= event.index < len(linked.result.candidates):
            return 0, ""
        candidate = linked.result.candidates[event.index]
        usual = linked.result.usual_gates
        return event.index, render_details.details(words(language), candidate, usual)

    choice = parts.ranking.select(
        choose,
        [shell.language, shell.linked],
        [shell.chosen, parts.details],
        queue=False,
        **QUIET,
    )
    choice.then(None, js=REVEAL % "#details", api_visibility="private")


def _take(parts: Parts, shell: Shell) -> None:
    """A case that another tab linked: its fields, and its list as it is."""

    def fill(language: str, taken: Linked | None) -> tuple[Any, ...]:
        if taken is None:
            return (gr.skip(),) * 8
        mention, result = taken.mention, taken.result
        image = None if mention.image is None else str(mention.image)
        fields = image, mention.sentence, mention.surface, list(mention.span or ())
        ranked = result.candidates_are, ", ".join(result.types or ())
        return *fields, *ranked, *_drawing(words(language), shell, taken)

    fields = [parts.image, parts.sentence, parts.mention, parts.span]
    shell.taken.change(
        fill,
        [shell.language, shell.taken],
        [*fields, parts.candidates, parts.types, parts.ranking, parts.details],
        **QUIET,
    ).then(None, js=MARK_STALE % "", api_visibility="private")


def _speak(parts: Parts, shell: Shell) -> None:
    """Draws what is there again when the language changes."""

    def draw(language: str, linked: Linked | None, chosen: int) -> tuple[str, str]:
        texts = words(language)
        if linked is None:
            return render.empty(texts), ""
        return _drawing(texts, shell, linked, chosen)

    shell.language.change(
        draw,
        [shell.language, shell.linked, shell.chosen],
        [parts.ranking, parts.details],
        queue=False,
        **QUIET,
    )
