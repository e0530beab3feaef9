"""How much memory a desk takes: what the system says, and what a walk over its objects counts. Nothing else enters."""

import gc
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from stream.core.memory import Memory

SHARED = (type, ModuleType, FunctionType)  # part of the program, not of what it remembers


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes. `texts` are the titles, texts and captions of members that a story keeps whole."""

    index: int
    places: int
    stories: int
    texts: int


def resident() -> int:
    """Bytes of this process that lie in memory; 0 where the system does not say."""
    said = Path("/proc/self/statm")
    return int(said.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if said.exists() else 0


def sizes(memory: Memory) -> Sizes:
    """Every object counted once, where it is met first: what two parts share is the earlier one's."""
    seen: set[int] = {id(memory)}
    members = [m.item for story in memory.open_stories() for m in story.members]
    return Sizes(
        index=memory.index.held,
        texts=walk((text for item in members for text in (item.title, item.text, item.captions)), seen),
        places=walk([memory.places, memory.ids, memory.dues], seen),
        stories=walk([memory.stories], seen),
    )


def walk(roots: Iterable[Any], seen: set[int]) -> int:
    """Bytes of everything that can be reached and was not seen before."""
    total, left = 0, list(roots)
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, SHARED):
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        left.extend(gc.get_referents(one))
    return total
