"""Language links lead to a page, also from answers to forms and from addresses where nothing is shown."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc.access.installation import Access
from graphsvc.access.users import Role
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.pages.reading import LANGUAGES, Read, read
from tests.pages.test_signing_in import OWN, enter, settled

SEND = {"Accept": "text/html", "Origin": "http://localhost"}
NAMES = ("Suomi", "Svenska", "English")
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("?lang=sv", {"a": "nobody", "b": "none", "verdict": "same", "by": "Maija", "id": "x"}),
    ("?endpoint=x&_method=POST&place=nowhere", {"name": "A", "role": "viewer", "days": "1", "id": "0" * 12}),
]
"""What every form is asked and sent: nothing, things that are not there, and more than it knows."""
Forms = list[tuple[str, str]]


def forms_of(client: FlaskClient) -> Forms:
    """Return endpoint and path of all that takes forms and shows nothing; ids are of nothing."""
    map_ = client.application.url_map
    rules = [
        rule for rule in map_.iter_rules() if rule.endpoint.startswith("pages.") and "POST" in (rule.methods or ())
    ]
    adapter = map_.bind("localhost")
    return [(rule.endpoint, adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, "0" * 24))) for rule in rules]


def check_links(client: FlaskClient, answer: TestResponse, where: str) -> None:
    """Follow each language link of a page, once: it shows a page, in that language."""
    assert answer.mimetype == "text/html", where
    links, known = Read(answer.text).links, client.application.extensions.setdefault("followed", {})
    for language, name in zip(LANGUAGES, NAMES, strict=True):
        there = (links[name], client.get_cookie("session") is None)
        if there not in known:
            shown = client.get(links[name], headers={"Accept": "text/html"}, follow_redirects=True)
            known[there] = (shown.status_code, shown.headers["Content-Language"])
        assert known[there] == (200, language), f"{where}: {links[name]}"


@pytest.fixture(scope="module")
def administrator(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    settings = Settings(store=":memory:", home=tmp_path_factory.mktemp("home"), public="read", work_per_minute=0)
    app = create_app(settings, service)
    settled(Access.of(settings.home), "Aino", Role.ADMINISTRATOR)
    with app.test_client() as client:
        enter(client, "Aino")
        yield client


@pytest.mark.parametrize(("query", "sent"), WRONG, ids=["nothing", "nobody", "more"])
def test_from_whatever_answers_a_form(administrator: FlaskClient, query: str, sent: dict[str, Any]) -> None:
    met = 0
    for endpoint, path in forms_of(administrator):
        if endpoint == "pages.sign_out":
            continue
        answer = administrator.post(path + query, data=sent, headers=SEND)
        if answer.status_code < 300 or answer.status_code >= 400:
            check_links(administrator, answer, f"{answer.status_code} {path}")
            met += 1
    assert met > 15


def test_from_forms_that_nobody_may_send(administrator: FlaskClient) -> None:
    stranger = administrator.application.test_client()
    foreign = {"Accept": "text/html", "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for _, path in forms_of(administrator):
        for headers in (SEND, foreign):
            answer = stranger.post(path, headers=headers)
            if answer.status_code >= 400:
                check_links(stranger, answer, path)


def test_from_addresses_that_only_take_forms(client: FlaskClient) -> None:
    refused = 0
    for _, path in forms_of(client):
        answer = client.get(f"{path}?lang=fi", headers={"Accept": "text/html"})
        if answer.status_code == 405:
            check_links(client, answer, path)
            refused += 1
    assert refused > 15
    check_links(client, client.get("/nothing-here?x=1", headers={"Accept": "text/html"}), "nothing")


def test_the_link_leads_to_the_page_of_the_form_as_it_was_asked(client: FlaskClient) -> None:
    came = SEND | {"Referer": "http://localhost/missing?place=FI197&top=5&lang=fi&theme="}
    links = Read(client.post("/missing/replies", data={"a": "x"}, headers=came).text).links
    assert links["Svenska"] == "/missing?place=FI197&top=5&lang=sv"
    links = Read(client.post("/contacts/1/removal", headers=came | {"Referer": "http://localhost/actors/x"}).text).links
    assert links["Svenska"] == "/?lang=sv", "of what is not there, nobody knows whether its page is"


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/missing",
        "http://localhost/missing/replies",
        "http://localhost//evil.example",
        "x",
        "\\\\e",
    ],
)
def test_a_page_of_others_or_of_forms_is_no_way_back(client: FlaskClient, referer: str) -> None:
    links = Read(client.post("/missing/replies", data={"a": "x"}, headers=SEND | {"Referer": referer}).text).links
    assert links["Suomi"] == "/missing?lang=fi"


@pytest.mark.parametrize("name", ["endpoint", "_method", "_external", "_scheme", "_anchor", "self", "values"])
def test_no_parameter_is_taken_for_an_order(client: FlaskClient, name: str) -> None:
    assert read(client, f"/?{name}=POST").links["Suomi"] == f"/?{name}=POST&lang=fi"


def test_signing_in_leads_back_to_the_page_of_the_form(service: Service, tmp_path: Path) -> None:
    settings = Settings(store=":memory:", home=tmp_path / "home", public="read", work_per_minute=0)
    settled(Access.of(settings.home), "Maija", Role.EDITOR)
    client = create_app(settings, service).test_client()
    came = SEND | {"Referer": "http://localhost/missing?place=FI197"}
    refused = client.post("/missing/replies", data={"a": "x"}, headers=came)
    assert refused.status_code == 401
    form = read(client, next(href for href in Read(refused.text).links.values() if "/sign-in" in href)).form("/sign-in")
    signed = client.post(
        form.action, data={**form.fields, "name": "Maija", "password": OWN}, headers={"Origin": "http://localhost"}
    )
    assert signed.headers["Location"] == "/missing?place=FI197"


def test_a_file_that_is_refused(writer: FlaskClient) -> None:
    answer = writer.post("/import?lang=sv", data={"file": (BytesIO(b""), "")}, headers=SEND)
    assert answer.status_code == 422
    check_links(writer, answer, "/import")
