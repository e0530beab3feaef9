"""What an editor names, found among the stories as they stand, or why it cannot be. What the desk does may not enter."""

from collections.abc import Mapping, Sequence

from stream.core.story import Ref
from stream.reading.named import NotOne, meant
from stream.reading.stories import State

LISTED_BY = "slugline stories --all"


def open_stories(states: Mapping[str, State], written: Sequence[str]) -> list[State]:
    """Those that are meant: open, each another, of one lane. Raises NotOne, in one line."""
    found = [_open(states, one) for one in written]
    ids = [state["id"] for state in found]
    if len(set(ids)) < len(ids):
        raise NotOne(f"{written[-1]}: a story is named twice; name one that is to be merged with it")
    if len(lanes := sorted({state["lane"] for state in found})) > 1:
        raise NotOne(f"they are of the lanes {' and '.join(lanes)}: stories of two languages are never one")
    return found


def members(state: State, written: Sequence[str]) -> tuple[Ref, ...]:
    """Members by their id, `source:id` or identity. Raises NotOne, in one line."""
    found = tuple(dict.fromkeys(_member(state, one) for one in written))
    if len(found) == state["members_count"]:
        raise NotOne(f"these are all members of story {state['id']}: name those that are to leave it")
    return found


def _open(states: Mapping[str, State], written: str) -> State:
    state = states[meant(written, states, "story", LISTED_BY)]
    if "merged_into" in state:
        raise NotOne(f"story {state['id']} was merged into {last(states, state)['id']}: name that one")
    if state["status"] != "open":
        raise NotOne(f"story {state['id']} is closed: it takes no members, and no edits")
    return state


def last(states: Mapping[str, State], state: State) -> State:
    """Where its redirects lead, as far as they are known here."""
    while (into := str(state.get("merged_into", ""))) in states:
        state = states[into]
    return state


def _member(state: State, written: str) -> Ref:
    found = [
        member
        for member in state["members"]
        if written in (member["id"], f"{member['source']}:{member['id']}", member["identity"])
    ]
    if not found:
        raise NotOne(_missing(state, written))
    if len(found) > 1:
        several = ", ".join(f"{member['source']}:{member['id']} {member['identity']}" for member in found[:4])
        raise NotOne(f"{len(found)} members are called {written!r}: {several}; name one by its last word")
    return Ref(found[0]["id"], found[0]["source"], found[0]["identity"])


def _missing(state: State, written: str) -> str:
    beyond = state["members_count"] - len(state["members"])
    older = f", which lists its newest and counts {beyond:,} more" if beyond > 0 else ""
    return f"no member {written!r} in story {state['id']}{older}: `slugline stories {state['id']}` names them"
