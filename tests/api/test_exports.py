"""Exports over HTTP: every format, with a good name, an ETag by revision, and the same bytes as the service gives."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from graphsvc.exporting import FORMS, Ask, Format
from graphsvc.model import View
from graphsvc.service import Service


@pytest.mark.parametrize("format_", FORMS)
def test_every_format_is_a_file_with_a_name(client: FlaskClient, service: Service, format_: Format) -> None:
    response = client.get(f"/api/v1/exports/{format_}?lang=fi")
    assert response.status_code == 200
    assert response.mimetype == FORMS[format_].media_type
    assert response.data == service.export_as(Ask(format_, "fi")).content
    name = response.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="graphsvc-')
    assert name.endswith(f'-revision-{service.revision()}.{FORMS[format_].ending}"')


@pytest.mark.parametrize("format_", FORMS)
def test_what_did_not_change_is_not_sent_again(client: FlaskClient, format_: Format) -> None:
    tag = client.get(f"/api/v1/exports/{format_}").headers["ETag"]
    again = client.get(f"/api/v1/exports/{format_}", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_workbook_speaks_the_language_asked_for(client: FlaskClient) -> None:
    for language, sheet in (("fi", "Toimijat"), ("sv", "Aktörer"), ("en", "Actors")):
        book = load_workbook(io.BytesIO(client.get(f"/api/v1/exports/workbook?lang={language}").data))
        assert sheet in book.sheetnames


def test_tables_are_written_as_asked(client: FlaskClient) -> None:
    def header(style: str) -> str:
        with zipfile.ZipFile(io.BytesIO(client.get(f"/api/v1/exports/tables?lang=en&style={style}").data)) as archive:
            return archive.read("Participations.csv").decode("utf-8-sig").splitlines()[0]

    assert header("finnish").startswith("actor;collaboration;role")
    assert header("plain").startswith("actor,collaboration,role")


def test_a_network_is_that_of_the_view(client: FlaskClient, service: Service) -> None:
    response = client.get("/api/v1/exports/json?place=fi-tampere&reach=inside&two_mode=true")
    graph = json.loads(response.data)
    network = service.network(View.model_validate({"place": "fi-tampere", "reach": "inside"}))
    assert {node["id"] for node in graph["nodes"]} == set(network.two_mode)
    assert (graph["graph"]["place"], graph["graph"]["mode"]) == ("fi-tampere", "two-mode")
    assert graph["graph"]["revision"] == str(service.revision())
    assert "json-two-mode" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("workbook?place=fi-tampere", 422, "place: Unknown parameter"),
        ("tables?two_mode=true", 422, "two_mode: Unknown parameter"),
        ("tables?style=german", 422, "style"),
        ("gexf?two_mode=yes", 422, "two_mode: write true or false"),
        ("gexf?style=plain", 422, "style: Unknown parameter"),
        ("kumu?place=nowhere", 404, "nowhere"),
        ("word", 404, ""),
    ],
)
def test_what_makes_no_sense_is_refused(client: FlaskClient, address: str, status: int, said: str) -> None:
    response = client.get(f"/api/v1/exports/{address}")
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert said in response.text
