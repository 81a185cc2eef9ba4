"""A file of everything, or for Kumu, from a page: at once where it is small, else the page waits and then has it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc import working
from graphsvc.exporting import Ask
from graphsvc.model import View
from graphsvc.service import Service
from graphsvc.working import dispatcher
from tests.pages.reading import read

READY = {"fi": "Tiedosto on valmis.", "sv": "Filen är klar.", "en": "The file is ready."}
WAITING = {"fi": "Tämä kestää hetken", "sv": "Det här tar en stund", "en": "This takes a while"}


def test_a_small_file_comes_at_once(client: FlaskClient, service: Service) -> None:
    answer = client.get("/exports/kumu?place=fi-tampere&two_mode=true&lang=sv")
    assert (answer.status_code, answer.location) == (
        303,
        "/api/v1/exports/kumu?place=fi-tampere&two_mode=true&lang=sv",
    )
    asked = Ask("kumu", "sv", View(place="fi-tampere"), two_mode=True)
    assert client.get(answer.location).data == service.export_as(asked).content


@pytest.mark.parametrize(
    ("language", "address", "ask"),
    [
        ("fi", "/exports/workbook", Ask("workbook", "fi")),
        ("sv", "/exports/tables", Ask("tables", "sv")),
        ("en", "/exports/kumu?place=FI197", Ask("kumu", "en", View(place="FI197"))),
    ],
)
def test_the_page_waits_for_a_large_one_and_then_has_it(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch, language: str, address: str, ask: Ask
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    client.set_cookie("language", language)
    first = client.get(address)
    assert first.status_code == 200
    assert WAITING[language] in first.text and READY[language] not in first.text
    job = first.text.split('data-job="')[1].split('"')[0]
    assert client.get(job).get_json()["state"] == "queued"
    dispatcher(service, threads=0).drain()
    page = read(client, address)
    assert READY[language] in page.text and WAITING[language] not in page.text
    (file,) = (each for each in page.links.values() if each.startswith("/api/v1/exports/"))
    assert client.get(file).data == service.export_as(ask).content


def test_the_pages_offer_what_there_is(client: FlaskClient) -> None:
    links = read(client, "/?lang=en").links.values()
    assert {"/exports/kumu", "/exports/workbook", "/exports/tables"} <= set(links)
    assert "/exports/kumu?place=FI197" in read(client, "/network?place=FI197&lang=en").links.values()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/exports/graphml", 404),
        ("/exports/word", 404),
        ("/exports/workbook?place=FI197", 422),
        ("/exports/kumu?a=b", 422),
    ],
)
def test_what_makes_no_sense_is_refused(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status
