"""The report as one HTML file that asks nothing of a network: figures and style are inside it."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from analysis.report.sections import shown_rows

STYLE = """
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
    contents = "".join(
        f'<li><a href="#{escape(r["name"])}">{escape(r["title"])}</a></li>' for r in records
    )
    body = [
        "<h1>Report</h1>",
        f"<pre>{escape(command)}</pre>" if command else "",
        _failed(failed),
        _origin(records[0]["origin"]) if records else "",
        f"<nav><ul>{contents}</ul></nav>",
        *(_part(record, folder) for record in records),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Report</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(filter(None, body))
        + "\n</body></html>\n"
    )


def _failed(failed: Mapping[str, str]) -> str:
    if not failed:
        return ""
    told = "".join(f"<li><b>{escape(n)}</b>: {escape(why)}</li>" for n, why in failed.items())
    return f'<div class="failed"><p>Not in this report:</p><ul>{told}</ul></div>'


def _origin(origin: Mapping[str, Any]) -> str:
    names = ("model", "data", "split", "mentions", "entities", "seed", "baseline")
    rows = {name: origin.get(name, "") for name in names} | dict(origin.get("versions", {}))
    cells = "".join(
        f"<tr><th>{escape(str(n))}</th><td>{escape(str(v))}</td></tr>" for n, v in rows.items()
    )
    return f"<table><caption>Fingerprints, seed and versions</caption>{cells}</table>"


def _part(record: Mapping[str, Any], folder: Path) -> str:
    command = record["origin"].get("command", "")
    notes = "".join(f"<li>{escape(note)}</li>" for note in record["notes"])
    return "\n".join((
        f'<section id="{escape(record["name"])}"><h2>{escape(record["title"])}</h2>',
        f"<pre>{escape(command)}</pre>" if command else "",
        f"<ul>{notes}</ul>" if notes else "",
        *(_figure(name, folder) for name in record["figures"]),
        *(_table(table) for table in record["tables"].values()),
        "</section>",
    ))  # fmt: skip


def _figure(name: str, folder: Path) -> str:
    data = base64.b64encode((folder / f"{name}.svg").read_bytes()).decode("ascii")
    return (
        f'<figure><img alt="{escape(name)}" src="data:image/svg+xml;base64,{data}">'
        f"<figcaption>{escape(name)}.pdf, .svg, .png</figcaption></figure>"
    )


def _table(table: Mapping[str, Any]) -> str:
    columns, rows = table["columns"], shown_rows(table)
    number = [any(isinstance(row[i], int | float) for row in table["rows"])
              for i in range(len(columns))]  # fmt: skip
    head = "".join(_cell("th", c, n) for c, n in zip(columns, number, strict=True))
    body = "".join(
        "<tr>" + "".join(_cell("td", v, n, c) for v, n, c in zip(row, number, columns, strict=True))
        + "</tr>" for row in rows
    )  # fmt: skip
    return (
        f'<div class="table"><table><caption>{escape(table["title"])}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(tag: str, text: str, number: bool, column: str = "") -> str:
    shown = escape(text.replace("\\|", "|"))
    if column == "case" and text.startswith("cases/"):
        shown = f'<a href="{shown}" download>{shown}</a>'
    return f'<{tag} class="n">{shown}</{tag}>' if number else f"<{tag}>{shown}</{tag}>"
