"""EntityLinker: a mention in, ranked candidates out. Holds no request's state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from mimic.data.layout import KnowledgeBase, read_kb
from mimic.data.names import NameTable, name_table
from mimic.errors import InputError
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex, build, is_of
from mimic.index.protocol import RANK_BY, Answers, EntityStanding, Index
from mimic.index.shard_reader import same_texts
from mimic.index.shard_writer import Make
from mimic.index.shards import MANIFEST, steadily
from mimic.io.assets import BUNDLED_KB, BUNDLED_MODEL
from mimic.io.cache import default_cache
from mimic.io.hub_names import title
from mimic.io.terminal import Progress
from mimic.linking import notices
from mimic.linking.answer import deciding
from mimic.linking.entity_search import EntitySearch
from mimic.linking.familiar import Familiar, read_familiar
from mimic.linking.gate_range import read_gate_range
from mimic.linking.hub.repository import KB, MODEL, fetched
from mimic.linking.link_text import link_text
from mimic.linking.nil import NilRule, confidence
from mimic.linking.restriction import EVERYTHING, Candidates, Restriction
from mimic.linking.second_look import with_second_look
from mimic.model.mimic import Mimic, ModelCard, Side, fingerprint, load_model, pick_device
from mimic.model.pictures import picture_notice
from mimic.model.processor import Processor, check_mention, load_tokenizer
from mimic.model.spans import Span
from mimic.rerank.reranker import Reranker
from mimic.schema import UNITS, Band, Candidate, Doubt, Entity, LinkResult, Mention, UnitScores
from mimic.texts.finder import NameFinder, NameMatch, merged
from mimic.texts.recognisers import open_recogniser
from mimic.texts.records import LinkedText

LISTED = 10  # candidates of a link that does not say how many
NEAREST = 5  # names that are told where nobody has the one that was typed
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
        reranker: looks a second time at the first candidates of every answer; `None` for nobody.
    """

    def __init__(
        self,
        model: Mimic,
        card: ModelCard,
        processor: Processor,
        index: Index,
        familiar: Familiar | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.model, self.card, self.processor, self.index = model, card, processor, index
        self.familiar, self.reranker = familiar, reranker
        self.model_name = self.kb_name = ""
        self.nil = NilRule.from_record(card.nil, "config.json")
        self.usual_gates = read_gate_range(card.gates, "config.json")
        self.device = model.device.type

    @property
    def entities(self) -> int:
        """Size of the knowledge base."""
        return len(self.index)

    @classmethod
    def load(
        cls,
        model: Path | str | None = None,
        kb: Path | str | None = None,
        device: str = "auto",
        cache: Path | None = None,
        progress: Progress | None = None,
        ray: str | None = None,
        verify: bool | None = None,
    ) -> EntityLinker:
        """Opens a model folder and a knowledge base; both default to the bundled ones.

        Args:
            model, kb: folders, or `hub:owner/name[@revision]`, see `hub.repository.fetched`.
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
        model_folder = fetched(model or BUNDLED_MODEL, MODEL)
        kb_folder = fetched(kb or BUNDLED_KB, KB)
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
        linker.model_name = "Atlas (bundled)" if model is None else title(model)
        linker.kb_name = "Atlas (bundled)" if kb is None else title(kb)
        return linker

    def over(
        self, kb: Path, name: str, progress: Progress | None = None, index: Path | None = None
    ) -> EntityLinker:
        """The same model, which is not loaded again, over the knowledge base of a data folder.

        Args:
            name: the linker's `kb_name`.
            progress: called with (done, total) entities while the index is built.
            index: folder of the index, which is built where it is not there; the data folder
                itself, when left out.

        Raises:
            InputError: there is no knowledge base, a broken one, or the folder cannot be written.
        """
        encoder = EntityEncoder(self.model, self.processor, self.index.model)
        entities = read_kb(kb).entities
        built = EntityIndex.build(index or kb, encoder, entities, progress=progress)
        parts = self.model, self.card, self.processor, built, self.familiar, self.reranker
        linker = EntityLinker(*parts)
        linker.model_name, linker.kb_name = self.model_name, name
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
        image = self._pictures([m.image for m in mentions], troubles)
        features = self.model.normalise(self.model.encoder.text(ids, mask), image, mask)
        side = self.model.mention_side(features)
        return EncodedMentions(side, texts.truncated, F.normalize(image[0].float(), dim=-1))

    def _pictures(
        self, images: Sequence[Path | None], troubles: list[str] | None
    ) -> tuple[Tensor, Tensor]:
        """Global and local features of pictures, each of which is encoded once."""
        unique = {image: place for place, image in enumerate(dict.fromkeys(images))}
        own = None if troubles is None else list[str]()
        pixels = self.processor.pictures(list(unique), own)
        places = [unique[image] for image in images]
        if troubles is not None and own is not None:
            troubles += [own[place] for place in places]
        whole, parts = self.model.encoder.image(pixels.to(self.model.device))
        return whole[places], parts[places]

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

    def link(
        self,
        mention: Mention,
        k: int | None = None,
        rank_by: str = "total",
        candidates: Candidates = "all",
        types: Sequence[str] | None = None,
    ) -> LinkResult:
        """Ranks the knowledge base for one mention and returns the first k.

        Args:
            k: from 1 to the number of entities; without it `LISTED`, or all where there are fewer.
            rank_by: `total` (mean of the units), `tglu`, `vdlu` or `cmfu`.
            candidates: `all`; `names`, which ranks only the bearers of the mention's name; or
                identifiers of the entities to rank.
            types: the entities must be of one of them, see `Restriction`.

        Raises:
            InputError: the mention is not well formed, its picture cannot be read, k or rank_by is
                out of range, or there is no such entity or type.
        """
        return self.link_batch([mention], k, rank_by, Restriction.of(candidates, types))[0]

    def link_text(
        self,
        text: str,
        images: Path | Sequence[Path | None] | None = None,
        k: int | None = None,
        candidates: Candidates = "all",
        types: Sequence[str] | None = None,
        mentions: Sequence[Span] | None = None,
        recogniser: str | None = None,
        neighbours: bool = False,
        progress: Progress | None = None,
    ) -> LinkedText:
        """Finds the mentions of a text and links them all; see `link_text.link_text`."""
        only = Restriction.of(candidates, types)
        return link_text(self, text, images, k, only, mentions, recogniser, neighbours, progress)

    def find_mentions(self, text: str, recogniser: str | None = None) -> list[NameMatch]:
        """Where a text has names of the knowledge base; see `NameFinder.find`.

        Args:
            recogniser: of named entities, which finds further mentions; see
                `recognisers.open_recogniser`.
        """
        matches = self.finder.find(text)
        if recogniser is None:
            return matches
        return merged(matches, text, open_recogniser(recogniser)(text))

    @torch.inference_mode()
    def link_batch(
        self,
        mentions: Sequence[Mention],
        k: int | None = None,
        rank_by: str = "total",
        restriction: Restriction = EVERYTHING,
    ) -> list[LinkResult]:
        """`link` of mentions that are encoded and ranked together, with a second look at the first
        of them where there is a reranker."""
        k = self.check_listed(k)
        if rank_by not in RANK_BY:
            raise InputError(f"rank-by is {rank_by!r}; it must be one of {', '.join(RANK_BY)}")
        mentions = [check_mention(mention) for mention in mentions]
        mask = restriction.mask([m.surface for m in mentions], self.index.entities, self.bearers)
        sizes = [self.entities] * len(mentions) if mask is None else mask.sum(1).tolist()
        if mask is not None:
            mask[[size == 0 for size in sizes]] = True  # so that there is something to compute
        encoded = self.encode(mentions)
        query = self.index.query(encoded.side, mask)
        looked = 0 if self.reranker is None else min(self.reranker.looked, self.entities)
        rows = query.top(min(max(k, looked), max([1, *sizes])), RANK_BY[rank_by]).rows
        listed = [
            tuple(self._candidate(standing, rank_by) for standing in standings[:size])
            for standings, size in zip(query.standing(rows, self.temperature), sizes, strict=True)
        ]
        verdicts = self._verdicts(query) if mask is None else [(None, None)] * len(mentions)
        said = self._notices(mentions, encoded.looks, query, mask, listed)
        pictures = {m.image: picture_notice(m.image) for m in mentions if m.image is not None}
        results: Iterable[LinkResult] = (
            LinkResult(
                image="missing" if mention.image is None else "ok",
                truncated=encoded.truncated[i],
                entities=self.entities,
                candidates=listed[i],
                doubt=verdicts[i][0],
                notice="" if mention.image is None else pictures[mention.image],
                band=verdicts[i][1],
                notices=said[i],
                candidates_are=restriction.candidates,
                types=restriction.types,
                ranked=None if mask is None else sizes[i],
                usual_gates=self.usual_gates,
            )
            for i, mention in enumerate(mentions)
        )
        if self.reranker is not None:
            look = partial(
                with_second_look, self.reranker, self.index.model, self.temperature, k, rank_by
            )
            results = map(look, mentions, results)
        return [replace(result, deciding=deciding(result)) for result in results]

    def check_listed(self, k: int | None) -> int:
        """How many candidates are listed; `LISTED`, or all where there are fewer, when left out.

        Raises:
            InputError: k is out of range.
        """
        k = min(LISTED, self.entities) if k is None else k
        if not 1 <= k <= self.entities:
            raise InputError(f"k is {k}; it must be from 1 to {self.entities}")
        return k

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
    def standing(self, mention: Mention, id: str) -> tuple[Candidate, Candidate]:
        """Where an entity stands: the first entity of the ranking, and the one asked for.

        Raises:
            InputError: as `candidates`.
        """
        row = self.index.entities.row(id)
        query = self.index.query(self.mention_side([check_mention(mention)])[0])
        first = int(query.top(1).rows[0, 0])
        rows = torch.tensor([[first, row]], device=self.model.device)
        best, asked = self._candidates(query, rows)
        return best, asked

    def search(self, query: str, k: int = LISTED) -> list[Entity]:
        """The first k entities by what somebody types of a name, an alias or an identifier.

        Raises:
            InputError: as `EntitySearch.search`.
        """
        return [self.entity(row) for row in self.entity_search.search(query, k)]

    def nearest(self, query: str, k: int = NEAREST) -> list[Entity]:
        """The k entities with the names most like a query; for one that nothing matches.

        Raises:
            InputError: as `search`.
        """
        return [self.entity(row) for row in self.entity_search.nearest(query, k)]

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

    def entity_by_id(self, id: str) -> Entity:
        """The entity of an identifier.

        Raises:
            InputError: it is not in the knowledge base.
        """
        return self.entity(self.index.entities.row(id))

    @cached_property
    def entity_search(self) -> EntitySearch:
        """The search over all entities, made when the first one searches."""
        return EntitySearch(self.index.entities)

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
        return name_table(self.index.entities)

    @cached_property
    def finder(self) -> NameFinder:
        """Finds the names and aliases of the entities in texts; made when first asked for."""
        return NameFinder(self.index.entities)

    def bearers(self, surface: str) -> list[int]:
        """Rows of the entities that bear a name; where nobody does, of those with a name that has
        all its words (`Messi`: Lionel Messi)."""
        if rows := self.finder.bearers(surface):
            return rows
        named = self._names.sharing(surface)
        return [row for row in named if notices.has_name_with(self.entity(row), surface)]

    def _verdicts(self, query: Answers) -> list[tuple[Doubt | None, Band | None]]:
        """Of each mention: whether any entity is meant at all, and how sure the first one is."""
        rule = self.nil
        if rule is None:
            return [(None, None)] * query.count
        values = confidence(query, self.temperature)
        return [
            self._verdict(rule, {name: column[i] for name, column in values.items()})
            for i in range(query.count)
        ]

    def _verdict(self, rule: NilRule, values: dict[str, float]) -> tuple[Doubt, Band | None]:
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
        mentions: Sequence[Mention],
        looks: Tensor,
        query: Answers,
        mask: Tensor | None,
        listed: Sequence[Sequence[Candidate]],
    ) -> list[tuple[str, ...]]:
        """Of each mention: what else must be known before the answer is believed."""
        said: list[list[str]] = [[] for _ in mentions]
        english = notices.reads_english(self.model.config.text)
        for own, mention, candidates in zip(said, mentions, listed, strict=True):
            if not self._is_named(mention.surface, candidates):
                own.append(notices.unnamed(mention.surface))
            if english and notices.is_foreign(mention):
                own.append(notices.FOREIGN)
        strange = self._unfamiliar(mentions, looks)
        if strange and self.familiar is not None:
            weights = self._weights_of_pictures(mentions, query, mask, strange)
            for place, weight in zip(strange, weights, strict=True):
                said[place] += [notices.unfamiliar(self.familiar.false_alarms), *weight]
        return [tuple(own) for own in said]

    def _unfamiliar(self, mentions: Sequence[Mention], looks: Tensor) -> list[int]:
        """Which mentions have a picture unlike those that the model learnt from."""
        if self.familiar is None or all(mention.image is None for mention in mentions):
            return []
        novel = self.familiar.novelty(looks) > self.familiar.threshold
        return [i for i, m in enumerate(mentions) if m.image is not None and bool(novel[i])]

    def _is_named(self, surface: str, candidates: Sequence[Candidate]) -> bool:
        """Whether any entity bears the name, the listed ones first; of more than `MOST_NAMED` it
        is taken for granted."""
        if any(notices.bears_name(candidate.entity, surface) for candidate in candidates):
            return True
        return self.entities > MOST_NAMED or bool(self._names.sharing(surface))

    def _weights_of_pictures(
        self, mentions: Sequence[Mention], query: Answers, mask: Tensor | None, which: list[int]
    ) -> list[list[str]]:
        """Of some mentions: that the picture hardly counted, where the answer without it is nearly
        the same."""
        first = query.top(1).rows
        bare = self.index.query(
            self.encode([replace(mentions[i], image=None) for i in which]).side,
            None if mask is None else mask[which],
        )
        shown = query.standing(first, self.temperature)
        hidden = bare.standing(first[which], self.temperature)
        return [
            _little_weight(shown[place][0], own[0])
            for place, own in zip(which, hidden, strict=True)
        ]

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


def _little_weight(shown: EntityStanding, hidden: EntityStanding) -> list[str]:
    same = hidden.ranks["total"] == 1
    if not same or abs(shown.probability - hidden.probability) > notices.LITTLE:
        return []
    return [notices.little_weight(shown.probability, hidden.probability)]


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
