"""Readers of decoded JSON, each for one form of value: what is wrong is told by the field's name. No message is known here."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Reader = Callable[[str, Any], Any]  # the field's name, its value


def fields(readers: Mapping[str, Reader], required: frozenset[str]) -> Reader:
    """An object: each field by its own reader, in one pass over what is there."""

    def read(name: str, value: Any) -> dict[str, Any]:
        given = anything(name, value)
        if absent := required.difference(given):
            raise ValueError(f"{min(absent)} is missing in {name}")
        try:
            return {field: readers[field](field, said) for field, said in given.items()}
        except KeyError as unknown:
            raise ValueError(f"{name} has a field {unknown} that is not in the contract") from None

    return read


def anything(name: str, value: Any) -> dict[str, Any]:
    """An object with any fields."""
    if not isinstance(value, dict):
        raise ValueError(f"{name} is not an object")
    return value


def text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string")
    return value


def whole(least: int, most: int) -> Reader:
    def read(name: str, value: Any) -> int:
        if type(value) is not int or not least <= value <= most:  # a bool is an int to Python
            raise ValueError(f"{name} is not a whole number from {least} to {most}")
        return value

    return read


def length(least: int, most: int) -> Reader:
    """A string of so many characters."""

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise ValueError(f"{name} is not a string of {least} to {most} characters")
        return value

    return read


def form(pattern: str, what: str) -> Reader:
    """A string that matches as a whole; `what` says so to people."""
    matches = re.compile(pattern).fullmatch

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or not matches(value):
            raise ValueError(f"{name} is not {what}")
        return value

    return read


def one_of(values: tuple[str, ...]) -> Reader:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError(f"{name} is not one of {', '.join(values)}")
        return value

    return read


def each(reader: Reader, most: int | None = None) -> Reader:
    """A list, every entry by the same reader."""

    def read(name: str, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError(f"{name} is not a list")
        if most is not None and len(value) > most:
            raise ValueError(f"{name} has {len(value)} entries, at most {most} are expected")
        entry = f"an entry of {name}"
        return tuple([reader(entry, one) for one in value])

    return read
