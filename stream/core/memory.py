"""What the desk knows of one lane, in layers: a batch decides on a layer of its own, which joins or falls away.

All of it is a fold of the records by decision number. Nothing here decides; forget.py is how it forgets.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stream.core.bonds import Bonds
from stream.core.clock import Clock, Tick, tick
from stream.core.dues import Dues
from stream.core.fingerprint import Fingerprint
from stream.core.index import ALWAYS, Candidate, Index
from stream.core.item import Item
from stream.core.layer import Layer
from stream.core.morgue import Morgue
from stream.core.place import Place, Shrunk
from stream.core.story import Ref, Story
from stream.core.terms import Terms


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
        self.index: Index = under.index if under else Index()
        self.morgue: Morgue = under.morgue if under else Morgue()
        self.bonds: Bonds = Bonds(under.bonds if under else None)
        self.dues: Dues = Dues(under.dues if under else None)
        self.shrinking: list[Shrunk] = []  # left over from before a restart
        self.closed: deque[int] = deque()  # the newest members of stories that have closed, to be forgotten

    def layer(self) -> "Memory":
        """A layer on this memory. There is one at a time: both share the index, which can go back to here."""
        self.index.mark()
        self.morgue.open()
        return Memory(self.lane, self.life, self)

    def advance(self, ts: int) -> None:
        """The clock after one more decided item; members whose dates it only now believes get their time."""
        ticked: Tick = tick(self.clock, ts, self.life)
        self.clock = ticked.clock
        if ticked.leapt:
            self._believe(ticked.leapt)

    def as_of(self) -> int:
        """The clock; before all time where there is none yet, and every member lives."""
        return ALWAYS if self.clock.now is None else self.clock.now

    def until(self, ts: int) -> int:
        """Until when a member of that event time may match: it counts at most as the clock at its decision."""
        return (ts if self.clock.now is None else min(ts, self.clock.now)) + self.life

    def same_id(self, item: Item, fingerprint: Fingerprint) -> Candidate | None:
        """The latest living delivery of the same source and id."""
        number = self.ids.get((item.source, item.id))
        return (
            self.index.candidate(number, fingerprint) if number is not None and self.living(number) else None
        )

    def living(self, number: int) -> bool:
        until = self.index.until(number)
        return until is not None and (self.clock.now is None or self.clock.now <= until)

    def place(self, number: int) -> Place:
        """With the story and the family that it stands in now, wherever these went."""
        found = self.standing(number)
        story, family = self.bonds.last(found.story), self.bonds.last(found.family)
        if (story, family) == (found.story, found.family):
            return found
        return replace(found, story=story, family=family)

    def open_story(self, story: str) -> Story | None:
        """The story that an id leads to, if it may still take members."""
        found = self.stories.get(self.bonds.last(story))
        return found if found and (self.clock.now is None or self.clock.now <= found.until) else None

    def join_story(
        self,
        story: Story,
        item: Item,
        fingerprint: Fingerprint,
        known_by: Terms,
        merged: Sequence[Story] = (),
    ) -> None:
        """Keep a new version of a story and the member that made it, its newest; `merged` end in it."""
        newest, before = story.members[-1], self.stories.get(story.id)
        number, family = newest.number, newest.decision.family
        ref = Ref(item.id, item.source, item.identity)
        until = self.until(item.ts)
        previous = tuple([one.head for one in (before, *merged) if one])
        wrap = bool(newest.decision.contains)
        self.places.put(number, Place(ref, story.id, family, item.ts, self.clock.ticks, previous, wrap))
        self.ids.put((item.source, item.id), number)
        self.index.add(number, until, fingerprint)
        if self._believes(item.ts):
            self.morgue.file(story.id, number, item.ts, story.until, known_by)
        self.fold_in(merged, story.id)
        self.bonds.fold_families(newest.decision.folds, family)
        self.put(story)

    def _believes(self, ts: int) -> bool:
        """Whether a member of that event time is known by its event: not where it is dated more than a life ahead."""
        return self.clock.now is None or ts <= self.clock.now + self.life

    def fold_in(self, merged: Sequence[Story], into: str) -> None:
        """Stories that end in another: their ids redirect to it."""
        for story in merged:
            self.stories.put(story.id, None)
            self.morgue.merge(into, story.id)
            self.bonds.fold(story.id, into)

    def join_edit(self, identity: str, story: str, at: int, heads: tuple[int, ...]) -> None:
        """An edit stands among a story's members, so that its record is kept, and leaves, with theirs."""
        place = Place(Ref("", "", identity), story, "", at, self.clock.ticks, heads)
        self.places.put(self.number, place)

    def members(self, story: Story) -> dict[int, Place]:
        """Every member, by number, newest first. Takes as many steps as the stories bound to it have members."""
        left = [head for one in self.bonds.bound(story.id) if (head := self._head(one)) is not None]
        found = {}
        while left:
            number = left.pop()
            place = self.place(number)
            left.extend(place.before)
            if place.family and place.story == story.id:
                found[number] = place
        return dict(sorted(found.items(), reverse=True))

    def _head(self, story: str) -> int | None:
        found = self.stories.get(story)
        return found.head if found else self.bonds.waiting.get(story)

    def join(self) -> None:
        """What this layer holds becomes part of the memory under it."""
        assert self.under is not None
        under = self.under
        under.clock, under.number = self.clock, self.number
        for layer in (self.stories, self.places, self.ids, self.bonds, self.dues):
            layer.join()
        under.closed.extend(self.closed)
        under.index.keep(self.clock.now)
        under.morgue.keep()
        self.closed = deque()

    def fall(self) -> None:
        """This layer is given up: what it took from the memory under it goes back."""
        assert self.under is not None
        self.index.undo()
        self.morgue.take_back()
        self.dues.fall()

    def standing(self, number: int) -> Place:
        """As it was put; the story and the family of then."""
        found = self.places.get(number)
        assert found is not None, f"member {number} of lane {self.lane} has no place"
        return found

    def open_stories(self) -> Iterator[Story]:
        """Of this layer alone, in no order that matters."""
        return (story for key in self.stories if (story := self.stories.get(key)))

    def put(self, story: Story) -> None:
        self.stories.put(story.id, story)
        self.dues.add((story.until, story.members[-1].number, story.id))

    def _believe(self, leapt: int) -> None:
        for number in range(self.number - 1, -1, -1):
            place = self.places.get(number)
            if place is None or self.index.until(number) is None:
                continue
            if place.ticks <= self.clock.ticks - leapt:
                break
            self._prolong(number, place)

    def _prolong(self, number: int, place: Place) -> None:
        self.index.prolong(number, self.until(place.ts))
        story = self.stories.get(self.bonds.last(place.story))
        if story is not None:
            prolonged = replace(story, until=self._story_until(story))
            self.morgue.prolong(story.id, prolonged.until)
            self.put(prolonged)

    def _story_until(self, story: Story) -> int:
        untils = (self.index.until(m.number) for m in story.members)
        return max((until for until in untils if until is not None), default=story.until)
