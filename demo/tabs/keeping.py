"""Keeping a case from any tab with one press: what follows it, and what a reload finds again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr
from gradio.context import Context

from demo.handlers import cases
from demo.handlers import tray as trays
from demo.handlers.cases import Linked
from demo.html import cases as render_tray
from demo.scripts import PICK, WARN_OF_LOSS
from demo.server.logins import network
from demo.shell import QUIET, Keeper, Shell, lead, notices
from demo.texts import words
from demo.trays import Tray
from mimic.errors import InputError

#: Where a browser remembers the key. It is no secret: whoever reads the browser's storage has it.
STORAGE = "mimic-tray"
BEGIN = "(...inputs) => { window.mimicUnsaved?.add('keep'); return inputs; }"
END = "() => { window.mimicUnsaved?.delete('keep'); }"


def memory() -> gr.BrowserState:
    """What the browser remembers of the visitor's tray."""
    return gr.BrowserState(trays.NOTHING, storage_key=STORAGE, secret=STORAGE)


def keep_button(shell: Shell, tab: gr.Tab, name: str) -> None:
    """A button that keeps the case at hand, and what became of it below.

    Args:
        name: of the tab, for the addresses of the parts.
    """
    button = gr.Button(visible=False, elem_id=f"{name}-keep")
    shell.phrases.say(button, value="case_keep")
    shell.keepers.append(Keeper(button.click, _note(tab, name), button))


def keep_by(shell: Shell, tab: gr.Tab, name: str, listener: Callable[..., Any]) -> None:
    """The same where a part of the page listens for the press itself."""
    shell.keepers.append(Keeper(listener, _note(tab, name)))


def _note(tab: gr.Tab, name: str) -> gr.HTML:
    note = gr.HTML("", js_on_load=PICK, apply_default_css=False, elem_id=f"{name}-kept")
    lead(note, tab, "tab_cases")
    return note


def account_of(visitor: gr.Request | None) -> dict[str, str]:
    """Whose a tray is: the account, and for whom its bytes count."""
    account = str(getattr(visitor, "username", None) or "")
    address = getattr(getattr(visitor, "client", None), "host", "") or ""
    return {"account": account, "holder": account or network(address)}


def tray_of(shell: Shell, remembered: Any, visitor: gr.Request | None) -> Tray:
    """The visitor's tray; an empty one where there is none."""
    account = account_of(visitor)["account"]
    return shell.trays.get(trays.key_of(remembered), account) or Tray()


def change(
    shell: Shell, remembered: Any, visitor: gr.Request | None, how: Callable[[Tray], Tray]
) -> tuple[dict[str, Any], Tray]:
    """Changes the visitor's tray: what the browser is to remember, and the tray.

    Raises:
        InputError: as of `Trays.change`.
    """
    key = trays.key_of(remembered) or trays.remembered(None, Tray())["key"]
    tray = shell.trays.change(key, how, **account_of(visitor))
    return trays.remembered({"key": key}, tray), tray


class Keeping:
    """How the tray shows itself on all tabs, and what follows a press.

    Args:
        outputs: of `draw`, in the tab of the cases: rows, captions, button.
    """

    def __init__(self, shell: Shell, outputs: list[Any], status: gr.HTML) -> None:
        self._shell = shell
        self._status = status
        self._buttons = [k.button for k in shell.keepers if k.button is not None]
        self._notes = [k.note for k in shell.keepers]
        self.outputs = [shell.memory, *outputs, status, *self._buttons, *self._notes]
        #: Counts what heatmaps are to follow: each change makes those of one case.
        self._more = gr.State(0)

    def draw(
        self, language: str, remembered: Any, tray: Tray, linked: Linked | None, gone: Any = ()
    ) -> list[Any]:
        """What every part shows of a tray, in the order of `outputs`.

        Args:
            gone: what the cases are called that the server holds no more.
        """
        texts = words(language)
        place = cases.place_of(tray.cases, linked)
        captions = gr.update(
            value="\n".join(case.caption for case in tray.cases), visible=bool(tray.cases)
        )
        own = gr.update(value=texts["case_keep" if place is None else "case_keep_again"])
        button = gr.update(visible=linked is not None)
        note = render_tray.kept_note(texts, tray, place)
        return [
            remembered,
            render_tray.tray(texts, tray.cases, trays.waiting(tray), tray.removed),
            captions,
            own,
            render_tray.status(texts, tray, gone),
            *[button for _ in self._buttons],
            *[note for _ in self._notes],
        ]

    def listen(self) -> None:
        """Wires the presses, the heatmaps, and what a reload finds."""
        shell = self._shell
        presses = [keeper.press for keeper in shell.keepers]
        for press in presses:
            pressed = press(
                self._press,
                [shell.language, shell.memory, shell.linked, shell.what_ifs, self._more],
                [*self.outputs, self._more],
                js=BEGIN,
                concurrency_id="link",
                show_progress_on=self._notes,
                api_visibility="private",
            )
            pressed.then(None, js=END, api_visibility="private")
        gr.on(
            [shell.linked.change, shell.language.change],
            self._look,
            [shell.language, shell.memory, shell.linked],
            self.outputs,
            trigger_mode="always_last",
            **QUIET,
        )
        self._more.change(
            self._follow,
            [shell.language, shell.memory, shell.linked, self._more],
            [*self.outputs, self._more],
            concurrency_id="explain",
            show_progress_on=[self._status, *self._notes],
            api_visibility="private",
        )
        page = Context.root_block
        assert page is not None
        page.load(
            self._restore,
            [shell.language, shell.memory, shell.linked, self._more],
            [*self.outputs, self._more],
            js=WARN_OF_LOSS,
            **QUIET,
        )

    def more(self, count: int, tray: Tray) -> Any:
        """The next count where heatmaps are to follow; the same one tells nobody."""
        return count + 1 if trays.waiting(tray) else count

    def counter(self) -> gr.State:
        """What `more` counts."""
        return self._more

    def _press(
        self,
        language: str,
        remembered: Any,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        count: int,
        visitor: gr.Request,
    ) -> list[Any]:
        with notices(language):
            tray = self.keep(remembered, linked, what_ifs, "", "", visitor)
            return [*self.draw(language, *tray, linked), self.more(count, tray[1])]

    def keep(
        self,
        remembered: Any,
        linked: Linked | None,
        what_ifs: tuple[Linked, ...],
        gold: str,
        caption: str,
        visitor: gr.Request,
    ) -> tuple[dict[str, Any], Tray]:
        """Keeps the case at hand.

        Raises:
            InputError: there is none, or it cannot be kept.
        """
        mention = cases.mention_of(linked)
        assert linked is not None  # or there were no mention of it
        linker = self._shell.linkers.get(linked.model, linked.kb)
        listed = len(linked.result.candidates)
        case = cases.make(linker, mention, gold or linked.gold, caption, what_ifs, listed)
        return change(
            self._shell, remembered, visitor, partial(trays.with_kept, case=case, linked=linked)
        )

    def _look(
        self, language: str, remembered: Any, linked: Linked | None, visitor: gr.Request
    ) -> list[Any]:
        tray = tray_of(self._shell, remembered, visitor)
        return self.draw(language, gr.skip(), tray, linked)

    def _restore(
        self,
        language: str,
        remembered: Any,
        linked: Linked | None,
        count: int,
        visitor: gr.Request,
    ) -> list[Any]:
        account = account_of(visitor)["account"]
        found = self._shell.trays.get(trays.key_of(remembered), account)
        gone, tray = trays.lost(remembered, found), found or Tray()
        memory = trays.remembered(remembered if found else None, tray)
        drawn = self.draw(language, memory, tray, linked, gone)
        return [*drawn, self.more(count, tray)]

    def _follow(
        self,
        language: str,
        remembered: Any,
        linked: Linked | None,
        count: int,
        visitor: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for this default)
    ) -> list[Any]:
        """Makes the heatmaps of one case; the next one takes a turn of its own."""
        tray = tray_of(self._shell, remembered, visitor)
        if not (pending := trays.waiting(tray)):
            return [gr.skip() for _ in (*self.outputs, 0)]
        case = pending[0]
        name = render_tray.name_of(tray.cases.index(case), case)
        desc = words(language)["case_heat_progress"].format(name=name)
        progress(0, desc=desc)
        try:
            explainer = self._shell.linkers.explainer(*trays.source_of(tray, case))
            case = cases.with_heat(case, explainer, partial(progress, desc=desc))
            how = partial(trays.with_heat, case=case)
        except InputError:
            how = partial(trays.without_heat, case=case)
        _, tray = change(self._shell, remembered, visitor, how)
        return [*self.draw(language, gr.skip(), tray, linked), self.more(count, tray)]
