"""The map on paper over HTTP: by parameter or by the header Accept, with a policy that lets an SVG do nothing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc.drawing import MapAsk
from graphsvc.render.printed import MEDIA_TYPES, Print
from graphsvc.service import Service


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_a_sheet_comes_by_parameter_and_by_accept(client: FlaskClient, service: Service, form: str) -> None:
    by_name = client.get(f"/map?format={form}&lang=fi")
    by_header = client.get("/map?lang=fi", headers={"Accept": MEDIA_TYPES[form]})  # type: ignore[index]
    assert by_name.status_code == 200
    assert by_name.mimetype == by_header.mimetype == MEDIA_TYPES[form]  # type: ignore[index]
    assert by_name.data == by_header.data == service.printed(MapAsk(language="fi"), Print(form))  # type: ignore[arg-type]
    assert "default-src 'none'" in by_name.headers["Content-Security-Policy"]
    again = client.get(f"/map?format={form}&lang=fi", headers={"If-None-Match": by_name.headers["ETag"]})
    assert again.status_code == 304


def test_paper_and_ink_are_chosen(client: FlaskClient) -> None:
    sheet = client.get("/map?format=svg&paper=a3&ink=grey").text
    assert 'width="420mm"' in sheet
    assert "#0072b2" not in sheet
    assert client.get("/map?format=svg&paper=letter").status_code == 422


def test_without_a_wish_the_page_comes(client: FlaskClient) -> None:
    assert client.get("/map").mimetype == "text/html"
    browser = "text/html,application/xhtml+xml,image/avif,image/svg+xml,*/*;q=0.8"
    assert client.get("/map", headers={"Accept": browser}).mimetype == "text/html"
