"""Weights by conditional logistic regression: of the stories near an item, which is its own, or none. No text enters.

Each wire counts the same, whatever its length. Newton's method with plain numpy: the same numbers on every run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.fit.rehearsal import Seen
from stream.core.measured import HEADLINES, LENGTH, MEASURES
from stream.core.nearest import MOST_STORIES

WITH_HEADLINES = (
    *("known", "rarity", "core", "second", "shared", "size", "within", "best", "titles"),
    *("profile", "heart", "top word", "its top word", "new headline", "same source", "strangers"),
)
WITH_LENGTH = (
    *("best", "second", "within", "shared", "names", "headline", "titles"),
    *("lead", "its lead", "rarity", "new names"),
    *(
        "profile",
        "heart",
        "top word",
        "its top word",
        "lead names",
        "new headline",
        "same source",
        "strangers",
    ),
)
_H = [MEASURES.index(name) for name in WITH_HEADLINES]
_L = [MEASURES.index(name) for name in WITH_LENGTH]
# Of headlines alone that share no name, one pair in four hundred was of one story; one in twenty-five of those held apart.
BY_HAND = {"strangers": (0.0, -0.06, -0.015)}
RIDGE = 1e-3
STEPS = 10


@dataclass(frozen=True, slots=True)
class Fitted:
    """In logs of odds for each unit of a measure."""

    weights: Any
    bias: float

    def __call__(self, at: int, measures: Any) -> Any:
        return columns(measures) @ self.weights + self.bias

    def column(self, measure: str, among: Sequence[str], first: int) -> float:
        """What a measure weighs in one of the columns; `first` is where the column begins."""
        return float(self.weights[first + among.index(measure)]) if measure in among else 0.0

    def by_hand(self) -> "Fitted":
        """With the weights that the policy sets by hand in place of those that were fitted."""
        weights = self.weights.copy()
        for measure, parts in BY_HAND.items():
            firsts = (0, len(MEASURES), len(MEASURES) + len(_H))
            for part, first, among in zip(
                parts, firsts, (MEASURES, WITH_HEADLINES, WITH_LENGTH), strict=True
            ):
                weights[first + among.index(measure)] = part
        return Fitted(weights, self.bias)

    def raised(self, by: float) -> "Fitted":
        return Fitted(self.weights, self.bias - by)


def columns(measures: Any) -> Any:
    """The measures, and those that weigh otherwise among headlines alone, and as texts are longer."""
    plain = measures.astype(np.float64)
    headlines, length = plain[..., [HEADLINES]] / 100, plain[..., [LENGTH]] / 100
    return np.concatenate([plain, plain[..., _H] * headlines, plain[..., _L] * length], -1)


def fit(seen: Mapping[str, Sequence[Seen]], worth: Mapping[str, float], joins: Mapping[str, float]) -> Fitted:
    """`worth` weighs the wires against each other, `joins` a wire's choices of a story against those of none."""
    count = sum(map(len, seen.values()))
    asked = np.zeros((count, MOST_STORIES, len(MEASURES) + len(_H) + len(_L)))
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
