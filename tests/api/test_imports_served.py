"""The whole way over HTTP, as the service is really run: by its own server, in a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

import pytest

from graphsvc.samples import sample_path
from tests.neo4j_server import RunningServer

LIST = b"Organisation;Project;Municipality\nAlfa Oy;Project one;Tampere\nBeta ry;Project one;Nokia\n"
RAW = {"Content-Type": "application/octet-stream"}


class Served:
    """A service that runs."""

    def __init__(self, process: subprocess.Popen[str], host: str, port: int) -> None:
        self.process = process
        self.host = host
        self.port = port

    def ask(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any, Mapping[str, str]]:
        """Return status, JSON and headers of an answer; a body that is no bytes is sent as JSON."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            given = dict(headers or {})
            if body is not None and not isinstance(body, bytes):
                body, given["Content-Type"] = json.dumps(body).encode(), "application/json"
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null"), dict(answer.getheaders())
        finally:
            connection.close()

    def done(self, location: str) -> dict[str, Any]:
        """Wait for a job and return its result."""
        for _ in range(600):
            job = self.ask("GET", location)[1]
            if job["state"] not in ("queued", "running"):
                break
            time.sleep(0.1)
        assert job["state"] == "done", job
        found: dict[str, Any] = self.ask("GET", job["result"])[1]
        return found

    def check(self, content: bytes, name: str) -> tuple[str, dict[str, Any]]:
        """Send in a file and check it; return the upload's id and what was found."""
        status, upload, _ = self.ask("POST", f"/api/v1/uploads?name={name}", content, RAW)
        assert status == 200, upload
        _, _, headers = self.ask("POST", f"/api/v1/uploads/{upload['id']}/check", {})
        digest = self.done(headers["Location"])["digest"]
        return upload["id"], self.ask("GET", f"/api/v1/uploads/{upload['id']}/checks/{digest}")[1]


@contextmanager
def served(settings: Mapping[str, str]) -> Iterator[Served]:
    """Start ``graphsvc serve`` and yield it; it is killed in the end."""
    environment = {**os.environ, "GRAPHSVC_PORT": "0", "GRAPHSVC_UPLOAD_MEGABYTES": "1", **settings}
    command = [sys.executable, "-m", "graphsvc", "serve"]
    # What it says goes to a file: a pipe that nobody reads would hold it up when full.
    with (
        TemporaryFile("a+") as said,
        subprocess.Popen(command, env=environment, stderr=said, text=True) as process,
    ):
        try:
            yield Served(process, *_address(said, process))
        finally:
            process.kill()


def _address(said: IO[str], process: subprocess.Popen[str]) -> tuple[str, int]:
    """Wait until a service says where it is."""
    for _ in range(1200):
        said.seek(0)
        for line in said.read().splitlines():
            if "is running at" in line:
                address = urlsplit(next(word for word in line.split() if word.startswith("http")))
                assert address.hostname
                assert address.port
                return address.hostname, address.port
        assert process.poll() is None, "it ended"
        time.sleep(0.1)
    raise TimeoutError("the service does not say that it runs")


@pytest.fixture
def embedded(tmp_path: Path) -> dict[str, str]:
    return {"GRAPHSVC_STORE": str(tmp_path / "graph.kgl"), "GRAPHSVC_HOME": str(tmp_path / "home")}


@pytest.fixture
def neo4j(neo4j_running: RunningServer, tmp_path: Path) -> dict[str, str]:
    neo4j_running.wipe()
    return {
        "GRAPHSVC_STORE": neo4j_running.uri,
        "GRAPHSVC_STORE_PASSWORD": neo4j_running.password,
        "GRAPHSVC_HOME": str(tmp_path / "home"),
    }


@pytest.mark.parametrize("engine", ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_the_whole_way(engine: str, request: pytest.FixtureRequest) -> None:
    with served(request.getfixturevalue(engine)) as service:
        upload, found = service.check(LIST, "list.csv")
        assert found["compared"]["new"]["actor"] == 2
        wish = {"upload": upload, "digest": found["digest"]}
        status, _, headers = service.ask("POST", "/api/v1/imports", wish, {"Idempotency-Key": "one"})
        assert status == 202
        again = service.ask("POST", "/api/v1/imports", wish, {"Idempotency-Key": "one"})
        assert again[2]["Location"] == headers["Location"]
        done = service.done(headers["Location"])
        assert service.ask("GET", "/api/v1/actors")[1]["total"] == 2
        assert service.ask("POST", "/api/v1/imports", wish)[0] == 409, "the graph has gone on"
        told = service.ask("GET", f"/api/v1/imports/{done['import']}")[1]
        assert told["changed"]["new"]["participation"] == 2
        _, _, headers = service.ask("POST", f"/api/v1/imports/{done['import']}/undo")
        assert service.done(headers["Location"])["restored"] is None
        assert service.ask("GET", "/api/v1/actors")[1]["total"] == 0


@pytest.mark.parametrize("engine", ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_an_import_goes_on_after_a_kill(engine: str, request: pytest.FixtureRequest) -> None:
    settings = request.getfixturevalue(engine)
    with served(settings) as service:
        upload, found = service.check(sample_path().read_bytes(), sample_path().name)
        wish = {"upload": upload, "digest": found["digest"]}
        _, _, headers = service.ask("POST", "/api/v1/imports", wish, {"Idempotency-Key": "kill"})
        time.sleep(0.3)  # wherever it is then
        service.process.send_signal(signal.SIGKILL)
        service.process.wait()
    with served(settings) as service:
        again = service.ask("POST", "/api/v1/imports", wish, {"Idempotency-Key": "kill"})
        assert again[2]["Location"] == headers["Location"], "the answer outlived the process"
        service.done(headers["Location"])
        assert service.ask("GET", "/api/v1/actors")[1]["total"] == found["new_actors"]
        assert [each["state"] for each in service.ask("GET", "/api/v1/imports")[1]["items"]] == ["finished"]


def test_bodies_that_are_slow_too_large_or_end_early_hurt_nobody(embedded: dict[str, str]) -> None:
    head = "POST /api/v1/uploads?name=a.csv HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
    with served(embedded) as service:
        slow = []
        for _ in range(20):  # more than the server has threads
            connection = socket.create_connection((service.host, service.port), timeout=30)
            connection.sendall(f"{head}Content-Length: 1000\r\n\r\nhalf".encode())
            slow.append(connection)
        began = time.monotonic()
        assert service.ask("GET", "/health")[0] == 200
        assert time.monotonic() - began < 5
        for connection in slow:
            connection.close()  # ends early
        with socket.create_connection((service.host, service.port), timeout=30) as connection:
            connection.sendall(f"{head}Content-Length: 900000000\r\n\r\n".encode())
            assert b" 413 " in connection.recv(1000)
        status, problem, headers = service.ask("POST", "/api/v1/uploads?name=a.csv", b"x" * 1_100_000, RAW)
        assert status == 413
        assert headers["Content-Type"] == "application/problem+json"
        assert "GRAPHSVC_UPLOAD_MEGABYTES" in problem["detail"]
        assert service.ask("GET", "/api/v1/uploads")[1]["items"] == []
        home = Path(embedded["GRAPHSVC_HOME"])
        assert not [path for path in home.glob("uploads-*/*") if path.suffix in (".part", ".upload")]
