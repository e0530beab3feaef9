"""Why, in words that an editor can check: the measure, its threshold and the words that matched. Nothing is decided here."""

from stream.core import policy_story
from stream.core.cut import MOST_NAME, cut
from stream.core.fingerprint import Fingerprint
from stream.core.headline import headline
from stream.core.item import Item
from stream.core.measures import UNIT
from stream.core.passage import passage
from stream.core.policy import LEDE_WORDS, Measured
from stream.core.quoting import words_of
from stream.core.reading import MOST_READ, MOST_TITLE, WIDEST
from stream.core.runs import longest_shared
from stream.core.stamps import first_written
from stream.core.story import Ref
from stream.core.terms import Terms
from stream.core.verify import Match
from stream.core.words import words_up_to

MOST_QUOTED = 12  # words

_MEANS: dict[Measured, str] = {
    "in_order": "{score} of the shorter text's words in order in {to}",
    "alike": "{score} of the words of both in the same order in {to}",
    "phrases": "{score} of the shorter text's three-word phrases in {to}",
    "evidence": "evidence {score} for one report told twice, beside {to}",
    "headline": "{score} of both headlines' words in the same order in {to}",
    "figures": "{score} of the figures in {to}",
    "names": "{score} of the names in {to}",
}


def matched(to: Ref, match: Match) -> str:
    """`97 % of the shorter text's words in order in 001…; rule containment, at least 80 %; figures 100 %, names 92 %`."""
    rule, measures = match.rule, match.measures
    decided = _MEANS[rule.decides].format(score=_share(match.score), to=cut(to.id, MOST_NAME))
    others = [
        f"{name} {_share(value)}"
        for name in ("headline", "lede", "phrases", "figures", "names")
        if name != rule.decides and (value := getattr(measures, name)) is not None
    ]
    return "; ".join(
        filter(None, (decided, f"rule {rule.name}, at least {_share(match.threshold)}", ", ".join(others)))
    )


def one_event(to: Ref, rule: str, score: int, measures: str) -> str:
    """`odds of one event with 001… 5312, at least 5000; rule same event; names 48 (+0.9), other age 100 (-0.7)`."""
    told = f"odds of one event with {cut(to.id, MOST_NAME)} {score}, at least {policy_story.THRESHOLD}"
    return f"{told}; rule {rule}; {measures}"


def shared_words(item: Item, known_by: Terms, theirs: frozenset[int]) -> str:
    """The item's most telling words that the other has too, as the item writes them, folded."""
    both = [word for word in known_by.words.tolist() if word in theirs][:MOST_QUOTED]
    sought = set(both)
    said = first_written(item.text[:WIDEST], item.lane, MOST_READ, sought)
    said |= first_written(item.title, item.lane, MOST_TITLE, sought)
    return ", ".join(said[word] for word in both if word in said)


def same_id(to: Ref) -> str:
    return f"{cut(to.source, MOST_NAME)} issued the id {cut(to.id, MOST_NAME)} before; its text is another"


def longest_run(item: Item, new: Fingerprint, old: Fingerprint, match: Match | None) -> str:
    """The longest run of words that both have, its first words; of the headlines where these decided."""
    if new.has_text and old.has_text and not (match and match.rule.decides == "headline"):
        at, size = longest_shared(new.text_codes, old.text_codes)
        (set_, _), *_ = passage(item).galleys
        return " ".join(words_of(set_, at, min(size, MOST_QUOTED)))
    theirs = old.codes[: old.title_words] if old.title_words else old.text_codes[:LEDE_WORDS]
    at, size = longest_shared(new.codes[: new.title_words], theirs)
    return " ".join(words_up_to(headline(item), at + min(size, MOST_QUOTED))[at:])


def _share(part: int) -> str:
    return f"{part * 100 // UNIT} %"
