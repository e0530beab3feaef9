"""Makes schemas/examples anew by running the core on the seeds and on a generated wire: `python -m tests.contracts.remake`.

Read what it made before you keep it: the examples are what people learn the messages from.
"""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson

import schemas
from bench.wire import wire
from replay.fold import Folded, fold
from replay.inputs import Input, read
from stream.core import edit
from stream.core.codec import decode, encode
from stream.core.dead import Arrived, DeadLetter, Offered, Retry, dead_letter, retried
from stream.core.edit_json import edit_to_json
from stream.core.front import admit
from stream.core.item import Item, Rejected
from stream.core.item_json import item_to_json
from stream.core.parse import NORMALISED, too_large
from stream.core.receipt import read_ts
from stream.core.record import Buried, write
from stream.core.settings import Settings
from stream.core.story import Ref
from stream.core.times import DAY
from stream.topics import ITEMS, MAX_ITEM_BYTES, RAW
from tests.contracts.validate import assert_valid, dead_object
from tests.laws.doubles import doubles

FOLDER = Path(schemas.__file__).parent / "examples"
SHORT_LIFE = Settings(story_life=DAY // 24)
Example = tuple[str, str, Any]  # schema, name, message
LETTER = {"key": None, "stage": "normalise", "max_bytes": MAX_ITEM_BYTES}
HEADERS = (("source", b"sundial"), ("id", b"w-17"), ("content-type", b"application/json"))
OF_ITEMS = (("content-type", NORMALISED.encode()), *HEADERS[:2])


def inputs(objects: Iterable[dict[str, Any]], **headers: str) -> list[Input]:
    said = {"content-type": "application/json", **headers}
    return [Input(encode(one), said, f"wire:{line}", 1, b"") for line, one in enumerate(objects, start=1)]


def examples() -> Iterator[Example]:
    seeds = list(read([], BytesIO()))
    ordered, turned = fold(seeds, Settings()), fold(seeds[::-1], Settings())
    generated, closing = fold(inputs(wire(1, 600)), Settings()), fold(inputs(wire(1, 300)), SHORT_LIFE)
    yield from _items(seeds)
    yield from _stories(ordered, closing)
    yield from _events(ordered, turned, generated, closing)
    yield from _records(ordered, closing)
    yield from _merges()
    yield from _letters()


def _items(seeds: list[Input]) -> Iterator[Example]:
    flash = {
        "id": "w-17",
        "source": "sundial",
        "ts": "2026-01-05T09:30:00+01:00",
        "title": "Harbour ferry aground off Weneracliff",
    }
    odd = flash | {
        "text": "WENERACLIFF, January 5 - All 17 aboard are safe.",
        "ts": "2099-01-01",
        "lang": 7,
        "version": 2,
        "topics": ["shipping"],
    }
    given = [
        ("seed-000", seeds[0]),
        ("seed-001", seeds[1]),
        ("flash", inputs([flash])[0]),
        ("odd", inputs([odd], received="2026-01-05T08:30:00Z")[0]),
    ]
    for name, one in given:
        item = admit(one.raw, one.headers, Settings())
        assert isinstance(item, Item)
        yield "item", name, item_to_json(item)


def _stories(seeds: Folded, closing: Folded) -> Iterator[Example]:
    yield "story", "seeds", _smallest(seeds.states.values(), lambda _: True)
    states = closing.states.values()
    yield (
        "story",
        "one-member",
        _smallest(states, lambda s: s["members_count"] == 1 and s["status"] == "open"),
    )
    yield "story", "closed", _smallest(states, lambda s: s["members_count"] == 3 and s["status"] == "closed")


def _events(seeds: Folded, turned: Folded, generated: Folded, closing: Folded) -> Iterator[Example]:
    for event in map(decode, seeds.distinct_events()):
        yield "event", f"seeds-{_kind(event)}", event
    yield "event", "seeds-turned-echoed", _smallest(turned.events.values(), lambda e: _kind(e) == "echoed")
    events = generated.events.values()
    yield "event", "wrap-up", _smallest(events, _is_wrap_up)
    yield "event", "figures-changed", _smallest(_aground().events.values(), lambda e: "change" in e["data"])
    yield "event", "closed", _smallest(closing.events.values(), _is_end_of_several)


def _merges() -> Iterator[Example]:
    """Two reports that share a paragraph, and the brief that is that paragraph."""
    whole = fold(inputs(doubles(1, 1)[:4]), Settings())
    into, gone = sorted(
        (event for event in map(decode, whole.events.values()) if _kind(event) == "merged"),
        key=lambda event: event["subject"] == event["data"]["from"]["story"],
    )
    yield "event", "merged-on-the-key-that-stays", into
    yield "event", "merged-on-the-key-that-folds", gone
    yield "story", "redirect", decode(whole.states[gone["subject"]])
    yield "story", "merged", decode(whole.states[into["subject"]])
    yield "record", "merges", _smallest(whole.records.values(), lambda r: "merges" in r["decision"])
    yield from _edits(whole)


def _edits(whole: Folded) -> Iterator[Example]:
    """An editor parts what text merged, and takes it back."""
    story = next(s for s in map(decode, whole.states.values()) if "merged_from" in s)
    leaves = next(m for m in story["members"] if m["id"].endswith("b"))
    ref = Ref(leaves["id"], leaves["source"], leaves["identity"])
    at = story["seen"]["last"]
    split = edit.split("en", story["id"], (ref,), read_ts(at) or 0, "night desk", "two ships, one fog")
    whole.take([split])
    begun = next(s["id"] for s in map(decode, whole.states.values()) if "split_from" in s)
    merge = edit.merge("en", story["id"], (begun,), read_ts(at) or 0, "night desk")
    yield "story", "split", decode(whole.states[begun])
    events = [e for e in map(decode, whole.events.values()) if _kind(e) == "split"]
    for event in events:
        side = "that-was-parted" if event["subject"] == story["id"] else "that-began"
        yield "event", f"split-on-the-key-{side}", event
    whole.take([merge])
    yield "event", "merged-by-an-editor", _smallest(whole.events.values(), _is_by_editor)
    for one in (split, merge):
        yield "edit", one.kind, edit_to_json(one)
        yield "record", f"edit-{one.kind}", decode(whole.records[one.identity])


def _is_by_editor(event: dict[str, Any]) -> bool:
    return _kind(event) == "merged" and event["data"]["by"] == "editor"


def _records(seeds: Folded, closing: Folded) -> Iterator[Example]:
    yield "record", "item", decode(next(iter(seeds.records.values())))
    yield "record", "revision", decode([*seeds.records.values()][1])
    kept = decode(next(iter(seeds.records.values())))
    buried = Buried(kept["identity"], kept["lane"], kept["number"], "KeyError: 'a bug that nobody foresaw'")
    yield "record", "dead", decode(write(buried, kept["keeper"]))
    yield "record", "shrunk", _smallest(closing.records.values(), lambda r: r["kind"] == "shrunk")


def _letters() -> Iterator[Example]:
    refused = admit(b'{"title": "Harbour ferry agr', {}, Settings())
    assert isinstance(refused, Rejected)
    broken = _letter(refused.raw, Arrived(RAW, 3, 41), error=refused.reason)
    again = retried(broken)
    assert isinstance(again, Retry)
    huge = b"x" * (MAX_ITEM_BYTES + 1)
    too_much = too_large(huge, MAX_ITEM_BYTES)
    assert too_much
    bug = "KeyError: 'a bug that nobody foresaw'"
    letters = {
        "not-json": broken,
        "retried": _letter(again.value, Arrived(RAW, 3, 57), error=refused.reason, headers=again.headers),
        "front-door": _letter(huge, Offered("wire.jsonl:17"), error=too_much, stage="front-door"),
        "bug-at-the-desk": _letter(
            b"{}", Arrived(ITEMS, 0, 17), error=bug, stage="desk", headers=OF_ITEMS, attempt=0
        ),
    }
    yield from (("dead", name, dead_object(letter.headers)) for name, letter in letters.items())


def _letter(value: bytes, origin: Arrived | Offered, **more: Any) -> DeadLetter:
    return dead_letter(value=value, origin=origin, **{**LETTER, "headers": HEADERS, **more})


def _kind(event: dict[str, Any]) -> str:
    return str(event["type"]).removeprefix("org.slugline.story.").removesuffix(".v1").replace(".", "-")


def _is_wrap_up(event: dict[str, Any]) -> bool:
    return len(event["data"].get("decision", {}).get("contains", ())) > 1


def _is_end_of_several(event: dict[str, Any]) -> bool:
    return _kind(event) == "closed" and event["data"]["members_count"] > 1


def _aground() -> Folded:
    """A report and its update: a figure has risen, a sentence is new."""
    text = (
        "WENERACLIFF, January 5 - The harbour ferry ran aground off Weneracliff early on Monday with {} people "
        "on board, the coast guard said. The ferry had left the northern quay in thick fog and struck a sandbank "
        "half a mile from the lighthouse. Nobody was hurt, and two tugs were on their way to the ship.{}"
    )
    report = {
        "id": "w-17",
        "source": "sundial",
        "ts": "2026-01-05T08:30:00Z",
        "title": "Harbour ferry aground off Weneracliff",
    }
    update = report | {
        "version": 2,
        "ts": "2026-01-05T09:10:00Z",
        "text": text.format(21, " Divers were looking for a leak."),
    }
    return fold(inputs([report | {"text": text.format(17, "")}, update]), Settings())


def _smallest(messages: Iterable[bytes], wanted: Callable[[dict[str, Any]], bool]) -> Any:
    """The smallest message that is wanted: the quickest to read."""
    return min((m for m in map(decode, messages) if wanted(m)), key=lambda m: len(encode(m)))


def main() -> None:
    for schema, name, message in examples():
        assert_valid(schema, message)
        file = FOLDER / schema / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(orjson.dumps(message, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
        print(file.relative_to(FOLDER))


if __name__ == "__main__":
    main()
