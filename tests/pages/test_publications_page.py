"""Publishing from a page: previewed, frozen, listed, embedded, withdrawn; what is hidden is not in the bytes."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc.service import Service
from graphsvc.wording import say
from tests.pages.reading import LANGUAGES, Form, Read, read, send

HERE = "/publications?place=FI197&lang=en"


def form_of(client: FlaskClient) -> Form:
    form = read(client, HERE).form("/publications")
    form.action = "/publications"
    return form


def test_a_map_is_previewed_published_listed_and_withdrawn(writer: FlaskClient, own: Service) -> None:
    filled = {
        "place": "FI197",
        "title": "Pirkanmaan verkosto 2026",
        "caption": "Who works with whom",
        "licence": "CC BY 4.0",
        "hide_actors": "Tampereen yliopisto\nTechila Technologies Oy",
        "hide_field": "websites",
        "by": "Maija Mäkinen",
    }
    preview = send(writer, form_of(writer), **filled, action="preview")
    assert preview.status_code == 200
    assert "This would be left out" in preview.text and "Tampereen yliopisto" in preview.text
    assert 'value="pirkanmaan-verkosto-2026"' in preview.text, "a name for the address is proposed"
    assert own.publications.newest() == ()
    published = send(writer, form_of(writer), **filled, action="publish")
    assert (published.status_code, published.location) == (303, "/publications/pirkanmaan-verkosto-2026")
    page = read(writer, published.location + "?lang=en")
    assert "Who works with whom" in page.text and "Maija Mäkinen" in page.text
    frozen = writer.get(page.links["Open the map"])
    assert frozen.status_code == 200
    for gone in ("Tampereen yliopisto", "fi-2844561-8", "Techila"):
        assert gone not in frozen.text
    assert "Pirkanmaan verkosto 2026" in frozen.text and "CC BY 4.0" in frozen.text
    assert "/published/pirkanmaan-verkosto-2026" in writer.get(published.location).text.split("<textarea")[1]
    assert page.links["1"] == "/published/pirkanmaan-verkosto-2026/1"
    assert send(writer, page.form("/withdrawals")).status_code == 303
    assert "All versions were withdrawn." in read(writer, published.location + "?lang=en").text
    assert writer.get("/published/pirkanmaan-verkosto-2026/1").status_code == 404


def test_the_same_name_again_is_the_next_version_with_what_changed(writer: FlaskClient) -> None:
    first = {"place": "FI197", "name": "region", "by": "Maija", "action": "publish"}
    send(writer, form_of(writer), **first)
    send(writer, form_of(writer), **first, hide_kind="university")
    page = read(writer, "/publications/region?lang=en")
    assert "actors +0 −107" in page.text
    assert {"1", "2"} <= set(page.links)


def test_a_slip_publishes_nothing(writer: FlaskClient, own: Service) -> None:
    for wrong in ({"hide_actors": "Nobody of this name"}, {"name": "No Spaces"}, {"by": " "}, {"hide_field": "salary"}):
        answer = send(writer, form_of(writer), **{"by": "Maija", "name": "region", **wrong}, action="publish")
        assert answer.status_code in (404, 422), wrong
    assert own.publications.newest() == ()


def test_a_report_of_the_view_is_made(client: FlaskClient) -> None:
    answer = client.get("/publications/report?place=FI197&language=sv&form=html&changes_since=2018-12-31")
    assert answer.status_code == 303
    assert answer.location == "/api/v1/reports?format=html&place=FI197&changes_since=2018-12-31&lang=sv"
    report = client.get(answer.location)
    assert report.status_code == 200 and '<html lang="sv"' in report.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_of_a_map_that_hides_nothing_says_so(writer: FlaskClient, language: str) -> None:
    form = read(writer, f"/publications?lang={language}").form("/publications")
    told = Read(send(writer, form, action="preview", kind="civil_society", suggestions="0").text).text
    assert say("pages", "publications.hidden_nothing", language) in told
    hiding = Read(send(writer, form, action="preview", kind="civil_society", hide_field="years").text).text
    assert say("pages", "publications.hidden_nothing", language) not in hiding
