"""The policy of the story channel: what says that two reports in other words are about one event. No mechanism enters.

A score is the sum of an item's measures against a story, each times its weight, in hundredths of a natural log of
odds; from `THRESHOLD` on, the item joins. The weights are fitted by bench/fit on development wires and rounded;
change them there, or by hand with a reason. `headlines` is added where item and story are headlines alone, `length`
as the shorter of the two fills its allowance of words, both in parts of a hundred.
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


ALIKE: Final = Alike(44, 10)
ALIKE_HEADLINES: Final = Alike(22, 3)  # headlines alone share fewer words
MERGES: Final = "one event"


@dataclass(frozen=True, slots=True)
class Weight:
    """Ten thousandths of a log of odds for each unit of the measure."""

    measure: str
    weight: int
    headlines: int
    length: int
    why: str


BIAS: Final = -709  # hundredths
WEIGHTS: Final[tuple[Weight, ...]] = (
    Weight("known", 282, -338, 0, "rare words of the item that the story's members have"),
    Weight("headline", 278, 0, -144, "rare words of its headline among them"),
    Weight("rarity", -122, 377, -77, "how rare those words are; in long texts chance brings some together"),
    Weight("core", 72, -23, 0, "words that most members have, and the item too"),
    Weight("top name", -183, 0, 0, "its rarest name is new to the story"),
    Weight("new names", 21, 0, 107, "names that it writes twice and the story does not know"),
    Weight(
        "best",
        -338,
        -19,
        -698,
        "words shared with one member, both ways; counted in `known` already, so it corrects",
    ),
    Weight("second", -409, 178, 695, "a second member agrees too: one likeness may be chance, or a template"),
    Weight("within", 183, -271, 495, "one text's words inside the other's"),
    Weight("lead", -37, 0, 72, "words of its lead in that member"),
    Weight("its lead", 420, 0, -22, "words of that member's lead in the item: a lead says what the event is"),
    Weight(
        "titles",
        608,
        -521,
        -583,
        "both headlines, word for word; among long texts and bare headlines others say it too",
    ),
    Weight("shared", 232, 362, 5, "how much that is rare both have, however long they are"),
    Weight("names", 136, 0, 538, "rare names both have; decisive in texts long enough to name people"),
    Weight("days", -478, 0, 0, "days since the story's last member: events are reported at once"),
    Weight("size", -28, 165, 0, "members: a running story draws more"),
    Weight("headlines", 270, 0, 0, "headlines alone share few words, and mean them"),
    Weight("length", -137, 0, 0, "long texts share words by chance"),
    Weight(
        "profile",
        532,
        521,
        -423,
        "its words and the story's, each by how many members have it and how rare it is",
    ),
    Weight("heart", 14, -370, -93, "how much of what all members say the item says too"),
    Weight("top word", -226, 146, 132, "its heaviest word is one that members have"),
    Weight("its top word", -68, 50, 95, "the story's heaviest word is one that it has"),
    Weight("lead names", -511, 0, 349, "rare names that stand in both leads"),
    Weight(
        "same source",
        102,
        -578,
        -91,
        "members from whoever sent it: an outlet seldom writes two headlines on one event",
    ),
    Weight("new headline", -195, 55, 128, "words of its headline that no member has"),
    Weight("same weekday", 54, 0, 0, "the weekday that both name"),
    Weight("other weekday", -66, 0, 0, "each names another"),
    Weight("same age", 221, 0, 0, "an age that both state: of a victim, an accused"),
    Weight("other age", -80, 0, 0, "each states others: another person"),
    Weight("same day", -10, 0, 0, "a day of a month that both state; mostly the day of publishing"),
    Weight("other day", -109, 0, 0, "each states others"),
    Weight("same year", 51, 0, 0, "a year that both state"),
    Weight("other year", -58, 0, 0, "each states others: an older event like it"),
    Weight("same toll", 110, 0, 0, "as many dead or hurt"),
    Weight("other toll", -8, 0, 0, "other numbers, which may be a rising toll"),
    Weight("same measure", -19, 0, 0, "a sum or a decimal that both state"),
    Weight("other measure", -179, 0, 0, "each states others: another quarter, another quake"),
    Weight("same person", 57, 0, 0, "two names in a row that both write"),
    Weight("other person", -16, 0, 0, "each writes others"),
)
