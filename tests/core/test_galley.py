"""Laws of texts set as sentences and stems: the compiled way says what `sentences` and `content` say, and the longest
shared run is the longest."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stream.core.content import content, names
from stream.core.galley import galley
from stream.core.ground import ground
from stream.core.parting import LINE, TEXT, WHOLE
from stream.core.passage import Sentence, alone, passage
from stream.core.quoting import words_of
from stream.core.runs import longest_shared
from stream.core.scan import Codes
from stream.core.sentences import in_paragraph, sentences
from stream.core.stems import stem_code
from stream.core.words import words
from tests.core.wire_copy import PIECES, SENTENCES, delivery

CHUNKS = st.sampled_from(
    "The he said. U.S. Mr. Corp. No. 5 no. J. I. (Kyodo) “quoted.” 'end?' ... ..end. a.m. per cent Per-cent cents "
    "centre labour running. Ended! École été É. …und 東京。次 で！ 𝄞 ½ - -- ) \" (the “The 1.5. 2-3/4 $3bn don't U.N. St. "
    "1,850.25 '87 (1,2345) .75 12,34,567 1980's 1.500,250 cent-a 5-1/2 "
    "Reagan's Anglo-Dutch B- I, Green, AT&T Centre (Green) Per Cent mths: <Corp> -- $5 was were of=x ==Kyodo [ap] was. Of".split()
)
GAPS = st.sampled_from((" ", " ", " ", "  ", "\n", "\n\n", " \n \n ", "\t", "\u00a0", " " * 50))
TEXTS = st.lists(st.tuples(CHUNKS, GAPS), max_size=40).map(lambda parts: "".join(map("".join, parts)))
wires = st.lists(st.sampled_from((*PIECES, *SENTENCES)), max_size=8).map(" ".join)
codes = st.lists(st.integers(1, 6), max_size=60).map(lambda found: np.array(found, np.uint16))


@given(TEXTS | wires)
def test_sentences_are_parted_as_the_plain_rule_parts_them(text: str) -> None:
    """Paragraphs, abbreviations, firms, initials and quotation marks, in any script."""
    assert galley(text, TEXT, 1_000).sentences == sentences(text)
    assert galley(text, LINE, 1_000).sentences == list(in_paragraph(text))
    assert galley(text, WHOLE, 1_000).sentences == ([text.strip()] if text.strip() else [])


@given(TEXTS | wires)
def test_stems_are_those_of_the_words_that_mean_something(text: str) -> None:
    """Of each sentence the codes of its content, each once."""
    set_ = passage(delivery(text))
    found = ground(set_)
    for number, written in enumerate(set_.written):
        stems = found.stems[found.bounds[number] : found.bounds[number + 1]].tolist()
        assert sorted(stems) == sorted(map(stem_code, content(written)))


@given(TEXTS | wires)
def test_a_headline_has_the_stems_of_its_words(title: str) -> None:
    """By the short way and by the long one."""
    found = ground(passage(replace(delivery("The quay was closed."), title=title)))
    assert sorted(found.headline.tolist()) == sorted(map(stem_code, content(title)))


@given(TEXTS | wires)
def test_names_are_told_where_the_plain_rule_takes_them(text: str) -> None:
    """Within a sentence; of one that has chunks that are not plain, Python is asked."""
    set_ = passage(delivery(text))
    found = ground(set_)
    for number, written in enumerate(set_.written):
        here = slice(*found.bounds[number : number + 2].tolist())
        stems, named = found.stems[here].tolist(), found.named[here].tolist()
        said = set(map(stem_code, names(written))) & set(stems)
        assert 2 in named or said == {stem for stem, name in zip(stems, named, strict=True) if name}


@given(wires.filter(bool))
def test_a_sentence_by_itself_has_the_same_stems(text: str) -> None:
    """Whatever stands around it."""
    set_ = passage(delivery(text))
    found = ground(set_)
    for number, sentence in enumerate(set_.sentences):
        stems = found.stems[found.bounds[number] : found.bounds[number + 1]].tolist()
        assert sorted(ground(alone(Sentence(sentence.text))).stems.tolist()) == sorted(stems)


@given(TEXTS | wires, st.integers(0, 60), st.integers(1, 12))
def test_words_found_by_their_number_are_those_of_the_whole(text: str, at: int, size: int) -> None:
    """Wherever the reading begins, and where `per cent` is cut in two too."""
    assert words_of(galley(text, TEXT, 1_000), at, size) == words(text)[at : at + size]
    assert words_of(galley(text, TEXT, 1), at, size) == words(text)[at : at + size]


@given(codes, codes)
def test_no_shared_run_is_longer(mine: Codes, theirs: Codes) -> None:
    """And none as long begins before it; both have the words that are quoted."""
    at, size = longest_shared(mine, theirs)
    one, two = mine.tobytes(), theirs.tobytes()
    places = [n for n in range(len(mine)) if _has(two, one[2 * n : 2 * (n + size)])]
    assert size == 0 or (at == min(n for n in places if n + size <= len(mine)))
    longer = [one[2 * n : 2 * (n + size + 1)] for n in range(len(mine) - size)]
    assert not any(_has(two, run) for run in longer)


def _has(text: bytes, run: bytes) -> bool:
    return any(text[at : at + len(run)] == run for at in range(0, len(text) - len(run) + 1, 2))
