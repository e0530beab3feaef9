"""The engine: what decided, as a hash of the policy and of the libraries that measure. Settings may not enter."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from types import ModuleType

import ftfy
import rapidfuzz

from stream.core import (
    clock,
    conflicts,
    content,
    fingerprint,
    index,
    lane,
    policy,
    policy_story,
    rarity,
    reading,
    telling,
    terms,
    verify,
)
from stream.core.ids import digest
from stream.core.policy import Rule, Weighed
from stream.core.policy_story import Alike

RULES = "7"  # raised by hand when a rule that is code, not table, decides otherwise
ROOMS = (
    clock,
    conflicts,
    content,
    fingerprint,
    index,
    lane,
    policy,
    policy_story,
    rarity,
    reading,
    telling,
    terms,
    verify,
)


@cache
def engine() -> str:
    """12 hex digits; every decision carries them, and replay says the same for equal ones."""
    tables = [f"{room.__name__} {constant}" for room in ROOMS for constant in constants(room)]
    libraries = (rapidfuzz.__version__, ftfy.__version__, unicodedata.unidata_version, version("wordfreq"))
    return digest(RULES, *tables, *libraries)[:12]


def constants(room: ModuleType) -> Iterator[str]:
    """Its tables and limits, by name. Arrays and functions are made of them, and left out."""
    for name, value in sorted(vars(room).items()):
        if name.isupper() and isinstance(value, frozenset):
            yield f"{name} {sorted(value)!r}"
        elif name.isupper() and isinstance(value, int | str | tuple | Rule | Weighed | Alike):
            yield f"{name} {value!r}"
