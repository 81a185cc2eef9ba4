"""Nothing is left behind by requests and imports: objects, bytes, files and threads are as many as before (goal R7)."""

from __future__ import annotations

import gc
import threading
import tracemalloc
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.faults.made_up_files import made_up_files

GOOD: Final = (
    *("/", "/actors", "/actors?q=ka", "/actors?sort=-partners", "/network", "/missing", "/coverage", "/review"),
    *("/import", "/publications", "/settings", "/actors/shared-0", "/actors/shared-0/picture.svg"),
    *("/health", "/health/live", "/metrics", "/api/v1/status", "/api/v1/actors?q=ka", "/api/v1/actors/shared-0"),
    *("/api/v1/collaborations?actor=shared-0", "/api/v1/network", "/api/v1/network?format=graphml", "/api/v1/measures"),
    *("/api/v1/partnerships/missing", "/api/v1/coverage", "/api/v1/gaps", "/api/v1/changes?since=0&limit=1"),
)
WRONG: Final = ("/nowhere", "/actors/nobody", "/api/v1/actors/nobody", "/api/v1/actors?limit=x", "/network?place=none")
ROUNDS: Final = 2
ASKED: Final = 4
"""Times that everything is asked for in a round: once of the graph as it has just changed, then of what is kept."""
IMPORTS: Final = 2
"""In each round: the two files in turn, so that the graph ends as it began."""
TRIES: Final = 20
OBJECTS: Final = 60
"""More objects that are let pass: an object for every twentieth request would be more."""
KILOBYTES: Final = 100.0


@dataclass(frozen=True)
class Held:
    """What a process holds."""

    objects: Counter[str]
    kilobytes: float
    files: int
    threads: int


def held() -> Held:
    """Count, after what is rubbish has gone."""
    while gc.collect():
        pass
    objects = Counter(type(each).__qualname__ for each in gc.get_objects())
    files = len(list(Path("/proc/self/fd").iterdir()))
    return Held(objects, tracemalloc.get_traced_memory()[0] / 1e3, files, threading.active_count())


def answered(client: FlaskClient, path: str) -> TestResponse:
    """Ask until there is an answer: on a busy machine the first question after a change may run out of time."""
    for _ in range(TRIES):
        answer = client.get(path)
        if answer.status_code not in (503, 504):
            break
        answer.close()
    return answer


def ask(client: FlaskClient) -> int:
    """Ask for everything once, and for what has an ETag again; return how many requests that were."""
    asked = 0
    for path in GOOD:
        with answered(client, path) as answer:
            assert answer.status_code == 200, path
            tag = answer.headers.get("ETag")
        asked += 1
        if tag:
            with client.get(path, headers={"If-None-Match": tag}) as answer:
                assert answer.status_code in (200, 304), path
            asked += 1
    for path in WRONG:
        with client.get(path) as answer:
            assert answer.status_code in (404, 422), path
        asked += 1
    return asked


@dataclass(frozen=True)
class Left:
    """What is there after some requests that was not there before."""

    requests: int
    objects: Counter[str]
    kilobytes: float
    files: int
    threads: int


def left_behind(folder: Path) -> Left:
    """Ask and import in rounds, and return what that leaves."""
    tracemalloc.start()
    files = made_up_files(folder / "files", IMPORTS, actors=12)
    service = Service.open(Settings(store=":memory:", home=folder / "home"))
    client = create_app(Settings(store=":memory:"), service).test_client(use_cookies=False)

    def one_round() -> int:
        for run in [each for each in service.imports_told() if each.undoable]:
            service.undo(run.run.id)
        before = service.revision()
        for file in files:
            service.load(service.check(file))
        assert service.revision() > before, "a file that is there already changes nothing, and leaves nothing"
        return sum(ask(client) for _ in range(ASKED))

    try:
        for _ in range(2):  # caches of templates, of types, of counters fill
            one_round()
        before = held()
        requests = sum(one_round() for _ in range(ROUNDS))
        after = held()
    finally:
        service.close()
    return Left(
        requests,
        after.objects - before.objects,
        after.kilobytes - before.kilobytes,
        after.files - before.files,
        after.threads - before.threads,
    )


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts files as Linux tells them")
def test_requests_and_imports_leave_nothing_behind(tmp_path: Path) -> None:
    # In a process of its own: a browser or a server's driver that serves other tests makes objects meanwhile.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        left = alone.submit(left_behind, tmp_path).result()
    assert left.requests > 200
    assert left.objects.total() <= OBJECTS, left.objects.most_common(10)
    assert left.kilobytes <= KILOBYTES
    assert (left.files, left.threads) == (0, 0)
