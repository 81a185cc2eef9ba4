"""Publishing over the API: what is hidden is nowhere; what is published is for everybody, in frames of named sites."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.app import create_app
from graphsvc.drawing import MapAsk
from graphsvc.errors import SettingsError
from graphsvc.publishing import Publications
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.render.test_redaction import page_text

SITE = "https://www.example.org"


@pytest.fixture
def client(tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    settings = Settings(store=":memory:", home=tmp_path, frames=f"{SITE}, https://*.example.net:8443")
    monkeypatch.setattr(service, "publications", Publications.of(settings))
    return create_app(settings, service).test_client()


def publish(client: FlaskClient, **wish: Any) -> Any:
    answer = client.post("/api/v1/publications", json={"name": "region", "by": "Liisa", **wish})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def test_what_is_hidden_is_nowhere_in_the_bytes(client: FlaskClient, service: Service) -> None:
    actor = max(service.network().actors.values(), key=lambda each: len(service.network().collaborations_of[each.id]))
    preview = publish(client, hide={"actors": [actor.id]}, preview=True)
    assert preview["version"] is None
    assert preview["hidden"]["actors"] == [actor.name]
    assert client.get("/api/v1/publications").get_json() == {"items": []}
    publish(client, hide={"actors": [actor.id]})
    said = page_text(client.get("/published/region").get_data(as_text=True))
    assert actor.name not in said
    assert f'"{actor.id}"' not in said
    open_ = page_text(client.get("/map").get_data(as_text=True))
    assert actor.name in open_


def test_versions_stay_and_tell_what_changed(client: FlaskClient, service: Service) -> None:
    first = publish(client, view={"kind": ["university", "firm"]}, title="Yliopistot ja yritykset", language="fi")[
        "version"
    ]
    second = publish(client, language="fi")["version"]
    assert (first["number"], second["number"]) == (1, 2)
    assert second["changed"]["new_ties"] > 0
    before = client.get("/published/region/1")
    assert "Yliopistot ja yritykset" in before.get_data(as_text=True)
    assert "immutable" in before.headers["Cache-Control"]
    assert client.get("/published/region").headers["Cache-Control"] == "no-cache"
    listed = client.get("/api/v1/publications/region").get_json()["items"]
    assert [each["number"] for each in listed] == [2, 1]
    assert f'title="{second["title"]}"' in second["embed"]
    assert first["href"] == "/published/region/1"


def test_what_is_said_of_a_map_is_in_the_page_the_list_and_the_code(client: FlaskClient) -> None:
    said = {"caption": "Who works with whom.", "licence": "CC BY 4.0", "alternative": "A university in the middle."}
    version = publish(client, **said)["version"]
    assert {name: version[name] for name in said} == said
    assert version["sources"]
    assert "Who works with whom. CC BY 4.0" in version["embed"]
    page = client.get("/published/region").get_data(as_text=True)
    assert all(text in page for text in said.values())
    sheet = client.get("/map", query_string={**said, "format": "svg"}).get_data(as_text=True)
    assert all(text in sheet for text in said.values())


def test_only_named_sites_may_frame_a_published_map(client: FlaskClient) -> None:
    publish(client)
    answer = client.get("/published/region")
    assert answer.headers["Content-Security-Policy"] == f"frame-ancestors 'self' {SITE} https://*.example.net:8443"
    assert "frame-ancestors 'none'" in client.get("/api/v1/themes").headers["Content-Security-Policy"]


def test_what_is_withdrawn_is_not_shown_any_more(client: FlaskClient) -> None:
    publish(client)
    assert client.delete("/api/v1/publications/region/1").get_json()["withdrawn"]
    for path in ("/published/region", "/published/region/1"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
    assert client.get("/api/v1/publications").get_json() == {"items": []}


@pytest.mark.parametrize(
    ("wish", "status", "why"),
    [
        ({"hide": {"actors": ["nobody"]}}, 422, "no actor 'nobody'"),
        ({"hide": {"fields": ["phones"]}}, 422, "hide.fields"),
        ({"name": "../../etc"}, 422, "name"),
        ({"view": {"theme": "no-such-theme"}}, 404, "theme"),
        ({"view": {"since": "2020-01-01", "until": "2019-01-01"}}, 422, "until"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_and_publishes_nothing(
    client: FlaskClient, wish: dict[str, Any], status: int, why: str
) -> None:
    answer = client.post("/api/v1/publications", json={"name": "region", "by": "Liisa", **wish})
    assert answer.status_code == status
    assert why in answer.get_data(as_text=True)
    assert client.get("/api/v1/publications").get_json() == {"items": []}


def test_everybody_sees_what_is_published_and_nobody_else_may_publish(
    tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(store=":memory:", home=tmp_path, public="nothing")
    monkeypatch.setattr(service, "publications", Publications.of(settings))
    client = create_app(settings, service).test_client()
    service.publications.publish("region", service.map_content(MapAsk()), "<p>page</p>", "Liisa")
    assert client.get("/published/region").get_data() == b"<p>page</p>"
    assert client.get("/api/v1/publications").status_code == 401
    assert client.post("/api/v1/publications", json={"name": "region", "by": "x"}).status_code == 401


@pytest.mark.parametrize("site", ["example.org", "https://a.example; script-src *", "'unsafe-inline'", "https://a b"])
def test_a_site_that_is_none_is_refused(tmp_path: Path, site: str) -> None:
    with pytest.raises(SettingsError, match="GRAPHSVC_FRAMES"):
        Publications.of(Settings(home=tmp_path, frames=site))
