"""Reports over the API: four forms of one content, in the background where it takes long."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from graphsvc import working
from graphsvc.api.reports import ReportGiven
from graphsvc.model import View
from graphsvc.reporting import ReportAsk
from graphsvc.service import Service
from graphsvc.working import dispatcher

PIRKANMAA = "/api/v1/reports?place=FI197&suggestions=3"


def test_the_same_report_in_every_form(client: FlaskClient, service: Service) -> None:
    said = client.get(f"{PIRKANMAA}&format=json&lang=fi").get_json()
    page = client.get(f"{PIRKANMAA}&format=html&lang=fi")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PIRKANMAA}&format=xlsx&lang=fi").data))
    assert page.content_type == "text/html; charset=utf-8"
    text = page.get_data(as_text=True)
    assert said["title"] in text
    figures = {each["id"]: each for each in said["figures"]}
    network = service.network(View(place="FI197"))
    assert figures["actors"]["value"] == len(network.actors) == 396
    assert figures["ties"]["change"] == figures["ties"]["after"] - figures["ties"]["before"]
    sheet = book["Avainluvut vuodesta toiseen"]
    assert sheet["B3"].value == 396
    assert said["tables"][0]["id"] == "course"


def test_a_report_takes_no_more_than_was_asked_for(client: FlaskClient) -> None:
    told = client.get(f"{PIRKANMAA}&format=json&lang=en").get_json()
    missing = next(each for each in told["sections"] if each["id"] == "missing")
    assert len(missing["findings"][0]["items"]) == 3
    assert missing["findings"][0]["items"][0]["reasons_for"]


def test_of_an_actor_that_is_not_there(client: FlaskClient) -> None:
    answer = client.get("/api/v1/reports?actor=nobody&format=json")
    assert answer.status_code == 404
    assert "nobody" in answer.get_json()["detail"]


def test_a_day_that_is_not_before_the_data_is_refused(client: FlaskClient) -> None:
    answer = client.get(f"{PIRKANMAA}&changes_since=2030-01-01&format=json")
    assert answer.status_code == 422


def test_what_takes_long_becomes_a_job_and_is_there_afterwards(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    address = "/api/v1/reports?place=FI197&suggestions=2&format=json&lang=sv"
    first = client.get(address)
    assert first.status_code == 202
    dispatcher(service, threads=0).drain()
    job: Any = client.get(first.headers["Location"]).get_json()
    assert (job["kind"], job["state"]) == ("report", "done")
    done = client.get(address)
    assert done.status_code == 200
    ReportGiven.model_validate_json(done.data)
    assert json.loads(done.data)["language"] == "sv"
    assert service.outlook.holds(ReportAsk(View(place="FI197"), language="sv", suggestions=2).shared)
