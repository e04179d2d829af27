"""The reranker that flags name: a folder, or an address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mimic.errors import InputError

if TYPE_CHECKING:  # without torch: what flags name is checked before anything large is loaded
    from mimic.rerank.reranker import Reranker

CARD = "reranker.json"  # without it there is no reranker in a folder


def check_flags(source: str | None, url: str | None, chat_model: str | None) -> None:
    """Whether `--rerank DIR|URL`, `--rerank-url URL` and `--rerank-model NAME` can be meant.

    Raises:
        InputError: they do not go together, there is no such folder, or the address is none.
    """
    if url is not None and source is not None:
        raise InputError("--rerank and --rerank-url name two rerankers: give one of them")
    address = url if source is None else source
    if address is not None and (url is not None or "://" in address):
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"--rerank-url {address!r:.100}: no address as http://HOST:PORT/v1")
        if not chat_model:
            raise InputError("--rerank-model NAME is needed: the name of the endpoint's model")
    elif chat_model is not None:
        raise InputError("--rerank-model goes with an endpoint: add --rerank-url URL")
    elif source is not None and not (Path(source) / CARD).is_file():
        raise InputError(
            f"--rerank {source}: no reranker there ({CARD} is missing); train one with "
            "`python -m mimic train-reranker`, or give an address that begins with http"
        )


def open_reranker(
    source: str | None,
    url: str | None = None,
    chat_model: str | None = None,
    device: str = "auto",
) -> Reranker | None:
    """What the flags name; `None` for nothing.

    Args:
        device: of a cross-encoder, as `pick_device`.

    Raises:
        InputError: as `check_flags`, or what is in the folder cannot be used.
    """
    check_flags(source, url, chat_model)
    address = url or source
    if address is None:
        return None
    if url is not None or "://" in address:
        from mimic.rerank.endpoint import EndpointReranker

        return EndpointReranker(address, str(chat_model))
    from mimic.model.mimic import pick_device
    from mimic.rerank.cross_encoder import load_cross

    return load_cross(Path(address), pick_device(device))
