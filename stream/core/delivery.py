"""The identity of a delivery: which are the same one, come again. When and how it came may not enter."""

from stream.core.ids import digest


def content(title: str, text: str, dateline: str, slug: str, lang: str, priority: str, ts: bytes) -> str:
    """The hash of what an item says: the listed fields as used, and `ts` as given (JSON, or nothing)."""
    return digest(title, text, dateline, slug, lang, priority, ts)


def identity(source: str, item_id: str, version: str, attempt: int, content_hash: str) -> str:
    """Equal for a delivery and its repeats, and for nothing else."""
    return digest(source, item_id, version, str(attempt), content_hash)


def again(first: str, attempt: int) -> str:
    """The identity of an item that is tried again after it was normalised, from the identity it had."""
    return digest("again", first, str(attempt))


def id_from_content(content_hash: str) -> str:
    """The id of an item that came without one."""
    return f"c-{content_hash}"
