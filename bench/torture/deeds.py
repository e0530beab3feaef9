"""What is done to a running installation, fault by fault. Which, when and how often is said elsewhere.

Each does its damage, mends it, and says in a few words what it did. What one broke may overlap with what the one before set
off: nobody waits for a rebalance to end.
"""

from confluent_kafka import KafkaException
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # it re-exports without saying so
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    ResourceType,
)

from bench.checks.commands import slugline
from bench.checks.outcome import Wrong
from bench.torture.process import Kept
from bench.torture.scene import EXTRA, NAMED, Scene
from stream.broker.connection import connection
from stream.broker.node import Node
from stream.topics import EVENTS, ITEMS, RAW, RECORDS, STATE

ANSWER, TRIES = 5.0, 12  # seconds for a broker to take a setting, and how often it is asked
REFUSED = 3  # copies that must have a message, when one broker of three is away: every write is refused


def killed(on: Scene) -> str:
    return _kill(on, 0.0, 2.0)


def killed_for_long(on: Scene) -> str:
    """Longer than the group waits for it."""
    return _kill(on, 1.3 * on.options.session, 2 * on.options.session)


def _kill(on: Scene, least: float, most: float) -> str:
    worker = on.any_worker()
    worker.kill()
    away = on.between(least, most)
    worker.start()
    return f"{worker.name}, back after {away:.1f} s"


def all_killed(on: Scene) -> str:
    workers = [one for one in on.workers.values() if one.wanted]
    for one in workers:
        one.kill()
    away = on.between(0.0, 3.0)
    for one in workers:
        one.start()
    return f"{len(workers)} workers, back after {away:.1f} s"


def paused(on: Scene) -> str:
    worker = on.any_worker()
    worker.pause()
    away = on.between(1.3 * on.options.session, 2 * on.options.session)
    worker.wake()
    return f"{worker.name}, woken after {away:.1f} s"


def stopped(on: Scene) -> str:
    worker = on.any_worker()
    on.stop(worker)
    away = on.between(0.0, 3.0)
    worker.start()
    return f"{worker.name}, back after {away:.1f} s"


def joined(on: Scene) -> str:
    worker = on.workers[EXTRA]
    worker.start()
    stay = on.between(4.0, 10.0)
    if on.rng.random() < 0.5:
        worker.kill()
        return f"{EXTRA} for {stay:.1f} s, then killed"
    on.stop(worker)
    return f"{EXTRA} for {stay:.1f} s, then stopped"


def left(on: Scene) -> str:
    worker = on.any_worker(*NAMED)
    on.stop(worker)
    try:
        slugline("worker", "--leave", "--instance", worker.name, "--broker", on.address)
    except Wrong as wrong:
        if "no instance" not in str(wrong):  # it was stopped before it had joined
            raise
    away = on.between(0.0, 8.0)
    worker.start()
    return f"{worker.name}, back after {away:.1f} s"


def broker_killed(on: Scene) -> str:
    [node] = on.any_nodes(1)
    node.kill()
    away = on.between(0.5, 8.0)
    _up(node)
    return f"broker {_number(on, node)}, back after {away:.1f} s"


def brokers_in_turn(on: Scene) -> str:
    both = on.any_nodes(2)
    for node in both:
        node.kill()
        _up(node)
    return " and ".join(f"broker {_number(on, node)}" for node in both)


def two_brokers(on: Scene) -> str:
    """Two of three away: nothing can be written, and nothing that was written is lost."""
    both = on.any_nodes(2)
    for node in both:
        node.kill()
    away = on.between(2.0, 6.0)
    for node in both:
        node.start()
    for node in both:
        node.wait_until_ready()
    return f"{away:.1f} s with one broker of three"


def broker_and_worker(on: Scene) -> str:
    [node], worker = on.any_nodes(1), on.any_worker()
    node.kill()
    on.between(0.0, 2.0)
    worker.kill()
    away = on.between(0.0, 2.0)
    worker.start()
    on.between(0.0, 3.0)
    _up(node)
    return f"broker {_number(on, node)} away, {worker.name} back after {away:.1f} s"


def refused(on: Scene) -> str:
    """A topic that asks for three copies while there are two brokers: NotEnoughReplicas for every write to it."""
    [node], topic = on.any_nodes(1), on.rng.choice((RAW, ITEMS, EVENTS, STATE, RECORDS))
    _ask_for(on, topic, REFUSED)
    node.kill()
    away = on.between(2.0, 9.0)
    try:
        _ask_for(on, topic, REFUSED - 1)
    finally:
        _up(node)
    return f"{topic} for {away:.1f} s, without broker {_number(on, node)}"


def alerting_killed(on: Scene) -> str:
    return _again(on, on.alerting)


def replayer_killed(on: Scene) -> str:
    return _again(on, on.replayer.process)


def _again(on: Scene, process: Kept) -> str:
    process.kill()
    away = on.between(0.0, 3.0)
    process.start()
    return f"back after {away:.1f} s"


def _up(node: Node) -> None:
    node.start()
    node.wait_until_ready()


def _number(on: Scene, node: Node) -> int:
    return on.kafka.nodes.index(node) + 1


def _ask_for(on: Scene, topic: str, copies: int) -> None:
    """Asked again for a while: a dead broker passes for a living one until its session with the controller ends."""
    for left in reversed(range(TRIES)):
        client = AdminClient(connection(on.address).confluent())
        entry = ConfigEntry("min.insync.replicas", str(copies), incremental_operation=AlterConfigOpType.SET)
        asked = [ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])]
        try:
            for answer in client.incremental_alter_configs(asked, request_timeout=ANSWER).values():
                answer.result(2 * ANSWER)
            return
        except KafkaException:
            if not left:
                raise
