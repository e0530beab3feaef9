"""`python -m bench.wire --seed 7 --items 1000 [--out FILE]`: the wire as JSON lines."""

import sys
from pathlib import Path
from typing import BinaryIO

import click
import orjson

from bench.wire.stream import wire


@click.command()
@click.option("--seed", default=1, show_default=True, help="The same seed writes the same bytes.")
@click.option("--items", default=1000, show_default=True, help="How many.")
@click.option("--reissues", default=0.33, show_default=True, help="The share of them that come again.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
def main(seed: int, items: int, reissues: float, out: Path | None) -> None:
    """Write a made-up news wire as JSON lines."""
    if out is None:
        _write(sys.stdout.buffer, seed, items, reissues)
        return
    with out.open("wb") as file:
        _write(file, seed, items, reissues)


def _write(file: BinaryIO, seed: int, items: int, reissues: float) -> None:
    for item in wire(seed, items, reissues=reissues):
        file.write(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main()
