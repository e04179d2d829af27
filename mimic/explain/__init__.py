"""Why a mention and an entity score as they do: attention, gates and attributions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mimic.explain.request import DEFAULT_METHOD, FIRST_METHOD, METHOD_NAMES, SIDES, TARGETS

if TYPE_CHECKING:
    from mimic.explain.explainer import Explainer

__all__ = ["DEFAULT_METHOD", "FIRST_METHOD", "METHOD_NAMES", "SIDES", "TARGETS", "Explainer"]


def __getattr__(name: str) -> Any:
    """Imports the explainer, and torch and Captum with it, only when it is asked for."""
    if name == "Explainer":
        from mimic.explain.explainer import Explainer

        return Explainer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
