"""The whole wire through the worker: every item in exactly one story, none refused, one lane; time and rate."""

import asyncio
from collections import Counter
from pathlib import Path

from bench.checks.commands import Worker, feed, slugline
from bench.checks.ground import Ground
from bench.checks.outcome import Figures, Outcome, Wrong
from bench.checks.running import Broker
from bench.checks.said import Said, must_agree, said_by_fold, said_on_topics
from bench.checks.watch import Course, Watch, until_done
from stream.core.codec import decode
from stream.reading.topic import reading
from stream.topics import EVENTS, ITEMS, RAW_PARTITIONS

LANE = "en"
PLACED = ("created", "updated", "echoed")  # an item does one of these to the story that it joins


def whole(ground: Ground, broker: Broker) -> Outcome:
    """All items, on as many raw partitions as there are by default."""
    path, count = ground.first(None)
    with broker(RAW_PARTITIONS) as address, Watch(address) as watch:
        feed(path, address)
        with Worker(address, RAW_PARTITIONS, ground.folder) as worker:
            course = until_done(worker, watch, EVENTS, count, ground.say)
        no_dead_letters(address)
        said = said_on_topics(address)
        each_in_one_story(said, _ids(path))
        one_lane(asyncio.run(_lanes(address)), count)
        must_agree("the fold of wire.items.v1", said, said_by_fold("--topic", ITEMS, "--broker", address))
    return _told(count, said, course)


def _told(count: int, said: Said, course: Course) -> Outcome:
    rate, whole_rate = count / max(course.last - course.first, 0.001), count / max(course.last, 0.001)
    told = (
        f"{count:,} items: each in exactly one of {said.counts['stories']:,} stories, no dead letters, all in "
        f"lane {LANE}, as the fold of wire.items.v1; {course.last:.1f} s from the worker's start to its last "
        f"event ({whole_rate:,.0f}/s), of them {course.first:.1f} s until its first ({rate:,.0f}/s from there)"
    )
    timed = {"seconds": round(course.last, 2), "seconds_to_first": round(course.first, 2)}
    rates = {"rate": round(whole_rate, 1), "rate_from_first": round(rate, 1)}
    figures: Figures = {"items": count, **said.counts, **timed, **rates}
    return Outcome("whole", True, told, figures)


def _ids(path: Path) -> list[str]:
    return [str(decode(line)["id"]) for line in path.read_bytes().splitlines()]


def each_in_one_story(said: Said, ids: list[str]) -> None:
    """By the events, and by the sum of the members that stories count."""
    events = [decode(line) for line in said.events.splitlines()]
    placing = [event for event in events if event["type"].split(".")[-2] in PLACED]
    placed = Counter(event["data"]["item"]["id"] for event in placing)
    if wrong := [one for one in ids if placed[one] != 1] or sorted(placed.keys() - set(ids)):
        raise Wrong(
            f"{len(wrong):,} items are not in exactly one story, such as {wrong[0]}: {placed[wrong[0]]}"
        )
    states = list(map(decode, said.stories.splitlines()))
    into = {state["id"]: state["merged_into"] for state in states if "merged_into" in state}
    stories = {state["id"]: state["members_count"] for state in states if state["id"] not in into}
    joined = Counter(_last(into, event["subject"]) for event in placing)
    if joined != stories:
        unlike = sorted(story for story in joined | stories.keys() if joined[story] != stories.get(story))
        raise Wrong(f"{len(unlike):,} stories count other members than their events, such as {unlike[0]}")


def _last(into: dict[str, str], story: str) -> str:
    """Where its redirects end: a story that was merged counts there."""
    while story in into:
        story = into[story]
    return story


def no_dead_letters(address: str) -> None:
    letters = slugline("dead", "list", "--json", "--broker", address).splitlines()
    if letters:
        raise Wrong(
            f"{len(letters):,} dead letters, the first: {letters[0][:300].decode('utf-8', 'replace')}"
        )


def one_lane(lanes: Counter[tuple[str, str]], items: int) -> None:
    if lanes != {(LANE, LANE): items}:
        raise Wrong(f"lanes by key and by item: {dict(lanes)}, and not {items:,} in {LANE}")


async def _lanes(address: str) -> Counter[tuple[str, str]]:
    async with reading(address, ITEMS, "beginning") as reader:
        return Counter(
            [
                (message.key.decode(), decode(message.value)["lane"])
                async for messages in reader.to_the_end()
                for message in messages
            ]
        )
