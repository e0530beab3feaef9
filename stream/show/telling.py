"""Messages of story.events.v1, each told or complained of. Reading a topic may not enter."""

from collections.abc import Callable
from dataclasses import dataclass

import click

from stream.core.codec import encode
from stream.reading.events import Structured, Unread, read_event
from stream.reading.topic import Message
from stream.show.event import event_card, event_line
from stream.show.screen import Screen

Tell = Callable[[Structured], None]


@dataclass
class Telling:
    """Takes messages, tells the events that are wanted, counts what was none."""

    tell: Tell
    types: frozenset[str]
    wrong: int = 0

    def take(self, messages: list[Message]) -> None:
        for message in messages:
            event = read_event(message)
            if isinstance(event, Unread):
                self.complain(event.what)
            elif not self.types or event["type"] in self.types:
                self._tell(event)

    def _tell(self, event: Structured) -> None:
        try:
            self.tell(event)
        except (KeyError, TypeError, AttributeError) as error:  # a message of somebody else's making
            self.complain(f"event {event['id']} is not as events are: {type(error).__name__} {error}")

    def complain(self, what: str) -> None:
        self.wrong += 1
        say(what)


def say(what: str) -> None:
    """To the person, beside what is piped on."""
    click.echo(f"slugline tail: {what}", err=True)


def for_programs(screen: Screen) -> Tell:
    return lambda event: screen.lines([encode(event)])


def for_people(screen: Screen) -> Tell:
    if screen.terminal:
        return lambda event: screen.draw(event_card(event), "")
    return lambda event: screen.text(event_line(event))
