"""Laws of the front door: what becomes an item, what is refused and why, and what is the same delivery."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.codec import encode
from stream.core.item import Item, Rejected
from stream.core.item_json import item_to_json
from stream.core.parse import NORMALISED, parse
from stream.core.times import read_time, write_time
from tests.core.deliveries import BODIES, extras, items, objects

MAX = 900_000
TEXT = {"content-type": "text/plain"}


def item_of(raw: bytes | dict[str, Any], headers: dict[str, Any] | None = None) -> Item:
    parsed = parse(raw if isinstance(raw, bytes) else encode(raw), headers or {}, max_bytes=MAX)
    assert isinstance(parsed, Item), parsed.reason
    return parsed


def refusal_of(raw: bytes, headers: dict[str, Any] | None = None, max_bytes: int = MAX) -> str:
    parsed = parse(raw, headers or {}, max_bytes=max_bytes)
    assert isinstance(parsed, Rejected), parsed
    assert parsed.raw == raw
    return parsed.reason


# --- what a delivery becomes ---


def test_the_listed_fields_are_used_and_all_others_kept_aside() -> None:
    """A wire item as an agency sends it: nothing is lost, nothing unlisted is promoted."""
    item = item_of(
        {
            "id": 1,
            "ts": "1987-02-26T15:01:01",
            "source": "reuters",
            "title": "BAHIA COCOA REVIEW",
            "dateline": "SALVADOR, Feb 26 -",
            "slug": "BAHIA-COCOA-REVIEW",
            "priority": "u",
            "version": 2,
            "lang": "en",
            "cycle": "BC",
            "topics": ["cocoa"],
            "body": "Showers continued throughout the week.",
        }
    )
    assert (item.id, item.source, item.version, item.priority) == ("1", "reuters", "2", "u")
    assert (item.dateline, item.slug, item.lang) == ("SALVADOR, Feb 26 -", "BAHIA-COCOA-REVIEW", "en")
    assert item.text == "Showers continued throughout the week."
    assert write_time(item.ts) == "1987-02-26T15:01:01.000Z"
    assert item.aside == {"cycle": "BC", "topics": ["cocoa"]}
    assert item.flags == ()


@pytest.mark.parametrize("empty", [{}, {"text": ""}, {"text": " \n"}, {"text": None}, {"text": ["no text"]}])
def test_the_body_stands_in_for_a_text_that_says_nothing(empty: dict[str, Any]) -> None:
    """`body` is read where `text` is absent, empty or unreadable."""
    assert item_of({"id": "a", "body": BODIES[0]} | empty).text == BODIES[0]


def test_a_body_beside_a_text_is_kept_aside() -> None:
    """Of two texts, `text` is used; the other is not lost."""
    item = item_of({"text": BODIES[0], "body": BODIES[1]})
    assert (item.text, item.aside) == (BODIES[0], {"body": BODIES[1]})


def test_a_title_alone_is_an_item_and_an_empty_title_is_fine() -> None:
    """Headlines come without a text, and texts without a headline."""
    assert item_of({"title": "Ferry back in service"}).text == ""
    assert item_of({"title": "", "text": BODIES[0]}).flags == ("ts.missing",)


@pytest.mark.parametrize(
    "field", ["id", "source", "title", "dateline", "slug", "lang", "version", "priority", "ts"]
)
@pytest.mark.parametrize("value", [True, 1.5, [], ["x"], {"a": 1}])
def test_a_wrong_type_is_flagged_and_kept_aside_never_refused(field: str, value: Any) -> None:
    """An unreadable field says so, and its value stays with the item."""
    item = item_of({"text": BODIES[0], field: value})
    assert f"{field}.unreadable" in item.flags
    assert item.aside == {field: value}


def test_null_says_nothing() -> None:
    """A null in a listed field is the same delivery as no field at all."""
    nulls = dict.fromkeys(("id", "ts", "source", "title", "dateline", "slug", "lang", "version", "priority"))
    assert item_of({"text": BODIES[0]} | nulls) == item_of({"text": BODIES[0]})


def test_an_id_too_long_to_be_carried_along_is_told_apart_by_its_hash() -> None:
    """A hostile id cannot swell the states of a story, and two of them stay two items."""
    one, other = (item_of({"id": "x" * 600_000 + end, "text": BODIES[0]}) for end in "ab")
    assert one.id != other.id
    assert len(one.id) < 50
    assert one.aside == {"id": "x" * 600_000 + "a"}


def test_an_item_without_an_id_gets_one_from_its_content() -> None:
    """The same words get the same id, other words another, whoever sends them."""
    one, same = (
        item_of({"text": BODIES[0]}),
        item_of({"text": BODIES[0], "topics": ["x"]}, {"received": "2024-05-02"}),
    )
    assert one.id == same.id
    assert one.id.startswith("c-")
    assert one.id != item_of({"text": BODIES[1]}).id
    assert one.source == "unknown"


def test_headers_fill_in_only_what_an_object_lacks() -> None:
    """What an item says of itself outdoes what is said of it."""
    headers = {"id": b"from-header", "source": "header-source"}
    assert item_of({"id": 7, "source": "afp", "text": "x"}, headers).id == "7"
    assert item_of({"id": 7, "source": "afp", "text": "x"}, headers).source == "afp"
    lacking = item_of({"id": ["?"], "source": "", "text": "x"}, headers)
    assert (lacking.id, lacking.source) == ("from-header", "header-source")


def test_a_plain_text_is_named_by_its_headers() -> None:
    """The whole text is the text, without its byte order mark; there is no title."""
    item = item_of(
        "\ufeffPARIS: Zwölf Boote.\n\nMehr nicht.".encode(), TEXT | {"id": b"000_3d", "source": b"file"}
    )
    assert (item.id, item.source, item.title) == ("000_3d", "file", "")
    assert item.text == "PARIS: Zwölf Boote.\n\nMehr nicht."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb'{"text":"a \ud800 b"}', "a \ufffd b"),
        (rb'{"text":"a \ude00\ud83d b"}', "a \ufffd\ufffd b"),
        (rb'{"text":"\ud800\ud83d\ude00"}', "\ufffd\U0001f600"),
        (
            rb'{"text":"\\ud800 is how it is written, \udfff is not"}',
            r"\ud800 is how it is written, " + "\ufffd is not",
        ),
        (rb'{"text":"nul \u0000 bell \u0007 rlo \u202e"}', "nul \0 bell \a rlo \u202e"),
        (b'\xef\xbb\xbf{"text":"marked"}', "marked"),
    ],
)
def test_broken_characters_in_valid_json_become_items(written: bytes, read: str) -> None:
    """A lone surrogate becomes U+FFFD and leaves its neighbours alone; controls stay for normalise to see."""
    assert item_of(written).text == read


def test_a_field_nested_too_deep_to_be_written_is_cut_not_refused() -> None:
    """An extra field must not decide whether an item is one, and everything kept aside can be written."""
    item = item_of(b'{"title":"x","extra":' + b'{"a":' * 300 + b"1" + b"}" * 301)
    assert "aside.cut" in item.flags
    assert encode(item_to_json(item))
    assert item.identity == item_of({"title": "x"}).identity


# --- what is refused ---


@pytest.mark.parametrize(
    ("raw", "headers", "reason"),
    [
        (b'{"text":"caf\xe9"}', {}, "not UTF-8: byte 12 is 0xe9"),
        (b"caf\xe9", TEXT, "not UTF-8: byte 3 is 0xe9"),
        ("Zwölf".encode("utf-16"), TEXT, "not UTF-8: byte 0"),
        (b'{"text": "a",\n "title": }', {}, "line 2, column 11"),
        (b'{"text": "unend', {}, "broken JSON at line 1"),
        (b"", {}, "broken JSON"),
        (b"1987", {}, "a JSON number"),
        (b"null", {}, "JSON null"),
        (b"true", {}, "JSON true"),
        (b'"a string"', {}, "a JSON string"),
        (b'[{"text":"a"}]', {}, "a JSON array"),
        (b"[" * 10_000 + b"]" * 10_000, {}, "depth limit"),
        (b"{}", {}, "neither title nor text nor body"),
        (
            '{"title":"\\u200b\\u202e \\n","text":"\ufeff\\u0000\u3164","body":"\\u2060"}'.encode(),
            {},
            "neither",
        ),
        (b'{"text":["not a text"]}', {}, "neither"),
        (b" \n\x00\x07", TEXT, "not one visible character"),
        (b"<newsItem/>", {"content-type": "application/xml"}, "content type 'application/xml'"),
    ],
)
def test_what_cannot_be_an_item_is_refused_with_what_where_and_what_was_expected(
    raw: bytes, headers: dict[str, str], reason: str
) -> None:
    """The reason names what was wrong, where, and what should have stood there."""
    said = refusal_of(raw, headers)
    assert reason in said
    assert "expected" in said


def test_a_delivery_over_the_limit_is_refused_with_its_size() -> None:
    """At the limit an item passes, one byte above it does not."""
    raw = encode({"text": "x" * 80})
    assert item_of(raw)
    assert isinstance(parse(raw, {}, max_bytes=len(raw)), Item)
    assert f"{len(raw)} bytes" in refusal_of(raw, max_bytes=len(raw) - 1)


# --- event time ---


@pytest.mark.parametrize(
    ("ts", "received", "read", "flags"),
    [
        ("2024-05-02", None, "2024-05-02T00:00:00.000Z", ()),
        ("2024-05-02T09:30:00", None, "2024-05-02T09:30:00.000Z", ()),
        ("2024-05-02T09:30:00+02:00", "2024-05-02T07:30:00Z", "2024-05-02T07:30:00.000Z", ()),
        ("2024-05-02T09:30:00Z", "2024-05-02T09:15:00Z", "2024-05-02T09:30:00.000Z", ()),
        ("2024-05-02T09:30:01Z", "2024-05-02T09:15:00Z", "2024-05-02T09:30:00.000Z", ("ts.capped",)),
        ("2099-01-01", None, "2099-01-01T00:00:00.000Z", ()),
        ("2099-01-01", "2024-05-02", "2024-05-02T00:15:00.000Z", ("ts.capped",)),
        ("0000-05-02", "2024-05-02", "2024-05-02T00:00:00.000Z", ("ts.unreadable",)),
        ("0001-01-01T00:00:00+05:00", "2024-05-02", "2024-05-02T00:00:00.000Z", ("ts.unreadable",)),
        ("9999-12-31T23:59:59-05:00", "2024-05-02", "2024-05-02T00:00:00.000Z", ("ts.unreadable",)),
        (1714642200, "2024-05-02", "2024-05-02T00:00:00.000Z", ("ts.unreadable",)),
        (None, "2024-05-02", "2024-05-02T00:00:00.000Z", ()),
        (None, None, "1970-01-01T00:00:00.000Z", ("ts.missing",)),
        ("soon", "later", "1970-01-01T00:00:00.000Z", ("ts.unreadable", "received.unreadable", "ts.missing")),
    ],
)
def test_event_time_is_the_items_own_else_that_of_receipt(
    ts: Any, received: str | None, read: str, flags: tuple[str, ...]
) -> None:
    """Naive is UTC, a bare date its first moment; never later than receipt by more than 15 minutes."""
    item = item_of({"text": BODIES[0], "ts": ts}, {"received": received})
    assert (write_time(item.ts), item.flags) == (read, flags)
    assert item.aside == ({"ts": ts} if "ts.unreadable" in flags else {})


# --- identity ---


@given(objects, extras, st.randoms(use_true_random=False), st.sampled_from((b"", b" ", b"\n  ")))
def test_order_white_space_and_extra_fields_are_no_part_of_a_delivery(
    fields: dict[str, Any], more: dict[str, Any], random: Any, space: bytes
) -> None:
    """No rule reads a field that is not listed: with and without, it is the same repeat."""
    names = list(fields | more)
    random.shuffle(names)
    written = b",".join(
        space + encode(name) + b":" + space + encode_any((fields | more)[name]) for name in names
    )
    one, other = item_of(encode_any(fields)), item_of(space + b"{" + written + b"}" + space)
    assert (one.identity, one.id, one.source, one.flags) == (
        other.identity,
        other.id,
        other.source,
        other.flags,
    )


@given(objects, st.sampled_from((None, "2024-05-02", "1970-01-01T00:00:07Z", "?")))
def test_when_it_was_received_is_no_part_of_a_delivery(fields: dict[str, Any], received: str | None) -> None:
    """A feeder that sends an item again, later, sends a repeat."""
    headers = {"received": received, "content-type": "application/json; charset=utf-8"}
    assert item_of(encode_any(fields), headers).identity == item_of(encode_any(fields)).identity


@given(objects, st.integers(1, 9))
def test_another_attempt_is_another_delivery(fields: dict[str, Any], attempt: int) -> None:
    """A retried dead letter is tried again, not taken for a repeat of what failed."""
    first, next_one = item_of(encode_any(fields)), item_of(encode_any(fields), {"attempt": b"%d" % attempt})
    assert first.identity != next_one.identity
    assert (first.id, first.attempt, next_one.attempt) == (next_one.id, 0, attempt)


@given(
    objects,
    st.sampled_from(
        ("title", "text", "dateline", "slug", "lang", "priority", "version", "ts", "id", "source")
    ),
)
def test_another_word_in_any_listed_field_is_another_delivery(fields: dict[str, Any], name: str) -> None:
    """Same id and other content is a revision, never a repeat."""
    fields = fields | {"title": "t", "id": "1", "source": "afp", "ts": "2024-05-02"}
    changed = fields | {name: "2024-05-03"}
    assert item_of(encode_any(fields)).identity != item_of(encode_any(changed)).identity


def encode_any(value: Any) -> bytes:
    """As codec.encode, and whole numbers above 64 bits too, which orjson reads and does not write."""
    if isinstance(value, dict):
        return (
            b"{" + b",".join(encode(name) + b":" + encode_any(inner) for name, inner in value.items()) + b"}"
        )
    return str(value).encode() if value == 2**70 else encode(value)


# --- an item that comes back ---


@given(items, st.integers(0, 5))
def test_a_normalised_item_comes_back_through_the_front_door(item: Item, attempt: int) -> None:
    """It is the item as it was; a new attempt gives it a new identity, the same one each time."""
    raw = encode(item_to_json(item))
    headers = {"content-type": NORMALISED, "attempt": str(attempt)}
    back = item_of(raw, headers)
    assert back == item_of(raw, headers)
    assert (back.identity == item.identity) == (attempt == item.attempt)
    assert item_to_json(back) | {"identity": "", "attempt": 0} == item_to_json(item) | {
        "identity": "",
        "attempt": 0,
    }
    assert item_of(raw, {"content-type": NORMALISED}) == item


@given(objects)
def test_what_parse_makes_can_be_written_and_read(fields: dict[str, Any]) -> None:
    """Every item of the front door fits wire.items.v1, exactly."""
    item = item_of(encode_any(fields))
    assert item_of(encode(item_to_json(item)), {"content-type": NORMALISED}) == item
    assert read_time(write_time(item.ts)) == item.ts


# --- anything at all ---

SEEDS = st.one_of(
    objects.map(encode_any), items.map(item_to_json).map(encode), st.sampled_from(BODIES).map(str.encode)
)
JUNK = st.sampled_from(
    (b"\xff", b"\x00", b"\\ud800", b'"', b"{", b"[" * 200, b"1e999", b"\xe2\x80", b"null", b"\\")
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A delivery with a piece cut out, and junk in its place."""
    raw = draw(SEEDS)
    begin, end = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
    return raw[:begin] + b"".join(draw(st.lists(JUNK, max_size=3))) + raw[end:]


KINDS = st.sampled_from((None, "", "application/json", "text/plain", NORMALISED, "image/png", b"\xff"))


@settings(max_examples=400)
@given(damaged(), KINDS, st.sampled_from((None, b"\xff", "0", "-1", "9" * 5_000, "٣")))
def test_whatever_comes_is_an_item_or_a_refusal(raw: bytes, kind: Any, odd: Any) -> None:
    """Nothing that can be written on a topic makes the front door raise, and what it lets in can be kept."""
    headers = {"content-type": kind, "attempt": odd, "received": odd, "id": odd, "source": odd}
    parsed = parse(raw, headers, max_bytes=MAX)
    if isinstance(parsed, Rejected):
        assert parsed.raw == raw
        assert parsed.reason
    else:
        assert encode(item_to_json(parsed))
        assert parsed.id
        assert parsed.source
