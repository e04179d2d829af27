"""The authors' checkpoints come in here, once, without running anything that is in them."""

from __future__ import annotations

import pickle
import re
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

import torch
import transformers
from huggingface_hub.errors import StrictDataclassError
from torch import Tensor

from mimic.config import ModelConfig
from mimic.errors import InputError
from mimic.io.content import check_archive
from mimic.model.encoders import architecture as plain
from mimic.model.mimic import FILES, Mimic, ModelCard, save_model, versions
from mimic.model.processor import load_tokenizer
from mimic.model.units import unit_consistent_loss

#: Full names of what may lie beside the tensors: classes of configurations and their values, no
#: functions. Each becomes an inert stand-in. A name with a capital letter is a class.
HARMLESS = re.compile(
    "|".join(
        (
            r"omegaconf\.\w+\.[A-Z]\w*",
            r"(pytorch_)?lightning(\.\w+)*\.[A-Z]\w*",
            r"typing\.[A-Z]\w*",
            r"pathlib\.\w*Path",
            r"argparse\.Namespace",
            r"collections\.(defaultdict|deque)",
            r"numpy\.(_?core\.multiarray\.(scalar|_reconstruct)|ndarray|dtype|dtypes\.\w+)",
            r"builtins\.(bool|bytes|dict|float|frozenset|int|list|object|set|str|tuple|type)",
            r"_?operator\.getitem",  # how typing.Optional[...] is written
        )
    )
)
#: Dictionaries under another name: their items are set on a plain dictionary.
MAPPINGS = re.compile(r"collections\.defaultdict|(pytorch_)?lightning(\.\w+)*\.AttributeDict")
#: Our names -> the authors'. Prefixes, tried in this order.
NAMES = {
    "encoder.backbone.clip.": "encoder.clip.",
    "encoder.image_global.": "encoder.image_cls_fc.",
    "encoder.image_tokens.": "encoder.image_tokens_fc.",
    "text_global_norm.": "matcher.text_cls_layernorm.",
    "text_tokens_norm.": "matcher.text_tokens_layernorm.",
    "image_global_norm.": "matcher.image_cls_layernorm.",
    "image_tokens_norm.": "matcher.image_tokens_layernorm.",
    "tglu.query.": "matcher.tglu.fc_query.",
    "tglu.key.": "matcher.tglu.fc_key.",
    "tglu.value.": "matcher.tglu.fc_value.",
    "tglu.entity_global.": "matcher.tglu.fc_cls.",
    "tglu.context_norm.": "matcher.tglu.layer_norm.",
    "cmfu.text.": "matcher.cmfu.text_fc.",
    "cmfu.image.": "matcher.cmfu.image_fc.",
    "cmfu.gate.": "matcher.cmfu.gate_fc.",
    "cmfu.norm.": "matcher.cmfu.gate_layer_norm.",
    **{
        f"vdlu.{ours}.{ours_part}.": f"matcher.vdlu.dual_{theirs}.{their_part}."
        for ours, theirs in (("entity_to_mention", "ent2men"), ("mention_to_entity", "men2ent"))
        for ours_part, their_part in (
            ("global_map", "cls_fc"),
            ("tokens_map", "tokens_fc"),
            ("hidden", "fc"),
            ("gate", "gate_fc"),
            ("sum_norm", "add_layer_norm"),
            ("out_norm", "layer_norm"),
        )
    },
}
#: What other programs put around a model: compiling, several devices, Lightning, a trainer.
WRAPPERS = re.compile(
    r"(?:(?<=^)|(?<=\.))"
    r"(?:(?:_orig_mod|module|model|_forward_module|_fsdp_wrapped_module)\.)+"
)
#: The first number of PyTorch's format before 1.6, as every protocol of pickle writes it.
OLD_FORMAT = b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
SAVE_AGAIN = (
    "if you trust the file, save it again with PyTorch: "
    "torch.save(torch.load(FILE, map_location='cpu', weights_only=False), NEW)"
)
#: In their files, and without use here.
IGNORED = ("matcher.cmfu.context_layer_norm.", "position_ids")


class _Inert:
    """Stands for an object of the authors' configuration; keeps nothing and does nothing."""

    def __new__(cls, *_: Any, **__: Any) -> _Inert:
        return super().__new__(cls)

    def __setstate__(self, state: Any) -> None:
        del state


class _Mapping:
    """Stands for a subclass of `dict`; calling it gives an empty dictionary."""

    def __new__(cls, *_: Any, **__: Any) -> Any:
        return {}


def import_checkpoint(file: Path, clip: str, out: Path) -> dict[str, Any]:
    """Converts a checkpoint of the authors' program into a model folder.

    Args:
        file: `.ckpt` of PyTorch Lightning.
        clip: folder or hub name of the CLIP it was trained from; only its configuration (and
            tokenizer, if there is one) is used, the weights are in the checkpoint.
        out: model folder to write.

    Returns:
        A summary: number of tensors, unit width, whether a tokenizer was found.

    Raises:
        InputError: not such a checkpoint, or it holds objects that are not on the allow-list; or
            `out` holds a model and more, as the folder of a training run does.
    """
    _keep_run(out)
    state = _state_dict(file)
    config = _model_config(state, clip)
    model = Mimic(config)
    weights, unused = _renamed(state, model)
    missing, _ = model.load_state_dict(weights, strict=False)
    if missing:
        raise InputError(f"{file}: {len(missing)} tensors are missing, the first is {missing[0]}")
    if unused:
        raise InputError(
            f"{file}: {len(unused)} tensors have no place in a model of --clip {clip}, the first "
            f"is {unused[0]}; give the CLIP that it was trained from"
        )
    tokenizer = load_tokenizer(config)
    card = ModelCard(training={"imported_from": file.name}, versions=versions())
    save_model(model, out, card, tokenizer)
    return {
        "tensors": len(state),
        "unit_width": config.unit_width,
        "tokenizer": tokenizer is not None,
        "out": str(out),
    }


def _keep_run(out: Path) -> None:
    """Refuses to replace a model whose folder cannot go as a whole."""
    more = {path.name for path in out.iterdir()} - {*FILES} if out.is_dir() else set()
    if more and (out / "config.json").exists():
        raise InputError(
            f"{out}: holds a model and more ({min(more)}) and is not replaced; give another folder"
        )


def read_checkpoint(file: Path) -> dict[str, Any]:
    """The checkpoint's dictionary, with tensors on the CPU and inert stand-ins for the rest.

    Raises:
        InputError: the file is missing, no PyTorch archive, or names anything that would have
            to be run and is not on the allow-list.
    """
    if not file.is_file():
        raise InputError(f"no such file: {file}")
    _check_format(file)
    try:
        check_archive(file)
        strange = torch.serialization.get_unsafe_globals_in_checkpoint(str(file))
    except Exception as error:  # what a parser of damaged bytes raises is not documented
        raise InputError(f"{file}: not a whole PyTorch checkpoint ({_first(error)})") from None
    refused = [name for name in strange if not HARMLESS.fullmatch(name)]
    if refused:
        raise InputError(
            f"{file}: refused, it would run {refused[0]!r} when opened; only tensors and the "
            "configuration objects of omegaconf and Lightning are let through"
        )
    stand_ins: list[Any] = [
        (type(name.rsplit(".")[-1], (_Mapping if MAPPINGS.fullmatch(name) else _Inert,), {}), name)
        for name in strange
    ]
    try:
        with torch.serialization.safe_globals(stand_ins), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Detected pickle protocol 3", UserWarning)
            content = torch.load(file, map_location="cpu", weights_only=True)
    except Exception as error:
        raise InputError(
            f"{file}: cannot be read without running its code ({_first(error)})"
        ) from None
    if not isinstance(content, dict):
        raise InputError(f"{file}: holds no dictionary")
    return content


def _check_format(file: Path) -> None:
    """Raises InputError for a file that is no zip archive of PyTorch, and says what it is."""
    if not zipfile.is_zipfile(file):
        with file.open("rb") as stream:
            old = OLD_FORMAT in stream.read(64)
        if old:
            raise InputError(
                f"{file}: in PyTorch's format from before 1.6 (no zip archive); {SAVE_AGAIN}"
            )
        raise InputError(f"{file}: not a PyTorch checkpoint (no zip archive)")
    protocol = _protocol(file)
    if protocol > 3:
        raise InputError(
            f"{file}: written with pickle protocol {protocol}, and only 2 and 3 can be read "
            f"without running what is in it; {SAVE_AGAIN}"
        )


def _protocol(file: Path) -> int:
    """Of the pickle in the archive; 0 where there is none, which is told elsewhere."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if name.rpartition("/")[2] == "data.pkl":
                    with archive.open(name) as stream:
                        start = stream.read(2)
                    return start[1] if start[:1] == pickle.PROTO and len(start) == 2 else 0
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        pass  # damaged: PyTorch's own reader says how
    return 0


def _state_dict(file: Path) -> dict[str, Tensor]:
    """The tensors under the authors' names.

    Raises:
        InputError: there are none, two have one name, or one holds values that are no numbers.
    """
    state = read_checkpoint(file).get("state_dict")
    found: dict[str, Tensor] = {}
    for key, tensor in state.items() if isinstance(state, dict) else ():
        name = WRAPPERS.sub("", str(key))
        if not isinstance(tensor, Tensor) or _ignored(name):
            continue
        if name in found:
            raise InputError(f"{file}: holds {name} twice, also as {key}: keep one of the models")
        if tensor.is_floating_point() and not tensor.isfinite().all():
            raise InputError(
                f"{file}: {key} holds values that are no numbers (NaN or infinite); give a "
                "checkpoint from before the training went wrong"
            )
        found[name] = tensor
    if "matcher.tglu.fc_query.weight" not in found:
        raise InputError(f"{file}: no MIMIC checkpoint (matcher.tglu.fc_query.weight is missing)")
    return found


def _first(error: Exception) -> str:
    """The first line of a message: an error is one line here."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _ignored(name: str) -> bool:
    return any(part in name for part in IGNORED)


def _model_config(state: dict[str, Tensor], clip: str) -> ModelConfig:
    if Path(clip).is_dir() and not (Path(clip) / "config.json").is_file():
        raise InputError(f"--clip {clip}: no config.json in that folder")
    try:
        record = transformers.CLIPConfig.get_config_dict(clip)[0]
        if not isinstance(record, dict) or record.get("model_type", "clip") != "clip":
            raise ValueError("its config.json is another model's")
        architecture: Any = transformers.CLIPConfig.from_pretrained(clip)
    except (OSError, ValueError, TypeError, StrictDataclassError) as error:
        raise InputError(f"--clip {clip}: no CLIP configuration there ({_first(error)})") from None
    for part, name in (("text_config", "text_model"), ("vision_config", "vision_model")):
        width = _width(state, f"encoder.clip.{name}.embeddings.position_embedding.weight")
        if width != getattr(architecture, part).hidden_size:
            raise InputError(
                f"--clip {clip}: its {name} is {getattr(architecture, part).hidden_size} wide, "
                f"the checkpoint's {width}; give the CLIP that it was trained from"
            )
    return ModelConfig(
        encoder="clip",
        text=clip,
        vision="",
        freeze_text=False,
        text_length=min(40, architecture.text_config.max_position_embeddings),
        image_size=architecture.vision_config.image_size,
        unit_width=state["matcher.tglu.fc_query.weight"].shape[0],
        architecture={"text": plain(architecture)},
    )


def _width(state: dict[str, Tensor], name: str) -> int:
    if name not in state:
        raise InputError(f"the checkpoint has no {name}: was it trained with CLIP?")
    return state[name].shape[-1]


def _renamed(state: dict[str, Tensor], model: Mimic) -> tuple[dict[str, Tensor], list[str]]:
    """Their tensors under our names, and the names of those that our model has no place for."""
    renamed, used = {}, set()
    for name, ours in model.state_dict().items():
        prefix = next(p for p in NAMES if name.startswith(p))
        theirs = NAMES[prefix] + name.removeprefix(prefix)
        if theirs in state:
            if state[theirs].shape != ours.shape:
                raise InputError(
                    f"{theirs} is {list(state[theirs].shape)}, expected {list(ours.shape)}"
                )
            renamed[name] = state[theirs]
            used.add(theirs)
    return renamed, [n for n in state if n not in used and n.startswith(("encoder.", "matcher."))]


def score_batch(model: Mimic, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Scores, features and losses of a batch of tensors: how parity is checked.

    Args:
        batch: `mention.*` and `entity.*`, each `input_ids`, `attention_mask`, `pixel_values`.

    Returns:
        `score`, `tglu`, `vdlu`, `cmfu` `[M, E]`; `mention_out.*` and `entity_out.*`, the
        encoder's outputs before the LayerNorms; `losses` [overall, text, image, cross-modal] of
        the first n mentions against the first n entities, n the smaller count.

    Raises:
        InputError: a tensor is missing or does not fit the model.
    """
    sides, out = {}, {}
    for side in ("mention", "entity"):
        try:
            ids, mask, pixels = (
                batch[f"{side}.{part}"].to(model.device)
                for part in ("input_ids", "attention_mask", "pixel_values")
            )
        except KeyError as error:
            raise InputError(f"the batch has no tensor {error.args[0]}") from None
        try:
            if len({len(ids), len(mask), len(pixels)}) > 1 or not len(ids):
                raise ValueError(f"rows: {len(ids)} ids, {len(mask)} masks, {len(pixels)} pictures")
            if ids.shape != mask.shape:
                raise ValueError(f"ids are {list(ids.shape)}, their masks {list(mask.shape)}")
            if not pixels.isfinite().all():
                raise ValueError("pixel_values holds values that are no numbers")
            text, image = model.encoder.text(ids, mask), model.encoder.image(pixels.float())
        except (RuntimeError, IndexError, ValueError) as error:
            raise InputError(
                f"{side}.*: the tensors do not fit the model ({_first(error)})"
            ) from None
        out[f"{side}_out.text_embeds"], out[f"{side}_out.text_seq_tokens"] = text
        out[f"{side}_out.image_embeds"], out[f"{side}_out.image_patch_tokens"] = image
        sides[side] = model.normalise(text, image, mask)
    scores = model(sides["mention"], sides["entity"])
    n = min(scores["score"].shape)
    square = {name: value[:n, :n] for name, value in scores.items()}
    _, losses = unit_consistent_loss(square, 1.0, torch.arange(n, device=model.device))
    return {k: v.contiguous().cpu() for k, v in {**scores, **out, "losses": losses}.items()}
