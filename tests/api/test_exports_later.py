"""Files that must be whole before they are sent become jobs where they are large; the others come as they are made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from flask.testing import FlaskClient

from graphsvc import exporting, working
from graphsvc.api import network
from graphsvc.app import create_app
from graphsvc.client import Client
from graphsvc.exporting import FORMS, Ask, Whole
from graphsvc.ingest import workbook_out
from graphsvc.measuring import REQUEST_SECONDS
from graphsvc.model import EVERYTHING, View
from graphsvc.render import kumu
from graphsvc.service import Service
from graphsvc.working import dispatcher
from tests.api.conftest import SETTINGS, unasked
from tests.browser.serving import served

TAMPERE = View(place="fi-tampere")
LARGE = {
    "workbook?lang=sv": Ask("workbook", "sv"),
    "tables?lang=fi&style=plain": Ask("tables", "fi", style="plain"),
    "kumu?lang=fi&two_mode=true&place=fi-tampere": Ask("kumu", "fi", TAMPERE, two_mode=True),
}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """The sample, of which nobody has asked for a file yet."""
    with unasked() as service:
        yield service


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(SETTINGS, service).test_client()


@pytest.mark.parametrize("address", LARGE)
def test_a_large_file_is_a_job_and_there_afterwards(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    ask = LARGE[address]
    first = client.get(f"/api/v1/exports/{address}")
    assert first.status_code == 202
    assert client.get(f"/api/v1/exports/{address}").headers["Location"] == first.headers["Location"], "one job"
    dispatcher(service, threads=0).drain()
    job: Any = client.get(first.headers["Location"]).get_json()
    assert (job["kind"], job["state"], job["arguments"]["format"]) == ("export", "done", ask.format)
    done = client.get(f"/api/v1/exports/{address}")
    assert (done.status_code, done.mimetype) == (200, FORMS[ask.format].media_type)
    assert done.data == service.export_as(ask).content
    assert f"-revision-{service.revision()}." in done.headers["Content-Disposition"]
    told: Any = client.get(job["result"]).get_json()
    assert told == {"revision": service.revision(), "bytes": len(done.data)}
    unchanged = client.get(f"/api/v1/exports/{address}", headers={"If-None-Match": done.headers["ETag"]})
    assert unchanged.status_code == 304


def test_the_client_waits_for_a_large_file_and_has_it(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    doing = dispatcher(service, threads=1)
    doing.start()
    try:
        with served(create_app(SETTINGS, service)) as address, Client(address) as graph:
            content = graph.get_export_kumu(place="FI197", lang="en")
    finally:
        doing.stop()
    assert content == service.export_as(Ask("kumu", "en", View(place="FI197"))).content
    assert any(job.kind == "export" and "FI197" in job.arguments for job in service.jobs.find()[0]), "it was a job"


@pytest.mark.parametrize("format_", [name for name in FORMS if name not in get_args(Whole)])
def test_what_comes_as_it_is_made_is_never_a_job(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch, format_: exporting.Format
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    monkeypatch.setattr(network, "LARGE", 10)
    answer = client.get(f"/api/v1/exports/{format_}?lang=en")
    assert (answer.status_code, answer.is_streamed) == (200, True)
    assert answer.data == service.export_as(Ask(format_)).content


def test_no_graph_of_all_ties_is_made_for_a_file(service: Service) -> None:
    found = service.outlook.build(EVERYTHING)
    for format_ in FORMS:
        if not FORMS[format_].whole:
            assert exporting.content(Ask(format_), found)
    assert "projection" not in vars(found)


def test_how_long_a_file_takes_is_known_before_it_is_made(service: Service) -> None:
    held, found = service.snapshot(), service.network()
    part = service.network(TAMPERE)
    rows = len(held.actors) + len(held.collaborations) + len(held.participations)
    for ask, size, large in (
        (Ask("workbook"), rows, 196_000),  # of Horizon 2020
        (Ask("tables"), rows, 500_000),
        (Ask("kumu"), len(found.actors) + found.arrays.edges, 690_000),
        (Ask("kumu", view=TAMPERE), len(part.actors) + part.arrays.edges, 690_000),
        (Ask("kumu", two_mode=True), len(found.actors) + sum(map(len, found.members.values())), 690_000),
    ):
        seconds = exporting.seconds(ask, service.outlook)
        assert 0 < seconds < REQUEST_SECONDS, "the sample is made at once"
        assert seconds * large / size > REQUEST_SECONDS, "a whole programme is not"


@pytest.mark.parametrize("ask", LARGE.values(), ids=lambda ask: ask.format)
def test_it_is_told_how_many_rows_are_written_and_may_be_stopped(
    service: Service, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    monkeypatch.setattr("graphsvc.ingest.tables_out._TELLS", 10)
    monkeypatch.setattr(kumu, "AT_ONCE", 10)
    source = service.snapshot() if ask.form.whole else service.network(ask.view)
    told: list[tuple[int, int]] = []
    exporting.content(ask, source, progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {told[-1][1]}
    assert told[-1][1] * 0.8 < told[-1][0] <= told[-1][1]

    def stop(done: int, _: int) -> None:
        if done >= 20:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        exporting.content(ask, source, progress=stop)


def test_more_rows_than_a_sheet_holds_are_refused_and_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_out, "EXCEL_ROWS", 100)
    for address, remedy in (("kumu?lang=sv", "kumu-json"), ("kumu?two_mode=true", "kumu-json"), ("workbook", "tables")):
        answer = client.get(f"/api/v1/exports/{address}")
        assert answer.status_code == 422
        assert "a sheet of Excel holds 100" in answer.text and remedy in answer.text
    assert client.get("/api/v1/exports/tables?lang=en&style=plain").status_code == 200


def test_a_kumu_blueprint_in_parts_is_one_document(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/api/v1/exports/kumu-json?two_mode=true").data
    monkeypatch.setattr("graphsvc.render.network_rows.AT_ONCE", 7)
    parts = client.get("/api/v1/exports/kumu-json?two_mode=true&lang=en").data
    assert json.loads(whole) == json.loads(parts)


def test_what_would_not_be_read_back_is_looked_for_only_where_it_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*_: Any, **__: Any) -> list[str]:
        raise AssertionError("a third of the work, for nobody")

    monkeypatch.setattr(exporting, "beyond", looked)
    assert client.get("/api/v1/exports/tables?lang=sv").status_code == 200
