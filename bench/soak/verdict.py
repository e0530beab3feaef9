"""Whether anything grew: what a soak must show, of its samples. Nothing is measured here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.soak.samples import MIB, Sample

FLAT = 0.05  # of the middle, up and down, after the first quarter
SETTLED = 0.25
ENDS = 15  # of the samples, at both ends: a store writes what it packs beside what it has, and is larger for a moment
IDENTITY = 200  # bytes on disk for an item whose story has closed
AHEAD = 5.0  # seconds of the rate that may be under way when a sample is taken


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was held, by name, and the figures behind it."""

    held: dict[str, bool]
    said: dict[str, str]

    @property
    def good(self) -> bool:
        return all(self.held.values())


def verdict(samples: Sequence[Sample], rate: float, window: int) -> Verdict:
    after = [one for one in samples if one.at >= SETTLED * samples[-1].at]
    low, high = min(one.memory for one in after), max(one.memory for one in after)
    middle = (low + high) / 2
    full, first, last = max(one.open_stories for one in samples), after[0], after[-1]
    closed = max(1, last.sent - first.sent)
    packed = len(after) // ENDS + 1
    grown = (_least(after[-packed:]) - _least(after[:packed])) * MIB / closed
    under_way = 2 * AHEAD * rate  # in both stages
    held = {
        "memory is flat": high - middle <= FLAT * middle,
        "no lag": max(one.lag for one in after) <= under_way and last.lag <= under_way,
        "the window was full, and moved on": last.sent > 1.5 * window,
        "files are bounded": grown <= IDENTITY,
        "nothing was refused": last.dead == 0,
    }
    said = {
        "memory": f"{low:,.0f} to {high:,.0f} MiB after the first quarter, ±{100 * (high - middle) / middle:.1f} %",
        "lag": f"at most {max(one.lag for one in after):,} messages, at the end {last.lag:,}",
        "items": f"{last.sent:,} sent, {last.sent / last.at:,.0f}/s; at most {full:,} stories open",
        "files": f"{last.state:,.1f} MiB in {last.files} files; {grown:,.0f} bytes more for an item since then",
        "broker": f"{last.broker:,.0f} MiB of logs",
    }
    return Verdict(held, said)


def _least(samples: Sequence[Sample]) -> float:
    return min(one.state for one in samples)
