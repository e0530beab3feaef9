"""The baseline that groups items with one title, whatever stands under it. Nothing else of an item enters."""

from collections.abc import Sequence

from bench.score.said import Entry, Said, one_grouping
from bench.score.tokens import words


def titles(items: Sequence[Entry]) -> Said:
    """Case, marks and white space apart; an item without a title stands alone."""
    return one_grouping([" ".join(words(item.title)) or at for at, item in enumerate(items)])
