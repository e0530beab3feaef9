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
CLEAR: Final = 0  # by how much above the threshold an item must be near a second story to make the two one
ALIKE: Final = 50  # cosine of two stories, in parts of a hundred, from which they may be one
ALIKE_HEADLINES: Final = 30  # likewise of headlines alone, which share fewer words


@dataclass(frozen=True, slots=True)
class Weight:
    """Ten thousandths of a log of odds for each unit of the measure."""

    measure: str
    weight: int
    headlines: int
    length: int
    why: str


BIAS: Final = -978  # hundredths
WEIGHTS: Final[tuple[Weight, ...]] = (
    Weight("known", 1317, -353, 0, "rare words of the item that the story's members have"),
    Weight("headline", 187, 0, 11, "rare words of its headline among them"),
    Weight("rarity", -589, 717, -260, "how rare those words are; in long texts chance brings some together"),
    Weight("core", 70, 38, 0, "words that most members have, and the item too"),
    Weight("top_name", -41, 0, 0, "its rarest name is new to the story"),
    Weight("new_names", 62, 0, -21, "names that it writes twice and the story does not know"),
    Weight(
        "best",
        -263,
        63,
        -477,
        "words shared with one member, both ways; counted in `known` already, so it corrects",
    ),
    Weight("second", -496, 436, 685, "a second member agrees too: one likeness may be chance, or a template"),
    Weight("within", 15, -227, -192, "one text's words inside the other's"),
    Weight("lead", -77, 0, 11, "words of its lead in that member"),
    Weight("its_lead", 409, 0, -32, "words of that member's lead in the item: a lead says what the event is"),
    Weight(
        "titles",
        404,
        -496,
        -431,
        "both headlines, word for word; among long texts and bare headlines others say it too",
    ),
    Weight("shared", 601, 34, 226, "how much that is rare both have, however long they are"),
    Weight("names", 27, 0, 491, "rare names both have; decisive in texts long enough to name people"),
    Weight("days", -560, 0, 0, "days since the story's last member: events are reported at once"),
    Weight("size", 91, 183, 0, "members: a running story draws more"),
    Weight("headlines", 366, 0, 0, "headlines alone share few words, and mean them"),
    Weight("length", -217, 0, 0, "long texts share words by chance"),
    Weight("same weekday", 51, 0, 0, "the weekday that both name"),
    Weight("other weekday", -90, 0, 0, "each names another"),
    Weight("same age", 202, 0, 0, "an age that both state: of a victim, an accused"),
    Weight("other age", -87, 0, 0, "each states others: another person"),
    Weight("same day", -41, 0, 0, "a day of a month that both state; mostly the day of publishing"),
    Weight("other day", -104, 0, 0, "each states others"),
    Weight("same year", 80, 0, 0, "a year that both state"),
    Weight("other year", -76, 0, 0, "each states others: an older event like it"),
    Weight("same toll", 69, 0, 0, "as many dead or hurt"),
    Weight("other toll", -33, 0, 0, "other numbers, which may be a rising toll"),
    Weight("same measure", 40, 0, 0, "a sum or a decimal that both state"),
    Weight("other measure", -89, 0, 0, "each states others: another quarter, another quake"),
)
