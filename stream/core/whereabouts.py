"""In which story a generation has each item, from its records and its states. What it is asked for may not enter."""

from collections.abc import Iterable, Mapping
from typing import Any

from stream.core.place import Shrunk
from stream.core.record import Kept, Record


def whereabouts(records: Iterable[Kept], own: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Story ids by identity, before redirects; what a state lists is newer than the record, as editors part stories."""
    found: dict[str, str] = {}
    for kept in records:
        if isinstance(kept, Record):
            found[kept.identity] = kept.decision.story
        elif isinstance(kept, Shrunk):
            found[kept.identity] = kept.story
    for story in sorted(own, key=lambda story: "merged_into" not in own[story]):
        found.update((member["identity"], story) for member in own[story]["members"])
    return found
