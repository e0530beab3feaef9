"""Compiles a kernel where numba is installed and runs it as plain Python where it is not. No state may enter.

A kernel reads and writes numpy arrays, in integers that stay below 2**62, so that both ways give the same numbers.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The same function, compiled at its first call and cached beside its file; as it is, a hundred times slower."""
    if find_spec("numba") is None:
        return function
    from numba import njit

    return cast(F, njit(cache=True)(function))
