"""Judgements over HTTP: listed with both sides, said, taken back, refused when they contradict or come from a form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.service import Service
from tests.api.conftest import SETTINGS
from tests.contract.test_loading import tables

JUDGEMENTS = "/api/v1/judgements"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A service of its own: these tests write."""
    service = Service.open(SETTINGS)
    try:
        rows = "uni;Tampereen yliopisto;university;2844561-8;\nold;Tampereen yliopistosäätiö;;;\nx;Kolmas Oy;firm;;\n"
        both = "c;Hanke;2020-01-01\nd;Toinen;2021-01-01\n"
        service.load(
            service.check(
                tables(
                    tmp_path / "net", actors=rows, collaborations=both, participations="uni;c;\nx;c;\nold;d;\nx;d;\n"
                )
            )
        )
        yield create_app(SETTINGS, service).test_client()
    finally:
        service.close()


def say(client: FlaskClient, a: str = "old", b: str = "uni", verdict: str = "same", **more: Any) -> dict[str, Any]:
    answer = client.post(
        JUDGEMENTS, json={"a": a, "b": b, "verdict": verdict, "by": "Maija", "reason": "sama säätiö", **more}
    )
    body: dict[str, Any] = answer.get_json()
    return {"status": answer.status_code, **body}


def test_merging_shows_one_actor_and_taking_it_back_restores_both(client: FlaskClient) -> None:
    before = client.get("/api/v1/actors").get_json()
    assert before["total"] == 3
    done = say(client)
    assert (done["status"], done["noted"], done["one_body"], done["verdict"], done["by"]) == (
        200,
        True,
        True,
        "same",
        "Maija",
    )
    after = client.get("/api/v1/actors").get_json()
    assert after["total"] == 2
    assert after["revision"] == done["revision"] == before["revision"] + 1
    assert [each["id"] for each in client.get("/api/v1/actors?q=säätiö").get_json()["items"]] == ["uni"]
    recorded = client.get("/api/v1/actors?identity=recorded").get_json()
    assert {each["id"] for each in recorded["items"]} == {"uni", "old", "x"}
    profile = client.get("/api/v1/actors/old").get_json()
    assert profile["id"] == "uni"
    assert [name["text"] for name in profile["names"]] == ["Tampereen yliopistosäätiö"]
    assert {claim["collaboration"]["id"] for claim in profile["participations"]} == {"c", "d"}
    assert [(partner["actor"]["id"], partner["shared"]) for partner in profile["partners"]] == [("x", 2)]
    assert [(entry["id"], entry["said"][0]["other"]) for entry in profile["entries"]] == [
        ("uni", "old"),
        ("old", "uni"),
    ]
    said = profile["entries"][1]["said"][0]
    assert (said["judgement"], said["reason"], said["source"]) == ("Maija", "sama säätiö", None)
    back = client.post(f"{JUDGEMENTS}/{done['act']}/withdrawal", json={"by": "Matti"})
    assert back.status_code == 200
    assert (back.get_json()["verdict"], back.get_json()["one_body"]) == (None, False)
    restored = client.get("/api/v1/actors").get_json()
    assert restored["items"] == before["items"]
    assert client.get("/api/v1/actors/old").get_json()["entries"] == []


def test_the_list_has_both_sides_and_pages(client: FlaskClient) -> None:
    say(client)
    say(client, "x", "uni", "unsure", by="Matti", reason="")
    first = client.get(f"{JUDGEMENTS}?limit=1").get_json()
    second = client.get(f"{JUDGEMENTS}?limit=1&cursor={first['next']}").get_json()
    assert (first["total"], second["next"]) == (2, None)
    (queue,) = client.get(f"{JUDGEMENTS}?verdict=unsure").get_json()["items"]
    assert queue == second["items"][0]
    assert (queue["a"]["id"], queue["b"]["id"], queue["by"]) == ("uni", "x", "Matti")
    assert queue["a"]["business_id"] == "2844561-8"
    assert [source["name"] for source in queue["b"]["sources"]] == ["net"]
    assert client.get(f"{JUDGEMENTS}?actor=old").get_json()["total"] == 1


def test_the_same_word_twice_is_noted_once(client: FlaskClient) -> None:
    first, again = say(client), say(client, "uni", "old")
    assert again == {**first, "noted": False}


def test_a_contradiction_is_refused_with_a_sentence(client: FlaskClient) -> None:
    say(client)
    say(client, "old", "x", "different", reason="kaksi taloa")
    refused = say(client, "uni", "x")
    assert refused["status"] == 422
    assert "Kolmas Oy (x)" in refused["detail"]
    assert "kaksi taloa" in refused["detail"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"a": "nobody"}, 404),
        ({"a": "uni"}, 422),
        ({"verdict": "maybe"}, 422),
        ({"by": "  "}, 422),
        ({"extra": 1}, 422),
        ({"reason": "x" * 2001}, 422),
        ({"by": "line\nfeed"}, 422),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_noted(
    client: FlaskClient, change: dict[str, Any], status: int
) -> None:
    revision = client.get("/api/v1/actors").get_json()["revision"]
    assert say(client, **change)["status"] == status
    assert client.get("/api/v1/actors").get_json()["revision"] == revision


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"])
def test_what_a_form_of_another_site_can_send_is_refused(client: FlaskClient, kind: str) -> None:
    """A page elsewhere may post these three kinds without asking; JSON needs a leave that no answer gives."""
    text = '{"a":"old","b":"uni","verdict":"same","by":"Mallory"}'
    answer = client.post(JUDGEMENTS, data=text, content_type=kind, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert client.post(JUDGEMENTS, data=text, content_type=kind).status_code == 415
    assert client.options(JUDGEMENTS, headers={"Origin": "https://evil.example"}).status_code == 405
    assert client.get(JUDGEMENTS).get_json()["total"] == 0


def test_an_unknown_word_can_not_be_taken_back(client: FlaskClient) -> None:
    assert client.post(f"{JUDGEMENTS}/{'0' * 24}/withdrawal", json={"by": "Maija"}).status_code == 404
    assert client.post(f"{JUDGEMENTS}/short/withdrawal", json={"by": "Maija"}).status_code == 404


def test_the_matchings_reasons_are_in_the_language_asked_for(client: FlaskClient, tmp_path: Path) -> None:
    service = Service.open(SETTINGS)
    try:
        rows = "a;Techila Technologies Oy;firm;;\nb;Techila Technologies;other;;\n"
        checked = service.check(tables(tmp_path / "two", actors=rows))
        service.load(checked)
        client = create_app(SETTINGS, service).test_client()
        answers = {lang: client.get(f"{JUDGEMENTS}?lang={lang}").get_json() for lang in ("fi", "sv", "en")}
        found = {lang: answer["items"][0]["grounds"] for lang, answer in answers.items()}
    finally:
        service.close()
    assert [ground["kind"] for ground in found["fi"]] == [ground["kind"] for ground in found["en"]]
    assert len({tuple(ground["sentence"] for ground in each) for each in found.values()}) == 3
