"""The engine: what decided, as a hash of the policy and of the libraries that measure. Settings may not enter."""

import unicodedata
from functools import cache

import ftfy
import rapidfuzz

from stream.core import conflicts, fingerprint, index, passage, policy, policy_story
from stream.core.clock import BELIEVED, REMEMBERED
from stream.core.ids import digest
from stream.core.lane import LANES

RULES = "2"  # raised by hand when a rule that is code, not table, decides otherwise


@cache
def engine() -> str:
    """12 hex digits; every decision carries them, and replay says the same for equal ones."""
    tables = (
        policy.FAMILY,
        policy.HEADLINE,
        policy.FLASH,
        policy_story.WEIGHTS,
        (policy_story.BIAS, policy_story.THRESHOLD, policy_story.CLEAR),
        (policy_story.ALIKE, policy_story.ALIKE_HEADLINES),
        policy.CARRIES,
        policy.WRAPS,
        policy.CARRIED_WORDS,
        policy.LEDE_WORDS,
        policy.WRAP_HEADLINE,
        sorted(passage.STOPWORDS),
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
            passage.TOLD_SHARE,
            passage.REWORDED_SHARE,
            passage.SLIP_SHARE,
            passage.SLIP_WORDS,
            passage.SLIP_LEAST,
            passage.TYPO,
        ),
    )
    libraries = (rapidfuzz.__version__, ftfy.__version__, unicodedata.unidata_version)
    return digest(RULES, repr(tables), repr(limits), *libraries)[:12]
