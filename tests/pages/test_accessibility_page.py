"""The accessibility statement: in three languages, with who answers for it, open to all, linked from each page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from graphsvc import __version__
from graphsvc.app import create_app
from graphsvc.pages import accessibility, readying
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import day, say, table
from tests.pages.reading import LANGUAGES, read

HTML = {"Accept": "text/html"}
NAMES = {"fi": "Saavutettavuus", "sv": "Tillgänglighet", "en": "Accessibility"}
WHO = "Mallikunta"
WHERE = "saavutettavuus@mallikunta.example"
HOSTILE = (
    "javascript:alert(1)",
    "JavaScript://x.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://kunta.example",
    '"><script>alert(1)</script>',
    'https://a.example/"onmouseover="alert(1)',
    "a@b.example?bcc=c@d.example",
)


def visitor(service: Service, home: Path, organisation: str = "", contact: str = "") -> FlaskClient:
    """Return somebody who has not signed in where nothing is open."""
    closed = Settings(
        store=":memory:",
        home=home,
        public="nothing",
        work_per_minute=0,
        organisation=organisation,
        accessibility_contact=contact,
    )
    return create_app(closed, service).test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_all_that_the_model_asks_for(service: Service, tmp_path: Path, language: str) -> None:
    client = visitor(service, tmp_path, WHO, WHERE)
    answer = client.get(f"/accessibility?lang={language}", headers=HTML)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text and "<script" not in answer.text
    assert re.findall(r"<h([1-6])", answer.text)[:2] == ["1", "2"] and answer.text.count("<h1") == 1
    page = read(client, f"/accessibility?lang={language}")
    given = {
        "organisation": WHO,
        "service": say("pages", "shell.name", language),
        "day": day(accessibility.WRITTEN, language),
        "version": __version__,
    }
    said = {key: texts[language] for key, texts in table("accessibility").items() if ".no_" not in key}
    for key, words in said.items():
        assert isinstance(words, str)
        assert words.format(**given) in page.text, key
    assert page.links[WHERE] == f"mailto:{WHERE}"
    assert page.links[said["statement.authority"]] == accessibility.AUTHORITY[language]  # type: ignore[index]
    assert "Traficom" in page.text and "14" in page.text
    assert "GRAPHSVC_" not in page.text, "nothing is missing"


def test_each_shortcoming_and_each_check_is_on_the_page_and_no_other() -> None:
    keys = {key.removeprefix("statement.") for key in table("accessibility")}
    lacking = {key.removesuffix("_lacks") for key in keys if key.endswith("_lacks")}
    assert lacking == {key.removesuffix("_instead") for key in keys if key.endswith("_instead")}
    assert lacking == {*accessibility.SHORTCOMINGS} and {*accessibility.CHECKS} < keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_set_is_told(service: Service, tmp_path: Path, language: str) -> None:
    page = read(visitor(service, tmp_path), f"/accessibility?lang={language}")
    for key in ("no_organisation", "no_contact"):
        assert say("accessibility", f"statement.{key}", language) in page.text
    assert not [href for href in page.hrefs if href.startswith("mailto:")]


@pytest.mark.parametrize("contact", HOSTILE)
def test_what_is_no_address_is_shown_as_text(service: Service, tmp_path: Path, contact: str) -> None:
    client = visitor(service, tmp_path, "<b>Kunta</b> {x}", contact)
    answer = client.get("/accessibility?lang=en", headers=HTML)
    assert str(escape(contact)) in answer.text
    assert "&lt;b&gt;Kunta&lt;/b&gt; {x}" in answer.text and "<b>" not in answer.text and "<script" not in answer.text
    page = read(client, "/accessibility?lang=en")
    outside = [href for href in page.hrefs if not href.startswith(("/", "#"))]
    assert outside == [accessibility.AUTHORITY["en"]]


def test_a_page_for_feedback_is_linked(service: Service, tmp_path: Path) -> None:
    client = visitor(service, tmp_path, contact="https://kunta.example/palaute?a=1&b=2")
    page = read(client, "/accessibility?lang=sv")
    assert page.links["https://kunta.example/palaute?a=1&b=2"] == "https://kunta.example/palaute?a=1&b=2"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "status"), [("/sign-in", 200), ("/nowhere", 404), ("/accessibility", 200)])
def test_who_is_let_in_nowhere_finds_it(
    service: Service, tmp_path: Path, path: str, status: int, language: str
) -> None:
    client = visitor(service, tmp_path)
    assert client.get("/actors", headers=HTML).status_code == 303, "all else is closed"
    page = read(client, f"{path}?lang={language}", status)
    assert page.links[NAMES[language]] == "/accessibility"
    assert client.get("/accessibility", headers=HTML).status_code == 200


@pytest.mark.parametrize("path", ["/", "/actors", "/actors/fi-2844561-8", "/missing", "/import", "/publications"])
def test_pages_lead_there(client: FlaskClient, path: str) -> None:
    assert read(client, f"{path}?lang=fi").links[NAMES["fi"]] == "/accessibility"


def test_so_does_the_documentation_of_the_api(client: FlaskClient) -> None:
    assert read(client, "/api/v1/docs").links["Accessibility"] == "/accessibility"


def test_a_map_has_no_such_link(client: FlaskClient) -> None:
    """It may be published, and then it stays as it is."""
    assert "/accessibility" not in client.get("/map?lang=en&place=FI197", headers=HTML).text


def test_it_does_not_wait_for_the_network(
    service: Service, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readying.Ground, "wait_for", lambda *_: readying.HowFar(0, 1))
    assert client.get("/actors", headers=HTML).status_code == 202
    assert client.get("/accessibility", headers=HTML).status_code == 200
