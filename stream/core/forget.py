"""How a memory forgets: stories whose time is past close, and the records of their members shrink. Nothing is decided.

Story after story as they closed: the record that says which story it closed must not shrink before that story's own, or
a crash between the two would leave a closed story that looks open. So, too, the record that merged a story shrinks after
that story's own.
"""

from dataclasses import replace

from stream.core.memory import Memory
from stream.core.place import Place, Shrunk
from stream.core.story import Story

MOST_CLOSED = 32  # stories that one item closes; the rest with the items that follow
MOST_FORGOTTEN = 256  # members that one joining forgets, so that it takes bounded time


def expired(memory: Memory) -> list[Story]:
    """The stories whose time the clock has passed, oldest first, at most `MOST_CLOSED`."""
    found: list[Story] = []
    now = memory.clock.now
    while now is not None and len(found) < MOST_CLOSED and (due := memory.dues.next(now)) is not None:
        story = memory.stories.get(due[2])
        if story is not None and story.until == due[0] and all(story.id != other.id for other in found):
            found.append(story)
    return found


def close(memory: Memory, story_id: str) -> None:
    """Its records shrink; where it is bound to a story that is open still, with those of that story."""
    story = memory.stories.get(story_id)
    if story is None:
        return
    memory.stories.put(story_id, None)
    memory.morgue.close(story_id)
    memory.closed.extend(
        memory.bonds.end(story_id, story.head, memory.number, lambda one: memory.stories.get(one) is not None)
    )


def shrink(memory: Memory, most: int = MOST_FORGOTTEN) -> list[Shrunk]:
    """The next members of closed stories, forgotten here, whose records may shrink."""
    shrunk, memory.shrinking = memory.shrinking[:most], memory.shrinking[most:]
    while memory.closed and len(shrunk) < most:
        number = memory.closed.popleft()
        place = memory.standing(number)
        if len(place.before) > 1:
            memory.closed.extendleft((number, *place.before[1:]))
            memory.places.put(number, replace(place, before=place.before[:1]))
            continue
        memory.closed.extendleft(place.before)
        shrunk.append(_forget(memory, number, place))
    return shrunk


def _forget(memory: Memory, number: int, place: Place) -> Shrunk:
    ref = place.ref
    if memory.ids.get((ref.source, ref.id)) == number:
        memory.ids.put((ref.source, ref.id), None)
    memory.places.put(number, None)
    closed = memory.bonds.forget(place.story, place.family, number)
    return Shrunk(ref.identity, memory.lane, number, place.story, place.ts, closed, ticked=bool(place.family))
