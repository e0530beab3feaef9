"""Keeping messages small: texts and lists cut to a size, marked with what they were. Meaning may not enter."""

from collections.abc import Iterable
from hashlib import sha256

from stream.core.codec import encode

MOST_TEXT = 2_048  # bytes, as JSON, of one text in an event or a state
MOST_NAME = 256  # bytes of an id, a source, a name
MOST_LISTED = 20
MOST_MESSAGE = 65_536


def cut(text: str, most: int = MOST_TEXT) -> str:
    """`text`, or what of it takes `most` bytes as JSON, with its whole length and hash:
    `… [cut: 5120 bytes, sha256 1f8b…]`."""
    if len(text) * 6 <= most or _size(text) <= most:  # no character takes more than six
        return text
    raw = text.encode("utf-8", "replace")
    short = text[:most]
    while (size := _size(short)) > most:
        short = short[: len(short) * most // size]
    return f"{short}… [cut: {len(raw)} bytes, sha256 {sha256(raw).hexdigest()[:32]}]"


def cut_all(texts: Iterable[str], most: int = MOST_TEXT) -> list[str]:
    """The first texts that together take `most` bytes as JSON, and how many there were beyond them."""
    listed: list[str] = []
    left, beyond = most, 0
    for text in texts:
        short = cut(text, most)
        size = _size(short)
        if beyond or len(listed) == MOST_LISTED or (listed and size > left):
            beyond += 1
            continue
        listed.append(short)
        left -= size
    return [*listed, f"… [cut: {beyond} more]"] if beyond else listed


def _size(text: str) -> int:
    return len(encode(text))
