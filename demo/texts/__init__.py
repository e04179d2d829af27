"""Every string of the page, English and Chinese side by side, a table for each panel.

A text is looked up as `words(language)[key]`. `{braces}` are filled with `str.format` by the
caller; nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from demo.texts import (
    batch,
    cases,
    compare,
    entities,
    explain,
    link,
    own,
    page,
    results,
    text,
    units,
    whatif,
)  # fmt: skip

Words = Mapping[str, str]
LANGUAGES = ("en", "zh")

#: key -> one text for each of `LANGUAGES`; no key is in two tables
_TABLES = (
    page.TABLE, units.TABLE, link.TABLE, explain.TABLE, compare.TABLE, whatif.TABLE, cases.TABLE,
    batch.TABLE, entities.TABLE, own.TABLE, text.TABLE, results.TABLE,
)  # fmt: skip
_WORDS: dict[str, Words] = {
    language: {key: row[column] for table in _TABLES for key, row in table.items()}
    for column, language in enumerate(LANGUAGES)
}


def preferred(header: str) -> str:
    """The one of `LANGUAGES` that an `Accept-Language` header ranks first; English if none."""
    ranked: dict[str, float] = {}
    for part in header.lower().split(","):
        tag, _, weight = part.partition(";")
        language = tag.strip().split("-")[0]
        try:
            share = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            share = 0.0
        ranked.setdefault(language, share)
    return max(LANGUAGES, key=lambda language: ranked.get(language, 0.0))


def joined(texts: Words, *sentences: str) -> str:
    """Sentences one after another; Chinese has no space between them."""
    return ("" if texts["code"] == "zh" else " ").join(sentences)


def words(language: str = "en") -> Words:
    """All texts in one of `LANGUAGES`."""
    return _WORDS[language]
