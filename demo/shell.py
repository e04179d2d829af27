"""What the panels of the page share: the case they look at, the language, and how they speak.

A panel is a module with `build(shell, tab)`, called inside its tab. It draws its own components,
says their texts with `shell.phrases.say`, and listens to `shell.linked`, `shell.chosen`,
`shell.language` and `tab.select`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component
from gradio.data_classes import ImageData

from analysis.browse.records import Results
from analysis.markup import html
from demo.examples import Example
from demo.handlers.explain import Explaining
from demo.linkers import Linkers
from demo.messages import translated
from demo.own_kbs import OwnKbs
from demo.scripts import TO_TABS
from demo.texts import Words, words
from demo.trays import Trays
from mimic.errors import InputError

log = logging.getLogger(__name__)
B = TypeVar("B", bound=Block)
#: A property of a component in one language.
Draw = Callable[[Words], Any]
#: Of events that take no time and that no program calls.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class Phrases:
    """Which component says what, so that a switch of the language reaches all of them."""

    def __init__(self) -> None:
        self.speakers: list[tuple[Block, dict[str, Draw]]] = []

    def say(self, component: B, **properties: str | Draw) -> B:
        """Gives a component its texts.

        Args:
            properties: `label`, `placeholder`, `info`, `value`, `choices` and so on -> a key of
                the texts, or a function from the texts to the property.
        """
        draws = {name: _draw(source) for name, source in properties.items()}
        for name, draw in draws.items():
            setattr(component, name, draw(words()))
        self.speakers.append((component, draws))
        return component

    def components(self) -> list[Block]:
        """All that spoke, in the order of `updates`."""
        return [component for component, _ in self.speakers]

    def updates(self, language: str) -> list[Any]:
        """What each of `components` says in a language."""
        texts = words(language)
        return [
            gr.update(**{name: draw(texts) for name, draw in draws.items()})
            for _, draws in self.speakers
        ]


def _draw(source: str | Draw) -> Draw:
    return (lambda texts: texts[source]) if isinstance(source, str) else source


@dataclass(frozen=True)
class Keeper:
    """A part of a tab that keeps the case at hand: what is pressed, and what is said of it."""

    press: Callable[..., Any]
    note: gr.HTML
    button: gr.Button | None = None


@dataclass(frozen=True)
class Shell:
    """What is above the tabs, and the state that all tabs look at.

    Attributes:
        language: one of `texts.LANGUAGES`; give it to every handler that makes texts.
        model, kb: names of the pair that links next.
        linked: `handlers.Linked`, the case at hand, or `None`; a new one starts a `change`.
        chosen: index of the candidate looked at, from 0.
        what_ifs: tuple of `handlers.Linked`, the changes of the case that were tried; the last is
            the newest.
        opponent: identifier of the entity that Explain compares with, `""` for none.
        wanted: the query of the address, where it asks for an example or a case, or `None`.
        memory: what the browser remembers of the visitor's tray in `trays`.
        keepers: what keeps a case, of the tabs that were drawn so far.
        taken: `handlers.Linked`, a case of another tab that Link is to show as it is, or `None`.
        opened: `handlers.table.Opened`, a row of a table that Link is to open, or `None`.
        own: knowledge bases of visitors, or `None` where they bring none.
        corrections: the gold table that visitors may add to, or `None`.
        results: of a split, which the server was started with, or `None`.
    """

    linkers: Linkers
    explaining: Explaining
    examples: Sequence[Example]
    phrases: Phrases
    language: gr.Radio
    model: gr.Dropdown
    kb: gr.Dropdown
    linked: gr.State
    chosen: gr.State
    what_ifs: gr.State
    opponent: gr.State
    wanted: gr.State
    taken: gr.State
    opened: gr.State
    own: OwnKbs | None
    memory: gr.BrowserState
    trays: Trays = field(default_factory=Trays)
    keepers: list[Keeper] = field(default_factory=list)
    corrections: Path | None = None
    results: Results | None = None


@contextmanager
def notices(language: str) -> Iterator[Words]:
    """Turns what the user can put right into a notice, and keeps everything else off the page."""
    texts = words(language)
    try:
        yield texts
    except gr.Error:
        raise
    except InputError as error:
        said = html("{{ text }}", text=translated(str(error), language))  # it is shown as HTML
        raise failure(texts, said) from None
    except Exception:
        log.exception("a handler of the page failed")
        raise failure(texts, texts["failed"]) from None


def failure(texts: Words, message: str) -> gr.Error:
    """A notice of a mistake, whose title is in the page's language, too."""
    return gr.Error(message, title=texts["error"], print_exception=False)


def beside(
    fields: Sequence[Component], wrong: Component | None, message: str, language: str
) -> list[Any]:
    """A mistake, said beside its field; what a validator returns.

    Args:
        fields: the inputs of the event.
        wrong: one of them; `None` when nothing is wrong.
    """
    said = translated(message, language)
    return [gr.validate(field is not wrong, said if field is wrong else "") for field in fields]


def lead(part: gr.HTML, tab: gr.Tab, key: str) -> None:
    """Makes the buttons in `part` (with `scripts.PICK`) open the tab `key`, beside `tab`."""
    part.select(lambda: gr.Tabs(selected=key), None, tab.parent, queue=False, **QUIET).then(
        None, js=TO_TABS, api_visibility="private"
    )


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


def slider(minimum: float, maximum: float, **options: Any) -> gr.Slider:
    """A `gr.Slider` that takes a number beyond its ends as the nearer end.

    Gradio refuses one that is typed, in English, though its field is set right a moment later.
    """
    number = gr.Slider(minimum, maximum, **options)
    exact = number.preprocess
    number.preprocess = lambda payload: exact(  # type: ignore[method-assign]
        min(max(payload, minimum), maximum)
    )
    return number


def picture(**options: Any) -> gr.Image:
    """A `gr.Image` that hands over the file (a subclass would write a stub beside this module)."""
    image = gr.Image(type="filepath", image_mode=None, format="png", **options)
    image.preprocess = _as_uploaded  # type: ignore[method-assign]
    return image
