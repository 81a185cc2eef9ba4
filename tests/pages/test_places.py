"""The choice of a place: whole where places are few; else those with most actors, and a name finds the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.ingest.places import in_language
from graphsvc.model import PlaceKind
from graphsvc.pages import places
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.pages.reading import LANGUAGES, read

FORMS = ("/actors", "/network", "/missing", "/coverage", "/publications")
SELECT = re.compile(r'<select id="(?:r-|key-|user-)?place" name="place".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"( selected)?>')


@pytest.fixture(scope="module")
def large(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A network that has more places than a list may hold."""
    home = tmp_path_factory.mktemp("many")
    store = home / "graph.kgl"
    store.write_bytes(sample_graph.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "ALL", 5)
        patch.setattr(places, "MOST", 2)
        service = Service.open(Settings(store=str(store), home=home))
        yield service
        service.close()


@pytest.fixture(scope="module")
def many(large: Service, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A reader of that network, and its administrator."""
    settings = Settings(store=":memory:", home=tmp_path_factory.mktemp("home"))
    return create_app(settings, large).test_client()


def selects(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code in (200, 202), answer.text[:300]
    return SELECT.findall(answer.text)


@pytest.mark.parametrize("path", FORMS)
def test_few_places_are_all_listed(client: FlaskClient, service: Service, path: str) -> None:
    for select in selects(client, path):
        assert [id_ for id_, _ in OPTION.findall(select)] == _in_order(service)
        assert "<optgroup" not in select
    assert 'name="place_named"' not in client.get(path).text


def _in_order(service: Service) -> list[str]:
    """All places: regions, municipalities, countries, each by name."""
    those = service.snapshot().places
    return [
        id_
        for kind in (PlaceKind.REGION, PlaceKind.MUNICIPALITY, PlaceKind.COUNTRY)
        for _, id_ in sorted((in_language(each, "en"), each.id) for each in those if each.kind is kind)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FORMS)
def test_of_many_places_those_with_most_actors_are_listed(many: FlaskClient, path: str, language: str) -> None:
    text = many.get(f"{path}?lang={language}").text
    found = SELECT.findall(text)
    assert found
    for select in found:
        ids = {id_ for id_, _ in OPTION.findall(select)}
        assert {"FI197", "fi-tampere", "fi"} <= ids
        assert len(ids) == 6, "two of each kind are listed"
        assert select.count("<optgroup label=") == 3
    fields = re.findall(
        r'<label for="([^"]+)">[^<]+</label><input id="([^"]+)" name="place_named"[^>]*"([^"]+)">', text
    )
    assert len(fields) == len(found)
    for label, id_, hint in fields:
        assert label == id_
        assert f'id="{hint}"' in text


@pytest.mark.parametrize("path", FORMS)
def test_a_place_that_no_list_holds_is_shown_where_it_is_chosen(many: FlaskClient, large: Service, path: str) -> None:
    quiet = _quiet(large)
    for select in selects(many, f"{path}?place={quiet}"):
        assert (quiet, " selected") in OPTION.findall(select)


def _quiet(service: Service) -> str:
    """A municipality that has but one actor."""
    where = [actor.place for actor in service.snapshot().actors]
    return next(
        each.id
        for each in service.snapshot().places
        if each.kind is PlaceKind.MUNICIPALITY and where.count(each.id) == 1
    )


def test_the_track_record_shows_the_municipality_that_it_is_asked_for(client: FlaskClient, service: Service) -> None:
    text = client.get("/track-record?until=2018-01-01&place=fi-tampere").text
    assert 'value="fi-tampere" selected' in text


@pytest.mark.parametrize(
    ("text", "id_"), [("  TAMPERE ", "fi-tampere"), ("Ruotsi", "se"), ("sverige", "se"), ("FI197", "FI197")]
)
def test_a_name_leads_to_the_page_about_the_place(many: FlaskClient, text: str, id_: str) -> None:
    answer = many.get("/missing", query_string={"place": "fi", "place_named": text, "top": "10", "kind": "firm"})
    assert answer.status_code == 303
    assert answer.location.startswith("/missing?")
    assert set(answer.location.partition("?")[2].split("&")) == {"top=10", "kind=firm", f"place={id_}"}


def test_part_of_a_name_is_enough_where_one_place_alone_has_it(many: FlaskClient) -> None:
    assert many.get("/actors?place_named=tamper").location == "/actors?place=fi-tampere"


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_places_the_page_asks_which(many: FlaskClient, large: Service, language: str) -> None:
    page = read(many, f"/coverage?by=area&place_named=ma&lang={language}")
    named = places.named(large.outlook, "ma")
    assert len(named) > 5
    links = [href for href in page.links.values() if "place=" in href]
    assert [href for href in links if "by=area" in href and "place_named" not in href] == links
    assert len(links) == len({in_language(each, language) for each in named})
    again = next(form for form in page.forms if "place_named" in form.fields)
    assert again.fields["by"] == ["area"]
    assert "place" not in again.fields


def test_of_very_many_the_first_are_shown(many: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "FOUND", 3)
    page = read(many, "/coverage?place_named=ma&lang=en")
    assert len([href for href in page.links.values() if "place=" in href]) == 3
    assert re.search(r"There are \d+ more\.", page.text)


def test_a_name_that_no_place_has_brings_those_that_come_near(many: FlaskClient) -> None:
    page = read(many, "/network?place_named=Tamprere&lang=en")
    assert "No place is called “Tamprere”." in page.text
    assert page.links["Tampere"] == "/network?lang=en&place=fi-tampere"


def test_a_name_is_never_markup(many: FlaskClient) -> None:
    assert "<b>x" not in many.get("/network", query_string={"place_named": "<b>x"}).text


def test_a_form_that_is_sent_takes_a_name_too(many: FlaskClient) -> None:
    sent = {"action": "preview", "place": "fi", "place_named": "Tampere", "by": "Test"}
    answer = many.post("/publications", data=sent, headers={"Origin": "http://localhost"})
    assert answer.status_code == 200, answer.text[:500]
    assert 'value="fi-tampere" selected' in answer.text
    refused = many.post(
        "/publications", data={**sent, "place_named": "Nowhere"}, headers={"Origin": "http://localhost"}
    )
    assert refused.status_code == 404


def test_what_a_key_is_limited_to_may_be_named(many: FlaskClient) -> None:
    sent = {"name": "other tool", "right": "read", "days": "30", "place": "", "place_named": "Tampere"}
    answer = many.post("/settings/keys", data=sent, headers={"Origin": "http://localhost"})
    assert answer.status_code == 200, answer.text[:500]
    assert "<td>Tampere</td>" in answer.text
    assert len(SELECT.findall(answer.text)) == 2
