"""Mention or entity -> tensors, and back: token -> characters, patch -> pixels."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import Tensor

from mimic.config import ModelConfig
from mimic.errors import InputError
from mimic.schema import Mention
from mimic.sources import resolve_text

MAX_TEXT = 2_000  # characters of a sentence
MAX_SURFACE = 200  # characters of a mention
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")  # MPO, several JPEGs in one, opens as JPEG


@dataclass(frozen=True)
class Texts:
    """A batch of tokenised texts.

    Attributes:
        input_ids, attention_mask: `[N, L]`.
        truncated: for each text, whether it had more than L tokens.
    """

    input_ids: Tensor
    attention_mask: Tensor
    truncated: list[bool]


class Processor:
    """Tokenises `name [SEP] context` and squashes pictures to the encoder's square.

    Args:
        config: text length, picture size, mean and standard deviation.
        tokenizer: a fast tokenizer; `None` for a model that came without one, which then takes
            token ids only.
    """

    def __init__(self, config: ModelConfig, tokenizer: Any | None) -> None:
        self.config = config
        self.tokenizer = tokenizer
        self._mean = torch.tensor(config.image_mean)[:, None, None]
        self._std = torch.tensor(config.image_std)[:, None, None]

    def texts(self, names: Sequence[str], contexts: Sequence[str]) -> Texts:
        """Token ids of `name [SEP] context`, padded and truncated to the text length."""
        if self.tokenizer is None:
            raise InputError(
                "this model was saved without a tokenizer: put tokenizer.json of its text model "
                "into the model folder under tokenizer/"
            )
        joined = [f"{n} [SEP] {c}" for n, c in zip(names, contexts, strict=True)]
        whole = self.tokenizer(joined, add_special_tokens=True)["input_ids"]
        out = self.tokenizer(
            joined,
            padding="max_length",
            truncation=True,
            max_length=self.config.text_length,
            return_tensors="pt",
        )
        too_long = [len(ids) > self.config.text_length for ids in whole]
        return Texts(out["input_ids"], out["attention_mask"], too_long)

    def square(self, picture: Image.Image) -> np.ndarray:
        """uint8 `[side, side, 3]`: squashed (not cropped) with Lanczos."""
        side = self.config.image_size
        return np.asarray(picture.resize((side, side), Image.Resampling.LANCZOS))

    def normalise(self, squares: Tensor) -> Tensor:
        """uint8 `[N, side, side, 3]` -> float `[N, 3, side, side]`, standardised by channel."""
        return self.standardise(squares.permute(0, 3, 1, 2).float() / 255)

    def standardise(self, pixels: Tensor) -> Tensor:
        """Pixels `[N, 3, side, side]` from 0 to 1, standardised by channel."""
        return (pixels - self._mean.to(pixels.device)) / self._std.to(pixels.device)

    def blank(self, count: int = 1) -> Tensor:
        """What the model sees when a picture is missing: zeros after normalisation."""
        return torch.zeros(count, 3, self.config.image_size, self.config.image_size)

    def pictures(self, paths: Sequence[Path | None]) -> Tensor:
        """Normalised pictures `[N, 3, side, side]`; `None` becomes a blank one.

        Raises:
            InputError: a picture cannot be read.
        """
        batch = self.blank(len(paths))
        for row, path in enumerate(paths):
            if path is not None:
                square = torch.from_numpy(self.square(read_picture(path)).copy())
                batch[row] = self.normalise(square[None])[0]
        return batch


def load_tokenizer(config: ModelConfig, folder: Path | None = None) -> Any | None:
    """The tokenizer saved with a model, else that of its text model, else `None`."""
    saved = folder / "tokenizer" if folder is not None else None
    source = str(saved) if saved is not None and saved.is_dir() else resolve_text(config.text)
    if Path(source).is_dir() and not any(Path(source).glob("tokenizer*.json")):
        return None
    try:
        return transformers.AutoTokenizer.from_pretrained(source)
    except (OSError, ValueError):
        return None


def read_picture(path: Path) -> Image.Image:
    """An RGB picture with its EXIF rotation applied.

    Raises:
        InputError: no such file, not a picture, truncated, of an unknown format, or larger than
            `MAX_PIXELS`; size and format are checked before anything is decoded.
    """
    path = Path(path)
    name = path.name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a person sees one line, from us
            with Image.open(path, formats=FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise InputError(
                        f"{name}: {picture.width} x {picture.height} pixels; at most "
                        f"{MAX_PIXELS // 1_000_000} megapixels are read, make it smaller"
                    )
                return _as_rgb(ImageOps.exif_transpose(picture))
    except FileNotFoundError:
        raise InputError(f"no such file: {path}") from None
    except Image.DecompressionBombError:
        raise InputError(f"{name}: too many pixels, make it smaller") from None
    except UnidentifiedImageError:
        raise InputError(f"{name}: not a picture ({', '.join(FORMATS[:5])} can be read)") from None
    except InputError:
        raise
    except Exception as error:  # decoders raise many kinds on damaged bytes, struct.error too
        shown = " ".join(str(error).split())
        raise InputError(f"{name}: the picture is damaged or cut short ({shown})") from None


def check_mention(mention: Mention) -> Mention:
    """The mention, with its span found; what a person typed is held to the rules here.

    Raises:
        InputError: empty or over-long text, a surface form that is not in the sentence, a span
            that does not cover it.
    """
    if not mention.sentence.strip():
        raise InputError("the sentence is empty: write the sentence around the mention")
    if not mention.surface.strip():
        raise InputError("the mention is empty: name the words of the sentence to link")
    for what, text, limit in (
        ("sentence", mention.sentence, MAX_TEXT),
        ("mention", mention.surface, MAX_SURFACE),
    ):
        if len(text) > limit:
            raise InputError(f"the {what} has {len(text):,} characters; at most {limit:,} are read")
    start, end = mention.span or (mention.sentence.find(mention.surface), 0)
    if mention.span is None:
        if start < 0:
            raise InputError(f"the mention {mention.surface!r} is not in the sentence")
        end = start + len(mention.surface)
    if not 0 <= start < end <= len(mention.sentence):
        raise InputError(f"the span {start} {end} lies outside the sentence")
    if mention.sentence[start:end] != mention.surface:
        raise InputError(
            f"the span {start} {end} covers {mention.sentence[start:end]!r}, "
            f"not the mention {mention.surface!r}"
        )
    return Mention(mention.surface, mention.sentence, mention.image, (start, end), mention.id)


def _as_rgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits would be clipped to white
        values = np.asarray(picture, dtype=np.float64)
        top = 65535 if picture.mode.startswith("I") else max(float(values.max()), 1.0)
        return Image.fromarray((values / top * 255).clip(0, 255).astype(np.uint8)).convert("RGB")
    if "A" in picture.getbands() or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid).convert("RGB")
    return picture.convert("RGB")
