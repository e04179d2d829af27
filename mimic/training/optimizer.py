"""AdamW as every training here uses it: a schedule, decay of matrices alone, clipped gradients."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from mimic.config import TrainConfig
from mimic.errors import InputError

#: Names of weights that were learnt elsewhere begin so; they have a learning rate of their own.
PRETRAINED = ("encoder.backbone.bert.", "encoder.backbone.clip.", "encoder.backbone.network.")


class Optimizer:
    """AdamW over what learns of a model.

    Args:
        heads: learn with the model, and are thrown away after it; their gradients are not clipped.
        half: gradients are float16, and are kept from vanishing.
        fused: all parameters in one pass; rounds otherwise.
    """

    def __init__(
        self,
        model: nn.Module,
        config: TrainConfig,
        device: torch.device,
        heads: nn.Module | None = None,
        half: bool = False,
        fused: bool = False,
    ) -> None:
        self.model, self.config = model, config
        groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
        for part in (model, *([heads] if heads else [])):
            for name, parameter in part.named_parameters():
                if parameter.requires_grad:
                    kind = (name.startswith(PRETRAINED), parameter.ndim > 1)
                    groups.setdefault(kind, []).append(parameter)
        self.adamw = torch.optim.AdamW(
            [
                {
                    "params": parameters,
                    "peak": config.text_rate if gentle else config.rate,
                    "weight_decay": config.weight_decay if decays else 0.0,
                }
                for (gentle, decays), parameters in groups.items()
            ],
            lr=config.rate,
            eps=config.epsilon,
            fused=fused and device.type in ("cuda", "cpu"),
        )
        self.scaler = torch.amp.GradScaler(device.type, enabled=half)

    def backward(self, loss: Tensor) -> None:
        """Adds the gradients of a loss."""
        self.scaler.scale(loss).backward()

    def descend(self, loss: Tensor, share: float, where: str, peak: float | None = None) -> None:
        """One step along the gradients that are there, which are then no more.

        Args:
            loss: of this step; where: in words.
            share: of the peak learning rate, see `share_of_peak`.
            peak: in place of the configuration's.

        Raises:
            InputError: the loss is no number.
        """
        if not torch.isfinite(loss):
            raise InputError(f"the loss is {loss.item()} in {where}: lower the learning rate")
        for group in self.adamw.param_groups:
            group["lr"] = share * (group["peak"] if peak is None else peak)
        if self.config.clip_norm:
            self.scaler.unscale_(self.adamw)
            nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip_norm)
        self.scaler.step(self.adamw)
        self.scaler.update()
        self.adamw.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, object]:
        return {"optimizer": self.adamw.state_dict(), "scaler": self.scaler.state_dict()}

    def load_state_dict(self, state: dict[str, dict[str, object]]) -> None:
        self.adamw.load_state_dict(state["optimizer"])
        self.scaler.load_state_dict(state["scaler"])


def share_of_peak(progress: float, warmup: float) -> float:
    """The learning rate at a share of the steps, over its peak: it rises, then a cosine to zero.

    Args:
        progress: from 0 to 1, exclusive.
        warmup: share of the steps with a rising rate; 0 keeps it at the peak.
    """
    if warmup == 0:
        return 1.0
    if progress < warmup:
        return progress / warmup
    return 0.5 * (1 + math.cos(math.pi * (progress - warmup) / (1 - warmup)))
