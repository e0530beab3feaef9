"""Compiles a kernel where numba is at hand, and leaves it as it is where not: the answers are the same. No rule enters.

A kernel is a function over numpy arrays whose arithmetic stays within 63 bits. It reads an element as `int(a[i])`,
so that plain Python computes with whole numbers too, and subtracts none of an unsigned array from another: compiled, their
difference has no sign.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

LOCATORS = "CACHE_LOCATOR_CLASSES"

try:
    from numba import config, njit

    if not getattr(config, LOCATORS, None):  # imported by numba itself, in this order
        setattr(config, LOCATORS, "stream.locators.Given,stream.locators.Beside,stream.locators.OfUser")
except ImportError:  # no wheel for this machine, say: a hundred times slower, and equal
    njit = None  # type: ignore[assignment]

COMPILED = njit is not None


def compiled(kernel: Callable[P, R]) -> Callable[P, R]:
    """Compiled at its first call; kept on disk beside the module, or where NUMBA_CACHE_DIR says, when that can be
    written."""
    if njit is None:
        return kernel
    made: Any
    try:
        made = njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # numba finds no folder that it may write to
        made = njit(nogil=True)(kernel)
    kept: Callable[P, R] = made
    return kept
