"""The policy of the story channel: what says that two reports in other words are about one event. No mechanism enters.

A score is the sum of an item's measures against a story, each times its weight, in hundredths of a natural log of
odds; from `THRESHOLD` on, the item joins. The weights are fitted by bench/fit on development wires and rounded;
change them there, or by hand with a reason. The other columns are added to a weight, in parts of
a hundred: `headlines` where item and story are headlines alone, `length` as the shorter of the two fills its allowance
of words, `growth` as the measure itself grows, `size` with each sixteenth of a doubling of the story's members.
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
    growth: int
    size: int
    why: str


BIAS: Final = -731  # hundredths
WEIGHTS: Final[tuple[Weight, ...]] = (
    Weight("known", 298, -284, 0, 0, 0, "rare words of the item that the story's members have"),
    Weight("headline", 216, 0, -81, 0, 0, "rare words of its headline among them"),
    Weight(
        "rarity", -164, 466, -68, 0, 0, "how rare those words are; in long texts chance brings some together"
    ),
    Weight("core", 98, -46, 0, 0, 0, "words that most members have, and the item too"),
    Weight("top name", -190, 0, 0, 0, 0, "its rarest name is new to the story"),
    Weight("new names", 27, 0, 92, 0, 0, "names that it writes twice and the story does not know"),
    Weight(
        "best",
        -347,
        -36,
        -680,
        0,
        0,
        "words shared with one member, both ways; counted in `known` already, so it corrects",
    ),
    Weight(
        "second",
        -409,
        225,
        759,
        0,
        0,
        "a second member agrees too: one likeness may be chance, or a template",
    ),
    Weight("within", 224, -329, 446, 0, 0, "one text's words inside the other's"),
    Weight("lead", -18, 0, 39, 0, 0, "words of its lead in that member"),
    Weight(
        "its lead",
        430,
        0,
        -31,
        0,
        0,
        "words of that member's lead in the item: a lead says what the event is",
    ),
    Weight(
        "titles",
        624,
        -579,
        -584,
        0,
        0,
        "both headlines, word for word; among long texts and bare headlines others say it too",
    ),
    Weight("shared", 228, 381, 28, 0, 0, "how much that is rare both have, however long they are"),
    Weight("names", 133, 0, 474, 0, 0, "rare names both have; decisive in texts long enough to name people"),
    Weight("days", -466, 0, 0, 0, 0, "days since the story's last member: events are reported at once"),
    Weight("size", -19, 151, 0, 0, 0, "members: a running story draws more"),
    Weight("headlines", 281, 0, 0, 0, 0, "headlines alone share few words, and mean them"),
    Weight("length", -128, 0, 0, 0, 0, "long texts share words by chance"),
    Weight(
        "profile",
        507,
        502,
        -395,
        0,
        0,
        "its words and the story's, each by how many members have it and how rare it is",
    ),
    Weight("heart", 14, -346, -173, 0, 0, "how much of what all members say the item says too"),
    Weight("top word", -215, 124, 106, 0, 0, "its heaviest word is one that members have"),
    Weight("its top word", -47, 32, 68, 0, 0, "the story's heaviest word is one that it has"),
    Weight("lead names", -488, 0, 329, 0, 0, "rare names that stand in both leads"),
    Weight(
        "same source",
        110,
        -629,
        -96,
        0,
        0,
        "members from whoever sent it: an outlet seldom writes two headlines on one event",
    ),
    Weight("new headline", -224, 67, 164, 0, 0, "words of its headline that no member has"),
    Weight(
        "strangers",
        0,
        -600,
        -150,
        0,
        0,
        "by hand: each headline has a name that the other report never writes, and they share none",
    ),
    Weight("same weekday", 51, 0, 0, 0, 0, "the weekday that both name"),
    Weight("other weekday", -62, 0, 0, 0, 0, "each names another"),
    Weight("same age", 213, 0, 0, 0, 0, "an age that both state: of a victim, an accused"),
    Weight("other age", -88, 0, 0, 0, 0, "each states others: another person"),
    Weight("same day", 6, 0, 0, 0, 0, "a day of a month that both state; mostly the day of publishing"),
    Weight("other day", -104, 0, 0, 0, 0, "each states others"),
    Weight("same year", 57, 0, 0, 0, 0, "a year that both state"),
    Weight("other year", -46, 0, 0, 0, 0, "each states others: an older event like it"),
    Weight("same toll", 105, 0, 0, 0, 0, "as many dead or hurt"),
    Weight("other toll", -20, 0, 0, 0, 0, "other numbers, which may be a rising toll"),
    Weight("same measure", -20, 0, 0, 0, 0, "a sum or a decimal that both state"),
    Weight("other measure", -174, 0, 0, 0, 0, "each states others: another quarter, another quake"),
    Weight("same person", 114, 0, 0, 0, 0, "two names in a row that both write"),
    Weight("other person", 27, 0, 0, 0, 0, "each writes others"),
)
