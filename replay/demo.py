"""The main job from one command: the seeds through an embedded broker and a worker, shown as one story. No rule enters."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from replay.inputs import find
from stream.broker.embedded import LIMITS, EmbeddedBroker
from stream.core.codec import decode
from stream.show.screen import Screen
from stream.show.story import story_card

PATIENCE = 120  # seconds for any one step
SLUGLINE = (sys.executable, "-m", "stream")


@click.command("demo")
@click.option("--reverse", is_flag=True, help="The second seed first.")
def demo(reverse: bool) -> None:
    """Two deliveries of one report become one story, shown as subscribers see it. Ends with 1 if they did not."""
    seeds = find(())
    with EmbeddedBroker(raw_partitions=1) as broker:
        _say(f"broker   {broker.address}, {LIMITS.split(';')[0]}")
        with _worker(broker.address):
            _say("worker   normalise and desk, on Faust")
            sent = _run("replay", *(seeds[::-1] if reverse else seeds), broker=broker.address)
            _say(f"replay   {sent.strip()}")
        for line in _run("tail", "--from-beginning", "--until-end", broker=broker.address).splitlines():
            _say(f"event    {line}")
        states = [decode(line) for line in _run("stories", "--json", broker=broker.address).splitlines()]
    with Screen() as screen:
        screen.draw(*map(story_card, states))
    _conclude(states, len(seeds))


def _conclude(states: Sequence[dict[str, Any]], members: int) -> None:
    told = [state["members_count"] for state in states]
    if told != [members]:
        _say(f"demo: {members} deliveries of one report became {len(states)} stories of {told} members")
        sys.exit(1)


@contextmanager
def _worker(broker: str) -> Iterator[None]:
    """A worker that has done all there was to do when the block is left; ended with the demo, whatever happens."""
    command = [*SLUGLINE, "worker", "--broker", broker, "--raw-partitions", "1", "--until-idle", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield
            _, log = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    if process.returncode:
        _say(f"demo: the worker ended with {process.returncode}; its last words:\n{log[-2_000:]}")
        sys.exit(1)


def _run(*arguments: str, broker: str) -> str:
    done = subprocess.run(
        [*SLUGLINE, *arguments, "--broker", broker],
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        _say(f"demo: slugline {arguments[0]} ended with {done.returncode}")
        sys.exit(1)
    return done.stdout


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    demo()
