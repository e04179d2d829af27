"""Makes `assets/model` and `assets/kb`: what the application opens when nothing else is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PIL import Image

from mimic.config import read_json
from mimic.data.layout import KnowledgeBase, read_kb
from mimic.errors import InputError, reason_of
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex
from mimic.index.shards import LOCK
from mimic.io.files import folder_aside, save_picture
from mimic.io.terminal import Progress
from mimic.model.mimic import FILES, fingerprint, load_model
from mimic.model.pictures import opened_picture
from mimic.model.processor import Processor, load_tokenizer

#: Side in pixels and JPEG quality of the pictures that are shipped: enough for the page.
SIDE, QUALITY = 176, 78


def bundle(model: Path, data: Path, assets: Path, progress: Progress | None = None) -> int:
    """Copies a model, the knowledge base of its data with one small picture each, and an index.

    All is made aside; what was there is replaced at the end, when nothing can go wrong any more:
    the knowledge base and then the model, each as a whole. A knowledge base whose index is of
    another model (a process killed between the two) opens all the same, with an index in the cache.

    Returns:
        The size of all files in `assets`, in bytes.

    Raises:
        InputError: the model or the data cannot be read, or the folder cannot be written.
    """
    net, _ = load_model(model)
    kb = read_kb(data)
    try:
        with folder_aside(assets / "model") as new_model, folder_aside(assets / "kb") as new_kb:
            _copy_model(model, new_model)
            _copy_kb(data, kb, new_kb)
            processor = Processor(net.config, load_tokenizer(net.config, model))
            encoder = EntityEncoder(net, processor, fingerprint(model))
            EntityIndex.build(new_kb, encoder, read_kb(new_kb).entities, "float16", progress)
            (new_kb / LOCK).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{assets}: cannot be written ({reason_of(error)})") from None
    return sum(file.stat().st_size for file in assets.rglob("*") if file.is_file())


def _copy_model(model: Path, target: Path) -> None:
    for name in reversed(FILES):  # the tokenizer, a folder, last
        if (model / name).is_dir():
            shutil.copytree(model / name, target / name)
        elif (model / name).exists():
            shutil.copyfile(model / name, target / name)


def _copy_kb(data: Path, kb: KnowledgeBase, target: Path) -> None:
    (target / "kb_image").mkdir()
    records = [r for n, r in enumerate(read_json(data / "kb_entity.json")) if n not in kb.skipped]
    for record, entity in zip(records, kb.entities, strict=True):
        record["image_list"] = [entity.image.name] if entity.image else []
        if entity.image:
            with opened_picture(entity.image) as small:
                small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
            place = target / "kb_image" / entity.image.name
            save_picture(small, place, quality=QUALITY, optimize=True)
    text = json.dumps(records, ensure_ascii=False, indent=1)
    (target / "kb_entity.json").write_text(text + "\n", "utf-8")
    shutil.copyfile(data / "qid2id.json", target / "qid2id.json")
