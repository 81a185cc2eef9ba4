"""Decisions over HTTP: replied, followed up, taken back, listed, summed up, taken out; refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.service import Service
from tests.api.conftest import SETTINGS

DECISIONS = "/api/v1/decisions"


@pytest.fixture
def client(sample_copy: Callable[[], str]) -> Iterator[FlaskClient]:
    """A service of its own: these tests write."""
    service = Service.open(SETTINGS.model_copy(update={"store": sample_copy()}))
    try:
        yield create_app(SETTINGS, service).test_client()
    finally:
        service.close()


def suggested(client: FlaskClient, **asked: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/api/v1/partnerships/missing", query_string=asked).get_json()["items"]
    return items


def test_the_whole_way_of_a_suggestion(client: FlaskClient) -> None:
    first = suggested(client, top="3")[2]
    word = {"a": first["b"]["id"], "b": first["a"]["id"], "reply": "accept", "why": "good_fit", "by": "Maija"}
    done = client.post(f"{DECISIONS}?top=3", json=word).get_json()
    assert (done["noted"], done["before"], done["after"]) == (True, None, "accepted")
    assert client.post(DECISIONS, json=word).get_json()["noted"] is False
    met = client.post(f"{DECISIONS}/{done['id']}/follow-ups", json={"event": "met", "by": "Maija"}).get_json()
    assert met["after"] == "met"
    answer = client.get("/api/v1/partnerships/missing?top=3").get_json()
    assert answer["decided"] == 1
    assert first["b"]["id"] not in {item["b"]["id"] for item in answer["items"] if item["a"] == first["a"]}
    (shown,) = client.get(f"{DECISIONS}?state=met").get_json()["items"]
    assert shown["reply"]["suggestion"]["rank"] == 3
    assert shown["reply"]["suggestion"]["supports"] == [r["kind"] for r in first["reasons"] if r["side"] == "for"]
    with_it = client.get(f"{DECISIONS}/suggestions?top=3&lang=fi").get_json()["items"]
    assert [item["decision"]["state"] if item["decision"] else None for item in with_it] == [None, None, "met"]
    assert with_it[2]["suggestion"]["a"] == first["a"]
    pair = {"a": first["a"]["id"], "b": first["b"]["id"]}
    history = client.get(f"{DECISIONS}/history", query_string=pair).get_json()
    assert [(step["said"], step["before"], step["after"]) for step in history["steps"]] == [
        ("accept", None, "accepted"),
        ("met", "accepted", "met"),
    ]
    early = client.post(f"{DECISIONS}/{done['id']}/withdrawal", json={"by": "Matti"})
    assert early.status_code == 422
    assert f"Take back {met['id']} first" in early.get_json()["detail"]
    for id_ in (met["id"], done["id"]):
        assert client.post(f"{DECISIONS}/{id_}/withdrawal", json={"by": "Matti", "words": "a slip"}).status_code == 200
    assert client.get(DECISIONS).get_json()["total"] == 0
    assert client.get("/api/v1/partnerships/missing?top=3").get_json()["decided"] == 0


def test_a_summary_and_files(client: FlaskClient) -> None:
    pairs = [(item["a"]["id"], item["b"]["id"]) for item in suggested(client, top="2")]
    for (a, b), why in zip(pairs, ("competitors", "already_work_together"), strict=True):
        said = {"a": a, "b": b, "reply": "no", "why": why, "by": "=Maija"}
        assert client.post(DECISIONS, json=said).status_code == 200
    summary = client.get(f"{DECISIONS}/summary").get_json()
    assert summary["pairs"] == {"accepted": 0, "not_now": 0, "no": 2, "share": 0.0}
    assert summary["reasons"]["no"] == {"already_work_together": 1, "competitors": 1}
    assert "shared_partners" in summary["by_evidence"]
    book = client.get(f"{DECISIONS}/export?lang=sv")
    assert book.data[:2] == b"PK"
    assert book.headers["Content-Disposition"] == 'attachment; filename="decisions.xlsx"'
    assert book.data == client.get(f"{DECISIONS}/export?lang=sv").data, "the same bytes"
    table = client.get(f"{DECISIONS}/export?format=csv").get_data(as_text=True)
    assert ",'=Maija," in table
    (a, b) = pairs[1]
    partners = client.get(f"/api/v1/actors/{a}").get_json()["partners"]
    assert b in {partner["actor"]["id"] for partner in partners}
    assert "coordinator" in {source["id"] for source in client.get("/api/v1/sources").get_json()["items"]}


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        ({"why": "competitors"}, 422, "no reason for accept"),
        ({"why": "other"}, 422, "needs words"),
        ({"until": "2020-01-01"}, 422, "Only what is declined"),
        ({"a": "nobody"}, 404, "nobody"),
        ({"by": " "}, 422, "by"),
        ({"reply": "maybe"}, 422, "reply"),
    ],
)
def test_what_can_not_be_is_refused(client: FlaskClient, change: dict[str, str], status: int, told: str) -> None:
    word = {"a": "fi-2844561-8", "b": "pic-999994535", "reply": "accept", "why": "good_fit", "by": "Maija"}
    answer = client.post(DECISIONS, json={**word, **change})
    assert answer.status_code == status
    assert told in answer.get_json()["detail"]


def test_an_unknown_act_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"{DECISIONS}/history?a=nobody&b=fi-2844561-8").status_code == 404
    assert client.post(f"{DECISIONS}/{'0' * 24}/withdrawal", json={"by": "M"}).status_code == 404
