"""Templates of HTML: what fills them is escaped, unless it is `Markup` already.

Besides Jinja's own filters there are `signed` and `percent`.
"""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from analysis.drawing.palette import signed_number

_ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined)
#: A break of a line with its indentation, and the tags or braces beside it.
_BREAK = re.compile(r"([>}]?)\s*\n\s*([<{]?)")


def markup(template: str, /, **values: object) -> Markup:
    """A piece of HTML, which other pieces hold as it is.

    Args:
        template: of Jinja2. A break of a line is nothing beside a tag or a brace, else a space.
        values: what it names; all that is not `Markup` is escaped.

    Raises:
        UndefinedError: the template names what is not among the values.
    """
    return Markup(_compiled(template).render(values))


def html(template: str, /, **values: object) -> str:
    """The same as a plain string: a whole component of the page, or a whole file."""
    return str(markup(template, **values))


def percent(share: float, digits: int = 1) -> str:
    """A share in [0, 1] as a percentage that never rounds to a false 0 or 100."""
    smallest = 10.0**-digits
    if share <= 0:
        return "0 %"
    if 100 * share < smallest:
        return f"<{smallest:g} %"
    if share < 1 and 100 * share > 100 - smallest:
        return f">{100 - smallest:g} %"
    return f"{100 * share:.{digits}f} %"


@cache
def _compiled(template: str) -> Template:
    in_a_line = _BREAK.sub(lambda found: found[1] + found[2] or " ", template.strip())
    return _ENVIRONMENT.from_string(in_a_line)


_ENVIRONMENT.filters.update(signed=signed_number, percent=percent)
