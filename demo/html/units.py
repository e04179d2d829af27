"""The `?` beside the name of a unit: a button, and the note that it opens."""

from __future__ import annotations

from analysis.markup import Markup, markup
from demo.texts import Words

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


_BUTTON = """
<button type="button" class="help" popovertarget="about-{{ unit }}" aria-label="{{ name }}"
 title="{{ name }}">?</button>
"""
_NOTES = """
{% for unit, equation in equations.items() %}
<div popover id="about-{{ unit }}" class="about {{ unit }}" role="note">
  <h2>{{ words[unit] }}: {{ words[unit + "_name"] }}</h2>
  <p>{{ words[unit + "_about"] }}</p>
  <p class="equation">{{ equation | safe }}</p>
</div>
{% endfor %}
"""


def help_button(words: Words, unit: str) -> Markup:
    """Opens the note of a unit; the browser closes it on Escape or a click elsewhere."""
    return markup(_BUTTON, unit=unit, name=words["about"].format(unit=words[unit]))


def help_notes(words: Words) -> Markup:
    """The three notes, which stand once in the page."""
    return markup(_NOTES, words=words, equations=EQUATIONS)
