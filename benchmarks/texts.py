"""Names found and texts linked: speed, recall and precision on Atlas; prints JSON.

python benchmarks/texts.py [--names 110000] [--links 20] [--image photo.jpg] [--no-many]

A text is linked against Atlas, and against as many entities as there are names: those of Atlas,
and others with made names, whose features are Atlas's with small noise. Both alone, and beside a
picture.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.index import Encoder, Repeated  # noqa: E402
from benchmarks.server import machine  # noqa: E402
from mimic import EntityLinker  # noqa: E402
from mimic.atlas.dataset import SIZES  # noqa: E402
from mimic.atlas.mentions import Order, orders  # noqa: E402
from mimic.index.entity_index import EntityIndex  # noqa: E402
from mimic.io.terminal import Parser  # noqa: E402
from mimic.model.spans import Span  # noqa: E402
from mimic.schema import Entity  # noqa: E402
from mimic.texts.finder import NameFinder  # noqa: E402

WORDS = 300  # of the page that is linked
#: The picture of the text, where none is named: one of the page's examples.
PICTURE = Path(__file__).resolve().parent.parent / "assets" / "examples" / "5-both.jpg"


def main() -> None:
    """Runs all of it."""
    parser = Parser(description=__doc__)
    parser.add_argument("--names", type=int, default=110_000)
    parser.add_argument("--links", type=int, default=20, help="mentions of the linked text")
    parser.add_argument("--image", type=Path, default=PICTURE, help="the picture of the text")
    parser.add_argument("--no-many", action="store_true", help="link against Atlas alone")
    parser.add_argument("--scratch", type=Path, help="where the large index is written meanwhile")
    parser.add_argument("--json", action="store_true", help="one line instead of an indented page")
    options = parser.parse_args()
    linker = EntityLinker.load()
    test = [order for order in orders(0, SIZES) if order.split == "test"]
    page = _page(linker, test, options.links)
    report: dict[str, Any] = {
        "machine": machine(),
        "load": os.getloadavg(),
        "threads": torch.get_num_threads(),
        "finding": _finding(options.names, test),
        "atlas": _atlas(linker, test),
        "linking": _linking(linker, *page, options.image),
    }
    if not options.no_many:
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            many = _many(linker, options.names, test, Path(folder))
            report["linking_many"] = _linking(many, *page, options.image)
    print(json.dumps(report, indent=None if options.json else 1))


def _best(run: Callable[[], object], times: int = 7) -> dict[str, float]:
    """The least of some runs in milliseconds: by the clock, and of this process alone."""
    rows = []
    for _ in range(times):
        clock, own = time.perf_counter(), time.process_time()
        run()
        rows.append((time.perf_counter() - clock, time.process_time() - own))
    clock, own = (1000 * min(column) for column in zip(*rows, strict=True))
    return {"ms": round(clock, 2), "process_ms": round(own, 2)}


def _made_names(count: int, test: list[Order], rng: random.Random) -> list[str]:
    """Names of two words of the sentences."""
    words = sorted({w for order in test for w in order.sentence.text.split() if w.isalpha()})
    return [f"{rng.choice(words).title()} {rng.choice(words).title()}" for _ in range(count)]


def _finding(count: int, test: list[Order]) -> dict[str, Any]:
    """1,000 words against many made names of two words, beside those of Atlas."""
    rng = random.Random(0)
    names = _made_names(count, test, rng)
    finder = NameFinder([Entity(str(i), name, "") for i, name in enumerate(names)])
    text = " ".join(" ".join(order.sentence.text for order in test).split()[:960])
    text += " " + " ".join(rng.sample(names, 20))
    finder.find(text)  # makes the automaton
    return {"names": len(set(names)), "words": 1000, **_best(lambda: finder.find(text))}


def _atlas(linker: EntityLinker, test: list[Order]) -> dict[str, Any]:
    """Each sentence of the test split as a document with one gold mention."""
    right = wrong = 0
    for order in test:
        found = [(m.start, m.end) for m in linker.find_mentions(order.sentence.text)]
        right += order.sentence.span in found
        wrong += sum(span != order.sentence.span for span in found)
    return {
        "documents": len(test),
        "recall": round(100 * right / len(test), 2),
        "precision": round(100 * right / (right + wrong), 2),
    }


def _many(linker: EntityLinker, count: int, test: list[Order], folder: Path) -> EntityLinker:
    """The same model over so many entities, the first of which are those of Atlas."""
    known = list(linker.index.entities)
    names = [e.name for e in known] + _made_names(count - len(known), test, random.Random(1))
    numbered = [Entity(str(i), name, "") for i, name in enumerate(names)]
    encoder: Any = Encoder(Repeated(linker))
    index = EntityIndex.build(folder, encoder, numbered)
    return EntityLinker(linker.model, linker.card, linker.processor, index, linker.familiar)


def _linking(linker: EntityLinker, page: str, places: list[Span], image: Path) -> dict[str, Any]:
    """A page linked alone and beside a picture; its names are sought, and the same places linked
    whatever others the knowledge base has."""
    linker.find_mentions(page)  # makes the automaton

    def link(picture: Path | None) -> None:
        linker.find_mentions(page)
        linker.link_text(page, picture, mentions=places)

    return {
        "entities": linker.entities,
        "words": len(page.split()),
        "mentions": len(places),
        "text_alone": _best(lambda: link(None), 3),
        "with_picture": _best(lambda: link(image), 3),
    }


def _page(linker: EntityLinker, test: list[Order], count: int) -> tuple[str, list[Span]]:
    """`WORDS` words of sentences, and where the first names of Atlas stand in them."""
    text = " ".join(" ".join(order.sentence.text for order in test).split()[:WORDS])
    return text, [(m.start, m.end) for m in linker.find_mentions(text)][:count]


if __name__ == "__main__":
    main()
