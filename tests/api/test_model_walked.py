"""What the API tells of themes, places, an actor's surroundings and history, communities and changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from flask.testing import FlaskClient

from graphsvc.api import vocabulary
from graphsvc.model import IdentityLevel, View
from graphsvc.service import Service
from tests.noting import note_calls

TAU = "fi-2844561-8"


def test_a_theme_counts_what_lists_find(client: FlaskClient) -> None:
    themes = client.get("/api/v1/themes?sort=-collaborations").json
    assert themes is not None
    counts = [each["collaborations"] for each in themes["items"]]
    assert counts == sorted(counts, reverse=True)
    for each in themes["items"][:3]:
        found = client.get(f"/api/v1/collaborations?theme={each['id']}&limit=1").json
        assert found is not None
        assert found["total"] == each["collaborations"]
        who = client.get(f"/api/v1/actors?theme={each['id']}&limit=1").json
        assert who is not None
        assert who["total"] == each["actors"]
        one = client.get(each["href"]).json
        assert one is not None
        assert {key: one[key] for key in each} == each
        assert all(client.get(f"/api/v1/themes/{below}").json["above"][0] == each["id"] for below in one["below"])  # type: ignore[index]


def test_a_place_counts_what_lists_find(client: FlaskClient) -> None:
    one = client.get("/api/v1/places/FI197").json
    found = client.get("/api/v1/actors?place=FI197&limit=1").json
    assert one is not None
    assert found is not None
    assert one["actors"] == found["total"] > 0
    assert client.get("/api/v1/places/nowhere").status_code == 404


def test_the_network_around_an_actor_is_a_part_of_the_network(client: FlaskClient, service: Service) -> None:
    whole = service.network(View(identity=IdentityLevel.ORGANISATION)).projection
    for steps in (1, 2):
        answer = client.get(f"/api/v1/actors/{TAU}/network?steps={steps}&identity=organisation").json
        assert answer is not None
        near = nx.ego_graph(whole, TAU, radius=steps)
        assert {each["id"] for each in answer["nodes"]} == set(near)
        assert len(answer["edges"]) == near.number_of_edges()
        assert {each["id"] for each in answer["nodes"] if each["distance"] == 0} == {TAU}
    graphml = client.get(f"/api/v1/actors/{TAU}/network?format=graphml")
    assert nx.parse_graphml(graphml.text).number_of_nodes() > 1
    assert client.get("/api/v1/actors/nobody/network").status_code == 404
    assert client.get(f"/api/v1/actors/{TAU}/network?place=FI1C1&reach=inside").status_code == 404


def test_of_a_large_network_around_an_actor_come_the_nearest_and_it_says_how_many_do_not(
    client: FlaskClient, service: Service
) -> None:
    whole = service.network().projection
    partners = sorted(whole[TAU], key=lambda each: (-whole[TAU][each]["weight"], each))
    answer = client.get(f"/api/v1/actors/{TAU}/network?steps=2&limit=7").json
    assert answer is not None
    assert {each["id"]: each["distance"] for each in answer["nodes"]} == {TAU: 0, **dict.fromkeys(partners[:6], 1)}
    assert len(answer["edges"]) == whole.subgraph([TAU, *partners[:6]]).number_of_edges()
    around = nx.ego_graph(whole, TAU, radius=2)
    assert answer["graph"]["actors"] == str(len(around))
    assert answer["graph"]["left_out"] == str(len(around) - 7)
    assert "left_out" not in client.get(f"/api/v1/actors/{TAU}/network").json["graph"]  # type: ignore[index]
    further = client.get(f"/api/v1/actors/{TAU}/network?steps=2&limit={len(partners) + 4}").json["nodes"]  # type: ignore[index]
    to_partners = {each: sum(whole[each][one]["weight"] for one in partners if one in whole[each]) for each in around}
    second = [each["id"] for each in further if each["distance"] == 2]
    assert 1e-9 + min(to_partners[each] for each in second) >= max(
        strength for each, strength in to_partners.items() if each not in {TAU, *partners, *second}
    )


def test_the_network_around_an_actor_is_made_of_its_own_ties_alone(service: Service) -> None:
    network = replace(service.network())
    shown = network.part(sorted(network.actors)[:50])
    assert "projection" not in vars(network), "of 650,000 ties NetworkX would make half a gigabyte"
    assert nx.utils.graphs_equal(shown, nx.Graph(network.projection.subgraph(shown)))


def test_a_history_has_every_claim_and_goes_by_days(client: FlaskClient) -> None:
    detail, events, cursor = client.get(f"/api/v1/actors/{TAU}").json, [], None
    assert detail is not None
    while True:
        page = client.get(
            f"/api/v1/actors/{TAU}/history", query_string={"limit": 40, **({"cursor": cursor} if cursor else {})}
        ).json
        assert page is not None
        events += page["items"]
        if (cursor := page["next"]) is None:
            break
    assert len(events) == page["total"] == len({each["id"] for each in events})
    days = [each["day"] for each in events if each["day"]]
    assert days == sorted(days)
    began = [each for each in events if each["kind"] == "began"]
    assert len(began) == len(detail["participations"])
    rows = client.get(f"/api/v1/actors/{TAU}/records?limit=1").json
    assert rows is not None
    assert sum(each["kind"] == "read" for each in events) == rows["total"]


def test_communities_are_those_of_the_measures(client: FlaskClient) -> None:
    measures, found = client.get("/api/v1/measures?limit=1").json, client.get("/api/v1/communities?smallest=5").json
    assert measures is not None
    assert found is not None
    assert found["items"] == [each for each in measures["communities"] if each["size"] >= 5]
    assert found["total"] == len(measures["communities"])


def test_changes_come_in_pages_to_the_revision(client: FlaskClient, service: Service) -> None:
    since, seen = 0, list[dict[str, Any]]()
    while True:
        page = client.get(f"/api/v1/changes?since={since}&limit=1").json
        assert page is not None
        seen += page["items"]
        if page["next"] is None:
            break
        since = page["next"]
    assert [each["revision"] for each in seen] == list(range(1, service.revision() + 1))
    named = {id_ for each in seen for id_ in each["changed"]["actors"]}
    assert named == {actor.id for actor in service.snapshot().actors}
    assert all(each["complete"] and not each["gone"]["actors"] for each in seen)
    assert client.get(f"/api/v1/changes?since={service.revision()}").json["items"] == []  # type: ignore[index]


@pytest.mark.parametrize(("path", "make"), [("/api/v1/places?q=a", "_place"), ("/api/v1/themes?q=e", "_theme")])
def test_a_list_of_all_is_made_once_for_all_who_ask(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str, make: str
) -> None:
    """The places of CORDIS are 6,299: making and packing them took a second of processor each time."""
    made = note_calls(monkeypatch, vocabulary, make)
    first = client.get(path)
    assert first.status_code == 200
    once = len(made)
    assert once
    assert client.get(path).data == first.data
    assert len(made) == once
