"""AIDA's CoNLL (Hoffart et al., EMNLP 2011): a token on each line, an empty line after a sentence.

Columns, apart by tabs: the token, and inside a mention `B` or `I`, the whole mention, the entity's
identifier (YAGO's in AIDA) or `--NME--` for none, and its address; AIDA has two more. CoNLL counts
no offsets: a text that is read has a space between tokens, a line's end after each sentence, and
its mentions as the third column has them.
"""

from __future__ import annotations

import re
from pathlib import Path

from mimic.errors import InputError
from mimic.texts.documents import Document, GoldMention
from mimic.texts.formats.apart import apart
from mimic.texts.records import LinkedText, TextMention
from mimic.texts.sentences import sentences

_START, _NONE = "-DOCSTART-", "--NME--"
#: AIDA writes characters beyond ASCII so: `S\u00e3o_Paulo`.
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
#: What stands close to the token before it, or after it.
_LEFT, _RIGHT = tuple(",.;:!?)]}%"), ("(", "[", "{")
_TOKEN = re.compile(r"\w+(?:[\u0300-\u036f]+\w*)*|[^\w\s]")


def as_conll(linked: LinkedText) -> str:
    """The text as one document.

    Raises:
        InputError: mentions overlap.
    """
    mentions = apart(linked, "conll")
    lines = [f"{_START} (1)"]
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
    about = [_cell(mention.surface), _NONE if entity is None else _cell(entity.id)]
    about += [_cell(entity.url)] if entity is not None and entity.url else []
    tokens = _tokens(mention.surface) or [_cell(mention.surface)]
    return ["\t".join([t, "I" if i else "B", *about]) for i, t in enumerate(tokens)]


def _cell(text: str) -> str:
    return " ".join(text.split())


# --- read --------------------------------------------------------------------------------------


def read_conll(file: Path, data: str) -> list[Document]:
    """The documents of a file, by the names that `-DOCSTART- (NAME)` gives them.

    Raises:
        InputError: there is none, or a line has columns that are not AIDA's.
    """
    documents: list[_Text] = []
    for number, line in enumerate(data.split("\n"), 1):
        line = line.rstrip("\r")
        if line.startswith(_START):
            documents.append(_Text(line.removeprefix(_START).strip(" ()\t")))
        elif not documents and line.strip():
            raise InputError(f"{file}: line {number} stands before the first {_START} line")
        elif documents:
            documents[-1].add(line, f"{file}: line {number}")
    if not documents:
        raise InputError(f"{file}: no {_START} line in it")
    return [document.whole() for document in documents]


class _Text:
    """A document that is being read."""

    def __init__(self, name: str) -> None:
        self._name, self._text, self._mentions = name, "", list[GoldMention]()

    def add(self, line: str, where: str) -> None:
        """One line: a token, or the end of a sentence."""
        cells = line.split("\t")
        if not line.strip():
            self._text = self._text.rstrip("\n") + "\n" * bool(self._text)
            return
        inside = len(cells) > 1 and cells[1].strip() != "O"
        if inside and (cells[1] not in ("B", "I") or len(cells) < 4 or not cells[2].strip()):
            raise InputError(
                f"{where}: a mention has the columns token, B or I, mention, entity: {line!r:.80}"
            )
        if not inside:
            self._say(cells[0])
        elif cells[1] == "B":
            start = self._say(cells[2])
            entity = "" if cells[3] == _NONE else _ESCAPED.sub(_character, cells[3])
            self._mentions.append(GoldMention(start, len(self._text), entity))

    def _say(self, token: str) -> int:
        """Adds a token; where it begins."""
        close = token.startswith(_LEFT) or self._text.endswith((*_RIGHT, "\n")) or not self._text
        self._text += ("" if close else " ") + token
        return len(self._text) - len(token)

    def whole(self) -> Document:
        return Document(self._name, self._text.rstrip("\n"), tuple(self._mentions))


def _character(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))
