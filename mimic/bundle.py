"""Makes `assets/model` and `assets/kb`: what the application opens when nothing else is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PIL import Image

from mimic.config import read_json
from mimic.data import read_kb
from mimic.entity_encoder import EntityEncoder
from mimic.index import EntityIndex
from mimic.model import fingerprint, load_model
from mimic.pictures import read_picture
from mimic.processor import Processor, load_tokenizer
from mimic.shards import LOCK, Progress

#: Side in pixels and JPEG quality of the pictures that are shipped: enough for the page.
SIDE, QUALITY = 176, 78


def bundle(model: Path, data: Path, assets: Path, progress: Progress | None = None) -> int:
    """Copies a model, the knowledge base of its data with one small picture each, and an index.

    Returns:
        The size of all files in `assets`, in bytes.
    """
    for name in ("model", "kb"):
        shutil.rmtree(assets / name, ignore_errors=True)
    (assets / "kb" / "kb_image").mkdir(parents=True)
    (assets / "model").mkdir(parents=True)
    for name in ("config.json", "model.safetensors"):
        shutil.copyfile(model / name, assets / "model" / name)
    _copy_kb(data, assets / "kb")
    net, _ = load_model(assets / "model")
    processor = Processor(net.config, load_tokenizer(net.config, assets / "model"))
    printed = fingerprint(assets / "model")
    kb = read_kb(assets / "kb")
    encoder = EntityEncoder(net, processor, printed)
    EntityIndex.build(assets / "kb", encoder, kb.entities, "float16", progress)
    (assets / "kb" / LOCK).unlink(missing_ok=True)
    return sum(file.stat().st_size for file in assets.rglob("*") if file.is_file())


def _copy_kb(data: Path, target: Path) -> None:
    kb = read_kb(data)
    records = read_json(data / "kb_entity.json")
    for record, entity in zip(records, kb.entities, strict=True):
        record["image_list"] = [entity.image.name] if entity.image else []
        if entity.image:
            small = read_picture(entity.image)
            small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
            small.save(target / "kb_image" / entity.image.name, quality=QUALITY, optimize=True)
    text = json.dumps(records, ensure_ascii=False, indent=1)
    (target / "kb_entity.json").write_text(text + "\n", "utf-8")
    shutil.copyfile(data / "qid2id.json", target / "qid2id.json")
