"""What one item did, kept once: the table's values, from which the desk's memory is a fold. Nothing is decided here."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from stream.core.codec import decode, encode
from stream.core.edit import Edit
from stream.core.edit_json import edit_from_json, edit_to_json
from stream.core.events import Event, structured
from stream.core.item import Item
from stream.core.item_json import item_from_json, item_to_json
from stream.core.place import Shrunk
from stream.core.story import Decision, Merge, Ref


@dataclass(frozen=True, slots=True)
class Record:
    """A decided item: `closed` are the stories that its decision closed, `events` all that it published."""

    item: Item
    number: int
    decision: Decision
    material: bool
    closed: tuple[str, ...]
    events: tuple[dict[str, Any], ...]  # structured mode, as published

    @property
    def identity(self) -> str:
        return self.item.identity

    @property
    def lane(self) -> str:
        return self.item.lane


@dataclass(frozen=True, slots=True)
class Edited:
    """An edit that was carried out: `story` is the one that stayed, or began; `merged` folded into it, or it was parted
    from `parted`."""

    edit: Edit
    number: int
    story: str
    merged: tuple[str, ...]
    parted: str
    events: tuple[dict[str, Any], ...]  # structured mode, as published

    @property
    def identity(self) -> str:
        return self.edit.identity

    @property
    def lane(self) -> str:
        return self.edit.lane


@dataclass(frozen=True, slots=True)
class Buried:
    """An item or an edit that the desk dead-lettered, and why."""

    identity: str
    lane: str
    number: int
    reason: str


Kept = Record | Edited | Buried | Shrunk


def record(
    item: Item,
    number: int,
    decision: Decision,
    material: bool,
    closed: tuple[str, ...],
    events: tuple[Event, ...],
) -> Record:
    return Record(item, number, decision, material, closed, tuple([structured(event) for event in events]))


def write(kept: Kept, keeper: str) -> bytes:
    """The table's value; its key is the identity. `keeper`: lane function and partition count, checked at recovery."""
    body = _BODIES[type(kept)](kept)
    return encode(
        {**body, "identity": kept.identity, "lane": kept.lane, "number": kept.number, "keeper": keeper}
    )


def _item_body(kept: Record) -> dict[str, Any]:
    return {
        "kind": "item",
        "item": item_to_json(kept.item),
        "decision": decision_to_json(kept.decision),
        "material": kept.material,
        "closed": list(kept.closed),
        "events": list(kept.events),
    }


def _edit_body(kept: Edited) -> dict[str, Any]:
    return {
        "kind": "edit",
        "edit": edit_to_json(kept.edit),
        "story": kept.story,
        **({"merged": list(kept.merged)} if kept.merged else {}),
        **({"parted": kept.parted} if kept.parted else {}),
        "events": list(kept.events),
    }


def _shrunk_body(kept: Shrunk) -> dict[str, Any]:
    return {
        "kind": "shrunk",
        "story": kept.story,
        "ts": kept.ts,
        **({"closed": list(kept.closed)} if kept.closed else {}),
        **({} if kept.ticked else {"edit": True}),
    }


_BODIES: dict[type, Callable[[Any], dict[str, Any]]] = {
    Record: _item_body,
    Edited: _edit_body,
    Buried: lambda kept: {"kind": "dead", "reason": kept.reason},
    Shrunk: _shrunk_body,
}


def read(value: bytes) -> tuple[Kept, str]:
    """A record and its keeper. Raises KeyError or ValueError for what `write` did not write."""
    body = decode(value)
    kept: Kept = _READERS[body["kind"]](body)
    return kept, body["keeper"]


def _read_item(body: dict[str, Any]) -> Record:
    return Record(
        item_from_json(body["item"]),
        body["number"],
        decision_from_json(body["decision"]),
        body["material"],
        tuple(body["closed"]),
        tuple(body["events"]),
    )


def _read_dead(body: dict[str, Any]) -> Buried:
    return Buried(body["identity"], body["lane"], body["number"], body["reason"])


def _read_edit(body: dict[str, Any]) -> Edited:
    return Edited(
        edit_from_json(body["edit"]),
        body["number"],
        body["story"],
        tuple(body.get("merged", ())),
        body.get("parted", ""),
        tuple(body["events"]),
    )


def _read_shrunk(body: dict[str, Any]) -> Shrunk:
    closed, ticked = tuple(body.get("closed", ())), not body.get("edit", False)
    return Shrunk(body["identity"], body["lane"], body["number"], body["story"], body["ts"], closed, ticked)


_READERS: dict[str, Callable[[dict[str, Any]], Kept]] = {
    "item": _read_item,
    "edit": _read_edit,
    "dead": _read_dead,
    "shrunk": _read_shrunk,
}


def decision_to_json(decision: Decision) -> dict[str, Any]:
    return {
        "relation": decision.relation,
        "story": decision.story,
        "family": decision.family,
        "rule": decision.rule,
        "reason": decision.reason,
        "engine": decision.engine,
        "to": _ref_to_json(decision.to) if decision.to else None,
        "score": decision.score,
        "threshold": decision.threshold,
        "matched": decision.matched,
        "contains": [_ref_to_json(ref) for ref in decision.contains],
        **({"merges": [_merge_to_json(merge) for merge in decision.merges]} if decision.merges else {}),
        **({"folds": list(decision.folds)} if decision.folds else {}),
    }


def _merge_to_json(merge: Merge) -> dict[str, Any]:
    return {**asdict(merge), "to": _ref_to_json(merge.to)}


def decision_from_json(body: dict[str, Any]) -> Decision:
    to = Ref(**body["to"]) if body["to"] else None
    merges = tuple(Merge(**{**merge, "to": Ref(**merge["to"])}) for merge in body.get("merges", ()))
    contains = tuple(Ref(**ref) for ref in body["contains"])
    folds = tuple(body.get("folds", ()))
    return Decision(**{**body, "to": to, "contains": contains, "merges": merges, "folds": folds})


def _ref_to_json(ref: Ref) -> dict[str, str]:
    return {"id": ref.id, "source": ref.source, "identity": ref.identity}
