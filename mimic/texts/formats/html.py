"""One HTML file that needs no network: a text and its mentions, their first three on hover."""

from __future__ import annotations

from html import escape

from mimic.texts.formats.apart import apart
from mimic.texts.records import LinkedText, TextMention

SHOWN = 3
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.8 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
mark { position: relative; color: inherit; background: #8882; border-bottom: 3px solid #888;
  cursor: help; }
mark.sure { border-color: #16803c; } mark.likely { border-color: #b7791f; }
mark.uncertain { border-color: #c05621; } mark.nil { border-bottom-style: dotted; }
mark > span { display: none; position: absolute; left: 0; top: 100%; z-index: 1; padding: .5rem;
  width: max-content; max-width: min(22rem, 80vw); background: Canvas; color: CanvasText;
  border: 1px solid #888; font-size: .85rem; line-height: 1.4; white-space: normal; }
mark:hover > span, mark:focus > span { display: block; }
mark b { display: block; font-weight: 400; }
"""


def as_html(linked: LinkedText) -> str:
    """The file; every text in it is escaped.

    Raises:
        InputError: mentions overlap.
    """
    parts, at = [], 0
    for mention in apart(linked, "html"):
        parts += [escape(linked.text[at : mention.start]), _mark(mention)]
        at = mention.end
    body = "".join([*parts, escape(linked.text[at:])])
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Linked text</title><style>{_STYLE}</style></head>\n"
        f'<body dir="auto">{body}</body></html>\n'
    )


def _mark(mention: TextMention) -> str:
    band = mention.result.band
    kind = "nil" if mention.nil else "" if band is None else band.name
    listed = mention.result.candidates[:SHOWN]
    said = "".join(
        f"<b>{c.rank}. {escape(c.entity.name)} ({escape(c.entity.id)}): {c.probability:.0%}</b>"
        for c in listed
    )
    doubt = "<b>probably not in this knowledge base</b>" if mention.nil else ""
    surface = escape(mention.surface)
    return f'<mark tabindex="0" class="{kind}">{surface}<span>{doubt}{said}</span></mark>'
