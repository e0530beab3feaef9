"""How much two texts have in common whatever its order: phrases, figures, names, counted by kernels. No policy enters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stream.core.coded import PLAIN, Codes
from stream.core.compiled import compiled
from stream.core.fingerprint import Fingerprint, distinct, mixed


@dataclass(frozen=True, slots=True)
class Common:
    """Of a set that two texts have: how many are in both, and how many in the one with fewer."""

    both: int
    fewer: int


def phrases(new: Codes, old: Codes) -> Common:
    """Three-word phrases, each once."""
    return Common(*_phrases(new, old))


def figures(new: Fingerprint, old: Fingerprint) -> Common:
    """Figures of headline and text, each once."""
    return Common(*_figures(new.codes, old.codes, PLAIN))


def names(new: Fingerprint, old: Fingerprint) -> Common:
    """Words with a capital inside a sentence, each once."""
    return Common(*_common(new.names, old.names))


@compiled
def _phrases(new: Codes, old: Codes) -> tuple[int, int]:
    a, b = (new, old) if len(new) <= len(old) else (old, new)
    size = 16
    while size < 3 * len(a):
        size *= 2
    table = np.zeros(size, np.int64)  # a phrase plus one, negated once it was met in the other text
    fewer = 0
    for at in range(len(a) - 2):
        phrase = mixed(int(a[at]), int(a[at + 1]), int(a[at + 2])) + 1
        slot = phrase & (size - 1)
        while table[slot] != 0 and table[slot] != phrase:
            slot = (slot + 1) & (size - 1)
        if table[slot] == 0:
            table[slot] = phrase
            fewer += 1
    both = 0
    for at in range(len(b) - 2):
        phrase = mixed(int(b[at]), int(b[at + 1]), int(b[at + 2])) + 1
        slot = phrase & (size - 1)
        while table[slot] != 0 and table[slot] != phrase and table[slot] != -phrase:
            slot = (slot + 1) & (size - 1)
        if table[slot] == phrase:
            table[slot] = -phrase
            both += 1
    return both, fewer


@compiled
def _figures(new: Codes, old: Codes, plain: int) -> tuple[int, int]:
    return _common(_above(new, plain), _above(old, plain))


@compiled
def _above(codes: Codes, least: int) -> Codes:
    found = np.empty(len(codes), np.uint16)
    size = 0
    for at in range(len(codes)):
        if int(codes[at]) >= least:
            found[size] = codes[at]
            size += 1
    return distinct(found[:size])


@compiled
def _common(new: NDArray[np.uint16], old: NDArray[np.uint16]) -> tuple[int, int]:
    i = j = both = 0
    while i < len(new) and j < len(old):
        if new[i] == old[j]:
            both += 1
            i += 1
            j += 1
        elif new[i] < old[j]:
            i += 1
        else:
            j += 1
    return both, min(len(new), len(old))
