"""The command `explain`: one explanation as a record, a page of words and heatmaps."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from analysis.cli.shared import add_model
from mimic.cli.shared import AddCommand
from mimic.io.terminal import report, seldom


def add(command: AddCommand) -> None:
    """Adds it to the command line."""
    explain = command("explain", _explain, "why a mention scores as it does with an entity")
    add_model(explain)
    explain.add_argument("--sentence", required=True)
    explain.add_argument("--mention", required=True, help="the words of the sentence to link")
    explain.add_argument("--span", type=int, nargs=2, metavar=("A", "B"), help="its characters")
    explain.add_argument("--image", type=Path)
    explain.add_argument("--entity", metavar="ID", help="default: the best candidate")
    explain.add_argument("--against", metavar="ID", help="explain the margin to this entity")
    explain.add_argument("--target", default="total", metavar="total|tglu|vdlu|cmfu")
    explain.add_argument("--method", metavar="METHOD", help="default: the page's")
    explain.add_argument("--steps", type=int, help="steps or samples of the method")
    explain.add_argument("--kb", type=Path, help="data or index folder (default: the bundled one)")
    explain.add_argument("--out", type=Path, required=True, help="folder to write")
    explain.add_argument("--json", action="store_true", help="print the record")


def _explain(options: argparse.Namespace) -> None:
    from analysis.drawing.words_html import trust
    from analysis.explanation import write_explanation
    from mimic.explain import DEFAULT_METHOD, Explainer
    from mimic.linking.linker import EntityLinker
    from mimic.model.pictures import picture_notice
    from mimic.schema import Mention, explanation_record

    span = tuple(options.span) if options.span else None
    mention = Mention(options.mention, options.sentence, options.image, span)
    linker = EntityLinker.load(options.model, options.kb, options.device, options.cache)
    entity = options.entity or linker.link(mention, 1).candidates[0].entity.id
    if mention.image is not None and (notice := picture_notice(mention.image)):
        report(f"{mention.image}: {notice}")
    report_share = seldom()
    explanation = Explainer(linker).explain(
        mention,
        entity,
        options.against,
        options.target,
        options.method or DEFAULT_METHOD,
        steps=options.steps,
        progress=lambda share: report_share(f"explaining {share:.0%}"),
    )
    files = write_explanation(explanation, options.out)
    if options.json:
        print(json.dumps(explanation_record(explanation), ensure_ascii=False))
        return
    print(f"{explanation.entity.name} ({explanation.entity.id}): score {explanation.score:.2f}")
    for view in (explanation.mention, explanation.candidate):
        print(f"{view.side}: {trust(view)}")
    print(f"{len(files)} files in {options.out}")
