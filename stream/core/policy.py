"""The policy: which agreement between two texts makes them one, as a table read from the top. Mechanism may not enter.

All figures are parts of ten thousand, so that no float stands at a threshold. A rule holds when every one of its
minima is met; the first that holds decides. `None` for a measure (no figures in one of them, say) meets any minimum.
"""

from dataclasses import dataclass
from typing import Literal

Measured = Literal["in_order", "alike", "phrases", "subject", "lede", "headline", "figures", "names"]


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
    subject: int = 0  # whether a flash's first word, who it is about, is there too: all or nothing
    lede: int = 0  # a flash's words that stand in the other's headline and lede
    headline: int = 0  # words in order of both headlines together
    figures: int = 0  # figures of the one with fewer that the other has too
    names: int = 0  # likewise names


FAMILY: tuple[Rule, ...] = (
    Rule("same text", "alike", "re-sent whole: the words stand in the same order", words=30, alike=8500, phrases=7800),
    Rule("same brief", "alike", "short copy is all template, so the headlines must agree too",
         words=8, alike=7500, headline=5500, phrases=4500, figures=6700, names=5000),
    Rule("containment", "in_order", "one was cut to a brief, grew, or lost its end",
         words=30, in_order=8000, phrases=7000, figures=5000),
    Rule("moved paragraphs", "phrases", "the same paragraphs in another order", words=60, phrases=7500, figures=5000),
    Rule("updated text", "in_order", "rewritten in part under nearly the same headline",
         words=24, in_order=5500, headline=8500, phrases=3000, figures=5500),
    Rule("updated report", "in_order", "rewritten in part under another headline, figures and names kept",
         words=40, in_order=6500, phrases=4200, headline=2500, figures=8000, names=8000),
)  # fmt: skip

# A flash is a headline alone: its words stand in the headline and lede of the story that follows it.
FLASH: tuple[Rule, ...] = (
    Rule("flash", "lede", "a flash and the story that follows it, or came before",
         words=4, subject=10_000, lede=8000, headline=2000, figures=5000),
)  # fmt: skip

# Two headlines with no text below either.
HEADLINE: tuple[Rule, ...] = (
    Rule(
        "headline", "headline", "the same headline with a word changed", words=5, headline=8000, figures=6000
    ),
)

WRAP_HEADLINE = 5000  # a headline from which a wrap-up belongs to the story under it

# A wrap-up is told by the ledes that it carries: parts of several stories, each cut below its lede.
WRAPS = 2  # families carried from which an item is a wrap-up
LEDE_WORDS = 60  # a lede, where a flash looks for its words
CARRIED_WORDS = 40  # of a lede that is carried
CARRIES = Rule(
    "carries", "phrases", "another item's lede stands inside this one", words=15, in_order=9000, phrases=8000
)
