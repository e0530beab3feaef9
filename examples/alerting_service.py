"""Alerts once for every material change to a story, with plain aiokafka; nothing of Slugline is needed.

    SLUGLINE_BROKER=localhost:9092 ALERT_LEDGER=alerts.sqlite python examples/alerting_service.py

ALERT_KAFKA: more settings of aiokafka's consumer as JSON. An alert is a line of JSON on standard output
for every event with `"material": true` (a story created, or updated with news; not `echoed`, `merged`, `split`,
`closed` or `conflict.opened`: add what your desk wants to `worth`). It is in the ledger before it is sent; after a crash
that left open whether it was, it is sent again under the same `key`: its receiver drops a key seen before.
"""

import asyncio
import os
import signal
import sqlite3
from contextlib import suppress

import orjson
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import CommitFailedError, IllegalStateError


def worth(message: ConsumerRecord) -> tuple[str, bytes] | None:
    """The idempotency key and the alert, if the news changed; None, too, for what is no event."""
    with suppress(ValueError, KeyError, AttributeError, TypeError):
        event, key = orjson.loads(message.value), dict(message.headers)["ce_id"].decode()
        if event["material"] is True:
            told = {"story": event["story"], "version": event["version"]}
            return key, orjson.dumps({"key": key, **told, "headline": event.get("headline")})
    return None


def send_pending(ledger: sqlite3.Connection) -> None:
    """For os.write put your own delivery: a POST with the key as Idempotency-Key, a pager, a chat."""
    pending = ledger.execute("SELECT key, alert FROM alerts WHERE state = 'pending' ORDER BY rowid")
    for key, alert in pending.fetchall():
        os.write(1, alert + b"\n")
        with ledger:
            ledger.execute("UPDATE alerts SET state = 'sent' WHERE key = ?", [key])


async def serve(ledger: sqlite3.Connection) -> None:
    ledger.execute("CREATE TABLE IF NOT EXISTS alerts (key TEXT PRIMARY KEY, alert BLOB, state TEXT)")
    how = {"group_id": "alerts", "enable_auto_commit": False, "auto_offset_reset": "earliest"}
    how |= {"bootstrap_servers": os.environ["SLUGLINE_BROKER"]} | orjson.loads(os.getenv("ALERT_KAFKA", "{}"))
    async with AIOKafkaConsumer("story.events.v1", **how) as events:
        while True:
            send_pending(ledger)
            batches = (await events.getmany(timeout_ms=1_000)).values()
            alerts = [alert for messages in batches for alert in map(worth, messages) if alert]
            with ledger:
                ledger.executemany("INSERT OR IGNORE INTO alerts VALUES (?, ?, 'pending')", alerts)
            with suppress(CommitFailedError, IllegalStateError):  # another has the partition now
                await events.commit()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(sqlite3.connect(os.environ.get("ALERT_LEDGER", "alerts.sqlite"))))
