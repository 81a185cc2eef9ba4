"""Over the API everything leads back: to who says it, to the rows it came in, and to whose word comes first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings

SETTINGS = Settings(store=":memory:")
FILES = {
    "one": (
        "id;name;kind;business id;municipality\na;Aalto;university;2228357-4;Tampere\nb;Bee Oy;firm;;\n",
        "id;name;start\nc;Hanke;2020-01-01\nlate;Later;2024-05-01\n",
        "actor;collaboration\na;c\nb;c\na;late\n",
    ),
    "two": (
        "id;name;kind;business id;ror\na;AALTO;firm;2228357-4;020hwjq30\n",
        "id;name;start\nc;Hanke;2021-01-01\n",
        "actor;collaboration\na;c\n",
    ),
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    service = Service.open(SETTINGS)
    for name, texts in FILES.items():
        folder = tmp_path / name
        folder.mkdir()
        for sheet, text in zip(("Actors", "Collaborations", "Participations"), texts, strict=True):
            (folder / f"{sheet}.csv").write_text(text, encoding="utf-8")
        service.load(service.check(folder))
    yield create_app(SETTINGS, service).test_client()
    service.close()


def ask(client: FlaskClient, path: str, **query: Any) -> Any:
    response = client.get(f"/api/v1/{path}", query_string=query)
    assert response.status_code == 200, response.text
    return response.json


def told(response: Any) -> Any:
    """Return the JSON of an answer."""
    return response.json


def test_an_actor_says_who_says_what_and_what_is_said_otherwise(client: FlaskClient) -> None:
    actor = ask(client, "actors/a", lang="fi")
    assert actor["said_by"]["values"] == {
        "name": ["file-one", "file-two"],
        "kind": ["file-one"],
        "business_id": ["file-one", "file-two"],
        "ror": ["file-two"],
        "place": ["file-one"],
    }
    assert {source["id"] for source in actor["sources"]} >= {"file-one", "file-two"}
    (kind,) = actor["differences"]
    assert (kind["property"], kind["shown"], kind["among"]) == ("kind", "university", 2)
    assert [(said["value"], said["source"]) for said in kind["said"]] == [
        ("university", "file-one"),
        ("firm", "file-two"),
    ]
    assert kind["sentence"] == (
        "2 lähdettä antaa eri tiedon, laji: Korkeakoulu (one); Yritys (two). Näytetään: Korkeakoulu."
    )


def test_a_collaboration_tells_which_members_only_some_sources_name(client: FlaskClient) -> None:
    together = ask(client, "collaborations/c", lang="en")
    assert [each["sentence"] for each in together["differences"]] == [
        "2 sources differ on the start: 2020-01-01 (one); 2021-01-01 (two). Shown: 2020-01-01.",
        "2 sources differ on the members: Bee Oy (only: one).",
    ]
    assert together["said_by"]["values"]["start"] == ["file-one"]
    assert [each["property"] for each in together["differences"]] == ["start", "participants"]


def test_rows_come_back_as_they_came_in_pages(client: FlaskClient, tmp_path: Path) -> None:
    first = ask(client, "actors/a/records", limit=4)
    rest = ask(client, "actors/a/records", limit=4, cursor=first["next"])
    assert (first["total"], len(first["items"]), rest["next"]) == (5, 4, None)
    rows = [*first["items"], *rest["items"]]
    assert [(row["source"], row["sheet"], row["row"]) for row in rows] == [
        ("file-one", "Actors", 2),
        ("file-one", "Participations", 2),
        ("file-one", "Participations", 4),
        ("file-two", "Actors", 2),
        ("file-two", "Participations", 2),
    ]
    assert rows[0]["values"]["municipality"] == "Tampere"
    assert rows[1]["collaboration"]["id"] == "c"
    assert len(rows[0]["file"]["sha256"]) == hashlib.sha256().digest_size * 2
    claim = next(each for each in ask(client, "actors/a")["participations"] if each["record"])
    one = ask(client, f"records/{claim['record']}")
    assert (one["source_name"], one["actor"]["id"], one["values"]["actor"]) == ("one", "a", "a")
    assert {row["id"] for row in ask(client, "collaborations/c/records")["items"]} >= {rows[1]["id"], rows[4]["id"]}
    assert ask(client, "sources/file-two/records")["total"] == 3
    for unknown in ("actors/x/records", "collaborations/x/records", "sources/x/records", "records/x"):
        assert client.get(f"/api/v1/{unknown}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"business_id": "FI22283574"}, ["a"]),
        ({"vat": "fi 2228357-4"}, ["a"]),
        ({"ror": "https://ror.org/020hwjq30"}, ["a"]),
        ({"pic": "999858929"}, []),
        ({"isni": "0000 0001 2314 6254"}, []),
        ({"wikidata": "Q56392903"}, []),
    ],
)
def test_an_identifier_finds_its_actor(client: FlaskClient, asked: dict[str, str], found: list[str]) -> None:
    page = ask(client, "actors", **asked)
    assert ([each["id"] for each in page["items"]], page["total"], page["next"]) == (found, len(found), None)


@pytest.mark.parametrize(
    ("asked", "said", "field"),
    [
        ({"business_id": "2228357-5"}, "wrong check digit", "business_id"),
        ({"vat": "FI22283575"}, "wrong check digit", "vat"),
        ({"isni": "0000 0001 2314 6255"}, "wrong check character", "isni"),
        ({"pic": "12"}, "not a PIC", "pic"),
        ({"ror": "033003e23", "q": "aalto"}, "stands alone", "query"),
    ],
)
def test_a_wrong_identifier_is_refused_with_a_sentence(
    client: FlaskClient, asked: dict[str, str], said: str, field: str
) -> None:
    response = client.get("/api/v1/actors", query_string=asked)
    assert response.status_code == 422
    assert said in told(response)["detail"]
    assert [each["field"] for each in told(response)["errors"]] == [field]


def test_the_order_of_sources_is_shown_and_set(client: FlaskClient) -> None:
    before = ask(client, "sources")
    assert [(each["id"], each["precedence"], each["records"]) for each in before["items"]] == [
        ("file-one", 1, 7),
        ("file-two", 2, 3),
    ]
    wish = {"precedence": 1, "by": "Aino", "reason": "It is the register"}
    done = client.put("/api/v1/sources/file-two/precedence", json=wish)
    assert done.status_code == 200
    assert told(done) == {"order": ["file-two", "file-one"], "changed": True, "revision": before["revision"] + 1}
    again = client.put("/api/v1/sources/file-two/precedence", json=wish)
    assert told(again) == {**told(done), "changed": False}
    actor = ask(client, "actors/a")
    assert (actor["name"], actor["kind"], actor["said_by"]["values"]["kind"]) == ("AALTO", "firm", ["file-two"])
    (change,) = ask(client, "sources")["changes"]
    assert (change["by"], change["reason"]) == ("Aino", "It is the register")
    assert client.put("/api/v1/sources/nothing/precedence", json=wish).status_code == 404
    assert client.put("/api/v1/sources/file-two/precedence", json={"precedence": 0, "by": "A"}).status_code == 422


def test_what_begins_later_is_not_there_as_of_a_day(client: FlaskClient) -> None:
    day = "2024-04-30"
    assert [each["collaboration"]["id"] for each in ask(client, "actors/a", as_of=day)["participations"]] == ["c", "c"]
    assert [each["id"] for each in ask(client, "collaborations", as_of=day)["items"]] == ["c"]
    assert ask(client, "collaborations", as_of="2024-05-01")["total"] == 2
    response = client.get("/api/v1/collaborations/late", query_string={"as_of": day})
    assert response.status_code == 404
    assert "begins on 2024-05-01" in told(response)["detail"]
