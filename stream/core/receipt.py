"""What is known of a delivery apart from what it says: headers, event time. Its text may not enter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stream.core.times import MINUTE, read_time

Headers = Mapping[str, bytes | str | None]

AHEAD = 15 * MINUTE  # a source's clock may run before ours by so much
# A time must be writable in RFC 3339 with a story's life added to it: from year 1 to the end of year 9998.
FIRST, LAST = -62_135_596_800_000, 253_370_764_799_999
ATTEMPT = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the headers say of a delivery. `kind` is the content type without its parameters."""

    source: str
    id: str
    kind: str
    received: int | None
    attempt: int | None
    flags: tuple[str, ...]


def read_receipt(headers: Headers) -> Receipt:
    """The headers that the front door knows; a value that cannot be read is flagged and counts as absent."""
    received, attempt = _header(headers, "received"), _header(headers, "attempt")
    moment, readable = read_ts(received), ATTEMPT.fullmatch(attempt)
    wrong = {"received": received and moment is None, "attempt": attempt and not readable}
    return Receipt(
        source=_header(headers, "source"),
        id=_header(headers, "id"),
        kind=_header(headers, "content-type").partition(";")[0].strip().lower(),
        received=moment,
        attempt=int(attempt) if readable else None,
        flags=tuple(f"{name}.unreadable" for name, is_wrong in wrong.items() if is_wrong),
    )


def _header(headers: Headers, name: str) -> str:
    value = headers.get(name) or ""
    return value if isinstance(value, str) else value.decode("utf-8", "backslashreplace")


def read_ts(given: Any) -> int | None:
    """A time as a source gives it; None for what is no ISO 8601 text, or outside the years 1 to 9998."""
    moment = read_time(given) if isinstance(given, str) else None
    return moment if moment is not None and FIRST <= moment <= LAST else None


def event_time(given: int | None, received: int | None) -> tuple[int, tuple[str, ...]]:
    """Event time and its flags: as given, at most 15 minutes after receipt; else that of receipt."""
    if given is None:
        return (0, ("ts.missing",)) if received is None else (received, ())
    if received is not None and given > received + AHEAD:
        return received + AHEAD, ("ts.capped",)
    return given, ()
