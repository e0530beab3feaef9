"""Derived ids: the same parts give the same id on every machine. Chance and the clock may not enter."""

from hashlib import sha256


def digest(*parts: str | bytes) -> str:
    """32 hex digits of a SHA-256 over the parts, each with its length before it, so that no two lists collide."""
    whole = sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(raw).to_bytes(8, "big"))
        whole.update(raw)
    return whole.hexdigest()[:32]
