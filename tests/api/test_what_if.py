"""What-if over HTTP: what the service knows, strict bodies, and nothing changed by asking."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.analysis.supposition import Introduction, NewActor, NewCollaboration, Supposition
from graphsvc.model import ActorKind, View
from graphsvc.service import Service
from graphsvc.supposing import Budget

UNIVERSITY, COUNCIL, FESTIVAL = "fi-2844561-8", "fi-0828308-4", "pic-946755309"
PAIR = {"introductions": [{"a": COUNCIL, "b": FESTIVAL}]}


def ask(client: FlaskClient, body: dict[str, Any], status: int = 200, **query: Any) -> Any:
    answer = client.post("/api/v1/what-if", json=body, query_string=query)
    assert answer.status_code == status, answer.text
    return answer.json


def test_it_says_what_the_service_knows(client: FlaskClient, service: Service) -> None:
    body = {
        **PAIR,
        "actors": {"Vety ry": {"kind": "civil_society", "place": "FI197"}},
        "collaborations": [{"name": "Vetylaakso", "participants": [UNIVERSITY], "newcomers": ["Vety ry", "Uusi"]}],
        "without_actors": ["fi-0211675-2"],
    }
    told = ask(client, body, place="FI197", lang="fi")
    supposed = Supposition(
        (Introduction(COUNCIL, FESTIVAL),),
        (NewActor("Vety ry", ActorKind.CIVIL_SOCIETY, "FI197"),),
        (NewCollaboration("Vetylaakso", (UNIVERSITY,), ("Vety ry", "Uusi")),),
        ("fi-0211675-2",),
    )
    found = service.what_if(View(place="FI197"), supposed)
    for name, shifts in (("numbers", found.outcome.numbers), ("counts", found.outcome.counts)):
        assert told[name] == {each.id: {"before": each.before, "after": each.after} for each in shifts}
    assert told["touched"] == [
        {"actor": each.actor, "before": dict(each.before), "after": dict(each.after)} for each in found.outcome.touched
    ]
    assert {told["names"][id_] for id_ in told["newcomers"]} == {"Vety ry", "Uusi"}
    assert told["vanished"] == list(found.outcome.vanished)
    assert told["revision"] == service.revision()
    assert any("Verkostoon ei tallennettu mitään" in sentence for sentence in told["told"])


def test_asking_changes_nothing(client: FlaskClient, service: Service) -> None:
    before = (service._store.graph_hash(), service.revision())
    ask(client, PAIR)
    ask(client, {"without_actors": [UNIVERSITY]})
    assert (service._store.graph_hash(), service.revision()) == before


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({}, 422, "Nothing is supposed"),
        ({"introductions": []}, 422, "introductions"),
        ({"introductions": [{"a": COUNCIL, "b": COUNCIL}]}, 422, "are one actor"),
        ({"introductions": [{"a": COUNCIL, "b": "nobody"}]}, 404, "no actor with the id 'nobody'"),
        ({"introductions": [{"a": COUNCIL, "b": FESTIVAL, "themes": ["nothing"]}]}, 404, "no theme"),
        ({"introductions": [{"a": COUNCIL, "b": FESTIVAL, "why": "x"}]}, 422, "why"),
        ({"actors": {"N": {"joins": ["nothing"]}}}, 404, "no collaboration"),
        ({"actors": {"N": {"place": "nowhere"}}}, 404, "no place"),
        ({"actors": {" ": {}}}, 422, "actors"),
        ({"actors": {"a\nb": {}}}, 422, "actors"),
        ({"actors": {"N": {"kind": "city"}}}, 422, "kind"),
        ({"collaborations": [{"name": "w", "participants": []}]}, 422, "participants"),
        ({"without_actors": [COUNCIL], **PAIR}, 422, "both added to and taken away"),
        ({"more": 1}, 422, "more"),
    ],
)
def test_what_can_t_be_asked(client: FlaskClient, body: dict[str, Any], status: int, text: str) -> None:
    answer = client.post("/api/v1/what-if", json=body)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert text in answer.text


def test_a_hypothetical_name_is_text_only(client: FlaskClient) -> None:
    name = "<script>alert(1)</script>; MATCH (n) DETACH DELETE n"
    told = ask(client, {"collaborations": [{"name": name, "participants": [COUNCIL], "newcomers": [name]}]}, lang="en")
    (new,) = told["newcomers"]
    assert told["names"][new] == name
    assert any(name in sentence for sentence in told["told"])


def test_the_introductions_that_help_most(client: FlaskClient, service: Service) -> None:
    answer = client.get("/api/v1/introductions", query_string={"budget": 3, "place": "FI197", "lang": "sv"})
    assert answer.status_code == 200, answer.text
    told: Any = answer.json
    found = service.introductions(View(place="FI197"), Budget(3))
    assert [(each["a"]["id"], each["b"]["id"]) for each in told["items"]] == [
        (each.a, each.b) for each in found.plan.chosen
    ]
    assert (told["worth"], told["bound"], told["share"]) == (found.plan.worth, found.plan.bound, found.plan.share)
    assert found.together
    assert told["together"]["numbers"]["components"]["after"] == next(
        each.after for each in found.together.outcome.numbers if each.id == "components"
    )
    assert all(each["gains"] for each in told["items"])
    again = client.get(
        "/api/v1/introductions",
        query_string={"budget": 3, "place": "FI197", "lang": "sv"},
        headers={"If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


def test_one_aim_alone(client: FlaskClient) -> None:
    told: Any = client.get(
        "/api/v1/introductions", query_string={"aim": ["pieces"], "reach": "inside", "place": "FI197"}
    ).json
    assert told["worth"] == len(told["items"])
    assert client.get("/api/v1/introductions", query_string={"aim": "fame"}).status_code == 422


def test_what_takes_too_long_for_a_request_names_the_command(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graphsvc.api import supposing

    monkeypatch.setattr(supposing, "REQUEST_SECONDS", 1e-6)
    assert "graphsvc what-if" in client.post("/api/v1/what-if", json=PAIR).text
    refused = client.get("/api/v1/introductions", query_string={"budget": 7})
    assert refused.status_code == 422
    assert "graphsvc what-if" in refused.text
