"""TLS and a user for aiokafka, from the environment; nothing of Slugline is needed. Copy it beside your service.

SLUGLINE_SECURITY_PROTOCOL: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. SLUGLINE_SSL_CAFILE: the CA that signed for the
broker, in PEM. SLUGLINE_SASL_MECHANISM: PLAIN or SCRAM-SHA-512. SLUGLINE_SASL_USERNAME and SLUGLINE_SASL_PASSWORD, or
SLUGLINE_SASL_PASSWORD_FILE, which holds it. They are the variables of every command of Slugline.
"""

import logging
import math
import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TextIO

from aiokafka.errors import KafkaError
from aiokafka.helpers import create_ssl_context


def kafka() -> dict[str, object]:
    """Keyword arguments of aiokafka's consumers and producers, but for the address. From now on what the broker
    refuses ends the process with one line and 2."""
    said = {name.removeprefix("SLUGLINE_"): value for name, value in os.environ.items() if value}
    sys.excepthook = refused
    logging.getLogger("aiokafka").addHandler(words)
    protocol = said.get("SECURITY_PROTOCOL", "PLAINTEXT").upper()
    how: dict[str, object] = {"security_protocol": protocol}
    if protocol.endswith("SSL"):
        how["ssl_context"] = create_ssl_context(cafile=said.get("SSL_CAFILE"))
    if protocol.startswith("SASL"):
        how["sasl_mechanism"] = said.get("SASL_MECHANISM", "PLAIN").upper()
        how["sasl_plain_username"] = said.get("SASL_USERNAME")
        how["sasl_plain_password"] = said.get("SASL_PASSWORD") or password(said.get("SASL_PASSWORD_FILE", ""))
    return how


def password(file: str) -> str:
    return Path(file).read_text(encoding="utf-8").rstrip("\r\n") if file else ""


class Words(logging.StreamHandler[TextIO]):
    """Says what aiokafka has to say, and when it last said that something failed: it tells its log why it was
    not let in, and whoever called it that it was not."""

    at = -math.inf

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if record.levelno >= logging.ERROR:
            self.at = time.monotonic()


words = Words()
words.setLevel(logging.WARNING)


def refused(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not isinstance(error, KafkaError | OSError):
        return sys.__excepthook__(kind, error, trace)
    if time.monotonic() - words.at > 1:
        print(error, file=sys.stderr, flush=True)
    os._exit(2)
