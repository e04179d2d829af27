"""EntityLinker: a mention in, ranked candidates out. Holds no request's state."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from mimic.data.layout import read_kb
from mimic.errors import InputError
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex, build, is_of
from mimic.index.protocol import RANK_BY, Answers, EntityStanding, Index
from mimic.index.shard_reader import same_texts
from mimic.index.shard_writer import Make
from mimic.index.shards import MANIFEST, steadily
from mimic.io.assets import BUNDLED_KB, BUNDLED_MODEL
from mimic.io.terminal import Progress
from mimic.linking.nil import NilRule, confidence
from mimic.model.mimic import Mimic, ModelCard, Side, fingerprint, load_model, pick_device
from mimic.model.pictures import picture_notice
from mimic.model.processor import Processor, check_mention, load_tokenizer
from mimic.schema import UNITS, Candidate, Doubt, Entity, LinkResult, Mention, UnitScores

LISTED = 10  # candidates of a link that does not say how many


class EntityLinker:
    """Links mentions to the entities of one knowledge base with one model.

    Make one with `load`. Safe to share between threads: nothing of a request is kept.

    Attributes:
        model_name, kb_name: names of the folders they came from.
        device: `cpu` or `cuda`.
    """

    def __init__(self, model: Mimic, card: ModelCard, processor: Processor, index: Index) -> None:
        self.model, self.card, self.processor, self.index = model, card, processor, index
        self.model_name = self.kb_name = ""
        self.nil = NilRule.from_record(card.nil, "config.json")
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
        ray: str | None = None,
        verify: bool | None = None,
    ) -> EntityLinker:
        """Opens a model folder and a knowledge base; both default to the bundled ones.

        Args:
            kb: a data folder (`kb_entity.json`), whose index is then built once into `cache`, or
                an index folder.
            cache: default is the user's cache folder.
            progress: called with (done, total) entities while an index is built.
            ray: address of a Ray cluster that builds and holds the index; all of it then lies at
                paths that every node sees.
            verify: whether every byte of the index is compared with its manifest; up to
                `shard_reader.CHECKED` bytes, when left out.

        Raises:
            InputError: a folder is missing, damaged, or does not fit, or the cluster cannot be
                used.
        """
        model_folder, kb_folder = Path(model or BUNDLED_MODEL), Path(kb or BUNDLED_KB)
        target = pick_device(device)
        net, card = load_model(model_folder, target)
        processor = Processor(net.config, load_tokenizer(net.config, model_folder))
        check_vocabulary(net, processor, model_folder)
        print_of_model = fingerprint(model_folder)
        make = None if ray is None else _made_on(ray, model_folder, device)
        encoder = EntityEncoder(net, processor, print_of_model)
        stored, built = _stored(encoder, kb_folder, cache, progress, make, verify)
        verify = False if built and ray is None else verify  # not twice
        index = _opened(stored, net, print_of_model, device, ray, verify)
        linker = cls(net, card, processor, index)
        linker.model_name = "Atlas (bundled)" if model is None else model_folder.name
        linker.kb_name = "Atlas (bundled)" if kb is None else kb_folder.name
        return linker

    @torch.inference_mode()
    def mention_side(
        self, mentions: Sequence[Mention], troubles: list[str] | None = None
    ) -> tuple[Side, list[bool]]:
        """Encodes and projects mentions; also whether each one's text was truncated.

        Args:
            troubles: of the pictures, as `Processor.pictures`.

        Raises:
            InputError: a picture cannot be read, and no list receives why.
        """
        texts = self.processor.texts([m.surface for m in mentions], [m.sentence for m in mentions])
        pixels = self.processor.pictures([m.image for m in mentions], troubles)
        device = self.model.device
        features = self.model.features(
            texts.input_ids.to(device), texts.attention_mask.to(device), pixels.to(device)
        )
        return self.model.mention_side(features), texts.truncated

    @torch.inference_mode()
    def link(self, mention: Mention, k: int | None = None, rank_by: str = "total") -> LinkResult:
        """Ranks the whole knowledge base for one mention and returns the first k.

        Args:
            k: from 1 to the number of entities; without it `LISTED`, or all where there are fewer.
            rank_by: `total` (mean of the units), `tglu`, `vdlu` or `cmfu`.

        Raises:
            InputError: the mention is not well formed, its picture cannot be read, or k or
                rank_by is out of range.
        """
        k = min(LISTED, self.entities) if k is None else k
        if not 1 <= k <= self.entities:
            raise InputError(f"k is {k}; it must be from 1 to {self.entities}")
        if rank_by not in RANK_BY:
            raise InputError(f"rank-by is {rank_by!r}; it must be one of {', '.join(RANK_BY)}")
        mention = check_mention(mention)
        side, truncated = self.mention_side([mention])
        query = self.index.query(side)
        rows = query.top(k, RANK_BY[rank_by]).rows
        candidates = self._candidates(query, rows, rank_by)
        image = "missing" if mention.image is None else "ok"
        notice = "" if mention.image is None else picture_notice(mention.image)
        doubt = self._doubt(query)
        return LinkResult(image, truncated[0], self.entities, candidates, doubt, notice)

    @torch.inference_mode()
    def candidates(self, mention: Mention, ids: Sequence[str]) -> tuple[Candidate, ...]:
        """What `link` says of chosen entities, wherever they rank.

        Raises:
            InputError: as `link`, or an identifier is not in the knowledge base.
        """
        rows = [self.index.entities.row(key) for key in ids]
        query = self.index.query(self.mention_side([check_mention(mention)])[0])
        return self._candidates(query, torch.tensor([rows], device=self.model.device))

    @torch.inference_mode()
    def unit_scores(self, mention: Mention) -> np.ndarray:
        """Scores of every entity by every unit, float32 `[3, E]`, in the order of `UNITS`.

        Raises:
            InputError: as `link`.
        """
        query = self.index.query(self.mention_side([check_mention(mention)])[0])
        scores = query.scores()
        return np.stack([scores[unit][0].float().cpu().numpy() for unit in UNITS])

    def entity(self, row: int) -> Entity:
        """The entity in a column of `unit_scores`."""
        return self.index.entities[row]

    @property
    def temperature(self) -> float:
        """T of the softmax that turns scores into probabilities."""
        return self.card.temperature

    def _doubt(self, query: Answers) -> Doubt | None:
        if self.nil is None:
            return None
        value = confidence(query, self.card.temperature)[self.nil.statistic][0]
        return Doubt(value < self.nil.threshold, self.nil.statistic, value, self.nil.threshold)

    def _candidates(
        self, query: Answers, rows: torch.Tensor, rank_by: str = "total"
    ) -> tuple[Candidate, ...]:
        """The entities of rows `[1, k]` with their rank in one of the lists."""
        (standings,) = query.standing(rows, self.card.temperature)
        return tuple(self._candidate(standing, rank_by) for standing in standings)

    def _candidate(self, standing: EntityStanding, rank_by: str) -> Candidate:
        ranks, scores = standing.ranks, standing.scores
        return Candidate(
            rank=ranks[rank_by],
            entity=self.index.entities[standing.row],
            score=scores["total"],
            probability=standing.probability,
            units=UnitScores(**{unit: scores[unit] for unit in UNITS}),
            unit_ranks=UnitScores(**{unit: ranks[unit] for unit in UNITS}),
            gates=standing.gates,
        )


def check_vocabulary(model: Mimic, processor: Processor, folder: Path) -> None:
    """Raises InputError when the tokenizer can give ids that the text model does not have."""
    known_ids = {} if processor.tokenizer is None else processor.tokenizer.get_vocab()
    words = max(known_ids.values(), default=-1) + 1
    if words > (known := model.encoder.backbone.vocabulary):
        raise InputError(
            f"{folder}: its tokenizer has {words:,} tokens and its text model {known:,}: they are "
            "of different vocabularies; put the model's own tokenizer into its folder"
        )


def default_cache() -> Path:
    """The user's cache folder for this application."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mimic-linking"


def _stored(
    encoder: EntityEncoder,
    kb_folder: Path,
    cache: Path | None,
    progress: Progress | None,
    make: Make | None,
    verify: bool | None,
) -> tuple[Path, bool]:
    """Folder of the index of a knowledge base, which is built where there is none or a damaged
    one; and whether it was built, or found whole, here."""
    stored_here = (kb_folder / MANIFEST).is_file()
    has_data = (kb_folder / "kb_entity.json").is_file()
    if stored_here and not has_data:
        return kb_folder, False
    kb = read_kb(kb_folder)
    if stored_here and is_of(kb_folder, encoder.model):
        if not steadily(kb_folder, lambda: same_texts(kb_folder, kb.entities)):
            raise InputError(
                f"{kb_folder}: its index and its kb_entity.json hold different entities; build "
                f"the index again: python -m mimic index --kb {kb_folder} --out {kb_folder}"
            )
        return kb_folder, False
    where = hashlib.sha256(str(kb_folder.resolve()).encode()).hexdigest()[:8]
    stored = (cache or default_cache()) / f"{where}-{encoder.model}"
    build(stored, encoder, kb.entities, progress=progress, make=make, verify=verify)
    return stored, True


def _opened(
    stored: Path,
    net: Mimic,
    print_of_model: str,
    device: str,
    ray: str | None,
    verify: bool | None,
) -> Index:
    if ray is None:
        return EntityIndex.open(stored, net, print_of_model, verify)
    from mimic.index.cluster.index import ClusterIndex  # without Ray unless asked for

    return ClusterIndex(stored, net, print_of_model, ray, device, verify)


def _made_on(ray: str, model: Path, device: str) -> Make:
    from mimic.index.cluster.build import made_on

    return made_on(ray, model, device=device)
