"""A large network comes part by part, the same bytes, packed and with an ETag; lists are packed as they are sent."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from graphsvc.api import network
from graphsvc.app import create_app
from graphsvc.model import IdentityLevel, View
from graphsvc.render.exports import GraphFormat
from graphsvc.service import Service
from tests.api.conftest import SETTINGS

PATH = "/api/v1/network?identity=organisation&format="


@pytest.mark.parametrize("form", ["json", "csv", "graphml", "gexf"])
def test_a_large_network_has_the_bytes_of_the_export(
    service: Service, monkeypatch: pytest.MonkeyPatch, form: GraphFormat
) -> None:
    monkeypatch.setattr(network, "LARGE", 10)
    client = create_app(SETTINGS, service).test_client()
    whole = service.export(View(identity=IdentityLevel.ORGANISATION), form)
    plain = client.get(PATH + form)
    assert plain.is_streamed
    assert "Content-Length" not in plain.headers
    assert plain.data == whole
    packed = client.get(PATH + form, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == whole
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for tag in (plain.headers["ETag"], packed.headers["ETag"]):
        again = client.get(PATH + form, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
    assert client.get(PATH + form).data == whole, "it can be made again"


def test_a_small_one_is_kept_and_has_its_length(client: FlaskClient) -> None:
    answer = client.get(PATH + "json")
    assert int(answer.headers["Content-Length"]) == len(answer.data)


@pytest.mark.parametrize(
    "path",
    ["/api/v1/actors", "/api/v1/actors?format=csv", "/api/v1/collaborations", "/api/v1/themes", "/api/v1/exports/csv"],
)
def test_words_are_packed_and_have_their_etag(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert plain.headers["ETag"] != packed.headers["ETag"]
    for tag in (plain.headers["ETag"], packed.headers["ETag"]):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_what_is_packed_already_is_left_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/api/v1/exports/tables", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
