"""The other ways to write a word: spellings, synonyms, the phrases of a rewrite, and slips of the hand."""

import re
from collections.abc import Callable, Mapping
from random import Random

from bench.wire.names import one

BRITISH: Mapping[str, str] = {
    "percent": "per cent", "pct": "per cent", "mln": "million", "bln": "billion", "program": "programme",
    "labor": "labour", "center": "centre", "theater": "theatre", "harbor": "harbour", "defense": "defence",
    "license": "licence", "travelers": "travellers", "organizers": "organisers", "aluminum": "aluminium",
    "sulfur": "sulphur", "meters": "metres", "millimeters": "millimetres", "kilometers": "kilometres",
    "kilometer": "kilometre", "centimeters": "centimetres", "harmonize": "harmonise", "legalize": "legalise",
    "modernize": "modernise", "privatize": "privatise", "stabilize": "stabilise", "harmonized": "harmonised",
    "legalized": "legalised", "modernized": "modernised", "privatized": "privatised", "leveled": "levelled",
    "stabilized": "stabilised", "neighbors": "neighbours", "favoring": "favouring",
    "criticized": "criticised", "initialed": "initialled", "sizable": "sizeable", "tons": "tonnes",
}  # fmt: skip
WIRE: Mapping[str, str] = {
    "percent": "pct", "per cent": "pct", "million": "mln", "billion": "bln", "dollars": "dlrs",
    "kilometers": "km", "kilometer": "km", "kilometres": "km", "kilometre": "km",
}  # fmt: skip
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "said": ("added", "stated", "told reporters"), "about": ("around", "roughly"), "some": ("a number of",),
    "will": ("is to", "shall"), "would": ("was to", "should"), "new": ("additional", "fresh"),
    "profit": ("earnings",), "agreed": ("decided", "consented"), "expected": ("forecast", "anticipated"),
    "people": ("persons", "men and women"), "killed": ("claimed the lives of",),
    "rose": ("climbed", "went up"),
    "fell": ("declined", "dropped"), "between": ("from among", "involving"), "after": ("following",),
    "before": ("ahead of",), "under": ("in terms of",), "among": ("amid",), "company": ("group", "firm"),
    "last": ("previous", "past"), "near": ("close to",), "because of": ("owing to",), "asked": ("requested",),
    "against": ("compared with",), "talks": ("discussions", "negotiations"), "plan": ("proposal", "scheme"),
    "according to": ("in the words of",), "wants": ("wishes",), "began": ("started",), "ended": ("finished",),
    "showed": ("indicated",), "called": ("termed",), "may": ("might",), "while": ("whereas",),
    "most of": ("the bulk of",), "vs": ("versus", "against"), "sales": ("turnover",), "net": ("after-tax",),
}  # fmt: skip
INTROS = ("In a fresh development, ", "Updating earlier reports, ", "Adding details from a statement, ")
TAILS = (
    ", the latest figures showed",
    ", people familiar with the matter said",
    ", officials confirmed late in the day",
    ", a spokesman said",
)


def _either(keys: Mapping[str, object]) -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(sorted(keys, key=len, reverse=True)) + r")\b", re.IGNORECASE)


SPELT = tuple((table, _either(table)) for table in (BRITISH, WIRE))
MEANT = _either(SYNONYMS)


def cased(like: str, word: str) -> str:
    return word[0].upper() + word[1:] if like[0].isupper() else word


def respell(rng: Random, text: str) -> str:
    """In another house's spelling; as it was where no word of it has two."""
    table, pattern = SPELT[int(rng.random() * 2)]
    return pattern.sub(lambda found: cased(found[0], table[found[0].lower()]), text)


def reword(rng: Random, often: float) -> Callable[[str], str]:
    """One of the words that mean nearly the same, as often as asked."""

    def other(found: re.Match[str]) -> str:
        word = found[0]
        return cased(word, one(rng, SYNONYMS[word.lower()])) if rng.random() < often else word

    return lambda text: MEANT.sub(other, text)


def slip(rng: Random, word: str) -> str:
    """Two letters swapped, or one dropped or doubled. A word of three letters, or not of letters, stays."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = 1 + int(rng.random() * (len(word) - 2))
    way = int(rng.random() * 3)
    if way == 0 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if way == 1 else word[:at] + word[at] + word[at:]
