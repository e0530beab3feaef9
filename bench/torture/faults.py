"""The table of faults, and which are drawn from it by a seed. What each does is elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.torture import deeds
from bench.torture.scene import Scene


@dataclass(frozen=True, slots=True)
class Fault:
    """`often` is how many of a bag of faults are of this kind."""

    name: str
    often: int
    do: Callable[[Scene], str]


FAULTS = (
    Fault("a worker killed", 4, deeds.killed),
    Fault("a worker killed for long", 2, deeds.killed_for_long),
    Fault("all workers killed", 1, deeds.all_killed),
    Fault("a worker paused", 3, deeds.paused),
    Fault("a worker stopped", 2, deeds.stopped),
    Fault("a worker more", 2, deeds.joined),
    Fault("a member leaves", 1, deeds.left),
    Fault("a broker killed", 3, deeds.broker_killed),
    Fault("brokers in turn", 1, deeds.brokers_in_turn),
    Fault("two brokers at once", 1, deeds.two_brokers),
    Fault("broker and worker", 1, deeds.broker_and_worker),
    Fault("refused writes", 2, deeds.refused),
    Fault("alerting killed", 1, deeds.alerting_killed),
    Fault("replayer killed", 1, deeds.replayer_killed),
)


def drawn(seed: int, count: int) -> list[Fault]:
    """One kind after another as the seed has it: each of the table first, then out of bags with every kind in it as often
    as the table says."""
    rng, first = Random(seed), list(FAULTS)
    rng.shuffle(first)
    found = first
    while len(found) < count:
        bag = [fault for fault in FAULTS for _ in range(fault.often)]
        rng.shuffle(bag)
        found += bag
    return found[:count]
