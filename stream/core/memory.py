"""What the desk knows of one lane, in layers: a batch decides on a layer of its own, which joins or falls away.

All of it is a fold of the records by decision number. Nothing here decides; it remembers and forgets.
"""

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stream.core.clock import Clock, Tick, tick
from stream.core.fingerprint import Fingerprint
from stream.core.index import Entry, Index
from stream.core.item import Item
from stream.core.layer import Layer
from stream.core.morgue import Morgue
from stream.core.story import Ref, Story
from stream.core.terms import Terms

BEFORE_TIME = -(1 << 62)
MOST_CLOSED = 32  # stories that one item closes; the rest with the items that follow
MOST_FORGOTTEN = 256  # members that one joining forgets, so that it takes bounded time


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands. `before` is the number of the member that its story had before it; `ticks` the clock's."""

    ref: Ref
    story: str
    family: str
    ts: int
    ticks: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What is left of a record when its story has closed."""

    identity: str
    lane: str
    number: int
    story: str
    ts: int


class Memory:
    """One lane's stories, members and index. `under` is the memory that this one is a layer on."""

    def __init__(self, lane: str, life: int, under: "Memory | None" = None) -> None:
        self.lane = lane
        self.life = life
        self.under = under
        self.clock: Clock = under.clock if under else Clock()
        self.number: int = under.number if under else 0
        self.stories: Layer[str, Story] = Layer(under.stories if under else None)
        self.places: Layer[int, Place] = Layer(under.places if under else None)
        self.ids: Layer[tuple[str, str], int] = Layer(under.ids if under else None)
        self.index: Index = Index(under.index if under else None)
        self.morgue: Morgue = under.morgue if under else Morgue()
        if under:
            self.morgue.open()
        self._due: list[tuple[int, int, str]] = []  # (until, number of the member that set it, story)
        self._taken: list[tuple[int, int, str]] = []  # from under's
        self._past: list[tuple[int, int]] = []  # (until, number) of members in the index
        self.shrinking: list[Shrunk] = []  # left over from before a restart
        self._closed: deque[int] = deque()  # the newest members of stories that have closed, to be forgotten

    def layer(self) -> "Memory":
        """A layer on this memory. There is one at a time."""
        return Memory(self.lane, self.life, self)

    def advance(self, ts: int) -> None:
        """The clock after one more decided item; members whose dates it only now believes get their time."""
        ticked: Tick = tick(self.clock, ts, self.life)
        self.clock = ticked.clock
        if ticked.leapt:
            self._believe(ticked.leapt)

    def now(self) -> int:
        """The clock; before all time where there is none yet, and every member lives."""
        return BEFORE_TIME if self.clock.now is None else self.clock.now

    def until(self, ts: int) -> int:
        """Until when a member of that event time may match: it counts at most as the clock at its decision."""
        return (ts if self.clock.now is None else min(ts, self.clock.now)) + self.life

    def expired(self) -> list[Story]:
        """The stories whose time the clock has passed, oldest first, at most `MOST_CLOSED`."""
        found: list[Story] = []
        while len(found) < MOST_CLOSED and (due := self._next_due()) is not None:
            story = self.stories.get(due[2])
            if story is not None and story.until == due[0] and all(story.id != other.id for other in found):
                found.append(story)
        return found

    def same_id(self, item: Item) -> Entry | None:
        """The latest living delivery of the same source and id."""
        number = self.ids.get((item.source, item.id))
        entry = self.index.entry(number) if number is not None else None
        return entry if entry and self.living(entry) else None

    def past_from(self) -> int | None:
        """The clock, where a member may be past its time; None where all of them live."""
        now = self.clock.now
        layers = [self] if self.under is None else [self, self.under]
        return now if now is not None and any(m._past and m._past[0][0] < now for m in layers) else None

    def living(self, entry: Entry) -> bool:
        return self.clock.now is None or self.clock.now <= entry.until

    def place(self, number: int) -> Place:
        found = self.places.get(number)
        assert found is not None, f"member {number} of lane {self.lane} has no place"
        return found

    def join_story(self, story: Story, item: Item, fingerprint: Fingerprint, known_by: Terms) -> None:
        """Keep a new version of a story and the member that made it, its newest."""
        newest, before = story.members[-1], self.stories.get(story.id)
        number, family = newest.number, newest.decision.family
        ref = Ref(item.id, item.source, item.identity)
        until = self.until(item.ts)
        previous = before.members[-1].number if before else None
        self.places.put(number, Place(ref, story.id, family, item.ts, self.clock.ticks, previous))
        self.ids.put((item.source, item.id), number)
        self._remember(Entry(number, until, fingerprint))
        self.morgue.file(story.id, number, item.ts, story.until, known_by)
        self._put(story)

    def close(self, story_id: str) -> None:
        story = self.stories.get(story_id)
        if story is not None:
            self.stories.put(story_id, None)
            self.morgue.close(story_id)
            self._closed.append(story.members[-1].number)

    def join(self) -> None:
        """What this layer holds becomes part of the memory under it."""
        assert self.under is not None
        under = self.under
        under.clock, under.number = self.clock, self.number
        for layer in (self.stories, self.places, self.ids, self.index):
            layer.join()
        self.morgue.keep()
        for due in self._due:
            heapq.heappush(under._due, due)
        for past in self._past:
            heapq.heappush(under._past, past)
        under._closed.extend(self._closed)
        under._forget_past()
        self._due, self._taken, self._past, self._closed = [], [], [], deque()

    def fall(self) -> None:
        """This layer is given up: what it took from the memory under it goes back."""
        assert self.under is not None
        self.morgue.take_back()
        for due in self._taken:
            heapq.heappush(self.under._due, due)

    def shrink(self, most: int = MOST_FORGOTTEN) -> list[Shrunk]:
        """The next members of closed stories, forgotten here, whose records may shrink.

        Story after story as they closed: the record that says which story it closed must not shrink before
        that story's own, or a crash between the two would leave a closed story that looks open.
        """
        shrunk, self.shrinking = self.shrinking[:most], self.shrinking[most:]
        while self._closed and len(shrunk) < most:
            number = self._closed.popleft()
            place = self.place(number)
            self._forget_id(number)
            self.places.put(number, None)
            shrunk.append(Shrunk(place.ref.identity, self.lane, number, place.story, place.ts))
            if place.before is not None:
                self._closed.appendleft(place.before)
        return shrunk

    def open_stories(self) -> Iterator[Story]:
        """Of this layer alone, in no order that matters."""
        return (story for key in self.stories if (story := self.stories.get(key)))

    def _put(self, story: Story) -> None:
        self.stories.put(story.id, story)
        heapq.heappush(self._due, (story.until, story.members[-1].number, story.id))

    def _remember(self, entry: Entry) -> None:
        self.index.add(entry)
        heapq.heappush(self._past, (entry.until, entry.number))

    def _believe(self, leapt: int) -> None:
        for number in range(self.number - 1, -1, -1):
            place, entry = self.places.get(number), self.index.entry(number)
            if place is None or entry is None:
                continue
            if place.ticks <= self.clock.ticks - leapt:
                break
            self._prolong(entry, place)

    def _prolong(self, entry: Entry, place: Place) -> None:
        until = self.until(place.ts)
        self._remember(replace(entry, until=until))
        story = self.stories.get(place.story)
        if story is not None:
            prolonged = replace(story, until=self._story_until(story))
            self.morgue.prolong(story.id, prolonged.until)
            self._put(prolonged)

    def _story_until(self, story: Story) -> int:
        entries = (self.index.entry(m.number) for m in story.members)
        return max(entry.until for entry in entries if entry)

    def _next_due(self) -> tuple[int, int, str] | None:
        """The earliest due story of this layer or the one under it, taken off; None when none is past its time."""
        now = self.clock.now
        mine = self._due[0] if self._due else None
        theirs = self.under._due[0] if self.under and self.under._due else None
        first = min(filter(None, (mine, theirs)), default=None)
        if first is None or now is None or first[0] >= now:
            return None
        if first == theirs and self.under:
            self._taken.append(heapq.heappop(self.under._due))
        else:
            heapq.heappop(self._due)
        return first

    def _forget_past(self) -> None:
        """Only memory changes by this: a member past its time is passed over wherever it still stands."""
        now = self.clock.now
        for _ in range(MOST_FORGOTTEN):
            if now is None or not self._past or self._past[0][0] >= now:
                return
            until, number = heapq.heappop(self._past)
            entry = self.index.entry(number)
            if entry and entry.until == until:
                self.index.drop(number)
                self._forget_id(number)

    def _forget_id(self, number: int) -> None:
        place = self.places.get(number)
        if place and self.ids.get((place.ref.source, place.ref.id)) == number:
            self.ids.put((place.ref.source, place.ref.id), None)
