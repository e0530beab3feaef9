"""The policy of the story channel: what says that two reports in other words are about one event. No mechanism enters.

A score is the sum of an item's measures against a story, each times its weight, in hundredths of a natural log of
odds; from `THRESHOLD` on, the item joins. The weights are fitted by bench/fit on development wires and rounded;
change them there, or by hand with a reason. The other columns are added to a weight, in parts of a hundred:
`headlines` where item and story are headlines alone, `length` as the shorter of the two fills its allowance of words,
`size` with each sixteenth of a doubling of the story's members. Measures overlap,
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
    size: int
    why: str


BIAS: Final = -721  # hundredths
# Weight, with headlines, with length, with size.
WEIGHTS: Final[tuple[Weight, ...]] = (
    Weight("known", 309, -261, 0, 602,
           "rare words of the item that members have; of the largest stories, more tells more"),
    Weight("headline", 134, 0, -18, 0, "rare words of its headline among them"),
    Weight("rarity", -37, 349, -361, 0,
           "how rare those words are; in long texts chance brings some together"),
    Weight("core", 11, 41, 0, 0, "words that most members have, and the item too"),
    Weight("top name", -135, 0, 0, 0, "its rarest name is new to the story"),
    Weight("new names", 32, 0, 84, 0, "names that it writes twice and the story does not know"),
    Weight("best", -215, -4, -491, -319,
           "words shared with one member, both ways; the others count them too, so it corrects"),
    Weight("second", 38, -10, 341, -94,
           "a second member agrees too: one likeness may be chance, or a template"),
    Weight("within", 172, -91, 328, 0, "one text's words inside the other's"),
    Weight("lead", -114, 0, 143, 0, "words of its lead in that member"),
    Weight("its lead", 359, 0, 50, -230,
           "words of that member's lead in the item: a lead says what the event is"),
    Weight("titles", 409, -208, -376, 0,
           "both headlines, word for word; of long texts and bare headlines other measures say it too"),
    Weight("shared", 196, 314, 10, 52, "how much that is rare both have, however long they are"),
    Weight("names", 139, 0, 408, -473,
           "rare names both have; decisive in texts long enough to name people"),
    Weight("days", -435, 0, 0, 0, "days since the story's last member: events are reported at once"),
    Weight("size", 46, 173, 0, 0, "members: a running story draws more"),
    Weight("headlines", 158, 0, 0, 0, "headlines alone share few words, and mean them"),
    Weight("length", -32, 0, 0, 0, "long texts share words by chance"),
    Weight("profile", 255, 331, -206, -349,
           "its words and the story's, each by how many members have it and how rare it is"),
    Weight("heart", -16, -104, 108, 0, "how much of what all members say the item says too"),
    Weight("top word", -126, 34, 58, 0, "its heaviest word is one that members have"),
    Weight("its top word", -86, 42, 110, 0, "the story's heaviest word is one that it has"),
    Weight("lead names", -379, 0, 193, 0, "rare names that stand in both leads"),
    Weight("same source", 39, -653, -130, 579,
           "members from whoever sent it: an outlet seldom writes two headlines on one event"),
    Weight("new headline", -152, 100, 115, 0, "words of its headline that no member has"),
    Weight("strangers", 0, -600, -150, 0,
           "by hand: each headline names someone the other report never names, and they share no such name"),
    Weight("same weekday", 56, 0, 0, 0, "the weekday that both name"),
    Weight("other weekday", -53, 0, 0, 0, "each names another"),
    Weight("same age", 198, 0, 0, 0, "an age that both state: of a victim, an accused"),
    Weight("other age", -101, 0, 0, 0, "each states others: another person"),
    Weight("same day", 54, 0, 0, 0, "a day of a month that both state; mostly the day of publishing"),
    Weight("other day", -80, 0, 0, 0, "each states others"),
    Weight("same year", 75, 0, 0, 0, "a year that both state"),
    Weight("other year", -26, 0, 0, 0, "each states others: an older event like it"),
    Weight("same toll", 93, 0, 0, 0, "as many dead or hurt"),
    Weight("other toll", -14, 0, 0, 0, "other numbers, which may be a rising toll"),
    Weight("same measure", -25, 0, 0, 0, "a sum or a decimal that both state"),
    Weight("other measure", -149, 0, 0, 0, "each states others: another quarter, another quake"),
    Weight("same person", 110, 0, 0, 0, "two names in a row that both write"),
    Weight("other person", 26, 0, 0, 0, "each writes others"),
)  # fmt: skip
