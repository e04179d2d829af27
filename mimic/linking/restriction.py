"""Which entities are ranked: all, the bearers of a name, or given ones; of any type, or of some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mimic.data.names import is_of_type
from mimic.errors import InputError
from mimic.io.json_reader import decoded, parse_json
from mimic.io.values import as_list

if TYPE_CHECKING:  # the page opens before torch is loaded
    from torch import Tensor

    from mimic.index.shards import EntityTable

#: `all`, `names`, or identifiers.
Candidates = str | Sequence[str]


@dataclass(frozen=True)
class Restriction:
    """What may be ranked. Everything else is as if the knowledge base had it not.

    Attributes:
        candidates: `all`, `names` (the bearers of each mention's own name), or `given`.
        ids: the given entities.
        types: that they must have, each one or a kind of it (`team`: a `national curling team`);
            `None` for any.
    """

    candidates: str = "all"
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] | None = None

    @classmethod
    def of(cls, candidates: Candidates = "all", types: Sequence[str] | None = None) -> Restriction:
        """What a caller asks for.

        Raises:
            InputError: neither `all`, `names` nor a list of identifiers, or an empty list.
        """
        kinds = None if types is None else tuple(dict.fromkeys(map(_text, types)))
        kinds = None if kinds is None else tuple(kind.strip() for kind in kinds if kind.strip())
        if types and not kinds:
            raise InputError("types: no type is named")
        if isinstance(candidates, str):
            if candidates not in ("all", "names"):
                raise InputError(
                    f"candidates are {candidates!r:.60}; they must be all, names, or a list of "
                    "identifiers"
                )
            return cls(candidates, (), kinds or None)
        ids = tuple(dict.fromkeys(map(_text, candidates)))
        if not ids:
            raise InputError("candidates: the list of identifiers is empty")
        return cls("given", ids, kinds or None)

    @property
    def is_open(self) -> bool:
        """Whether everything is ranked."""
        return self.candidates == "all" and self.types is None

    @property
    def asked(self) -> Candidates:
        """The candidates as `of` takes them."""
        return self.ids if self.candidates == "given" else self.candidates

    def mask(
        self,
        surfaces: Sequence[str],
        entities: EntityTable,
        bearers: Callable[[str], Sequence[int]],
    ) -> Tensor | None:
        """What may be ranked for each mention: bool `[M, E]`, or `None` for everything.

        Args:
            bearers: rows of the entities that a surface form could mean by name.

        Raises:
            InputError: an identifier or a type that the knowledge base does not have.
        """
        if self.is_open:
            return None
        import torch

        if self.candidates == "names":
            mask = mask_of([bearers(surface) for surface in surfaces], len(entities))
        elif self.candidates == "given":
            rows = [entities.row(key) for key in self.ids]
            mask = mask_of([rows] * len(surfaces), len(entities))
        else:
            mask = torch.ones(len(surfaces), len(entities), dtype=torch.bool)
        return mask if self.types is None else mask & self._typed(entities)

    def _typed(self, entities: EntityTable) -> Tensor:
        import torch

        column = entities.column("type")
        counts = Counter(column)
        fitting: set[str] = set()
        for wanted in self.types or ():
            fits = {kind for kind in counts if is_of_type(kind, wanted)}
            if not fits:
                raise InputError(f"no entity is of type {wanted!r:.60}; {_known(counts)}")
            fitting |= fits
        return torch.tensor([kind in fitting for kind in column])


#: Nothing is restricted.
EVERYTHING = Restriction()


def mask_of(rows: Sequence[Sequence[int] | Tensor], entities: int) -> Tensor:
    """What may be ranked for each of M mentions: bool `[M, E]`.

    Args:
        rows: of the candidates of each mention, among E entities.
    """
    import torch

    mask = torch.zeros(len(rows), entities, dtype=torch.bool)
    for own, some in zip(mask, rows, strict=True):
        own[torch.as_tensor(some, dtype=torch.long)] = True
    return mask


def read_candidates(said: str) -> Candidates:
    """What `--candidates` names: `all`, `names`, or a file with an identifier on each line (or a
    JSON list of them).

    Raises:
        InputError: no such file, not text, or nothing in it.
    """
    if said in ("all", "names"):
        return said
    file = Path(said)
    try:
        text = decoded(file.read_bytes())
    except FileNotFoundError:
        raise InputError(
            f"--candidates {said}: no such file: say all, names, or a file of identifiers"
        ) from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8 text: put an identifier on each line") from None
    if text.lstrip().startswith("["):
        try:
            listed = as_list(parse_json(text))
        except ValueError as error:
            raise InputError(f"{file}: not JSON ({error})") from None
        ids = [_text(item) for item in listed]
    else:
        ids = [line.strip() for line in text.splitlines() if line.strip()]
    if not ids:
        raise InputError(f"{file}: no identifiers in it: put one on each line")
    return ids


def read_types(said: str | None) -> list[str] | None:
    """What `--types` names: types apart by commas."""
    return None if said is None else said.split(",")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InputError("candidates and types must be lists of texts")
    return value


def _known(counts: Counter[str]) -> str:
    """The most common types, for a message."""
    known = [kind for kind, _ in counts.most_common(8) if kind]
    return f"there are {', '.join(known)}" if known else "this knowledge base says none"
