"""What is told when one generation of stories takes another's place: states and redirects, so that every id resolves.

A function of both generations' states and of the moment of the switch. What is kept of either, or where, may not enter.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stream.core.cut import MOST_LISTED
from stream.core.events import Event, Kind, event
from stream.core.ids import digest
from stream.core.times import read_time, write_time

State = Mapping[str, Any]  # as story.state.v1 has it
States = Mapping[str, State]  # by story id
Where = Callable[[str], str | None]  # identity of an item -> the story that the next generation has it in
EDITOR = "slugline rebuild"
LAST = 99  # the ordinal of a half on the key of a story that has said all of its version already
ABOUT = ("lane", "headline", "day", "members_count", "origins", "origins_count")


@dataclass(frozen=True, slots=True)
class Turn:
    """The switch to a generation, at a moment (ms) that is the same however often the switch is begun again."""

    generation: str
    at: int


@dataclass(frozen=True, slots=True)
class Succession:
    """`events` are told first, all of them; then `own`, the states of the next generation that do not stand there yet, each after
    the one that it redirects to; then `borrowed`, those of ids that it does not have. No chain of ids is a circle on the way."""

    events: tuple[Event, ...]
    own: tuple[State, ...]
    borrowed: tuple[State, ...]


def succession(public: States, own: States, where: Where, turn: Turn) -> Succession:
    """`public`: the last states that subscribers have. Where only some of the states were put, what is put then is the rest;
    the events are those of a public that is untouched."""
    borrowed: list[State] = []
    events: list[Event] = []
    for story in sorted(public.keys() - own.keys()):
        for state, told in _borrowed(public[story], own, where, turn):
            borrowed.append(state)
            events += told
    for story in sorted(own):
        events += _changed(public, own, story, turn)
    fresh = [state for state in own.values() if public.get(state["id"]) != state]
    fresh.sort(key=lambda state: (_steps(own, state["id"]), state["id"]))
    return Succession(tuple(events), tuple(fresh), tuple(borrowed))


def last(states: States, story: str) -> str:
    """Where an id leads: followed until there is no more, or round."""
    passed = set[str]()
    while story not in passed and "merged_into" in states.get(story, {}):
        passed.add(story)
        story = states[story]["merged_into"]
    return story


def _steps(own: States, story: str) -> int:
    """How many redirects lead on from it."""
    steps = 0
    while (into := own[story].get("merged_into")) in own:
        steps, story = steps + 1, str(into)
    return steps


def _borrowed(
    state: State, own: States, where: Where, turn: Turn
) -> Iterator[tuple[State, tuple[Event, ...]]]:
    """What becomes of an id that the next generation does not have; nothing where it redirects, or has closed unread."""
    if "merged_into" in state:
        return
    heir = _heir(state, own, where)
    if heir is None and state["status"] == "closed":
        return
    ended = {**state, "status": "closed", "version": state["version"] + 1}
    if heir is None:
        yield ended, (_closed(ended, turn),)
    else:
        redirect = {**ended, "merged_into": heir}
        yield redirect, _merged(redirect, own[heir], turn)


def _heir(state: State, own: States, where: Where) -> str | None:
    """The story that has most of the members that are listed; of equals the one whose id is first."""
    found = Counter(
        heir
        for member in state["members"]
        if (story := where(member["identity"])) and (heir := last(own, story)) in own
    )
    return min(found, key=lambda heir: (-found[heir], heir)) if found else None


def _changed(public: States, own: States, story: str, turn: Turn) -> tuple[Event, ...]:
    """What is told of an id that leads elsewhere from now on: to itself, or to another story. One that redirects from the
    start is told, too, as others may lead to it."""
    was, now = public.get(story, {}).get("merged_into"), own[story].get("merged_into")
    if was == now:
        return ()
    if now is None:
        return _split(public, own, story, turn)
    return _merged(own[story], own[now], turn)  # as its state has it, and not where that may lead on


def _closed(state: State, turn: Turn) -> Event:
    told = {"story": state["id"], **_about(state), "seen": state["seen"], "material": False}
    return _event("closed", state, state["id"], 1, told, turn)


def _merged(redirect: State, heir: State, turn: Turn) -> tuple[Event, ...]:
    """On both keys, either half enough."""
    both = _both(redirect, heir, turn)
    return (
        _event("merged", heir, redirect["id"], LAST, {**_subject(heir), **both}, turn),
        _event("merged", redirect, redirect["id"], 1, {**_subject(redirect), **both}, turn),
    )


def _split(public: States, own: States, story: str, turn: Turn) -> tuple[Event, ...]:
    """A story that had gone into another is one again: who keeps redirects by events lets this one go."""
    whole = public[last(public, story)]
    members = [{"id": one["id"], "source": one["source"]} for one in own[story]["members"][:MOST_LISTED]]
    both = {**_both(whole, own[story], turn, story), "members": members}
    return (
        _event("split", whole, story, LAST, {**_subject(whole), **both}, turn),
        _event("split", own[story], story, LAST, {**_subject(own[story]), **both}, turn),
    )


def _both(gone: State, into: State, turn: Turn, cause: str = "") -> dict[str, Any]:
    return {
        "from": _side(gone),
        "into": _side(into),
        "by": "editor",
        "edit": {
            "identity": _identity(cause or gone["id"], turn),
            "at": write_time(turn.at),
            "editor": EDITOR,
            "note": f"generation {turn.generation}",
        },
        "material": False,
    }


def _event(kind: Kind, state: State, cause: str, ordinal: int, told: dict[str, Any], turn: Turn) -> Event:
    moment = read_time(state["seen"]["last"]) or 0
    return event(_identity(cause, turn), kind, state["id"], moment, state["version"], ordinal, told)


def _identity(story: str, turn: Turn) -> str:
    return digest("rebuild", turn.generation, str(turn.at), story)


def _subject(state: State) -> dict[str, Any]:
    return {"story": state["id"], **_about(state)}


def _about(state: State) -> dict[str, Any]:
    return {"version": state["version"]} | {name: state[name] for name in ABOUT if name in state}


def _side(state: State) -> dict[str, Any]:
    told = {"story": state["id"], "version": state["version"], "members_count": state["members_count"]}
    return told | ({"headline": state["headline"]} if "headline" in state else {})
