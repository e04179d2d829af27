"""Multimodal entity linking with MIMIC: `EntityLinker.load().link(Mention(...), k=10)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mimic.errors import InputError
from mimic.schema import Candidate, Entity, LinkResult, Mention

if TYPE_CHECKING:
    from mimic.linking.linker import EntityLinker

__version__ = "0.2.0"  # the one place; pyproject.toml reads it

__all__ = ["Candidate", "Entity", "EntityLinker", "InputError", "LinkResult", "Mention"]


def __getattr__(name: str) -> Any:
    """Imports the linker, and torch with it, only when it is asked for."""
    if name == "EntityLinker":
        from mimic.linking.linker import EntityLinker

        return EntityLinker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
