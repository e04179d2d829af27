"""The explanation of one candidate as HTML. Every text from outside goes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.drawing.palette import signed_number
from analysis.drawing.words_html import colour_limit
from analysis.faithfulness.stored_faithfulness import ASKED, Measured
from demo.html.details import gates_of
from demo.html.maps import number, patch_map, picture_style, word_chips
from demo.html.parts import percent
from demo.texts import Words, joined
from mimic.explain import TARGETS
from mimic.schema import Attention, Explanation, SideView


def explanation(
    words: Words,
    found: Explanation,
    side: str = "both",
    measured: Measured | None = None,
    notice: str = "",
) -> str:
    """Attributions if there are any, how far to trust them, and attention.

    Args:
        side: `both`, `mention` or `entity`.
        measured: how the method did on Atlas; only read when there are attributions.
        notice: shown first, for example that the visitor cancelled.
    """
    every = (found.mention, found.candidate)
    views = [view for view in every if side in ("both", view.side)]
    title = words["why"].format(name=found.entity.name)
    if found.against is not None:
        title = words["why_not"].format(name=found.entity.name, other=found.against.name)
    ids = " / ".join(e.id for e in (found.entity, found.against) if e is not None)
    attributed = views[0].attribution is not None
    body = _attributions(words, found, views, measured) if attributed else ""
    told = f'<p class="notice" role="status">{escape(notice)}</p>' if notice else ""
    return (
        f'<section class="why" aria-live="polite" style="{picture_style(every)}">'
        f'<h2>{escape(title)} <span class="id">{escape(ids)}</span></h2>{told}{body}'
        f"{_attention(words, found, views)}</section>"
    )


def _attributions(
    words: Words, found: Explanation, views: Sequence[SideView], measured: Measured | None
) -> str:
    every = [found.mention, found.candidate]
    limits = {over: colour_limit(every, over) for over in ("words", "patches")}
    sides = "".join(_side(words, view, limits) for view in views)
    return (
        f'<p class="what">{escape(_what(words, found, views[0]))}</p>'
        f"{_trust(words, views, measured)}{_legend(words, limits)}"
        f'<div class="sides">{sides}</div>{_shares(words, views)}'
    )


def _what(words: Words, found: Explanation, view: SideView) -> str:
    assert view.attribution is not None
    other = found.against.name if found.against else ""
    text = words["what_margin" if found.against else "what_attribution"]
    method = words[view.attribution.method]
    target = words["of_total"]
    if found.target != "total":
        target = words["of_unit"].format(unit=words[found.target])
    return text.format(target=target, other=other, method=method)


def _trust(words: Words, views: Sequence[SideView], measured: Measured | None) -> str:
    """What the numbers add up to, and how the method did where the evidence is known."""
    lines = [_sum_line(words, view) for view in views]
    lines += [(text, bad) for text, bad in _measured_lines(words, measured)]
    items = "".join(
        f'<li class="bad">{escape(text)}</li>' if bad else f"<li>{escape(text)}</li>"
        for text, bad in lines
    )
    return f'<div class="trust"><h3>{escape(words["trust"])}</h3><ul>{items}</ul></div>'


def _sum_line(words: Words, view: SideView) -> tuple[str, bool]:
    found = view.attribution
    assert found is not None
    key = {True: "adds_up", False: "does_not_add_up", None: "no_promise"}[found.complete]
    text = words[key].format(
        side=words[f"side_{view.side}"],
        start=signed_number(found.baseline_score),
        end=signed_number(found.score),
        sum=signed_number(sum((*found.words, *found.patches))),
        whole=signed_number(found.score - found.baseline_score),
        gap=f"{100 * found.gap:.1f} %",
        steps=found.steps,
    )
    cut = [words["text_cut"]] if view.truncated else []
    return joined(words, text, *cut), found.complete is False


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


def _legend(words: Words, limits: dict[str, float]) -> str:
    ends = words["legend_range"].format(**{over: f"{limit:.2f}" for over, limit in limits.items()})
    notes = words["stop"] + joined(words, ends, words["hover"])
    return (
        '<p class="key"><span class="chip plus edge" style="--s:60%"><b>+</b></span> '
        f"{escape(words['legend_plus'])} "
        '<span class="chip minus edge dashed" style="--s:60%"><b>−</b></span> '
        f"{escape(words['legend_minus'])}{escape(notes)}</p>"
    )


def _side(words: Words, view: SideView, limits: dict[str, float]) -> str:
    found = view.attribution
    assert found is not None
    picture = patch_map(words, view, found.patches, limits["patches"], share=False)
    chips = word_chips(view.words, found.words, limits["words"], share=False)
    return _figure(words, view, f"{picture}<div>{chips}</div>")


def _figure(words: Words, view: SideView, parts: str) -> str:
    """One side: picture and words beside each other where there is room."""
    side = escape(words[f"side_{view.side}"])
    return f'<figure><figcaption>{side}</figcaption><div class="both">{parts}</div></figure>'


def _shares(words: Words, views: Sequence[SideView]) -> str:
    """A bar for the total and each unit: how much lies on words, how much on the picture."""
    blocks = []
    for view in views:
        rows = "".join(_share(words, target, view.text_share.get(target)) for target in TARGETS)
        blocks.append(f"<div><h4>{escape(words[f'side_{view.side}'])}</h4>{rows}</div>")
    return (
        f"<h3>{escape(words['shares'])}</h3>"
        f'<p class="hint">{escape(words["shares_note"])}</p><div class="sides">{"".join(blocks)}'
        "</div>"
    )


def _share(words: Words, target: str, text: float | None) -> str:
    name = f"<span>{escape(words[target])}</span>"
    if text is None:
        return f'<div class="share">{name}<small>{escape(words["share_none"])}</small></div>'
    left = words["share_text"].format(percent=f"{100 * text:.0f} %")
    right = words["share_image"].format(percent=f"{100 * (1 - text):.0f} %")
    return (
        f'<div class="share">{name}<span class="split" aria-hidden="true">'
        f'<i style="width:{100 * text:.1f}%"></i></span>'
        f"<small>{escape(left)}</small><small>{escape(right)}</small></div>"
    )


def _attention(words: Words, found: Explanation, views: Sequence[SideView]) -> str:
    """Where the units look, and their gates; behind a fold the encoders and TGLU's whole matrix."""
    every = [seen for view in (found.mention, found.candidate) for seen in view.attention]
    tops = {
        over: max((max(s.values, default=0.0) for s in every if s.over == over), default=0.0)
        for over in ("words", "patches")
    }
    units = "".join(_looks(words, view, "unit", tops) for view in views)
    coders = "".join(_looks(words, view, "encoder", tops) for view in views)
    return (
        f'<h3>{escape(words["attention"])}</h3><p class="hint">{escape(words["attention_note"])}'
        f'</p><div class="sides">{units}</div>{gates_of(words, found.gates)}'
        f"<details><summary>{escape(words['matrix'])}</summary>{_matrix(words, found)}</details>"
        f"<details><summary>{escape(words['encoders'])}</summary>"
        f'<p class="hint">{escape(words["encoders_note"])}</p><div class="sides">{coders}</div>'
        "</details>"
    )


def _looks(words: Words, view: SideView, source: str, tops: dict[str, float]) -> str:
    maps = [seen for seen in view.attention if seen.source == source]
    shown = "".join(f"<div>{_look(words, view, seen, tops[seen.over])}</div>" for seen in maps)
    return _figure(words, view, shown)


def _look(words: Words, view: SideView, seen: Attention, top: float) -> str:
    name = words[f"{seen.name}_{seen.over}" if seen.source == "unit" else seen.name]
    beside = words[f"beside_{seen.over}"].format(
        special=percent_text(seen.special), padding=percent_text(seen.padding)
    )
    if seen.over == "words":
        drawn = word_chips(view.words, seen.values, top, share=True)
    else:
        drawn = patch_map(words, view, seen.values, top, share=True)
    return f"<h4>{escape(name)} <small>{escape(beside)}</small></h4>{drawn}"


def percent_text(share: float) -> str:
    """`12 %`, as plain text."""
    return percent(share, 0).replace("&lt;", "<").replace("&gt;", ">")


def _matrix(words: Words, found: Explanation) -> str:
    """TGLU's attention as a table: words of the entity down, of the mention across."""
    attention = found.text_attention
    heads = [word.text for word in found.mention.words]
    heads += [f"({words['special']})", f"({words['padding']})"]
    head = "".join(f'<th scope="col"><span>{escape(text)}</span></th>' for text in heads)
    rows = []
    for word, values, special, padding in zip(
        found.candidate.words,
        attention.values,
        attention.special,
        attention.padding,
        strict=True,
    ):
        cells = "".join(
            f'<td style="--s:{100 * share:.0f}%" title="{number(share, share=True)}">'
            f"{100 * share:.0f}</td>"
            for share in (*values, special, padding)
        )
        rows.append(f'<tr><th scope="row">{escape(word.text)}</th>{cells}</tr>')
    return (
        f'<p class="hint">{escape(words["matrix_note"])}</p><div class="matrix" tabindex="0">'
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
