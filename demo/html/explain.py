"""The explanation of one candidate as HTML."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import numpy as np

from analysis.drawing.explanation import attention_table
from analysis.drawing.palette import signed_number
from analysis.drawing.words_html import colour_limit
from analysis.faithfulness.stored_faithfulness import ASKED, Measured
from analysis.markup import Markup, html, markup, percent
from demo.html.details import gates_of
from demo.html.maps import patch_map, picture_style, rest_chips, word_chips
from demo.texts import Words, joined
from mimic.explain import SIDES, TARGETS
from mimic.explain.request import PAIRS
from mimic.schema import Attention, Explanation, GateRange, SideView

_WHY = """
<section class="why" aria-live="polite" style="{{ pictures }}"{% if pairs %}
 data-pairs="{{ pairs }}" data-picked="{{ words.picked }}"{% endif %}>
  <h2>{{ title }} <span class="id">{{ ids }}</span></h2>
  {% if notice %}<p class="notice" role="status">{{ notice }}</p>{% endif %}
  {{ attributions }}{{ attention }}</section>
"""
_ATTRIBUTIONS = """
<p class="what">{{ what }}</p>
<div class="trust"><h3>{{ words.trust }}</h3><ul>{% for text, bad in lines %}
  <li{% if bad %} class="bad"{% endif %}>{{ text }}</li>{% endfor %}</ul></div>
<p class="key"><span class="chip plus edge" style="--s:60%"><b>+</b></span> {{ words.legend_plus
  }} <span class="chip minus edge dashed" style="--s:60%"><b>−</b></span> {{ words.legend_minus
  }}{{ notes }}</p>
{% if pick %}<p class="picked"><span role="status" data-hint="{{ pick }}">{{ pick }}</span>
  <button type="button" class="small" data-clear hidden>{{ words.pick_clear }}</button></p>
{% endif %}<div class="sides">{{ sides | join }}</div>
<h3>{{ words.shares }}</h3><p class="hint">{{ words.shares_note }}</p>
<div class="sides">{% for view in views %}
  <div><h4>{{ words["side_" + view.side] }}</h4>{% for target in targets %}
    <div class="share"><span>{{ words[target] }}</span>{% set text = view.text_share.get(target) %}
      {% if text is none %}<small>{{ words.share_none }}</small>{% else %}
      <span class="split" aria-hidden="true">
        <i style="width:{{ "%.1f" % (100 * text) }}%"></i></span>
      <small>{{ words.share_text.format(percent="%.0f %%" % (100 * text)) }}</small>
      <small>{{ words.share_image.format(percent="%.0f %%" % (100 * (1 - text))) }}</small>
      {% endif %}</div>{% endfor %}</div>{% endfor %}</div>
"""
_FIGURE = """
<figure{% if key %} data-side="{{ key }}"{% endif %}><figcaption>{{ side }}</figcaption>
<div class="both">{{ parts | join }}</div></figure>
"""
_TOOLS = """
<div class="tools">{% if bare %}
  <button type="button" class="small" data-bare aria-pressed="false">{{ words.bare }}</button>
  {% endif %}<span>{{ words.save_map }}</span>{% for kind in ("PNG", "SVG", "PDF") %}
  <button type="button" class="small" data-save="{{ kind }}" data-index="{{ number }}"
   aria-label="{{ words.save_as.format(kind=kind, side=side) }}">{{ kind }}</button>
  {% endfor %}</div>
"""
_ATTENTION = """
<details class="look-at"{% if open %} open{% endif %}><summary>{{ words.attention }}</summary>
<p class="hint">{{ words.attention_note }}</p>
<div class="sides">{{ units | join }}</div>{{ gates }}
<details><summary>{{ words.matrix }}</summary>{{ matrix }}</details>
<details><summary>{{ words.encoders }}</summary><p class="hint">{{ words.encoders_note }}</p>
  <div class="sides">{{ encoders | join }}</div></details></details>
"""
_REST = '<p class="rest-head">{{ words.rest }}</p>{{ chips }}'
_LOOK = "<div><h4>{{ name }} <small>{{ beside }}</small></h4>{{ drawing }}</div>"
_MATRIX = """
<p class="hint">{{ words.matrix_note }}</p><div class="matrix" tabindex="0"><table>
  <thead><tr><td></td>
    {% for head in heads %}<th scope="col"><span>{{ head }}</span></th>{% endfor %}</tr></thead>
  <tbody>{% for head, shares in rows %}<tr><th scope="row">{{ head }}</th>{% for share in shares %}
    {% set whole = "%.0f" % (100 * share) %}
    <td style="--s:{{ whole }}%" title="{{ whole }} %">{{ whole }}</td>{% endfor %}</tr>{% endfor %}
  </tbody></table></div>
"""


def explanation(
    words: Words,
    found: Explanation,
    side: str = "both",
    measured: Measured | None = None,
    notice: str = "",
    usual: GateRange | None = None,
) -> str:
    """Attributions if there are any, how far to trust them, and attention.

    Args:
        side: `both`, `mention` or `entity`.
        measured: how the method did on Atlas; only read when there are attributions.
        notice: shown first, for example that the visitor cancelled.
        usual: where the gates of the model usually are.
    """
    every = (found.mention, found.candidate)
    views = [view for view in every if side in ("both", view.side)]
    title = words["why"].format(name=found.entity.name)
    if found.against is not None:
        title = words["why_not"].format(name=found.entity.name, other=found.against.name)
    ids = " / ".join(e.id for e in (found.entity, found.against) if e is not None)
    attributed = views[0].attribution is not None
    return html(
        _WHY,
        words=words,
        pairs=_cells(found) if attributed else "",
        pictures=picture_style(every),
        title=title,
        ids=ids,
        notice=notice,
        attributions=_attributions(words, found, views, measured) if attributed else "",
        attention=_attention(words, found, views, not attributed, usual),
    )


def _attributions(
    words: Words, found: Explanation, views: Sequence[SideView], measured: Measured | None
) -> Markup:
    every = [found.mention, found.candidate]
    limits = {over: colour_limit(every, over) for over in ("words", "patches")}
    ends = words["legend_range"].format(**{over: f"{limit:.2f}" for over, limit in limits.items()})
    sums = [_sum_line(words, view) for view in views]
    return markup(
        _ATTRIBUTIONS,
        words=words,
        what=_what(words, found, views[0]),
        lines=[*sums, *_measured_lines(words, measured)],
        notes=words["stop"] + joined(words, ends, words["hover"]),
        sides=[_side(words, found, view, limits) for view in views],
        pick=_pick_hint(words, found, views),
        views=views,
        targets=TARGETS,
    )


def _what(words: Words, found: Explanation, view: SideView) -> str:
    assert view.attribution is not None
    other = found.against.name if found.against else ""
    key = "what_margin" if found.against else "what_attribution"
    if view.attribution.method == PAIRS:
        key = "what_pairs_margin" if found.against else "what_pairs"
    text = words[key]
    method = words[view.attribution.method]
    target = words["of_total"]
    if found.target != "total":
        target = words["of_unit"].format(unit=words[found.target])
    return text.format(target=target, other=other, method=method)


def _sum_line(words: Words, view: SideView) -> tuple[str, bool]:
    found = view.attribution
    assert found is not None
    key = {True: "adds_up", False: "does_not_add_up", None: "no_promise"}[found.complete]
    key = "pairs_sum" if found.method == PAIRS else key
    text = words[key].format(
        side=words[f"side_{view.side}"],
        start=signed_number(found.baseline_score),
        end=signed_number(found.score),
        sum=signed_number(sum((*found.words, *found.patches))),
        whole=signed_number(found.score - found.baseline_score),
        gap=f"{100 * found.gap:.1f} %",
        steps=found.steps,
    )
    notes = [words["text_cut"]] if view.truncated else []
    if found.word_errors is not None and found.patch_errors is not None:
        error = math.hypot(*found.word_errors, *found.patch_errors)
        error /= math.sqrt(sum(value != 0 for value in (*found.words, *found.patches)) or 1)
        side = words[f"side_{view.side}"]
        notes.append(words["sum_errors"].format(side=side, error=f"{error:.2g}"))
    return joined(words, text, *notes), found.complete is False


def _measured_lines(words: Words, measured: Measured | None) -> list[tuple[str, bool]]:
    if measured is None:
        return [(words["measured_never"], True)]
    interval = ""
    if measured.low is not None and measured.high is not None:
        ends = {"low": f"{measured.low:.0f}", "high": f"{measured.high:.0f}"}
        interval = words["measured_interval"].format(**ends)
    curves = words["measured_curves"].format(
        n=measured.n, gap=f"{measured.gap:.0f}", interval=interval
    )
    texts = [curves]
    for key, hit, chance in (
        ("measured_patches", measured.patches, measured.patches_chance),
        ("measured_words", measured.words, measured.words_chance),
    ):
        if hit is not None and chance is not None:
            texts.append(words[key].format(hit=f"{hit:.0f}", chance=f"{chance:.0f}"))
    lines = [(joined(words, *texts), False)]
    if measured.fails:
        lines.append((words["measured_fails"].format(asked=ASKED), True))
    if not measured.this_model:
        lines.append((words["measured_other"], True))
    return lines


def _side(words: Words, found: Explanation, view: SideView, limits: dict[str, float]) -> Markup:
    numbers = view.attribution
    assert numbers is not None
    pick = found.pairs is not None
    picture = patch_map(words, view, numbers.patches, limits["patches"], share=False, pick=pick)
    chips = word_chips(view.words, numbers.words, limits["words"], share=False, pick=pick)
    chips += _rest(words, found, view, limits["words"])
    tools = markup(
        _TOOLS,
        words=words,
        side=words[f"side_{view.side}"],
        number=SIDES.index(view.side),
        bare=view.image is not None,
    )
    parts = [
        Markup("<div>{}{}</div>").format(picture, tools),
        Markup("<div>{}</div>").format(chips),
    ]
    return _figure(words, view, parts, view.side)


def _rest(words: Words, found: Explanation, view: SideView, limit: float) -> Markup:
    """What belongs to no word and no patch of a side, where its pairs are known."""
    if found.pairs is None or view.attribution is None:
        return Markup()
    names = [words[f"rest_{name}"] for name in found.pairs.rest]
    sums = np.array(found.pairs.cells[found.target]).sum(1 if view.side == "mention" else 0)
    if found.pairs.against is not None and view.side == "mention":
        sums -= np.array(found.pairs.against[found.target]).sum(1)
    own = view.attribution.method == PAIRS  # others have no numbers for them
    values = sums[-len(names) :].tolist() if own else [None] * len(names)
    chips = rest_chips(names, values, limit, len(sums) - len(names))
    return markup(_REST, words=words, chips=chips)


def _cells(found: Explanation) -> str:
    """The cells of the target for the browser, rows of the mention, in three digits."""
    if found.pairs is None:
        return ""
    rows = found.pairs.cells[found.target]
    return json.dumps([[float(f"{cell:.3g}") for cell in row] for row in rows])


def _pick_hint(words: Words, found: Explanation, views: Sequence[SideView]) -> str:
    if found.pairs is None:
        return ""
    if len(views) < len(SIDES):
        return words["pick_both"]
    whole = [words[f"whole_{name}"] for name in found.pairs.whole]
    return joined(words, words["pick_hint"], *whole)


def _figure(words: Words, view: SideView, parts: Sequence[Markup], key: str = "") -> Markup:
    """One side: picture and words beside each other where there is room."""
    return markup(_FIGURE, side=words[f"side_{view.side}"], parts=parts, key=key)


def _attention(
    words: Words,
    found: Explanation,
    views: Sequence[SideView],
    unfolded: bool,
    usual: GateRange | None,
) -> Markup:
    """Where the units look, and their gates; behind a fold the encoders and TGLU's whole matrix."""
    every = [seen for view in (found.mention, found.candidate) for seen in view.attention]
    tops = {
        over: max((max(s.values, default=0.0) for s in every if s.over == over), default=0.0)
        for over in ("words", "patches")
    }
    return markup(
        _ATTENTION,
        words=words,
        open=unfolded,
        units=[_looks(words, found, view, "unit", tops) for view in views],
        gates=gates_of(words, found.gates, usual),
        matrix=_matrix(words, found),
        encoders=[_looks(words, found, view, "encoder", tops) for view in views],
    )


def _looks(
    words: Words, found: Explanation, view: SideView, source: str, tops: dict[str, float]
) -> Markup:
    maps = [seen for seen in view.attention if seen.source == source]
    drawn = [_look(words, view, seen, tops[seen.over], found.unattended) for seen in maps]
    return _figure(words, view, drawn)


def _look(
    words: Words, view: SideView, seen: Attention, top: float, unattended: Sequence[str]
) -> Markup:
    name = words[f"{seen.name}_{seen.over}" if seen.source == "unit" else seen.name]
    beside = _beside(words, seen, unattended)
    if seen.over == "words":
        drawing = word_chips(view.words, seen.values, top, share=True)
    else:
        drawing = patch_map(words, view, seen.values, top, share=True)
    return markup(_LOOK, name=name, beside=beside, drawing=drawing)


def _beside(words: Words, seen: Attention, unattended: Sequence[str]) -> str:
    """What falls on no word or patch; nothing of what cannot be attended to."""
    shares = {"special": percent(seen.special, 0), "padding": percent(seen.padding, 0)}
    if seen.over == "words":
        masked = "padding" in unattended
        return words["beside_tokens" if masked else "beside_words"].format(**shares)
    if seen.source == "unit" and "cls" in unattended:
        return ""
    return words["beside_patches"].format(**shares)


def _matrix(words: Words, found: Explanation) -> Markup:
    """TGLU's attention as a table: words of the entity down, of the mention across."""
    heads, cells = attention_table(found, words["special"], words["padding"])
    rows = zip((word.text for word in found.candidate.words), cells, strict=True)
    return markup(_MATRIX, words=words, heads=heads, rows=list(rows))
