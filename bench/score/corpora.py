"""The sets that the folder of real wires may hold, by the name that the table gives them. Nothing is judged here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.checks.fields import Line
from bench.checks.ground import ITEMS
from bench.score.gold import Gold
from bench.score.pairs import Pairs
from bench.score.resends import Resends
from bench.score.stories import Stories
from stream.core.codec import decode


@dataclass(frozen=True, slots=True)
class Corpus:
    """Its files, the stream first, and how gold is read from their lines."""

    files: tuple[Path, ...]
    gold: Callable[..., Gold]

    def there(self, folder: Path) -> bool:
        return all((folder / file).is_file() for file in self.files)

    def stream(self, folder: Path) -> Path:
        return folder / self.files[0]

    def read(self, folder: Path) -> Gold:
        return self.gold(*(lines(folder / file) for file in self.files))


def _stories(name: str) -> Corpus:
    return Corpus((Path("stories", f"{name}.jsonl"),), Stories.of)


CORPORA: Mapping[str, Corpus] = {
    "pairs": Corpus((ITEMS, Path("wire-1987", "pairs.jsonl")), Pairs.of),
    "resends": Corpus((Path("wire-1987", "resends.jsonl"),), Resends.of),
    **{name: _stories(name) for name in ("incidents", "ecbplus", "headlines", "scoop")},
}


def lines(path: Path) -> Sequence[Line]:
    return [decode(line) for line in path.read_bytes().splitlines()]
