"""Alerts once for every material change to a story, with plain aiokafka; nothing of Slugline is needed.

    SLUGLINE_BROKER=localhost:9092 ALERT_LEDGER=alerts.sqlite python examples/alerting_service.py

A line of JSON for every event with `"material": true` (`worth` says which). It is in the ledger before it is sent; after a
crash it may be sent again under the same `key`: drop a key seen before. ALERT_KAFKA: more of aiokafka's settings, as JSON."""

import asyncio
import os
import signal
import sqlite3
from contextlib import suppress

import orjson
from aiokafka import AIOKafkaConsumer, ConsumerRecord, errors


def worth(message: ConsumerRecord) -> tuple[str, bytes] | None:
    """The idempotency key and the alert, if the news changed; None, too, for what is no event."""
    with suppress(ValueError, KeyError, AttributeError, TypeError):
        event, key = orjson.loads(message.value), dict(message.headers)["ce_id"].decode()
        told = {"story": event["story"], "version": event["version"], "headline": event.get("headline")}
        return (key, orjson.dumps({"key": key, **told})) if event["material"] is True else None
    return None


def send_pending(ledger: sqlite3.Connection) -> None:
    """For os.write put your own delivery: a POST with the key as Idempotency-Key, a pager, a chat."""
    pending = "SELECT key, alert FROM alerts WHERE state = 'pending' ORDER BY rowid"
    for key, alert in ledger.execute(pending).fetchall():
        os.write(1, alert + b"\n")
        with ledger:
            ledger.execute("UPDATE alerts SET state = 'sent' WHERE key = ?", [key])


async def serve(ledger: sqlite3.Connection) -> None:
    kafka = dict  # a broker without TLS and users; for others copy examples/secured.py beside it
    with suppress(ImportError):
        from secured import kafka  # type: ignore[import-not-found,no-redef]
    ledger.execute("CREATE TABLE IF NOT EXISTS alerts (key TEXT PRIMARY KEY, alert BLOB, state TEXT)")
    how = {"group_id": "alerts", "enable_auto_commit": False, "auto_offset_reset": "earliest"} | kafka()
    how |= {"bootstrap_servers": os.environ["SLUGLINE_BROKER"]} | orjson.loads(os.getenv("ALERT_KAFKA", "{}"))
    async with AIOKafkaConsumer("story.events.v1", **how) as events:
        while True:
            send_pending(ledger)
            batches = (await events.getmany(timeout_ms=1_000)).values()
            alerts = [alert for messages in batches for alert in map(worth, messages) if alert]
            with ledger:
                ledger.executemany("INSERT OR IGNORE INTO alerts VALUES (?, ?, 'pending')", alerts)
            with suppress(
                errors.CommitFailedError, errors.IllegalStateError
            ):  # another has the partition now
                await events.commit()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(sqlite3.connect(os.environ.get("ALERT_LEDGER", "alerts.sqlite"))))
