"""Which policy decided: a short hash of the policy and of the libraries that measure. Settings may not enter."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib.metadata import version
from types import ModuleType
from typing import Final, ParamSpec, TypeVar

import ftfy
import numpy as np
import rapidfuzz

from stream.core.ids import digest
from stream.core.rooms import ROOMS

RULES = "7"  # raised by hand when a rule that is code, not table, decides otherwise
NO_CONSTANTS: Final = (ModuleType, TypeVar, ParamSpec)  # that have upper-case names too


@cache
def engine() -> str:
    """12 hex digits; every decision carries them, and replay says the same for equal ones."""
    tables = [f"{room.__name__} {constant}" for room in ROOMS for constant in constants(room)]
    libraries = (rapidfuzz.__version__, ftfy.__version__, unicodedata.unidata_version, version("wordfreq"))
    return digest(RULES, *tables, *libraries)[:12]


def constants(room: ModuleType) -> Iterator[str]:
    """Its tables and limits by name, and those that it takes from other rooms."""
    for name, value in sorted(vars(room).items()):
        if name.isupper() and not isinstance(value, NO_CONSTANTS):
            yield f"{name} {written(value)}"


def written(value: object) -> str:
    """The same in every process, and another for every other value: a set is sorted, for its own order is chance."""
    match value:
        case int() | str() | None | datetime() | timedelta() | tzinfo():
            return repr(value)
        case tuple() | list():
            return f"[{', '.join(map(written, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{written(key)}: {written(kept)}' for key, kept in value.items())}}}"
        case AbstractSet():
            return f"set({', '.join(sorted(map(written, value)))})"
        case re.Pattern():
            return f"{value.pattern!r} {value.flags}"
        case np.ndarray():
            return f"{value.dtype.name} {value.shape} {digest(value.tobytes())}"
    if is_dataclass(value):
        named = (f"{field.name}={written(getattr(value, field.name))}" for field in fields(value))
        return f"{type(value).__name__}({', '.join(named)})"
    raise TypeError(
        f"{value!r} is of a kind that an engine's id cannot name; say in engine.py how it is written"
    )
