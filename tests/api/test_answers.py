"""What the endpoints say is what the service knows, in the promised forms."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from graphsvc.api.decision_forms import MEDIA
from graphsvc.app import create_app
from graphsvc.model import IdentityLevel, View
from graphsvc.service import Service
from graphsvc.settings import Settings

TAMPERE_UNIVERSITY = "fi-2844561-8"


def ask(client: FlaskClient, path: str, **query: Any) -> Any:
    response = client.get(path, query_string=query)
    assert response.status_code == 200, response.text
    return response.json


@pytest.mark.parametrize("noun", ["actors", "collaborations"])
def test_pages_give_each_thing_once(client: FlaskClient, service: Service, noun: str) -> None:
    wanted = [each.id for each in getattr(service.snapshot(), noun)]
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = ask(client, f"/api/v1/{noun}", limit=17, **cursor)
        assert page["total"] == len(wanted)
        assert page["revision"] == service.revision()
        found += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        assert len(page["items"]) == 17
        cursor = {"cursor": page["next"]}
    assert sorted(found) == sorted(wanted)


def test_a_search_forgives_and_finds_identifiers(client: FlaskClient) -> None:
    for words in ("TAMPERE university", "university tampere", "2844561-8"):
        assert TAMPERE_UNIVERSITY in [each["id"] for each in ask(client, "/api/v1/actors", q=words)["items"]]
    assert ask(client, "/api/v1/actors", q="no such actor anywhere")["items"] == []


def test_filters_filter(client: FlaskClient, service: Service) -> None:
    kinds = {each["kind"] for each in ask(client, "/api/v1/actors", kind=["firm", "university"], limit=500)["items"]}
    assert kinds == {"firm", "university"}
    mine = ask(client, "/api/v1/collaborations", actor=TAMPERE_UNIVERSITY, limit=500)["items"]
    claimed = {c.id for _, c in service.actor(TAMPERE_UNIVERSITY).participations}
    assert {each["id"] for each in mine} == claimed
    running = ask(client, "/api/v1/collaborations", active_on="2017-01-01", limit=500)["items"]
    assert running
    assert all((each["start"] or "0") <= "2017-01-01" <= (each["end"] or "9") for each in running)


def test_an_actor_comes_with_all_that_is_said_of_it(client: FlaskClient, service: Service) -> None:
    profile = service.actor(TAMPERE_UNIVERSITY)
    actor = ask(client, f"/api/v1/actors/{TAMPERE_UNIVERSITY}")
    assert actor["business_id"] == "2844561-8"
    assert actor["helix"] == "academia"
    assert len(actor["participations"]) == len(profile.participations)
    sources = {each["id"] for each in actor["sources"]}
    assert {each["source"] for each in actor["participations"]} <= sources
    shared = [each["shared"] for each in actor["partners"]]
    assert shared == sorted(shared, reverse=True)
    assert [(p["actor"]["id"], p["shared"]) for p in actor["partners"]] == [(a.id, n) for a, n in profile.partners]
    for each in [actor, actor["partners"][0]["actor"], actor["participations"][0]["collaboration"]]:
        assert ask(client, each["href"])["id"] == each["id"]


def test_money_is_exact_text(client: FlaskClient, service: Service) -> None:
    claim = next(each for each in service.snapshot().participations if each.money)
    assert claim.money
    told = ask(client, f"/api/v1/collaborations/{claim.collaboration}")["participations"]
    money = [each["money"] for each in told if each["actor"]["id"] == claim.actor]
    assert {"amount": str(claim.money.amount), "currency": claim.money.currency} in money


def test_sources_that_differ_stand_side_by_side(client: FlaskClient, service: Service) -> None:
    by_sources: dict[str, set[str]] = {}
    for claim in service.snapshot().participations:
        by_sources.setdefault(claim.collaboration, set()).add(claim.source)
    told_by_many = next(id_ for id_, sources in sorted(by_sources.items()) if len(sources) > 1)
    told = ask(client, f"/api/v1/collaborations/{told_by_many}")
    assert {each["source"] for each in told["participations"]} == by_sources[told_by_many]


@pytest.mark.parametrize("noun", ["themes", "places", "sources"])
def test_the_vocabulary_is_whole(client: FlaskClient, service: Service, noun: str) -> None:
    told = ask(client, f"/api/v1/{noun}")
    assert sorted(each["id"] for each in told["items"]) == [each.id for each in getattr(service.snapshot(), noun)]


def test_measures_are_the_service_s_numbers(client: FlaskClient, service: Service) -> None:
    view = View(identity=IdentityLevel.ORGANISATION)
    measures, network = service.measures(view), service.network(view)
    told = ask(client, "/api/v1/measures", identity="organisation", sort="betweenness", limit=500)
    assert told["total"] == len(network.actors)
    order = [each["values"].get("betweenness") for each in told["items"]]
    assert order == sorted(order, reverse=True)
    for each in told["items"]:
        for name, value in each["values"].items():
            assert value == measures.measures[name].values[each["actor"]["id"]]
    assert {each["id"]: each["method"] for each in told["measures"]} == {
        name: measure.method for name, measure in measures.measures.items()
    }
    only = ask(client, "/api/v1/measures", measure=["degree", "strength"], limit=3)
    assert [set(each["values"]) for each in only["items"]] == [{"degree", "strength"}] * 3


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_missing_partnerships_tell_why(client: FlaskClient, service: Service, language: str) -> None:
    told = ask(client, "/api/v1/partnerships/missing", top=10, lang=language)
    found, network = service.missing(top=10), service.network()
    assert told["language"] == language
    assert told["method"] == found.method
    assert [(each["a"]["id"], each["b"]["id"], each["score"]) for each in told["items"]] == [
        (each.a, each.b, each.score) for each in found.partnerships
    ]
    for each in told["items"]:
        assert not network.shared(each["a"]["id"], each["b"]["id"])
        assert each["reasons"]
        for reason in each["reasons"]:
            assert len(reason["sentence"]) > 10
            assert "{" not in reason["sentence"]
            for ref in reason["refs"]:
                assert client.get(ref["href"]).status_code == 200


def test_missing_partnerships_are_a_workbook_too(client: FlaskClient) -> None:
    asked = {"top": 5, "lang": "sv", "place": "FI197"}
    told = ask(client, "/api/v1/partnerships/missing", **asked)
    answer = client.get("/api/v1/partnerships/missing", query_string=asked, headers={"Accept": MEDIA["xlsx"]})
    assert answer.status_code == 200
    assert answer.mimetype == MEDIA["xlsx"]
    book = load_workbook(io.BytesIO(answer.data))
    lines = list(book["missing"].iter_rows(min_row=2, values_only=True))
    assert [(line[0], line[6], line[7]) for line in lines] == [
        (each["rank"], each["a"]["id"], each["b"]["id"]) for each in told["items"]
    ]
    said = [row[5] for row in book["reasons"].iter_rows(min_row=2, values_only=True)]
    assert said == [reason["sentence"] for each in told["items"] for reason in each["reasons"]]


def test_reasons_differ_by_language(service: Service) -> None:
    said = {}
    for language in ("fi", "sv", "en"):
        client = create_app(Settings(store=":memory:", language=language), service).test_client()
        told = ask(client, "/api/v1/partnerships/missing", top=1)
        assert told["language"] == language
        said[language] = told["items"][0]["reasons"][0]["sentence"]
    assert len(set(said.values())) == 3


def test_the_network_is_the_same_in_every_form(client: FlaskClient, service: Service) -> None:
    projection = service.network().projection
    told = ask(client, "/api/v1/network")
    assert {each["id"] for each in told["nodes"]} == set(projection)
    assert len(told["edges"]) == projection.number_of_edges()
    graphml = ElementTree.fromstring(client.get("/api/v1/network?format=graphml").data)  # noqa: S314  # our own
    assert len(graphml.findall(".//{*}node")) == projection.number_of_nodes()
    gexf = ElementTree.fromstring(client.get("/api/v1/network?format=gexf").data)  # noqa: S314  # our own
    assert len(gexf.findall(".//{*}edge")) == projection.number_of_edges()
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/network?format=csv").data.decode("utf-8-sig"))))
    assert sum(1 for row in rows if row["target"]) == projection.number_of_edges()


def test_a_view_narrows_the_network(client: FlaskClient) -> None:
    whole = len(ask(client, "/api/v1/network")["nodes"])
    for query in ({"place": "FI197", "reach": "inside"}, {"kind": "university"}, {"as_of": "2016-06-01"}):
        part = len(ask(client, "/api/v1/network", **query)["nodes"])
        assert 0 < part < whole, query


def test_status_counts_what_the_snapshot_holds(client: FlaskClient, service: Service) -> None:
    told, snapshot = ask(client, "/api/v1/status"), service.snapshot()
    assert sum(told["actors"].values()) == len(snapshot.actors)
    assert sum(told["collaborations"].values()) == len(snapshot.collaborations)
    assert told["participations"] == len(snapshot.participations)
    assert {each["id"] for each in told["sources"]} == {each.id for each in snapshot.sources}
