"""Law 5: every decision carries its reason: the rule, the score, the threshold, the words that matched."""

from stream.core import policy, policy_story
from stream.core.desk import Decided
from stream.core.engine import engine
from stream.core.measures import UNIT
from stream.core.story import Decision
from stream.core.words import words
from tests.laws.shore import folded, items_of
from tests.laws.wires import brief

TABLES = (policy.FAMILY, policy.HEADLINE, policy.NOTICE)
RULES = {rule.name for table in TABLES for rule in table} | {
    policy.REWRITE.name,
    policy.FLASH.name,
    policy_story.NAME,
}


def decisions() -> list[tuple[str, Decision]]:
    items = {item.identity: item for item in items_of(brief(51, 120))}
    lines = folded(list(items.values())).lines
    decided = [line.record for line in lines if isinstance(line, Decided)]
    return [(f"{record.item.title} {record.item.text}", record.decision) for record in decided]


def test_a_link_names_its_rule_score_threshold_and_words() -> None:
    """The score reaches the threshold, and the words that matched stand in the item."""
    links = [(text, decision) for text, decision in decisions() if decision.to and decision.score is not None]
    assert len(links) > 20
    for text, decision in links:
        assert decision.rule in RULES
        assert decision.threshold is not None and decision.score is not None
        assert 0 < decision.threshold <= decision.score <= UNIT
        assert decision.matched
        quoted = decision.matched.split(", ") if decision.rule == policy_story.NAME else [decision.matched]
        assert all(part in " ".join(words(text)) for part in quoted)
        assert decision.to and decision.to.id in decision.reason
        assert decision.rule in decision.reason


def test_an_item_that_stands_alone_says_so() -> None:
    """A first item has a rule and a reason, and no score."""
    alone = [decision for _, decision in decisions() if decision.relation == "first"]
    assert alone
    for decision in alone:
        assert (decision.rule, decision.to, decision.score, decision.threshold) == ("new", None, None, None)
        assert decision.reason


def test_every_decision_names_its_engine() -> None:
    """Which policy and libraries decided."""
    assert {decision.engine for _, decision in decisions()} == {engine()}


def test_every_event_of_an_item_tells_the_decision() -> None:
    """A subscriber sees why, without asking anyone."""
    lines = folded(items_of(brief(52, 60))).lines
    for line in (line for line in lines if isinstance(line, Decided)):
        told = line.events[0].data["decision"]
        assert told["reason"]["text"] == line.record.decision.reason
        assert told["reason"]["rule"] == line.record.decision.rule
        assert told["engine"] == engine()
