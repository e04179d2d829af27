"""EntityLinker: a mention in, ranked candidates out. Holds no request's state."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from mimic.data import data_fingerprint, read_kb
from mimic.errors import InputError
from mimic.index import EntityIndex, Progress, built_with
from mimic.model import Mimic, ModelCard, Side, fingerprint, load_model, pick_device
from mimic.processor import Processor, check_mention, load_tokenizer
from mimic.schema import UNITS, Candidate, Gates, LinkResult, Mention, UnitScores
from mimic.units import Trace

ASSETS = Path(__file__).resolve().parent.parent / "assets"
BUNDLED_MODEL = ASSETS / "model"
BUNDLED_KB = ASSETS / "kb"
RANK_BY = ("total", *UNITS)


class EntityLinker:
    """Links mentions to the entities of one knowledge base with one model.

    Make one with `load`. Safe to share between threads: nothing of a request is kept.

    Attributes:
        model_name, kb_name: names of the folders they came from.
        device: `cpu` or `cuda`.
    """

    def __init__(
        self, model: Mimic, card: ModelCard, processor: Processor, index: EntityIndex
    ) -> None:
        self.model, self.card, self.processor, self.index = model, card, processor, index
        self.model_name = self.kb_name = ""
        self.device = model.device.type

    @property
    def entities(self) -> int:
        """Size of the knowledge base."""
        return len(self.index)

    @classmethod
    def load(
        cls,
        model: Path | None = None,
        kb: Path | None = None,
        device: str = "auto",
        cache: Path | None = None,
        progress: Progress | None = None,
    ) -> EntityLinker:
        """Opens a model folder and a knowledge base; both default to the bundled ones.

        Args:
            kb: a data folder (`kb_entity.json`), whose index is then built once into `cache`, or
                an index folder.
            cache: default is the user's cache folder.
            progress: called with (done, total) entities while an index is built.

        Raises:
            InputError: a folder is missing, damaged, or does not fit.
        """
        model_folder, kb_folder = Path(model or BUNDLED_MODEL), Path(kb or BUNDLED_KB)
        target = pick_device(device)
        net, card = load_model(model_folder, target)
        processor = Processor(net.config, load_tokenizer(net.config, model_folder))
        print_of_model = fingerprint(model_folder)
        index = _index(net, processor, kb_folder, print_of_model, cache, progress)
        linker = cls(net, card, processor, index)
        linker.model_name = "Atlas (bundled)" if model is None else model_folder.name
        linker.kb_name = "Atlas (bundled)" if kb is None else kb_folder.name
        return linker

    @torch.inference_mode()
    def mention_side(self, mentions: Sequence[Mention]) -> tuple[Side, list[bool]]:
        """Encodes and projects mentions; also whether each one's text was truncated."""
        texts = self.processor.texts([m.surface for m in mentions], [m.sentence for m in mentions])
        pixels = self.processor.pictures([m.image for m in mentions])
        device = self.model.device
        features = self.model.features(
            texts.input_ids.to(device), texts.attention_mask.to(device), pixels.to(device)
        )
        return self.model.mention_side(features), texts.truncated

    @torch.inference_mode()
    def link(self, mention: Mention, k: int = 10, rank_by: str = "total") -> LinkResult:
        """Ranks the whole knowledge base for one mention and returns the first k.

        Args:
            k: from 1 to the number of entities.
            rank_by: `total` (mean of the units), `tglu`, `vdlu` or `cmfu`.

        Raises:
            InputError: the mention is not well formed, its picture cannot be read, or k or
                rank_by is out of range.
        """
        if not 1 <= k <= self.entities:
            raise InputError(f"k is {k}; it must be from 1 to {self.entities}")
        if rank_by not in RANK_BY:
            raise InputError(f"rank-by is {rank_by!r}; it must be one of {', '.join(RANK_BY)}")
        mention = check_mention(mention)
        side, truncated = self.mention_side([mention])
        scores = {n: s[0] for n, s in self.index.scores(self.model, side).items()}
        order = scores["score" if rank_by == "total" else rank_by].sort(
            descending=True, stable=True
        )
        rows = order.indices[:k].tolist()
        candidates = self._candidates(rows, scores, self.index.trace(self.model, side, rows))
        image = "missing" if mention.image is None else "ok"
        return LinkResult(image, truncated[0], self.entities, candidates)

    def _candidates(
        self, rows: list[int], scores: dict[str, Tensor], trace: Trace
    ) -> tuple[Candidate, ...]:
        probability = (scores["score"] / self.card.temperature).softmax(-1)
        places = {name: _places(scores[name]) for name in UNITS}
        return tuple(
            Candidate(
                rank=position + 1,
                entity=self.index.entities[row],
                score=float(scores["score"][row]),
                probability=float(probability[row]),
                units=UnitScores(**{name: float(scores[name][row]) for name in UNITS}),
                unit_ranks=UnitScores(**{name: int(places[name][row]) for name in UNITS}),
                gates=Gates(
                    float(trace["vdlu_entity_to_mention"][0, position]),
                    float(trace["vdlu_mention_to_entity"][0, position]),
                    float(trace["cmfu_mention"][0]),
                    float(trace["cmfu_entity"][position]),
                ),
            )
            for position, row in enumerate(rows)
        )


def default_cache() -> Path:
    """The user's cache folder for this application."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mimic-linking"


def _places(scores: Tensor) -> Tensor:
    """Rank of every entity, from 1; ties in the order of the knowledge base."""
    places = torch.empty(len(scores), dtype=torch.long, device=scores.device)
    order = scores.sort(descending=True, stable=True).indices
    places[order] = torch.arange(1, len(scores) + 1, device=scores.device)
    return places


def _index(
    model: Mimic,
    processor: Processor,
    kb_folder: Path,
    print_of_model: str,
    cache: Path | None,
    progress: Progress | None,
) -> EntityIndex:
    stored_here = (kb_folder / "entities.json").is_file()
    has_data = (kb_folder / "kb_entity.json").is_file()
    if stored_here and (not has_data or built_with(kb_folder) == print_of_model):
        return EntityIndex.load(kb_folder, print_of_model, model.device)
    kb = read_kb(kb_folder)
    where = hashlib.sha256(str(kb_folder.resolve()).encode()).hexdigest()[:8]
    stored = (cache or default_cache()) / f"{where}-{data_fingerprint(kb_folder)}-{print_of_model}"
    if (stored / "index.safetensors").is_file() and (stored / "entities.json").is_file():
        with contextlib.suppress(InputError):  # damaged: ours to build again
            return EntityIndex.load(stored, print_of_model, model.device)
    index = EntityIndex.build(model, processor, kb, print_of_model, progress=progress)
    try:
        index.save(stored)
    except OSError as error:
        raise InputError(f"{stored}: the index cannot be stored ({error.strerror})") from None
    return index
