"""Lists in another order, with few fields, as tables; and pages that stay right while others write."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.model import Actor, ActorKind, Collaboration, Participation, Source
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from tests.api.conftest import SETTINGS


def walked(client: FlaskClient, path: str, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = client.get(path, query_string={**query, **cursor}).json
        assert page is not None
        items += page["items"]
        if page["next"] is None:
            assert len(items) == page["total"]
            return items
        cursor = {"cursor": page["next"]}


def test_actors_come_in_the_order_that_is_asked_for(client: FlaskClient, service: Service) -> None:
    found = walked(client, "/api/v1/actors", sort="-partners,name", limit=17)
    partners = [len(service.actor(each["id"]).partners) for each in found]
    assert partners == sorted(partners, reverse=True)
    assert partners[0] > partners[-1]
    assert {each["id"] for each in found} == {each["id"] for each in walked(client, "/api/v1/actors", limit=500)}
    by_name = walked(client, "/api/v1/actors", limit=500)
    assert walked(client, "/api/v1/actors", sort="name,id", limit=9) == by_name, "the store and this sort alike"


def test_collaborations_come_by_their_days_and_unknown_ones_last(client: FlaskClient) -> None:
    for sort in ("start", "-start"):
        days = [each["start"] for each in walked(client, "/api/v1/collaborations", sort=sort, limit=13)]
        known = [day for day in days if day]
        assert known == sorted(known, reverse=sort == "-start")
        assert days[: len(known)] == known


def test_a_filter_holds_in_any_order(client: FlaskClient) -> None:
    query = {"kind": "university", "place": "FI197"}
    plain = {each["id"] for each in walked(client, "/api/v1/actors", **query)}
    assert plain
    assert {each["id"] for each in walked(client, "/api/v1/actors", sort="-collaborations", **query)} == plain


def test_only_what_a_source_speaks_of(client: FlaskClient, service: Service) -> None:
    for noun in ("actors", "collaborations"):
        for source in service.sources():
            total = client.get(
                f"/api/v1/{noun}?source={source.id}&limit=1&identity=recorded"
                if noun == "actors"
                else f"/api/v1/{noun}?source={source.id}&limit=1"
            ).json["total"]  # type: ignore[index]
            detail = client.get(f"/api/v1/sources/{source.id}").json
            assert detail is not None
            assert detail[noun] == total
        assert client.get(f"/api/v1/{noun}?source=nothing").json["total"] == 0  # type: ignore[index]
    everything = client.get("/api/v1/actors?source=file-pirkanmaa&limit=1").json
    assert everything is not None
    assert everything["total"] == len(walked(client, "/api/v1/actors", limit=500))


@pytest.mark.parametrize("path", ["/api/v1/actors", "/api/v1/collaborations", "/api/v1/themes", "/api/v1/places"])
def test_few_fields_are_those_of_the_whole(client: FlaskClient, path: str) -> None:
    whole, few = client.get(path).json, client.get(f"{path}?fields=name,id").json
    assert whole is not None
    assert few is not None
    assert few["items"] == [{"id": each["id"], "name": each["name"]} for each in whole["items"]]
    assert few["revision"] == whole["revision"]
    assert client.get(f"{path}?fields=id,nothing").status_code == 422
    assert client.get(f"{path}?sort=nothing").status_code == 422


def test_a_table_opens_in_a_finnish_excel(client: FlaskClient) -> None:
    answer = client.get("/api/v1/actors?fields=id,name,kind&format=csv&style=finnish&limit=5000")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    text = answer.data.decode()
    assert text[0] == "\ufeff", "Excel takes it for UTF-8"
    rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert rows[0] == ["id", "name", "kind"]
    whole = walked(client, "/api/v1/actors", limit=500)
    assert [row[0] for row in rows[1:]] == [each["id"] for each in whole]


def test_a_table_that_goes_on_says_where(client: FlaskClient) -> None:
    first = client.get("/api/v1/actors?sort=-partners&limit=5", headers={"Accept": "text/csv"})
    assert first.mimetype == "text/csv"
    address, _, rel = first.headers["Link"].partition(">; ")
    assert rel == 'rel="next"'
    second = client.get(address.removeprefix("<"), headers={"Accept": "text/csv"})
    both = [*first.text.splitlines()[1:], *second.text.splitlines()[1:]]
    assert both == client.get("/api/v1/actors?sort=-partners&limit=10&format=csv").text.splitlines()[1:]


def test_a_cursor_of_another_order_is_refused(client: FlaskClient) -> None:
    cursor = client.get("/api/v1/actors?sort=-partners&limit=5").json["next"]  # type: ignore[index]
    answer = client.get("/api/v1/actors", query_string={"sort": "kind", "cursor": cursor})
    assert answer.status_code == 422
    assert answer.json["detail"].startswith("cursor") or "cursor" in answer.json["detail"]  # type: ignore[index]


# ---- while others write


def _named(number: int) -> Actor:
    return Actor(id=f"a{number:03}", name=f"Actor {number:03}", kind=ActorKind.FIRM, source="file")


@pytest.mark.parametrize("sort", ["name", "-name", "-partners,name", "kind,-name"])
def test_pages_are_right_while_others_write(sort: str) -> None:
    """Everything that is there from beginning to end, unchanged, comes exactly once."""
    service = Service.open(Settings.load(store=":memory:", home=SETTINGS.home / "writing"))
    try:
        client = create_app(SETTINGS, service).test_client()
        old = [_named(number) for number in range(0, 60, 2)]
        pair = [Participation(actor=f"a{n:03}", collaboration="p", source="file") for n in (10, 20, 30)]
        project = Collaboration(id="p", name="P", source="file")
        service._store.apply(Change("one", "one", claims=[Source(id="file", name="File"), *old, project, *pair]))
        seen: list[str] = []
        cursor: dict[str, str] = {}
        step = 0
        while True:
            page = client.get("/api/v1/actors", query_string={"sort": sort, "limit": 7, **cursor}).json
            assert page is not None
            seen += [each["id"] for each in page["items"]]
            if page["next"] is None:
                break
            cursor, step = {"cursor": page["next"]}, step + 1
            new = [_named(number) for number in range(1 + 2 * step, 60, 12)]
            service._store.apply(Change(f"more {step}", "more", claims=new))
        assert step >= 4
        assert len(seen) == len(set(seen)), "nothing comes twice"
        assert {each.id for each in old} <= set(seen), "nothing that was there is passed over"
    finally:
        service.close()
