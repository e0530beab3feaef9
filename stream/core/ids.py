"""Derived ids: the same parts give the same id on every machine. Chance and the clock may not enter."""

from hashlib import sha256


def digest(*parts: str | bytes) -> str:
    """32 hex digits of a SHA-256 over the parts, each with its length before it, so that no two lists collide."""
    pieces: list[bytes] = []
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        pieces += (len(raw).to_bytes(8, "big"), raw)
    return sha256(b"".join(pieces)).hexdigest()[:32]
