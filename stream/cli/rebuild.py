"""`slugline rebuild`: the stories again as a run, and the switch to it and back. What these do is in stream/worker."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING

import click
from aiokafka.errors import KafkaError

from replay.send import producing
from stream.broker.admin import Admin
from stream.broker.options import broker_option, json_option, reading_option
from stream.broker.problem import BrokerError
from stream.broker.runs import listed, make
from stream.cli.judgement import judgement_options, settings
from stream.cli.last_line import last_line
from stream.cli.rerun import again
from stream.core.codec import encode
from stream.core.settings import Settings
from stream.reading.generation import Standing, standing
from stream.runs import FIRST, SOURCES, Origin, run_name, run_table, within
from stream.show.advance import advancing
from stream.topics import DEAD, EVENTS, GENERATION, STATE

if TYPE_CHECKING:
    from stream.worker.switch import Switch


@click.command("rebuild")
@broker_option
@click.option(
    "--run",
    required=True,
    callback=reading_option(run_name),
    envvar="SLUGLINE_RUN",
    metavar="RUN",
    help="What it is called.",
)
@click.option(
    "--from",
    "origin",
    type=click.Choice(list(SOURCES)),
    envvar="SLUGLINE_FROM",
    help="Make the stories again from wire.raw.v1 or wire.items.v1, or go on where that stood.",
)
@click.option(
    "--switch", "to", flag_value="switch", help="Let it speak: the public topics show it from now on."
)
@click.option(
    "--back", "to", flag_value="back", help="Take that back: the generation before it speaks again."
)
@judgement_options
@json_option
def rebuild(
    address: str,
    run: str,
    origin: Origin | None,
    to: str | None,
    story_life: float,
    languages: tuple[str, ...],
    max_item_bytes: int,
    as_json: bool,
) -> None:
    """Make the stories again beside the live ones, then switch to them, or back. Settings are those of the worker.

    With --from the workers go on, and the run catches up with them; again, it goes on where it stood. With --switch or
    --back they must have ended: what comes meanwhile waits. A switch that was interrupted goes on when it is asked for
    again. Run it as a super user of the broker.
    """
    if (origin is None) == (to is None):
        raise click.UsageError("give --from, or --switch, or --back", click.get_current_context())
    judged_by = settings(story_life, languages, max_item_bytes)
    if origin is not None:
        again(address, run, origin, judged_by, as_json)
        return
    try:
        done = _switched(address, run, to == "back", judged_by, as_json)
    except (BrokerError, KafkaError) as error:
        raise last_line(
            error if isinstance(error, BrokerError) else BrokerError(f"{address}: {error}")
        ) from error
    if as_json:
        click.echo(encode({"live": done.live, "before": done.before, "at": done.at}))
    else:
        click.echo(
            f"generation {done.live} speaks{', after ' * bool(done.before)}{done.before}: start the workers"
        )


def _switched(address: str, run: str, back: bool, judged_by: Settings, quiet: bool) -> Standing:
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    found = asyncio.run(standing(address))
    from stream.worker.switch import Switch

    to = _before(found, run) if back else run
    if to not in (FIRST, *listed(address)):
        raise BrokerError(
            f"there is no run {to} on {address}: slugline rebuild --from items --run {to} makes it"
        )
    if found.before and Admin(address).look()[1]:
        raise BrokerError(
            "the embedded broker lets nobody move a group that had members: Apache Kafka does (make kafka)"
        )
    for generation in (found.live, to):
        make(address, generation, "items", again=True)
    return asyncio.run(_run(Switch(address, to, judged_by, time.time_ns() // 1_000_000), found, quiet))


def _before(found: Standing, run: str) -> str:
    """Whose place a generation took."""
    if found.live != run or not found.before:
        raise BrokerError(f"{run} is not the generation that is live: {found.live} is")
    return found.before


async def _run(asked: "Switch", found: Standing, quiet: bool) -> Standing:
    from stream.worker.switch import switch

    own = [topic.name for topic in run_table(asked.to, "items")]
    topics = {*own, within(found.live, STATE), EVENTS, STATE, DEAD, GENERATION}
    with advancing(quiet) as report:
        async with producing(asked.address, *sorted(topics)) as producer:
            return await switch(asked, producer, report)
