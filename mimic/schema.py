"""The frozen records that travel between the rooms. Nothing here computes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

UNITS = ("tglu", "vdlu", "cmfu")


@dataclass(frozen=True)
class Mention:
    """A marked surface form in a sentence, with the picture beside it.

    Attributes:
        surface: the words that are linked, for example `Norway`.
        sentence: the sentence around them.
        image: path of the picture; `None` when there is none.
        span: character offsets `[start, end)` of the surface form in the sentence; `None` when
            it is not a substring of it (an ordinary case in published data).
        id: the data set's identifier, `""` for a user's own.
    """

    surface: str
    sentence: str
    image: Path | None = None
    span: tuple[int, int] | None = None
    id: str = ""


@dataclass(frozen=True)
class Entity:
    """One entry of a knowledge base.

    Attributes:
        description: facts as text; with the name, all that a model reads of the entity.
        image: path of its picture.
        aliases: other names that texts use for it; `data.names.names_of` knows those of the facts,
            too. No model reads them.
        type: what it is, `river`; several apart by commas; `""` where nothing says so.
        url: where more about it stands, else `""`.
    """

    id: str
    name: str
    description: str
    image: Path | None = None
    aliases: tuple[str, ...] = ()
    type: str = ""
    url: str = ""


@dataclass(frozen=True)
class UnitScores:
    """Raw scores of one pair: unnormalised dot products, not comparable between units."""

    tglu: float
    vdlu: float
    cmfu: float


@dataclass(frozen=True)
class Gates:
    """The gates of one pair: signed numbers in (-1, 1), or (0, 1) with `sigmoid_concat`."""

    vdlu_entity_to_mention: float
    vdlu_mention_to_entity: float
    cmfu_mention: float
    cmfu_entity: float


@dataclass(frozen=True)
class Candidate:
    """One ranked entity.

    Attributes:
        rank: from 1, in the order asked for.
        score: mean of the three units.
        probability: softmax of score / T over the whole knowledge base, in [0, 1].
        unit_ranks: rank of the entity in the whole knowledge base by each unit alone.
    """

    rank: int
    entity: Entity
    score: float
    probability: float
    units: UnitScores
    unit_ranks: UnitScores
    gates: Gates


@dataclass(frozen=True)
class Doubt:
    """Whether the ranking is sure enough that its first entity is meant at all.

    Attributes:
        nil: the model advises that no entity of the knowledge base is meant.
        statistic: what was looked at: `probability` of the first entity, or its `margin`.
        value, threshold: it is NIL where the value is below the threshold, which was set on dev.
    """

    nil: bool
    statistic: str
    value: float
    threshold: float


@dataclass(frozen=True)
class Band:
    """How sure an answer is, in words, and how often that held on dev.

    Attributes:
        name: `sure`, `likely`, `uncertain`, or `absent`: no entity is meant.
        probability: of the first entity by the total score.
        least: the least probability of the band; `None` for the last two.
        right: percentage of dev's answers in the band that were right; `None`: there were none.
        told: percentage of dev's mentions without an entity that were found to be `absent`.
        doubted: the same of its right answers; `None`: not known.
    """

    name: str
    probability: float
    least: float | None
    right: float | None
    told: float
    doubted: float | None


@dataclass(frozen=True)
class GateRange:
    """How far open the gates usually are: nine tenths of dev's pairs lie between the two."""

    low: Gates
    high: Gates


@dataclass(frozen=True)
class Deciding:
    """What decided an answer.

    Attributes:
        entity: the first one.
        ranks: of the entity in the whole knowledge base by each unit that had something to compare,
            the one that favours it most first.
        by: the unit in which it gains most on the second; `None` where nothing can be told.
        share: of all that it gains on the second, so much in this unit, in (0, 1].
        over: the second entity of the list; `None` as `by`.
        certainty: the name of the answer's band; `absent` where it is doubted without bands, else
            `""`.
    """

    entity: Entity
    ranks: tuple[tuple[str, int], ...]
    by: str | None
    share: float | None
    over: Entity | None
    certainty: str


@dataclass(frozen=True)
class Placing:
    """Where a candidate stood before and after a second look.

    Attributes:
        first_rank, rank: by the model alone, and by both together; both from 1.
        first_score: of the model, the mean of its units.
        second_score: of the reranker, on a scale of its own.
        score: of both, mixed, that the candidate ranks by.
    """

    id: str
    first_rank: int
    rank: int
    first_score: float
    second_score: float
    score: float


@dataclass(frozen=True)
class SecondLook:
    """What a reranker made of the first candidates of a ranking.

    Attributes:
        reranker: its name.
        looked: how many candidates it was given.
        placings: of all of them, in the new order; empty where the first ranking stands.
        right: percentage of dev's mentions at which it was right when it put another entity first;
            `None`: not known.
        seconds: that it took.
        trouble: why the first ranking stands; `""` where it does not.
    """

    reranker: str
    looked: int
    placings: tuple[Placing, ...]
    right: float | None = None
    seconds: float = 0.0
    trouble: str = ""

    @property
    def overruled(self) -> bool:
        """Whether another entity is first now."""
        return bool(self.placings) and self.placings[0].first_rank != 1


@dataclass(frozen=True)
class LinkResult:
    """The answer for one mention.

    Attributes:
        image: `ok`, or `missing` when the mention came without a picture.
        truncated: whether the text was longer than the tokenizer's limit.
        entities: size of the knowledge base, all of it ranked where nothing restricts that.
        doubt: of the total score, whatever it is ranked by; `None` for a model without threshold.
        notice: what is wrong with the picture, though it could be read; `""` for nothing.
        band: of the total score, as `doubt`; `None` for a model without bands.
        notices: what else must be known before the answer is believed, in English.
        deciding: what decided it.
        usual_gates: of the model; `None` where they were not measured.
        candidates_are: which entities were ranked: `all`, `names` (the bearers of the name) or
            `given`; ranks and probabilities are among them. `doubt` and `band` were measured on
            whole knowledge bases and are `None` of anything else.
        types: that the ranked entities had to have; `None` for any.
        ranked: how many were ranked; `None` for all.
        second_look: of a reranker, in whose order the candidates then stand; `doubt`, `band` and
            probabilities stay those of the model alone. `None` where none was asked for.
    """

    image: str
    truncated: bool
    entities: int
    candidates: tuple[Candidate, ...]
    doubt: Doubt | None = None
    notice: str = ""
    band: Band | None = None
    notices: tuple[str, ...] = ()
    deciding: Deciding | None = None
    usual_gates: GateRange | None = None
    candidates_are: str = "all"
    types: tuple[str, ...] | None = None
    ranked: int | None = None
    second_look: SecondLook | None = None


@dataclass(frozen=True)
class Word:
    """A word that the model reads, merged from word pieces.

    Attributes:
        part: `name` (surface form, or name of the entity) or `context` (sentence, or facts).
        start, end: its characters `[start, end)` in that part.
        tokens: positions of its pieces in the model's input.
    """

    text: str
    part: str
    start: int
    end: int
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Attention:
    """Where something looks among the words or the patches of one side; the shares sum to 1.

    Attributes:
        name: `last layer` and `rollout` of an encoder, or the unit, `tglu` or `cmfu`.
        source: `encoder`, for maps that know nothing of the units, or `unit`.
        over: `words` or `patches`.
        values: one share for each word, or each patch row by row.
        special: the share on special tokens, or on the picture's [CLS].
        padding: the share on padding; 0 for pictures.
    """

    name: str
    source: str
    over: str
    values: tuple[float, ...]
    special: float
    padding: float


@dataclass(frozen=True)
class TextAttention:
    """TGLU's attention from each word of the entity to the words of the mention.

    Attributes:
        values: a row for each word of the entity (the mean of its pieces), a column for each
            word of the mention (the sum of its pieces).
        special, padding: what each row spends on special tokens and padding of the mention.
    """

    values: tuple[tuple[float, ...], ...]
    special: tuple[float, ...]
    padding: tuple[float, ...]


@dataclass(frozen=True)
class Attribution:
    """How much each word and patch of one side adds to a score, measured from a baseline.

    Attributes:
        target: `total`, `tglu`, `vdlu`, `cmfu`, or such a name with ` margin`.
        steps: of the path, or samples; 0 where the method has neither.
        words: one signed number for each word; patches: one for each patch, row by row.
        score, baseline_score: of the target with the whole input and with the baseline.
        gap: |sum of the numbers - (score - baseline score)|, as a share of the larger of
            |score - baseline score| and the sum of absolute numbers.
        complete: the gap is at most 2 %; `None` for a method that promises no completeness.
        word_errors, patch_errors: standard error of each number, of a method that samples.
    """

    method: str
    target: str
    baseline: str
    steps: int
    words: tuple[float, ...]
    patches: tuple[float, ...]
    score: float
    baseline_score: float
    gap: float
    complete: bool | None
    word_errors: tuple[float, ...] | None = None
    patch_errors: tuple[float, ...] | None = None


@dataclass(frozen=True)
class SideView:
    """One side of an explained pair: what the model read of it, and where it looked.

    Attributes:
        side: `mention` or `entity`.
        image: the picture; `None` when there is none that can be read, which counts as blank.
        size: its width and height in pixels, after its EXIF rotation; (0, 0) without one.
        grid: rows and columns of patches.
        boxes: left, top, right, bottom of each patch, row by row, in pixels of the picture.
        attribution: `None` where none was asked for.
        text_share: for the total and each unit the share of |attribution| that lies on words, the
            rest being on the picture; by the method of the attribution, with it. `None` where
            nothing is attributed at all.
        peaks: the largest |attribution| of any of the `words` and of the `patches` over the same
            four, by the same method, so that drawings of different units can share one range of
            colours.
    """

    side: str
    name: str
    context: str
    words: tuple[Word, ...]
    truncated: bool
    image: Path | None
    size: tuple[int, int]
    grid: tuple[int, int]
    boxes: tuple[tuple[float, float, float, float], ...]
    attention: tuple[Attention, ...]
    attribution: Attribution | None
    text_share: dict[str, float | None]
    peaks: dict[str, float]


@dataclass(frozen=True)
class PairMap:
    """How much each element of the mention and each of the entity together add to the scores.

    Elements of a side are its words, its patches row by row, and those that `rest` names. The
    attention, the gates and the deviations of the LayerNorms are those of this pair, held.

    Attributes:
        rest: elements that are no word and no patch: special tokens and padding of the text, the
            picture as a whole ([CLS], or all of it where it is blank), biases.
        whole: the global features that are not their words' or patches': `text` where it is that of
            one token, `picture` where it is [CLS]. What they add is in `special` and `picture`.
        cells: `total` and each unit -> a row for each element of the mention, a column for each of
            the entity; they sum to the score.
        against: the same with the entity that it is compared with, whose cells count against the
            candidate's; its columns are of `against_words`, its patches and `rest`.
    """

    rest: tuple[str, ...]
    whole: tuple[str, ...]
    cells: dict[str, tuple[tuple[float, ...], ...]]
    against: dict[str, tuple[tuple[float, ...], ...]] | None = None
    against_words: tuple[Word, ...] | None = None


@dataclass(frozen=True)
class Explanation:
    """Why a mention scores as it does with an entity.

    Attributes:
        against: the entity that it is compared with, when a margin is explained.
        score: total score of the pair, the mean of its units.
        opponent_score, opponent_units: the same of the pair with `against`.
        unattended: what the model's units never attend to: `padding` of the mention's text where it
            is masked, `cls` of the pictures where local features are the patches alone.
        pairs: what the method `pairs` says; `None` with every other.
    """

    target: str
    entity: Entity
    against: Entity | None
    score: float
    units: UnitScores
    opponent_score: float | None
    opponent_units: UnitScores | None
    gates: Gates
    text_attention: TextAttention
    mention: SideView
    candidate: SideView
    unattended: tuple[str, ...] = ()
    pairs: PairMap | None = None


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain JSON; pictures by the name of their file."""
    record = asdict(explanation)
    for holder in ("entity", "against", "mention", "candidate"):
        if record[holder] is not None:
            image = record[holder]["image"]
            record[holder]["image"] = image and Path(image).name
    return record


def result_record(result: LinkResult) -> dict[str, Any]:
    """The answer as plain JSON, the same on the command line and over HTTP."""
    record: dict[str, Any] = {
        "image": result.image,
        "truncated": result.truncated,
        "entities": result.entities,
        "candidates": [candidate_record(candidate) for candidate in result.candidates],
        "notices": list(result.notices),
    }
    if result.ranked is not None:
        record["candidates_are"] = result.candidates_are
        record["types"] = None if result.types is None else list(result.types)
        record["ranked"] = result.ranked
    if result.band is not None:
        record["band"] = result.band.name
    if result.doubt is not None:
        record["doubt"] = asdict(result.doubt)
    if result.notice:
        record["notice"] = result.notice
    if result.deciding is not None:
        record["deciding"] = _deciding_record(result.deciding)
    if result.usual_gates is not None:
        record["usual_gates"] = asdict(result.usual_gates)
    if result.second_look is not None:
        record["second_look"] = second_look_record(result.second_look)
        placings = {placing.id: placing for placing in result.second_look.placings}
        for row in record["candidates"]:
            if placing := placings.get(row["id"]):
                row["first_rank"] = placing.first_rank
                row["second_score"], row["mixed_score"] = placing.second_score, placing.score
    return record


def second_look_record(look: SecondLook) -> dict[str, Any]:
    """A second look as plain JSON: what moved from which rank to which, and all its scores."""
    moved = [placing for placing in look.placings if placing.rank != placing.first_rank]
    return {
        "reranker": look.reranker,
        "looked": look.looked,
        "overruled": look.overruled,
        "moved": [{"id": p.id, "from": p.first_rank, "to": p.rank} for p in moved],
        "candidates": [asdict(placing) for placing in look.placings],
        "right_when_overruling": look.right,
        "ms": round(1000 * look.seconds, 1),
        "trouble": look.trouble or None,
    }


def _deciding_record(deciding: Deciding) -> dict[str, Any]:
    return {
        "id": deciding.entity.id,
        "ranks": dict(deciding.ranks),
        "by": deciding.by,
        "share": deciding.share,
        "over": None if deciding.over is None else deciding.over.id,
        "certainty": deciding.certainty,
    }


def candidate_record(candidate: Candidate) -> dict[str, Any]:
    """A ranked entity as plain JSON."""
    ranks = asdict(candidate.unit_ranks)
    return {
        "rank": candidate.rank,
        "id": candidate.entity.id,
        "name": candidate.entity.name,
        "description": candidate.entity.description,
        "score": candidate.score,
        "probability": candidate.probability,
        "units": asdict(candidate.units),
        "unit_ranks": {unit: int(rank) for unit, rank in ranks.items()},
        "gates": asdict(candidate.gates),
    }
