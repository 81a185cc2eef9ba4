"""Contact persons on an actor's page: an editor adds one, keeps it longer and deletes it; nobody else can."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.access.audit import Question
from graphsvc.access.installation import Access
from graphsvc.access.users import Role
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import say
from tests.api.test_contacts import workbook
from tests.pages.reading import LANGUAGES, Form, read, send
from tests.pages.test_import_page import choose, press
from tests.pages.test_signing_in import enter, settled

NAME, MAIL, ACTOR = "Maija Mäkinen", "maija.makinen@example.org", "fi-2844561-8"
UNTIL = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
LATER = (datetime.now(UTC).date() + timedelta(days=60)).isoformat()
FILLED = {"name": NAME, "role": "director", "email": MAIL, "purpose": "call for proposals", "until": UNTIL}
HERE = f"/actors/{ACTOR}"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    return Settings(store=":memory:", home=home, public="read", contacts=True, work_per_minute=0)


@pytest.fixture(scope="module")
def kept(settings: Settings, sample_store: Path) -> Iterator[Service]:
    service = Service.open(settings)
    service.restore(sample_store)
    yield service
    service.close()


@pytest.fixture(scope="module")
def closed(settings: Settings, kept: Service) -> Flask:
    return create_app(settings, kept)


@pytest.fixture(scope="module")
def access(settings: Settings) -> Access:
    made = Access.of(settings.home)
    for role in Role:
        settled(made, role.value, role)
    return made


@pytest.fixture
def editor(closed: Flask, access: Access) -> FlaskClient:
    return signed_in(closed, Role.EDITOR)


def signed_in(closed: Flask, role: Role) -> FlaskClient:
    client = closed.test_client()
    enter(client, role.value)
    return client


def done(access: Access, most: int = 1) -> list[tuple[str, str]]:
    """What was done last, and to what."""
    rows = access.trail.find(Question(limit=50)).entries
    return [(row.deed.act, row.deed.thing) for row in rows if not row.deed.act.startswith("saw")][:most]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_is_added_kept_longer_and_deleted(
    editor: FlaskClient, kept: Service, access: Access, language: str
) -> None:
    here = f"{HERE}?lang={language}"
    sent = send(editor, read(editor, here).form(f"{HERE}/contacts"), **FILLED)
    assert (sent.status_code, sent.location) == (303, f"{HERE}#contacts")
    (maija,) = kept.contacts.of_actor(ACTOR)
    assert (maija.name, maija.role, maija.email, maija.purpose, maija.until.isoformat()) == tuple(FILLED.values())
    assert done(access) == [("POST /actors/<id>/contacts", ACTOR)]
    page = read(editor, here)
    assert NAME in page.text and "call for proposals" in page.text
    for key in ("add", "change", "remove", "reach", "until_hint"):
        assert say("contacts", key, language) in page.text
    assert send(editor, page.form("/until"), until=LATER).location == f"{HERE}#contacts"
    assert kept.contacts.of_actor(ACTOR)[0].until.isoformat() == LATER
    assert send(editor, read(editor, here).form("/removal")).status_code == 303
    assert kept.contacts.of_actor(ACTOR) == ()
    assert done(access, 2) == [("POST /contacts/<id>/removal", maija.id), ("POST /contacts/<id>/until", maija.id)]
    assert NAME not in repr(access.trail.find(Question(limit=1000)))


@pytest.mark.parametrize(
    "wrong",
    [{"purpose": ""}, {"until": ""}, {"until": "2020-01-01"}, {"email": ""}, {"email": "no address"}, {"name": " "}],
)
def test_what_is_missing_or_wrong_is_refused_and_not_repeated(
    editor: FlaskClient, kept: Service, wrong: dict[str, str]
) -> None:
    answer = send(editor, read(editor, HERE).form(f"{HERE}/contacts"), **{**FILLED, **wrong})
    assert answer.status_code == 422
    assert "text/html" in answer.content_type
    assert NAME not in answer.text and MAIL not in answer.text
    assert kept.contacts.of_actor(ACTOR) == ()


def forms(id_: str) -> list[Form]:
    filled = {name: [value] for name, value in FILLED.items()}
    return [
        Form(f"{HERE}/contacts", "post", fields=filled),
        Form(f"/contacts/{id_}/until", "post", fields={"until": [LATER]}),
        Form(f"/contacts/{id_}/removal", "post"),
    ]


def test_who_only_reads_and_pages_of_other_sites_change_nothing(
    closed: Flask, editor: FlaskClient, kept: Service
) -> None:
    send(editor, read(editor, HERE).form(f"{HERE}/contacts"), **FILLED)
    (before,) = kept.contacts.of_actor(ACTOR)
    viewer = signed_in(closed, Role.VIEWER)
    assert say("contacts", "add", "en") not in read(viewer, f"{HERE}?lang=en").text
    for form in forms(before.id):
        assert send(viewer, form).status_code == 403
        assert send(closed.test_client(), form).status_code == 401
        foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        assert editor.post(form.action, data=form.fields, headers=foreign).status_code == 403
    assert kept.contacts.of_actor(ACTOR) == (before,)
    kept.contacts.remove(before.id)
    for form in forms(before.id)[1:]:
        assert send(editor, form).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_be_saved_says_how_many_a_file_names(kept: Service, tmp_path: Path, language: str) -> None:
    own = create_app(Settings(store=":memory:", home=tmp_path, contacts=True), kept).test_client()
    counted, meant = say("contacts", "found", language, n=2), say("contacts", "found_meaning", language)
    for n in (0, 2):
        upload = read(own, choose(own, workbook(n), f"contacts-{n}.xlsx"))
        page = read(own, press(own, kept, upload, "/check") + f"?lang={language}").text
        assert (f"{counted} {n}" in page, meant in page) == (n > 0, n > 0)
        assert NAME not in page


def test_where_none_are_kept_there_is_no_form_and_nothing_is_added(writer: FlaskClient) -> None:
    assert "contact-name" not in writer.get(HERE).text
    for form in forms("0" * 24):
        assert send(writer, form).status_code == 404
