"""Laws of headlines: the desk's marks come off, the news stays, and a notice is known by what it corrects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.headline import corrected, headline, unmarked
from stream.core.item import Item
from stream.core.words import words

NEWS = (
    "WALLENBERGS FIGHT BID FOR STAKE",
    "Quake kills 34 in Solarizade",
    "UPDATE ON QUAKE DUE",
    "FLASH FLOOD HITS VALLEY",
    "LEAD-ZINC TALKS OPEN",
    "SNAP-ON TOOLS RAISES PAYOUT",
    "URGENT TALKS ON DEBT",
    "TAKE-OVER BID FOR <SMBS>",
    "REPEAT OFFENDER LAW PASSED",
)
MARKS = (
    "UPDATE 2-", "UPDATE 1 - ", "RPT-", "(RPT) ", "URGENT: ", "WRAPUP 1-", "CORRECTED - ", "(CORRECTED) - ", "(2nd LD) ",
    "Update 3: ", "REFILE-", "1ST LD-", "*** ", "Wrap-up: ",
)  # fmt: skip
AFTER = ("", " (CORRECTED)", " (CORRECTING AMOUNT)", " (Update 2)", " =2")


@given(st.lists(st.sampled_from(MARKS), max_size=3), st.sampled_from(NEWS), st.sampled_from(AFTER))
def test_marks_come_off_and_nothing_else(marks: list[str], news: str, after: str) -> None:
    """However many there are, before and after; a compound or a sentence that begins like one is news."""
    assert words(unmarked("".join(marks) + news + after)) == words(news)


@pytest.mark.parametrize("title", ["UPDATE 2-", "(CORRECTED)", "", "RPT-RPT-"])
def test_a_headline_of_marks_alone_stays(title: str) -> None:
    """Something has to be compared."""
    assert unmarked(title) == title


def notice(text: str, title: str = "") -> Item:
    return Item("i", "1", "wire", 0, title=title, text=text)


def test_a_notice_is_known_by_the_headline_it_quotes() -> None:
    """The slug above it is cut short, and says less."""
    said = 'CORRECTION - BANK ISSUES\n\nIn Rome item "BANK ISSUES BONDS TO EXPAND RESOURCES," please read in first line ...'
    assert headline(notice(said)) == "BANK ISSUES BONDS TO EXPAND RESOURCES"


def test_a_notice_that_quotes_nothing_is_known_by_its_slug() -> None:
    """Which is the headline's beginning."""
    said = (
        "(CORRECTION) - AIRLINES INC <SIMM> LOSS\n\nIn item headlined Airlines loss, please reverse quarters."
    )
    assert headline(notice(said)) == "AIRLINES INC <SIMM> LOSS"


@pytest.mark.parametrize(
    "item",
    [
        notice(
            "CORRECTED - GM SEES RISE\n\nFry said sales would mean turnover of between 91 and 104 million dollars."
        ),
        notice("In the Rome item please read 300 mln dlrs instead of 30."),
        notice(
            'CORRECTION - BANK\n\nIn item "BANK ISSUES BONDS" please read 300 mln.', title="BANK ISSUES BONDS"
        ),
    ],
)
def test_what_has_a_text_of_its_own_is_no_notice(item: Item) -> None:
    """A report that was corrected is a report; a request without its slug names nothing."""
    assert corrected(item) == ""
