"""EntityLinker: a mention in, ranked candidates out. Holds no request's state."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from mimic.data.layout import KnowledgeBase, read_kb
from mimic.data.names import NameTable, names_of
from mimic.errors import InputError
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex, build, is_of
from mimic.index.protocol import RANK_BY, Answers, EntityStanding, Index
from mimic.index.shard_reader import same_texts
from mimic.index.shard_writer import Make
from mimic.index.shards import MANIFEST, steadily
from mimic.io.assets import BUNDLED_KB, BUNDLED_MODEL
from mimic.io.cache import default_cache
from mimic.io.terminal import Progress
from mimic.linking import notices
from mimic.linking.familiar import Familiar, read_familiar
from mimic.linking.nil import NilRule, confidence
from mimic.model.mimic import Mimic, ModelCard, Side, fingerprint, load_model, pick_device
from mimic.model.pictures import picture_notice
from mimic.model.processor import Processor, check_mention, load_tokenizer
from mimic.schema import UNITS, Band, Candidate, Doubt, Entity, LinkResult, Mention, UnitScores

LISTED = 10  # candidates of a link that does not say how many
MOST_NAMED = 300_000  # entities whose names are kept in memory, about 300 bytes each


@dataclass(frozen=True)
class EncodedMentions:
    """What a model makes of M mentions.

    Attributes:
        side: their projections for every unit.
        truncated: of which the text was longer than the model reads.
        looks: the global features of their pictures as unit vectors `[M, D]`.
    """

    side: Side
    truncated: list[bool]
    looks: Tensor


class EntityLinker:
    """Links mentions to the entities of one knowledge base with one model.

    Make one with `load`. Safe to share between threads: nothing of a request is kept.

    Attributes:
        model_name, kb_name: names of the folders they came from.
        device: `cpu` or `cuda`.
    """

    def __init__(
        self,
        model: Mimic,
        card: ModelCard,
        processor: Processor,
        index: Index,
        familiar: Familiar | None = None,
    ) -> None:
        self.model, self.card, self.processor, self.index = model, card, processor, index
        self.familiar = familiar
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
        stored, built, kb_data = _stored(encoder, kb_folder, cache, progress, make, verify)
        verify = False if built and ray is None else verify  # not twice
        index = _opened(stored, net, print_of_model, device, ray, verify)
        if kb_data and not built:  # aliases that were added since need no new index
            index.entities = index.entities.named_as(kb_data.entities)
        linker = cls(net, card, processor, index, read_familiar(model_folder, card))
        linker.model_name = "Atlas (bundled)" if model is None else model_folder.name
        linker.kb_name = "Atlas (bundled)" if kb is None else kb_folder.name
        return linker

    @torch.inference_mode()
    def encode(
        self, mentions: Sequence[Mention], troubles: list[str] | None = None
    ) -> EncodedMentions:
        """Encodes and projects mentions.

        Args:
            troubles: of the pictures, as `Processor.pictures`.

        Raises:
            InputError: a picture cannot be read, and no list receives why.
        """
        texts = self.processor.texts([m.surface for m in mentions], [m.sentence for m in mentions])
        ids, mask = (t.to(self.model.device) for t in (texts.input_ids, texts.attention_mask))
        pixels = self.processor.pictures([m.image for m in mentions], troubles)
        image = self.model.encoder.image(pixels.to(self.model.device))
        features = self.model.normalise(self.model.encoder.text(ids, mask), image, mask)
        side = self.model.mention_side(features)
        return EncodedMentions(side, texts.truncated, F.normalize(image[0].float(), dim=-1))

    def mention_side(
        self, mentions: Sequence[Mention], troubles: list[str] | None = None
    ) -> tuple[Side, list[bool]]:
        """`encode` without the looks: the projections, and which texts were truncated."""
        encoded = self.encode(mentions, troubles)
        return encoded.side, encoded.truncated

    @torch.inference_mode()
    def looks(self, images: Sequence[Path], troubles: list[str] | None = None) -> Tensor:
        """The global features of pictures as unit vectors `[N, D]`; `troubles` as in `encode`."""
        pixels = self.processor.pictures(images, troubles).to(self.model.device)
        return F.normalize(self.model.encoder.image(pixels)[0].float(), dim=-1)

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
        encoded = self.encode([mention])
        query = self.index.query(encoded.side)
        rows = query.top(k, RANK_BY[rank_by]).rows
        candidates = self._candidates(query, rows, rank_by)
        doubt, band = self._verdict(query)
        return LinkResult(
            image="missing" if mention.image is None else "ok",
            truncated=encoded.truncated[0],
            entities=self.entities,
            candidates=candidates,
            doubt=doubt,
            notice="" if mention.image is None else picture_notice(mention.image),
            band=band,
            notices=self._notices(mention, encoded.looks, query, candidates),
        )

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

    @property
    def knows_photographs(self) -> bool:
        """Whether the model has learnt from photographs."""
        return self.card.knows_photographs

    @cached_property
    def _names(self) -> NameTable:
        """The names of all entities; made when the first answer lists nobody of the name."""
        return NameTable([" ".join(names_of(entity)) for entity in self.index.entities])

    def _verdict(self, query: Answers) -> tuple[Doubt | None, Band | None]:
        """Whether any entity is meant at all, and how sure the first one is."""
        rule = self.nil
        if rule is None:
            return None, None
        values = {name: value for name, (value,) in confidence(query, self.temperature).items()}
        value, probability = values[rule.statistic], values["probability"]
        doubt = Doubt(value < rule.threshold, rule.statistic, value, rule.threshold)
        if rule.bands is None:
            return doubt, None
        name = rule.bands.band(probability, doubt.nil)
        least = getattr(rule.bands, name, None)
        right = rule.bands.right.get(name)
        return doubt, Band(name, probability, least, right, rule.recall, rule.doubted)

    def _notices(
        self,
        mention: Mention,
        looks: Tensor,
        query: Answers,
        candidates: Sequence[Candidate],
    ) -> tuple[str, ...]:
        """What else must be known before the answer is believed."""
        said = []
        if not self._is_named(mention.surface, candidates):
            said.append(notices.unnamed(mention.surface))
        if notices.reads_english(self.model.config.text) and notices.is_foreign(mention):
            said.append(notices.FOREIGN)
        known = self.familiar if mention.image is not None else None
        if known is not None and float(known.novelty(looks)[0]) > known.threshold:
            said.append(notices.unfamiliar(known.false_alarms))
            said += self._weight_of_picture(mention, query)
        return tuple(said)

    def _is_named(self, surface: str, candidates: Sequence[Candidate]) -> bool:
        """Whether any entity bears the name, the listed ones first; of more than `MOST_NAMED` it
        is taken for granted."""
        if any(notices.bears_name(candidate.entity, surface) for candidate in candidates):
            return True
        return self.entities > MOST_NAMED or bool(self._names.sharing(surface))

    def _weight_of_picture(self, mention: Mention, query: Answers) -> list[str]:
        """That the picture hardly counted, where the answer without it is nearly the same."""
        first = query.top(1).rows
        bare = self.index.query(self.encode([replace(mention, image=None)]).side)
        (shown,), (hidden,) = (
            one for q in (query, bare) for one in q.standing(first, self.temperature)
        )
        same = hidden.ranks["total"] == 1
        if not same or abs(shown.probability - hidden.probability) > notices.LITTLE:
            return []
        return [notices.little_weight(shown.probability, hidden.probability)]

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


def _stored(
    encoder: EntityEncoder,
    kb_folder: Path,
    cache: Path | None,
    progress: Progress | None,
    make: Make | None,
    verify: bool | None,
) -> tuple[Path, bool, KnowledgeBase | None]:
    """Folder of the index of a knowledge base, which is built where there is none or a damaged
    one; whether it was built, or found whole, here; and its data, if that is there."""
    stored_here = (kb_folder / MANIFEST).is_file()
    has_data = (kb_folder / "kb_entity.json").is_file()
    if stored_here and not has_data:
        return kb_folder, False, None
    kb = read_kb(kb_folder)
    if stored_here and is_of(kb_folder, encoder.model):
        if not steadily(kb_folder, lambda: same_texts(kb_folder, kb.entities)):
            raise InputError(
                f"{kb_folder}: its index and its kb_entity.json hold different entities; build "
                f"the index again: python -m mimic index --kb {kb_folder} --out {kb_folder}"
            )
        return kb_folder, False, kb
    where = hashlib.sha256(str(kb_folder.resolve()).encode()).hexdigest()[:8]
    stored = (cache or default_cache()) / f"{where}-{encoder.model}"
    build(stored, encoder, kb.entities, progress=progress, make=make, verify=verify)
    return stored, True, kb


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
