"""What the weighed rules are fitted to: judged pairs of a wire, and look-alikes that stand days apart. Nothing is fitted here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.checks.ground import ITEMS
from bench.score.pairs import NEAR
from stream.core import policy
from stream.core.codec import decode
from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.front import admit
from stream.core.index import ALWAYS, Index
from stream.core.item import Item
from stream.core.measures import UNIT, Measures, flashed, reports
from stream.core.policy import Weighed
from stream.core.settings import Settings

READ = Path(__file__).with_name("read.txt")
SEED = 1987
FAR, ALIKE, FAR_WEIGHT = (
    30 * 3_600_000,
    6,
    0.02,
)  # ms apart; of each item so many; fifty count as one that was judged
APART = (5, 10, 20, 40, 100)  # minutes, as flashes and their stories are


class Judged(NamedTuple):
    earlier: str
    later: str
    near: bool
    gold: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """`row` holds the measures that the rule weighs, as shares; `gold`: of pairs.jsonl, which is scored by itself."""

    pair: tuple[str, str]
    row: tuple[float, ...]
    near: bool
    gold: bool
    weight: float


def samples(place: Path) -> Mapping[str, Sequence[Sample]]:
    """By the name of the rule."""
    wire = fingerprints(place)
    found: dict[str, list[Sample]] = {}
    for pair in judged(place):
        _take(found, wire[pair.earlier], wire[pair.later], pair, 1.0)
    for at, (one, other) in enumerate(far(list(wire.values()))):
        _take(found, one, other, Judged("far", str(at), False, False), FAR_WEIGHT)
    return found


def judged(place: Path) -> Iterator[Judged]:
    for line in (place / "wire-1987" / "pairs.jsonl").read_bytes().splitlines():
        pair = decode(line)
        yield Judged(str(pair["a"]), str(pair["b"]), pair["label"] in NEAR, True)
    for told in READ.read_text().splitlines():
        if not told.startswith("#"):
            a, b, near = told.split()
            yield Judged(a, b, near == "1", False)


def fingerprints(place: Path) -> dict[str, Fingerprint]:
    """Of the whole wire, by id, in its order."""
    found = {}
    for line in (place / ITEMS).read_bytes().splitlines():
        item = admit(line, {}, Settings())
        if isinstance(item, Item):
            found[str(decode(line)["id"])] = fingerprint(item)
    return found


def far(wire: Sequence[Fingerprint]) -> Iterator[tuple[Fingerprint, Fingerprint]]:
    """What looks most alike more than a day apart, as if within the hour: the same columns and templates, other news."""
    index, rng = Index(), Random(SEED)
    for number, new in enumerate(wire):
        for candidate in index.candidates(new, None)[:ALIKE]:
            old = candidate.fingerprint
            asked = candidate.share >= policy.UNLIKELY or not (new.text and old.text)
            if asked and new.ts - old.ts > FAR:
                yield old.at(new.ts - rng.choice(APART) * 60_000), new
        index.add(number, -ALWAYS, new)


def measured(one: Fingerprint, other: Fingerprint) -> tuple[Weighed, Measures] | None:
    """By which weighed rule a pair would be judged, and its measures; None where neither would be asked."""
    if one.notice or other.notice or not (one.text or other.text):
        return None
    if one.text and other.text:
        return policy.REWRITE, reports(one, other)
    flash, story = (other, one) if one.text else (one, other)
    if flash.ts - story.ts > policy.FLASH_LATE * 60_000:
        return None
    return policy.FLASH, flashed(flash, story)


def _take(
    found: dict[str, list[Sample]], one: Fingerprint, other: Fingerprint, pair: Judged, weight: float
) -> None:
    told = measured(one, other)
    if told is None:
        return
    rule, measures = told
    values = ((getattr(measures, each.of), each.unknown) for each in rule.weights)
    row = tuple((unknown if value is None else value) / UNIT for value, unknown in values)
    sample = Sample((pair.earlier, pair.later), row, pair.near, pair.gold, weight)
    found.setdefault(rule.name, []).append(sample)
