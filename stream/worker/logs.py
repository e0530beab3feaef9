"""Structured logs: one JSON object a line on standard error; plain lines on a terminal. Standard output is left alone."""

import logging
import sys
from typing import Any

from stream.core.codec import encode
from stream.core.times import write_time

_KNOWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """`extra` fields stand beside time, level, logger and message."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": write_time(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        said |= {name: str(value) for name, value in vars(record).items() if name not in _KNOWN}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return encode(said).decode()


def set_up(level: int = logging.INFO) -> None:
    """For the whole process; faust's own loggers included."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        logging.Formatter("%(levelname)s %(message)s") if sys.stderr.isatty() else JsonLines()
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
