"""Law 9: cost per item does not grow with the window, nor with a story's members. (Speed is measured in bench/.)"""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.assemble import NEWEST
from stream.core.codec import encode
from stream.core.cut import MOST_MESSAGE
from stream.core.desk import Decided
from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.index import DEEPEST, MOST_CANDIDATES, Index
from stream.core.item import Item
from stream.core.messages import state_json
from tests.laws.shore import folded, items_of
from tests.laws.test_law_7_worth_waking_someone_for import BASE
from tests.laws.wires import brief


def copies(count: int) -> list[Item]:
    """One report, again and again, each time with a sentence of its own."""
    return items_of(
        {
            **BASE,
            "id": str(n),
            "source": f"paper {n % 40}",
            "text": f"{BASE['text']}\n\nReader {n} wrote from town {n}.",
        }
        for n in range(count)
    )


def test_a_story_of_many_members_keeps_the_newest_and_counts_the_rest() -> None:
    """What is kept, told and carried on does not grow with the members."""
    lines = folded(copies(300)).lines
    last = lines[-1]
    assert isinstance(last, Decided)
    [story] = last.states
    assert (story.count, story.version) == (300, 300)
    assert len(story.members) <= NEWEST + 1
    sizes = [len(encode(state_json(line.states[-1]))) for line in lines if isinstance(line, Decided)]
    assert max(sizes[100:]) < 1.1 * max(sizes[40:100])


@pytest.mark.parametrize("window", [200, 2_000, 20_000])
def test_a_query_reads_a_bounded_number_of_postings(window: int) -> None:
    """However many members share a phrase, the newest few are read, and few are verified."""
    index, asked = Index(), _print(0)
    for number in range(window):
        index.add(number, 10, _print(number))
    assert len(index.candidates(asked, now=5)) == MOST_CANDIDATES
    assert 0 < index.postings_read <= DEEPEST * len(asked.shingles)


def _print(number: int) -> Fingerprint:
    [item] = items_of([{**BASE, "id": str(number), "text": f"{BASE['text']} It was report {number}."}])
    return fingerprint(item)


@settings(max_examples=8, deadline=None)
@given(
    size=st.integers(100_000, 440_000),
    piece=st.sampled_from(["Ω", "word ", "Sentence number one two. ", '"\\', "A.\n\n", "12 dead. "]),
    field=st.sampled_from(["title", "text", "slug"]),
)
def test_no_event_or_state_is_larger_than_64_kb(size: int, piece: str, field: str) -> None:
    """However large what comes in, twice in one story."""
    monster: dict[str, Any] = {**BASE, field: piece * (size // len(piece.encode()))}
    for line in folded(
        items_of([monster, {**monster, "id": "2", "text": str(monster["text"]) + " More of it."}])
    ).lines:
        assert isinstance(line, Decided)
        for message in [event.data for event in line.events] + [state_json(story) for story in line.states]:
            assert len(encode(message)) <= MOST_MESSAGE


def test_what_is_cut_is_marked_with_its_length_and_hash() -> None:
    """Nobody takes a part for the whole."""
    [item] = items_of([{**BASE, "title": "x" * 5_000}])
    [line] = folded([item]).lines
    assert isinstance(line, Decided)
    assert "[cut: 5000 bytes, sha256 " in line.events[0].data["item"]["title"]


def test_candidates_do_not_grow_with_the_window() -> None:
    """Over a wire, an item is held against a dozen members at the most."""
    index = Index()
    for number, item in enumerate(items_of(brief(91, 200))):
        read_as = fingerprint(item)
        assert len(index.candidates(read_as, None)) <= MOST_CANDIDATES
        index.add(number, 0, read_as)
