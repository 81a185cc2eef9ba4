"""A service with the sample, for pages that only read, and one of its own for those that write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.pages import worked


@pytest.fixture(scope="session")
def sample_store(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample, for who has a graph of another kind to put it into."""
    path = tmp_path_factory.mktemp("sample") / "sample.graphsvc"
    for service in _sample(sample_graph, tmp_path_factory.mktemp("copy")):
        service.back_up(path)
    return path


def _sample(graph: Path, home: Path) -> Iterator[Service]:
    """A service on a copy of the sample's graph: 30 ms, where to put back a backup takes half a second."""
    path = home / "graph.kgl"
    path.write_bytes(graph.read_bytes())
    service = Service.open(Settings(store=str(path), home=home))
    yield service
    service.close()


@pytest.fixture(scope="module")
def service(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample, to be read."""
    yield from _sample(sample_graph, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    """A reader of the sample's pages."""
    return create_app(Settings(store=":memory:"), service).test_client()


@pytest.fixture
def own(sample_graph: Path, tmp_path: Path) -> Iterator[Service]:
    """The sample, to be changed by one test."""
    yield from _sample(sample_graph, tmp_path)


@pytest.fixture
def writer(own: Service) -> FlaskClient:
    """Someone who changes the sample."""
    return create_app(Settings(store=":memory:"), own).test_client()


@pytest.fixture(scope="module")
def worked_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the service in which everything is done."""
    return tmp_path_factory.mktemp("worked")


@pytest.fixture(scope="module")
def worked_service(sample_store: Path, worked_home: Path) -> Iterator[Service]:
    """The sample, in which everything is done by who asks for ``made``."""
    service = Service.open(Settings(store=":memory:", home=worked_home))
    service.restore(sample_store)
    yield service
    service.close()


@pytest.fixture(scope="module")
def worked_client(worked_service: Service, worked_home: Path) -> FlaskClient:
    """Someone who does everything in it."""
    return create_app(Settings(store=":memory:", home=worked_home), worked_service).test_client()


@pytest.fixture(scope="module")
def made(worked_client: FlaskClient, worked_service: Service, worked_home: Path) -> Mapping[str, str]:
    """What was made by doing everything that pages show something of."""
    return worked.do_everything(worked_client, worked_service, worked_home)
