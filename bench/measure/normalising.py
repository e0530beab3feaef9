"""Normalising apart: bytes to an item in its lane. No story enters."""

from time import thread_time_ns

from bench.measure.figures import Figure, middle, percentile, tell
from bench.measure.wires import ORDINARY, admitted, some


def normalising(quick: bool) -> list[Figure]:
    wire = some(7, 600 if quick else 6_000)
    tell(f"normalising: {len(wire):,} items")
    warm, taken = len(wire) // 6, []
    for one in wire:
        begin = thread_time_ns()
        admitted(one)
        taken.append((len(one.raw), (thread_time_ns() - begin) / 1_000))
    each = [us for _, us in taken[warm:]]
    ordinary = [us for size, us in taken[warm:] if ORDINARY[0] <= size <= ORDINARY[1]]
    size = sum(size for size, _ in taken) / len(taken)
    return [
        Figure(
            "normalising",
            "items",
            1e6 * len(each) / sum(each),
            "items/s",
            note=f"{size:,.0f} bytes on average",
        ),
        Figure("normalising", "p50", middle(each), "µs"),
        Figure("normalising", "p99", percentile(each, 99), "µs"),
        Figure(
            "normalising",
            "p50, items of 2.0 to 2.8 KB",
            middle(ordinary),
            "µs",
            note=f"{len(ordinary)} items",
        ),
    ]
