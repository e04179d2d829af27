"""A cross-encoder: the text model reads mention and candidate together, words against words.

The last layers learn, the others stay as they were; a small head sees the text's vector beside the
numbers of `numbers.NUMBERS` and gives one score.
"""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors.torch import save_file
from torch import Tensor, nn

from mimic.config import from_record, read_json
from mimic.errors import InputError, reason_of
from mimic.io.content import seal
from mimic.io.files import files_aside
from mimic.model.encoders import architecture, pooled, text_layers
from mimic.model.mimic import read_tensors, versions
from mimic.model.sources import from_pretrained, resolve_text
from mimic.rerank.numbers import NUMBERS, SCORES, numbers
from mimic.rerank.open import CARD, check_flags
from mimic.rerank.reranker import LOOKED, Mix, Shortlist

PARTS = 2  # of like length, that one shortlist is computed in
FILES = ("tokenizer", "reranker.safetensors", CARD)


@dataclass(frozen=True)
class CrossConfig:
    """What a cross-encoder is.

    Attributes:
        text: source of its text model, as `ModelConfig.text`.
        architecture: of that, complete.
        side_length: tokens that are read of the mention with its sentence, and of the candidate
            with its facts.
        tuned_layers: last layers of the text model that learn.
        width: of the head.
        dropout: of the head, in training.
    """

    text: str
    architecture: dict[str, Any] = dataclasses.field(default_factory=dict)
    side_length: int = 48
    tuned_layers: int = 3
    width: int = 128
    dropout: float = 0.1


@dataclass(frozen=True)
class CrossCard:
    """What is stored beside the weights.

    Attributes:
        model: fingerprint of the model whose shortlists it learnt from.
        looked: candidates of a shortlist.
        spread: the model's, see `numbers.spread`.
        mix: `{"first", "second"}`, fitted on dev.
        right: see `Reranker.right`.
        training: data, seed, times, and what dev said.
    """

    model: str
    looked: int = LOOKED
    spread: tuple[float, ...] = (1.0,) * SCORES
    mix: dict[str, float] = dataclasses.field(default_factory=dict)
    right: float | None = None
    training: dict[str, Any] = dataclasses.field(default_factory=dict)
    versions: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class PairTexts:
    """Mentions with a candidate each, one text: `[n, L]`; the second side has token type 1."""

    input_ids: Tensor
    attention_mask: Tensor
    token_types: Tensor


class PairReader:
    """Tokenises `mention [SEP] sentence [SEP] name [SEP] attributes`, each side cut at its own
    length, so that a long sentence never hides the candidate."""

    def __init__(self, tokenizer: Any, side_length: int) -> None:
        self.tokenizer, self.side_length = tokenizer, side_length
        self.start, self.end = tokenizer.cls_token_id, tokenizer.sep_token_id
        self.padding = tokenizer.pad_token_id
        if None in (self.start, self.end, self.padding):
            raise InputError("a reranker needs a text model whose tokenizer has [CLS] and [SEP]")

    def sides(self, names: Sequence[str], contexts: Sequence[str]) -> list[list[int]]:
        """Token ids of `name [SEP] context`, with a [SEP] at the end."""
        parts = [
            self.tokenizer(list(texts), add_special_tokens=False, truncation=True,
                           max_length=self.side_length)["input_ids"]
            for texts in (names, contexts)
        ]  # fmt: skip
        return [
            [*[*name, self.end, *context][: self.side_length - 1], self.end]
            for name, context in zip(*parts, strict=True)
        ]

    def pairs(
        self, mentions: Sequence[Sequence[int]], entities: Sequence[Sequence[int]]
    ) -> PairTexts:
        """One text of each mention's tokens and its candidate's, padded to the longest."""
        sizes = [1 + len(a) + len(b) for a, b in zip(mentions, entities, strict=True)]
        shape = len(sizes), max(sizes)
        ids = torch.full(shape, self.padding)
        types, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
        for row, (a, b) in enumerate(zip(mentions, entities, strict=True)):
            ids[row, : sizes[row]] = torch.tensor([self.start, *a, *b])
            types[row, 1 + len(a) : sizes[row]] = 1
            mask[row, : sizes[row]] = 1
        return PairTexts(ids, mask, types)


class CrossEncoder(nn.Module):
    """Text model and head.

    Args:
        bert: the text model; made with random weights of `config.architecture` when left out.
    """

    def __init__(self, config: CrossConfig, bert: Any | None = None) -> None:
        super().__init__()
        if bert is None:
            record = dict(config.architecture)
            made = transformers.AutoConfig.for_model(record.pop("model_type"), **record)
            bert = transformers.AutoModel.from_config(made)
        if (most := bert.config.max_position_embeddings) < 2 * config.side_length + 1:
            raise InputError(f"{config.text}: reads {most} tokens, too few for a pair of texts")
        self.config = dataclasses.replace(config, architecture=architecture(bert.config))
        self.bert = bert
        self.types = int(getattr(bert.config, "type_vocab_size", 1))
        self.norm = nn.LayerNorm(bert.config.hidden_size)
        self.head = nn.Sequential(
            nn.Dropout(config.dropout),
            nn.Linear(bert.config.hidden_size + len(NUMBERS), config.width),
            nn.GELU(),
            nn.Linear(config.width, 1),
        )

    @classmethod
    def pretrained(cls, config: CrossConfig) -> CrossEncoder:
        """The pretrained text model, whose first layers do not learn, and a random head.

        Raises:
            InputError: the text model is not there, or is no BERT.
        """
        bert = from_pretrained(transformers.AutoModel, resolve_text(config.text))
        model = cls(config, bert)
        layers = text_layers(bert)
        bert.requires_grad_(False)
        for layer in layers[max(0, len(layers) - config.tuned_layers) :]:
            layer.requires_grad_(True)
        return model

    def forward(self, texts: PairTexts, values: Tensor) -> Tensor:
        """Scores `[n]`.

        Args:
            values: `[n, len(NUMBERS)]`.
        """
        device = self.norm.weight.device
        mask = texts.attention_mask.to(device)
        tokens = self.bert(
            input_ids=texts.input_ids.to(device),
            attention_mask=mask,
            token_type_ids=texts.token_types.to(device) if self.types > 1 else None,
        ).last_hidden_state
        vector = self.norm(pooled(tokens, mask, "mean"))
        return self.head(torch.cat([vector, values.to(device)], 1))[:, 0]


def pair_scores(
    net: CrossEncoder,
    reader: PairReader,
    mentions: Sequence[Sequence[int]],
    entities: Sequence[Sequence[int]],
    values: Tensor,
    parts: int,
) -> Tensor:
    """Scores `[n]` of n pairs of sides; texts of like length are computed together, so that little
    padding is.

    Args:
        values: as `CrossEncoder.forward`.
        parts: of like length.
    """
    sizes = [len(a) + len(b) for a, b in zip(mentions, entities, strict=True)]
    order = torch.tensor(sizes).argsort(stable=True)
    scores = []
    for some in order.chunk(parts):
        rows = some.tolist()
        texts = reader.pairs([mentions[i] for i in rows], [entities[i] for i in rows])
        scores.append(net(texts, values[some]))
    return torch.cat(scores)[order.argsort().to(scores[0].device)]


class CrossReranker:
    """A trained cross-encoder, as `Reranker`. Safe to share between threads."""

    def __init__(
        self, net: CrossEncoder, card: CrossCard, tokenizer: Any, name: str, device: Any = "cpu"
    ) -> None:
        self.net, self.card, self.name = net.eval().to(device), card, name
        self.reader = PairReader(tokenizer, net.config.side_length)
        self.looked, self.model, self.right = card.looked, card.model, card.right
        self.mix = Mix.from_record(card.mix, CARD)
        self._spread = torch.tensor(card.spread)
        self._tokenizing = threading.Lock()  # a fast tokenizer refuses two threads that cut texts

    @torch.inference_mode()
    def scores(self, shortlist: Shortlist) -> Tensor:
        """As `Reranker.scores`; it never fails."""
        mention, entities = shortlist.mention, shortlist.entities
        with self._tokenizing:
            (own,) = self.reader.sides([mention.surface], [mention.sentence])
            others = self.reader.sides(
                [e.name for e in entities], [e.description for e in entities]
            )
        values = numbers(shortlist, self._spread)
        pairs = [own] * len(others), others, values
        return pair_scores(self.net, self.reader, *pairs, parts=PARTS).float().cpu()

    def costs(self) -> None:
        """Nothing is spent."""
        return


def save_cross(net: CrossEncoder, folder: Path, card: CrossCard, tokenizer: Any) -> None:
    """Writes a reranker's folder, whole or not at all; the text model in float16.

    Raises:
        InputError: it cannot be written.
    """
    weights = {
        name: (value.half() if name.startswith("bert.") and value.is_floating_point() else value)
        .detach().cpu().contiguous()
        for name, value in net.state_dict().items()
    }  # fmt: skip
    card = dataclasses.replace(card, versions=versions())
    record = {"reranker": dataclasses.asdict(net.config), **dataclasses.asdict(card)}
    try:
        with files_aside(folder, FILES) as new:
            tokenizer.save_pretrained(new / "tokenizer")
            save_file(weights, new / "reranker.safetensors", seal(weights))
            (new / "reranker.safetensors").chmod(0o644)
            (new / CARD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({reason_of(error)})") from None


def load_cross(folder: Path, device: Any = "cpu") -> CrossReranker:
    """A reranker from its folder.

    Raises:
        InputError: a file is missing, damaged, or does not fit the others.
    """
    check_flags(str(folder), None, None)
    record, source = read_json(folder / CARD), str(folder / CARD)
    if not isinstance(record, dict) or "reranker" not in record:
        raise InputError(f"{source}: has no field 'reranker'")
    config = from_record(CrossConfig, record.pop("reranker"), source)
    card = from_record(CrossCard, record, source)
    if card.looked < 2 or len(card.spread) != SCORES or min(card.spread) <= 0:
        raise InputError(f"{source}: 'looked' or 'spread' cannot be; train the reranker again")
    weights = read_tensors(folder / "reranker.safetensors")
    if broken := [name for name, tensor in weights.items() if not tensor.isfinite().all()]:
        raise InputError(f"{folder}: {broken[0]} holds values that are no numbers; train it again")
    try:
        net = CrossEncoder(config)
        net.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            folder / "tokenizer", trust_remote_code=False
        )
    except Exception as error:  # transformers and tokenizers raise many kinds for odd files
        shown = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        raise InputError(f"{folder}: its files do not fit each other ({shown})") from None
    return CrossReranker(net, card, tokenizer, folder.name, device)
