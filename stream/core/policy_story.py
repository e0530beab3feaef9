"""The policy of the story channel: what says that two reports in other words are about one event. No mechanism enters.

A score is the sum of an item's measures against a story, each times its weight, in hundredths of a natural log of
odds; from `THRESHOLD` on, the item joins. The weights are fitted by bench/fit on development wires and rounded;
change them there, or by hand with a reason. The other columns are added to a weight, in parts of a hundred:
`headlines` where item and story are headlines alone, `length` as the shorter of the two fills its allowance of words,
`growth` as the measure itself grows, `size` with each sixteenth of a doubling of the story's members. Measures overlap,
so a sign may be one that only corrects another's.
"""

from dataclasses import dataclass
from typing import Final

NAME: Final = "same event"
WHY: Final = "independent wording about one event: rare names, places, figures, weekday and ages agree"
THRESHOLD: Final = 5_000  # of a score in parts of ten thousand; one hundredth of a log of odds is one part
HEADLINES_ALONE: Final = 50  # share of headlines alone from which a pair is one of headlines


@dataclass(frozen=True, slots=True)
class Alike:
    """The least cosine of two stories from which they may be one, in parts of a hundred: `base`, and `doubling` more
    for each doubling of the smaller one. Large stories of one event would have met by an earlier item."""

    base: int
    doubling: int


ALIKE: Final = Alike(40, 10)
ALIKE_HEADLINES: Final = Alike(24, 4)  # headlines alone share fewer words
MERGES: Final = "one event"


@dataclass(frozen=True, slots=True)
class Weight:
    """Ten thousandths of a log of odds for each unit of the measure."""

    measure: str
    weight: int
    headlines: int
    length: int
    growth: int
    size: int
    why: str


BIAS: Final = -592  # hundredths
# Weight, with headlines, with length, with growth, with size.
WEIGHTS: Final[tuple[Weight, ...]] = (
    Weight("known", -45, -266, 0, 393, 544,
           "rare words of the item that members have; of the largest stories, more tells more"),
    Weight("headline", 97, 0, -6, 12, 0, "rare words of its headline among them"),
    Weight("rarity", 60, 396, -300, -131, 0,
           "how rare those words are; in long texts chance brings some together"),
    Weight("core", 51, 48, 0, -48, 0, "words that most members have, and the item too"),
    Weight("top name", -170, 0, 0, 0, 0, "its rarest name is new to the story"),
    Weight("new names", 32, 0, 76, 0, 0, "names that it writes twice and the story does not know"),
    Weight("best", -16, 39, -324, -294, -199,
           "words shared with one member, both ways; the others count them too, so it corrects"),
    Weight("second", 14, -26, 136, -53, -24,
           "a second member agrees too: one likeness may be chance, or a template"),
    Weight("within", 193, -110, 378, -106, 0, "one text's words inside the other's"),
    Weight("lead", -94, 0, 104, 78, 0, "words of its lead in that member"),
    Weight("its lead", 376, 0, -9, 51, -211,
           "words of that member's lead in the item: a lead says what the event is"),
    Weight("titles", 340, -220, -358, 126, 0,
           "both headlines, word for word; of long texts and bare headlines other measures say it too"),
    Weight("shared", 53, 292, -12, -22, 26, "how much that is rare both have, however long they are"),
    Weight("names", -20, 0, 274, 296, -547,
           "rare names both have; decisive in texts long enough to name people"),
    Weight("days", -454, 0, 0, 0, 0, "days since the story's last member: events are reported at once"),
    Weight("size", 70, 140, 0, 0, 0, "members: a running story draws more"),
    Weight("headlines", 136, 0, 0, 0, 0, "headlines alone share few words, and mean them"),
    Weight("length", 43, 0, 0, 0, 0, "long texts share words by chance"),
    Weight("profile", 404, 358, -141, -201, -308,
           "its words and the story's, each by how many members have it and how rare it is"),
    Weight("heart", 169, -123, 138, -156, 0, "how much of what all members say the item says too"),
    Weight("top word", -143, 56, 45, 0, 0, "its heaviest word is one that members have"),
    Weight("its top word", -75, 24, 89, 0, 0, "the story's heaviest word is one that it has"),
    Weight("lead names", -379, 0, 204, 0, 0, "rare names that stand in both leads"),
    Weight("same source", -184, -635, -137, 227, 638,
           "members from whoever sent it: an outlet seldom writes two headlines on one event"),
    Weight("new headline", -288, 105, 208, 15, 0, "words of its headline that no member has"),
    Weight("strangers", 0, -600, -150, 0, 0,
           "by hand: each headline names someone the other report never names, and they share no such name"),
    Weight("same weekday", 58, 0, 0, 0, 0, "the weekday that both name"),
    Weight("other weekday", -50, 0, 0, 0, 0, "each names another"),
    Weight("same age", 193, 0, 0, 0, 0, "an age that both state: of a victim, an accused"),
    Weight("other age", -103, 0, 0, 0, 0, "each states others: another person"),
    Weight("same day", 31, 0, 0, 0, 0, "a day of a month that both state; mostly the day of publishing"),
    Weight("other day", -78, 0, 0, 0, 0, "each states others"),
    Weight("same year", 67, 0, 0, 0, 0, "a year that both state"),
    Weight("other year", -29, 0, 0, 0, 0, "each states others: an older event like it"),
    Weight("same toll", 87, 0, 0, 0, 0, "as many dead or hurt"),
    Weight("other toll", -23, 0, 0, 0, 0, "other numbers, which may be a rising toll"),
    Weight("same measure", -26, 0, 0, 0, 0, "a sum or a decimal that both state"),
    Weight("other measure", -159, 0, 0, 0, 0, "each states others: another quarter, another quake"),
    Weight("same person", 100, 0, 0, 0, 0, "two names in a row that both write"),
    Weight("other person", 33, 0, 0, 0, 0, "each writes others"),
)  # fmt: skip
