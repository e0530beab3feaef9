"""Five-fold in the stream: the wire judged by tables that never saw the pairs they are scored on. Nothing is fitted here."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.fit.samples import SEED, Sample
from bench.score.corpora import CORPORA
from bench.score.figures import PRF
from bench.score.folding import folded
from bench.score.measures import counted
from bench.score.pairs import NEAR, Pairs
from bench.score.running import opened
from stream.core import policy
from stream.core.policy import Weighed

Fit = Callable[[Sequence[Sample]], tuple[list[int], int]]


def in_stream(place: Path, samples: Mapping[str, Sequence[Sample]], fit: Fit, folds: int) -> PRF:
    """Near-duplicates of pairs.jsonl, equal family, as `make score` counts them."""
    held = _parted(samples, folds)
    ours = {rule.name: rule for rule in (policy.REWRITE, policy.FLASH)}
    said: list[tuple[bool, bool]] = []
    with tempfile.TemporaryDirectory(prefix="slugline-fit-") as scratch:
        stream = opened("pairs", CORPORA["pairs"], place, Path(scratch))
        gold = stream.gold
        assert isinstance(gold, Pairs)
        for fold in range(folds):
            for name, rule in ours.items():
                _decide_by(_fitted(rule, [s for s in samples[name] if held[s.pair] != fold], fit))
            family = folded(stream.stripped).family
            for one in gold.judged:
                if held[stream.ids[one.earlier], stream.ids[one.later]] == fold:
                    said.append((family[one.earlier] == family[one.later], one.label in NEAR))
    for rule in ours.values():
        _decide_by(rule)
    return counted(
        sum(link and near for link, near in said),
        sum(link for link, _ in said),
        sum(near for _, near in said),
    )


def _fitted(rule: Weighed, of: Sequence[Sample], fit: Fit) -> Weighed:
    points, least = fit(of)
    weights = (replace(weight, points=found) for weight, found in zip(rule.weights, points, strict=True))
    return replace(rule, weights=tuple(weights), least=least)


def _decide_by(rule: Weighed) -> None:
    """The core reads its tables where they stand."""
    setattr(policy, "FLASH" if rule.name == policy.FLASH.name else "REWRITE", rule)


class _Parted(dict[tuple[str, str], int]):
    """The fold of each pair; one that nobody measured was judged by no table, and may be in any."""

    def __missing__(self, pair: tuple[str, str]) -> int:
        return 0


def _parted(samples: Mapping[str, Sequence[Sample]], folds: int) -> Mapping[tuple[str, str], int]:
    pairs = sorted({sample.pair for some in samples.values() for sample in some})
    Random(SEED).shuffle(pairs)
    return _Parted({pair: at % folds for at, pair in enumerate(pairs)})
