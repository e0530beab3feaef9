"""The front door: bytes and headers to an item, or a refusal with its reason. What it means may not enter."""

from dataclasses import replace
from typing import Any

from stream.core.codec import encode
from stream.core.delivery import again, id_from_content, identity
from stream.core.fields import LONGEST, Fields, blank, sort_fields
from stream.core.ids import digest
from stream.core.item import Item, Rejected
from stream.core.item_json import item_from_json
from stream.core.json_text import BOM, DEEPEST, Unread, not_utf8, read_json, shallow, too_deep
from stream.core.receipt import Headers, Receipt, event_time, read_receipt

TEXT = "text/plain"
JSON = "application/json"
NORMALISED = "application/vnd.slugline.item+json"

UNKNOWN_SOURCE = "unknown"
EXPECTED = "expected a JSON object in UTF-8 with a title, a text or a body"


def parse(raw: bytes, headers: Headers, *, max_bytes: int) -> Item | Rejected:
    """One delivery as an item. Never raises: whatever cannot be an item is `Rejected`, with the reason."""
    if refusal := too_large(raw, max_bytes):
        return Rejected(refusal, raw)
    receipt = read_receipt(headers)
    if receipt.kind in ("", JSON):
        return _parse_object(raw, receipt)
    if receipt.kind == TEXT:
        return _parse_text(raw, receipt)
    if receipt.kind == NORMALISED:
        return _parse_normalised(raw, receipt)
    return Rejected(f"content type {receipt.kind[:80]!r}: expected {JSON}, {TEXT} or {NORMALISED}", raw)


def too_large(raw: bytes, max_bytes: int) -> str | None:
    """Why bytes are too many to be taken, if they are."""
    if len(raw) <= max_bytes:
        return None
    return f"too large: {len(raw)} bytes; expected at most {max_bytes}"


def _parse_object(raw: bytes, receipt: Receipt) -> Item | Rejected:
    value = read_json(raw)
    if isinstance(value, Unread):
        return Rejected(f"{value.reason}; {EXPECTED}", raw)
    if not isinstance(value, dict):
        return Rejected(f"{_kind(value)}; {EXPECTED}", raw)
    deep = raw.count(b"[") + raw.count(b"{") > DEEPEST and too_deep(value)
    fields = sort_fields(shallow(value) if deep else value)
    if blank(fields.title) and blank(fields.text):
        return Rejected(f"neither title nor text nor body has a visible character; {EXPECTED}", raw)
    return _item(fields, receipt, ("aside.cut",) if deep else ())


def _parse_text(raw: bytes, receipt: Receipt) -> Item | Rejected:
    if unread := not_utf8(raw):
        return Rejected(f"{unread.reason}; expected a text in UTF-8", raw)
    text = raw.removeprefix(BOM).decode()
    if blank(text):
        return Rejected("not one visible character; expected a text", raw)
    return _item(Fields(text=text), receipt)


def _parse_normalised(raw: bytes, receipt: Receipt) -> Item | Rejected:
    value = read_json(raw)
    if isinstance(value, Unread):
        return Rejected(f"{value.reason}; expected a message of wire.items.v1", raw)
    try:
        item = item_from_json(value)
    except ValueError as error:
        return Rejected(f"no message of wire.items.v1: {error}", raw)
    if receipt.attempt is None or receipt.attempt == item.attempt:
        return item
    return replace(item, attempt=receipt.attempt, identity=again(item.identity, receipt.attempt))


def _item(fields: Fields, receipt: Receipt, flags: tuple[str, ...] = ()) -> Item:
    """The headers say only what the object does not."""
    said = fields.content()
    item_id = fields.id or _short(receipt.id) or id_from_content(said)
    source = fields.source or _short(receipt.source) or UNKNOWN_SOURCE
    attempt = receipt.attempt or 0
    ts, timed = event_time(fields.ts, receipt.received)
    return Item(
        identity=identity(source, item_id, fields.version, attempt, said),
        id=item_id,
        source=source,
        ts=ts,
        title=fields.title,
        text=fields.text,
        version=fields.version,
        attempt=attempt,
        dateline=fields.dateline,
        slug=fields.slug,
        lang=fields.lang,
        priority=fields.priority,
        flags=fields.flags + receipt.flags + flags + timed,
        aside=fields.aside,
    )


def _short(header: str) -> str:
    """A header too long to be carried along with every member is told apart by its hash."""
    return header if len(header) <= LONGEST else f"h-{digest(header)}"


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return f"JSON {encode(value).decode()}"
    if isinstance(value, str):
        return "a JSON string"
    return "a JSON array" if isinstance(value, list) else "a JSON number"
