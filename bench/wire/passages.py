"""What an edit may do to the paragraphs of a copy, whichever edit it is. Whose copy it is may not enter."""

import re
from collections.abc import Callable, Sequence
from random import Random

from bench.wire.names import number, one
from bench.wire.story import Paragraphs
from bench.wire.wordings import TAILS, slip

FIGURE = re.compile(r"(?<![\d.,])\d{2,3}(?![\d.,]\d)")


def each(paragraphs: Paragraphs, change: Callable[[str], str]) -> Paragraphs:
    return tuple(tuple(change(sentence) for sentence in paragraph) for paragraph in paragraphs)


def on_lede(paragraphs: Paragraphs, change: Callable[[str], str]) -> Paragraphs:
    first, *rest = paragraphs[0]
    return ((change(first), *rest), *paragraphs[1:])


def regroup(sentences: Sequence[str], like: Paragraphs) -> Paragraphs:
    """The same sentences in paragraphs as long as those of `like`."""
    queue = iter(sentences)
    return tuple(tuple(next(queue) for _ in paragraph) for paragraph in like)


def spliced(paragraphs: Paragraphs, at: int, new: Sequence[str]) -> Paragraphs:
    return (*paragraphs[:at], tuple(new), *paragraphs[at:])


def with_tail(rng: Random, paragraphs: Paragraphs) -> Paragraphs:
    """`, a spokesman said` after one sentence that ends with a full stop."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    at = int(rng.random() * min(3, len(sentences)))
    if sentences[at].endswith("."):
        sentences[at] = f"{sentences[at][:-1]}{one(rng, TAILS)}."
    return regroup(sentences, paragraphs)


def slipped(rng: Random, paragraphs: Paragraphs, share: float) -> Paragraphs:
    """A few words mistyped: at least one."""
    sentences = [sentence.split(" ") for paragraph in paragraphs for sentence in paragraph]
    places = [(s, w) for s, words in enumerate(sentences) for w in range(len(words))]
    left = max(1, int(len(places) * share))
    while left:
        s, w = places[int(rng.random() * len(places))]
        wrong = slip(rng, sentences[s][w])
        left -= wrong != sentences[s][w]
        sentences[s][w] = wrong
    return regroup([" ".join(words) for words in sentences], paragraphs)


def raised(rng: Random) -> Callable[[str], str]:
    """The first figure of two or three digits, higher: a toll that rose."""
    return lambda text: FIGURE.sub(lambda found: str(int(found[0]) + number(rng, 1, 40)), text, count=1)


def head_of(paragraphs: Paragraphs, words: int) -> Paragraphs:
    kept: list[tuple[str, ...]] = []
    for paragraph in paragraphs:
        text = " ".join(paragraph).split(" ")
        kept.append((" ".join(text[:words]),))
        words -= len(text)
        if words <= 0:
            break
    return tuple(kept)
