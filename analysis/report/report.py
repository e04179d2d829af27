"""`report`: every section that is ready, one after the other, bound into one HTML file.

What is done is kept and not made again for the same model, data and settings; a section that fails
is named and does not stop the others.
"""

from __future__ import annotations

import dataclasses
import hashlib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.drawing.faithfulness import faithfulness_figure
from analysis.faithfulness.faithfulness import table as faithfulness_table
from analysis.faithfulness.stored_faithfulness import stored_report
from analysis.measures.ablate import ablation, retrained_table
from analysis.measures.errors import error_section
from analysis.measures.evaluate import main_table
from analysis.measures.lambdas import lambda_section
from analysis.measures.low_resource import low_resource_section
from analysis.measures.robustness import robustness
from analysis.measures.runs import read_runs
from analysis.measures.split_scores import SplitScores
from analysis.measures.systems import own_systems
from analysis.measures.units import units_section
from analysis.report.html import report_html
from analysis.report.sections import ReportTable, Section, markdown, read_section, write_section
from mimic.errors import InputError
from mimic.io.files import write_whole
from mimic.io.terminal import Report
from mimic.model.mimic import versions
from mimic.training.concat_baseline import WEIGHTS, Concat


@dataclass
class Job:
    """What the parts are made from.

    Attributes:
        out: folder of the report; `None` writes nothing.
        runs: CSV of the stored training runs.
        cases: how many errors become a `case.json`.
        published: data set whose published rows are shown.
        docs: folder with a stored faithfulness report.
        commands: section -> command that makes it again.
        concat_print: fingerprint of the baseline, `""` without one.
    """

    split: SplitScores
    concat: Concat | None
    seed: int
    report: Report
    out: Path | None
    runs: Path
    cases: int = 24
    published: str | None = None
    docs: Path = Path("docs")
    commands: Mapping[str, str] = dataclasses.field(default_factory=dict)
    concat_print: str = ""

    def origin(self, name: str) -> dict[str, Any]:
        """What a section depends on, with its command and the versions."""
        return {
            "command": self.commands.get(name, ""),
            **self.split.stamp,
            "seed": self.seed,
            "baseline": self.concat_print,
            "read": _digest(self.runs if name in READS_RUNS else self.docs / "faithfulness.json")
            if name in (*READS_RUNS, "faithfulness")
            else "",
            "options": f"{self.cases} {self.published}" if name in ("errors", "evaluate") else "",
            "versions": versions(),
        }


def _faithfulness(job: Job) -> Section:
    report = stored_report(job.docs)
    if not report:
        raise InputError(
            f"{job.docs}: no faithfulness.json there: run `python -m analysis faithfulness "
            f"--data {job.split.data} --docs {job.docs}` first"
        )
    same = report["model"] == job.split.stamp["model"]
    note = "Measured with this model." if same else (
        f"Measured with another model, {report['model']}: run its command again for this one."
    )  # fmt: skip
    frame = faithfulness_table(dict(report)).reset_index(names="method, target")
    title = "Whether explanations point at what decides; docs/explanations.md says what is measured"
    figure = faithfulness_figure(dict(report))
    tables = {"faithfulness-table": ReportTable(title, frame)}
    return Section("faithfulness", "Faithfulness", [note], tables, {"faithfulness-figure": figure})


def _ablate(job: Job) -> Section:
    gate = job.split.model.config.vdlu_gate
    table = retrained_table(read_runs(job.runs), job.split.stamp, gate)
    return ablation(job.split, [] if table is None else [table])


#: Section -> what makes it, in the order of the report.
SECTIONS: dict[str, Callable[[Job], Section]] = {
    "evaluate": lambda job: main_table(
        job.split, own_systems(job.split, job.concat), job.published
    ),
    "ablate": _ablate,
    "robustness": lambda job: robustness(job.split, job.concat, job.seed),
    "units": lambda job: units_section(job.split),
    "lambda": lambda job: lambda_section(
        read_runs(job.runs), job.split.stamp, job.split.model.config.vdlu_gate
    ),
    "low-resource": lambda job: low_resource_section(
        read_runs(job.runs), job.split.stamp, job.split.model.config.vdlu_gate
    ),
    "errors": lambda job: error_section(job.split, job.out, job.cases, job.report),
    "faithfulness": _faithfulness,
}
READS_RUNS = ("ablate", "lambda", "low-resource")


def make_report(job: Job, say: Report) -> dict[str, str]:
    """Makes what is not yet there, and `report.html` and `report.md` after every section.

    Args:
        say: is told of every section at once.

    Returns:
        The failed parts, each with its reason.

    Raises:
        InputError: the folder cannot be written.
    """
    assert job.out is not None
    failed: dict[str, str] = {}
    for number, (name, make) in enumerate(SECTIONS.items(), 1):
        if _kept(job, name):
            say(f"{number}/{len(SECTIONS)} {name}: done before")
        else:
            say(f"{number}/{len(SECTIONS)} {name}")
            try:
                write_section(make(job), job.out, job.origin(name))
            except InputError as error:
                failed[name] = str(error)
            except Exception as error:  # a bug in one section must not cost the others
                traceback.print_exc()
                failed[name] = f"{type(error).__name__}: {error}"
            if name in failed:
                say(f"{name} failed: {failed[name]}")
        _bind(job, failed)
    return failed


def _kept(job: Job, name: str) -> bool:
    """Whether the folder holds this section of the same model, data and settings, complete."""
    assert job.out is not None
    record = read_section(job.out, name)
    if record is None:
        return False
    ours, theirs = job.origin(name), record["origin"]
    if any(theirs.get(key) != value for key, value in ours.items() if key != "command"):
        return False
    return all((job.out / file).is_file() for file in record["files"])


def _bind(job: Job, failed: Mapping[str, str]) -> None:
    assert job.out is not None
    found = {name: read_section(job.out, name) for name in SECTIONS if name not in failed}
    records = [record for name, record in found.items() if record and _kept(job, name)]
    html = report_html(records, job.out, failed, job.commands.get("report", ""))
    write_whole(job.out / "report.html", html.encode())
    text = "# Report\n\n" + "\n".join(markdown(record) for record in records)
    text += "".join(f"\n- not there, {name}: {reason}" for name, reason in failed.items())
    write_whole(job.out / "report.md", (text.rstrip() + "\n").encode())


def concat_fingerprint(folder: Path) -> str:
    """SHA-256 of a baseline's weights, 16 hex digits."""
    return hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()[:16]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.is_file() else ""
