"""The first and the last day of the calendar, asked for or said by a file, are days like others: nothing fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.api import openapi
from graphsvc.api.routes import contract
from graphsvc.app import create_app
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, Participation, Source
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from graphsvc.store.opening import open_store

ENDS = (date.min, date.max)


@pytest.fixture(scope="module")
def client(service: Service, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(store=":memory:", home=tmp_path_factory.mktemp("home"), work_per_minute=0)
    return create_app(settings, service).test_client()


def reading(service: Service) -> Iterator[tuple[str, dict[str, Any], set[str]]]:
    """Yield each address that is read, a question of its example, and which of its parameters are days."""
    for path, methods in openapi.document(contract(service, "en"))["paths"].items():
        asked = methods.get("get", {}).get("parameters", [])
        query = {each["name"]: each for each in asked if each["in"] == "query"}
        examples = {each["name"]: each["example"] for each in asked if "example" in each}
        example = {name: examples[name] for name in query if name in examples}
        if path.endswith("/absent"):  # asks from what it is seen
            example["theme"] = "digitalisation-of-industry"
        days = {name for name, each in query.items() if each["schema"].get("format") == "date"}
        if "get" in methods and all(f"{{{name}}}" not in path or name in examples for name in _named(path)):
            yield path.format_map(examples), example, days


def _named(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def test_each_day_of_a_question_may_be_the_first_or_the_last(client: FlaskClient, service: Service) -> None:
    asked = 0
    for path, example, days in reading(service):
        for day in sorted(days):
            for end in ENDS:
                answer = client.get(path, query_string={**example, day: end.isoformat()})
                assert answer.status_code < 500, f"{path} with {day}={end}: {answer.text[:300]}"
                answer.close()
                asked += 1
    assert asked > 150


def spanning() -> list[Claim]:
    """A network whose collaborations begin and end with the calendar, as files write "always" and "for ever"."""
    said: list[Claim] = [Source(id="list", name="A list")]
    said += [Actor(id=id_, name=id_.upper(), kind=ActorKind.FIRM) for id_ in "abc"]
    said += [
        Collaboration(id="always", name="Always", start=date.min, end=date.max),
        Collaboration(id="last", name="Last", start=date.max, end=date.max),
        Collaboration(id="first", name="First", start=date.min, end=date.min),
    ]
    parts = {"always": "ab", "last": "ac", "first": "bc"}
    return said + [
        Participation(actor=who, collaboration=id_, source="list") for id_, of in parts.items() for who in of
    ]


@pytest.fixture(scope="module")
def spanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    home = tmp_path_factory.mktemp("there")
    settings = Settings(store=str(home / "spanning.kgl"), home=home, work_per_minute=0)
    store = open_store(settings)
    store.apply(Change("all", "all", spanning()))
    store.close()
    service = Service.open(settings)
    yield create_app(settings, service)
    service.close()


def test_data_may_begin_and_end_with_the_calendar(spanned: Flask, service: Service) -> None:
    client = spanned.test_client()
    for path, example, days in reading(service):
        there = path.replace("fi-2844561-8", "a").replace("cordis-643708", "always")
        general = {name: value for name, value in example.items() if name not in {"place", "theme", *days}}
        answer = client.get(there, query_string=general)
        assert answer.status_code < 500, f"{there}: {answer.text[:300]}"
        answer.close()


@pytest.mark.parametrize(
    "path", ["/", "/network", "/actors/a", "/collaborations/always", "/missing", "/coverage", "/track-record"]
)
def test_pages_show_such_data(spanned: Flask, path: str) -> None:
    answer = spanned.test_client().get(path)
    assert answer.status_code < 500, answer.text[:300]
    answer.close()
