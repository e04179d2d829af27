"""The `?` beside the name of a unit: a button, and the note that it opens."""

from __future__ import annotations

from html import escape

from demo.texts import Words
from mimic.schema import UNITS

#: The equations of the paper, section 3.3; m: mention, e: entity, G: whole, L: words or patches.
EQUATIONS = {
    "tglu": "S<sub>T</sub> = ½ ( t<sub>m</sub><sup>G</sup> · t<sub>e</sub><sup>G</sup> + "
    "W<sub>c</sub>t<sub>e</sub><sup>G</sup> · LN(mean softmax(QKᵀ/√D) V) ), "
    "Q = W<sub>q</sub>t<sub>e</sub><sup>L</sup>, K, V = W<sub>k</sub>, "
    "W<sub>v</sub> t<sub>m</sub><sup>L</sup>",
    "vdlu": "S<sub>V</sub> = ½ (S<sub>e→m</sub> + S<sub>m→e</sub>), "
    "S<sub>a→b</sub> = LN(g h + v<sub>b</sub><sup>G</sup>) · LN(v<sub>a</sub><sup>G</sup>), "
    "h = W LN(v<sub>a</sub><sup>G</sup> + mean v<sub>b</sub><sup>L</sup>), "
    "g = tanh(w · h)",
    "cmfu": "S<sub>C</sub> = h<sub>m</sub> · h<sub>e</sub>, "
    "h = LN(g t<sup>G</sup> + Σ α<sub>i</sub> v<sub>i</sub><sup>L</sup>), "
    "α = softmax(t<sup>G</sup> · v<sub>i</sub><sup>L</sup>), g = tanh(w · t<sup>G</sup>)",
}


def help_button(words: Words, unit: str) -> str:
    """Opens the note of a unit; the browser closes it on Escape or a click elsewhere."""
    name = escape(words["about"].format(unit=words[unit]))
    return (
        f'<button type="button" class="help" popovertarget="about-{unit}" aria-label="{name}" '
        f'title="{name}">?</button>'
    )


def help_notes(words: Words) -> str:
    """The three notes, which stand once in the page."""
    return "".join(
        f'<div popover id="about-{unit}" class="about {unit}" role="note">'
        f"<h2>{escape(words[unit])}: {escape(words[f'{unit}_name'])}</h2>"
        f"<p>{escape(words[f'{unit}_about'])}</p>"
        f'<p class="equation">{EQUATIONS[unit]}</p></div>'
        for unit in UNITS
    )
