"""How rare a word is in its language, by a table of word frequencies that never changes. No item and no story enters.

A rarity counted over what lives would let a stranger's item shift every score. This one is the same for two texts
whatever else there is, after a restart, and on every machine.
"""

from functools import cache
from typing import Final
from zlib import crc32

import wordfreq

from stream.core.endings import stem
from stream.core.logs import log16
from stream.core.seen import HASH
from stream.core.words import folded, is_figure

RARITY_BITS: Final = 7
STEPS: Final = 8  # of a rarity in one doubling
RAREST: Final = 10 * STEPS  # of what no table has: names, above all
UNLISTED: Final = 6 * STEPS  # of every word of a language without a table
FIGURES: Final = (
    4 * STEPS,
    4 * STEPS,
    5 * STEPS,
    7 * STEPS,
)  # by how many digits more than one; the last for more
READ: Final = 250  # words of a report, as the table counts single words
_WHOLE: Final = 1_000_000_000
ONE: Final = 10**30  # of all that is written: shares are whole numbers
RARER: Final = 977_237_220_955_810_682_697_076_006_961  # in parts of `ONE`: the hundredth root of a tenth
_FINE: Final = 10  # doublings above which a logarithm is taken
_ALSO: Final = {"no": "nb", "sr": "sh", "hr": "sh", "bs": "sh", "tl": "fil"}  # languages by another's table


def coded(word: str, lane: str) -> int:
    """A folded word's stem as a number: its hash, and below it how rare it is; never 0, which is a mark.

    CRC-32: the same on every machine, unlike hash().
    """
    stemmed = stem(word)
    code = _code(stemmed) << RARITY_BITS & HASH
    return max(code | rarity(stemmed, lane), 1)


def rarity(stemmed: str, lane: str) -> int:
    """In eighths of a doubling: of how few reports in its language have the word, at most `RAREST`."""
    if is_figure(stemmed):
        return FIGURES[min(len(stemmed), len(FIGURES)) - 1]
    table = listed(lane)
    if not table:
        return UNLISTED
    return table.get(_code(stemmed)) or table.get(_code(stem(stemmed)), RAREST)  # `envoys` is not, `envoy` is


def listed(lane: str) -> dict[int, int]:
    """Rarities by CRC-32 of the stem; empty for a language that nobody has counted."""
    return _table(_ALSO.get(lane, lane))


@cache
def _table(language: str) -> dict[int, int]:
    if language not in wordfreq.available_languages("small"):
        return {}
    shares: dict[int, int] = {}
    share = ONE
    # Each list is a hundredth of a power of ten rarer than the one before. The shares that wordfreq itself gives are
    # floats, by a power that another machine may round otherwise.
    for as_rare in wordfreq.get_frequency_list(language, "small"):
        for stemmed in (_code(stem(word)) for written in as_rare for word in folded(written)):
            shares[stemmed] = shares.get(stemmed, 0) + share
        share = share * RARER // ONE
    return {stemmed: _rarity(share) for stemmed, share in shares.items()}


def _code(stemmed: str) -> int:
    return crc32(stemmed.encode("utf-8", "surrogatepass"))


def _rarity(share: int) -> int:
    """Of the reports that have a word of that share, among as many as tell the rarest apart. Whole numbers throughout:
    no machine's logarithm is asked."""
    expected = READ * ((share * _WHOLE + ONE // 2) // ONE)
    having = expected * _WHOLE // (expected + _WHOLE)
    return log16((_WHOLE << _FINE) // (having + (_WHOLE >> RAREST // STEPS))) // 2 - _FINE * STEPS
