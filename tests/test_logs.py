"""A name from data can't forge a line of the log, and nothing but such lines comes out."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from waitress.utilities import logger, queue_logger

from graphsvc import logs
from graphsvc.logs import JsonFormatter


@pytest.fixture
def _loggers_as_they_were() -> Iterator[None]:
    known = [logging.getLogger(name) for name in ("graphsvc", "waitress", "waitress.queue")]
    before = [(each.handlers[:], each.level, each.propagate) for each in known]
    yield
    for each, (handlers, level, propagate) in zip(known, before, strict=True):
        each.handlers[:], each.propagate = handlers, propagate
        each.setLevel(level)


def test_one_line_per_event_with_its_fields() -> None:
    record = logging.makeLogRecord(
        {"msg": 'import\n{"level":"error"}', "levelname": "INFO", "name": "graphsvc", "rows": 3}
    )
    line = JsonFormatter().format(record)
    assert "\n" not in line
    event = json.loads(line)
    assert (event["rows"], event["level"], event["event"]) == (3, "info", 'import\n{"level":"error"}')


@pytest.mark.usefixtures("_loggers_as_they_were")
def test_the_web_server_speaks_in_the_same_lines(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning")
    logger.warning("server says\nsomething")
    queue_logger.warning("Task queue depth is %d", 3)
    lines = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["server says\nsomething"]
