"""A linker that answers at once with fixed numbers: the double for tests of the page's handlers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mimic.errors import InputError
from mimic.linking.entity_search import EntitySearch
from mimic.model.processor import check_mention
from mimic.schema import Candidate, Entity, Gates, LinkResult, Mention, UnitScores
from mimic.texts.records import LinkedText

SPORTS = ("ice hockey", "football", "handball", "curling", "alpine skiing", "athletics")


class FakeLinker:
    """Ranks twelve entities named Norway in a fixed order, whatever it is asked."""

    model_name = "fake model"
    kb_name = "fake knowledge base"
    device = "cpu"

    def __init__(self, picture: Path | None = None) -> None:
        self.asked: list[tuple[Mention, int, str]] = []
        self._entities = [
            Entity(
                f"atlas:norway-{i}",
                "Norway" if i != 2 else "<b>Norway</b>",
                f"Sport: {SPORTS[i % len(SPORTS)]}. Country: Norway. Continent: Europe.",
                picture if i % 3 else None,
            )
            for i in range(12)
        ]
        self.entities = len(self._entities)
        self._search = EntitySearch(self._entities)

    temperature = 1.0
    knows_photographs = False

    def entity(self, row: int) -> Entity:
        return self._entities[row]

    def unit_scores(self, mention: Mention) -> np.ndarray:
        units = [self._candidate(i).units for i in range(self.entities)]
        return np.array([[u.tglu, u.vdlu, u.cmfu] for u in units], np.float32).T

    def candidates(self, mention: Mention, ids: Sequence[str]) -> tuple[Candidate, ...]:
        return tuple(self._candidate(int(key.rsplit("-", 1)[1])) for key in ids)

    def standing(self, mention: Mention, id: str) -> tuple[Candidate, Candidate]:
        first, asked = self.candidates(mention, [self._entities[0].id, id])
        return first, asked

    def search(self, query: str, k: int = 10) -> list[Entity]:
        return [self._entities[row] for row in self._search.search(query, k)]

    def nearest(self, query: str, k: int = 5) -> list[Entity]:
        return [self._entities[row] for row in self._search.nearest(query, k)]

    def entity_by_id(self, id: str) -> Entity:
        return next(entity for entity in self._entities if entity.id == id)

    def link_text(self, text: str, *_: object, **__: object) -> LinkedText:
        return LinkedText(text, ())

    def link(
        self,
        mention: Mention,
        k: int = 10,
        rank_by: str = "total",
        candidates: str | Sequence[str] = "all",
        types: Sequence[str] | None = None,
    ) -> LinkResult:
        mention = check_mention(mention)
        self.asked.append((mention, k, rank_by))
        if mention.image is not None and mention.image.suffix == ".txt":
            raise InputError(f"{mention.image}: not a picture")
        shown = tuple(self._candidate(i) for i in range(k))
        return LinkResult("ok" if mention.image else "missing", False, self.entities, shown)

    def _candidate(self, i: int) -> Candidate:
        units = UnitScores(31.5 - 2.0 * i, 9.25 + (i % 4), -4.0 + 3.0 * (i == 1))
        return Candidate(
            rank=i + 1,
            entity=self._entities[i],
            score=(units.tglu + units.vdlu + units.cmfu) / 3,
            probability=0.93 if i == 0 else 0.0609 / i**4,
            units=units,
            unit_ranks=UnitScores(i + 1, 12 - i, 1 if i == 1 else i + 2),
            gates=Gates(0.62 - 0.1 * i, -0.31, 0.87, -0.05),
        )
