"""The card of a model or knowledge base on the hub, from what its folder knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import mimic
from mimic.config import read_json
from mimic.linking.hub.repository import KB, MODEL, Kind

#: Of `mimic.metrics.summary`.
METRICS = ("mentions", "hits@1", "hits@5", "hits@10", "mrr")
UNKNOWN = "Not known: the folder does not say."
UNMEASURED = (
    "Nothing was measured beyond the figures above. It knows what its data show, and of anything "
    "else what its pretrained encoders know. Not for decisions about people."
)


def card_of(folder: Path, kind: Kind, name: str, licence: str | None) -> str:
    """The text of `README.md`.

    Args:
        name: `owner/name`.
        licence: as the hub names it, `apache-2.0`; `None`: not stated.

    Raises:
        InputError: the folder cannot be read as such.
    """
    head = ["---", "library_name: mimic-linking"]
    head += [f"license: {licence}"] if licence else []
    head += ["tags:", "- entity-linking", "- multimodal", "- mimic"]
    head += [f'mimic_fingerprint: "{kind.fingerprint(folder)}"', "---"]
    parts = _model(folder) if kind is MODEL else _kb(folder)
    sections = {"How to load it": _loading(kind, name), **parts, "Licence": licence or UNKNOWN}
    body = "".join(f"\n## {heading}\n\n{text}\n" for heading, text in sections.items())
    return "\n".join(head) + f"\n\n# {name}\n\n{_what(kind)}\n{body}"


def _what(kind: Kind) -> str:
    made = f"written by mimic-linking {mimic.__version__}"
    if kind is KB:
        return f"A knowledge base for multimodal entity linking, {made}."
    return (
        f"A model of [MIMIC](https://arxiv.org/abs/2307.09721) (KDD 2023), {made}: it ranks the "
        "entities of a knowledge base for a mention in a sentence, with a picture or without one."
    )


def _loading(kind: Kind, name: str) -> str:
    flag = "model" if kind is MODEL else "kb"
    return (
        "```bash\n"
        f'python -m mimic link --{flag} hub:{name} --sentence "Norway at its best." '
        "--mention Norway\n"
        "```\n\n"
        "```python\n"
        "from mimic import EntityLinker, Mention\n\n"
        f'linker = EntityLinker.load({flag}="hub:{name}")\n'
        "```\n\n"
        "The fingerprint above is compared with what was fetched; nothing is unpickled or run."
    )


def _kb(folder: Path) -> dict[str, str]:
    from mimic.data.layout import read_kb
    from mimic.index.shard_reader import open_entities

    known = (folder / "kb_entity.json").is_file()
    entities = read_kb(folder).entities if known else open_entities(folder)
    pictures = sum(entity.image is not None for entity in entities)
    return {"Data": f"{len(entities):,} entities, {pictures:,} of them with a picture."}


def _model(folder: Path) -> dict[str, str]:
    record = read_json(folder / "config.json")
    training, about = record.get("training") or {}, dict(record.get("about") or {})
    limits = about.pop("What it does not know", UNMEASURED)
    return {
        "Data": _data(training),
        "Training": _training(training, record.get("versions") or {}),
        "Metrics by group": _metrics(training.get("dev")) + _doubt(record.get("nil")),
        **about,
        "Limits": limits,
    }


def _data(training: Mapping[str, Any]) -> str:
    lines = [f"Fingerprint of the data: {training['data']}."] if "data" in training else []
    if labels := training.get("labels"):
        shown = ", ".join(f"{name} {count:,}" for name, count in labels.items())
        lines.append(f"Mentions by what decides them: {shown}.")
    return "\n".join(lines) or UNKNOWN


def _training(training: Mapping[str, Any], versions: Mapping[str, str]) -> str:
    lines = []
    if "imported_from" in training:
        lines.append(f"Imported from the checkpoint `{training['imported_from']}`.")
    if "command" in training:
        lines.append(f"```bash\n{training['command']}\n```\n")
    facts = {"epochs": training.get("epochs_done"), "minutes": training.get("minutes")}
    facts |= {"seed": (training.get("config") or {}).get("seed"), **versions}
    if shown := ", ".join(f"{n} {value}" for n, value in facts.items() if value is not None):
        lines.append(f"{shown}.")
    return "\n".join(lines) or UNKNOWN


def _metrics(dev: Any) -> str:
    rows = list(_rows("dev", dev)) if isinstance(dev, Mapping) else []
    if not rows:
        return UNKNOWN
    names = [name for name in METRICS if any(name in row for _, row in rows)]
    lines = ["| group | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    lines += [
        f"| {group} | " + " | ".join(_shown(row.get(name)) for name in names) + " |"
        for group, row in rows
    ]
    return "\n".join(lines)


def _rows(group: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The metrics of a group, and of the groups in it."""
    if "mrr" in record:
        yield group, record
    for name, inner in record.items():
        if isinstance(inner, Mapping):
            yield from _rows(f"{group}, {name}", inner)


def _doubt(nil: Any) -> str:
    if not isinstance(nil, Mapping):
        return ""
    return (
        f"\n\nDoubt that any entity is meant (of dev, in percent): precision "
        f"{_shown(nil.get('precision'))}, recall {_shown(nil.get('recall'))}."
    )


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else "–"
