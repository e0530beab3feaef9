"""Where the checks stand: the wire, a folder to write in, how progress is told. No product code enters."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
ITEMS = Path("wire-1987", "items.jsonl")

Say = Callable[[str], None]


def place() -> Path:
    """The folder of real wires: SLUGLINE_DATA, else ../shared/data beside the clone, there or not."""
    return Path(os.environ.get("SLUGLINE_DATA") or ROOT.parent / "shared" / "data").resolve()


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many items each check takes; `whole` takes all there are. `held_back` is the share that is sent only
    after the last kill, so that a kill among few items is in the middle of them."""

    same: int = 2_000  # twice in one raw partition of the embedded broker: 4.6 of its 5 MiB
    killed: int = 5_000
    killed_embedded: int = 2_000
    fields: int = 3_000
    held_back: float = 0.0


@dataclass(frozen=True, slots=True)
class Ground:
    """`wire` is a file of JSON lines; `folder` is ours and goes with the run; `say` takes lines of progress."""

    wire: Path
    folder: Path
    say: Say
    sizes: Sizes = Sizes()

    def first(self, count: int | None, after: int = 0) -> tuple[Path, int]:
        """A file of the items of the wire up to `count`, all for None, but the first `after`; and their number."""
        path = self.folder / f"items-{after}-{count or 'all'}.jsonl"
        with self.wire.open("rb") as lines:
            taken = list(islice(lines, after, count))
        path.write_bytes(b"".join(taken))
        return path, len(taken)
