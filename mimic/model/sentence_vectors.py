"""Vectors of texts by a text model alone: what knowledge of language gives without any training."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
import transformers
from torch import Tensor

from mimic.config import MINILM_WHEEL, ModelConfig
from mimic.io.terminal import Progress
from mimic.model.encoders import pooled
from mimic.model.processor import Processor, load_tokenizer
from mimic.model.sources import from_pretrained, resolve_text

LENGTH = 48  # tokens of a text
BATCH = 64


@torch.inference_mode()
def sentence_vectors(
    names: Sequence[str],
    contexts: Sequence[str],
    source: str = MINILM_WHEEL,
    device: str | torch.device = "cpu",
    progress: Progress | None = None,
) -> Tensor:
    """The masked mean of the tokens of each `name [SEP] context`, of length 1: `[N, T]`, float32
    on the CPU. A dot product of two is their cosine.

    Args:
        source: of the text model, as `ModelConfig.text`.
        progress: called with (done, N).

    Raises:
        InputError: the text model is not there or cannot be read.
    """
    config = ModelConfig(text=source, text_length=LENGTH)
    texts = Processor(config, load_tokenizer(config)).texts(names, contexts)
    model = from_pretrained(transformers.AutoModel, resolve_text(source)).eval().to(device)
    lengths = texts.attention_mask.sum(1)
    order = lengths.argsort(stable=True)  # texts of a length side by side: padding costs time
    vectors = torch.empty(len(order), model.config.hidden_size)
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        longest = int(lengths[rows[-1]])
        ids, mask = (t[rows, :longest].to(device) for t in (texts.input_ids, texts.attention_mask))
        hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
        vectors[rows] = F.normalize(pooled(hidden, mask, "mean")).cpu()
        if progress is not None:
            progress(start + len(rows), len(order))
    return vectors
