"""What must hold when the stream has come to rest, each by its name. They are given what was read; none reads or mends."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from bench.checks.outcome import Outcome, Wrong
from bench.checks.said import must_agree
from bench.checks.whole import each_in_one_story
from bench.torture.evidence import Evidence
from stream.broker.problem import BrokerError
from stream.core.codec import decode
from stream.topics import ITEMS


def nothing_missing(given: Evidence) -> str:
    """Every item that was sent stands on wire.items.v1, and no other."""
    times = Counter(str(decode(message.value)["id"]) for message in given.items)
    sent = set(given.wire.ids)
    if missing := sent - times.keys():
        raise Wrong(f"{len(missing):,} of {len(sent):,} items are missing, such as {min(missing)}")
    if strange := times.keys() - sent:
        raise Wrong(f"{len(strange):,} items were never sent, such as {min(strange)}")
    if given.dead:
        raise Wrong(
            f"{len(given.dead):,} dead letters, the first: {given.dead[0].value[:300].decode('utf-8', 'replace')}"
        )
    again = sum(times.values()) - len(times)
    return f"{len(sent):,} items, {again:,} deliveries more on {ITEMS}, no dead letter"


def in_one_story(given: Evidence) -> str:
    """By the events, by the members that stories count, and by the records: one for each item, on one partition."""
    each_in_one_story(given.topics, list(dict.fromkeys(given.wire.ids)))
    places: dict[bytes, set[int]] = defaultdict(set)
    for message in given.records:
        places[message.key].add(message.partition)
    if twice := [key for key, partitions in places.items() if len(partitions) > 1]:
        raise Wrong(f"{len(twice):,} items have records on two partitions, such as {twice[0].decode()}")
    if len(places) != len(set(given.wire.ids)):
        raise Wrong(f"{len(places):,} records are kept of {len(set(given.wire.ids)):,} items")
    return f"each in exactly one of {given.topics.counts['stories']:,} stories"


def as_the_fold(given: Evidence) -> str:
    """The last record per key of story.state.v1 and the distinct events, byte for byte."""
    must_agree("the workers", given.topics, given.fold)
    counts = given.fold.counts
    return f"{counts['stories']:,} stories and {counts['events']:,} events are those of the fold of {ITEMS}"


def repeats(given: Evidence) -> str:
    """Told again with the same key, headers and value under the same id."""
    told: dict[bytes, set[tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]]] = defaultdict(set)
    for message in given.events:
        told[dict(message.headers)["ce_id"]].add((message.key, message.value, tuple(message.headers)))
    if unlike := [event.decode() for event, forms in told.items() if len(forms) > 1]:
        raise Wrong(f"{len(unlike):,} events were told again with other bytes, such as {min(unlike)}")
    again = len(given.events) - len(told)
    return f"{again:,} of {len(given.events):,} events were repeats, each with the bytes of the first"


def alerted_once(given: Evidence) -> str:
    """Each material event under its own key, and under one key nothing but the same alert; the ledger has nothing left.

    Killed between sending and noting that, the service sends that one again: whoever receives it drops a key seen before.
    """
    material = {
        dict(m.headers)["ce_id"].decode() for m in given.events if decode(m.value)["material"] is True
    }
    forms: dict[str, set[bytes]] = defaultdict(set)
    for line in given.alerts.said:
        forms[str(decode(line)["key"])].add(line)
    if unlike := [key for key, alerts in forms.items() if len(alerts) > 1]:
        raise Wrong(f"{len(unlike):,} keys stand for more than one alert, such as {unlike[0]}")
    if wrong := forms.keys() ^ material:
        raise Wrong(f"{len(wrong):,} alerts are missing or too many, such as {min(wrong)}")
    if given.alerts.ledger != dict.fromkeys(material, "sent"):
        raise Wrong(
            f"the ledger does not say of {len(material):,} alerts that they were sent, and of no other"
        )
    again, kills = len(given.alerts.said) - len(forms), given.alerts.restarts
    if again > kills:
        raise Wrong(f"{again:,} alerts were sent again, and the service was killed {kills:,} times")
    return (
        f"{len(forms):,} alerts, one for each key; {again:,} sent again by a service killed {kills:,} times"
    )


def ended_well(given: Evidence) -> str:
    """No worker ended by itself with an error of ours, every fault went as meant, and what was asked to end did with 0."""
    ours = [one for one in given.accidents if one.ours]
    if told := [*given.badly, *(f"{one.name} ended with {one.code}: {one.words}" for one in ours)]:
        raise Wrong(f"{len(told):,} times, the first: {told[0]}")
    return f"{len(given.accidents):,} processes gave up where no broker took them in, and were started again"


CHECKS: dict[str, Callable[[Evidence], str]] = {
    "nothing missing": nothing_missing,
    "in one story": in_one_story,
    "as the fold": as_the_fold,
    "repeats": repeats,
    "alerted once": alerted_once,
    "ended well": ended_well,
}


def all_checked(given: Evidence) -> Iterator[Outcome]:
    """Every check, whatever the one before found."""
    for name, check in CHECKS.items():
        try:
            yield Outcome(name, True, check(given))
        except (Wrong, BrokerError) as error:
            yield Outcome(name, False, str(error))
