"""One line of JSON per event, so that no name from data can forge a second line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """A log record as one JSON object; whatever was passed as ``extra`` becomes a field."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON text without line breaks."""
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        event.update({key: value for key, value in record.__dict__.items() if key not in _OWN})
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    """Send graphsvc's log, and the web server's below it, to standard error as JSON lines from ``level`` upwards.

    The web server has a word for each request that waits for a thread, which says no more than that it is busy.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    for name in ("graphsvc", "waitress"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level.upper())
        logger.propagate = False
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
