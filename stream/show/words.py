"""What a story's state and its events say alike, as words: headline, members, origins. No layout is here."""

from collections.abc import Mapping
from typing import Any

from stream.show.plain import count, plain

MOST_ORIGINS = 4

About = Mapping[str, Any]  # a state, or what an event carries; what is empty is absent


def headline(about: About, most: int = 0) -> str:
    return plain(about.get("headline", ""), most) or "(no headline)"


def told_by(about: About) -> str:
    """`2 members · 1 origin: Kyodo`."""
    members = count(about["members_count"], "member")
    return f"{members} · {count(_origins(about), 'origin')}: {origin_names(about)}"


def origin_names(about: About) -> str:
    """The first few, and how many more there are."""
    names = [plain(origin, 30) for origin in about.get("origins", ())[:MOST_ORIGINS]]
    beyond = _origins(about) - len(names)
    return ", ".join(names) + (f" and {beyond:,} more" if beyond > 0 else "")


def _origins(about: About) -> int:
    return int(about.get("origins_count", len(about.get("origins", ()))))
