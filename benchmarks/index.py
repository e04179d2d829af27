"""The index against the units' direct form: `python benchmarks/index.py --entities 110000`.

The direct form scores as the authors' program evaluates: chunks of 6,000 entities, whose side of
the units is computed anew. Both run in this process with the same threads, warm, median of
`--repeats`. Features are drawn from N(0, 1) at the authors' widths with freshly initialised units,
or, with `--data`, are those of a real knowledge base under a trained model, repeated with small
noise up to the number of entities.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mimic.index.entity_encoder import DTYPES  # noqa: E402
from mimic.index.entity_index import EntityIndex  # noqa: E402
from mimic.index.fast_units import FastUnits  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402
from mimic.linking.linker import EntityLinker  # noqa: E402
from mimic.model.mimic import Mimic, load_model, versions  # noqa: E402
from mimic.model.units import Cmfu, Features, Tglu, Vdlu  # noqa: E402
from mimic.schema import Entity  # noqa: E402

#: Authors' widths: text, units; tokens of text and image. Their chunk, and the first k compared.
TEXT, WIDTH, TOKENS, PATCHES = 512, 96, 40, 50
CHUNK, BLOCK, K, NOISE = 6000, 1000, 10, 0.02


class Units(Mimic):
    """The units alone, without an encoder, as a new model has them."""

    def __init__(self) -> None:
        nn.Module.__init__(self)
        self.tglu, self.vdlu, self.cmfu = Tglu(TEXT, WIDTH), Vdlu(WIDTH, "tanh"), Cmfu(TEXT, WIDTH)

    @property
    def device(self) -> torch.device:
        return self.cmfu.text.weight.device


class Drawn:
    """Features from N(0, 1), the same for the same rows."""

    def __init__(self, mentions: int, seed: int) -> None:
        torch.manual_seed(seed)
        self.net = Units().eval()
        self.seed = seed
        self.mention = self._draw(mentions, -1)

    def rows(self, start: int, end: int) -> Features:
        """Features of the entities from `start` to `end`."""
        blocks = range(start // BLOCK, (end - 1) // BLOCK + 1)
        whole = Features.joined([self._draw(BLOCK, block) for block in blocks])
        first = start - blocks[0] * BLOCK
        return _sliced(whole, slice(first, first + end - start))

    def _draw(self, count: int, block: int) -> Features:
        source = torch.Generator().manual_seed(self.seed * 1_000_003 + block + 1)
        sizes = ((TEXT,), (TOKENS, TEXT), (WIDTH,), (PATCHES, WIDTH))
        return Features(*(torch.randn(count, *size, generator=source) for size in sizes))


class Real:
    """Features of a data folder under a trained model, repeated with noise."""

    def __init__(self, data: Path, model: Path, mentions: int, seed: int) -> None:
        from mimic.data.layout import read_kb, read_split
        from mimic.model.processor import Processor, load_tokenizer

        self.net, _ = load_model(model)
        self.processor = Processor(self.net.config, load_tokenizer(self.net.config, model))
        kb = read_kb(data)
        split = read_split(data, "test", kb)
        picked = torch.randperm(len(split.mentions), generator=torch.Generator().manual_seed(seed))[
            :mentions
        ]
        chosen = [split.mentions[i] for i in picked.tolist()]
        self.mention = self._encode([(m.surface, m.sentence, m.image) for m in chosen])
        self.entities, self.seed = self._of(kb.entities), seed

    def _of(self, entities: Sequence[Entity]) -> Features:
        """Features of entities in half precision."""
        triples = [(e.name, e.description, e.image) for e in entities]
        parts = []
        for start in range(0, len(triples), 64):
            parts.append(_cast(self._encode(triples[start : start + 64]), torch.float16))
            print(f"features {start}/{len(triples)}", end="\r", file=sys.stderr)
        return Features.joined(parts)

    def rows(self, start: int, end: int) -> Features:
        """Features of the entities from `start` to `end`."""
        source = torch.Generator().manual_seed(self.seed * 1_000_003 + start)
        rows = torch.arange(start, end) % len(self.entities.text_global)
        features = _cast(_sliced(self.entities, rows), torch.float32)

        def noisy(tensor: Tensor) -> Tensor:
            if not tensor.is_floating_point():
                return tensor
            return tensor + NOISE * tensor.std() * torch.randn(tensor.shape, generator=source)

        return features.each(noisy)

    @torch.inference_mode()
    def _encode(self, triples: Sequence[tuple[str, str, Path | None]]) -> Features:
        names, contexts, images = zip(*triples, strict=True)
        texts = self.processor.texts(names, contexts)
        pixels = self.processor.pictures(images)
        return self.net.features(texts.input_ids, texts.attention_mask, pixels)


class Repeated(Real):
    """The features of a linker's own knowledge base, repeated with noise."""

    def __init__(self, linker: EntityLinker) -> None:
        self.net, self.processor, self.seed = linker.model, linker.processor, 0
        self.entities = self._of(list(linker.index.entities))


class Encoder:
    """Stands in for `EntityEncoder`: entities are numbers, their features come from a source."""

    batch, model = 512, "benchmark"

    def __init__(self, source: Drawn | Real) -> None:
        self.source, self.net = source, source.net
        self.units, self.drawing = FastUnits(source.net), 0.0

    @torch.inference_mode()
    def rows(
        self, entities: Sequence[Entity], dtype: str, tick: Callable[[int], None]
    ) -> tuple[dict[str, Tensor], list[str]]:
        """Rows of numbered entities that follow each other."""
        first, parts = int(entities[0].id), []
        for start in range(first, first + len(entities), self.batch):
            began = time.perf_counter()
            features = self.source.rows(start, min(start + self.batch, first + len(entities)))
            self.drawing += time.perf_counter() - began
            parts.append(self.units.stored(self.net.entity_side(features), DTYPES[dtype]))
        tick(len(entities))
        return {n: torch.cat([p[n] for p in parts]) for n in parts[0]}, [""] * len(entities)


@torch.inference_mode()
def direct(source: Drawn | Real, entities: int, repeats: int) -> tuple[float, Tensor, int]:
    """Median seconds of the direct form, its scores `[M, E]`, and the bytes of the features."""
    seconds, scores, size = [0.0] * repeats, [], 0
    for start in range(0, entities, CHUNK):
        features = source.rows(start, min(start + CHUNK, entities))
        size += sum(4 * t.numel() for t in vars(features).values() if t is not None)
        times, block = _timed(partial(_direct, source, features), repeats, warm=start == 0)
        seconds = [a + b for a, b in zip(seconds, times, strict=True)]
        scores.append(block)
        print(f"direct {start + CHUNK}/{entities}", end="\r", file=sys.stderr)
    return statistics.median(seconds), torch.cat(scores, 1), size


def _direct(source: Drawn | Real, features: Features) -> Tensor:
    net = source.net
    return net.score(net.mention_side(source.mention), net.entity_side(features))["score"]


@torch.inference_mode()
def measure(options: argparse.Namespace) -> dict[str, Any]:
    """The figures of one run, as named in the output."""
    source: Drawn | Real = (
        Real(options.data, options.model, options.mentions, options.seed)
        if options.data
        else Drawn(options.mentions, options.seed)
    )
    numbered = [Entity(str(i), f"entity {i}", "", None) for i in range(options.entities)]
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        encoder: Any = Encoder(source)
        began = time.perf_counter()
        EntityIndex.build(Path(folder), encoder, numbered, options.dtype)
        build = time.perf_counter() - began - encoder.drawing
        began = time.perf_counter()
        index = EntityIndex.open(Path(folder), source.net, "benchmark")
        opened = time.perf_counter() - began
        k = min(K, options.entities)
        times, hits = _timed(
            lambda: index.search(source.net.mention_side(source.mention), k), options.repeats
        )
        unbound, scores = _timed(
            lambda: index.scores(source.net.mention_side(source.mention))["score"],
            options.repeats,
        )
        report: dict[str, Any] = {
            "entities": options.entities,
            "mentions": options.mentions,
            "dtype": options.dtype,
            "features": str(options.data or "N(0, 1)"),
            "index_s": statistics.median(times),
            "index_s_no_bound": statistics.median(unbound),
            "scored_fraction": hits.scored,
            "open_s": opened,
            "build_s": build,
            "index_bytes": index.nbytes,
        }
    report["index_peak_rss_bytes"] = _peak()
    if not options.no_direct:
        seconds, expected, size = direct(source, options.entities, options.repeats)
        order = expected.sort(dim=1, descending=True, stable=True).indices[:, :k]
        report |= {
            "direct_s": seconds,
            "ratio": seconds / report["index_s"],
            "direct_bytes": size,
            "bytes_ratio": size / report["index_bytes"],
            "max_abs_diff": float((scores - expected).abs().max()),
            "topk_equal": float((order == hits.rows).float().mean()),
        }
    return report | {
        "peak_rss_bytes": _peak(),
        "threads": torch.get_num_threads(),
        "machine": {"cpu": _cpu(), "cores": os.cpu_count()},
        "versions": versions(),
    }


def _timed(work: Callable[[], Any], repeats: int, warm: bool = True) -> tuple[list[float], Any]:
    """Seconds of each of `repeats` calls, after one that is not counted, and the last result."""
    result = work() if warm else None
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - began)
    return times, result


def _sliced(features: Features, rows: Any) -> Features:
    return features.each(lambda tensor: tensor[rows])


def _cast(features: Features, dtype: torch.dtype) -> Features:
    return features.each(lambda tensor: tensor.to(dtype) if tensor.is_floating_point() else tensor)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--entities", type=int, default=110_000)
    parser.add_argument("--mentions", type=int, default=1)
    parser.add_argument("--dtype", choices=tuple(DTYPES), default="float32")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path, help="data folder whose features are taken")
    parser.add_argument("--model", type=Path, default=ROOT / "assets" / "model")
    parser.add_argument("--no-direct", action="store_true", help="time the index alone")
    parser.add_argument("--scratch", type=Path, help="where the index is written for the run")
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen), indent=None if chosen.json else 1))
