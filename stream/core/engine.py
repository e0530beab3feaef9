"""The engine: what decided, as a hash of the policy and of the libraries that measure. Settings may not enter."""

import unicodedata
from functools import cache

import ftfy
import rapidfuzz

from stream.core import conflicts, content, fingerprint, index, policy, telling
from stream.core.clock import BELIEVED, REMEMBERED
from stream.core.ids import digest
from stream.core.lane import LANES

RULES = "4"  # raised by hand when a rule that is code, not table, decides otherwise


@cache
def engine() -> str:
    """12 hex digits; every decision carries them, and replay says the same for equal ones."""
    tables = (
        policy.FAMILY,
        policy.HEADLINE,
        policy.FLASH,
        policy.NOTICE,
        policy.REWRITE,
        policy.GREW,
        policy.BRIEF,
        policy.BRIEF_WORDS,
        policy.FLASH_LATE,
        policy.SOON,
        policy.LONG_FLASH,
        policy.STORY,
        policy.CARRIES,
        policy.WRAPS,
        policy.CARRIED_WORDS,
        policy.LEDE_WORDS,
        policy.WRAP_HEADLINE,
        policy.MERGES,
        policy.MOST_MERGED,
        sorted(content.STOPWORDS),
        LANES,
    )
    limits = (
        *(
            fingerprint.MOST_WORDS,
            fingerprint.LEDE_SAMPLE,
            fingerprint.BODY_SAMPLE,
            fingerprint.FEWEST_SHINGLES,
        ),
        *(index.DEEPEST, index.MOST_CANDIDATES, BELIEVED, REMEMBERED, conflicts.APART),
        *(
            telling.TOLD_SHARE,
            telling.REWORDED_SHARE,
            telling.SLIP_SHARE,
            telling.SLIP_WORDS,
            telling.SLIP_LEAST,
            telling.TYPO,
        ),
    )
    libraries = (rapidfuzz.__version__, ftfy.__version__, unicodedata.unidata_version)
    return digest(RULES, repr(tables), repr(limits), *libraries)[:12]
