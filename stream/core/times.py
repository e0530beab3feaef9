"""Times as the core knows them: integer milliseconds since 1970 UTC, ISO 8601 at the edges. The clock may not enter."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
SECOND = 1_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND


def read_time(text: str) -> int | None:
    """An ISO 8601 time or bare date as milliseconds; naive is UTC, a bare date 00:00 UTC; None if unreadable."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return (moment - EPOCH) // MILLISECOND
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=256)  # one item's time stands in its message, its events, its record and its story
def write_time(ms: int) -> str:
    """`2024-05-02T00:00:00.000Z`: RFC 3339, always with milliseconds, so that text order is time order."""
    return (EPOCH + ms * MILLISECOND).isoformat(timespec="milliseconds").replace("+00:00", "Z")
