"""The fields that say which entities are ranked; the same in every tab that links."""

from __future__ import annotations

import gradio as gr

from demo.shell import Shell

CHOICES = ("all", "names")


def candidate_fields(shell: Shell, name: str) -> tuple[gr.Radio, gr.Textbox]:
    """Draws them, folded away: candidates and types, as `handlers.link.chosen_restriction` takes
    them.

    Args:
        name: what their `elem_id`s begin with.
    """
    say = shell.phrases.say
    with gr.Accordion(open=False, elem_id=f"{name}-ranked") as box:
        candidates = gr.Radio(list(CHOICES), value="all", elem_id=f"{name}-candidates")
        types = gr.Textbox("", max_lines=1, elem_id=f"{name}-types")
    say(box, label="candidates_options")
    say(
        candidates,
        label="candidates_are",
        choices=lambda texts: [(texts[f"candidates_{choice}"], choice) for choice in CHOICES],
    )
    say(types, label="candidate_types", info="candidate_types_info")
    return candidates, types
