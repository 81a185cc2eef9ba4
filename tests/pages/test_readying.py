"""Pages of a large network: they say at once that it is being read, and come when it is."""

from __future__ import annotations

import time
from threading import Event

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.errors import NotFound
from graphsvc.judging import Saying
from graphsvc.model import Verdict
from graphsvc.pages import readying
from graphsvc.service import Service
from graphsvc.settings import Settings

PAGES = ("/", "/actors?q=tampereen", "/network", "/missing", "/coverage", "/publications", "/track-record")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sample count as large."""
    monkeypatch.setattr(readying, "LARGE", 0)


def wait(client: FlaskClient, path: str, seconds: float = 120.0) -> str:
    """Return a page when it is there, waiting as a browser does."""
    until = time.monotonic() + seconds
    while (page := client.get(path)).status_code == 202:
        assert time.monotonic() < until, "the page never came"
        assert 'data-job="/readying"' in page.text
        while client.get("/readying").get_json()["state"] == "running":
            time.sleep(0.02)
    assert page.status_code == 200
    return page.text


def change(service: Service) -> None:
    """Say something of two entries."""
    first, second = service.snapshot().actors[:2]
    service.judge(Saying(first.id, second.id, "test"), Verdict.DIFFERENT)


@pytest.mark.usefixtures("large")
def test_a_page_of_a_large_network_says_that_it_is_read_and_comes(own: Service, writer: FlaskClient) -> None:
    held, snapshot = Event(), own.outlook.snapshot
    own.snapshot = lambda: (held.wait(60), snapshot())[1]  # type: ignore[method-assign]
    first = writer.get("/?lang=en")
    assert first.status_code == 202 and "The network is being read" in first.text
    told = writer.get("/readying").get_json()
    assert told["state"] == "running" and told["done"] < told["total"]
    held.set()
    for path in PAGES:
        assert "data-job=" not in wait(writer, path) or path == "/track-record"
    actor = next(iter(own.network().actors))
    assert own.network().actors[actor].name in wait(writer, f"/actors/{actor}")
    assert writer.get("/readying").get_json()["state"] == "succeeded"


@pytest.mark.usefixtures("large")
def test_a_change_makes_the_pages_wait_again_but_not_for_ever(
    own: Service, writer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(writer, "/network")
    change(own)
    assert writer.get("/network").status_code == 200, (
        "just read: in a graph that changes all the time it would never come"
    )
    monkeypatch.setattr(readying, "GRACE", 0.0)
    monkeypatch.setattr(readying, "SHORTLY", 0.0)
    assert writer.get("/network").status_code == 202
    wait(writer, "/network")


@pytest.mark.usefixtures("large")
def test_what_is_soon_there_is_no_reason_to_say_wait(
    own: Service, writer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(writer, "/network")
    monkeypatch.setattr(readying, "GRACE", 0.0)
    monkeypatch.setattr(readying, "SHORTLY", 60.0)
    change(own)
    assert writer.get("/network").status_code == 200


@pytest.mark.usefixtures("large")
def test_what_can_not_be_made_is_said_by_the_page(
    own: Service, writer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> object:
        raise NotFound("actor", "nobody")

    own.outlook.names = fails  # type: ignore[method-assign, assignment]
    monkeypatch.setattr(readying, "SHORTLY", 0.0)
    assert writer.get("/actors?q=zzzzz").status_code == 202
    while writer.get("/readying").get_json()["state"] == "running":
        time.sleep(0.02)
    assert writer.get("/actors?q=zzzzz").status_code == 404


@pytest.mark.usefixtures("large")
def test_pages_without_the_network_never_wait(own: Service) -> None:
    client = create_app(Settings(store=":memory:"), own).test_client()
    for path in ("/import", "/review", "/sign-in"):
        assert client.get(path).status_code == 200
    assert client.get("/readying").get_json()["state"] == "succeeded", "nothing was begun"


def test_a_small_network_is_shown_at_once(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200
