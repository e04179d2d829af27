"""The buttons that take an answer along."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from analysis.markup import Markup, markup
from demo.examples import Example
from demo.handlers.address import address_of
from demo.handlers.link import Linked
from demo.handlers.recipes import csv_of, curl_of, json_of, python_of
from demo.texts import Words

_TAKE = """
<p class="take" role="group" aria-label="{{ words.take_along }}" data-address="{{ address }}"
 data-done="{{ words.copied }}"><span>{{ words.take_along }}</span>
  <button type="button" data-copy="{PAGE}?{{ address }}">{{ words.copy_link }}</button>
  {% for key, text in copies.items() %}
    <button type="button" data-copy="{{ text }}">{{ words["copy_" + key] }}</button>{% endfor %}
  {% for key, address in files.items() %}
    <a download="mimic-answer.{{ key }}" href="{{ address }}">{{ words["download_" + key] }}</a>
  {% endfor %}</p>
"""


def take_along(words: Words, linked: Linked, examples: Sequence[Example] = ()) -> Markup:
    """Link, Python and curl to copy; JSON and CSV to download."""
    files = {"json": ("application/json", json_of), "csv": ("text/csv", csv_of)}
    return markup(
        _TAKE,
        words=words,
        address=address_of(linked, examples),
        copies={"python": python_of(linked), "curl": curl_of(linked)},
        files={key: _inline(kind, make(linked)) for key, (kind, make) in files.items()},
    )


def _inline(kind: str, text: str) -> str:
    """A file in an address: nothing is left behind on the server."""
    return f"data:{kind};charset=utf-8;base64,{b64encode(text.encode()).decode()}"
