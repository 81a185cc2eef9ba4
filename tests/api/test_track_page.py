"""The track record as a page: the same numbers as the API, in three languages, and work that is under way said so."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc import wording, working
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings

ASKED = "until=2018-01-01&place=FI197"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_says_what_the_api_says(client: FlaskClient, language: str) -> None:
    told = client.get(f"/api/v1/backtests?{ASKED}&lang={language}").get_json()
    page = client.get(f"/track-record?{ASKED}&lang={language}")
    assert page.status_code == 200
    text = page.get_data(as_text=True).replace("&#39;", "'").replace("&amp;", "&")
    assert all(sentence in text for sentence in told["told"])
    assert "∞" not in text
    alone = {"fi": "Mikään vertailukohta ei löytänyt", "sv": "Ingen jämförelse hittade", "en": "No baseline found any"}
    assert alone[language] in text
    first = told["lists"][0]["precision"]["20"]["value"]
    assert f"{wording.number(100 * first, language, 1)} %" in text
    assert f'lang="{language}"' in text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]


def test_what_a_form_leaves_empty_is_not_asked(client: FlaskClient) -> None:
    assert client.get("/track-record?until=2018-01-01&place=&lang=en").status_code == 200


@pytest.mark.parametrize("query", ["until=last+year", "until=2018-01-01&colour=blue", "place=no-such-place"])
def test_what_cannot_be_asked_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/track-record?{query}").status_code in (404, 422)


def test_work_that_takes_long_is_a_job_and_the_page_says_so(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    page = client.get("/track-record?until=2016-05-05&lang=en")
    assert page.status_code == 200
    assert "takes a while" in page.get_data(as_text=True)
    jobs, _ = service.jobs.find(kind="backtest")
    assert any("2016-05-05" in each.arguments for each in jobs)


def test_an_empty_graph_has_nothing_to_measure(tmp_path: Path) -> None:
    settings = Settings(store=":memory:", home=tmp_path)
    empty = Service.open(settings)
    try:
        page = create_app(settings, empty).test_client().get("/track-record?lang=en")
        assert "nothing in the network" in page.get_data(as_text=True)
    finally:
        empty.close()


def test_a_closed_door_is_closed_here_too(tmp_path: Path, service: Service) -> None:
    settings = Settings(store=":memory:", home=tmp_path, public="nothing")
    assert create_app(settings, service).test_client().get("/track-record").status_code == 401
