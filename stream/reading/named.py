"""Which one is meant by an id, or by its first characters. What is named may not enter."""

from collections.abc import Iterable


class NotOne(ValueError):  # noqa: N818  # a wrong name is no error of ours
    """Nothing is called so, or more than one thing is."""


def meant(written: str, ids: Iterable[str], what: str, listed_by: str) -> str:
    """The id itself, else the only one that begins so. Raises NotOne, saying what lists them."""
    found = sorted(each for each in ids if each.startswith(written))
    if written in found:
        return written
    if len(found) == 1 and written:
        return found[0]
    if not found:
        raise NotOne(f"no {what} {written!r}: `{listed_by}` names them")
    some = ", ".join(found[:4]) + (" …" if len(found) > 4 else "")
    raise NotOne(f"{len(found)} of them begin with {written!r}: {some}; `{listed_by}` names them all")
