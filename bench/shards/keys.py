"""What an item could be routed by, from what the desk reads of it anyway. Nothing is decided here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.item import Item
from stream.core.standing import KIND_BITS, NAME
from stream.core.terms import Terms, terms

KIND = 3  # the bits of a term's kind
MOST = 8  # keys of an item
_RNG = np.random.default_rng(7)
_FACTORS = _RNG.integers(1, 1 << 32, MOST, dtype=np.uint64) | np.uint64(1)
_ADDED = _RNG.integers(0, 1 << 32, MOST, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Known:
    """An item as the desk reads it."""

    item: Item
    terms: Terms
    print: Fingerprint


Key = Callable[[Known, int], Sequence[int]]


def known(item: Item) -> Known:
    return Known(item, terms(item), fingerprint(item))


def telling(one: Known, count: int) -> Sequence[int]:
    """Its most telling words: names and rare words that stand early and often, the heaviest first."""
    return [int(word) for word in one.terms.words[:count]]


def names(one: Known, count: int) -> Sequence[int]:
    """Its most telling names; where it has none, as many words."""
    kinds = np.asarray(one.terms.marks) >> KIND_BITS & KIND
    found = one.terms.words[kinds == NAME][:count]
    return [int(word) for word in found] or telling(one, count)


def least(one: Known, count: int) -> Sequence[int]:
    """Min-hash: of its sampled shingles the least by each of so many orders; of a headline alone, of its words."""
    own = one.print.shingles if len(one.print.shingles) else one.print.codes
    if not len(own):
        return [0]
    hashed = np.asarray(own, np.uint64)[:, None] * _FACTORS[:count] + _ADDED[:count]
    return [int(value) for value in (hashed >> np.uint64(16)).min(axis=0)]


def both(one: Known, count: int) -> Sequence[int]:
    """Half of them words, half of them min-hashes."""
    return [*telling(one, count - count // 2), *least(one, count // 2)]


def place(one: Known, _: int) -> Sequence[int]:
    """Its dateline; where it has none, nothing but chance tells."""
    return [crc32((one.item.place or one.item.id).casefold().encode("utf-8", "replace"))]


KEYS: Mapping[str, Key] = {
    "telling words": telling,
    "names": names,
    "min-hash": least,
    "words and min-hash": both,
    "dateline": place,
}


def shards(one: Known, key: Key, count: int, of: int) -> frozenset[int]:
    """The shards that an item goes to, of `of`; at least one."""
    found = {crc32(value.to_bytes(8, "little", signed=True)) % of for value in key(one, count)}
    return frozenset(found or {crc32(one.item.identity.encode()) % of})
