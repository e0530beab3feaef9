"""`slugline replay`: inputs, order, pace and producer wired together. How they work may not enter."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from replay.beside import beside
from replay.inputs import STDIN, Input, Unreadable, find, stamped
from replay.options import (
    inputs_argument,
    max_item_bytes_option,
    rate_option,
    received_option,
    repeat_option,
    shuffle_option,
    speed_option,
)
from replay.order import ordered
from replay.pace import Pace, Speed
from replay.progress import shown
from replay.send import Report, Stamp, Tally, producing, send
from stream.broker.options import broker_option, json_option
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line
from stream.cli.rerun import from_topic_options, one_or_the_other, rerun
from stream.core.codec import encode
from stream.topics import DEAD, RAW


@click.command("replay")
@inputs_argument
@broker_option
@speed_option
@rate_option
@shuffle_option
@repeat_option
@received_option
@max_item_bytes_option
@from_topic_options
@json_option
def replay(
    inputs: tuple[str, ...],
    address: str,
    speed: Speed | None,
    rate: float | None,
    shuffle: int | None,
    repeat: int,
    received: int | None,
    max_item_bytes: int,
    as_json: bool,
    **of_a_run: Any,
) -> None:
    """Send items to wire.raw.v1: files, folders, or - for JSON lines on standard input.

    A .jsonl file is one item a line, a .json file one object or an array, any other file a plain text.
    Without INPUT the two seed items that ship with Slugline are sent. Ends with 0 when every input was
    acknowledged by the broker, as an item or as a dead letter.

    With --from-topic, what lies on the broker goes through the pipeline once more, between two times or offsets
    or all of it, into topics of a run: replay.RUN.story.events.v1 and so on. The live topics are not written.
    """
    _must_fit(rate, speed, shuffle)
    if of_a_run["from_topic"] is not None:
        rerun(address, max_item_bytes, as_json, **of_a_run)
        return
    pace, began = Pace(speed or "max", rate), time.monotonic()
    try:
        total = _bytes(inputs, repeat)
        source = ordered(inputs, _stdin(inputs), max_bytes=max_item_bytes, repeat=repeat, seed=shuffle)
        with shown(total, quiet=as_json) as report:
            tally = asyncio.run(_run(address, source, pace, _stamp(received), report, max_item_bytes))
    except Unreadable as error:
        refusal = click.ClickException(str(error))
        refusal.exit_code = 2
        raise refusal from error
    except BrokerError as error:
        raise last_line(error) from error
    _conclude(tally, time.monotonic() - began, as_json)


def _must_fit(rate: float | None, speed: Speed | None, shuffle: int | None) -> None:
    """UsageError for options of which one would undo another."""
    context = click.get_current_context()
    one_or_the_other(context)
    if rate is not None and speed is not None:
        raise click.UsageError("--rate and --speed both set the pace: give one of them", context)
    if shuffle is not None and isinstance(speed, float):
        raise click.UsageError(
            "--shuffle leaves no recorded pace to keep: give --rate, or --speed max", context
        )


def _stdin(inputs: tuple[str, ...]) -> IO[bytes]:
    """A reader apart from Python's own, whose end crashes while a thread waits on it (Ctrl-C)."""
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb") if STDIN in inputs else sys.stdin.buffer
    except OSError:  # no file behind it: a test's
        return sys.stdin.buffer


def _bytes(inputs: tuple[str, ...], repeat: int) -> int | None:
    """What there is to send, by the sizes of the files; nobody knows of a pipe's."""
    found = find(inputs)
    if STDIN in found or not all(Path(path).is_file() for path in found):
        return None
    return repeat * sum(Path(path).stat().st_size for path in found)


def _stamp(received: int | None) -> Stamp:
    """TIME and a second for each input before it, else the clock."""
    if received is None:
        return lambda given, _: stamped(given, time.time_ns() // 1_000_000)
    return lambda given, n: stamped(given, received, n)


async def _run(
    address: str, source: Iterator[Input], pace: Pace, stamp: Stamp, report: Report, max_bytes: int
) -> Tally:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    async with producing(address, RAW, DEAD) as producer:
        inputs = beside(source)
        return await send(inputs, producer, pace=pace, stamp=stamp, report=report, max_bytes=max_bytes)


def _conclude(tally: Tally, seconds: float, as_json: bool) -> None:
    per_second = tally.inputs / max(seconds, 0.001)
    if as_json:
        said = {"inputs": tally.inputs, "sent": tally.sent, "refused": tally.refused, "bytes": tally.bytes}
        click.echo(encode(said | {"seconds": round(seconds, 3), "rate": round(per_second, 1)}))
        return
    refused = f", {tally.refused:,} refused to {DEAD}" if tally.refused else ""
    click.echo(f"{tally.sent:,} items to {RAW}{refused}: {seconds:.1f} s, {per_second:,.0f}/s")
