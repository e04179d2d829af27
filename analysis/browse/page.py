"""The mentions as one HTML file that asks nothing of a network: all that it shows is in it."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Sequence
from pathlib import Path

from analysis.browse.export import mention_record
from analysis.browse.filters import EVERYTHING, Filter, choices, outcomes_of, units_of, words_of
from analysis.browse.records import Results, SeenMention
from analysis.markup import Markup, html
from mimic.errors import InputError
from mimic.io.terminal import Progress
from mimic.model.pictures import opened_picture

SIDE, QUALITY = 128, 70  # of a picture in the file
_LABELS = {"cause": "answer or cause", "group": "group", "unit": "alone right", "change": "change"}
_PAGE = """
<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title><style>{{ style }}</style></head>
<body><h1>{{ title }}</h1><p id="about">{{ about }}</p>
<form>{% for name, label in labels.items() %}
  <label>{{ label }}<select name="{{ name }}"><option value="">all</option>
  {% for value, count in choices[name].items() %}
    <option value="{{ value }}"{% if value == wanted[name] %} selected{% endif %}>
      {{ value }} ({{ count }})</option>{% endfor %}
  </select></label>{% endfor %}
  <label>words<input name="text" type="search" value="{{ wanted.text }}"></label></form>
<nav><span role="status"></span><button id="before">Before</button><button id="after">Next</button>
<button id="csv">Save as CSV</button><button id="jsonl">Save as JSON lines</button></nav>
<main></main>
<script type="application/json" id="data">{{ data }}</script><script>{{ script }}</script>
</body></html>
"""


def results_html(
    results: Results, wanted: Filter = EVERYTHING, progress: Progress | None = None
) -> str:
    """The file, with all mentions of the split and the filter set as wanted.

    Args:
        progress: is told (pictures done, pictures in all).
    """
    counts = choices(results)
    return html(
        _PAGE,
        title=f"{results.split}: {' and '.join(results.models)}",
        about=f"{len(results.mentions):,} mentions"
        + (f", ranked among: {results.protocol}" if results.protocol else ""),
        style=_part("page.css"),
        script=_part("page.js"),
        labels={name: label for name, label in _LABELS.items() if counts[name]},
        choices=counts,
        wanted=wanted,
        data=_data(results, progress),
    )


def _part(name: str) -> Markup:
    return Markup(Path(__file__).with_name(name).read_text("utf-8"))


def _data(results: Results, progress: Progress | None) -> Markup:
    """All that the script shows, in a form that ends no element."""
    pictures, places = _pictures(results.mentions, progress)
    mentions = [
        mention_record(seen, results.models)
        | {
            "picture": places.get(seen.mention.image),
            "outcomes": sorted(outcomes_of(seen)),
            "units": sorted(units_of(seen)),
            "words": words_of(seen),
        }
        for seen in results.mentions
    ]
    text = json.dumps({"pictures": pictures, "mentions": mentions}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def _pictures(
    mentions: Sequence[SeenMention], progress: Progress | None
) -> tuple[list[str], dict[Path | None, int]]:
    """Each picture once, small, and the place of each file; what cannot be read has none."""
    files = list(dict.fromkeys(m.mention.image for m in mentions if m.mention.image is not None))
    pictures, places = list[str](), dict[Path | None, int]()
    for number, file in enumerate(files, 1):
        stream = io.BytesIO()
        try:
            with opened_picture(file, near=SIDE) as picture:
                picture.thumbnail((SIDE, SIDE))
                picture.save(stream, "JPEG", quality=QUALITY)
        except InputError:
            continue
        places[file] = len(pictures)
        encoded = base64.b64encode(stream.getvalue()).decode("ascii")
        pictures.append(f"data:image/jpeg;base64,{encoded}")
        if progress is not None:
            progress(number, len(files))
    return pictures, places
