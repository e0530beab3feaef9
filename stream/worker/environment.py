"""A worker's wiring from the environment, for those who start it with faust's own command. No option is parsed here."""

import os
from functools import cache

import faust

from stream.topics import RAW_PARTITIONS
from stream.worker.run import Wiring, wire


@cache
def app_from_environment() -> faust.App:
    """From SLUGLINE_BROKER (required) and SLUGLINE_RAW_PARTITIONS."""
    broker = os.environ.get("SLUGLINE_BROKER")
    if not broker:
        raise SystemExit("stream.worker: set SLUGLINE_BROKER to the broker's address, host:port")
    return wire(Wiring(broker, raw_partitions=int(os.environ.get("SLUGLINE_RAW_PARTITIONS", RAW_PARTITIONS))))
