"""What can go wrong with a message, one thing at a time, from a good one. No test lives here."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

Steps = tuple[str | int, ...]
Mutation = tuple[str, Any]  # what was done, the message
OPAQUE = {"aside"}  # any JSON is let pass here, and it is the only place
WRONG: tuple[Any, ...] = (None, True, -1, "\u0000 no such word", [[]], {"no such name": 1})
KINDS = (bool, int | float, str, list, dict)


def without(message: Any) -> Iterator[tuple[Steps, Any]]:
    """The message without one of its properties, for each."""
    for steps, value in _places(message):
        if isinstance(value, dict):
            for name in value:
                yield (*steps, name), _changed(message, steps, {k: v for k, v in value.items() if k != name})


def with_another(message: Any) -> Iterator[Mutation]:
    """The message with one property more, wherever there is an object."""
    for steps, value in _places(message):
        if isinstance(value, dict):
            yield f"a name more in {steps}", _changed(message, steps, {**value, "no such name": "x"})


def with_wrong_types(message: Any) -> Iterator[Mutation]:
    """The message with one value of another type, for each value and each type."""
    for steps, value in _places(message):
        for other in WRONG if steps else ():
            if _kind(other) != _kind(value):
                yield f"{other!r} for {value!r:.80} in {steps}", _changed(message, steps, other)


def with_wrong_words(message: Any, words: dict[str, str]) -> Iterator[Mutation]:
    """The message with another word in each property that `words` names."""
    for steps, _ in _places(message):
        if steps and steps[-1] in words:
            yield f"{words[str(steps[-1])]!r} in {steps}", _changed(message, steps, words[str(steps[-1])])


def _places(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    yield steps, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        if name not in OPAQUE:
            yield from _places(inner, (*steps, name))


def _changed(message: Any, steps: Steps, value: Any) -> Any:
    if not steps:
        return value
    whole = deepcopy(message)
    place = whole
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value
    return whole


def _kind(value: Any) -> int:
    return next((n for n, kind in enumerate(KINDS) if isinstance(value, kind)), -1)
