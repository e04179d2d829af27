"""What a text model alone reaches on a data folder: `python benchmarks/biencoder.py --data DIR`.

All-MiniLM-L6-v2 as it is, and a plain bi-encoder fine-tuned from it: cosine of the mean token
vectors of `mention [SEP] sentence` and `name [SEP] description`, in-batch negatives. Texts are
cut, and padding skipped, as in the preset, so that times can be compared. One line of JSON for
each number of epochs, 0 being the untrained one.
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

from mimic.batches import batches  # noqa: E402
from mimic.config import PRESETS, TrainConfig  # noqa: E402
from mimic.data import read_kb, read_split  # noqa: E402
from mimic.encoders import Encoder, pretrained_encoder  # noqa: E402
from mimic.metrics import ranks, summary  # noqa: E402
from mimic.model import versions  # noqa: E402
from mimic.processor import Processor, load_tokenizer  # noqa: E402
from mimic.terminal import progress, report  # noqa: E402

PRESET = "wikimel-mini"
#: The cosine is multiplied by this before the softmax.
SHARPNESS = 20.0
CHUNK = 256  # texts encoded at once without gradients


class Corpus:
    """Texts of one side, tokenised once."""

    def __init__(self, processor: Processor, names: Sequence[str], contexts: Sequence[str]) -> None:
        texts = processor.texts(names, contexts)
        self.ids, self.mask = texts.input_ids, texts.attention_mask

    def encode(self, encoder: Encoder, rows: Tensor) -> Tensor:
        """Unit vectors `[n, T]`."""
        return F.normalize(encoder.text(self.ids[rows], self.mask[rows])[0], dim=-1)

    @torch.inference_mode()
    def encode_all(self, encoder: Encoder, what: str) -> Tensor:
        told, parts = progress(what), []
        for rows in torch.arange(len(self.ids)).split(CHUNK):
            parts.append(self.encode(encoder, rows))
            told(int(rows[-1]) + 1, len(self.ids))
        return torch.cat(parts)


def main(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    kb = read_kb(options.data)
    splits = {name: read_split(options.data, name, kb) for name in ("train", options.split)}
    encoder, config = pretrained_encoder(PRESETS[PRESET].model)
    processor = Processor(config, load_tokenizer(config))
    entities = Corpus(
        processor, [e.name for e in kb.entities], [e.description for e in kb.entities]
    )
    mentions = {
        name: Corpus(processor, [m.surface for m in s.mentions], [m.sentence for m in s.mentions])
        for name, s in splits.items()
    }
    gold = {name: torch.tensor(split.gold) for name, split in splits.items()}
    train = TrainConfig(batch=options.batch, seed=options.seed)
    optimizer = torch.optim.AdamW(encoder.backbone.get_submodule("bert").parameters(), options.rate)

    def tell(epochs: int, seconds: float) -> None:
        answered = gold[options.split] >= 0
        scores = (
            mentions[options.split].encode_all(encoder, options.split)
            @ entities.encode_all(encoder, "entities").T
        )
        row: dict[str, Any] = {"epochs": epochs, "minutes": seconds / 60}
        row |= summary(ranks(scores[answered], gold[options.split][answered]).numpy())
        row |= {"entities": len(kb.entities), "threads": torch.get_num_threads()}
        print(json.dumps(row | {"seed": options.seed, "versions": versions()}), flush=True)

    tell(0, 0.0)
    seconds = 0.0
    for epoch in range(options.epochs):
        began, told = time.monotonic(), progress(f"epoch {epoch + 1}, steps")
        order = batches(splits["train"], train, epoch)
        for step, part in enumerate(order, 1):
            rows = torch.from_numpy(part)
            columns, target = gold["train"][rows].unique(return_inverse=True)
            sides = mentions["train"].encode(encoder, rows), entities.encode(encoder, columns)
            loss = F.cross_entropy(SHARPNESS * sides[0] @ sides[1].T, target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            told(step, len(order))
        seconds += time.monotonic() - began
        report(f"epoch {epoch + 1}: {seconds / 60:.1f} min of training")
        tell(epoch + 1, seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with kb_entity.json")
    parser.add_argument("--split", default="test")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=5e-5, help="learning rate")
    parser.add_argument("--seed", type=int, default=43)
    main(parser.parse_args())
