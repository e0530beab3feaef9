"""What is measured of an item and a story, by name and place: every measure is one that an editor can check. No text enters.

Shares are parts of a hundred; what counts rare words is in sixteenths of a doubling (`logs`).
"""

from typing import Final

from stream.core.facts import FACTS

MEASURES: Final = (
    "known", "headline", "rarity", "core", "top name", "new names", "best", "second", "within", "lead", "its lead",
    "titles", "shared", "names", "days", "size", "headlines", "length",
    "profile", "heart", "top word", "its top word", "lead names", "same source", "new headline", "strangers",
    *(f"{agree} {fact}" for fact in FACTS for agree in ("same", "other")),
)  # fmt: skip
(
    KNOWN, HEADLINE, RARITY, CORE, TOP_NAME, NEW_NAMES, BEST, SECOND, WITHIN, LEAD, ITS_LEAD,
    TITLES, SHARED, NAMES, DAYS, SIZE, HEADLINES, LENGTH,
    PROFILE, HEART, TOP_WORD, ITS_TOP_WORD, LEAD_NAMES, SAME_SOURCE, NEW_HEADLINE, STRANGERS, FIRST_FACT,
) = range(27)  # fmt: skip
