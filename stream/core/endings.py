"""A word without its ending, so that `recalls` and `recalled` are one. Nothing else about the word enters."""

from typing import Final

from stream.core.words import is_figure

# By the last letter, the longest first: most new words of a wire are names, and end otherwise.
_ENDINGS: Final = {
    "s": ("ings", "ies", "ers", "es", "s"),
    "g": ("ing",),
    "d": ("ied", "ed"),
    "r": ("er",),
    "y": ("ly", "y"),
    "e": ("e",),
}
_LEAST: Final = 3  # letters that are left


def stem(word: str) -> str:
    """Of a folded word; figures keep theirs."""
    last = word[-1:]
    if len(word) < (4 if last == "s" else 5) or is_figure(word):
        return word
    for ending in _ENDINGS.get(last, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word[: -len(ending)]
            break
    if len(word) >= 4 and word[-1] == word[-2] and word[-1] not in "aeiou":
        return word[:-1]
    return word
