"""Start, actors, network and coverage as pages: the same numbers as the API, and what was asked, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.judging import Saying
from graphsvc.model import Verdict, View
from graphsvc.opening import OpeningsAsk
from graphsvc.pages import coverage
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import number, say
from tests.pages.reading import LANGUAGES, read

PAGES = ("/", "/actors", "/network", "/missing", "/missing/decisions", "/missing/what-if", "/coverage", "/track-record")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_the_language_chosen_and_keeps_it(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert f"language={language}" in answer.headers.get("Set-Cookie", f"language={language}")
    assert f'<html lang="{language}">' in client.get(path).text, "the choice is remembered"
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    client.delete_cookie("language")


def test_a_wrong_address_is_a_page_for_people_and_a_problem_for_programs(client: FlaskClient) -> None:
    page = read(client, "/nowhere?lang=fi", 404)
    assert "Täällä ei ole mitään" in page.text
    assert client.get("/nowhere", headers={"Accept": "application/json"}).mimetype == "application/problem+json"
    assert client.get("/api/v1/nowhere", headers={"Accept": "text/html"}).mimetype == "application/problem+json"
    assert "no place" in read(client, "/missing?place=nowhere&lang=en", 404).text


def test_the_start_page_says_what_is_there_and_what_is_new(client: FlaskClient, service: Service) -> None:
    page = read(client, "/?lang=en")
    status = service.status()
    assert f"{number(sum(status.actors.values()), 'en')} actors" in page.text
    for kind, n in status.actors.items():
        assert f"{say('kinds', f'actor.{kind}', 'en')} {number(n, 'en')}" in page.text
    opened = service.openings(OpeningsAsk()).opened
    assert f"{len(opened.actors)}" in page.text and "new actors" in page.text
    best = service.missing(View(place="FI197")).partnerships[:3]
    names = service.network().actors
    for each in best:
        assert page.links[names[each.b].name].endswith(each.b)


def test_what_happened_since_the_last_visit_is_told(own: Service) -> None:
    app = create_app(Settings(store=":memory:"), own)
    visitor = app.test_client()
    assert "Since your last visit" not in read(visitor, "/?lang=en").text, "there was none"
    visitor.delete_cookie("visit")
    assert "Nothing has changed." in read(visitor, "/?lang=en").text
    a, b = (actor.id for actor in own.snapshot().actors[:2])
    own.judge(Saying(a, b, "Maija Mäkinen", "two offices"), Verdict.DIFFERENT)
    for _ in range(2):
        assert "Maija Mäkinen" in read(visitor, "/?lang=en").text, "it stays there during the visit"
    visitor.delete_cookie("visit")
    assert "Maija Mäkinen" not in read(visitor, "/?lang=en").text


def test_an_empty_network_says_what_to_do(tmp_path: Path) -> None:
    empty = Service.open(Settings(store=":memory:", home=tmp_path))
    visitor = create_app(Settings(store=":memory:"), empty).test_client()
    for path in PAGES:
        assert visitor.get(path).status_code == 200, path
    assert "Nothing is loaded yet" in read(visitor, "/?lang=en").text
    empty.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("TAMPEREEN  yliopisto", "Tampereen yliopisto"),
        ("yliopisto tampereen", "Tampereen yliopisto"),
        ("Tampere University", "Tampereen yliopisto"),
        ("ita-suomen yliopisto", "Itä-Suomen yliopisto"),
        ("2844561-8", "Tampereen yliopisto"),
        ("Tamperen ylioppisto", "Tampereen yliopisto"),
    ],
)
def test_the_search_forgives(client: FlaskClient, asked: str, found: str) -> None:
    page = read(client, f"/actors?q={asked.replace(' ', '+')}&lang=en")
    assert found in page.links, page.text


def test_the_list_of_actors_is_narrowed_paged_and_leads_to_the_map(client: FlaskClient, service: Service) -> None:
    page = read(client, "/actors?kind=firm&lang=en&limit=50")
    firms = service.status().actors["firm"]
    assert f"{firms} actors found." in page.text
    assert page.links["The same choice on the map"] == "/network?kind=firm"
    seen: set[str] = set()
    while True:
        seen |= {href for href in page.links.values() if "/actors/" in href}
        if "Next page" not in page.links:
            break
        page = read(client, page.links["Next page"])
    assert len(seen) == firms


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_has_the_api_s_cells_with_the_names_behind_them(client: FlaskClient, language: str) -> None:
    told = client.get(f"/api/v1/coverage?place=FI197&limit=500&lang={language}").get_json()
    page = read(client, f"/coverage?place=FI197&lang={language}")
    for standing, key in (("empty", "empty_cells"), ("thin", "thin_cells"), ("enough", "enough_cells")):
        cells = [each for each in told["items"] if each["standing"] == standing and each["group"]]
        assert f"{say('gaps', f'page.{key}', language, n=len(cells))} {len(cells)}" in page.text
        for each in cells:
            assert all(actor["name"] in page.links for actor in each["actors"])
    gaps = client.get(f"/api/v1/gaps?place=FI197&top=5&limit=500&lang={language}").get_json()["items"]
    assert gaps and all(each["title"] in page.text for each in gaps)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_gaps_would_take_too_long_the_matrix_stands(
    client: FlaskClient, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage, "REQUEST_SECONDS", 0.0)
    page = read(client, f"/coverage?place=FI197&lang={language}")
    assert say("gaps", "page.too_large", language) in page.text
    assert say("gaps", "page.caption", language) in page.text
    assert ("a request may take" in page.text) == (language == "en")


def test_the_network_page_frames_the_map_of_the_same_view(client: FlaskClient, service: Service) -> None:
    text = client.get("/network?place=FI197&kind=university&sort=degree&lang=fi").text
    assert 'src="/map?place=FI197&amp;kind=university&amp;lang=fi"' in text
    assert (
        client.get("/map?place=FI197&kind=university&lang=fi")
        .headers["Content-Security-Policy"]
        .startswith("frame-ancestors 'self'")
    )
    view = View(place="FI197", kinds=("university",))
    degree = service.measures(view).measures["degree"].values
    best = max(sorted(degree), key=lambda id_: degree[id_])
    row = text[text.index("<tbody>") : text.index("</tr>", text.index("<tbody>"))]
    assert service.network(view).actors[best].name in row
    assert number(degree[best], "fi") in row


@pytest.mark.parametrize(("language", "name"), [("fi", "Saksa"), ("sv", "Tyskland"), ("en", "Germany")])
def test_countries_are_chosen_by_their_names_in_the_language(client: FlaskClient, language: str, name: str) -> None:
    for path in ("/actors", "/track-record"):
        page = client.get(f"{path}?lang={language}", headers={"Accept": "text/html"}).text
        assert f'<option value="de">{name}</option>' in page
