"""The page as a visitor meets it: `python benchmarks/page.py --json`.

Starts the server, waits for its first page and its first answer, and then times links, an
explanation and the export of a figure of four cases, over HTTP. With `--entities` it starts a
second server on a knowledge base of that size, whose rows are drawn at random at the sizes of the
bundled model.
"""

from __future__ import annotations

import base64
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.client import Client, RefusedError  # noqa: E402
from benchmarks.load import resident  # noqa: E402
from benchmarks.server import Server, machine, serving  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402

EXAMPLES = ROOT / "assets" / "examples"


def measure(entities: int, repeats: int, scratch: Path | None = None) -> dict[str, Any]:
    """The figures of one run; times in seconds, memory in bytes.

    Args:
        entities: of the second, synthetic knowledge base; 0 leaves it out.
    """
    examples = json.loads((EXAMPLES / "examples.json").read_text("utf-8"))
    with serving() as server:
        report = _bundled(server, examples, repeats)
    if entities:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            print(f"drawing {entities:,} entities", file=sys.stderr)
            synthetic(Path(folder), entities)
            with serving("--kb", folder) as server:
                times = _links(Client(server.url), examples, repeats)
                key = f"{round(entities / 1000)}k"
                report |= {
                    f"warm_link_{key}_p50_s": statistics.median(times),
                    f"rss_{key}_bytes": resident(server.pid),
                }
    return report | {"repeats": repeats} | machine()


def _bundled(server: Server, examples: Sequence[dict[str, Any]], repeats: int) -> dict[str, Any]:
    client = Client(server.url)
    first, _ = timed(lambda: _link(client, examples[0]))  # the model is still loading
    times = sorted(_links(client, examples, repeats))
    report: dict[str, Any] = {
        "first_page_s": server.first_page_s,
        "first_result_s": server.first_page_s + first,
        "warm_link_p50_s": statistics.median(times),
        "warm_link_p95_s": times[int(0.95 * (len(times) - 1))],
        "rss_linked_bytes": resident(server.pid),
        "explain_p50_s": _explanations(client, examples, max(3, repeats // 10)),
    }
    record = _record(client, examples)
    exports = [timed(lambda: client.call("export", cases=record))[0] for _ in range(4)]
    report["first_export_s"], report["export_s"] = exports[0], statistics.median(exports[1:])
    return report | {"rss_bytes": resident(server.pid)}


def _links(client: Client, examples: Sequence[dict[str, Any]], repeats: int) -> list[float]:
    """Seconds of warm links: the examples in turn, with their pictures uploaded before."""
    images = [_upload(client, example) for example in examples]
    for example, image in zip(examples, images, strict=True):
        _link(client, example, image)
    turns = [(examples[i % len(examples)], images[i % len(images)]) for i in range(repeats)]
    return [timed(partial(_link, client, *turn))[0] for turn in turns]


def _link(client: Client, example: dict[str, Any], image: Any = None) -> Any:
    fields = {name: example[name] for name in ("sentence", "mention", "span")}
    return client.call("link", image=image, k=10, **fields)


def _explanations(client: Client, examples: Sequence[dict[str, Any]], repeats: int) -> float | None:
    """Median seconds of an explanation; `None` where the page has no such endpoint."""
    info = json.loads(client.get("gradio_api/info"))["named_endpoints"]
    if "/explain" not in info:
        return None
    times = []
    for example in islice(cycle(examples), repeats):
        given = {n: example[n] for n in ("sentence", "mention", "span")}
        given |= {"image": _upload(client, example), "entity": example["gold"]}
        times.append(timed(partial(client.call, "explain", **given))[0])
    return statistics.median(times)


def _record(client: Client, examples: Sequence[dict[str, Any]]) -> Any:
    """A `case.json` of the first four examples, as a tray holds them when Export is pressed."""
    requests = []
    for example in examples[:4]:
        request = {name: example[name] for name in ("sentence", "mention", "span", "gold")}
        if example["image"]:
            data = (EXAMPLES / example["image"]).read_bytes()
            request["image"] = base64.b64encode(data).decode()
        requests.append(request)
    files = client.call("export", cases=requests)
    return json.loads(client.get(next(f["url"] for f in files if f["orig_name"] == "case.json")))


def _upload(client: Client, example: dict[str, Any]) -> Any:
    if not example["image"]:
        return None
    return client.upload(example["image"], (EXAMPLES / example["image"]).read_bytes())


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came back."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def synthetic(folder: Path, entities: int, seed: int = 0) -> None:
    """An index of entities whose features are drawn from N(0, 1), made by the bundled model."""
    import torch

    from mimic.index.entity_encoder import DTYPES
    from mimic.index.entity_index import EntityIndex
    from mimic.index.fast_units import FastUnits
    from mimic.io.assets import BUNDLED_MODEL
    from mimic.model.mimic import fingerprint, load_model
    from mimic.model.processor import Processor, load_tokenizer
    from mimic.model.units import Features
    from mimic.schema import Entity

    net, _ = load_model(BUNDLED_MODEL)
    processor = Processor(net.config, load_tokenizer(net.config, BUNDLED_MODEL))
    texts = processor.texts(["a"], ["b"])
    with torch.inference_mode():
        shape = net.features(texts.input_ids, texts.attention_mask, processor.pictures([None]))
    sizes = [t.shape[1:] for t in vars(shape).values()]

    class Drawn:
        """Stands in for `EntityEncoder`."""

        model, units = fingerprint(BUNDLED_MODEL), FastUnits(net)

        def __init__(self) -> None:
            self.net = net
            self.random = torch.Generator().manual_seed(seed)

        @torch.inference_mode()
        def rows(self, lines: Sequence[Any], dtype: str, tick: Callable[[int], None]) -> Any:
            parts = []
            for start in range(0, len(lines), 512):
                count = len(lines[start : start + 512])
                drawn = (torch.randn(count, *size, generator=self.random) for size in sizes)
                side = net.entity_side(Features(*drawn))
                parts.append(self.units.stored(side, DTYPES[dtype]))
            tick(len(lines))
            whole = {name: torch.cat([part[name] for part in parts]) for name in parts[0]}
            return whole, [""] * len(lines)

    names = [Entity(f"E{i:06d}", f"entity {i}", "drawn at random", None) for i in range(entities)]
    encoder: Any = Drawn()
    EntityIndex.build(folder, encoder, names)


if __name__ == "__main__":
    parser = Parser(description=__doc__.splitlines()[0])
    parser.add_argument("--entities", type=int, default=110_000, help="0: the bundled ones alone")
    parser.add_argument("--repeats", type=int, default=60, help="links of each kind")
    parser.add_argument("--scratch", type=Path, help="where the synthetic index is written")
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    options = parser.parse_args()
    try:
        found = measure(options.entities, options.repeats, options.scratch)
    except RefusedError as error:
        raise SystemExit(f"the page refused: {error}") from None
    print(json.dumps(found, indent=None if options.json else 1))
