"""AIDA's CoNLL (Hoffart et al., EMNLP 2011): a token on each line, an empty line after a sentence.

Columns, apart by tabs: the token, and inside a mention `B` or `I`, the whole mention, the entity's
identifier or `--NME--` for none, and its address. CoNLL counts no offsets.
"""

from __future__ import annotations

import re

from mimic.texts.formats.apart import apart
from mimic.texts.records import LinkedText, TextMention
from mimic.texts.sentences import sentences

_TOKEN = re.compile(r"\w+(?:[\u0300-\u036f]+\w*)*|[^\w\s]")


def as_conll(linked: LinkedText) -> str:
    """The text as one document.

    Raises:
        InputError: mentions overlap.
    """
    mentions = apart(linked, "conll")
    lines = ["-DOCSTART- (1)"]
    for start, end in _sentences(linked, mentions):
        at = start
        for mention in (m for m in mentions if start <= m.start < end):
            lines += _tokens(linked.text[at : mention.start])
            lines += _marked(mention)
            at = mention.end
        lines += [*_tokens(linked.text[at:end]), ""]
    return "\n".join(lines) + "\n"


def _sentences(linked: LinkedText, mentions: list[TextMention]) -> list[tuple[int, int]]:
    """The whole text in sentences, none of which ends inside a mention."""
    inside = {i for m in mentions for i in range(m.start + 1, m.end)}
    starts = [a for a, _ in sentences(linked.text)[1:] if a not in inside]
    edges = [0, *starts, len(linked.text)]
    return list(zip(edges, edges[1:], strict=False))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _marked(mention: TextMention) -> list[str]:
    entity = None if mention.nil else mention.result.candidates[0].entity
    about = [_cell(mention.surface), "--NME--" if entity is None else _cell(entity.id)]
    about += [_cell(entity.url)] if entity is not None and entity.url else []
    tokens = _tokens(mention.surface) or [_cell(mention.surface)]
    return ["\t".join([t, "I" if i else "B", *about]) for i, t in enumerate(tokens)]


def _cell(text: str) -> str:
    return " ".join(text.split())
