"""JSON as it comes: bytes to a value, or the reason why not. What the value means may not enter."""

import re
from dataclasses import dataclass
from typing import Any

import orjson

from stream.core.codec import decode

BOM = b"\xef\xbb\xbf"
# orjson reads 1,024 levels and writes 254: what is read must be writable inside an item and a record.
DEEPEST = 100
CUT = "… nested too deep to be kept: the whole is in the bytes as they came"
# Escaped pairs and other escapes are matched first, so that only a lone surrogate is left to mend.
ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Unread:
    """Bytes that are not JSON: what was wrong and where."""

    reason: str


def read_json(raw: bytes) -> Any:
    """The value, or an `Unread`. A byte order mark is dropped; a lone surrogate escape becomes U+FFFD."""
    text = raw.removeprefix(BOM)
    try:
        return decode(text)
    except orjson.JSONDecodeError as error:
        return not_utf8(text) or _read_mended(text, error)


def not_utf8(raw: bytes) -> Unread | None:
    """Where the bytes stop being UTF-8, if they do."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return Unread(f"not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}")
    return None


def _read_mended(text: bytes, error: orjson.JSONDecodeError) -> Any:
    """Python's and JavaScript's encoders write lone surrogates as escapes; orjson alone refuses them."""
    try:
        return decode(ESCAPE.sub(lambda m: rb"\ufffd" if m[1] else m[0], text))
    except orjson.JSONDecodeError:
        return Unread(f"broken JSON at line {error.lineno}, column {error.colno}: {error.msg}")


def too_deep(value: Any, levels: int = DEEPEST) -> bool:
    """Whether lists and objects are nested in one another more than so many times."""
    level = [value]
    for _ in range(levels):
        level = [inner for outer in level for inner in _inner(outer) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _inner(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def shallow(value: Any, levels: int = DEEPEST) -> Any:
    """The value with everything below so many levels replaced by a note."""
    if not isinstance(value, dict | list):
        return value
    if levels == 0:
        return CUT
    if isinstance(value, dict):
        return {name: shallow(inner, levels - 1) for name, inner in value.items()}
    return [shallow(inner, levels - 1) for inner in value]
