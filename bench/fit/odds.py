"""Weights by conditional logistic regression: of the stories near an item, which is its own, or none. No text enters.

Each wire counts the same, whatever its length. Newton's method with plain numpy: the same numbers on every run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from bench.fit.rehearsal import Seen
from stream.core.measured import HEADLINES, LENGTH, MEASURES, SIZE
from stream.core.nearest import MOST_STORIES

# Measures that weigh otherwise among headlines alone, as texts are longer, and as a story grows.
_PROFILE = ("profile", "heart", "top word", "its top word", "new headline", "same source", "strangers")
WITH = {
    "headlines": (
        "known",
        "rarity",
        "core",
        "second",
        "shared",
        "size",
        "within",
        "best",
        "titles",
        *_PROFILE,
    ),
    "length": (
        *("best", "second", "within", "shared", "names", "headline", "titles"),
        *("lead", "its lead", "rarity", "new names", "lead names", *_PROFILE),
    ),
    "size": ("profile", "best", "second", "shared", "names", "known", "its lead", "same source"),
}
_AT = {column: [MEASURES.index(name) for name in names] for column, names in WITH.items()}
_FIRSTS = dict(zip(WITH, accumulate(map(len, WITH.values()), initial=len(MEASURES)), strict=False))
# Of headlines alone that share no name, one pair in four hundred was of one story; one in twenty-five of those held apart.
BY_HAND = {("strangers", ""): 0.0, ("strangers", "headlines"): -0.06, ("strangers", "length"): -0.015}
RIDGE = 3e-3
STEPS = 10


@dataclass(frozen=True, slots=True)
class Fitted:
    """In logs of odds for each unit of a measure."""

    weights: Any
    bias: float

    def __call__(self, at: int, measures: Any) -> Any:
        return columns(measures) @ self.weights + self.bias

    def column(self, measure: str, column: str = "") -> float:
        """What a measure weighs, or adds to its weight in one of the columns."""
        at = _place(measure, column)
        return 0.0 if at is None else float(self.weights[at])

    def by_hand(self) -> "Fitted":
        """With the weights that the policy sets by hand in place of those that were fitted."""
        weights = self.weights.copy()
        for (measure, column), weight in BY_HAND.items():
            weights[_place(measure, column)] = weight
        return Fitted(weights, self.bias)


def _place(measure: str, column: str) -> int | None:
    if not column:
        return MEASURES.index(measure)
    return _FIRSTS[column] + WITH[column].index(measure) if measure in WITH[column] else None


def columns(measures: Any) -> Any:
    """The measures, and those that weigh otherwise with something else, times that."""
    plain = measures.astype(np.float64)
    among = {"headlines": plain[..., [HEADLINES]], "length": plain[..., [LENGTH]], "size": plain[..., [SIZE]]}
    more = [plain[..., at] * among[column] / 100 for column, at in _AT.items()]
    return np.concatenate([plain, *more], -1)


def fit(seen: Mapping[str, Sequence[Seen]], worth: Mapping[str, float], joins: Mapping[str, float]) -> Fitted:
    """`worth` weighs the wires against each other, `joins` a wire's choices of a story against those of none."""
    count = sum(map(len, seen.values()))
    asked = np.zeros((count, MOST_STORIES, len(MEASURES) + sum(map(len, WITH.values()))))
    there, own = np.zeros((count, MOST_STORIES), bool), np.zeros((count, MOST_STORIES), bool)
    counts = np.zeros(count)
    at = 0
    for name, choices in seen.items():
        for choice in choices:
            stories = len(choice.own)
            asked[at, :stories], there[at, :stories] = columns(choice.measures), True
            own[at, :stories], counts[at] = choice.own, worth[name] / len(choices)
            counts[at] *= joins[name] if choice.own.any() else 1.0
            at += 1
    mean, spread = asked[there].mean(0), asked[there].std(0) + 1e-9
    weights, bias = _newton((asked - mean) / spread, there, own, counts)
    return Fitted(weights / spread, bias - float(mean @ (weights / spread)))


def _newton(asked: Any, there: Any, own: Any, counts: Any) -> tuple[Any, float]:
    asked = np.concatenate([asked, np.ones((*asked.shape[:2], 1))], -1) * there[..., None]
    weights = np.zeros(asked.shape[-1])
    ridge = np.full(len(weights), 2 * RIDGE)
    ridge[-1] = 1e-9
    for _ in range(STEPS):
        all_ = _chances(asked, there, weights, ~own.any(1))
        mine = _chances(asked, own, weights, ~own.any(1), only=True)
        slope = np.einsum("i,ij,ijk->k", counts, mine - all_, asked) - ridge * weights
        middle = np.einsum("ij,ijk->ik", all_, asked)
        curve = np.einsum("i,ij,ijk,ijl->kl", counts, all_, asked, asked, optimize=True)
        curve -= np.einsum("i,ik,il->kl", counts, middle, middle) - np.diag(ridge)
        weights += np.linalg.solve(curve + 1e-6 * np.eye(len(weights)), slope)
    return weights[:-1], float(weights[-1])


def _chances(asked: Any, among: Any, weights: Any, none: Any, only: bool = False) -> Any:
    """Of each story to be the item's own; with `only`, given that one of them is."""
    odds = np.where(among, asked @ weights, -np.inf)
    zero = np.where(none, 0.0, -np.inf) if only else np.zeros(len(odds))
    top = np.maximum(odds.max(1), zero)
    chances = np.exp(odds - top[:, None])
    return chances / (chances.sum(1) + np.exp(zero - top))[:, None]
