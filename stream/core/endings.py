"""A word without its ending, so that `recalls` and `recalled` are one. Nothing else about the word enters."""

from typing import Final

from stream.core.words import is_figure

_ENDINGS: Final = ("ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "e", "y")


def stem(word: str) -> str:
    """Of a folded word; figures keep theirs."""
    if is_figure(word):
        return word
    least = 4 if word.endswith("s") else 5
    if len(word) >= least:
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 3), "")
        word = word[: len(word) - len(ending)]
        if len(word) >= 4 and word[-1] == word[-2] and word[-1] not in "aeiou":
            return word[:-1]
    return word
