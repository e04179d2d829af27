"""What the page says of a user's mistake, in the user's language.

The model's rooms raise `InputError` in English. Each such sentence that can reach the page is known
by its template in `texts.errors`; one that is not known is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.texts.errors import ERRORS
from mimic.errors import InputError

_FIELD = re.compile(r"\\\{(\w+)\\\}")


def pattern_of(template: str) -> re.Pattern[str]:
    """Matches what a template says, whatever stands in its fields."""
    names: set[str] = set()

    def group(field: re.Match[str]) -> str:
        again = field[1] in names
        names.add(field[1])
        return f"(?P={field[1]})" if again else f"(?P<{field[1]}>.+?)"

    return re.compile(_FIELD.sub(group, re.escape(template)), re.S)


#: The same in the page's own English, where the model's rooms speak of the command line.
_ENGLISH = {
    r"(.+) names pictures: .*": r"\1 names pictures: choose the ZIP that holds them, too",
    r"(\d+ .+): see '\w+'": r"\1",  # the rows are told below
}
#: What a message begins with that is not a word of it: it stays as it was given.
_PARAMETERS = {
    "k", "kb", "model", "method", "target", "edit", "cases", "details", "image", "span",
    "sentence", "mention", "entity", "against", "weights", "language",
}  # fmt: skip
_REQUEST = re.compile(r"request (\d+): (.*)", re.S)
_KNOWN = [(pattern_of(english), chinese) for english, chinese in ERRORS.items()]


def translated(message: str, language: str) -> str:
    """A message in one of `texts.LANGUAGES`, beginning with a capital letter.

    What the visitor wrote, the name of a file and that of a parameter stay as they are.
    """
    if language == "zh":
        if found := _REQUEST.fullmatch(message):
            return f"第 {found[1]} 个请求：{translated(found[2], language)}"
        for pattern, chinese in _KNOWN:
            if fields := pattern.fullmatch(message):
                return chinese.format(**fields.groupdict())
    for words, said in _ENGLISH.items():
        message = re.sub(words, said, message, flags=re.S)
    return message if _begins_with_a_name(message) else message[:1].upper() + message[1:]


@contextmanager
def named_as_given(paths: Iterable[Path | None]) -> Iterator[None]:
    """Messages name a file as the visitor does, without the server's folder."""
    try:
        yield
    except InputError as error:
        text = str(error)
        for path in filter(None, paths):
            text = text.replace(str(path), path.name)
        raise InputError(text) from None


def _begins_with_a_name(message: str) -> bool:
    first = message.split(" ", 1)[0]
    if message.startswith("the picture") or not message:
        return False
    if not first.isalpha() or first in _PARAMETERS:
        return True
    opened = (pattern for pattern, _ in _KNOWN if pattern.pattern.startswith("("))
    names = (fields[1] for pattern in opened if (fields := pattern.fullmatch(message)))
    return any(" " not in name or message.startswith(f"{name}: ") for name in names)
