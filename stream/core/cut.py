"""Keeping messages small: texts and lists cut to a size, marked with what they were. Meaning may not enter."""

from collections.abc import Iterable
from hashlib import sha256

MOST_TEXT = 2_048  # bytes of one text in an event or a state
MOST_NAME = 256  # bytes of an id, a source, a name
MOST_LISTED = 20
MOST_MESSAGE = 65_536


def cut(text: str, most: int = MOST_TEXT) -> str:
    """`text`, or its first `most` bytes with its whole length and hash: `… [cut: 5120 bytes, sha256 1f8b…]`."""
    if len(text) * 4 <= most:  # no character has more than four bytes
        return text
    raw = text.encode("utf-8", "replace")
    if len(raw) <= most:
        return text
    return f"{raw[:most].decode('utf-8', 'ignore')}… [cut: {len(raw)} bytes, sha256 {sha256(raw).hexdigest()[:32]}]"


def cut_all(texts: Iterable[str], most: int = MOST_TEXT) -> list[str]:
    """The first texts that together stay under `most` bytes, and how many there were beyond them."""
    listed: list[str] = []
    left, beyond = most, 0
    for text in texts:
        short = cut(text, most)
        size = len(short.encode("utf-8", "replace"))
        if beyond or len(listed) == MOST_LISTED or (listed and size > left):
            beyond += 1
            continue
        listed.append(short)
        left -= size
    return [*listed, f"… [cut: {beyond} more]"] if beyond else listed
