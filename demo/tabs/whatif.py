"""The panel that asks "what if": another sentence or a changed picture, before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.processing_utils import save_pil_to_cache

from analysis.edits import EDITS, edited
from demo.entity_box import entity_box
from demo.handlers import link as handlers
from demo.handlers.link import Linked
from demo.html import compare as render_compare
from demo.html import whatif as render_whatif
from demo.linkers import Linkers
from demo.scripts import DRAW_BOX, PICK
from demo.shell import QUIET, Shell, beside, notices, picture, slider
from demo.tabs.keeping import keep_by
from demo.texts import Words, words
from mimic.errors import InputError
from mimic.model.pictures import read_picture
from mimic.schema import Mention

CHOICES = ("keep", "remove", *EDITS, "replace")
LISTED = 10
#: Tries that are remembered with a case.
REMEMBERED = 8


@dataclass(frozen=True)
class Parts:
    """The components that events of this panel read and write."""

    case: gr.HTML
    sentence: gr.Textbox
    mention: gr.Textbox
    edit: gr.Radio
    canvas: gr.HTML
    region: gr.Accordion
    box: list[gr.Slider]
    other: gr.Image
    follow: gr.State
    run: gr.Button
    result: gr.HTML


def build(shell: Shell, tab: gr.Tab) -> None:
    """Draws the panel and wires it."""
    parts = _lay_out(shell)
    keep_by(shell, tab, "whatif", parts.result.select)
    _label(parts, shell)
    _follow(parts, shell, tab)
    _choose_edit(parts, shell)
    _try_on_request(parts, shell)
    gr.on(
        [shell.language.change, parts.follow.change],
        _drawing_again(shell.linkers),
        [shell.language, shell.linked, shell.what_ifs, parts.follow, *parts.box],
        [parts.case, parts.result, parts.canvas],
        concurrency_id="link",
        **QUIET,
    )


def _lay_out(shell: Shell) -> Parts:
    case = gr.HTML(apply_default_css=False, elem_id="whatif-case")
    with gr.Row(elem_id="whatif"):
        with gr.Column(elem_id="whatif-inputs"):
            sentence = gr.Textbox(lines=3, max_lines=8, elem_id="whatif-sentence")
            mention = gr.Textbox(max_lines=1, elem_id="whatif-mention")
            edit = gr.Radio(list(CHOICES), value="keep", elem_id="whatif-edit")
            canvas = gr.HTML(js_on_load=DRAW_BOX, apply_default_css=False, elem_id="whatif-canvas")
            with gr.Accordion(open=False, visible=False, elem_id="whatif-region") as region:
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
            follow = entity_box(shell, "whatif-entity", "whatif_entity", "whatif_entity_info").key
            run = gr.Button(variant="primary", elem_id="whatif-run")
        result = gr.HTML(js_on_load=PICK, apply_default_css=False, elem_id="whatif-result")
    return Parts(case, sentence, mention, edit, canvas, region, box, other, follow, run, result)


def _label(parts: Parts, shell: Shell) -> None:
    say = shell.phrases.say
    say(parts.sentence, label="whatif_sentence")
    say(parts.mention, label="mention")
    say(parts.edit, label="whatif_edit", choices=_choices)
    say(parts.other, label="whatif_other", placeholder="image_hint")
    say(parts.region, label="region")
    for side, number in zip(render_whatif.SIDES, parts.box, strict=True):
        say(number, label=f"region_{side}")
    say(parts.run, value="whatif_run")


def _follow(parts: Parts, shell: Shell, tab: gr.Tab) -> None:
    """A new case fills the fields, with nothing changed yet."""

    def fill(language: str, linked: Linked | None) -> tuple[Any, ...]:
        texts = words(language)
        if linked is None:
            return render_compare.no_case(texts), "", "", "", ""
        mention = linked.mention
        card = render_compare.case_card(texts, mention)
        canvas = render_whatif.canvas(texts, linked, render_whatif.WHOLE)
        return card, mention.sentence, mention.surface, canvas, render_whatif.nothing_tried(texts)

    shell.linked.change(
        fill,
        [shell.language, shell.linked],
        [parts.case, parts.sentence, parts.mention, parts.canvas, parts.result],
        **QUIET,
    ).then(lambda: ("keep", *render_whatif.WHOLE), None, [parts.edit, *parts.box], **QUIET)
    tab.select(
        lambda language, linked: gr.skip() if linked else render_compare.no_case(words(language)),
        [shell.language, shell.linked],
        parts.case,
        **QUIET,
    )


def _choose_edit(parts: Parts, shell: Shell) -> None:
    """What an edit needs is in sight, and the box is where the pointer or the numbers put it."""
    parts.edit.change(
        lambda how: (gr.update(visible=how in EDITS), gr.update(visible=how == "replace")),
        parts.edit,
        [parts.region, parts.other],
        **QUIET,
    )
    parts.canvas.select(_box, None, parts.box, **QUIET)
    gr.on(
        [number.change for number in parts.box],
        lambda language, linked, *place: render_whatif.canvas(words(language), linked, place),
        [shell.language, shell.linked, *parts.box],
        parts.canvas,
        trigger_mode="always_last",
        **QUIET,
    )


def _try_on_request(parts: Parts, shell: Shell) -> None:
    """The button asks, and so does Enter in a text."""
    fields: list[Component] = [parts.sentence, parts.mention, parts.edit, parts.other, parts.follow]
    inputs = [shell.language, shell.linked, shell.what_ifs, *fields, *parts.box]
    texts = {"sentence": parts.sentence, "mention": parts.mention}

    def check(language: str, linked: Linked | None, *values: Any) -> list[Any]:
        _what_ifs, sentence, mention, *_ = values
        found = handlers.mistake(sentence, mention, linked.mention.span) if linked else None
        field, said = found or ("", "")
        return beside(inputs, texts.get(field), said, language)

    gr.on(
        [parts.run.click, parts.sentence.submit, parts.mention.submit],
        _trying(shell.linkers, parts.other.GRADIO_CACHE),
        inputs,
        [shell.what_ifs, parts.result],
        validator=check,
        concurrency_id="link",
        api_visibility="private",
    )


def _trying(linkers: Linkers, folder: str) -> Callable[..., tuple[tuple[Linked, ...], str]]:
    """The handler of a try: links what the fields hold, and draws it beside the case.

    Args:
        folder: for pictures that an edit makes.
    """

    def answer(
        language: str,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        text: str,
        surface: str,
        how: str,
        replacement: str | None,
        follow: str,
        *place: float,
    ) -> tuple[tuple[Linked, ...], str]:
        with notices(language) as texts:
            if linked is None:
                raise InputError(texts["no_case"])
            image = _picture(texts, linked.mention, how, replacement, place, folder)
            request = handlers.pointed_mention(image, text, surface, linked.mention.span)
            if _same(linked.mention, request):
                raise InputError(texts["whatif_nothing"])
            change = render_whatif.change(texts, linked.mention, request, how, place)
            after = replace(_relinked(linkers, linked, request), change=change)
            pairs = _pairs(linkers, linked, after, follow)
            result = render_whatif.before_after(texts, linked, after, pairs)
            return (*what_ifs, after)[-REMEMBERED:], result

    return answer


def _choices(texts: Words) -> list[tuple[str, str]]:
    return [(texts[f"edit_{name}"], name) for name in CHOICES]


def _box(event: gr.SelectData) -> list[float]:
    """The box that was drawn, in percent."""
    return [min(max(float(number), 0.0), 100.0) for number in event.index]


def _picture(
    texts: Words,
    mention: Mention,
    how: str,
    replacement: str | None,
    place: Sequence[float],
    folder: str,
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
    return Path(save_pil_to_cache(changed, folder, name="whatif", format="png"))


def _same(before: Mention, after: Mention) -> bool:
    """Whether nothing was changed: an edit may leave a picture as it was."""
    texts = [(mention.sentence, mention.surface) for mention in (before, after)]
    return texts[0] == texts[1] and render_whatif.same_picture(before, after)


def _relinked(linkers: Linkers, before: Linked, request: Mention) -> Linked:
    linker = linkers.get(before.model, before.kb)
    result = handlers.link(linker, request, min(LISTED, linker.entities))
    return replace(before, mention=request, result=result)


def _pairs(linkers: Linkers, before: Linked, after: Linked, follow: str) -> list[Any]:
    """The first entities of both rankings and the followed one, each before and after."""
    linker = linkers.get(before.model, before.kb)
    candidates = [*before.result.candidates[:LISTED], *after.result.candidates]
    ids = list(dict.fromkeys(candidate.entity.id for candidate in candidates))
    if follow and follow not in ids:
        ids.append(follow)
    was = linker.candidates(before.mention, ids)
    now = {candidate.entity.id: candidate for candidate in after.result.candidates}
    if missing := [key for key in ids if key not in now]:  # nobody is scored twice
        now.update(zip(missing, linker.candidates(after.mention, missing), strict=True))
    return list(zip(was, map(now.__getitem__, ids), strict=True))


def _drawing_again(linkers: Linkers) -> Callable[..., tuple[str, str, str]]:
    """The handler that draws what is there again in another language."""

    def draw(
        language: str,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        follow: str,
        *place: float,
    ) -> tuple[str, str, str]:
        with notices(language) as texts:
            canvas = render_whatif.canvas(texts, linked, place)
            if linked is None:
                return render_compare.no_case(texts), "", canvas
            card = render_compare.case_card(texts, linked.mention)
            if not what_ifs:
                return card, render_whatif.nothing_tried(texts), canvas
            after = what_ifs[-1]
            pairs = _pairs(linkers, linked, after, follow)
            return card, render_whatif.before_after(texts, linked, after, pairs), canvas

    return draw
