"""A name from data can't forge a line of the log."""

from __future__ import annotations

import json
import logging

from graphsvc.logs import JsonFormatter


def test_one_line_per_event_with_its_fields() -> None:
    record = logging.makeLogRecord(
        {"msg": 'import\n{"level":"error"}', "levelname": "INFO", "name": "graphsvc", "rows": 3}
    )
    line = JsonFormatter().format(record)
    assert "\n" not in line
    event = json.loads(line)
    assert (event["rows"], event["level"], event["event"]) == (3, "info", 'import\n{"level":"error"}')
