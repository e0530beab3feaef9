"""What a stamp holds beside a word's hash: the bits of what a reader sees at a glance, and the words that set them."""

from typing import Final

from stream.core.content import STOPWORDS

HASH_BITS: Final = 31
HASH: Final = (1 << HASH_BITS) - 1
CAPITAL, FIGURE, STOP, END, COMMA, MONEY, POINT = (1 << bit for bit in range(31, 38))
VALUE_BITS: Final = 40  # from here, 16 bits: the figure, weekday, month or number word, and one; 0 for none
VALUE: Final = (1 << 16) - 1
CLASS_BITS: Final = 56  # from here: one of these
WEEKDAY, MONTH, YEAR_WORD, OLD, AGED, HURT, NUMBER = range(1, 8)

_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_NUMBERS: Final = "one two three four five six seven eight nine ten eleven twelve".split()
_HURT: Final = "kill kills killed killing dead die dies died wounded injured hurt shot deaths".split()
_CLASSES: Final[dict[str, tuple[int, int]]] = {
    **{day: (WEEKDAY, n) for n, day in enumerate(_WEEKDAYS)},
    **{short: (WEEKDAY, n) for short, n in (("tue", 1), ("tues", 1), ("thu", 3), ("thur", 3), ("fri", 4))},
    **{month: (MONTH, n) for n, month in enumerate(_MONTHS)},
    **{month[:3]: (MONTH, n) for n, month in enumerate(_MONTHS) if month != "march"},
    "sept": (MONTH, 8),
    **{number: (NUMBER, n + 1) for n, number in enumerate(_NUMBERS)},
    **dict.fromkeys(("year", "years"), (YEAR_WORD, 0)),
    "old": (OLD, 0),
    **dict.fromkeys(("age", "aged"), (AGED, 0)),
    **dict.fromkeys(_HURT, (HURT, 0)),
}  # fmt: skip
SPECIAL: Final[dict[str, int]] = {
    **dict.fromkeys(sorted(STOPWORDS), STOP),
    **{
        word: kind << CLASS_BITS | (value + 1) << VALUE_BITS | (STOP if word in STOPWORDS else 0)
        for word, (kind, value) in _CLASSES.items()
    },
}  # folded words, and the bits of each
