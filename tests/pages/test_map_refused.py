"""Where a map in a frame or a file of a link is refused, or takes long, a person reads a page, a program a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from graphsvc import errors, working
from graphsvc.api.decision_forms import MEDIA
from graphsvc.api.problems import MEDIA_TYPE, RequestProblem, kind_of
from graphsvc.app import create_app
from graphsvc.drawing import MapAsk
from graphsvc.model import View
from graphsvc.publishing import Publications
from graphsvc.regions.views import VIEWS
from graphsvc.render.redaction import NOTHING
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import say
from graphsvc.working import dispatcher
from tests.pages.reading import LANGUAGES, Read, read, send
from tests.pages.test_waiting import FULL, REMEDY, fail

BROWSER: Final = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}
PROGRAMS: Final = ("application/json", MEDIA_TYPE, "*/*", f"text/html, {MEDIA_TYPE}")
REFUSALS: Final[Mapping[str, Exception]] = {
    "away": errors.StoreUnavailable("bolt://secret.example:7687 is away"),
    "slow": errors.OutOfTime("no time"),
    "timeout": errors.StoreTimeout("bolt://secret.example:7687 took long"),
    "not there": errors.NotFound("theme", "astrology"),
    "wrong": RequestProblem(422, "size: Input should be one of 'degree'."),
    "too much": RequestProblem(429, "Try again in 7 s.", headers={"Retry-After": "7"}),
    "not allowed": RequestProblem(403, "This key is limited to the place FI197; it can't ask about the whole graph."),
    "fault": ZeroDivisionError("division by zero"),
}


@pytest.fixture
def refusing(service: Service) -> Flask:
    """A service that refuses each map with the error that the address names, and anything with that of a header."""
    app = create_app(Settings(store=":memory:"), service)

    @app.before_request
    def refuse() -> None:
        why = request.headers.get("X-Why") or (request.args["title"] if request.path == "/map" else "")
        if why:
            raise REFUSALS[why]

    return app


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", REFUSALS)
def test_a_person_reads_a_page_that_may_stand_in_the_frame(refusing: Flask, why: str, language: str) -> None:
    client = refusing.test_client()
    answer = client.get("/map", query_string={"title": why, "lang": language}, headers=BROWSER)
    kind = kind_of(REFUSALS[why])
    assert (answer.status_code, answer.mimetype) == (kind.status, "text/html")
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "default-src 'none'" in policy and "unsafe" not in policy
    assert "<nav" not in answer.text and "<header" not in answer.text, "the page around it has all that"
    page = Read(answer.text)
    assert say("pages", f"problem.title_{kind.status}" if kind.status != 500 else "problem.title_other", language) in (
        page.text
    )
    assert ("/map?" in " ".join(page.links.values())) == (kind.status in (429, 500, 503, 504)), "worth another try"
    assert answer.text.count('target="_top"') == 1, "its links lead away with the whole page"
    assert "secret" not in answer.text and "division" not in answer.text
    said = client.get("/map", query_string={"title": why, "lang": language})
    assert answer.headers.get("Retry-After") == said.headers.get("Retry-After")


@pytest.mark.parametrize("accept", PROGRAMS)
@pytest.mark.parametrize("why", REFUSALS)
def test_a_program_gets_the_problem(refusing: Flask, why: str, accept: str) -> None:
    answer = refusing.test_client().get("/map", query_string={"title": why}, headers={"Accept": accept})
    told: Any = answer.get_json(force=True)
    assert answer.mimetype == MEDIA_TYPE
    assert told["status"] == answer.status_code == kind_of(REFUSALS[why]).status


def test_what_is_wrong_with_the_question_is_named_in_the_frame(client: FlaskClient) -> None:
    answer = client.get("/map?suggestions=many&lang=fi", headers=BROWSER)
    assert answer.status_code == 422
    assert "Kuinka monta ehdotusta" in answer.text and "kokonaisluku numeroin" in answer.text


def test_who_is_not_signed_in_is_led_there_out_of_the_frame(service: Service, tmp_path: Path) -> None:
    app = create_app(Settings(store=":memory:", home=tmp_path, public="nothing", work_per_minute=0), service)
    answer = app.test_client().get("/map?place=FI197&lang=en", headers=BROWSER)
    assert answer.status_code == 401, "a page of its own would not stand in the frame"
    assert Read(answer.text).links["Sign in"] == "/sign-in?next=/network?place%3DFI197%26lang%3Den&lang=en"
    assert 'target="_top"' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_map_that_is_being_made_says_so_in_the_frame(
    client: FlaskClient, service: Service, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    address = f"/map?kind=civil_society&lang={language}"
    told = client.get(address)
    assert (told.status_code, told.mimetype) == (202, "application/json")
    page = client.get(address, headers=BROWSER)
    assert (page.status_code, page.mimetype) == (202, "text/html")
    for name in ("Location", "Retry-After"):
        assert page.headers[name] == told.headers[name]
    assert f'data-job="{told.headers["Location"]}"' in page.text
    assert say("pages", "making.title", language) in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    dispatcher(service, threads=0).drain()
    done = client.get(address, headers=BROWSER)
    assert done.status_code == 200 and done.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_a_published_map_that_is_gone_says_so_in_the_frames_of_other_sites(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(store=":memory:", home=tmp_path, frames="https://www.example.org")
    monkeypatch.setattr(service, "publications", Publications.of(settings))
    service.publish("region", MapAsk(View(kinds=("civil_society",)), suggestions=0), NOTHING, "Liisa")
    service.publications.withdraw("region", 1)
    client = create_app(settings, service).test_client()
    gone = client.get("/published/region", headers=BROWSER | {"Accept-Language": "sv"})
    assert (gone.status_code, gone.headers["Content-Language"]) == (404, "sv")
    assert "frame-ancestors 'self' https://www.example.org;" in gone.headers["Content-Security-Policy"]
    assert Read(gone.text).links == {}, "who reads the other site has no business here"
    assert client.get("/published/region", headers={"Accept": "*/*"}).mimetype == MEDIA_TYPE


LINKING: Final = (
    *("/", "/network?place=FI197", "/missing?place=FI197", "/missing/decisions", "/settings"),
    *(f"/regions/{view}" for view in VIEWS),
)
"""Pages that lead to files."""


@pytest.fixture(scope="module")
def files(client: FlaskClient) -> list[str]:
    """One link to each kind of file that pages lead to."""
    links = {href for page in LINKING for href in read(client, page).hrefs if re.match("/api/v1/(?!docs)", href)}
    by_path = {(link.partition("?")[0], re.sub(".*format=([a-z]+).*", r"\1", link)): link for link in sorted(links)}
    return sorted(by_path.values())


def test_each_link_to_a_file_gives_one(client: FlaskClient, files: list[str]) -> None:
    told = " ".join(files)
    for part in (
        "format=csv",
        "format=graphml",
        "partnerships/missing?format=xlsx",
        "decisions",
        "backup",
        "/template",
    ):
        assert part in told, part
    for link in files:
        answer = client.get(link, headers=BROWSER)
        assert answer.status_code == 200 and answer.mimetype != "text/html", link


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", REFUSALS)
def test_a_person_whose_file_is_refused_reads_a_page(
    refusing: Flask, files: list[str], why: str, language: str
) -> None:
    client = refusing.test_client(use_cookies=False)
    refused = {"X-Why": why, "Accept-Language": language}
    kind = kind_of(REFUSALS[why])
    headline = say("pages", f"problem.title_{kind.status}" if kind.status != 500 else "problem.title_other", language)
    for link in files:
        told = client.get(link, headers=refused | {"Accept": "*/*"})
        assert told.mimetype == MEDIA_TYPE, link
        page = client.get(link, headers=refused | BROWSER)
        assert (page.status_code, page.mimetype) == (told.status_code, "text/html") == (kind.status, "text/html"), link
        read_ = Read(page.text)
        if "lang=" not in link:
            assert f'<html lang="{language}">' in page.text and headline in read_.text, link
        assert (link in read_.hrefs) == (kind.status in (429, 500, 503, 504)), "worth another try"
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers.get("Retry-After") == told.headers.get("Retry-After")
        assert "secret" not in page.text and "division" not in page.text


def test_who_wants_a_file_and_is_not_signed_in_is_led_back_to_its_page(service: Service, tmp_path: Path) -> None:
    app = create_app(Settings(store=":memory:", home=tmp_path, public="nothing", work_per_minute=0), service)
    came = {"Referer": "http://localhost/missing?place=FI197"}
    answer = app.test_client().get("/api/v1/partnerships/missing?format=xlsx", headers=BROWSER | came)
    assert answer.status_code == 401
    assert Read(answer.text).links["Sign in"] == "/sign-in?next=/missing?place%3DFI197"


def test_a_file_that_is_being_made_says_so(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    address = "/api/v1/partnerships/missing?format=xlsx&kind=civil_society"
    page = client.application.test_client().get(address, headers=BROWSER | {"Accept-Language": "sv"})
    assert (page.status_code, page.mimetype) == (202, "text/html")
    assert say("pages", "making_file.title", "sv") in page.text
    assert f'data-job="{page.headers["Location"]}"' in page.text
    dispatcher(service, threads=0).drain()
    assert client.get(address, headers=BROWSER).mimetype == MEDIA["xlsx"]


FILES_LATER = {
    "map": "/map?kind=civil_society",
    "missing": "/api/v1/partnerships/missing?format=xlsx&kind=civil_society",
    "export": "/api/v1/exports/kumu?kind=civil_society",
}
"""Kind of job → the address of a file that waits for it."""


@pytest.mark.parametrize("kind", FILES_LATER)
def test_a_file_that_could_not_be_made_says_so_and_is_not_begun_by_looking(
    writer: FlaskClient, own: Service, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page that waits looks again when the job has ended: it would begin it anew as long as it is open."""
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    at = FILES_LATER[kind]
    assert 'data-job="' in writer.get(at, headers=BROWSER).text
    failed = fail(own, kind)
    for _ in range(2):
        page = writer.get(at, headers=BROWSER)
        assert FULL in page.text and REMEDY in page.text and "data-job" not in page.text
    assert own.jobs.find(kind=kind)[1] == 1
    assert Read(page.text).form("/again").action == f"/jobs/{failed}/again"
    assert send(writer, Read(page.text).form("/again")).status_code == 303
    assert own.jobs.find(kind=kind)[1] == 2
    fail(own, kind)
    assert writer.get(at).status_code == 202, "a program that asks again wants it begun anew"
    assert own.jobs.find(kind=kind)[1] == 3


def test_answers_that_are_json_are_for_programs_whoever_asks(client: FlaskClient) -> None:
    for path in ("/api/v1/openings?place=nowhere", "/api/v1/nowhere", "/api/v1/jobs/none"):
        assert client.get(path, headers=BROWSER).mimetype == MEDIA_TYPE, path
