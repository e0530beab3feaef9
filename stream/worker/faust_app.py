"""The faust app with every setting that the measurements ask for. Agents, tables and policy may not enter."""

import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import faust
from aiokafka import AIOKafkaProducer
from faust.tables import TableManager
from faust.types import AppT, TopicT
from faust.types.auth import CredentialsT

from stream.broker.connection import Connection, connection
from stream.topics import GROUP, MAX_DEAD
from stream.worker.consumer import use_steady_consumer
from stream.worker.dealing import Dealing

HEARTBEAT = 1.0  # seconds at most between two
APP_ID = GROUP  # the consumer group, and the first part of the changelog's name


def make_app(
    broker: str,
    *,
    app_id: str = APP_ID,
    folder: Path | None = None,
    compression: str | None = None,
    linger: float = 0.0,
    buffer: int = 1_024,
    session_timeout: float = 15.0,
    instance: str | None = None,
) -> faust.App:
    """An app on `broker` ("host:port", several with commas): no web server, no open port, no topic created.
    How the broker is reached comes from the environment, as for every client; BrokerError where that is odd.

    `instance` names a static member of the group: restarted, it is back in 4 s instead of `session_timeout`.
    `compression` is gzip, zstd or lz4 (the last two need the package cramjam), or None.
    """
    app = App(
        app_id,
        version=1,
        autodiscover=False,
        broker="kafka://" + ";".join(part.strip() for part in broker.split(",")),
        broker_credentials=_credentials(connection(broker)),
        datadir=folder or _folder(app_id),
        store="memory://",
        key_serializer="raw",  # value_type=bytes alone still parses JSON
        value_serializer="raw",
        processing_guarantee="at_least_once",
        PartitionAssignor=Dealing,
        TableManager=Tables,
        **_consumer(session_timeout, instance),
        **_producer(linger, compression),
        **_streams(buffer),
        web_enabled=False,
        web_bind="127.0.0.1",
        web_tables_enabled=False,
        worker_redirect_stdouts=False,
    )
    use_steady_consumer(app)
    return app


class App(faust.App):
    """`ended` is awaited when all that runs in it has stopped: faust has a signal for the moment before."""

    ended: Callable[[], Awaitable[None]] | None = None

    async def on_shutdown(self) -> None:
        if self.ended is not None:
            await self.ended()
        await super().on_shutdown()


class Tables(TableManager):
    async def on_start(self) -> None:
        """At once: faust sleeps for a second first, and ours are all there before the app starts."""
        inside: Any = self
        await inside._update_channels()
        await self.recovery.start()


class Worker(faust.Worker):
    """The process around the app. A signal ends it with 0, and without ceremony where faust waits for long:
    for a write that a broker does not answer, or for a group that is rejoining. Law 1 makes that safe."""

    grace = 7.0  # seconds

    def __init__(self, app: faust.App, **settings: Any) -> None:
        super().__init__(app, **settings)
        self.spinner = None  # it draws on standard output, terminal or not

    def _flag_as_shutdown_by_signal(self) -> None:
        super()._flag_as_shutdown_by_signal()
        self.loop.call_later(self.grace, os._exit, 0)

    async def _sentinel_task(self) -> None:
        """The last thing that is waited for; mode sleeps for a second here, and all has stopped by then."""


def make_worker(app: faust.App, loglevel: str = "info") -> Worker:
    """The log is as the process has set it up; standard output is left alone. (`error` was slower than `info`.)"""
    return Worker(app, loglevel=loglevel, override_logging=False, quiet=True, debug=False)


def source(app: faust.App, topic: str) -> TopicT:
    """A topic to be read as bytes, as they came; a message without a value is one too."""
    return app.topic(topic, key_type=bytes, value_type=bytes, allow_empty=True)


def producer_of(app: faust.App) -> AIOKafkaProducer:
    """aiokafka's own producer inside faust's, for its batch builder. It lives while the app runs."""
    inside: Any = app.producer
    return inside._ensure_producer()


def broker_of(app: AppT) -> str:
    """The address as it was given to make_app, for clients beside faust's own."""
    urls: Any = app.conf.broker
    return ",".join(f"{url.host}:{url.port}" for url in urls)


def _credentials(to: Connection) -> CredentialsT | None:
    """As faust has them, which hands them to aiokafka."""
    if to.sasl:
        return faust.SASLCredentials(
            username=to.username, password=to.password, ssl_context=to.tls(), mechanism=to.mechanism
        )
    return faust.SSLCredentials(to.tls()) if to.encrypted else None


def _consumer(session_timeout: float, instance: str | None) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "broker_commit_interval": 1.0,
        "broker_session_timeout": session_timeout,
        # A member hears of a rebalance with its next heartbeat, and the others wait for it.
        "broker_heartbeat_interval": min(HEARTBEAT, session_timeout / 5),
        "consumer_auto_offset_reset": "earliest",
        "consumer_max_fetch_size": 4 * 1024 * 1024,  # 256 KB cost two thirds of the rate
    }
    if instance is not None:
        settings["consumer_group_instance_id"] = instance
    return settings


def _producer(linger: float, compression: str | None) -> dict[str, Any]:
    return {
        "producer_acks": -1,
        "producer_linger": linger,
        "producer_max_batch_size": 256 * 1024,
        "producer_max_request_size": MAX_DEAD,
        # After so long a write counts as not landed, and is said to wait; faust's own is 1,200 s.
        "producer_request_timeout": 10.0,
        "producer_compression_type": compression,
    }


def _streams(buffer: int) -> dict[str, Any]:
    return {
        "stream_buffer_maxsize": buffer,
        "stream_wait_empty": True,  # a rebalance waits for the batch in hand
        "topic_disable_leader": True,
        "topic_allow_declare": False,
        "table_standby_replicas": 0,
    }


def _folder(app_id: str) -> Path:
    """faust wants a folder even where it writes nothing into it."""
    return Path(tempfile.gettempdir()) / f"{app_id}-{os.getuid()}"
