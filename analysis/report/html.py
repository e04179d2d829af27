"""The report as one HTML file that asks nothing of a network: figures and style are inside it."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.markup import Markup, html, markup
from analysis.report.sections import shown_rows

STYLE = Markup("""
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1f2430; max-width: 62rem; margin: 2rem auto;
       padding: 0 1rem; background: #fff; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #c8ccd4; }
pre { background: #f3f4f7; padding: .6rem .8rem; overflow-x: auto; font-size: 13px; }
figure { margin: 1rem 0; } figure img { max-width: 100%; }
figcaption, caption { color: #4a5160; font-size: 13px; text-align: left; }
div.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid #e2e5ea; text-align: left;
         vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.failed { border-left: 4px solid #b42318; background: #fef3f2; padding: .6rem 1rem; }
""")
_PAGE = """
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Report</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{{ style }}</style></head><body><h1>Report</h1>
{% if command %}<pre>{{ command }}</pre>{% endif %}
{% if failed %}<div class="failed"><p>Not in this report:</p>
  <ul>{% for name, why in failed.items() %}<li><b>{{ name }}</b>: {{ why }}</li>{% endfor %}</ul>
</div>{% endif %}
{% if origin %}<table><caption>Fingerprints, seed and versions</caption>
  {% for name, value in origin.items() %}<tr><th>{{ name }}</th><td>{{ value }}</td></tr>
{% endfor %}</table>{% endif %}
<nav><ul>{% for record in records %}
  <li><a href="#{{ record.name }}">{{ record.title }}</a></li>{% endfor %}</ul></nav>
{{ parts | join }}</body></html>
"""
_PART = """
<section id="{{ record.name }}"><h2>{{ record.title }}</h2>
{% if command %}<pre>{{ command }}</pre>{% endif %}
{% if record.notes %}<ul>
  {% for note in record.notes %}<li>{{ note }}</li>{% endfor %}</ul>{% endif %}
{% for name, data in figures.items() %}
  <figure><img alt="{{ name }}" src="data:image/svg+xml;base64,{{ data }}">
  <figcaption>{{ name }}.pdf, .svg, .png</figcaption></figure>{% endfor %}
{{ tables | join }}</section>
"""
_TABLE = """
{% macro cell(tag, text, number, linked=False) %}<{{ tag }}{% if number %} class="n"{% endif %}>
  {% if linked %}<a href="{{ text }}" download>{{ text }}</a>{% else %}{{ text }}{% endif %}
</{{ tag }}>{% endmacro %}
<div class="table"><table><caption>{{ title }}</caption>
<thead><tr>{% for name, number in columns %}{{ cell("th", name, number) }}{% endfor %}</tr></thead>
<tbody>{% for row in rows %}<tr>{% for text in row %}{% set name, number = columns[loop.index0] %}
  {{ cell("td", text, number, name == "case" and text.startswith("cases/")) }}{% endfor %}</tr>
{% endfor %}</tbody></table></div>
"""


def report_html(
    records: Sequence[Mapping[str, Any]], folder: Path, failed: Mapping[str, str], command: str
) -> str:
    """The whole page.

    Args:
        records: stored parts, whose figures lie in the folder as SVG.
        failed: part -> why it is not there.
        command: that makes the report again.
    """
    return html(
        _PAGE,
        style=STYLE,
        command=command,
        failed=failed,
        origin=_origin(records[0]["origin"]) if records else {},
        records=records,
        parts=[_part(record, folder) for record in records],
    )


def _origin(origin: Mapping[str, Any]) -> dict[str, Any]:
    names = ("model", "data", "split", "mentions", "entities", "seed", "baseline")
    return {name: origin.get(name, "") for name in names} | dict(origin.get("versions", {}))


def _part(record: Mapping[str, Any], folder: Path) -> Markup:
    figures = {name: (folder / f"{name}.svg").read_bytes() for name in record["figures"]}
    return markup(
        _PART,
        record=record,
        command=record["origin"].get("command"),
        figures={name: base64.b64encode(data).decode("ascii") for name, data in figures.items()},
        tables=[_table(table) for table in record["tables"].values()],
    )


def _table(table: Mapping[str, Any]) -> Markup:
    columns = [
        (name, any(isinstance(row[i], int | float) for row in table["rows"]))
        for i, name in enumerate(table["columns"])
    ]
    rows = [[text.replace("\\|", "|") for text in row] for row in shown_rows(table)]
    return markup(_TABLE, title=table["title"], columns=columns, rows=rows)
