"""When a kernel kept on disk must be compiled anew: when its file, or one that it imports, has changed. No rule enters.

numba itself asks for the kernel's own file alone, and would go on with what a changed kernel of another file said.
stream/core/compiled.py names these to it.
"""

import inspect
import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from numba.core import caching

from stream.core.ids import digest

_IMPORT: Final = re.compile(r"^from (stream(?:\.\w+)*) import ", re.MULTILINE)


class _WithImports:
    """In front of one of numba's: its stamp of the file, and ours of all that the file imports from the product."""

    def __init__(self, kernel: Callable[..., object], path: str) -> None:
        super().__init__(kernel, path)  # type: ignore[call-arg]
        self._module = kernel.__module__

    def get_source_stamp(self) -> tuple[Any, str]:
        own = super().get_source_stamp()  # type: ignore[misc]
        return own, sources(self._module)


class Given(_WithImports, caching.UserProvidedCacheLocator):
    """Where NUMBA_CACHE_DIR says."""


class Beside(_WithImports, caching.InTreeCacheLocator):
    """Beside the module."""


class OfUser(_WithImports, caching.UserWideCacheLocator):
    """In the user's own cache, where the module's folder cannot be written."""


@cache
def sources(module: str) -> str:
    """A hash of the sources of a module and of all modules of the product that it leads to."""
    left, read = [module], dict[str, str]()
    while left:
        name = left.pop()
        if name not in read and name in sys.modules:
            read[name] = inspect.getsource(sys.modules[name])
            left += _IMPORT.findall(read[name])
    return digest("sources", *(f"{name}\n{read[name]}" for name in sorted(read)))
