"""Start page, documentation and map: three languages, nothing from outside, nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import LANGUAGES


class Links(HTMLParser):
    """Collects what a page loads and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads_to: list[str] = []
        self.anchors: set[str] = set()
        self.runs: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors.add(given.get("id") or "")
        if tag == "a":
            self.leads_to.append(given.get("href") or "")
        elif address := given.get("src") or given.get("href"):
            self.loads.append(address)
        if tag in ("script", "style") or "style" in given or any(name.startswith("on") for name in given):
            self.runs.append(tag)


@pytest.mark.parametrize("path", ["/", "/?lang=fi", "/api/v1/docs"])
def test_pages_need_nothing_from_outside_and_run_nothing(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    links = Links(response.text)
    assert links.runs == []
    assert links.loads == ["/static/pages.css"]
    with client.get("/static/pages.css") as sheet:
        assert sheet.mimetype == "text/css"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for address in dict.fromkeys(links.leads_to):
        if address.startswith("#"):
            assert address[1:] in links.anchors, address
        elif address.startswith("/") and not address.startswith("/map"):
            with client.get(address, follow_redirects=True) as answer:  # a stream that is left open keeps its place
                assert answer.status_code == 200, address


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "fi-FI,fi;q=0.9,en;q=0.5", "fi"),
        ("", "de, sv;q=0.5", "sv"),
        ("", "de", "en"),
        ("?lang=sv", "fi", "sv"),
        ("?lang=xx", "fi", "fi"),
        ("?utm_source=mail", "fi", "fi"),  # a mailed link may carry more than we know
    ],
)
def test_the_start_page_speaks_the_reader_s_language(
    client: FlaskClient, asked: str, accepted: str, language: str
) -> None:
    response = client.get(f"/{asked}", headers={"Accept-Language": accepted} if accepted else {})
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language
    assert "accept-language" in response.vary.as_set()


def test_the_start_page_says_what_there_is(client: FlaskClient, service: Service) -> None:
    snapshot = service.snapshot()
    text = client.get("/?lang=en").text
    assert f"{len(snapshot.actors):,} actors" in text
    for source in snapshot.sources:
        assert str(escape(source.name)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_graph_says_how_to_fill_it(language: str) -> None:
    settings = Settings(store=":memory:")
    service = Service.open(settings)
    try:
        client = create_app(settings, service).test_client()
        assert "graphsvc demo" in client.get(f"/?lang={language}").text
        assert client.get("/map").status_code == 200
        assert client.get("/api/v1/measures").json == {
            **(client.get("/api/v1/measures").json or {}),
            "total": 0,
            "items": [],
        }
        assert (client.get("/api/v1/partnerships/missing").json or {})["items"] == []
    finally:
        service.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_is_one_file_with_its_own_policy(client: FlaskClient, language: str) -> None:
    response = client.get("/map", query_string={"lang": language})
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert re.search(rf'<html[^>]* lang="{language}"', response.text)
    assert response.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert response.headers["ETag"]
