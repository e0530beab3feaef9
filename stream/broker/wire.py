"""What a Produce request of the Kafka protocol would append, read from its bytes. Nothing is sent here."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

SHORT, INT = Struct(">h"), Struct(">i")
PRODUCE = b"\x00\x00"  # the API key, the first two bytes of a request
FIRST_FLEXIBLE = 9  # from this version on lengths are varints and every structure ends in tags
LAST = 12  # version 13 names topics by an id; librdkafka's mock takes up to 10


@dataclass(frozen=True, slots=True)
class Append:
    """One batch of records for one partition: its size as sent is its size as stored."""

    topic: str
    partition: int
    size: int


class UnreadableError(ValueError):
    """Not a Produce request as the protocol has them."""


class _Cursor:
    __slots__ = ("at", "flexible", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at, self.flexible = raw, 0, False

    def skip(self, size: int) -> int:
        """Past `size` bytes; gives where they began."""
        start, self.at = self.at, self.at + size
        if self.at > len(self.raw):
            raise UnreadableError(f"a field ends at byte {self.at} of {len(self.raw)}")
        return start

    def short(self) -> int:
        return int(SHORT.unpack_from(self.raw, self.skip(SHORT.size))[0])

    def integer(self) -> int:
        return int(INT.unpack_from(self.raw, self.skip(INT.size))[0])

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.raw[self.skip(1)]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def text(self) -> str:
        size = max(self.varint() - 1 if self.flexible else self.short(), 0)
        start = self.skip(size)
        return self.raw[start : self.at].decode("utf-8", "replace")

    def length(self) -> int:
        """Of an array or of bytes; -1 is null."""
        return self.varint() - 1 if self.flexible else self.integer()

    def tags(self) -> None:
        if self.flexible:
            for _ in range(self.varint()):
                self.varint()
                self.skip(self.varint())


def appends(request: bytes) -> Iterator[Append]:
    """Of a Produce request without its length: request header, transactional id, acks, timeout, topics."""
    cursor = _Cursor(request)
    cursor.skip(2)
    version = cursor.short()
    if not 0 <= version <= LAST:
        raise UnreadableError(f"Produce version {version}; 0 to {LAST} are known here")
    cursor.skip(4)  # the correlation id
    cursor.text()  # the client's id: never compact, whatever the version
    cursor.flexible = version >= FIRST_FLEXIBLE
    cursor.tags()
    if version >= 3:
        cursor.text()  # the transactional id
    cursor.skip(6)  # acks and the timeout
    for _ in range(cursor.length()):
        yield from _topic(cursor)
    cursor.tags()


def _topic(cursor: _Cursor) -> Iterator[Append]:
    topic = cursor.text()
    for _ in range(cursor.length()):
        partition = cursor.integer()
        size = max(cursor.length(), 0)
        cursor.skip(size)
        cursor.tags()
        yield Append(topic, partition, size)
    cursor.tags()
