"""Mention or entity -> tensors, and back: token -> characters, patch -> pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from PIL import Image
from torch import Tensor

from mimic.config import ModelConfig
from mimic.errors import InputError, check_text
from mimic.model.pictures import opened_picture
from mimic.model.sources import NO_CODE, check_code, resolve_text
from mimic.model.spans import absence, find_span, is_blank, looks_like
from mimic.schema import Mention, Word

MAX_TEXT = 2_000  # characters of a sentence
MAX_SURFACE = 200  # characters of a mention
SEPARATOR = " [SEP] "
NO_TOKENIZER = (
    "this model was saved without a tokenizer: put tokenizer.json of its text model "
    "into the model folder under tokenizer/"
)


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
            raise InputError(NO_TOKENIZER)
        joined = [f"{n}{SEPARATOR}{c}" for n, c in zip(names, contexts, strict=True)]
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

    def fits(self, name: str, context: str) -> bool:
        """Whether all of `name [SEP] context` is read."""
        if self.tokenizer is None:
            raise InputError(NO_TOKENIZER)
        joined = f"{name}{SEPARATOR}{context}"
        ids = self.tokenizer(joined, add_special_tokens=True)["input_ids"]
        return len(ids) <= self.config.text_length

    def words(self, name: str, context: str) -> tuple[Word, ...]:
        """The words of `name [SEP] context` that the model reads, in its order.

        The tokenizer's own words, so that punctuation stands alone. What stands between name and
        context is no word, whatever a tokenizer makes of `[SEP]`.
        """
        if self.tokenizer is None:
            raise InputError(NO_TOKENIZER)
        after = len(name) + len(SEPARATOR)
        out = self.tokenizer(
            f"{name}{SEPARATOR}{context}",
            truncation=True,
            max_length=self.config.text_length,
            return_offsets_mapping=True,
        )
        pieces: dict[tuple[str, int], list[int]] = {}
        for token, number in enumerate(out.word_ids()):
            start, end = out["offset_mapping"][token]
            part = "name" if end <= len(name) else "context" if start >= after else ""
            if number is not None and part and end > start:
                pieces.setdefault((part, number), []).append(token)
        found = []
        for (part, _), tokens in pieces.items():
            first, text = (0, name) if part == "name" else (after, context)
            start = out["offset_mapping"][tokens[0]][0] - first
            end = out["offset_mapping"][tokens[-1]][1] - first
            found.append(Word(text[start:end], part, start, end, tuple(tokens)))
        return tuple(found)

    def patch_boxes(
        self, size: tuple[int, int], grid: tuple[int, int]
    ) -> tuple[tuple[float, float, float, float], ...]:
        """The inverse of `square`: left, top, right, bottom of each patch, row by row.

        Args:
            size: width and height of the picture before it was squashed, in pixels.
            grid: rows and columns of patches.
        """
        (width, height), (rows, columns) = size, grid
        return tuple(
            (
                column * width / columns,
                row * height / rows,
                (column + 1) * width / columns,
                (row + 1) * height / rows,
            )
            for row in range(rows)
            for column in range(columns)
        )

    def square(self, path: Path) -> Tensor:
        """A picture as uint8 `[side, side, 3]`: squashed (not cropped) with Lanczos.

        Raises:
            InputError: it cannot be read.
        """
        side = self.config.image_size
        with opened_picture(path) as picture:
            small = picture.resize((side, side), Image.Resampling.LANCZOS)
        return torch.from_numpy(np.array(small))

    def square_if_readable(self, path: Path | None) -> tuple[Tensor | None, str]:
        """The same where a picture that cannot be read counts as missing: `None`, and why."""
        try:
            return (None if path is None else self.square(path)), ""
        except InputError as error:
            return None, str(error)

    def normalise(self, squares: Tensor) -> Tensor:
        """uint8 `[N, side, side, 3]` -> float `[N, 3, side, side]`, standardised by channel."""
        return self.standardise(squares.permute(0, 3, 1, 2).float() / 255)

    def standardise(self, pixels: Tensor) -> Tensor:
        """Pixels `[N, 3, side, side]` from 0 to 1, standardised by channel."""
        return (pixels - self._mean.to(pixels.device)) / self._std.to(pixels.device)

    def blank(self, count: int = 1) -> Tensor:
        """What the model sees when a picture is missing: zeros after normalisation."""
        return torch.zeros(count, 3, self.config.image_size, self.config.image_size)

    def pictures(self, paths: Sequence[Path | None], troubles: list[str] | None = None) -> Tensor:
        """Normalised pictures `[N, 3, side, side]`; `None` becomes a blank one.

        Args:
            troubles: receives for each picture why it cannot be read, and is then taken as
                missing, or `""`.

        Raises:
            InputError: a picture cannot be read, and no list receives why.
        """
        batch = self.blank(len(paths))
        for row, path in enumerate(paths):
            if troubles is None:
                square = None if path is None else self.square(path)
            else:
                square, trouble = self.square_if_readable(path)
                troubles.append(trouble)
            if square is not None:
                batch[row] = self.normalise(square[None])[0]
        return batch


def load_tokenizer(config: ModelConfig, folder: Path | None = None) -> Any | None:
    """The tokenizer saved with a model, else that of its text model, else `None`.

    Raises:
        InputError: there is one in a folder, and it is damaged or needs code of its own.
    """
    saved = folder / "tokenizer" if folder is not None else None
    source = str(saved) if saved is not None and saved.is_dir() else resolve_text(config.text)
    if not Path(source).is_dir():
        try:
            return transformers.AutoTokenizer.from_pretrained(source, **NO_CODE)
        except (OSError, ValueError) as error:
            check_code(error, f"{source}: its tokenizer")
            return None
    if not any(Path(source).glob("tokenizer*.json")):
        return None
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(source, **NO_CODE)
        Processor(config, tokenizer).texts(["\N{SNOWMAN}"], ["a"])  # what fails only at work
    except Exception as error:  # of many kinds, tokenizers raises plain ones
        check_code(error, f"{source}: its tokenizer")
        shown = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        raise InputError(
            f"{source}: the tokenizer in it is damaged ({shown}); put the text model's own there"
        ) from None
    return tokenizer


def check_mention(mention: Mention) -> Mention:
    """The mention, with its span found and its surface form as it stands there.

    What a person typed is held to the rules here.

    Raises:
        InputError: empty or over-long text, a surface form that is not in the sentence, a span
            that does not cover it.
    """
    if not mention.sentence.strip():
        raise InputError("the sentence is empty: write the sentence around the mention")
    if is_blank(mention.surface):
        raise InputError("the mention is empty: name the words of the sentence to link")
    for what, text, limit in (
        ("sentence", mention.sentence, MAX_TEXT),
        ("mention", mention.surface, MAX_SURFACE),
    ):
        if len(text) > limit:
            raise InputError(f"the {what} has {len(text):,} characters; at most {limit:,} are read")
        check_text(text, f"the {what}")
    place = mention.span or find_span(mention.sentence, mention.surface)
    if place is None:
        raise InputError(absence(mention.sentence, mention.surface))
    start, end = place
    if not 0 <= start < end <= len(mention.sentence):
        raise InputError(f"the span {start} {end} lies outside the sentence")
    there = mention.sentence[start:end]
    if not looks_like(there, mention.surface):
        raise InputError(
            f"the span {start} {end} covers {there!r}, not the mention {mention.surface!r}"
        )
    return Mention(there, mention.sentence, mention.image, (start, end), mention.id)
