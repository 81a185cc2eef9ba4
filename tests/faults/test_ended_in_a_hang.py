"""The service is asked to end while its database says nothing, or while an import runs: soon, cleanly, losing nothing.

Everything is real: ``graphsvc serve`` with people who ask it and a job that imports a file, SIGTERM, and a Neo4j that
hangs then; afterwards the service is started again.
"""

from __future__ import annotations

import http.client
import json
import logging
import signal
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from graphsvc.jobs.job import State
from graphsvc.jobs.place import table_of
from graphsvc.settings import Settings
from graphsvc.store.opening import open_store
from tests.faults.made_up_files import made_up_files, rows_of
from tests.faults.mortal import MortalServer
from tests.faults.processes import GRAPHSVC, HEALTH, Answer, Served, ask, environment, run, serving
from tests.faults.test_service_killed import judge

log = logging.getLogger(__name__)
PROMISED: Final = 10.0
"""Seconds in which a service ends after SIGTERM."""
TOLERANCE: Final = 3.0
"""Seconds that a machine with other work may add."""
PATHS: Final = ("/api/v1/actors?q=ka", "/api/v1/status", "/api/v1/network", "/api/v1/sources", "/actors", HEALTH)
FEW, MANY = 500, 1_500
"""Actors of the file that is being imported: enough for a second's work, and several batches."""


def call(address: str, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> Any:
    """Return the JSON of an answer that is none of failure."""
    host = urlsplit(address)
    connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=60)
    try:
        connection.request(method, f"/api/v1{path}", body, {"Content-Type": kind})
        response = connection.getresponse()
        said = response.read()
        assert response.status < 400, said
        return json.loads(said)
    finally:
        connection.close()


def until(address: str, job: str, states: set[str], *, begun: bool = False, seconds: float = 300) -> dict[str, Any]:
    """Return a job when it is in one of the states; ``begun``: and has written something."""
    over = time.monotonic() + seconds
    while True:
        found: dict[str, Any] = call(address, "GET", f"/jobs/{job}")
        if found["state"] in states and (not begun or found["done"]):
            return found
        assert time.monotonic() < over, found
        time.sleep(0.02)


def zipped(folder: Path) -> bytes:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for table in sorted(folder.glob("*.csv")):
            archive.write(table, table.name)
    return path.read_bytes()


def import_begun(address: str, file: bytes) -> str:
    """Send a file in, have it checked, begin to save it, and return the job when it writes."""
    upload = call(address, "POST", "/uploads?name=large.zip", file, "application/octet-stream")["id"]
    path = f"/uploads/{upload}/check"
    until(address, call(address, "POST", path, b"{}")["id"], {"done"})
    checked = call(address, "POST", path, b"{}")
    wish = json.dumps({"upload": upload, "digest": checked["digest"]}).encode()
    job = str(call(address, "POST", "/imports", wish)["id"])
    until(address, job, {"running"}, begun=True)
    return job


def children(pid: int) -> list[int]:
    """Return the processes that a process has started; none where the system doesn't say."""
    said = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in said.read_text(encoding="utf-8").split()] if said.exists() else []


def ended(served: Served) -> float:
    """Ask a service to end, and return how long that took; it must leave nothing behind."""
    started, began = children(served.process.pid), time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(60) == 0
    took = time.monotonic() - began
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []
    return took


@dataclass
class Ended:
    """A service whose import was cut by its end, and what it was asked for and confirmed before."""

    settings: dict[str, str]
    job: str = ""
    took: float = 0.0
    answers: list[Answer | None] = field(default_factory=list)
    """None for a connection that was closed."""
    watched: str = ""
    """What somebody was told who watched the job as a stream of events."""


def asked(address: str, path: str) -> Answer | None:
    try:
        return ask(address, path)
    except OSError:
        return None


def watch(address: str, job: str, begun: Event) -> str:
    """Return all that a stream of events tells; fails where it is broken off instead of ended."""
    with urlopen(f"{address}/api/v1/jobs/{job}/events", timeout=60) as stream:  # loopback
        first: bytes = stream.readline()
        begun.set()
        rest: bytes = stream.read()
        return (first + rest).decode()


def cut(store: str, folder: Path, actors: int, mortal: MortalServer | None = None) -> Ended:
    """Serve a graph, confirm a word, begin an import, let the database hang where there is one, and end the service."""
    small, large = made_up_files(folder / "files", 1), made_up_files(folder / "large", 1, actors=actors, seed=9)
    found = Ended(environment(store, folder / "home"))
    assert run(list(GRAPHSVC), small, found.settings).returncode == 0
    with serving(found.settings, folder / "service.log") as served, ThreadPoolExecutor(len(PATHS) * 2 + 1) as pool:
        assert judge(served.address, "f0-a1", "f0-a2")
        found.job = import_begun(served.address, zipped(large[0]))
        watching = pool.submit(watch, served.address, found.job, begun := Event())
        assert begun.wait(30)
        if mortal:
            mortal.pause()
        try:
            asking = [pool.submit(asked, served.address, path) for path in PATHS * 2]
            if mortal:
                wait(asking, 1)  # seconds, not for all: those with the hanging server are inside when the signal comes
            found.took = ended(served)
            found.answers = [each.result(60) for each in asking]
            found.watched = watching.result(60)
        finally:
            if mortal:
                mortal.resume()
    log.info("ended in %.2f s, %s", found.took, found.answers)
    return found


def check(cut: Ended, folder: Path, actors: int) -> None:
    """Start the service again: the job is told as it is and goes on, and what was confirmed is there, once."""
    assert '"state":"running"' in cut.watched
    with closing(table_of(Settings.load(store=cut.settings["GRAPHSVC_STORE"], home=folder / "home"))) as table:
        job = table.get(cut.job)
        assert (job.state, job.attempts, job.error) == (State.QUEUED, 0, None), "it waits for who is there next"
    with serving(cut.settings, folder / "service.log") as served:
        assert until(served.address, cut.job, {"done", "failed", "cancelled"})["state"] == "done"
        assert ask(served.address, HEALTH).status == 200
        ended(served)
    store = open_store(Settings.load(store=cut.settings["GRAPHSVC_STORE"]))
    try:
        assert set(map(frozenset, store.judgement_log().counting())) == {frozenset(("f0-a1", "f0-a2"))}
        status = store.status()
        rows = {"file-00": rows_of(folder / "files" / "file-00"), "large.zip": rows_of(folder / "large" / "file-00")}
        assert {source.name: source.records for source in status.sources if source.records} == rows
        assert status.participations == 11 * (120 + actors) // 4
        assert all(each.finished for each in store.imports())
        keys = [row["id"] for row in store.engine.read("changes/all")]
        assert len(set(keys)) == len(keys) == store.revision(), "nothing was written twice"
    finally:
        store.close()


@pytest.mark.neo4j
def test_it_ends_while_the_database_hangs(emptied: MortalServer, tmp_path: Path) -> None:
    found = cut(emptied.uri, tmp_path, FEW, emptied)
    assert found.took < PROMISED + TOLERANCE, found.answers
    answered = [each for each in found.answers if each]
    assert answered
    assert {each.status for each in answered} <= {503, 504}
    assert all(int(each.retry_after or 0) > 0 for each in answered if each.path != "/actors")
    assert len(answered) == len(found.answers), "who was inside was answered"
    check(found, tmp_path, FEW)


def test_it_ends_while_it_imports_into_a_file(tmp_path: Path) -> None:
    found = cut(str(tmp_path / "graph.kgl"), tmp_path, MANY)
    assert found.took < PROMISED + TOLERANCE
    check(found, tmp_path, MANY)
