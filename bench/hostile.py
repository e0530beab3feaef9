"""Inputs that no feed should send and every feed does some day, each with the fate that it must meet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

import orjson

from bench.wire import wire

Fate = Literal["item", "dead"]
FIFTY_MB = 50_000_000
DEEP = 10_000
HUGE = "a body of 50 MB"
RECEIVED = "2026-01-05T12:00:00Z"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One message as it comes on the raw topic, and what must become of it. `what` names the trick."""

    raw: bytes
    headers: dict[str, str]
    fate: Fate
    what: str


@dataclass(frozen=True, slots=True)
class Making:
    """What a trick may work with: an ordinary item, without its gold, and chance."""

    rng: Random
    item: Mapping[str, Any]

    def having(self, **fields: Any) -> bytes:
        return orjson.dumps({**self.item, **fields})

    def escaped(self, mark: str, escape: bytes, **fields: Any) -> bytes:
        """With bytes that no encoder would write in place of the mark."""
        return self.having(**fields).replace(mark.encode(), escape)


Trick = Callable[[Making], bytes]


def _right_to_left(m: Making) -> bytes:
    return m.having(title=f"\u202e{m.item['title']}\u202c", text=f"\u2067{m.item['text']}\u2069\u200f")


def _control(m: Making) -> bytes:
    marks = "\x00\x01\x07\x08\x0b\x1b\x7f\x85"
    spread = "".join(letter + m.rng.choice(marks) if letter == " " else letter for letter in m.item["text"])
    return m.having(title=f"\x1b[31m{m.item['title']}\x00", text=spread)


def _mojibake(m: Making) -> bytes:
    text = f"“{m.item['text']}” – the café’s façade"
    return m.having(text=text.encode().decode("latin-1"))


def _lone_surrogate(m: Making) -> bytes:
    escape = m.rng.choice([b"\\ud83d", b"\\udc00", b"\\udc00\\ud800"])
    return m.escaped("MARK", escape, title=f"{m.item['title']} MARK", text=f"MARK{m.item['text']}")


def _replacement(m: Making) -> bytes:
    return m.having(text=m.item["text"].replace("e", "\ufffd"))


def _one_word(m: Making) -> bytes:
    return m.having(text="buffalo " * 10_000)


def _bad_year(m: Making) -> bytes:
    years = (
        "0000-00-00T00:00:00Z",
        "0000-01-01",
        "0001-01-01T00:00:00Z",
        "2099-12-31T23:59:59Z",
        "99999-01-01",
    )
    return m.having(ts=m.rng.choice(years))


def _empty_title(m: Making) -> bytes:
    return m.having(title=m.rng.choice(["", "   ", "\t\n"]))


def _wrong_types(m: Making) -> bytes:
    wrong: tuple[Any, ...] = (7, True, None, [], {}, ["a", ["b"]], {"p": "q"}, 1.5)
    names = ("text", "ts", "dateline", "slug", "lang", "version", "priority")
    return m.having(**{name: m.rng.choice(wrong) for name in names})


def _huge_numbers(m: Making) -> bytes:
    huge = m.rng.choice([b"123456789012345678901234567890", b"-1e308", b"18446744073709551616"])
    return m.escaped('"MARK"', huge, priority="MARK", version="MARK", score="MARK")


def _endless_words(m: Making) -> bytes:
    return m.having(text=m.rng.choice(["a", "é", "\u0301", "🗞", "\u200b-"]) * 20_000)


def _not_utf8(m: Making) -> bytes:
    text = m.having(text=m.item["text"] + "é")
    return m.rng.choice(
        [text.decode().encode("latin-1", "replace"), text.decode().encode("utf-16"), b"\xff\xfe\x80"]
    )


def _broken_json(m: Making) -> bytes:
    whole = m.having()
    ways = (
        whole[: len(whole) // 2],
        whole[:-1] + b",}",
        b"\xef\xbb\xbf}{" + whole,
        whole + whole,
        whole[1:],
        b"",
    )
    return m.rng.choice(ways)


def _number(m: Making) -> bytes:
    return m.rng.choice([b"42", b"-0.5", b"1e9"])


def _null(m: Making) -> bytes:
    return b"null"


def _nothing_said(m: Making) -> bytes:
    blank = m.rng.choice(["", " \n\t ", "\x00\x01\x1f", "\r\n\x7f", None])
    bare = {name: m.item[name] for name in ("id", "ts", "source")}
    fields = m.rng.choice([{}, {"title": blank}, {"title": blank, "text": blank, "body": blank}])
    return orjson.dumps({**bare, **fields})


def _deep(m: Making) -> bytes:
    nest = b"[" * DEEP + b"]" * DEEP
    return m.rng.choice([nest, m.escaped('"MARK"', nest, extra="MARK"), b"[" * DEEP])


def _huge_body(m: Making) -> bytes:
    return m.having(text="x" * 9 + " ").replace(b"x" * 9 + b" ", (b"x" * 9 + b" ") * (FIFTY_MB // 10))


TRICKS: tuple[tuple[str, Fate, Trick], ...] = (
    ("right-to-left overrides", "item", _right_to_left),
    ("control characters", "item", _control),
    ("UTF-8 read as Latin-1", "item", _mojibake),
    ("half a surrogate pair, escaped", "item", _lone_surrogate),
    ("replacement characters", "item", _replacement),
    ("one word 10,000 times", "item", _one_word),
    ("a year that cannot be", "item", _bad_year),
    ("an empty title", "item", _empty_title),
    ("wrong types beside a good title", "item", _wrong_types),
    ("huge numbers", "item", _huge_numbers),
    ("20,000 letters and no space", "item", _endless_words),
    ("not UTF-8", "dead", _not_utf8),
    ("broken JSON", "dead", _broken_json),
    ("a number", "dead", _number),
    ("null", "dead", _null),
    ("neither title nor text nor body", "dead", _nothing_said),
    ("ten thousand nested arrays", "dead", _deep),
)


def hostile(seed: int, count: int) -> Iterator[Hostile]:
    """Every trick in turn, made when asked for; one of 50 MB in the middle, and a last one if count > 100."""
    rng = Random(seed)
    huge = {count // 2, count - 1} if count > 100 else {count // 2}
    ordinary = (item for item in wire(seed, 2 * count + 10, reissues=0) if item.get("text"))
    for number, item in zip(range(count), ordinary, strict=False):
        what, fate, trick = TRICKS[number % len(TRICKS)]
        if number in huge:
            what, fate, trick = HUGE, "dead", _huge_body
        making = Making(rng, _without_gold(item, f"h{seed}-{number}"))
        yield Hostile(trick(making), _headers(f"h{seed}-{number}"), fate, what)


def _without_gold(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {field: value for field, value in item.items() if field not in ("parent", "kind")} | {"id": name}


def _headers(name: str) -> dict[str, str]:
    """As a live feeder sets them."""
    return {"source": "hostile", "id": name, "content-type": "application/json", "received": RECEIVED}
