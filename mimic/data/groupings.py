"""The groups in which a split is measured: by name, by pictures, and by what a data set says."""

from __future__ import annotations

from collections.abc import Sequence

from mimic.data.layout import Split
from mimic.data.names import NameTable, shared_label
from mimic.schema import Entity


def groupings(split: Split, entities: Sequence[Entity]) -> dict[str, list[str]]:
    """Grouping -> the group of every mention of the split; `""` belongs to none.

    `surface`: how many entities share the surface form (`none`, `1`, `2-5`, `>5`, see `names`).
    `images`: on which side there is a picture (`both`, `mention`, `entity`, `neither`).
    `image_kind`, `label`: what `mention_image_kind.json` and the evidence files say, where they
    are.
    """
    table = NameTable([entity.name for entity in entities])
    shared = {m.surface: "" for m in split.mentions}
    for surface in shared:
        shared[surface] = shared_label(len(table.sharing(surface)))
    pairs = zip(split.mentions, split.gold, strict=True)
    sides = [(m.image is not None, g >= 0 and entities[g].image is not None) for m, g in pairs]
    grouped = {
        "surface": [shared[m.surface] for m in split.mentions],
        "images": [_IMAGES[side] for side in sides],
        "image_kind": list(split.image_kinds),
        "label": list(split.groups),
    }
    return {name: groups for name, groups in grouped.items() if any(groups)}


_IMAGES = {
    (True, True): "both",
    (True, False): "mention",
    (False, True): "entity",
    (False, False): "neither",
}
