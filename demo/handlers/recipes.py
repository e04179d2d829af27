"""An answer to take along: as Python, as curl, as JSON and as CSV."""

from __future__ import annotations

import json
import shlex

from demo.handlers.link import Linked
from demo.linkers import BUNDLED
from mimic.io.cells import csv_text
from mimic.schema import UNITS, Mention, result_record

#: Stands for the address of the page, which the browser knows.
PAGE = "{PAGE}"


def python_of(linked: Linked) -> str:
    """A program with the library that gives the same answer, where it finds the picture."""
    mention, k = linked.mention, len(linked.result.candidates)
    fields = [repr(mention.surface), repr(mention.sentence)]
    if mention.image is not None:
        fields.append(f"image=Path({mention.image.name!r})")
    if mention.span is not None:
        fields.append(f"span={mention.span}")
    names = (("model", linked.model), ("kb", linked.kb))
    load = ", ".join(f"{what}=Path({name!r})" for what, name in names if name != BUNDLED)
    return (
        "from pathlib import Path\n\nfrom mimic import EntityLinker, Mention\n\n"
        f"linker = EntityLinker.load({load})\n"
        f"mention = Mention({', '.join(fields)})\n"
        f"for candidate in linker.link(mention, k={k}{_only(linked)}).candidates:\n"
        "    print(candidate.rank, candidate.entity.id, candidate.entity.name, "
        "candidate.probability)\n"
    )


def _only(linked: Linked) -> str:
    """The parameters of `link` that say which entities are ranked, where not all are."""
    result = linked.result
    said = "" if result.candidates_are == "all" else f", candidates={result.candidates_are!r}"
    return said if result.types is None else f"{said}, types={list(result.types)}"


def curl_of(linked: Linked) -> str:
    """The same question to the page, in a shell; the picture is uploaded first."""
    mention = linked.mention
    fields = [mention.sentence, mention.surface, mention.span, len(linked.result.candidates)]
    asked: list[object] = [*fields, "total", linked.model, linked.kb]
    if linked.result.ranked is not None:
        asked += [linked.result.candidates_are, linked.result.types]
    rest = json.dumps(asked, ensure_ascii=False)[1:] + "}"
    ask = f"curl -sS -X POST {PAGE}gradio_api/run/link -H 'Content-Type: application/json' -d "
    if mention.image is None:
        return ask + shlex.quote('{"data": [null, ' + rest) + "\n"
    upload = f"curl -sS -F {shlex.quote(f'files=@{mention.image.name}')} {PAGE}gradio_api/upload"
    before = shlex.quote('{"data": [{"path": "')
    after = shlex.quote('", "meta": {"_type": "gradio.FileData"}}, ' + rest)
    return f'picture=$({upload} | cut -d \'"\' -f 2)\n{ask}{before}"$picture"{after}\n'


def json_of(linked: Linked) -> str:
    """What was asked, and the record of the answer."""
    record = _asked(linked) | result_record(linked.result)
    return json.dumps(record, ensure_ascii=False, indent=1)


def csv_of(linked: Linked) -> str:
    """A row for each listed entity; what a spreadsheet would take for a formula is text."""
    units = [f"{unit}{what}" for what in ("", "_rank") for unit in UNITS]
    columns = ["rank", "id", "name", "probability", "score", *units]
    rows = [
        [
            *(one[name] for name in columns[:5]),
            *(one[part][unit] for part in ("units", "unit_ranks") for unit in UNITS),
        ]
        for one in result_record(linked.result)["candidates"]
    ]
    return csv_text(columns, rows)


def _asked(linked: Linked) -> dict[str, object]:
    mention: Mention = linked.mention
    return {
        "model": linked.model,
        "kb": linked.kb,
        "sentence": mention.sentence,
        "mention": mention.surface,
        "span": mention.span,
        "picture": mention.image and mention.image.name,
    }
