"""Answers of a large network that become jobs: its first portrait, which makes what all others stand on, and lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc import measuring, portrait, working
from graphsvc.app import create_app
from graphsvc.deciding import Deciding
from graphsvc.decisions import Reply, Why
from graphsvc.model import EVERYTHING, View
from graphsvc.portrait import PortraitAsk
from graphsvc.service import Service
from graphsvc.working import dispatcher
from tests.api.conftest import SETTINGS, unasked

TAU, TAMK = "fi-2844561-8", "pic-999994535"


@pytest.fixture
def service() -> Iterator[Service]:
    """The sample, of which nobody has asked for a portrait yet."""
    with unasked(SETTINGS.model_copy(update={"shared_megabytes": 0})) as service:
        yield service


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(SETTINGS, service).test_client()


def test_the_first_is_a_job_and_the_next_stand_on_what_it_made(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    first = client.get(f"/api/v1/actors/{TAU}/portrait?lang=fi")
    assert first.status_code == 202
    assert client.get("/api/v1/actors/nobody/portrait").status_code == 404, "no job is queued for nobody"
    dispatcher(service, threads=0).drain()
    job: Any = client.get(first.headers["Location"]).get_json()
    assert (job["kind"], job["state"], job["arguments"]["actor"]) == ("portrait", "done", TAU)
    for id_ in (TAU, TAMK):
        answer: Any = client.get(f"/api/v1/actors/{id_}/portrait?lang=fi")
        assert answer.status_code == 200
        assert answer.get_json()["name"] == service.portrait(PortraitAsk(id_, language="fi")).name
    assert client.get(f"/api/v1/actors/{TAU}/portrait?as_of=2020-12-31").status_code == 202, "another network"


def test_what_a_portrait_costs_is_what_is_not_made_yet(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = PortraitAsk(TAU)
    before = portrait.seconds(ask, service.outlook)
    assert 0 < before < measuring.REQUEST_SECONDS, "a small network's is made at once"
    service.measures(EVERYTHING, portrait.MEASURES)
    assert 0 < portrait.seconds(ask, service.outlook) < before
    service.portrait(ask)
    assert portrait.seconds(PortraitAsk(TAMK), service.outlook) == 0
    assert portrait.seconds(PortraitAsk(TAMK, View(place="FI197")), service.outlook) > 0


def test_suggestions_with_decisions_are_a_job_where_they_take_long(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/api/v1/decisions/suggestions?top=5"
    first = service.missing().partnerships[0]
    service.ledger().decide(Deciding(first.a, first.b, Reply.NO, Why.COMPETITORS, "Maija"))
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    asked = client.get(address)
    assert asked.status_code == 202
    dispatcher(service, threads=0).drain()
    items: Any = client.get(address).get_json()["items"]
    assert [(each["suggestion"]["a"]["id"], each["suggestion"]["b"]["id"]) for each in items if each["decision"]] == [
        (first.a, first.b)
    ]
    assert client.get("/api/v1/partnerships/missing?top=5").status_code == 202, "another list"
