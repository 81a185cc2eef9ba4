"""A large map becomes a job, and the page says so in its reader's language until the map is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc import drawing, measuring, working
from graphsvc.api.params import MapParameters
from graphsvc.app import create_app
from graphsvc.drawing import MapAsk
from graphsvc.model import View
from graphsvc.publishing import Publications
from graphsvc.render.printed import Print
from graphsvc.render.redaction import NOTHING
from graphsvc.service import Service
from graphsvc.wishes import MapAsked
from graphsvc.wording import LANGUAGES, say
from graphsvc.working import dispatcher
from tests.api.conftest import SETTINGS, unasked

SAID = {"en": "is being made", "fi": "on tekeillä", "sv": "håller på att göras"}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """The sample, of which nobody has asked for a map yet."""
    with unasked() as service:
        yield service


@pytest.fixture
def client(service: Service, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Of an installation to which every map is large."""
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    return create_app(SETTINGS, service).test_client()


def test_a_large_map_is_a_job_and_there_afterwards(client: FlaskClient, service: Service) -> None:
    address = "/map?kind=university&lang=fi&title=Kartta&suggestions=3&size=degree"
    first = client.get(address)
    assert first.status_code == 202
    assert client.get(address).headers["Location"] == first.headers["Location"], "one job"
    dispatcher(service, threads=0).drain()
    job: Any = client.get(first.headers["Location"]).get_json()
    assert (job["kind"], job["state"]) == ("map", "done")
    done = client.get(address)
    assert (done.status_code, done.mimetype) == (200, "text/html")
    ask = MapAsk(View(kinds=("university",)), "fi", "Kartta", 3, "degree")
    assert done.text == service.drawn(ask)
    assert client.get(address, headers={"If-None-Match": done.headers["ETag"]}).status_code == 304
    told: Any = client.get(job["result"]).get_json()
    assert told == {"revision": service.revision(), "bytes": len(done.data)}


def test_a_large_sheet_is_a_job_of_its_own(client: FlaskClient, service: Service) -> None:
    address = "/map?kind=university&lang=sv&format=svg&paper=a3"
    assert client.get(address).status_code == 202
    dispatcher(service, threads=0).drain()
    ask = MapAsk(View(kinds=("university",)), "sv")
    assert client.get(address).data == service.printed(ask, Print("svg", "a3"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_that_a_large_map_is_made_and_shows_it_then(
    client: FlaskClient, service: Service, language: str
) -> None:
    address = f"/network?kind=research_organisation&suggestions=0&lang={language}"
    waiting = client.get(address).text
    assert SAID[language] in waiting
    assert "<iframe" not in waiting, "what the API tells programs stands in no frame"
    assert waiting.count('data-job="') == 1
    dispatcher(service, threads=0).drain()
    shown = client.get(address).text
    assert SAID[language] not in shown
    assert "<iframe" in shown
    assert "format=svg" not in shown, "which would be a job again"


def test_a_small_map_is_made_at_once_and_kept_once(service: Service) -> None:
    client = create_app(SETTINGS, service).test_client()
    assert 0 < drawing.seconds(MapAsk(), service.outlook) < measuring.REQUEST_SECONDS
    shown = client.get("/network?lang=en").text
    assert "<iframe" in shown
    assert "format=svg" in shown
    assert client.get("/map?lang=en").status_code == 200
    assert not service.outlook.holds(MapAsked().ask.shared)


def test_a_map_like_an_earlier_one_costs_both(service: Service) -> None:
    like = MapAsk(like_day=service.today())
    assert drawing.seconds(like, service.outlook) > drawing.seconds(MapAsk(), service.outlook)


def test_a_job_can_be_asked_for_whatever_map_a_request_can() -> None:
    """But for ``lang``, which a job calls ``language``, and the view, which is one of its fields."""
    asked = set(MapParameters.model_fields) - set(View.model_fields) - {"kind", "lang"}
    assert asked <= set(MapAsked.model_fields) - {"view", "language"}


WISH = {
    "name": "region",
    "by": "Liisa",
    "view": {"kind": ["firm"]},
    "suggestions": 5,
    "title": "Yritykset",
    "language": "fi",
}


@pytest.mark.parametrize("preview", [True, False])
def test_what_a_published_map_stands_on_is_measured_by_a_job(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preview: bool
) -> None:
    monkeypatch.setattr(service, "publications", Publications.of(SETTINGS.model_copy(update={"home": tmp_path})))
    monkeypatch.setattr(measuring, "seconds", lambda *_: 99.0)
    wish = {**WISH, "preview": preview, "view": {"since": "2014-02-03" if preview else "2014-02-04"}}
    client = create_app(SETTINGS, service).test_client()
    first = client.post("/api/v1/publications", json=wish)
    assert first.status_code == 503 and int(first.headers["Retry-After"]) > 0
    assert "nothing is published yet" in first.get_json()["detail"]
    assert client.get("/api/v1/publications").get_json() == {"items": []}
    dispatcher(service, threads=0).drain()
    done: Any = client.post("/api/v1/publications", json=wish)
    assert done.status_code == 200
    assert (done.get_json()["version"] is None) == preview


def test_a_map_that_takes_long_to_draw_is_published_at_the_terminal(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "publications", Publications.of(SETTINGS.model_copy(update={"home": tmp_path})))
    monkeypatch.setattr(drawing, "_ROW", 1.0)
    client = create_app(SETTINGS, service).test_client()
    refused: Any = client.post("/api/v1/publications", json=WISH)
    assert refused.status_code == 422 and "graphsvc publish" in refused.get_data(as_text=True)
    sent = {"action": "publish", "by": "Liisa", "name": "region"}
    page = client.post("/publications?lang=sv", data=sent, headers={"Accept": "text/html"})
    assert page.status_code == 422 and "för stor för att publiceras här" in page.text
    assert client.get("/api/v1/publications").get_json() == {"items": []}
    assert service.publish("region", MapAsk(suggestions=0), NOTHING, "Liisa")[0].number == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_keeps_what_was_written_while_the_network_is_measured(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(service, "publications", Publications.of(SETTINGS.model_copy(update={"home": tmp_path})))
    monkeypatch.setattr(measuring, "seconds", lambda *_: 99.0)
    client = create_app(SETTINGS, service).test_client()
    another = str(date(2015, 1, 1 + LANGUAGES.index(language)))
    filled = {"action": "publish", "by": "Liisa", "title": "Kohta", "language": language, "since": another}
    told = client.post(f"/publications?lang={language}", data=filled)
    assert told.status_code == 202 and say("pages", "publications.measuring", language) in unescape(told.text)
    assert 'value="Kohta"' in told.text
    dispatcher(service, threads=0).drain()
    assert client.post("/publications", data=filled).status_code == 303


def test_publishing_asks_for_the_map_that_the_endpoint_would_show(client: FlaskClient, service: Service) -> None:
    """So that a map that was looked at is not measured again to be published."""
    asked = "kind=firm&since=2014-03-04&suggestions=5&title=Yritykset&lang=fi&caption=Kuva&licence=CC0"
    job = client.get(f"/map?{asked}").headers["Location"]
    wish = {**WISH, "view": {"kind": ["firm"], "since": "2014-03-04"}, "caption": "Kuva", "licence": "CC0"}
    assert client.post("/api/v1/publications", json=wish).status_code == 503
    waiting: Any = client.get("/api/v1/jobs").get_json()["items"]
    assert [each["href"] for each in waiting if each["kind"] == "map" and each["state"] == "queued"] == [job]
    dispatcher(service, threads=0).drain()
