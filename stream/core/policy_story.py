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


BIAS: Final = -999  # hundredths
WEIGHTS: Final[tuple[Weight, ...]] = (
    Weight("known", 1369, -358, 0, "rare words of the item that the story's members have"),
    Weight("headline", 216, 0, -17, "rare words of its headline among them"),
    Weight("rarity", -558, 641, -267, "how rare those words are; in long texts chance brings some together"),
    Weight("core", 86, 22, 0, "words that most members have, and the item too"),
    Weight("top_name", -40, 0, 0, "its rarest name is new to the story"),
    Weight("new_names", 44, 0, 7, "names that it writes twice and the story does not know"),
    Weight(
        "best",
        -136,
        -199,
        -663,
        "words shared with one member, both ways; counted in `known` already, so it corrects",
    ),
    Weight("second", -476, 417, 593, "a second member agrees too: one likeness may be chance, or a template"),
    Weight("within", -6, -209, -92, "one text's words inside the other's"),
    Weight("lead", -55, 0, -18, "words of its lead in that member"),
    Weight("its_lead", 426, 0, -65, "words of that member's lead in the item: a lead says what the event is"),
    Weight("shared", 616, 1, 167, "how much that is rare both have, however long they are"),
    Weight("names", 40, 0, 485, "rare names both have; decisive in texts long enough to name people"),
    Weight("figures", 26, 0, 0, "rare figures both have"),
    Weight("source", 5, 0, 0, "one source: it may be its boilerplate, or its own follow-up"),
    Weight("days", -515, 0, 0, "days since the story's last member: events are reported at once"),
    Weight("age", -43, 0, 0, "days since its first"),
    Weight("size", 120, 159, 0, "members: a running story draws more"),
    Weight("mixed", 71, 0, 0, "a headline alone against texts"),
    Weight("headlines", 384, 0, 0, "headlines alone share few words, and mean them"),
    Weight("length", -186, 0, 0, "long texts share words by chance"),
    Weight("same weekday", 48, 0, 0, "the weekday that both name"),
    Weight("other weekday", -95, 0, 0, "each names another"),
    Weight("same age", 198, 0, 0, "an age that both state: of a victim, an accused"),
    Weight("other age", -88, 0, 0, "each states others: another person"),
    Weight("same day", -52, 0, 0, "a day of a month that both state; mostly the day of publishing"),
    Weight("other day", -103, 0, 0, "each states others"),
    Weight("same year", 74, 0, 0, "a year that both state"),
    Weight("other year", -78, 0, 0, "each states others: an older event like it"),
    Weight("same toll", 67, 0, 0, "as many dead or hurt"),
    Weight("other toll", -34, 0, 0, "other numbers, which may be a rising toll"),
    Weight("same measure", 26, 0, 0, "a sum or a decimal that both state"),
    Weight("other measure", -89, 0, 0, "each states others: another quarter, another quake"),
)
