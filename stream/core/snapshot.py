"""A memory as flat columns and back: what a snapshot keeps of a lane, so that nothing is folded again. No I/O enters.

Numbers are arrays; words are JSON. What is asked for one by one, stories and places, is made when it is asked for.
"""

from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stream.core.clock import Clock
from stream.core.codec import decode, encode
from stream.core.cold import Cold
from stream.core.index import Index
from stream.core.layer import Layer
from stream.core.memory import Memory
from stream.core.morgue import Morgue
from stream.core.place import Place, Shrunk
from stream.core.story import Ref, Story
from stream.core.story_kept import Items, read_story, write_story

Column = NDArray[Any]
Columns = dict[str, Column]

PLACE_WORDS = ("id", "source", "identity", "story", "family")


def write_memory(memory: Memory, shrunk: Sequence[Shrunk] = ()) -> Columns:
    """Between two batches: no layer stands on it. The arrays may be the memory's own tables. `shrunk` has what the memory
    gave out to be written, and has not been yet."""
    return {
        "lane": _json(_few(memory, shrunk)),
        **_stories(memory),
        **_places(memory),
        **_dues(memory),
        **{f"morgue.{name}": column for name, column in memory.morgue.written().items()},
        **{
            f"index.{at}.{name}": column
            for at, tables in enumerate(memory.index.written())
            for name, column in tables.items()
        },
    }


def read_memory(columns: Mapping[str, Column], items: Items) -> Memory:
    """The memory that was written; `items` gives those of its stories' members, when they are asked for. The columns stay in
    use: nobody may change them."""
    few = _read_json(columns["lane"])
    memory = Memory(few["lane"], few["life"])
    memory.number = few["number"]
    clock = few["clock"]
    memory.clock = Clock(**{**clock, "recent": tuple(clock["recent"]), "run": tuple(clock["run"])})
    memory.closed = deque(few["closed"])
    memory.shrinking = [Shrunk(**{**one, "closed": tuple(one["closed"])}) for one in few["shrinking"]]
    _read_bonds(memory, few["bonds"])
    memory.stories = _read_stories(columns, items)
    _read_places(memory, columns)
    _read_dues(memory, columns)
    memory.morgue = Morgue.read(_under(columns, "morgue."))
    count = len({name.split(".")[1] for name in columns if name.startswith("index.")})
    memory.index = Index.read([_under(columns, f"index.{at}.") for at in range(count)])
    return memory


def _few(memory: Memory, shrunk: Sequence[Shrunk]) -> dict[str, Any]:
    """Of which there are few."""
    return {
        "lane": memory.lane,
        "life": memory.life,
        "number": memory.number,
        "clock": asdict(memory.clock),
        "closed": list(memory.closed),
        "shrinking": [asdict(one) for one in (*shrunk, *memory.shrinking)],
        "bonds": {
            name: list(getattr(memory.bonds, name).own.items())
            for name in ("into", "parted", "waiting", "closers")
        },
    }


def _read_bonds(memory: Memory, bonds: dict[str, list[list[Any]]]) -> None:
    for name, pairs in bonds.items():
        layer = getattr(memory.bonds, name)
        for key, value in pairs:
            layer.put(key, tuple(value) if isinstance(value, list) else value)


def _stories(memory: Memory) -> Columns:
    """Those that were never asked for since they were read are written as they were read."""
    names, ends, blob = list[str](), array("q"), bytearray()  # one behind the other: a million are a gigabyte
    for name, written in _written(memory.stories):
        blob += written
        names.append(name)
        ends.append(len(blob))
    return {
        "story.names": _json(names),
        "story.ends": np.array(ends, np.int64),
        "story.bytes": np.frombuffer(blob, np.uint8),
    }


def _written(stories: Layer[str, Story]) -> Iterator[tuple[str, bytes]]:
    for name, story in stories.own.items():
        if story:
            yield name, write_story(story)
    if isinstance(stories, ColdStories):
        for name, row in stories.rows.items():
            yield name, stories.written(row)


class ColdStories(Cold[str, Story]):
    """Stories as bytes, one behind the other."""

    __slots__ = ("blob", "ends")

    def __init__(self, names: list[str], ends: Column, blob: Column, items: Items) -> None:
        super().__init__(
            dict(zip(names, range(len(names)), strict=True)), lambda row: read_story(self.written(row), items)
        )
        self.ends, self.blob = ends, blob

    def written(self, row: int) -> bytes:
        begin = int(self.ends[row - 1]) if row else 0
        return self.blob[begin : int(self.ends[row])].tobytes()


def _read_stories(columns: Mapping[str, Column], items: Items) -> ColdStories:
    names = _read_json(columns["story.names"])
    return ColdStories(names, columns["story.ends"], columns["story.bytes"], items)


def _places(memory: Memory) -> Columns:
    places = [
        (number, place) for number in list(memory.places) if (place := memory.places.get(number)) is not None
    ]
    number = np.array([number for number, _ in places], np.int64)
    befores = [len(place.before) for _, place in places]
    return {
        "place.number": number,
        "place.ts": np.array([place.ts for _, place in places], np.int64),
        "place.ticks": np.array([place.ticks for _, place in places], np.int64),
        "place.wrap": np.array([place.wrap for _, place in places], np.bool_),
        "place.ends": np.cumsum(befores, dtype=np.int64),
        "place.before": np.array([one for _, place in places for one in place.before], np.int64),
        **{f"place.{name}": _json([getattr(p.ref, name) for _, p in places]) for name in PLACE_WORDS[:3]},
        **{f"place.{name}": _json([getattr(p, name) for _, p in places]) for name in PLACE_WORDS[3:]},
        "latest": np.array([n for n in memory.ids.own.values() if n is not None], np.int64),
    }


def _read_places(memory: Memory, columns: Mapping[str, Column]) -> None:
    """Places, and by source and id the latest of them."""
    numbers = columns["place.number"].tolist()
    rows = dict(zip(numbers, range(len(numbers)), strict=True))
    ids, sources, identities, stories, families = (
        _read_json(columns[f"place.{name}"]) for name in PLACE_WORDS
    )
    ts, ticks, wrap = (columns[f"place.{name}"] for name in ("ts", "ticks", "wrap"))
    ends, before = columns["place.ends"], columns["place.before"]

    def place(row: int) -> Place:
        first = int(ends[row - 1]) if row else 0
        ref = Ref(ids[row], sources[row], identities[row])
        heads = tuple(before[first : int(ends[row])].tolist())
        told = stories[row], families[row], int(ts[row]), int(ticks[row])
        return Place(ref, *told, heads, bool(wrap[row]))

    latest = columns["latest"].tolist()
    memory.ids.own.update({(sources[row := rows[number]], ids[row]): number for number in latest})
    memory.places = Cold(rows, place)


def _dues(memory: Memory) -> Columns:
    dues = memory.dues.own
    return {
        "due.until": np.array([due[0] for due in dues], np.int64),
        "due.number": np.array([due[1] for due in dues], np.int64),
        "due.story": _json([due[2] for due in dues]),
    }


def _read_dues(memory: Memory, columns: Mapping[str, Column]) -> None:
    """A heap that was written in its order is one when it is read."""
    untils, numbers = columns["due.until"].tolist(), columns["due.number"].tolist()
    memory.dues.own = list(zip(untils, numbers, _read_json(columns["due.story"]), strict=True))


def _under(columns: Mapping[str, Column], prefix: str) -> dict[str, Column]:
    return {name.removeprefix(prefix): column for name, column in columns.items() if name.startswith(prefix)}


def _json(value: Any) -> Column:
    return np.frombuffer(encode(value), np.uint8)


def _read_json(column: Column) -> Any:
    return decode(column.tobytes())
