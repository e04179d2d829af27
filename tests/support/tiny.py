"""Tiny models and data that the tests make themselves: no network, seconds on one core.

The world: four countries, three entities each (`football`, `curling`, `state`) that share the
country's name. A picture is one colour for the country with a square for the kind; a sentence
names the kind. So a small model can learn it, and every expectation can be reasoned out.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import tokenizers
import transformers
from PIL import Image

from mimic.config import ModelConfig, Preset, TrainConfig
from mimic.index.entity_index import EntityIndex
from mimic.linking.linker import EntityLinker

COUNTRIES = {"Norway": (200, 30, 40), "Chad": (20, 60, 180), "Mali": (30, 160, 60)}
KINDS = {"football": (255, 255, 255), "curling": (0, 0, 0), "state": (250, 210, 40)}
WORDS = (  # noqa: SIM905
    "norway chad mali peru the a of in is team plays against won game match stone ice goal "
    "president country sport football curling state continent europe africa : . , we saw"
).split()
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SENTENCES = {
    "football": ("{} won the football match .", "a goal of {} in the game"),
    "curling": ("{} plays the stone on ice", "we saw the curling team of {}"),
    "state": ("the president of {}", "{} is a country in africa"),
}


def write_text_model(folder: Path, hidden: int = 16, dropout: float = 0.1) -> Path:
    """A BERT of one layer with a vocabulary of whole words, and its tokenizer."""
    vocabulary = [*SPECIAL, *dict.fromkeys(WORDS)]
    words = tokenizers.models.WordPiece(
        {word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]"
    )
    tokenizer = tokenizers.Tokenizer(words)
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_max_length=32,
    ).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=hidden,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=2 * hidden,
        max_position_embeddings=32,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    transformers.BertModel(config).save_pretrained(folder)
    return folder


def model_config(text: Path, **changes: object) -> ModelConfig:
    """A BERT + ViT configuration with a ViT of one layer and four patches."""
    fields: dict[str, object] = {
        "text": str(text),
        "vision_options": {"depth": 1, "embed_dim": 12, "num_heads": 2, "patch_size": 8},
        "freeze_text": False,
        "text_length": 12,
        "image_size": 16,
        "unit_width": 8,
    }
    return ModelConfig(**(fields | changes))  # type: ignore[arg-type]


def preset(text: Path, train: dict[str, object] | None = None, **changes: object) -> Preset:
    """A run of two epochs with batches of four."""
    fields: dict[str, object] = {
        "epochs": 2,
        "batch": 4,
        "rate": 3e-3,
        "text_rate": 3e-3,
        "epsilon": 1e-8,
        "check_every": 1,
    }
    return Preset(model_config(text, **changes), TrainConfig(**(fields | (train or {}))))  # type: ignore[arg-type]


def picture(country: str, kind: str, shade: int = 0) -> Image.Image:
    """24 x 24: the country's colour with a square of the kind's in the middle."""
    pixels = np.empty((24, 24, 3), np.uint8)
    pixels[:] = COUNTRIES[country]
    pixels[8:16, 8:16] = KINDS[kind]
    return Image.fromarray(np.clip(pixels.astype(int) + shade, 0, 255).astype(np.uint8))


def write_data(folder: Path) -> Path:
    """A data folder in the authors' layout: 9 entities; 36, 9 and 9 mentions."""
    for name in ("kb_image", "mention_image"):
        (folder / name).mkdir(parents=True)
    pairs = [(country, kind) for country in COUNTRIES for kind in KINDS]
    kb, ids = [], {}
    for number, (country, kind) in enumerate(pairs):
        key = f"atlas:{country.lower()}-{kind}"
        ids[key] = number
        file = f"{country}-{kind}.png"
        picture(country, kind).save(folder / "kb_image" / file)
        kb.append(
            {
                "id": number,
                "type": "entity",
                "qid": key,
                "entity_name": country,
                "attr": f"Sport: {kind}. Country: {country}.",
                "image_list": [file],
            }
        )
    _dump(folder / "kb_entity.json", kb)
    _dump(folder / "qid2id.json", ids)
    for split, copies, shade in (("train", 4, -20), ("dev", 1, 10), ("test", 1, 15)):
        mentions, evidence = [], {}
        for copy in range(copies):
            for number, (country, kind) in enumerate(pairs):
                key = f"{split}-{copy}-{number}"
                file = f"{key}.png"
                picture(country, kind, shade + copy).save(folder / "mention_image" / file)
                mentions.append(
                    {
                        "id": key,
                        "sentence": SENTENCES[kind][copy % 2].format(country),
                        "mentions": country,
                        "answer": f"atlas:{country.lower()}-{kind}",
                        "imgPath": file,
                    }
                )
                evidence[key] = {"label": "text" if number % 2 else "both"}
        _dump(folder / f"TINY_{split}.json", mentions)
        _dump(folder / f"TINY_{split}_evidence.json", evidence)
    return folder


def index_of(linker: EntityLinker) -> EntityIndex:
    """The index of a linker that searches here, not on a cluster."""
    assert isinstance(linker.index, EntityIndex)
    return linker.index


def edit(file: Path, change: object) -> None:
    """Rewrites a JSON file: `change` is called with its content and changes it in place."""
    content = json.loads(file.read_text("utf-8"))
    change(content)  # type: ignore[operator]
    _dump(file, content)


def _dump(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
