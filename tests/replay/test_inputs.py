"""Laws of the inputs: which files, in which order, as which bytes; and who says when they were received."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.inputs import Input, Unreadable, read, stamped
from stream.core.codec import encode
from stream.core.item import Item
from stream.core.parse import parse
from stream.core.times import SECOND, read_time
from tests.core.deliveries import BODIES, objects

MAX = 900_000
NOTHING = io.BytesIO()
ITEM = {"id": 1, "ts": "1987-02-26T15:01:01", "source": "reuters", "title": "BAHIA COCOA REVIEW"}


def wheres(paths: list[Path]) -> list[str]:
    return [one.where for one in read([str(path) for path in paths], NOTHING)]


def write(folder: Path, name: str, content: bytes = b"A text.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_seeds_are_the_default_input() -> None:
    """Two plain texts about one agreement, named by their files."""
    first, second = read([], NOTHING)
    assert (first.key, second.key) == (b"file:000_3da8d3c69854a757", b"file:001_24a8f607ec96cba8")
    assert first.headers == {"content-type": "text/plain", "source": "file", "id": "000_3da8d3c69854a757"}
    assert (first.ts, first.where.endswith("000_3da8d3c69854a757.txt:1")) == (None, True)
    assert first.raw.startswith(b" date 2024-03-05 PARIS: Japanese Prime Minister")


def test_a_folder_is_read_recursively_in_byte_order_of_path(tmp_path: Path) -> None:
    """The same on every machine, whatever its locale and file system."""
    names = ["b.txt", "B.txt", "a/z.txt", "a-1.txt", "a/b/c.txt", "ä.txt"]
    written = sorted((str(write(tmp_path, name)) for name in names), key=os.fsencode)
    assert wheres([tmp_path]) == [f"{path}:1" for path in written]
    assert wheres([tmp_path])[0].endswith("B.txt:1")


def test_paths_are_read_in_the_order_given(tmp_path: Path) -> None:
    """The order of the command line is the user's."""
    one, two = write(tmp_path, "1.txt"), write(tmp_path, "2.txt")
    assert wheres([two, one, two]) == [f"{two}:1", f"{one}:1", f"{two}:1"]


def test_json_lines_are_one_input_a_line_blank_ones_left_out(tmp_path: Path) -> None:
    """The bytes of a line are sent as they are, broken ones too; line numbers count every line."""
    path = write(tmp_path, "wire.jsonl", encode(ITEM) + b"\r\n\n  \n{broken\n" + b' {"title" : "x"}')
    first, broken, last = read([str(path)], NOTHING)
    assert (first.raw, broken.raw, last.raw) == (encode(ITEM), b"{broken", b' {"title" : "x"}')
    assert [one.where for one in (first, broken, last)] == [f"{path}:1", f"{path}:4", f"{path}:5"]
    assert (first.key, first.ts) == (b"reuters:1", read_time("1987-02-26T15:01:01"))


def test_json_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """A wire of years is never in memory, and a live pipe is not waited out."""
    asked: list[int] = []

    class Pipe(io.BytesIO):
        def __iter__(self) -> Iterator[bytes]:
            for number in range(1_000_000):
                asked.append(number)
                yield encode({"id": number, "title": "A headline"})

    inputs = read(["-"], Pipe())
    assert [next(inputs).where, next(inputs).where] == ["-:1", "-:2"]
    assert asked == [0, 1]


@pytest.mark.parametrize(
    ("content", "raws"),
    [
        (encode(ITEM), [encode(ITEM)]),
        (b' {"id" : 1}\n', [b' {"id" : 1}\n']),
        (
            b'[ {"title": "a"} , {"title": "\\ud800"}, 7 ]',
            [b'{"title":"a"}', '{"title":"\ufffd"}'.encode(), b"7"],
        ),
        (b"[]", []),
        (b'[{"title": "a"}, ', [b'[{"title": "a"}, ']),
        (b"\xff", [b"\xff"]),
    ],
)
def test_a_json_file_is_one_object_or_an_array(tmp_path: Path, content: bytes, raws: list[bytes]) -> None:
    """An array's elements one by one; what is broken is one input with its bytes as they are."""
    path = write(tmp_path, "items.JSON", content)
    assert [one.raw for one in read([str(path)], NOTHING)] == raws
    assert wheres([path]) == [f"{path}:{n + 1}" for n in range(len(raws))]


def test_elements_nested_deeper_than_can_be_written_are_still_inputs(tmp_path: Path) -> None:
    """orjson reads four times as deep as it writes."""
    path = write(tmp_path, "deep.json", b'[{"title":"x","a":' + b"[" * 500 + b"]" * 500 + b"}]")
    (only,) = read([str(path)], NOTHING)
    assert isinstance(parse(only.raw, only.headers, max_bytes=MAX), Item)


def test_any_other_file_is_a_text_named_without_its_extension(tmp_path: Path) -> None:
    """Whatever it is called, and even where its name is not UTF-8."""
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.story.txt")
    Path(odd).write_bytes(BODIES[0].encode())
    (only,) = read([odd], NOTHING)
    assert only.headers == {"content-type": "text/plain", "source": "file", "id": "caf\\xe9.story"}
    assert only.key == b"file:caf\\xe9.story"


@pytest.mark.parametrize("name", ["nowhere.jsonl", "nowhere", "a\0b"])
def test_a_path_that_cannot_be_read_is_told_before_anything_is_sent(tmp_path: Path, name: str) -> None:
    """A typing error in the third path does not send the first two."""
    with pytest.raises(Unreadable, match=r"nowhere|null"):
        read([str(write(tmp_path, "good.txt")), str(tmp_path / name)], NOTHING)


@given(objects, st.sampled_from((b"", b" ")))
def test_what_replay_says_of_an_input_adds_nothing_to_it(fields: dict[str, Any], space: bytes) -> None:
    """With its headers it is the delivery that it is without, and the key is that item's source and id."""
    fields = {name: value for name, value in fields.items() if value != 2**70}
    raw = encode(fields) + space
    (only,) = read(["-"], io.BytesIO(raw))
    bare, sent = (parse(raw, headers, max_bytes=MAX) for headers in ({}, only.headers))
    assert bare == sent
    assert isinstance(sent, Item)
    assert only.key == f"{sent.source}:{sent.id}".encode()
    assert only.ts == (None if "ts.missing" in sent.flags else sent.ts)


def test_what_is_too_large_is_an_input_like_any_other(tmp_path: Path) -> None:
    """Whoever sends it refuses it; its bytes are all there, and its key spreads."""
    path = write(tmp_path, "large.txt", b"x" * 1_001)
    (only,) = read([str(path)], NOTHING, max_bytes=1_000)
    assert (only.raw, only.key, only.ts) == (b"x" * 1_001, b"file:large", None)


@given(objects, st.integers(0, 50_000))
def test_received_is_said_only_of_inputs_without_a_time_of_their_own(fields: dict[str, Any], n: int) -> None:
    """A second later for each input; an item with a readable ts is sent as it came."""
    fields = {name: value for name, value in fields.items() if value != 2**70}
    (only,) = read(["-"], io.BytesIO(encode(fields)))
    sent = stamped(only, 0, n)
    assert (sent == only) == (only.ts is not None)
    parsed = parse(sent.raw, sent.headers, max_bytes=MAX)
    assert isinstance(parsed, Item)
    assert parsed.ts == (n * SECOND if only.ts is None else only.ts)


def test_stamping_leaves_the_input_as_it_was() -> None:
    """Values are frozen: the next repeat of the input is stamped afresh."""
    given_input = Input(b"x", {"content-type": "text/plain"}, "x.txt:1", None, b"file:x")
    assert stamped(given_input, 0, 5).headers["received"] == "1970-01-01T00:00:05.000Z"
    assert given_input.headers == {"content-type": "text/plain"}
