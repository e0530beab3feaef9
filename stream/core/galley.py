"""A text set as sentences with the stems of their words, in one pass over its characters. What they say is not asked.

The kernel parts sentences as `sentences` does, and leaves to Python the chunks that are more than letters.
"""

from itertools import chain, islice
from typing import Final, NamedTuple

import numpy as np

from stream.core.compiled import compiled
from stream.core.parting import LISTED, LISTS, TEXT, Kinds, others_of, spans_of
from stream.core.plain_stems import chunks_of
from stream.core.scan import CRC, Bytes, Hashes
from stream.core.sentences import in_paragraph, paragraphs
from stream.core.stems import (
    CODES,
    KEYS,
    NAME_NOT_PLAIN,
    SIEVE,
    SIGNS,
    Ints,
    Longs,
    Marks,
    Signs,
)

_FOREIGN: Final = "。！？"  # sentences end at these without a space: left to Python


class Galley(NamedTuple):
    """`doubtful` are sentences that may say nothing (a credit, marks alone); `ends` holds for each sentence how many
    chunks there are up to its end. `stems` has one of each chunk, `NOT_PLAIN` or less where its own are still to be read from
    `others`, in order. `chunks` are the places of all chunks in the text; none where it was set by hand."""

    text: str
    chunks: Ints
    sentences: list[str]
    doubtful: list[int]
    ends: Ints
    stems: Longs
    others: list[str]


def signs_of(text: str) -> Signs:
    """Its UTF-16 units."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def galley(text: str, parting: int, most: int) -> Galley:
    """The first so many sentences that say something for sure, and those between them."""
    signs = signs_of(text)
    if len(signs) != len(text) or (not text.isascii() and any(map(text.__contains__, _FOREIGN))):
        return _set_by_hand(text, parting, most)
    chunks, stems, spans, others = _set(signs, parting, most, SIGNS, CRC, SIEVE, KEYS, CODES, LISTED, LISTS)
    told = spans.tolist()
    return Galley(
        text,
        chunks,
        [text[begin:end] for begin, end, _, _ in told],
        [number for number, (_, _, doubtful, _) in enumerate(told) if doubtful],
        spans[:, 3],
        stems,
        [text[begin:end] for begin, end in others.tolist()],
    )


@compiled
def _set(
    signs: Signs,
    parting: int,
    most: int,
    what: Marks,
    crc: Hashes,
    sieve: Bytes,
    keys: Hashes,
    codes: Longs,
    listed: Hashes,
    lists: Kinds,
) -> tuple[Ints, Longs, Ints, Ints]:
    """The chunks, their stems up to the last sentence, the sentences, and where what is not plain stands: one call, for
    each costs as much as two hundred words do."""
    chunks, stems = chunks_of(signs, parting == TEXT, what, crc, sieve, keys, codes)
    spans = spans_of(signs, chunks, stems, parting, most, what, crc, listed, lists)
    stems = stems[: spans[-1, 3]] if len(spans) else stems[:0]
    return chunks, stems, spans, others_of(chunks, stems)


def _set_by_hand(text: str, parting: int, most: int) -> Galley:
    """The same in Python, for what has characters of two UTF-16 units or sentences without spaces between them."""
    pieces = paragraphs(text) if parting == TEXT else [text]
    every = (
        chain.from_iterable(map(in_paragraph, pieces)) if parting else [text.strip()] if text.strip() else []
    )
    sentences = list(islice(every, 2 * most))
    chunks = [sentence.split() for sentence in sentences]
    ends = np.cumsum([len(each) for each in chunks], dtype=np.int32)
    others = list(chain.from_iterable(chunks))
    stems = np.full(len(others), NAME_NOT_PLAIN, np.int64)
    return Galley(
        text, np.empty((0, 3), np.int32), sentences, list(range(len(sentences))), ends, stems, others
    )
