"""Contact persons over the API and on an actor's page: for who may, noted, kept by nobody; else there are none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook

from graphsvc.access.audit import Question
from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.access.rights import Right
from graphsvc.app import create_app
from graphsvc.drawing import MapAsk
from graphsvc.exporting import FORMS, Ask
from graphsvc.personal import Fate
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.api.test_imports import check, send

NAME, MAIL = "Maija Mäkinen", "maija.makinen@example.org"
UNTIL = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
WANTED = {"name": NAME, "role": "director", "email": MAIL, "purpose": "call for proposals", "until": UNTIL}
OFF: Mapping[str, Any] = {"store": ":memory:", "work_per_minute": 0}


@pytest.fixture(scope="module")
def settings(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    off = {**OFF, "store": sample_copy()}
    return Settings(**off, home=tmp_path_factory.mktemp("home"), public="read", contacts=True)


@pytest.fixture(scope="module")
def kept(settings: Settings) -> Iterator[Service]:
    service = Service.open(settings)
    yield service
    service.close()


@pytest.fixture(scope="module")
def closed(settings: Settings, kept: Service) -> Flask:
    return create_app(settings, kept)


@pytest.fixture
def client(closed: Flask) -> FlaskClient:
    return closed.test_client(use_cookies=False)


@pytest.fixture(scope="module")
def access(settings: Settings) -> Access:
    return Access.of(settings.home)


def key(access: Access, right: Right, **limit: Any) -> dict[str, str]:
    _, text = access.keys.make(Wish("tool", right, **limit))
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture(scope="module")
def editor(access: Access) -> Mapping[str, str]:
    return key(access, Right.WRITE)


@pytest.fixture(scope="module")
def address(kept: Service) -> str:
    return f"/api/v1/actors/{kept.actor_meant('VTT')}/contacts"


@pytest.fixture(scope="module")
def contact(closed: Flask, editor: Mapping[str, str], address: str) -> str:
    answer = closed.test_client().post(address, json=WANTED, headers=editor)
    assert answer.status_code == 200, answer.text
    assert NAME not in answer.text, "an answer to a change may be kept for who repeats it"
    id_: str = answer.get_json()["id"]
    return id_


def looks(access: Access) -> int:
    return sum(row.deed.act.startswith("saw contacts") for row in access.trail.find(Question(limit=1000)).entries)


def test_who_may_change_the_graph_sees_them_and_it_is_noted(
    client: FlaskClient, contact: str, editor: Mapping[str, str], address: str, access: Access
) -> None:
    before = looks(access)
    answer = client.get(address, headers=editor)
    (item,) = answer.get_json()["items"]
    assert (item["name"], item["email"], item["id"], item["until"]) == (NAME, MAIL, contact, UNTIL)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert looks(access) == before + 1
    newest = access.trail.find(Question(limit=1)).entries[0]
    assert newest.deed.thing == address.split("/")[4]
    assert NAME not in repr(newest)


@pytest.mark.parametrize("right", [None, Right.READ])
def test_the_public_and_who_reads_only_see_none(
    client: FlaskClient, contact: str, address: str, access: Access, right: Right | None
) -> None:
    before = looks(access)
    shown = key(access, right) if right else {}
    assert client.get(address, headers=shown).status_code == (403 if right else 401)
    page = client.get(f"/actors/{address.split('/')[4]}?lang=en", headers=shown)
    assert page.status_code == 200
    assert "Contact persons" not in page.text
    assert NAME not in page.text
    assert looks(access) == before


def test_a_public_that_may_write_sees_none(kept: Service, contact: str, address: str, tmp_path: Path) -> None:
    wide = create_app(Settings(**OFF, home=tmp_path, public="admin", contacts=True), kept).test_client()
    assert wide.get(address).status_code == 403
    assert NAME not in wide.get(f"/actors/{address.split('/')[4]}").text


def test_the_page_shows_them_to_who_may(
    client: FlaskClient, contact: str, editor: Mapping[str, str], address: str, access: Access
) -> None:
    before = looks(access)
    page = client.get(f"/actors/{address.split('/')[4]}?lang=fi", headers=editor)
    assert all(text in page.text for text in ("Yhteyshenkilöt", NAME, f"mailto:{MAIL}", "call for proposals"))
    assert page.headers["Cache-Control"] == "no-store"
    assert looks(access) == before + 1


def test_no_answer_page_file_map_or_log_holds_one(
    client: FlaskClient,
    kept: Service,
    contact: str,
    editor: Mapping[str, str],
    address: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    actor = address.split("/")[4]
    parts = ("", "/history", "/records", "/portrait", "/ego", "/sources")
    paths = [f"/api/v1/actors/{actor}{part}" for part in parts]
    paths += ["/api/v1/network", "/api/v1/changes?since=0", "/api/v1/actors?q=mäkinen", "/api/v1/backups", "/metrics"]
    with caplog.at_level(logging.DEBUG):
        for path in [*paths, address]:
            text = client.get(path, headers=editor).text
            assert (MAIL in text) == (path == address), path
    for format_ in FORMS:
        assert MAIL.encode() not in kept.export_as(Ask(format_)).content
    assert MAIL not in kept.drawn(MapAsk())
    assert NAME not in caplog.text
    assert MAIL not in caplog.text


@pytest.mark.parametrize(
    "wrong",
    [{"until": "2020-01-01"}, {"email": ""}, {"email": "no address"}, {"purpose": ""}, {"until": None}, {"more": "x"}],
)
def test_what_is_wrong_is_refused_and_not_repeated(
    client: FlaskClient, editor: Mapping[str, str], address: str, wrong: dict[str, Any]
) -> None:
    answer = client.post(address, json={**WANTED, **wrong}, headers=editor)
    assert answer.status_code == 422
    assert NAME not in answer.text
    assert MAIL not in answer.text


def test_a_person_is_found_and_erased_here_too(
    kept: Service, editor: Mapping[str, str], client: FlaskClient, address: str
) -> None:
    mail = "pekka@example.org"
    client.post(address, json={**WANTED, "name": "Pekka Virtanen", "email": mail}, headers=editor)
    (held,) = [each for each in kept.person("pekka virtanen").held if each.where == "contact"]
    assert (held.what["email"], held.fate) == (mail, Fate.DELETED)
    assert [each.id for each in kept.person(mail).held] == [held.id]
    done = kept.forget("Pekka Virtanen", "somebody")
    assert (done.contacts, done.left) == (1, ())
    assert kept.forget("Pekka Virtanen", "somebody").contacts == 0
    assert kept.person(mail).held == ()


def workbook(rows: int) -> bytes:
    """A file that names contact persons, on as many rows."""
    book, content = Workbook(), BytesIO()
    actors, contacts = book.active, book.create_sheet("Contacts")
    assert actors is not None
    actors.title = "Actors"
    for row in (("id", "name"), ("aalto", "Aalto")):
        actors.append(row)
    contacts.append(("actor", "name", "e-mail", "purpose", "until"))
    for n in range(rows):
        contacts.append(("aalto", f"{NAME} {n}", MAIL, "visits", UNTIL))
    contacts.append(("aalto", NAME, MAIL, "", UNTIL))
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("keeps", [True, False])
def test_a_dry_run_counts_them_and_names_nobody(keeps: bool, tmp_path: Path) -> None:
    settings = Settings(**OFF, home=tmp_path, contacts=keeps)
    service = Service.open(settings)
    own = create_app(settings, service).test_client()
    upload = send(own, workbook(3), "contacts.xlsx")["id"]
    looked = check(own, service, upload)
    assert (looked["contacts"], looked["new_actors"]) == (3 if keeps else 0, 1)
    assert "kinen" not in repr(looked)
    service.close()


def test_one_gets_another_last_day(
    client: FlaskClient, editor: Mapping[str, str], address: str, access: Access
) -> None:
    made = client.post(address, json={**WANTED, "name": "Liisa Laine"}, headers=editor).get_json()["id"]
    here, later = f"/api/v1/contacts/{made}/until", {"until": "2999-12-31"}
    answer = client.put(here, json=later, headers=editor)
    assert (answer.status_code, answer.get_json()["id"]) == (200, made)
    assert "Laine" not in answer.text
    assert {each["id"]: each["until"] for each in client.get(address, headers=editor).get_json()["items"]}[
        made
    ] == later["until"]
    acts = [row.deed for row in access.trail.find(Question(limit=3)).entries]
    assert ("PUT /api/v1/contacts/<id>/until", made) in [(each.act, each.thing) for each in acts]
    for wrong in ({"until": "2020-01-01"}, {}, {"until": None}, {**later, "name": "x"}):
        assert client.put(here, json=wrong, headers=editor).status_code == 422
    assert client.put(here, json=later, headers=key(access, Right.READ)).status_code == 403
    client.delete(f"/api/v1/contacts/{made}", headers=editor)
    assert client.put(here, json=later, headers=editor).status_code == 404


def test_one_is_deleted_once(client: FlaskClient, editor: Mapping[str, str], address: str) -> None:
    made = client.post(address, json={**WANTED, "name": "Liisa Laine"}, headers=editor).get_json()["id"]
    assert client.delete(f"/api/v1/contacts/{made}", headers=editor).status_code == 200
    assert client.delete(f"/api/v1/contacts/{made}", headers=editor).status_code == 404
    assert client.get("/api/v1/actors/nobody/contacts", headers=editor).status_code == 404


def test_who_has_had_its_time_goes_with_all_else_that_has(kept: Service, contact: str, address: str) -> None:
    kept.contacts._today = lambda: date.fromisoformat(UNTIL) + timedelta(days=1)
    try:
        assert kept.retain().contacts == 1
    finally:
        kept.contacts._today = kept.today
    assert kept.contacts.of_actor(address.split("/")[4]) == ()


def test_where_they_are_not_kept_there_are_none(service: Service, tmp_path: Path) -> None:
    off = create_app(Settings(**OFF, home=tmp_path), service).test_client()
    actor = service.actor_meant("VTT")
    for answer in (
        off.get(f"/api/v1/actors/{actor}/contacts"),
        off.post(f"/api/v1/actors/{actor}/contacts", json=WANTED),
        off.put(f"/api/v1/contacts/{'0' * 24}/until", json={"until": UNTIL}),
        off.delete(f"/api/v1/contacts/{'0' * 24}"),
    ):
        assert answer.status_code == 404
        assert "not kept here" in answer.text
    assert "Contact persons" not in off.get(f"/actors/{actor}?lang=en").text
