"""Why a mention and an entity score as they do: attention, gates and attributions."""

from mimic.explain.attributions import DEFAULT_METHOD, METHODS, Progress
from mimic.explain.explainer import Explainer
from mimic.explain.pair import TARGETS

__all__ = ["DEFAULT_METHOD", "METHODS", "TARGETS", "Explainer", "Progress"]
