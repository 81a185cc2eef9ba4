"""Stores that tests may use: the embedded engine in a temporary folder, and a real Neo4j where one can be had."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from graphsvc.access import passwords
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store import server as store_server
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests import gds_server, neo4j_server
from tests.ending import pytest_sessionstart
from tests.neo4j_server import RunningServer, alone
from tests.sharing_out import pytest_collection_modifyitems, pytest_configure_node, pytest_xdist_make_scheduler
from tests.telling import pytest_configure

# Hooks: pytest finds them here.
__all__ = [
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_configure_node",
    "pytest_sessionstart",
    "pytest_xdist_make_scheduler",
]


settings.register_profile("untimed", settings(), deadline=None)  # how long an example takes is the machine's
settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no rubbish while tests are collected: nearly all that is made stays, and to look took a sixth of it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def method_of_passwords() -> Iterator[str]:
    """Gives how the service makes digests of passwords; tests make quick ones, but for those in ``tests/access``.

    One of the service's takes a quarter of a second of processor time, and who signs in needs three.
    """
    method = passwords._METHOD
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_METHOD", "scrypt:1024:8:1")
        yield method


@pytest.fixture(scope="session")
def neo4j_running() -> Iterator[RunningServer]:
    """One Neo4j server for the whole run; skipped, or failed where it is required, when there can be none.

    It plans each statement once; the one of the calendar releases plans anew when the graph has changed, if seldom.
    """
    yield from _served(lambda: neo4j_server.start(neo4j_server.LONG_TERM, neo4j_server.PLANNED_ONCE), "neo4j")


@pytest.fixture(scope="session")
def neo4j_calendar_running() -> Iterator[RunningServer]:
    """One Neo4j of the calendar releases, where there is a Java that is new enough for it."""
    yield from _served(lambda: neo4j_server.start(neo4j_server.CALENDAR, neo4j_server.PLANNED_SELDOM), "neo4j-calendar")


@pytest.fixture(scope="module")
def gds_running() -> Iterator[RunningServer]:
    """One Neo4j server with Graph Data Science, where one can be had; stopped when the module that uses it is done."""
    yield from _served(gds_server.start, "gds")


def _served(start: Callable[[], RunningServer], name: str) -> Iterator[RunningServer]:
    try:
        server = start()
    except neo4j_server.NoServer as error:
        if name in os.environ.get("GRAPHSVC_TEST_REQUIRE", "").split(","):
            pytest.fail(str(error))
        pytest.skip(str(error))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample as a file, imported once for all processes of a run: copy it, open the copy."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    path = shared / "sample.kgl"
    with alone(shared / "sample-lock.sqlite"):
        if not path.exists():
            making = own / "sample-making.kgl"
            service = Service.open(Settings.load(store=str(making), home=own / "sample-home"))
            service.load(service.check(sample_path()))
            service.close()
            making.replace(path)
    return path


@pytest.fixture(scope="session")
def sample_copy(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Return a function that gives the address of a new copy of the sample's graph: 30 ms, an import takes a second."""

    def copy() -> str:
        path = tmp_path_factory.mktemp("sample") / "graph.kgl"
        path.write_bytes(sample_graph.read_bytes())
        return str(path)

    return copy


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[GraphStore]:
    """An empty embedded store."""
    store = open_store(Settings.load(store=str(tmp_path / "graph.kgl")))
    yield store
    store.close()


@pytest.fixture
def neo4j_store(neo4j_running: RunningServer) -> Iterator[GraphStore]:
    """The Neo4j server's store, emptied."""
    yield from _emptied(neo4j_running)


@pytest.fixture
def neo4j_calendar_store(neo4j_calendar_running: RunningServer) -> Iterator[GraphStore]:
    """The calendar release's store, emptied."""
    yield from _emptied(neo4j_calendar_running)


@contextmanager
def unhurried() -> Iterator[pytest.MonkeyPatch]:
    """A store of a server that is opened meanwhile gives a statement six times as long.

    Its first plan takes its time, on a busy machine more than someone who waits would have.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_server, "REQUESTS", replace(store_server.REQUESTS, time_factor=6))
        yield patch


def _emptied(server: RunningServer) -> Iterator[GraphStore]:
    server.wipe()
    with unhurried() as patch:
        if server.prepared:  # as long as it runs: to look after 35 constraints and indexes takes a third of a second
            patch.setattr(GraphStore, "prepare", lambda _store: None)
        store = open_store(Settings.load(store=server.uri, store_password=server.password))
        server.prepared = True
    yield store
    store.close()


@pytest.fixture(
    params=[
        "embedded_store",
        pytest.param("neo4j_store", marks=pytest.mark.neo4j),
        pytest.param("neo4j_calendar_store", marks=pytest.mark.neo4j),
    ],
    ids=["embedded", "neo4j", "neo4j-calendar"],
)
def store(request: pytest.FixtureRequest) -> GraphStore:
    """An empty store of each engine in turn."""
    found: GraphStore = request.getfixturevalue(request.param)
    return found
