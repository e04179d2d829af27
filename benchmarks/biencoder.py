"""What a text model alone reaches on a data folder: `python benchmarks/biencoder.py --data DIR`.

All-MiniLM-L6-v2 as it is, and a plain bi-encoder fine-tuned from it: cosine of the mean token
vectors of `mention [SEP] sentence` and `name [SEP] description`, in-batch negatives. Texts are
cut, and padding skipped, as in the preset, so that times can be compared. One line of JSON for
the untrained one, after 1, 2, 4, 8 ... epochs, and after the last.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mimic.config import PRESETS, TrainConfig  # noqa: E402
from mimic.data.layout import read_kb, read_split  # noqa: E402
from mimic.errors import InputError  # noqa: E402
from mimic.io.terminal import MISTAKE, Parser, progress  # noqa: E402
from mimic.metrics import ranks, summary  # noqa: E402
from mimic.model.encoders import Encoder, pretrained_encoder  # noqa: E402
from mimic.model.mimic import versions  # noqa: E402
from mimic.model.processor import Processor, load_tokenizer  # noqa: E402
from mimic.training.batches import batches  # noqa: E402

PRESET = "wikimel-mini"
#: The cosine is multiplied by this before the softmax.
SHARPNESS = 20.0
CHUNK = 256  # texts encoded at once without gradients


class Corpus:
    """Texts of one side, tokenised once."""

    def __init__(self, processor: Processor, pairs: Sequence[tuple[str, str]]) -> None:
        names, contexts = zip(*pairs, strict=True)
        texts = processor.texts(names, contexts)
        self.ids, self.mask = texts.input_ids, texts.attention_mask

    def encode(self, encoder: Encoder, rows: Tensor) -> Tensor:
        """Unit vectors `[n, T]`."""
        return F.normalize(encoder.text(self.ids[rows], self.mask[rows])[0], dim=-1)

    @torch.inference_mode()
    def encode_all(self, encoder: Encoder, what: str) -> Tensor:
        tick, parts = progress(what), []
        for rows in torch.arange(len(self.ids)).split(CHUNK):
            parts.append(self.encode(encoder, rows))
            tick(int(rows[-1]) + 1, len(self.ids))
        return torch.cat(parts)


class BiEncoder:
    """The encoder, and both sides of a data folder."""

    def __init__(self, data: Path, split: str, seed: int) -> None:
        torch.manual_seed(seed)
        self.kb = read_kb(data)
        self.splits = {name: read_split(data, name, self.kb) for name in {"train", split}}
        self.gold = {name: torch.tensor(part.gold) for name, part in self.splits.items()}
        self.encoder, config = pretrained_encoder(PRESETS[PRESET].model)
        processor = Processor(config, load_tokenizer(config))
        names = [(e.name, e.description) for e in self.kb.entities]
        self.entities = Corpus(processor, names)
        self.mentions = {
            name: Corpus(processor, [(m.surface, m.sentence) for m in part.mentions])
            for name, part in self.splits.items()
        }
        self.bert = self.encoder.backbone.get_submodule("bert")

    def measured(self, split: str) -> dict[str, Any]:
        """Metrics over all entities, of the mentions with an answer."""
        sides = (
            self.mentions[split].encode_all(self.encoder, split),
            self.entities.encode_all(self.encoder, "entities"),
        )
        answered = self.gold[split] >= 0
        scores = sides[0][answered] @ sides[1].T
        metrics = summary(ranks(scores, self.gold[split][answered]).numpy())
        return {**metrics, "entities": len(self.kb.entities)}

    def loss(self, rows: Tensor) -> Tensor:
        """Cross-entropy over the entities of the batch."""
        columns, target = self.gold["train"][rows].unique(return_inverse=True)
        mentions = self.mentions["train"].encode(self.encoder, rows)
        entities = self.entities.encode(self.encoder, columns)
        return F.cross_entropy(SHARPNESS * mentions @ entities.T, target)


def main(options: argparse.Namespace) -> None:
    model = BiEncoder(options.data, options.split, options.seed)
    config = TrainConfig(batch=options.batch, seed=options.seed)
    optimizer = torch.optim.AdamW(model.bert.parameters(), options.rate, fused=True)
    about = {"threads": torch.get_num_threads(), "seed": options.seed, "versions": versions()}
    seconds = 0.0
    for epoch in range(options.epochs + 1):
        if epoch.bit_count() < 2 or epoch == options.epochs:
            row = {"epochs": epoch, "minutes": seconds / 60, **model.measured(options.split)}
            print(json.dumps(row | about), flush=True)
        if epoch == options.epochs:
            break
        began, order = time.monotonic(), batches(model.splits["train"], config, epoch)
        tick = progress(f"epoch {epoch + 1}, steps")
        for step, rows in enumerate(order, 1):
            optimizer.zero_grad()
            model.loss(torch.from_numpy(rows)).backward()
            optimizer.step()
            tick(step, len(order))
        seconds += time.monotonic() - began


if __name__ == "__main__":
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with kb_entity.json")
    parser.add_argument("--split", default="test")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=5e-5, help="learning rate")
    parser.add_argument("--seed", type=int, default=43)
    try:
        main(parser.parse_args())
    except InputError as error:
        parser.exit(MISTAKE, f"error: {error}\n")
