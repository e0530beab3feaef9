"""What was decided about an item, as a sentence: relation, score, reason. No policy may enter."""

from collections.abc import Mapping
from typing import Any

from stream.show.plain import WHOLE, Names, name_of, plain


def decided(decision: Mapping[str, Any], names: Names) -> str:
    """`revision of 000…, score 0.9611: 96 % of the words of both …; rule same text, at least 85 %; …`."""
    to = decision.get("to")
    if not to:
        return f"{_relation(decision['relation'])}: {plain(decision['reason']['text'])}"
    called = names.get(name_of(to), plain(to["id"]))
    score = f", score {decision['score']:.4f}" if "score" in decision else ""
    reason = plain(_shortened(str(decision["reason"]["text"]), str(to["id"]), called))
    carried = ", ".join(names.get(name_of(ref), plain(ref["id"], 24)) for ref in decision.get("contains", ()))
    carries = f"; carries {carried}" if carried else ""
    return f"{_relation(decision['relation'])} {called}{score}: {reason}{carries}"


def _relation(relation: str) -> str:
    """`copy of`, `same story as`; the first of a story stands alone."""
    return {"first": "first", "same_story": "same story as"}.get(relation, f"{plain(relation)} of")


def _shortened(reason: str, whole: str, called: str) -> str:
    """A long id stands for nothing but itself; a short one might be any figure."""
    return reason.replace(whole, called, 1) if len(whole) > WHOLE else reason
