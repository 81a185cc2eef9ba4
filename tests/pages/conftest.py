"""A service with the sample, for pages that only read, and one of its own for those that write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample, which is quicker to put back than to import."""
    path = tmp_path_factory.mktemp("sample") / "sample.graphsvc"
    service = Service.open(Settings(store=":memory:"))
    service.load(service.check(sample_path()))
    service.back_up(path)
    service.close()
    return path


def _sample(backup: Path, home: Path) -> Iterator[Service]:
    service = Service.open(Settings(store=":memory:", home=home))
    service.restore(backup)
    yield service
    service.close()


@pytest.fixture(scope="module")
def service(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample, to be read."""
    yield from _sample(sample_store, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    """A reader of the sample's pages."""
    return create_app(Settings(store=":memory:"), service).test_client()


@pytest.fixture
def own(sample_store: Path, tmp_path: Path) -> Iterator[Service]:
    """The sample, to be changed by one test."""
    yield from _sample(sample_store, tmp_path)


@pytest.fixture
def writer(own: Service) -> FlaskClient:
    """Someone who changes the sample."""
    return create_app(Settings(store=":memory:"), own).test_client()
