"""Laws of reading an item once: what comes of it is what comes of asking for each by itself, whatever it is written in."""

import os
import subprocess
import sys
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stream.core.fingerprint import fingerprint
from stream.core.item import Item
from stream.core.read_once import read
from stream.core.reading import LONGEST, MOST_READ, WIDEST
from stream.core.terms import terms
from tests.laws.shore import items_of
from tests.laws.wires import brief

ITEM = Item(identity="a", id="a", source="herald", ts=0, lane="en")
TITLES = st.sampled_from(
    (
        *("", "BRAZIL BANK STRIKE ENTERS THIRD DAY", "UPDATE 2-BRAZIL BANK STRIKE", "Per cent, per cent"),
        *(
            "Société Générale posts a loss",
            "=1",
            "<CIL> TO RECHARACTERIZE",
            "Full-year profit: 1,850 mln dlrs",
        ),
    )
)
WORDS = st.sampled_from(
    "The minister said per cent of mln dlrs, Reagan's U.S. full-year 3-1/4 scores: what? (IBM) programmes é blah A:".split()
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.sampled_from(
    (
        "blah " * 9,
        "word of a report " * MOST_READ,
        f"{'long' * 9} " * (WIDEST // 30),
        "a " * LONGEST,
        'CORRECTION - X\nIn item "BUDAPEST BANK ISSUES BONDS TO EXPAND" please read in first paragraph ten.',
    )
)


def _law(item: Item) -> None:
    read_as, known_by = read(item)
    alone, told = fingerprint(item), terms(item)
    assert (read_as.title, read_as.text, read_as.notice) == (alone.title, alone.text, alone.notice)
    assert (read_as.names.tolist(), read_as.shingles.tolist()) == (
        alone.names.tolist(),
        alone.shingles.tolist(),
    )
    assert known_by.words.tolist() == told.words.tolist() and known_by.marks.tolist() == told.marks.tolist()
    assert known_by.facts.tolist() == told.facts.tolist()
    assert (known_by.alone, known_by.source) == (told.alone, told.source)


@given(TITLES, TEXTS)
def test_both_are_read_as_each_alone(title: str, text: str) -> None:
    """Marked headlines, other letters, texts that are cut, notices and fillers among them."""
    _law(replace(ITEM, title=title, text=text))


def test_the_items_of_a_wire_too() -> None:
    """As an outlet writes them."""
    for item in items_of(brief(33, 60)):
        _law(item)


def test_kept_tables_are_the_same_in_every_process() -> None:
    """Kernels that are kept on disk hold them: the order of a set, which is chance, may not show."""
    said = (
        "from stream.core.plain_stamps import _SPECIAL; from stream.core.scan import SPELLED; "
        "print((_SPECIAL.tobytes() + SPELLED.tobytes()).hex())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", said],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
