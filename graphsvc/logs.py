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
    """Send graphsvc's log to standard error as JSON lines from ``level`` upwards."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger("graphsvc")
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    root.propagate = False
