"""Compiles a kernel where numba is installed and runs it as plain Python where it is not. No state may enter.

A kernel reads and writes numpy arrays, in integers that stay below 2**62, so that both ways give the same numbers.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])

try:
    from numba import njit
except ImportError:  # slower by a hundred times, and equal
    njit = None


def compiled(function: F) -> F:
    """The same function, compiled at its first call and cached beside its file."""
    return cast(F, njit(cache=True)(function)) if njit else function
