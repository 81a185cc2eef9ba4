"""Who sends by drops holds nobody up and is hung up on: against the real command, on loopback."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final
from urllib.parse import urlsplit

import pytest

from graphsvc.serving import GRACE
from tests.faults.processes import Served, ask, environment, serving

EACH: Final = 40
"""Connections of each kind: with four kinds many times as many as the service has threads."""
LATE: Final = 20.0
"""Seconds beyond GRACE after which all must be gone: the service looks once a second, silent connections have 20."""
POST: Final = b"POST /api/v1/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
BEGINNINGS: Final = {
    "half a head": b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "half a body": POST + b"Content-Length: 100000\r\n\r\nhalf",
    "half a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\nffff\r\nhalf",
    "nothing": b"",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    with serving(environment(str(home / "graph.kgl"), home), home / "service.log") as served:
        yield served


def test_drops_hold_nobody_up_and_are_ended(served: Served) -> None:
    host = urlsplit(served.address)
    assert host.hostname == "127.0.0.1"
    with ExitStack() as stack:
        open_: dict[socket.socket, str] = {}
        for name, beginning in BEGINNINGS.items():
            for _ in range(EACH):
                connection = stack.enter_context(socket.create_connection((host.hostname, host.port), timeout=10))
                connection.sendall(beginning)
                connection.setblocking(False)
                open_[connection] = name
        began, answered = time.monotonic(), 0
        while open_ and time.monotonic() - began < GRACE + LATE:
            for connection in [each for each, name in open_.items() if _ended(each, drop=name != "nothing")]:
                del open_[connection]
            assert ask(served.address, "/health/live", patience=10).status == 200
            answered += 1
            time.sleep(1)
        assert not set(open_.values()), "they are still connected"
        assert answered >= 3, "others were asked for while the slow ones were there"
    assert "hung up on a slow connection" in served.log.read_text(encoding="utf-8")


def _ended(connection: socket.socket, *, drop: bool) -> bool:
    """Return whether the service hung up; send one more byte if ``drop``."""
    try:
        if connection.recv(1000) == b"":
            return True
    except BlockingIOError:
        pass
    except OSError:
        return True
    try:
        if drop:
            connection.sendall(b"x")
    except OSError:
        return True
    return False
