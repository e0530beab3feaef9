"""What could not be processed, as the message of wire.dead.v1, and the way back. Sending it may not enter."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from stream.core.codec import decode
from stream.core.edit_json import EDIT
from stream.core.item_json import item_from_json
from stream.core.parse import NORMALISED

Stage = Literal["front-door", "normalise", "desk"]
Headers = tuple[tuple[str, bytes], ...]

KEPT_OF_CUT = 65_536
LONGEST_ERROR = 2_000  # characters of an error or a reason
OURS = "dead."
LAST_OF_OURS = "dead.sha256"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as it stood on its topic."""

    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class Offered:
    """An input that replay refused at the front door: `where` is its file and line."""

    where: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message of wire.dead.v1: our headers, `dead.sha256` the last of them, then those that came."""

    key: bytes | None
    value: bytes
    headers: Headers

    @property
    def ours(self) -> Mapping[str, str]:
        """What we say of it, without the `dead.`; nothing that came along can pass for it."""
        said = self.headers[: self._parting]
        return {name.removeprefix(OURS): value.decode("utf-8", "replace") for name, value in said}

    @property
    def came(self) -> Headers:
        """The headers as they came."""
        return self.headers[self._parting :]

    @property
    def _parting(self) -> int:
        names = [name for name, _ in self.headers]
        return names.index(LAST_OF_OURS) + 1 if LAST_OF_OURS in names else 0

    @property
    def id(self) -> str:
        """The same for the same refusal told twice: where it came from, and the stage."""
        ours = self.ours
        if "input" in ours:
            return f"{ours['input']}#{ours.get('sha256', '')[:16]}/{ours.get('stage', '')}"
        return "/".join(ours.get(name, "") for name in ("topic", "partition", "offset", "stage"))


@dataclass(frozen=True, slots=True)
class Retry:
    """What goes on wire.raw.v1 for a dead letter to be tried again."""

    key: bytes | None
    value: bytes
    headers: Headers


@dataclass(frozen=True, slots=True)
class NotRetried:
    """Why a dead letter cannot be tried again."""

    reason: str


def dead_letter(
    *,
    key: bytes | None,
    value: bytes,
    headers: Headers,
    origin: Arrived | Offered,
    stage: Stage,
    error: str,
    reason: str = "",
    attempt: int | None = None,
    max_bytes: int,
) -> DeadLetter:
    """The bytes and headers as they came, after what we say of them; over the limit the first 64 KB.

    `error` says what was wrong, in one sentence; `reason`, where there is more to say, why (a traceback).
    `attempt` is the header's unless it is known better (from the item, at the desk).
    """
    cut = len(value) > max_bytes
    ours = _place(origin) | {
        "stage": stage,
        "error": error[:LONGEST_ERROR],
        "reason": reason[-LONGEST_ERROR:],
        "attempt": str(attempt_of(headers) if attempt is None else attempt),
        "size": str(len(value)),
        "cut": "1" if cut else "",
        "sha256": sha256(value).hexdigest(),
    }
    said = tuple(
        (OURS + name, text.encode("utf-8", "backslashreplace")) for name, text in ours.items() if text
    )
    return DeadLetter(key, value[:KEPT_OF_CUT] if cut else value, said + headers)


def _place(origin: Arrived | Offered) -> dict[str, str]:
    if isinstance(origin, Offered):
        return {"input": origin.where}
    return {"topic": origin.topic, "partition": str(origin.partition), "offset": str(origin.offset)}


def attempt_of(headers: Headers) -> int:
    """Which attempt a delivery was: 0 unless a header says otherwise."""
    return _number((dict(headers).get("attempt") or b"").decode("utf-8", "replace"))


def retried(letter: DeadLetter) -> Retry | NotRetried:
    """The delivery once more, with the next attempt; one from the desk goes back as it was normalised."""
    ours = letter.ours
    if "stage" not in ours:
        return NotRetried("no dead letter: it has no header dead.stage")
    if "cut" in ours:
        kept, size = len(letter.value), ours.get("size", "?")
        return NotRetried(f"only the first {kept} of {size} bytes were kept: send it again from its source")
    if ours["stage"] == "desk" and (dict(letter.came).get("content-type") == EDIT.encode()):
        return NotRetried("an editor's edit: say it again with `slugline merge` or `slugline split`")
    attempt = _number(ours.get("attempt", ""))
    given = [(name, value) for name, value in letter.came if name != "attempt"]
    key = letter.key
    if ours["stage"] == "desk":
        given = [(name, value) for name, value in given if name != "content-type"]
        given.append(("content-type", NORMALISED.encode()))
        key, attempt = _as_raw(letter.value, (key, attempt))
    return Retry(key, letter.value, (*given, ("attempt", b"%d" % (attempt + 1))))


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 6 else 0


def _as_raw(normalised: bytes, otherwise: tuple[bytes | None, int]) -> tuple[bytes | None, int]:
    """The key that a normalised item has on wire.raw.v1 (there it has its lane's), and its last attempt."""
    try:
        item = item_from_json(decode(normalised))
    except ValueError:
        return otherwise
    return f"{item.source}:{item.id}".encode(), max(item.attempt, otherwise[1])
