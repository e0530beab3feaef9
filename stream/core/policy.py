"""The policy: which agreement between two texts makes them one, as tables read from the top. Mechanism may not enter.

All figures are parts of ten thousand, so that no float stands at a threshold. A rule holds when every one of its
minima is met; the first that holds decides. `None` for a measure (no figures in one of them, say) meets any minimum.
Where no rule is sure, the evidence is weighed: points for each measure, and a sum that is enough.
"""

from dataclasses import dataclass
from typing import Literal

Measured = Literal[
    "in_order", "alike", "phrases", "opening", "headline", "subject", "lede", "covered", "figures", "names",
    "foreign", "missing", "soon", "length", "evidence",
]  # fmt: skip
HOUR, DAY = 60, 24 * 60  # minutes
SHIFT = (
    21 * HOUR
)  # what is re-issued comes within it; a column of every day (rates, slaughter, forecasts) does not
NEW = "new"  # the rule of an item that no rule joins to another

# What is compared at all, of the members that the index holds out.
UNLIKELY = 1_500  # share of sampled shingles under which two texts are not
FEW = 4  # shared sampled shingles under which no lede is carried


@dataclass(frozen=True, slots=True)
class Rule:
    """`decides` names the measure quoted as score; `words` is the least length of the shorter text, in words."""

    name: str
    decides: Measured
    why: str
    words: int = 0
    in_order: int = 0  # words of the shorter text that stand in the longer one in the same order
    alike: int = 0  # the same, of both texts together: 2 x common / (length + length)
    phrases: int = 0  # three-word phrases of the shorter text that stand anywhere in the longer one
    opening: int = 0  # words of the shorter text's opening that open the longer one in the same order
    headline: int = 0  # words in order of both headlines together
    subject: int = 0  # the first word of each headline, whom it is about, in the other's: half for each
    figures: int = 0  # figures of the one with fewer that the other has too
    names: int = 0  # likewise names
    foreign: int = (
        3  # at most so many words of a headline, said in its text too, that the other never says; 3 for any
    )
    within: int = 0  # minutes between the two; 0 for any time

    @property
    def least(self) -> int:
        return int(getattr(self, self.decides))


@dataclass(frozen=True, slots=True)
class Weight:
    """Points for a whole measure, a share of them for a part; `unknown` stands for a measure that is None."""

    of: Measured
    points: int
    why: str
    unknown: int = 5000


@dataclass(frozen=True, slots=True)
class Weighed:
    """Evidence that is enough together where no piece is alone: `least` of the points, and each of `floors` met: below
    the least of it that was seen in two tellings of one report, nothing makes up for it."""

    name: str
    least: int
    why: str
    within: int  # minutes
    weights: tuple[Weight, ...]
    floors: tuple[tuple[Measured, int], ...]
    foreign: int = 3  # at most so many foreign words; 3 for any
    decides: Measured = "evidence"


SAME_ID = Rule("same id", "in_order", "the source issued this id before")

FAMILY: tuple[Rule, ...] = (
    Rule("same text", "alike", "re-sent whole: the words stand in the same order",
         words=30, alike=8500, phrases=7800, figures=4000, foreign=1, within=SHIFT),
    Rule("same long text", "alike", "the same, under a headline that is wholly another",
         words=120, alike=8500, phrases=7800, figures=2500, within=SHIFT),
    Rule("same brief", "alike", "short copy is all template, so the headlines must agree too, and every figure",
         words=8, alike=7500, headline=5500, phrases=4500, figures=7500, foreign=0, within=SHIFT),
    Rule("cut to a few words", "in_order", "a paragraph or two of a report, under its headline",
         words=6, in_order=9000, headline=8000, phrases=8000, figures=6700, foreign=1, within=SHIFT),
    Rule("containment", "in_order", "one was cut to a brief, grew, or lost its end, under much the same headline",
         words=15, in_order=8000, phrases=7000, headline=4000, figures=5000, foreign=1, within=SHIFT),
    Rule("same opening", "in_order", "the same under another headline; what is carried lower down is part of a wrap-up",
         words=30, in_order=8000, phrases=7000, opening=8000, figures=5000, foreign=1, within=SHIFT),
    Rule("changed figures", "in_order", "a toll that rose: what is long and stays a report keeps its words about it",
         words=100, in_order=7500, phrases=7000, headline=6000, figures=2000, foreign=0, within=SHIFT),
    Rule("moved paragraphs", "phrases", "the same paragraphs in another order",
         words=60, phrases=7500, headline=4000, figures=5000, foreign=1, within=SHIFT),
    Rule("same text later", "alike", "re-sent another day; a column of every day has other figures by then",
         words=30, alike=8500, phrases=7800, figures=8500, foreign=0),
    Rule("contained later", "in_order", "the same of what was cut or grew",
         words=30, in_order=9000, phrases=8000, headline=4000, figures=8500, foreign=0),
)  # fmt: skip

# What desks re-issue in other words within the day. Points: bench/fit, on judged pairs of a wire.
REWRITE = Weighed("rewritten", 7_000, "no phrase need stand; what an editor looks at must agree together", SHIFT, (
    Weight("figures", 3200, "a report keeps its figures; a template has others each time", unknown=10_000),
    Weight("lede", 3500, "the opening says who did what: the same words, whatever their order"),
    Weight("subject", 1600, "headlines begin with whom they are about"),
    Weight("headline", 1700, "words of both headlines in order"),
    Weight("foreign", -2700, "a headline's word, said again in its text, that the other does not know: another subject"),
), floors=(("lede", 3800),))  # fmt: skip

# Short copy is all template. Of two funds' dividends from one house, the figure and the name differ, and nothing else.
BRIEF = Rule("brief", "lede", "what is short must keep its figures and its names", figures=7500, foreign=1)
BRIEF_WORDS = 30

# A flash is a headline alone: its words stand in the headline and lede of the story that follows it.
FLASH = Weighed("flash", 5_800, "a flash and the story that follows it", 12 * HOUR, (
    Weight("lede", 2800, "the flash's words in the story's headline and lede"),
    Weight("covered", 800, "the story's headline in the flash"),
    Weight("subject", 1000, "whom each begins with is in the other"),
    Weight("headline", 1000, "words of both headlines in order"),
    Weight("figures", 1100, "the flash's figures in the story"),
    Weight("missing", -1100, "figures of the flash that the story lacks"),
    Weight("foreign", -800, "a word of the story's headline, said again in its text, that the flash does not say"),
    Weight("soon", 1800, "a story follows its flash within the hour"),
    Weight("length", 1500, "a long flash says what no other does"),
), floors=(
    ("lede", 5800), ("covered", 3000), ("subject", 5000), ("figures", 3000), ("names", 6000)
), foreign=2)  # fmt: skip
# Minutes that a flash may follow its story by: one that comes later tells the next development.
FLASH_LATE = 10
SOON = (15, 30, 60, 2 * HOUR, 4 * HOUR, 8 * HOUR)  # minutes; each passed takes its share off `soon`
LONG_FLASH = 16  # words

# A notice of correction is known by the headline that it quotes.
NOTICE: tuple[Rule, ...] = (
    Rule("correction notice", "headline", "asks to read otherwise what stands under this headline",
         words=3, headline=6000, within=3 * DAY),
)  # fmt: skip

# Two headlines with no text below either.
HEADLINE: tuple[Rule, ...] = (
    Rule("headline", "headline", "the same headline with a word changed, about the same from its first word, of the same names",
         words=5, headline=8000, subject=10_000, figures=6000, names=5000, within=12 * HOUR),
)  # fmt: skip

# Stories are one when an item is one text, by a rule of FAMILY, with members of each, and this holds of all of them.
# A brief stands in its report and in a wrap-up: these are told apart by their headlines. Of 33 merges that
# containment alone made on a wire with re-issues, 29 were wrong; of the 6 with both headlines near, none.
MERGES = Rule(
    "merges", "headline", "one text under one headline, of the same names", headline=5500, names=8000
)
# Two flashes and the report that follows both: weighed evidence from which on these are one family, and one story. At
# 5,800, where one flash is a report's own, the report of one car maker's sales folded the flash of another's into it.
FOLDS = 6_500
MOST_MERGED = 3  # by one item; the rest by the next copy of it

WRAP_HEADLINE = 5000  # a headline from which a wrap-up belongs to the story under it

# What carries the lede of one report alone, under its headline, is that report with more below.
GREW = Rule(
    "grew",
    "headline",
    "the lede stands under its headline",
    headline=WRAP_HEADLINE,
    figures=5000,
    within=SHIFT,
)

# A wrap-up is told by the ledes that it carries: parts of several stories, each cut below its lede.
WRAPS = 2  # families carried from which an item is a wrap-up
ONE_LEDE = 6000  # words in order of two ledes together from which they are one, carried once
LEDE_WORDS = 60  # a lede, where a flash looks for its words
CARRIED_WORDS = 24  # of a lede that is carried: its first sentence, every figure of it too
CARRIES = Rule("carries", "phrases", "another item's lede stands inside this one, with whom it is about",
               words=15, in_order=9000, phrases=8000, foreign=0, within=2 * DAY)  # fmt: skip
