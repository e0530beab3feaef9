"""A volume on disk: RocksDB, written in one batch with how far the changelog has been read. No broker and no fold enters.

A killed process loses nothing of it; a machine that goes down may lose the newest, which the changelog has.
"""

import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from rocksdict import BlockBasedOptions, Cache, DBCompressionType, Options, Rdict, WriteBatch

from stream.core.codec import decode, encode
from stream.worker.volume import Pair, Standing, Volume, newborn

# Keys: a record by its identity, an identity by when it was kept, and the standing.
RECORD, ORDER, STANDING = b"r", b"o", b"s"
AFTER_RECORDS, AFTER_ORDER = b"s", b"p"
BLOOM_BITS = 10  # of a key: nearly all that is asked for is not there
CACHE_BYTES, BUFFER_BYTES = 8 << 20, 16 << 20  # of a partition, beside what the system keeps of its files

log = logging.getLogger("slugline.worker")


class OnDisk(Volume):
    """In a folder of its own, which no other process may have open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._db = _opened(folder)
        self.closed = False
        said: Any = self._db.get(STANDING)
        super().__init__(Standing(**decode(said)) if said else newborn())

    def _write(self, pairs: Sequence[Pair], at: Standing) -> None:
        batch = WriteBatch(raw_mode=True)
        for number, (key, value) in enumerate(pairs, self.standing.kept):
            if value is None:
                batch.delete(RECORD + key)
            else:
                batch.put(RECORD + key, value)
            batch.put(_ordered(number), key)
        batch.put(STANDING, encode(asdict(at)))
        self._db.write(batch)

    def record(self, key: bytes) -> bytes | None:
        found: Any = self._db.get(RECORD + key)
        return found  # type: ignore[no-any-return]  # bytes or None, as it was put

    def records(self) -> Iterator[tuple[bytes, bytes]]:
        for key, value in self._from(RECORD, AFTER_RECORDS):
            yield key[len(RECORD) :], value

    def since(self, kept: int) -> Iterator[bytes] | None:
        if not self.standing.ordered <= kept <= self.standing.kept:
            return None
        return self._since(kept)

    def _from(self, first: bytes, after: bytes) -> Iterator[tuple[bytes, bytes]]:
        items: Any = self._db.items(from_key=first)
        return takewhile(lambda item: item[0] < after, items)

    def _since(self, kept: int) -> Iterator[bytes]:
        keys = dict.fromkeys(key for _, key in self._from(_ordered(kept), AFTER_ORDER))
        for key in keys:
            if (value := self.record(key)) is not None:
                yield value

    def forget_order(self, kept: int) -> None:
        """In what order the first so many came, nobody will ask again."""
        at = replace(self.standing, ordered=max(kept, self.standing.ordered))
        batch = WriteBatch(raw_mode=True)
        batch.delete_range(_ordered(0), _ordered(at.ordered))
        batch.put(STANDING, encode(asdict(at)))
        self._db.write(batch)
        self.standing = at

    def wipe(self) -> None:
        self._db.close()
        shutil.rmtree(self._folder)
        self._db = _opened(self._folder)
        self.standing = newborn()

    def close(self) -> None:
        self.closed = True
        self._db.close()


def _ordered(number: int) -> bytes:
    return ORDER + number.to_bytes(8, "big")


def _opened(folder: Path) -> Rdict:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return Rdict(str(folder), _options())
    except Exception as broken:  # whatever it is: all of it is on the changelog
        log.warning("records in %s cannot be read, and are read from the changelog: %s", folder, broken)
        shutil.rmtree(folder)
        folder.mkdir()
        return Rdict(str(folder), _options())


def _options() -> Options:
    options, blocks = Options(raw_mode=True), BlockBasedOptions()
    options.create_if_missing(True)
    options.set_compression_type(DBCompressionType.lz4())
    options.set_bottommost_compression_type(DBCompressionType.zstd())
    options.set_write_buffer_size(BUFFER_BYTES)
    options.set_max_background_jobs(2)
    options.set_keep_log_file_num(2)
    blocks.set_bloom_filter(BLOOM_BITS, False)
    blocks.set_block_cache(Cache(CACHE_BYTES))
    options.set_block_based_table_factory(blocks)
    return options
