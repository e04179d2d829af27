"""What the events of the explanation panel do: from the page's states to its HTML."""

from __future__ import annotations

from typing import Any

import gradio as gr

from demo import explain_render as render
from demo.explain_handlers import CancelledError, Explaining
from demo.fields import as_notices
from demo.render import summary
from demo.texts import Words
from mimic.schema import Explanation, LinkResult, Mention

NOBODY = ""  # value of the opponent's switch when the score itself is explained


class Handlers:
    """The handlers of one page; what a visitor sees travels in the page's states."""

    def __init__(self, explaining: Explaining, texts: Words) -> None:
        self.explaining, self.texts = explaining, texts

    def at_once(
        self,
        request: Mention | None,
        result: LinkResult | None,
        chosen: int,
        side: str,
        visitor: gr.Request,
    ) -> tuple[gr.Dropdown, Explanation | None, str]:
        """Attention of the chosen candidate, and its opponents for the switch."""
        self.explaining.runs.stop(_name(visitor))
        found = None
        pair = _pair(request, result, chosen)
        if pair is not None:
            with as_notices(self.texts):
                found = self.explaining.explain(*pair)
        return self._opponents(result, chosen), found, self.again(found, side)

    def started(self, shown: Explanation | None) -> gr.Button:
        """There is something to cancel from now on."""
        return gr.Button(interactive=shown is not None)

    def attributed(
        self,
        request: Mention | None,
        result: LinkResult | None,
        chosen: int,
        target: str,
        method: str,
        against: str,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> tuple[Any, Any]:
        """Attributions of the chosen candidate, told of on the way, until somebody cancels."""
        pair = _pair(request, result, chosen)
        if pair is None:
            return None, render.empty(self.texts)
        check = self.explaining.runs.start(_name(visitor))

        def told(share: float) -> None:
            check()
            progress(share, desc=self.texts["explain_busy"])

        with as_notices(self.texts):
            try:
                found = self.explaining.explain(*pair, against, target, method, told)
            except CancelledError:  # whoever cancelled has drawn what is in view now
                return gr.skip(), gr.skip()
        return found, self.again(found, side)

    def attributed_again(
        self,
        shown: Explanation | None,
        request: Mention | None,
        result: LinkResult | None,
        chosen: int,
        target: str,
        method: str,
        against: str,
        side: str,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, Any]:
        """The same after a switch was changed, if attributions are in view."""
        if shown is None or shown.mention.attribution is None:
            return gr.skip(), gr.skip()
        return self.attributed(
            request, result, chosen, target, method, against, side, visitor, progress
        )

    def again(self, shown: Explanation | None, side: str, notice: str = "") -> str:
        """What is in view, drawn once more, for another side or with a notice."""
        if shown is None:
            return render.empty(self.texts)
        found = shown.mention.attribution
        measured = self.explaining.measured(found.method, shown.target) if found else None
        return render.explanation(self.texts, shown, side, measured, notice)

    def stopped(
        self, shown: Explanation | None, side: str, visitor: gr.Request
    ) -> tuple[str, gr.Button]:
        """Ends the running attribution and shows again what was there before."""
        self.explaining.runs.stop(_name(visitor))
        view = self.again(shown, side, self.texts["explain_cancelled"])
        return view, gr.Button(interactive=False)

    def _opponents(self, result: LinkResult | None, chosen: int) -> gr.Dropdown:
        listed = result.candidates if result else ()
        rows = [
            (
                self.texts["against_row"].format(
                    rank=candidate.rank,
                    name=candidate.entity.name,
                    summary=summary(candidate.entity),
                ),
                candidate.entity.id,
            )
            for number, candidate in enumerate(listed)
            if number != chosen
        ]
        return gr.Dropdown([(self.texts["against_none"], NOBODY), *rows], value=NOBODY)


def _pair(
    request: Mention | None, result: LinkResult | None, chosen: int
) -> tuple[Mention, str] | None:
    """The mention and the identifier of the chosen candidate, if there are any."""
    if request is None or result is None or not 0 <= chosen < len(result.candidates):
        return None
    return request, result.candidates[chosen].entity.id


def _name(visitor: gr.Request) -> str:
    return str(visitor.session_hash or "")
