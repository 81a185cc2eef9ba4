"""Who is let in: every endpoint against every kind of caller, limits to a part, other origins, and too much work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc import working
from graphsvc.access.installation import Access
from graphsvc.access.keys import KeyRing, Wish
from graphsvc.access.rights import Right
from graphsvc.access.users import Duty, Role
from graphsvc.api import openapi
from graphsvc.api.contract import Endpoint
from graphsvc.api.params import ViewParameters
from graphsvc.api.routes import contract
from graphsvc.app import create_app, door_of
from graphsvc.jobs.job import Wish as Asked
from graphsvc.model import Place, PlaceKind, View
from graphsvc.service import Service
from graphsvc.settings import Settings

ANYWHERE = "0.0.0.0"  # noqa: S104  # a setting, not bound to
ORIGIN = "https://tool.example.org"
CALLERS = {
    "nobody": Right.NOTHING,
    "reads": Right.READ,
    "writes": Right.WRITE,
    "administers": Right.ADMIN,
    "limited": Right.READ,
    "viewer": Right.READ,
    "editor": Right.WRITE,
    "administrator": Right.ADMIN,
    "limited viewer": Right.READ,
    "with a first password": Right.NOTHING,
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    return Settings(
        store=":memory:", home=home, host=ANYWHERE, origins=f"{ORIGIN}, https://b.example", work_per_minute=0
    )


@pytest.fixture(scope="module")
def app(settings: Settings, service: Service) -> Flask:
    return create_app(settings, service)


@pytest.fixture(scope="module")
def headers(settings: Settings, service: Service) -> dict[str, dict[str, str]]:
    ring = KeyRing.of(settings.home)

    def shows(wish: Wish) -> dict[str, str]:
        return {"Authorization": f"Bearer {ring.make(wish)[1]}"}

    access = Access.of(settings.home)

    def signed_in(name: str, duty: Duty, *, chosen: bool = True) -> dict[str, str]:
        user, _ = access.users.make(name, duty)
        if chosen:
            access.users.choose(user.id, "correct horse battery")
        return {"Cookie": f"session={access.sessions.start(user.id)}", "Sec-Fetch-Site": "same-origin"}

    gone, text = ring.make(Wish("gone", Right.ADMIN))
    ring.revoke(gone.id)
    return {
        "nobody": {},
        "reads": shows(Wish("reads")),
        "writes": shows(Wish("writes", Right.WRITE)),
        "administers": shows(Wish("administers", Right.ADMIN)),
        "limited": shows(Wish("limited", place=town(service).id)),
        "viewer": signed_in("Vieno", Duty(Role.VIEWER)),
        "editor": signed_in("Erkki", Duty(Role.EDITOR)),
        "administrator": signed_in("Aino", Duty(Role.ADMINISTRATOR)),
        "limited viewer": signed_in("Liisa", Duty(Role.VIEWER, place=town(service).id)),
        "with a first password": signed_in("Uuno", Duty(Role.ADMINISTRATOR), chosen=False),
        "gone": {"Authorization": f"Bearer {text}"},
        "wrong": {"Authorization": "Bearer gsv_0123456789ab_" + "A" * 43},
        "of another kind": {"Authorization": "Basic YWRtaW46YWRtaW4="},
    }


def town(service: Service) -> Place:
    """Return a municipality whose part of the network is not the whole."""
    towns = [place for place in service.snapshot().places if place.kind is PlaceKind.MUNICIPALITY]
    return next(place for place in towns if 0 < len(service.network(View(place=place.id)).actors) < 50)


def endpoints(service: Service) -> Iterator[Endpoint]:
    yield from contract(service, "en")


def ask(client: FlaskClient, endpoint: Endpoint, headers: Mapping[str, str], *, anywhere: bool = True) -> TestResponse:
    """Ask as the endpoint's example does; ``anywhere``: also where that is about a place."""
    values = {name: value for name, value in endpoint.example.items() if anywhere or name != "place"}
    path = endpoint.path
    for name in list(values):
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", values.pop(name))
    # A write is asked with no body, so that whoever is let in is told so by 411 or 422 and nothing is changed.
    answer = client.open(path, method=endpoint.method, query_string=values, headers=headers)
    answer.close()  # a stream that is left open keeps its place
    return answer


def test_every_endpoint_lets_in_whoever_may_and_nobody_else(
    app: Flask, service: Service, headers: dict[str, dict[str, str]]
) -> None:
    client, before = app.test_client(use_cookies=False), service.revision()
    for endpoint in endpoints(service):
        for name, right in CALLERS.items():
            status = ask(client, endpoint, headers[name], anywhere="limited" not in name).status_code
            where = f"{name} at {endpoint.method} {endpoint.path}: {status}"
            assert status != 500, where
            if not right.holds(endpoint.needs):
                assert status == (401 if name == "nobody" else 403), where
            elif "limited" in name and endpoint.needs is not Right.NOTHING:
                assert (status != 403) == issubclass(endpoint.parameters, ViewParameters), where
            else:
                assert status not in (401, 403), where
    assert service.revision() == before


def test_the_document_names_every_refusal_of_the_door(
    app: Flask, service: Service, headers: dict[str, dict[str, str]]
) -> None:
    """401 and 403 stand in the document exactly where somebody gets them; a page of another site is somebody, too."""
    client = app.test_client(use_cookies=False)
    forged = {**headers["editor"], "Sec-Fetch-Site": "cross-site"}
    callers = [headers[name] for name in ("nobody", "gone", "with a first password", "limited")] + [forged]
    paths = openapi.document(endpoints(service))["paths"]
    for endpoint in endpoints(service):
        given = {ask(client, endpoint, shown).status_code for shown in callers} & {401, 403}
        told = {int(status) for status in paths[endpoint.path][endpoint.method.lower()]["responses"]} & {401, 403}
        assert given == told, f"{endpoint.method} {endpoint.path}"


def test_the_document_says_that_a_session_opens_what_a_key_does(service: Service) -> None:
    document = openapi.document(endpoints(service))
    schemes = document["components"]["securitySchemes"]
    assert {(each["type"], each.get("in"), each.get("name")) for each in schemes.values()} == {
        ("http", None, None),
        ("apiKey", "cookie", "__Host-session"),
        ("apiKey", "cookie", "session"),
    }
    for endpoint in endpoints(service):
        said = document["paths"][endpoint.path][endpoint.method.lower()]["security"]
        ways = [{name: [endpoint.needs.value]} for name in schemes] if endpoint.needs is not Right.NOTHING else []
        assert said == [*ways, {}], endpoint.path


@pytest.mark.parametrize("name", ["gone", "wrong", "of another kind"])
def test_a_key_that_opens_nothing_is_said_so_even_where_no_key_is_needed(
    app: Flask, headers: dict[str, dict[str, str]], name: str
) -> None:
    answer = app.test_client().get("/api/v1/themes", headers=headers[name])
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert "invalid_token" in answer.headers["WWW-Authenticate"]


def test_the_page_of_a_closed_installation_shows_nothing(app: Flask, headers: dict[str, dict[str, str]]) -> None:
    assert app.test_client().get("/").status_code == 401
    assert app.test_client().get("/", headers=headers["reads"]).status_code == 200
    assert app.test_client().get("/api/v1/docs").status_code == 200


def test_a_limited_key_sees_its_part_whatever_it_asks(
    app: Flask, service: Service, headers: dict[str, dict[str, str]]
) -> None:
    client, mine = app.test_client(), headers["limited"]
    here = town(service)
    whole = client.get("/api/v1/network", headers=headers["reads"]).get_json()
    asked = client.get("/api/v1/network", headers=mine).get_json()
    same = client.get("/api/v1/network", query_string={"place": here.id}, headers=headers["reads"]).get_json()
    assert asked["nodes"] == same["nodes"]
    assert len(asked["nodes"]) < len(whole["nodes"])
    assert client.get("/api/v1/network", query_string={"place": here.id}, headers=mine).get_json() == same
    outside = client.get("/api/v1/network", query_string={"place": here.parent}, headers=mine)
    assert outside.status_code == 403
    assert here.id in outside.get_json()["detail"]


def test_a_limited_key_follows_the_jobs_of_its_part(
    app: Flask, service: Service, headers: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, mine, here = app.test_client(), headers["limited"], town(service)
    monkeypatch.setattr(working, "REQUEST_SECONDS", 0.0)
    # Nothing else here asks for a part of one kind: measures that are kept need no job.
    asked = client.get("/api/v1/measures?sort=degree&kind=firm", headers=mine)
    assert asked.status_code == 202
    href = asked.get_json()["href"]
    assert client.get(href, headers=mine).get_json()["state"] == "queued"
    working.dispatcher(service, threads=0).drain()
    done = client.get(href, headers=mine).get_json()
    found = client.get(done["result"], headers=mine)
    assert found.status_code == 200
    assert found.get_json()["revision"] == client.get("/api/v1/measures", headers=mine).get_json()["revision"]
    with client.get(f"{href}/events", headers=mine) as events:
        assert events.status_code == 200
    wider = json.dumps({"view": {"place": here.parent}})
    others = [("measures", wider), ("measures", "{}"), ("backtest", f'{{"places": ["{here.id}"]}}')]
    others += [("undo", '{"import_id": "x"}'), ("of another version", "{}"), ("measures", '{"of another version": 1}')]
    for kind, arguments in others:
        job = service.jobs.add(Asked(kind, arguments))
        for way in ("", "/result", "/events"):
            answer = client.get(f"/api/v1/jobs/{job.id}{way}", headers=mine)
            assert answer.status_code == 403, (kind, arguments, way)
            assert here.id in answer.get_json()["detail"]
        service.jobs.cancel(job.id)


@pytest.mark.parametrize(
    ("host", "public", "right"),
    [
        ("127.0.0.1", "auto", None),
        ("localhost", "auto", None),
        ("::1", "auto", None),
        (ANYWHERE, "auto", Right.NOTHING),
        ("10.0.0.5", "auto", Right.NOTHING),
        (ANYWHERE, "read", Right.READ),
        ("127.0.0.1", "nothing", Right.NOTHING),
    ],
)
def test_only_a_service_on_loopback_lets_everybody_in_unasked(
    tmp_path: Path, host: str, public: str, right: Right | None
) -> None:
    door = door_of(Settings.load(home=tmp_path, host=host, public=public))
    assert door.asks == (right is not None)
    assert right is None or door.public is right


def test_pages_of_named_origins_may_read_and_others_may_not(app: Flask, headers: dict[str, dict[str, str]]) -> None:
    client = app.test_client()
    for origin, allowed in ((ORIGIN, ORIGIN), ("https://evil.example", None), (ORIGIN + ".evil.example", None)):
        answer = client.get("/api/v1/themes", headers={**headers["reads"], "Origin": origin})
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed
        assert "Origin" in answer.vary
        assert "Access-Control-Allow-Credentials" not in answer.headers
        asks = {
            "Origin": origin,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        }
        before = client.options("/api/v1/themes", headers=asks)
        assert (before.status_code == 204) == (allowed is not None)
        assert before.headers.get("Access-Control-Allow-Origin") == allowed
    refused = client.get("/api/v1/themes", headers={"Origin": ORIGIN})
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == ORIGIN  # so that the page can tell why


def test_whoever_asks_for_too_much_is_told_when_to_come_back(tmp_path: Path, service: Service) -> None:
    settings = Settings.load(home=tmp_path, store=":memory:", public="read", work_per_minute=0.05)
    client = create_app(settings, service).test_client()
    first = client.get("/api/v1/network")  # takes some milliseconds of the fifty
    assert first.status_code == 200
    assert first.headers["RateLimit-Policy"] == '"work";q=50;w=60;qu="milliseconds"'
    for _ in range(1000):
        answer = client.get("/api/v1/network?since=2000-01-01")
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert answer.mimetype == "application/problem+json"
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.headers["RateLimit"].startswith('"work";r=0;')
    other = client.get("/api/v1/themes", environ_overrides={"REMOTE_ADDR": "10.0.0.9"})
    assert other.status_code == 200
    assert client.get("/health/live").status_code == 200  # a supervisor is never told to wait


def test_behind_a_web_server_callers_are_told_apart_by_what_it_says(tmp_path: Path, service: Service) -> None:
    settings = Settings.load(home=tmp_path, store=":memory:", public="read", work_per_minute=0.001, proxies=1)
    client = create_app(settings, service).test_client()

    def status(address: str) -> int:
        return client.get("/api/v1/themes", headers={"X-Forwarded-For": address}).status_code

    assert any(status("192.0.2.1") == 429 for _ in range(100))
    assert status("192.0.2.2") == 200
