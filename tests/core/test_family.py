"""Laws of the family channel: what is one report told twice, what only looks like it, and that order does not matter."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.wire import wire
from stream.core import overlap, policy
from stream.core.explain import of_texts
from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.index import ALWAYS, Candidate, Index
from stream.core.measures import UNIT
from stream.core.overlap import Opening
from stream.core.policy import UNLIKELY, Rule, Weighed
from stream.core.verify import ALIGNED, Comparison, Match
from tests.laws.shore import items_of

HOUR = 3_600_000
LEDE = (
    "Kraitadale Shipping AG said it would close its Varovastok yard and cut 2,257 jobs by December, the largest "
    "loss in the port since 1975."
)
MORE = (
    "Managers told the union on Monday that orders for tankers had fallen by 41 pct. The union said it would ask the "
    "government of Solarizade for 80 mln crowns to keep the larger of two docks open until a buyer was found.",
    "Mayor Jana Walerigard said the town of 30,789 had no other employer of that size and called a meeting of traders "
    "in the old customs house for Thursday evening.",
    "The company lost 109.7 mln crowns last year on sales of 423.8 mln. Its shares were not traded before the report, "
    "and a spokeswoman declined to say whether the chairman would stay.",
)
TITLE = "KRAITADALE SHIPPING TO CLOSE VAROVASTOK YARD"
DIVIDEND = "Mthly div {0} cts vs {0} cts prior Pay March 31 Record March 16 NOTE: {1} Fund is a unit of Horinal Trust."
RATES = (
    "The Bank of Olomor said it provided the money market with help of {0} mln crowns in the afternoon session. It "
    "bought bills at unchanged rates, {1} mln in band one and the rest in band two, against a shortage of {2} mln."
)


def told(title: str, *paragraphs: str, hours: float = 0) -> Fingerprint:
    raw: dict[str, object] = {"id": "1", "source": "wire", "ts": "2026-03-02T09:00:00Z"}
    raw |= {"title": title, "text": "\n\n".join(paragraphs)}
    [item] = items_of([raw])
    return fingerprint(item).at(item.ts + int(hours * HOUR))


def match(earlier: Fingerprint, later: Fingerprint) -> Match | None:
    """The later one's, held against the earlier, by the family's rules."""
    return Comparison(later).verify(beside(earlier, later))


def beside(earlier: Fingerprint, later: Fingerprint) -> Candidate:
    index = Index(8)
    index.add(0, -ALWAYS, earlier)
    found = index.sought(0, later)
    assert found is not None
    return found


REPORT = told(TITLE, LEDE, *MORE)


@pytest.mark.parametrize(
    ("again", "rule"),
    [
        (told(TITLE, LEDE, *MORE, hours=3), "same text"),
        (told("RPT-" + TITLE, LEDE, *MORE, hours=30), "same text later"),
        (told("UPDATE 1-" + TITLE, LEDE, hours=2), "cut to a few words"),
        (told("KRAITADALE TO CLOSE YARD IN SOLARIZADE", LEDE, MORE[0], hours=1), "containment"),
        (told("2,257 JOBS TO GO IN SOLARIZADE PORT", LEDE, MORE[0], hours=1), "same opening"),
        (told(TITLE, MORE[2], MORE[0], LEDE, MORE[1], hours=1), "moved paragraphs"),
    ],
)
def test_a_report_told_again(again: Fingerprint, rule: str) -> None:
    """Re-sent, cut, grown, under another headline, in another order: each by the rule that is meant for it."""
    found = match(REPORT, again)
    assert found and found.rule.name == rule


def test_a_toll_that_rises_is_a_revision() -> None:
    """All figures but a few changed, and the report is about the same."""
    risen = [
        part.replace("2,257", "3,104").replace("41 pct", "55 pct").replace("80 mln", "120 mln")
        for part in (LEDE, *MORE)
    ]
    risen = [part.replace("109.7", "212.4").replace("423.8", "377.0") for part in risen]
    assert match(REPORT, told("UPDATE 2-" + TITLE, *risen, hours=5))


def test_a_report_in_other_words() -> None:
    """Few phrases kept; figures, names and subject are."""
    other = told(
        "KRAITADALE SHIPPING SHUTS VAROVASTOK YARD",
        "Kraitadale Shipping AG plans to shut its yard in Varovastok by December, cutting 2,257 jobs. No larger loss was "
        "known in the port since 1975. Orders for tankers were down 41 pct, its managers said.",
        hours=1,
    )
    found = match(told(TITLE, LEDE), other)
    assert found and found.rule is policy.REWRITE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            told("HORINAL OHIO INSURED SETS PAYOUT", DIVIDEND.format("7.1", "Horinal Ohio Insured Tax-Free")),
            told("HORINAL UTAH INSURED SETS PAYOUT", DIVIDEND.format("6.6", "Horinal Utah Insured Tax-Free")),
            id="two funds of one house",
        ),
        pytest.param(
            told("OLOMOR MARKET GIVEN 120 MLN HELP", RATES.format("120", "66", "400")),
            told("OLOMOR MARKET GIVEN 215 MLN HELP", RATES.format("215", "152", "900"), hours=24),
            id="the column of the next day",
        ),
        pytest.param(
            told("RANALIN WINS 304 MLN DLR CONTRACT", "Ranalin Corp was awarded a 304 mln dlr contract for radar, the "
                 "Defense Department said. Work is expected to be completed by April 1988."),
            told("GRUMOV GETS 75 MLN DLR CONTRACT", "Grumov Inc was awarded a 75 mln dlr contract for jet fuel, the "
                 "Defense Department said. Work is expected to be completed by April 1988.", hours=0.1),
            id="two contracts from one list",
        ),
        pytest.param(
            told("JUDGE IN LORERI UPHOLDS FRAUD VERDICT AGAINST UMOBADEZ"),
            told("JUDGE IN TORINA UPHOLDS THEFT VERDICT AGAINST JANUMIWALD",
                 "A judge in Torina upheld the verdict against Ida Janumiwald for theft on Monday.", hours=0.1),
            id="a flash of another trial",
        ),
        pytest.param(
            REPORT,
            told("MARKETS CLOSE MIXED", RATES.format("120", "66", "400"), RATES.format("215", "152", "900"), LEDE,
                 *MORE, hours=2),
            id="a report inside a wrap-up",
        ),
    ],
)  # fmt: skip
def test_what_only_looks_alike(one: Fingerprint, other: Fingerprint) -> None:
    """Templates, columns and parts are no re-issues."""
    assert match(one, other) is None


def test_a_flash_and_the_story_that_follows() -> None:
    """Within the half day; not when the story was there long before it."""
    flash = told("KRAITADALE SHIPPING SAYS IT WILL CLOSE VAROVASTOK YARD, CUT 2,257 JOBS")
    for hours, joined in ((0.2, True), (13, False), (-2, False)):
        story = REPORT.at(flash.ts + int(hours * HOUR))
        assert (match(flash, story) is not None) is joined


def test_a_flash_whose_body_is_filler_is_a_headline() -> None:
    """As flashes of 1987 came."""
    bare, filled = told(TITLE), told(TITLE, "*****Blah blah blah.")
    assert (bare.title, bare.text) == (filled.title, filled.text)
    assert bare.shingles.tolist() == filled.shingles.tolist()


def test_a_bare_headline_with_another_name_in_it_is_another() -> None:
    """A word changed makes it a revision; a place changed, another event."""
    first = told("Lava reaches Grindavik harbour wall after night of quakes")
    again = told("Lava reaches Grindavik harbour wall after night of tremors", hours=1)
    other = told("Lava reaches Weneracliff harbour wall after night of quakes", hours=1)
    found = match(first, again)
    assert found is not None and found.rule in policy.HEADLINE
    assert match(first, other) is None


def test_a_notice_joins_what_it_corrects() -> None:
    """Whatever else it says."""
    notice = told(
        "",
        f'CORRECTION - YARD\n\nIn Kraitadale story headlined "{TITLE}," please read 2,275 jobs ...',
        hours=20,
    )
    found = match(REPORT, notice)
    assert found and found.rule.name == "correction notice"


def test_a_lede_is_carried_with_its_figures_and_its_subject() -> None:
    """By what a wrap-up says; the same sentence about another yard is not this one."""
    wrap = told(
        "MARKETS CLOSE MIXED", MORE[1], MORE[2], LEDE, "Dealers said they saw no reason for it.", hours=2
    )
    other = told(
        "MARKETS CLOSE MIXED",
        MORE[1],
        MORE[2],
        LEDE.replace("Kraitadale", "Daliriville"),
        "Dealers saw none.",
        hours=2,
    )
    assert Comparison(wrap).carries(beside(REPORT, wrap))
    assert Comparison(other).carries(beside(REPORT, other)) is None


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 40))
def test_which_came_first_does_not_matter(seed: int) -> None:
    """Rule, score and measures are the same both ways, over a wire with its re-issues."""
    prints = [fingerprint(item) for item in items_of(list(wire(seed, 60)))]
    for one, other in pairwise(prints):
        assert match(one, other) == match(other, one)


@pytest.mark.parametrize("rule", [policy.REWRITE, policy.FLASH])
def test_points_are_a_share_of_ten_thousand(rule: Weighed) -> None:
    """So that a score reads as a share; every weight has its reason, and none is a float."""
    assert sum(weight.points for weight in rule.weights if weight.points > 0) == UNIT
    assert 0 < rule.least < UNIT
    assert all(isinstance(weight.points, int) and weight.why for weight in rule.weights)


def test_every_rule_says_why() -> None:
    """An editor reads the table."""
    rules: list[Rule | Weighed] = [*policy.FAMILY, *policy.NOTICE, *policy.HEADLINE]
    rules += [policy.REWRITE, policy.FLASH]
    assert all(rule.why for rule in rules)
    assert len({rule.name for rule in rules}) == len(rules)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 40))
def test_what_is_cheap_says_no_only_where_the_whole_does(seed: int) -> None:
    """A member that is not measured in full would have matched by no rule."""
    prints = [fingerprint(item) for item in items_of(list(wire(seed, 40)))]
    for one, other in combinations(prints, 2):
        seen = overlap.beside(other, one)
        assert Opening(other).beside(one) == (seen.openings, min(seen.new_opening, seen.old_opening))
        told = {reading.rule for reading in of_texts(other, one) if reading.holds}
        candidate, held = beside(one, other), Comparison(other)
        if held.carries(candidate) is None and _may_carry(candidate, other):
            assert policy.CARRIES.name not in told
        if held.verify(candidate) is None and UNLIKELY <= candidate.share < ALIGNED:
            assert policy.REWRITE.name not in told


def _may_carry(candidate: Candidate, other: Fingerprint) -> bool:
    lede = min(candidate.text_words, policy.CARRIED_WORDS)
    return candidate.carried and candidate.shared >= policy.FEW and 2 * other.text_words >= 3 * lede
