"""``jobs`` and ``worker``, and the service at its end: as processes, with a real graph."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from graphsvc import measuring, working
from graphsvc.app import create_app
from graphsvc.cli import cli
from graphsvc.errors import GraphsvcError, NotFound
from graphsvc.jobs.job import State, Wish
from graphsvc.jobs.place import table_of
from graphsvc.jobs.table import JobTable
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.neo4j_server import RunningServer

# A kind of job that goes on until it is told to stop, put into the table before anything reads it.
SERVE = """
import time
from graphsvc import working
from graphsvc.wishes import Arguments
from graphsvc.working import Kind

def endless(service, asked, watch):
    while True:
        watch(1, 4)
        time.sleep(0.01)

working.KINDS = {**working.KINDS, "endless": Kind(Arguments, endless)}
from graphsvc.cli import main
import sys
sys.argv = ["graphsvc", "serve", "--port", "0"]
main()
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("GRAPHSVC_HOME", str(tmp_path))
    monkeypatch.setenv("GRAPHSVC_STORE", str(tmp_path / "graph.kgl"))
    return Settings.load()


@pytest.fixture
def table(settings: Settings) -> Iterator[JobTable]:
    table = table_of(settings)
    yield table
    table.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=True)


def fill(settings: Settings) -> None:
    service = Service.open(settings)
    service.load(service.check(sample_path()))
    service.close()


def until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.05)


def test_jobs_are_listed_shown_and_cancelled_without_the_graph(table: JobTable, settings: Settings) -> None:
    assert run("jobs").exit_code == 0
    job = table.add(Wish("missing", '{"top":3}', by="Maija [bold]"))
    listed = run("jobs")
    assert job.id in listed.stdout
    assert "Maija [bold]" in listed.stdout
    told = json.loads(run("jobs", "--json", "--state", "queued").stdout)
    assert (told["total"], told["jobs"][0]["arguments"]) == (1, {"top": 3})
    assert json.loads(run("jobs", "--json", "--state", "done").stdout)["jobs"] == []
    assert '{"top": 3}' in run("jobs", "show", job.id).stdout
    assert isinstance(run("jobs", "show", job.id, "--result").exception, GraphsvcError)
    assert run("jobs", "cancel", job.id).exit_code == 0
    assert table.get(job.id).state is State.CANCELLED
    assert run("jobs", "follow", job.id).exit_code == 0
    assert isinstance(run("jobs", "show", "none").exception, NotFound)
    assert not Path(settings.store).exists()


def test_a_worker_does_what_waits(table: JobTable, settings: Settings) -> None:
    fill(settings)
    job, wrong = table.add(Wish("missing", '{"top":3}')), table.add(Wish("measures", '{"view":{"theme":"none-such"}}'))
    assert run("worker", "--drain").exit_code == 0
    result = json.loads(run("jobs", "show", job.id, "--result").stdout)
    assert len(result["partnerships"]) == 3
    failed = run("jobs", "follow", wrong.id)
    assert isinstance(failed.exception, GraphsvcError)
    assert "none-such" in str(failed.exception)


def test_the_end_of_the_service_gives_its_job_back_and_drops_nobody(table: JobTable, settings: Settings) -> None:
    """With a job at work and a stream open, it is gone in less than ten seconds; the job waits for the next one."""
    fill(settings)
    root = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
    ) as process:
        try:
            assert process.stderr
            address = next(line for line in process.stderr if "is running at" in line).split(" at ")[1].split()[0]
            threading.Thread(target=process.stderr.read, daemon=True).start()
            job = table.add(Wish("endless", "{}"))  # over HTTP only questions are taken
            until(lambda: table.get(job.id).done == 1)
            stream: list[bytes] = []
            watching = threading.Thread(target=lambda: stream.append(_read(address, f"/api/v1/jobs/{job.id}/events")))
            watching.start()
            time.sleep(1)
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
            assert time.monotonic() - began < 10
            watching.join(10)
        finally:
            process.kill()
    assert stream
    assert b"event: job" in stream[0]
    given_back = table.get(job.id)
    assert (given_back.state, given_back.attempts) == (State.QUEUED, 0)


def _connected(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    assert parts.hostname
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)


def _read(address: str, path: str) -> bytes:
    connection = _connected(address)
    connection.request("GET", path)
    text = connection.getresponse().read()
    connection.close()
    return text


@pytest.mark.neo4j
def test_a_worker_beside_a_service_on_neo4j(
    neo4j_running: RunningServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service queues, another process works, and the service has the answer from the shelf."""
    neo4j_running.wipe()
    named = {"HOME": str(tmp_path), "STORE": neo4j_running.uri, "STORE_PASSWORD": neo4j_running.password}
    for name, value in named.items():
        monkeypatch.setenv(f"GRAPHSVC_{name}", value)
    settings = Settings.load()
    fill(settings)
    service = Service.open(settings)
    try:
        client = create_app(settings, service).test_client()
        monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
        asked = client.get("/api/v1/measures?limit=3")
        assert asked.status_code == 202
        root = str(Path(__file__).resolve().parents[2])
        command = [sys.executable, "-m", "graphsvc", "worker", "--drain"]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        monkeypatch.setattr(measuring, "measure", lambda *_, **__: pytest.fail("it was computed again"))
        assert client.get(asked.headers["Location"]).get_json()["state"] == "done"
        assert len(client.get("/api/v1/measures?limit=3").get_json()["items"]) == 3
    finally:
        service.close()
