"""The real service on the embedded engine with the sample, loaded once, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc.access.rights import PUBLIC
from graphsvc.api.jobs import EXAMPLE
from graphsvc.api.uploads import EXAMPLE as UPLOAD
from graphsvc.api.uploads import EXAMPLE_DIGEST
from graphsvc.app import create_app
from graphsvc.drawing import MapAsk
from graphsvc.importing import Look
from graphsvc.jobs.job import Wish
from graphsvc.model import ActorKind, View
from graphsvc.render.redaction import NOTHING
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.working import dispatcher

_HOME = TemporaryDirectory(prefix="graphsvc-tests-")
SETTINGS = Settings(store=":memory:", home=Path(_HOME.name))


@contextmanager
def unasked(settings: Settings = SETTINGS) -> Iterator[Service]:
    """Open the sample, of which nobody has asked for anything yet."""
    service = Service.open(settings)
    try:
        service.load(service.check(sample_path()))
        yield service
    finally:
        service.close()


@contextmanager
def documented(settings: Settings = SETTINGS) -> Iterator[Service]:
    """Open the sample with all that the documentation's examples speak of: a job, an upload, a published map."""
    service = Service.open(settings)
    try:
        service.load(service.check(sample_path()))
        service.jobs.add(Wish("missing", '{"top":3}', "example"), EXAMPLE)
        dispatcher(service, threads=0).drain()
        upload(service)
        service.publish("example", MapAsk(View(place="FI197", kinds=(ActorKind.UNIVERSITY,))), NOTHING, "example")
        yield service
    finally:
        service.close()


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    with documented() as service:
        yield service


def upload(service: Service) -> None:
    """Send in the upload that the documentation speaks of, and look at it."""
    uploads = service.desk.uploads
    with uploads.receiving() as file:
        file.write(b"name;kind\nExample;firm\n")
        uploads.add(uploads.received(file), "actors.csv", PUBLIC, UPLOAD)
    found = uploads.finding(UPLOAD, service.look(Look(UPLOAD)).digest)
    assert found
    uploads.find(UPLOAD, EXAMPLE_DIGEST, found)


@pytest.fixture(scope="session")
def app(service: Service) -> Flask:
    return create_app(SETTINGS, service)


class Closing(FlaskClient):
    """Closes its answers in the end, as a server does: a stream that is left open keeps its place."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, app.response_class, use_cookies=True)
        self.answers: list[TestResponse] = []

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        self.answers.append(answer)
        return answer


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    closing = Closing(app)
    yield closing
    for answer in closing.answers:
        answer.close()
