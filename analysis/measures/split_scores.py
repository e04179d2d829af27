"""SplitScores: what a model says of every pair of a split, computed once for all measures.

The texts and pictures of the mentions are encoded once. TGLU reads no pictures and VDLU no texts,
so a measure that changes one side of the input computes only what depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mimic.data.groupings import groupings
from mimic.data.layout import Split, data_fingerprint, read_kb, read_split
from mimic.errors import InputError
from mimic.index.entity_index import EntityIndex
from mimic.index.fast_units import CMFU_GATE, EntityBlock, FastUnits, vectors
from mimic.index.protocol import queries
from mimic.index.query import Query
from mimic.io.terminal import Report
from mimic.linking.linker import EntityLinker
from mimic.linking.splits.evaluate import evaluate
from mimic.model.encoded_data import DataEncoder, EncodedData, EncodedPictures, EncodedTexts
from mimic.model.mimic import Mimic, Side
from mimic.model.units import Features
from mimic.schema import UNITS, Mention

#: Pairs of a mention and an entity whose scores are kept at once, for each unit.
MOST_PAIRS = 1 << 27
#: Scores `[M, E]` of all pairs by unit, float32 on the CPU.
Scores = dict[str, Tensor]


@dataclass(frozen=True)
class PictureScores:
    """What depends on pictures.

    Attributes:
        scores: VDLU's and CMFU's, `[M, E]`.
        gates: name -> `[M]`, of each mention with its right entity.
    """

    scores: Scores
    gates: dict[str, Tensor]


class SplitScores:
    """One model on one split.

    Attributes:
        rows: mentions of the split that have an answer, M of them (or n, spread evenly).
        gold: `[M]`, rows of the right entities.
        groups: grouping -> the group of each of the M mentions (see `mimic.data.groupings`).

    Raises:
        InputError: the index is not on this machine, the split cannot be used, or its pairs are
            too many to be kept.
    """

    def __init__(
        self, linker: EntityLinker, data: Path, split: str, report: Report, n: int | None = None
    ) -> None:
        if not isinstance(linker.index, EntityIndex):
            raise InputError(
                f"{linker.kb_name}: measures read the rows of an index, and this one is held by a "
                "cluster: load the linker without ray"
            )
        self.linker, self.data, self.report = linker, data, report
        self.index = linker.index
        self.encoder = DataEncoder(linker.model, linker.processor, report, learnt=True)
        self.records: Split = read_split(data, split, read_kb(data))
        rows = [i for i, gold in enumerate(self.records.gold) if gold >= 0]
        if not rows:
            raise InputError(f"{data}: no mention of {split} has its answer among the entities")
        if n is not None:
            if n < 2:
                raise InputError(f"-n is {n}; it must be at least 2")
            rows = [rows[i] for i in np.linspace(0, len(rows) - 1, min(n, len(rows))).astype(int)]
        if len(rows) * linker.entities > MOST_PAIRS:
            raise InputError(
                f"{data}: {len(rows):,} mentions times {linker.entities:,} entities are more pairs "
                f"than are kept: add -n {MOST_PAIRS // linker.entities}"
            )
        self.rows, self.model = rows, linker.model
        self.mentions = [self.records.mentions[i] for i in rows]
        self.gold = torch.tensor([self.records.gold[i] for i in rows])
        groups = groupings(self.records, self.index.entities)
        self.groups = {g: [labels[i] for i in rows] for g, labels in groups.items()}
        self._units = FastUnits(linker.model)

    @property
    def main_group(self) -> str:
        """The grouping that tables show: the data set's labels, else by surface form."""
        return "label" if "label" in self.groups else "surface"

    @cached_property
    def stamp(self) -> dict[str, str | int]:
        """What results depend on: fingerprints of model and data, split and count."""
        reranker = self.linker.reranker
        again: dict[str, str | int] = {} if reranker is None else {"reranker": reranker.name}
        return again | {
            "model": self.index.model,
            "data": data_fingerprint(self.data),
            "split": self.records.name,
            "mentions": len(self.rows),
            "entities": self.linker.entities,
        }

    @cached_property
    def second_look(self) -> tuple[np.ndarray, dict[str, Any]]:
        """Ranks of the answers `[M]` after a second look by the linker's reranker, and what
        `SecondLooks.report` says of it."""
        rows: list[dict[str, Any]] = []
        some = self.records.part(self.rows)
        report = evaluate(self.linker, some, predictions=rows, by_unit=False)
        return np.array([float(row["rank"]) for row in rows]), report["second_look"]

    # --- encoded once -------------------------------------------------------------------------

    @cached_property
    def words(self) -> EncodedTexts:
        return self.read(self.mentions)

    @cached_property
    def views(self) -> EncodedPictures:
        return self.encoder.pictures([m.image for m in self.mentions], "mention pictures")

    @cached_property
    def entity_views(self) -> EncodedPictures:
        """Of all entities."""
        return self.encoder.pictures([e.image for e in self.index.entities], "entity pictures")

    @cached_property
    def entity_words(self) -> EncodedTexts:
        """Of all entities; only the baseline needs it, the index holds the rest."""
        entities = self.index.entities
        return self.encoder.texts([e.name for e in entities], [(e.description,) for e in entities])

    def read(self, mentions: Sequence[Mention]) -> EncodedTexts:
        """Encodes the texts of mentions."""
        return self.encoder.texts([m.surface for m in mentions], [(m.sentence,) for m in mentions])

    # --- scored -------------------------------------------------------------------------------

    @cached_property
    def clean(self) -> Scores:
        """All pairs, nothing changed, by every unit."""
        return {"tglu": self.text_scores(self.words), **self.clean_views.scores}

    @cached_property
    def clean_views(self) -> PictureScores:
        return self.picture_scores(self.words, self.views)

    @torch.inference_mode()
    def text_scores(self, words: EncodedTexts) -> Tensor:
        """TGLU's scores `[M, E]`."""
        scores = [q.scores()["tglu"].cpu() for _, q in self._queries("TGLU", words, self.views)]
        return self.checked(torch.cat(scores), "TGLU")

    @torch.inference_mode()
    def picture_scores(
        self,
        words: EncodedTexts,
        views: EncodedPictures,
        blocks: Sequence[EntityBlock] | None = None,
        model: Mimic | None = None,
    ) -> PictureScores:
        """VDLU's and CMFU's scores, and the gates.

        Args:
            blocks: entities in place of the index's (see `entities`).
            model: units in place of the model's own; needs blocks of the same model.
        """
        blocks = blocks or self.index.blocks
        scores: dict[str, list[Tensor]] = {"vdlu": [], "cmfu": []}
        gates: dict[str, list[Tensor]] = {}
        entity_gate = torch.cat([block["numbers"][:, CMFU_GATE] for block in blocks])
        for part, query in self._queries("VDLU and CMFU", words, views, blocks, model):
            cheap = [query.cheap([block], block["numbers"].T) for block in blocks]
            gold = self.gold[part].to(self.model.device)
            for name, batches in scores.items():
                batches.append(torch.cat([c[name] for c in cheap], 1).cpu())
            own = {
                n: torch.cat([c[n] for c in cheap], 1).gather(1, gold[:, None])[:, 0]
                for n in ("vdlu_entity_to_mention", "vdlu_mention_to_entity")
            }
            own |= {"cmfu_mention": query.mention["cmfu"]["gate"], "cmfu_entity": entity_gate[gold]}
            for name, values in own.items():
                gates.setdefault(name, []).append(values.cpu())
        return PictureScores(
            {name: self.checked(torch.cat(some), name.upper()) for name, some in scores.items()},
            {name: torch.cat(values) for name, values in gates.items()},
        )

    @torch.inference_mode()
    def entities(
        self, views: EncodedPictures | None = None, model: Mimic | None = None
    ) -> list[EntityBlock]:
        """The entities as an index keeps them, with other pictures or for other units.

        The texts' part is the index's; a given model may differ in VDLU and CMFU only.
        """
        model, views = model or self.model, views or self.entity_views
        units, rows, stop = FastUnits(model), [], 0
        dtype = self.index.blocks[0]["query"].dtype
        for block in self.index.blocks:
            start, stop = stop, stop + len(block["numbers"])
            overall, tokens = views.pair(model, slice(start, stop))
            # the index holds the global text feature after its LayerNorm, as CMFU takes it
            text = vectors(block, "global").to(self.model.device)
            pictures = (model.image_global_norm(overall), model.image_tokens_norm(tokens))
            features = Features(text, text[:, None], *pictures)
            side = {
                "tglu": self._units.side(block)["tglu"],
                "vdlu": model.vdlu.entity(features),
                "cmfu": model.cmfu.entity(features),
            }
            rows.append(units.stored(side, dtype))
        return rows

    def _queries(
        self,
        what: str,
        words: EncodedTexts,
        views: EncodedPictures,
        blocks: Sequence[EntityBlock] | None = None,
        model: Mimic | None = None,
    ) -> Iterator[tuple[slice, Query]]:
        """As `queries`, about all mentions with these words and pictures."""
        model, data = model or self.model, EncodedData(words, views)
        units = self._units if model is self.model else FastUnits(model)

        def mentions(part: slice) -> Side:
            return model.mention_side(data.features(model, part))

        return queries(
            len(self.rows),
            mentions,
            lambda side: Query(units, side, blocks or self.index.blocks),
            lambda done, total: self.report(f"{what}, mentions {done}/{total}"),
        )

    def checked(self, scores: Tensor, what: str) -> Tensor:
        """Raises InputError when a score is no number: a rank of it would mean nothing."""
        if not torch.isfinite(scores).all():
            bad = int((~torch.isfinite(scores)).any(1).sum())
            raise InputError(
                f"{self.linker.model_name}: the scores of {bad} mentions by {what} are no numbers "
                "(NaN or infinite); the weights are damaged, train or import the model again"
            )
        return scores.float()


def mean_of(scores: Scores, units: Sequence[str] = UNITS) -> Tensor:
    """The mean of some units' scores, `[M, E]`."""
    return torch.stack([scores[name] for name in units]).mean(0)
