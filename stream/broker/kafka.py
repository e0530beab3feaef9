"""A local Apache Kafka of one node or three, for tests and for trying things; no news is known here.

`python -m stream.broker.kafka` runs it in the foreground, with every topic declared.
"""

import socket
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import click

from stream.broker.declare import declare
from stream.broker.foreground import Ending, announce
from stream.broker.jars import home, jars, java
from stream.broker.node import HOST, Node, Ports
from stream.broker.options import json_option, port_option, raw_partitions_option
from stream.broker.problem import BrokerError
from stream.broker.secured import Secured
from stream.topics import RAW_PARTITIONS

TRIES = 3  # free ports are found, let go and taken: someone else may be quicker


class LocalKafka:
    """Runs from `start` to `stop`, its topics declared, in a folder of its own that goes with it.

    A secured one has no topics yet: they are its super user's to declare.
    """

    def __init__(
        self,
        nodes: int = 1,
        raw_partitions: int = RAW_PARTITIONS,
        port: int = 0,
        base: Path | None = None,
        secured: Secured | None = None,
    ) -> None:
        self._raw_partitions, self._port, self._secured = raw_partitions, port, secured
        self._java, self._libs = java(), jars(base or home())
        self._count = nodes
        self._folder = ExitStack()
        self.nodes: tuple[Node, ...] = ()
        self.address = ""

    def start(self) -> None:
        folder = Path(self._folder.enter_context(tempfile.TemporaryDirectory(prefix="slugline-kafka-")))
        try:
            self._start_somewhere(folder)
            if self._secured is None:
                declare(self.address, self._raw_partitions)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self._end()
        self._folder.close()

    def _start_somewhere(self, folder: Path) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                self._start(folder)
                break
            except BrokerError:
                self._end()
                if attempt == TRIES:
                    raise

    def _start(self, folder: Path) -> None:
        ports = free_ports(self._count, self._port)
        self.address = ",".join(f"{HOST}:{each.broker}" for each in ports)
        self.nodes = tuple(
            Node(self._java, self._libs, folder, number, ports, self._secured)
            for number in range(self._count)
        )
        for node in self.nodes:
            node.format()
        for node in self.nodes:
            node.start()
        for node in self.nodes:
            node.wait_until_ready()

    def _end(self) -> None:
        for node in self.nodes:
            node.let_go()
        for node in self.nodes:
            node.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def free_ports(nodes: int, first: int = 0) -> tuple[Ports, ...]:
    """A pair for each node, none twice; the first broker's is `first` unless that is 0."""
    taken: list[int] = []
    with ExitStack() as held:
        for port in (first, *[0] * (2 * nodes - 1)):
            listener = held.enter_context(socket.socket())
            if port:  # one that was just left is free, for Java as well
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError as error:
                raise BrokerError(f"Kafka cannot listen on {HOST}:{port}: {error.strerror}") from error
            taken.append(int(listener.getsockname()[1]))
    return tuple(Ports(*taken[at : at + 2]) for at in range(0, 2 * nodes, 2))


@click.command("kafka")
@click.option(
    "--nodes",
    type=click.Choice(["1", "3"]),
    default="1",
    show_default=True,
    envvar="SLUGLINE_KAFKA_NODES",
    show_envvar=True,
    help="Each is broker and controller.",
)
@port_option
@raw_partitions_option
@json_option
def main(nodes: str, port: int, raw_partitions: int, as_json: bool) -> None:
    """A local Apache Kafka in the foreground, every topic declared. Needs Java, and Maven the first time.

    Prints its address; ends with SIGINT or SIGTERM, and what it held goes with it.
    """
    ending = Ending()
    try:
        with ending, LocalKafka(int(nodes), raw_partitions, port) as kafka:
            announce(kafka.address, as_json, {"nodes": int(nodes), "raw_partitions": raw_partitions})
            while not ending.wait(1.0):
                if not all(node.running for node in kafka.nodes):
                    raise BrokerError(f"Kafka at {kafka.address} has ended by itself")
    except BrokerError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
