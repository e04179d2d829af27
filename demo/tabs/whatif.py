"""The panel that asks "what if": another sentence or a changed picture, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.processing_utils import save_pil_to_cache

from analysis.edits import EDITS, edited
from demo.handlers import link as handlers
from demo.handlers.link import Linked
from demo.html import compare as render_compare
from demo.html import whatif as render_whatif
from demo.linkers import Linkers
from demo.scripts import DRAW_BOX, PICK
from demo.shell import Shell, lead, notices, picture, slider
from demo.texts import Words, words
from mimic.errors import InputError
from mimic.model.pictures import read_picture
from mimic.schema import Mention

CHOICES = ("keep", "remove", *EDITS, "replace")
LISTED = 10
#: Tries that are remembered with a case.
REMEMBERED = 8


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    say = shell.phrases.say
    case = gr.HTML(apply_default_css=False, elem_id="whatif-case")
    with gr.Row(elem_id="whatif"):
        with gr.Column(elem_id="whatif-inputs"):
            sentence = gr.Textbox(lines=3, max_lines=8, elem_id="whatif-sentence")
            mention = gr.Textbox(max_lines=1, elem_id="whatif-mention")
            edit = gr.Radio(list(CHOICES), value="keep", elem_id="whatif-edit")
            canvas = gr.HTML(js_on_load=DRAW_BOX, apply_default_css=False, elem_id="whatif-canvas")
            with gr.Accordion(open=False, visible=False, elem_id="whatif-region") as numbers:
                box = [
                    slider(0, 100, value=start, step=1, elem_id=f"region-{side}")
                    for side, start in zip(render_whatif.SIDES, render_whatif.WHOLE, strict=True)
                ]
            other = picture(
                sources=["upload", "clipboard"],
                buttons=[],
                height=160,
                visible=False,
                elem_id="whatif-other",
            )
            button = gr.Button(variant="primary", elem_id="whatif-run")
        shown = gr.HTML(js_on_load=PICK, apply_default_css=False, elem_id="whatif-result")
    lead(shown, tab, "tab_cases")
    say(sentence, label="whatif_sentence")
    say(mention, label="mention")
    say(edit, label="whatif_edit", choices=_choices)
    say(other, label="whatif_other", placeholder="image_hint")
    say(numbers, label="region")
    for side, number in zip(render_whatif.SIDES, box, strict=True):
        say(number, label=f"region_{side}")
    say(button, value="whatif_run")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def fill(language: str, linked: Linked | None) -> tuple[Any, ...]:
        texts = words(language)
        if linked is None:
            return render_compare.no_case(texts), "", "", "", ""
        asked = linked.mention
        card = render_compare.case_card(texts, asked)
        drawn = render_whatif.canvas(texts, linked, render_whatif.WHOLE)
        return card, asked.sentence, asked.surface, drawn, render_whatif.nothing_tried(texts)

    filled = shell.linked.change(
        fill,
        [shell.language, shell.linked],
        [case, sentence, mention, canvas, shown],
        **quiet,
    )
    filled.then(lambda: ("keep", *render_whatif.WHOLE), None, [edit, *box], **quiet)
    tab.select(
        lambda language, linked: gr.skip() if linked else render_compare.no_case(words(language)),
        [shell.language, shell.linked],
        case,
        **quiet,
    )
    edit.change(
        lambda how: (gr.update(visible=how in EDITS), gr.update(visible=how == "replace")),
        edit,
        [numbers, other],
        **quiet,
    )
    canvas.select(_drawn, None, box, **quiet)
    gr.on(
        [number.change for number in box],
        lambda language, linked, *place: render_whatif.canvas(words(language), linked, place),
        [shell.language, shell.linked, *box],
        canvas,
        trigger_mode="always_last",
        **quiet,
    )

    def answer(
        language: str,
        linked: Linked | None,
        tried: tuple[Linked, ...],
        text: str,
        surface: str,
        how: str,
        replacement: str | None,
        *place: float,
    ) -> tuple[tuple[Linked, ...], str]:
        with notices(language) as texts:
            if linked is None:
                raise InputError(texts["no_case"])
            image = _picture(texts, linked.mention, how, replacement, place, other.GRADIO_CACHE)
            request = handlers.pointed_mention(image, text, surface, linked.mention.span)
            if _same(linked.mention, request):
                raise InputError(texts["whatif_nothing"])
            change = render_whatif.change(texts, linked.mention, request, how, place)
            after = replace(_relinked(shell.linkers, linked, request), change=change)
            pairs = _pairs(shell.linkers, linked, after)
            drawn = render_whatif.before_after(texts, linked, after, pairs)
            return (*tried, after)[-REMEMBERED:], drawn

    gr.on(
        [button.click, sentence.submit, mention.submit],
        answer,
        [shell.language, shell.linked, shell.what_ifs, sentence, mention, edit, other, *box],
        [shell.what_ifs, shown],
        concurrency_id="link",
        api_visibility="private",
    )
    shell.language.change(
        _redrawn(shell.linkers),
        [shell.language, shell.linked, shell.what_ifs, *box],
        [case, shown, canvas],
        concurrency_id="link",
        **quiet,
    )


def _choices(texts: Words) -> list[tuple[str, str]]:
    return [(texts[f"edit_{name}"], name) for name in CHOICES]


def _drawn(event: gr.SelectData) -> list[float]:
    """The box that was drawn, in percent."""
    return [min(max(float(number), 0.0), 100.0) for number in event.index]


def _picture(
    texts: Words,
    mention: Mention,
    how: str,
    replacement: str | None,
    place: Sequence[float],
    cache: str,
) -> Path | None:
    """The picture after the change, as a file of the page's own folder."""
    if how == "keep":
        return mention.image
    if how == "remove":
        return None
    if how == "replace":
        if replacement is None:
            raise InputError(texts["whatif_no_other"])
        return Path(replacement)
    if mention.image is None:
        raise InputError(texts["whatif_no_picture"])
    changed = edited(read_picture(mention.image), how, place)
    return Path(save_pil_to_cache(changed, cache, name="whatif", format="png"))


def _same(before: Mention, after: Mention) -> bool:
    """Whether nothing was changed: an edit may leave a picture as it was."""
    texts = [(mention.sentence, mention.surface) for mention in (before, after)]
    return texts[0] == texts[1] and render_whatif.same_picture(before, after)


def _relinked(linkers: Linkers, before: Linked, request: Mention) -> Linked:
    linker = linkers.get(before.model, before.kb)
    result = handlers.link(linker, request, min(LISTED, linker.entities))
    return replace(before, mention=request, result=result)


def _pairs(linkers: Linkers, before: Linked, after: Linked) -> list[Any]:
    """The first entities of both rankings, each before and after."""
    linker = linkers.get(before.model, before.kb)
    listed = [*before.result.candidates[:LISTED], *after.result.candidates]
    ids = list(dict.fromkeys(candidate.entity.id for candidate in listed))
    was, now = (linker.candidates(linked.mention, ids) for linked in (before, after))
    return list(zip(was, now, strict=True))


def _redrawn(linkers: Linkers) -> Any:
    """Draws what is there again in another language."""

    def draw(
        language: str, linked: Linked | None, tried: tuple[Linked, ...], *place: float
    ) -> tuple[str, str, str]:
        with notices(language) as texts:
            drawn = render_whatif.canvas(texts, linked, place)
            if linked is None:
                return render_compare.no_case(texts), "", drawn
            card = render_compare.case_card(texts, linked.mention)
            if not tried:
                return card, render_whatif.nothing_tried(texts), drawn
            pairs = _pairs(linkers, linked, tried[-1])
            return card, render_whatif.before_after(texts, linked, tried[-1], pairs), drawn

    return draw
