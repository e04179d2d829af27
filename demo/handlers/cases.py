"""What the tray of cases and `/export` do, without the page: plain values in and out, no Gradio.

What draws is imported when it is first used, so that the page opens without it.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from analysis.case.records import (
    FONTS,
    MOST_CAPTION,
    MOST_CASES,
    MOST_WHAT_IFS,
    Case,
    Origin,
    WhatIf,
)
from demo.handlers.link import Linked, make_mention, without_path
from demo.linkers import Linker
from demo.server.gate import step, stepping
from mimic.errors import InputError
from mimic.io.terminal import Share
from mimic.linking.shares import LISTED
from mimic.schema import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mimic.explain import Explainer
    from mimic.linking.linker import EntityLinker

Cases = tuple[Case, ...]

#: Of a picture in a request, in base64 characters.
MOST_ENCODED = 28_000_000
#: matplotlib's settings are shared by all threads: one figure is drawn at a time.
_DRAWING = threading.Lock()


@dataclass(frozen=True)
class Export:
    """What an export gives: files by name, and hints about letters and size, mostly none."""

    files: dict[str, bytes]
    hints: Sequence[str]

    def zipped(self) -> bytes:
        """All files in one."""
        from analysis.case.files import zipped

        return zipped(self.files)


def keep(
    cases: Cases,
    linker: Linker,
    mention: Mention,
    gold: str = "",
    caption: str = "",
    what_ifs: Sequence[Linked] = (),
    k: int = LISTED,
) -> Cases:
    """The cases and one more, or the same case with what is new of it.

    Args:
        what_ifs: of the mention; the newest are kept where there are too many.
        k: entities that were listed, among which bars divide a unit's favour.

    Raises:
        InputError: there are too many, or the mention or the gold entity cannot be used.
    """
    return with_case(cases, make(linker, mention, gold, caption, what_ifs, k))


def make(
    linker: Linker,
    mention: Mention,
    gold: str = "",
    caption: str = "",
    what_ifs: Sequence[Linked] = (),
    k: int = LISTED,
) -> Case:
    """The case of a mention; parameters as of `keep`."""
    from analysis.case.maker import make_case

    with _nameless(mention):
        case = make_case(cast("EntityLinker", linker), mention, gold.strip(), _line(caption), k)
    for variant in what_ifs[-MOST_WHAT_IFS:]:
        case = _varied(case, linker, variant)
    return case


def identity(case: Case) -> str:
    """What makes a case the same: its input, and what answers."""
    answer, origin = case.answer, case.origin
    picture = case.pictures.get(answer.picture)
    parts = (
        answer.sentence, answer.mention, *answer.span, picture.source if picture else "",
        origin.fingerprint, origin.kb_fingerprint,
    )  # fmt: skip
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def with_case(cases: Cases, case: Case) -> Cases:
    """The cases and one more; the same case twice is one, with what is known of both.

    Raises:
        InputError: there are too many.
    """
    own = identity(case)
    for place, other in enumerate(cases):
        if identity(other) == own:
            return (*cases[:place], _merged(other, case), *cases[place + 1 :])
    _room_for_one(cases)
    return (*cases, case)


def _merged(old: Case, new: Case) -> Case:
    """One case of two of the same input: what the newer one says, and else the older one."""
    known = new if new.gold or not old.gold else old
    fresh = [w for w in old.what_ifs if not any(_same_try(w, other) for other in new.what_ifs)]
    return replace(
        known,
        caption=new.caption or old.caption,
        what_ifs=(*fresh, *new.what_ifs)[-MOST_WHAT_IFS:],
        heat=new.heat or old.heat,
        heat_words=new.heat_words or old.heat_words,
        pictures=old.pictures | new.pictures,
    )


def _same_try(one: WhatIf, other: WhatIf) -> bool:
    inputs = [(w.answer.sentence, w.answer.mention, w.answer.picture) for w in (one, other)]
    return one.label == other.label and inputs[0] == inputs[1]


def awaits_heat(case: Case) -> bool:
    """Whether its heatmaps are still to come."""
    return not case.heat_words


def with_heat(case: Case, explainer: Explainer, progress: Share | None = None) -> Case:
    """The case with its heatmaps, from what it holds itself: uploads may be gone.

    Raises:
        InputError: it cannot be explained.
    """
    from analysis.case.maker import with_heatmaps

    answer = case.answer
    with tempfile.TemporaryDirectory(prefix="mimic-") as folder:
        picture = case.pictures.get(answer.picture)
        image = Path(folder) / "picture" if picture else None
        if image is not None and picture is not None:
            image.write_bytes(picture.data)
        mention = Mention(answer.mention, answer.sentence, image, answer.span)
        with _nameless(mention):
            return with_heatmaps(case, explainer, mention, stepping(progress))


def place_of(cases: Cases, linked: Linked | None) -> int | None:
    """The place of the case at hand where it is kept."""
    if linked is None:
        return None
    return next((i for i, case in enumerate(cases) if _is_of(case, linked.mention)), None)


def hosts(cases: Cases, linker: Linker, linked: Linked) -> tuple[int, ...]:
    """Places of the cases that the case at hand can stand below as a what-if.

    That is the case itself where it is kept, else each of the same mention, model and knowledge
    base: a what-if changes the sentence or the picture, not the name that is asked about nor what
    answers.
    """
    peers = _peers(cases, linker, linked.mention)
    own = [place for place in peers if _is_of(cases[place], linked.mention)]
    return tuple(own[:1] or peers)


def keep_below(
    cases: Cases,
    linker: Linker,
    linked: Linked,
    what_ifs: Sequence[Linked] = (),
    label: str = "",
    below: int | None = None,
) -> Cases:
    """The cases, one of which has more what-ifs.

    What was tried with a kept case goes below it; anything else goes below a case of the same
    mention, model and knowledge base.

    Args:
        linked: the case at hand.
        what_ifs: of it.
        label: says what is different where `linked` goes below another case.
        below: which of `hosts` it goes to; the last one when left out.

    Raises:
        InputError: there is no such case, it has too many what-ifs, nothing new was tried, or the
            label is missing.
    """
    if not cases:
        raise InputError("keep a case first: a what-if stands below one")
    places = hosts(cases, linker, linked)
    if not places or below not in (None, *places):
        raise InputError(
            f"that case is not of the mention {linked.mention.surface!r} with this model and "
            "knowledge base: keep one"
        )
    place = places[-1] if below is None else below
    case = cases[place]
    if not _is_of(case, linked.mention):
        if not label.strip():
            raise InputError("the caption is empty: write in it what was changed")
        what_ifs = (replace(linked, change=label),)
    for variant in what_ifs:
        case = _varied(case, linker, variant)
    if case == cases[place]:
        raise InputError("this case is kept already: try something new in What if first")
    return (*cases[:place], case, *cases[place + 1 :])


def _peers(cases: Cases, linker: Linker, mention: Mention) -> list[int]:
    """Places of the cases of the same mention that the same model and knowledge base answered."""
    from analysis.case.maker import origin

    places = [place for place, case in enumerate(cases) if case.answer.mention == mention.surface]
    if not places:  # as most often: the fingerprint of a large knowledge base takes a moment
        return []
    source = origin(cast("EntityLinker", linker))
    return [place for place in places if _same_source(cases[place].origin, source)]


def _same_source(one: Origin, other: Origin) -> bool:
    return (one.fingerprint, one.kb_fingerprint) == (other.fingerprint, other.kb_fingerprint)


def _varied(case: Case, linker: Linker, variant: Linked) -> Case:
    """The case with one more what-if, unless it has it already."""
    from analysis.case.maker import with_what_if

    mention, label = variant.mention, _line(variant.change)
    with _nameless(mention):
        more = with_what_if(case, cast("EntityLinker", linker), label, mention)
    if more.what_ifs[-1] in case.what_ifs:
        return case
    if len(more.what_ifs) > MOST_WHAT_IFS:
        raise InputError(
            f"a case holds {MOST_WHAT_IFS} what-ifs: remove the case or keep a new one"
        )
    return more


def _is_of(case: Case, mention: Mention) -> bool:
    """Whether a case was made of a mention: its picture, too, is the same."""
    answer, image = case.answer, mention.image
    picture = case.pictures.get(answer.picture)
    source = ""
    if image is not None:  # the server deletes pictures after a day
        source = hashlib.sha256(image.read_bytes()).hexdigest() if image.is_file() else "gone"
    own = answer.sentence, answer.mention, picture.source if picture else ""
    return own == (mention.sentence, mention.surface, source)


def changed(cases: Cases, place: int, action: str) -> Cases:
    """The cases after `up`, `down` or `remove` of one of them; anything else changes nothing."""
    if not 0 <= place < len(cases):
        return cases
    listed = list(cases)
    if action == "remove":
        del listed[place]
    other = {"up": place - 1, "down": place + 1}.get(action, place)
    if 0 <= other < len(listed) and action != "remove":
        listed[place], listed[other] = listed[other], listed[place]
    return tuple(listed)


def with_captions(cases: Cases, captions: str) -> Cases:
    """The cases with a caption from each line of a text; a case beyond the text keeps its own."""
    lines = captions.split("\n")[: len(cases)]
    return tuple(
        replace(case, caption=_line(lines[i])) if i < len(lines) else case
        for i, case in enumerate(cases)
    )


def imported(cases: Cases, path: Path) -> Cases:
    """The cases and those of a `case.json`.

    Raises:
        InputError: the file is not one, or there is no room; no path in its text.
    """
    from analysis.case.case_json import read_casebook

    try:
        more = read_casebook(path).cases
    except InputError as error:
        raise InputError(str(error).replace(str(path), path.name)) from None
    for case in more:
        cases = with_case(cases, case)
    return cases


def export(
    cases: Sequence[Case],
    details: Any = (),
    language: Any = "en",
    progress: Share | None = None,
    font: Any = "sans",
) -> Export:
    """The files of a figure of some cases.

    Raises:
        InputError: no cases or too many, or an unknown detail, language or font.
    """
    from analysis.case.case_json import casebook
    from analysis.case.files import export_files, hints

    if not cases:
        raise InputError("there is nothing to draw: keep a case first")
    book = casebook(list(cases), details, language, font)
    with _DRAWING:
        files = export_files(book, stepping(progress))
    return Export(files, hints(book, files))


def font_of(entries: Any) -> Any:
    """The font that a `case.json` of a request asks for; the first one where it names none."""
    figure = entries.get("figure") if isinstance(entries, dict) else None
    return figure.get("font", FONTS[0]) if isinstance(figure, dict) else FONTS[0]


def requested(linker: Callable[[], Linker], entries: Any) -> Cases:
    """The cases of a request for programs.

    Args:
        entries: a `case.json`, or a list of `{"sentence", "mention", "span", "image", "gold",
            "caption"}`, of which the first two are needed; `image` is a picture in base64, or a
            data URI.

    Raises:
        InputError: names the entry and the field that cannot be used.
    """
    from analysis.case.case_json import casebook_from

    if isinstance(entries, dict):
        return casebook_from(entries, "cases").cases
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_CASES:
        raise InputError(f"cases must be a case.json or a list of 1 to {MOST_CASES} requests")
    cases: Cases = ()
    for number, entry in enumerate(entries, 1):
        step()
        try:
            cases = (*cases, _requested(linker(), entry))
        except InputError as error:
            raise InputError(f"request {number}: {error}") from None
    return cases


def _requested(linker: Linker, entry: Any) -> Case:
    texts = ("sentence", "mention", "gold", "caption", "image")
    if not isinstance(entry, dict) or not set(entry) <= {*texts, "span"}:
        raise InputError(f"it must be an object with the fields {', '.join(texts)} and span")
    fields = {name: "" if entry.get(name) is None else entry[name] for name in texts}
    for name, value in fields.items():
        if not isinstance(value, str):
            raise InputError(f"{name} is not text")
    with tempfile.TemporaryDirectory(prefix="mimic-") as folder:
        image = _decoded(fields["image"], Path(folder) / "picture") if fields["image"] else None
        mention = make_mention(image, fields["sentence"], fields["mention"], entry.get("span"))
        return make(linker, mention, fields["gold"], fields["caption"])


def _decoded(text: str, path: Path) -> Path:
    from analysis.case.case_json import from_base64

    if len(text) > MOST_ENCODED:
        raise InputError(f"image is larger than {MOST_ENCODED * 3 // 4 // 1_000_000} MB")
    encoded = text.partition(",")[2] if text.startswith("data:") else text
    try:
        path.write_bytes(from_base64(encoded))
    except ValueError:
        raise InputError("image is neither base64 nor a data URI") from None
    return path


def mention_of(linked: Linked | None) -> Mention:
    """The mention at hand.

    Raises:
        InputError: nothing was linked yet, or the server has deleted its picture.
    """
    if linked is None:
        raise InputError("nothing is linked yet: open Link first")
    image = linked.mention.image
    if image is not None and not image.is_file():
        raise InputError("the picture was deleted from the server after a day: link it again")
    return linked.mention


@contextmanager
def _nameless(mention: Mention) -> Iterator[None]:
    """Messages without the server's name of the upload."""
    try:
        yield
    except InputError as error:
        raise InputError(without_path(str(error), mention.image)) from None


def _room_for_one(cases: Cases) -> None:
    if len(cases) >= MOST_CASES:
        raise InputError(f"a figure holds {MOST_CASES} cases: remove one first")


def _line(text: str) -> str:
    """A caption on one line.

    Raises:
        InputError: it is too long.
    """
    line = " ".join(text.split())
    if len(line) > MOST_CAPTION:
        raise InputError(f"the caption has {len(line)} characters; at most {MOST_CAPTION} fit")
    return line
