"""What an operator may set about judgement; one value for the whole run. Reading it from anywhere happens elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stream.core.times import DAY


@dataclass(frozen=True, slots=True)
class Settings:
    """`story_life` in milliseconds of event time; `languages` maps a source to the language it writes in."""

    story_life: int = 30 * DAY
    max_item_bytes: int = 900_000  # as it came
    max_message_bytes: int = 2_000_000  # normalised, as JSON
    default_lane: str = "en"
    languages: Mapping[str, str] = field(default_factory=dict)
