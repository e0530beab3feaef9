"""Words of a text found again by their number, so that only those around them are read. No other text enters."""

import numpy as np

from stream.core.compiled import compiled
from stream.core.galley import Galley
from stream.core.spelling import AMERICAN
from stream.core.stems import CENT, NAMED, NO_WORD, NOT_PLAIN, PER, Ints, Longs, stems_of
from stream.core.words import words, words_up_to


def words_of(set_: Galley, at: int, size: int) -> list[str]:
    """So many words of a text from the word `at` on, folded; what is beyond its last sentence is read from the start."""
    codes = [stems_of(chunk) for chunk in set_.others]
    counts = np.array([len(one) // 8 for one in codes], np.int32)
    first, last, before = _chunks(set_.stems, np.frombuffer(b"".join(codes), np.int64), counts, at, size, PER)
    if last < 0 or not len(set_.chunks):
        return words_up_to(set_.text, at + size)[at:]
    begin, end = int(set_.chunks[first, 0]), int(set_.chunks[last, 1])
    said = set_.text[begin:end]
    return (_letters(said) or words(said))[at - before :][:size]


def _letters(text: str) -> list[str]:
    """`words` of what is letters alone, but for marks at the ends of chunks; none where there is more."""
    chunks = [chunk.strip(',."()') for chunk in text.lower().split()]
    if not (text.isascii() and "".join(chunks).isalpha()) or "cent" in chunks or "" in chunks:
        return []
    return [AMERICAN.get(chunk, chunk) for chunk in chunks]


@compiled
def _chunks(stems: Longs, more: Longs, counts: Ints, at: int, size: int, per: int) -> tuple[int, int, int]:
    """The chunk with which the reading of the word `at` begins, the one up to which it is read, for `per cent` is one
    word, and how many words there are before the first; -1 for the second where the words are fewer.
    """
    first = before = count = used = other = 0
    last_code = NO_WORD
    for chunk in range(len(stems)):
        plain = stems[chunk] > NOT_PLAIN
        here = 0 if stems[chunk] == NO_WORD else 1 if plain else int(counts[other])
        for word in range(here):
            code = (int(stems[chunk]) if plain else int(more[used + word])) & ~NAMED
            joined = code & CENT and last_code == per
            if word == 0 and not joined and count <= at:
                first, before = chunk, count
            count, last_code = count if joined else count + 1, NO_WORD if joined else code
        if not plain:
            used, other = used + here, other + 1
        if count > at + size:
            return first, chunk, before
    return first, len(stems) - 1 if count >= at + size and last_code != per else -1, before
