"""How many statements a request asks of the graph: to a server each is a way there and back."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from graphsvc.service import Service
from graphsvc.store import seen, watched
from graphsvc.store.change import settled

ACTOR, COLLABORATION = "pic-922629954", "erdf-a70202"
MOST = {
    "/": 5,
    "/actors?q=oy": 4,
    f"/actors/{ACTOR}": 12,
    f"/collaborations/{COLLABORATION}": 6,
    "/network": 1,
    "/missing": 1,
    "/coverage": 1,
    "/review": 10,
    "/api/v1/actors?q=oy": 4,
    f"/api/v1/actors/{ACTOR}": 8,
    f"/api/v1/actors/{ACTOR}/portrait": 1,
    f"/api/v1/collaborations/{COLLABORATION}": 6,
    "/api/v1/network": 1,
    "/api/v1/measures": 1,
    "/api/v1/sources": 3,
    "/api/v1/sources/file-pirkanmaa": 2,
    "/api/v1/status": 1,
    "/health": 1,
    "/health/live": 0,
}
"""Of one that was asked before, so that what is kept for all is there."""


@pytest.fixture
def asked() -> Iterator[Counter[str]]:
    """The statements that this thread asks, by name."""
    counted, here = Counter[str](), threading.get_ident()

    def tell(statement: str, _outcome: str, _seconds: float) -> None:
        if threading.get_ident() == here:  # what is made ready in the background is no part of a request
            counted[statement] += 1

    watched.observers.add(tell)
    yield counted
    watched.observers.discard(tell)


@pytest.mark.parametrize("path", MOST)
def test_a_request_asks_little_of_the_graph(client: FlaskClient, path: str, asked: Counter[str]) -> None:
    for _ in range(2):
        client.get(path)
    asked.clear()
    assert client.get(path).status_code == 200
    assert asked.total() <= MOST[path], asked
    assert asked["revision/value"] <= 2, "once for what is kept, and once for what an answer of the graph itself says"


def test_what_was_changed_is_seen_in_the_same_request(own: Service) -> None:
    """The revision is remembered within a request, and forgotten where something is written."""
    store = own._store
    seen.begin()
    try:
        before = store.revision_seen()
        assert seen.revision(store) == before
        store.engine.write([settled()])
        assert seen.revision(store) is None
        assert store.revision_seen() == store.revision()
    finally:
        seen.end()
    assert seen.revision(store) is None


def test_the_name_of_a_place_is_told_from_what_is_kept(service: Service, asked: Counter[str]) -> None:
    assert service.place_name("fi-tampere") == "Tampere"
    asked.clear()
    assert service.place_name("FI197") == "Pirkanmaa"
    assert service.place_name("no-such") == "no-such"
    assert {*asked} <= {"revision/value"}
