"""What became of a visitor's own table as HTML."""

from __future__ import annotations

from typing import Any

from analysis.markup import html
from demo.messages import translated
from demo.own_kbs import OwnKb
from demo.texts import Words
from mimic.data.kb_import import reports

MOST = 200  # problems that are listed

_REPORT = """
<section class="own" aria-label="{{ words.tab_own }}"><p class="ready" role="status">{{ ready }}</p>
  <dl>{% for key, value in numbers.items() %}
    <div><dt>{{ words[key] }}</dt><dd>{{ "{:,}".format(value) }}</dd></div>{% endfor %}</dl>
  {% for line in said %}<p class="notice" role="status">{{ line }}</p>{% endfor %}
  {% if problems %}<h3>{{ words.own_problems }}</h3><div class="scroll" tabindex="0"><table>
    <thead><tr><th scope="col">{{ words.own_row }}</th>
      <th scope="col">{{ words.own_problem }}</th></tr></thead>
    <tbody>{% for row, problem in problems[:most] %}
      <tr><td>{{ row }}</td><td>{{ problem }}</td></tr>{% endfor %}</tbody></table></div>
    {% if problems | length > most %}
      <p>{{ words.own_more.format(count=problems | length - most) }}</p>{% endif %}
  {% else %}<p>{{ words.own_none }}</p>{% endif %}
  <button type="button" class="lead-on" data-index="0">{{ words.own_to_link }}</button></section>
"""


def report(words: Words, own: OwnKb) -> str:
    """Numbers, and the problems by row, as the command line tells them."""
    summary, stats = own.summary, own.stats
    return html(
        _REPORT,
        words=words,
        ready=words["own_ready"].format(name=own.name, entities=f"{stats['entities']:,}"),
        numbers={
            "own_rows": summary["rows"],
            "own_count": stats["entities"],
            "own_described": stats["with_description"],
            "own_pictured": stats["with_picture"],
            "own_shared": stats["names"]["entities_sharing"],
        },
        said=[translated(line, words["code"]) for line in reports(summary)],
        problems=_problems(words, summary),
        most=MOST,
    )


def _problems(words: Words, summary: dict[str, Any]) -> list[tuple[int, str]]:
    """Row and problem, in the order of the rows."""
    code = words["code"]
    told = [(entry["row"], translated(entry["reason"], code)) for entry in summary["skipped"]]
    told += [
        (entry["row"], f"{entry['image']}: {translated(entry['reason'], code)}")
        for entry in summary["images_left_out"]
    ]
    return sorted(told)
