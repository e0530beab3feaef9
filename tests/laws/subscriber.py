"""The smallest subscriber that keeps stories: what it knows must not depend on which half of an event came first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from stream.core.codec import decode
from stream.core.succession import EDITOR

MERGED = "org.slugline.story.merged.v1"
SPLIT = "org.slugline.story.split.v1"


@dataclass
class Subscriber:
    """Of each story the newest version that anything told of; of each id that folded, where it went."""

    versions: dict[str, tuple[int, int]] = field(default_factory=dict)  # story -> version, members
    into: dict[str, str] = field(default_factory=dict)

    def take(self, event: dict[str, Any]) -> None:
        told = event["data"]
        sides = [told, *(told[name] for name in ("from", "into") if name in told)]
        for side in sides:
            known = self.versions.get(side["story"], (0, 0))
            self.versions[side["story"]] = max(known, (side["version"], side["members_count"]))
        if event["type"] == MERGED:
            self.into[told["from"]["story"]] = told["into"]["story"]
        if event["type"] == SPLIT and told["edit"].get("editor") == EDITOR:
            self.into.pop(
                told["into"]["story"], None
            )  # of another generation, where it redirected: in the order of its key

    def story(self, story: str) -> str:
        """Where an id leads: followed until there is no more."""
        while story in self.into:
            story = self.into[story]
        return story


def told(events: Iterable[bytes]) -> Subscriber:
    """What is known after these."""
    subscriber = Subscriber()
    for event in events:
        subscriber.take(decode(event))
    return subscriber
