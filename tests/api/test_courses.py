"""Measures by id, explained, over time and between days: what the API says is what the service knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.analysis.catalogue import CATALOGUE
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.measuring import Between
from graphsvc.model import View
from graphsvc.opening import OpeningsAsk
from graphsvc.service import Service
from graphsvc.wording import say

TAMPERE = "fi-2844561-8"
CHOSEN = ("degree", "closeness")


def ask(client: FlaskClient, path: str, **query: Any) -> Any:
    response = client.get(f"/api/v1/measures{path}", query_string=query)
    assert response.status_code == 200, response.text
    return response.json


@pytest.mark.parametrize("measure", ACTOR_MEASURES)
def test_any_measure_of_actors_can_be_asked_for(client: FlaskClient, service: Service, measure: str) -> None:
    told = ask(client, "", measure=measure, sort=measure, limit=500)
    expected = service.measures(View(), (measure,)).measures[measure].values
    assert {each["actor"]["id"]: each["values"][measure] for each in told["items"] if each["values"]} == expected
    order = [each["values"].get(measure, float("-inf")) for each in told["items"]]
    assert order == sorted(order, reverse=True)
    assert told["communities"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_catalogue_is_explained(client: FlaskClient, language: str) -> None:
    told = ask(client, "/catalogue", lang=language)
    assert [each["id"] for each in told["items"]] == list(CATALOGUE)
    for each in told["items"]:
        for key in ("name", "meaning", "high", "low", "misleads"):
            assert each[key] == say("measures", f"{each['id']}.{key}", language)
        assert each["formula"] == CATALOGUE[each["id"]].formula


def test_each_year_is_as_of_its_last_day(client: FlaskClient, service: Service) -> None:
    query = {"first": 2016, "last": 2018, "place": "FI197", "actor": TAMPERE, "measure": CHOSEN}
    told = ask(client, "/over-time", **query)
    assert [each["day"] for each in told["points"]] == ["2016-12-31", "2017-12-31", "2018-12-31"]
    for each in told["points"]:
        then = service.measures(View(place="FI197", as_of=date.fromisoformat(each["day"])), (*NETWORK_NUMBERS, *CHOSEN))
        assert each["numbers"] == {id_: number.value for id_, number in then.numbers.items()}
        assert each["values"][TAMPERE] == {id_: then.measures[id_].values[TAMPERE] for id_ in CHOSEN}


def test_a_change_is_told_with_its_causes(client: FlaskClient, service: Service) -> None:
    told = ask(client, "/change", earlier="2016-12-31", later="2019-12-31", measure="degree", actor=TAMPERE, limit=7)
    found = service.change(Between(date(2016, 12, 31), date(2019, 12, 31), measure="degree", actors=(TAMPERE,)))
    assert [(each["actor"], each["before"], each["after"]) for each in told["rose"]] == [
        (each.actor, each.before, each.after) for each in found.moved if each.by > 0
    ][:7]
    assert (told["new_ties"], told["kept_ties"]) == (len(found.turnover.new_ties), found.turnover.kept_ties)
    (explained,) = told["explanations"]
    assert explained["own"] + explained["elsewhere"] == explained["after"] - explained["before"]
    assert {each["collaboration"]: each["effect"] for each in explained["causes"]} == {
        each.collaboration: each.effect for each in found.explanations[0].causes
    }


@pytest.mark.parametrize(
    "path",
    [
        "over-time?first=2019&last=2014",
        "over-time?first=1950&last=2019",
        "over-time?first=0&last=1",
        "over-time?first=2014&last=2015&measure=fame",
        "over-time?first=2014&last=2015&as_of=2014-01-01",
        "change?earlier=2019-12-31&later=2016-12-31",
        "change?earlier=2019-12-31",
        "change?earlier=2016-12-31&later=2019-12-31&measure=density",
        "catalogue?lang=de",
    ],
)
def test_what_can_t_be_asked(client: FlaskClient, path: str) -> None:
    response = client.get(f"/api/v1/measures/{path}")
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"


def test_openings_are_those_of_the_service(client: FlaskClient, service: Service) -> None:
    spans = [(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(2015, 2023)]
    asked = ((span, service.openings(OpeningsAsk(*span)).opened) for span in spans)
    (since, until), opened = next(each for each in asked if each[1].crossings)
    told = client.get("/api/v1/openings", query_string={"since": since, "until": until, "limit": 3}).json
    assert told is not None
    assert told["counts"] == {
        "actors": len(opened.actors),
        "pairs": len(opened.pairs),
        "crossings": len(opened.crossings),
    }
    assert [each["id"] for each in told["actors"]] == list(opened.actors[:3])
    assert [tuple(each["id"] for each in pair) for pair in told["pairs"]] == list(opened.pairs[:3])
    first = told["crossings"][0]
    assert (first["actor"]["id"], first["helix"]) == (opened.crossings[0].actor, opened.crossings[0].helix)
    assert client.get(first["partners"][0]["href"]).status_code == 200


def test_openings_between_days_in_the_wrong_order_are_refused(client: FlaskClient) -> None:
    refused = client.get("/api/v1/openings?since=2019-01-01&until=2018-01-01")
    assert refused.status_code == 422
    assert refused.json is not None and refused.json["errors"][0]["field"] == "since"
