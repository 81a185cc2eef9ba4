"""Users, keys and the audit trail over the API: made and shown once, taken back at once, and every change noted."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.access.audit import Question
from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.access.rights import Right
from graphsvc.app import create_app
from graphsvc.logs import JsonFormatter
from graphsvc.service import Service
from graphsvc.settings import Settings

OWN = "correct horse battery"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=":memory:", home=tmp_path, public="nothing", work_per_minute=0)


@pytest.fixture
def access(settings: Settings) -> Access:
    return Access.of(settings.home)


@pytest.fixture
def closed(settings: Settings, service: Service) -> Flask:
    return create_app(settings, service)


@pytest.fixture
def client(closed: Flask) -> FlaskClient:
    return closed.test_client(use_cookies=False)


@pytest.fixture
def admin(access: Access) -> Mapping[str, str]:
    _, text = access.keys.make(Wish("tool of the administrator", Right.ADMIN))
    return {"Authorization": f"Bearer {text}"}


def session(access: Access, id_: str) -> dict[str, str]:
    access.users.choose(id_, OWN)
    return {"Cookie": f"session={access.sessions.start(id_)}", "Sec-Fetch-Site": "same-origin"}


def make(client: FlaskClient, admin: Mapping[str, str], **wanted: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/users", json={"role": "editor", **wanted}, headers=admin)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    made: dict[str, Any] = answer.get_json()
    return made


def test_a_user_is_made_changed_reset_and_disabled(
    client: FlaskClient, admin: Mapping[str, str], access: Access
) -> None:
    made = make(client, admin, name="Maija Mäkinen")
    id_ = made["user"]["id"]
    assert access.sign_in("Maija Mäkinen", made["password"], "") is not None
    here = session(access, id_)
    assert client.get("/api/v1/decisions", headers=here).status_code == 200
    changed = client.put(f"/api/v1/users/{id_}/role", json={"role": "viewer"}, headers=admin)
    assert changed.get_json()["role"] == "viewer"
    assert client.get("/api/v1/decisions", headers=here).status_code == 403
    again = client.post(f"/api/v1/users/{id_}/reset", headers=admin).get_json()
    assert client.get("/api/v1/themes", headers=here).status_code == 401
    assert access.sign_in("Maija Mäkinen", again["password"], "") is not None
    gone = client.delete(f"/api/v1/users/{id_}", headers=admin).get_json()
    assert gone["disabled"]
    assert access.sign_in("Maija Mäkinen", again["password"], "") is None
    listed = client.get("/api/v1/users", headers=admin)
    assert [each["name"] for each in listed.get_json()["items"]] == ["Maija Mäkinen"]
    assert made["password"] not in listed.text


def test_an_answer_with_a_secret_is_not_kept_for_who_asks_again(client: FlaskClient, admin: Mapping[str, str]) -> None:
    headers = {**admin, "Idempotency-Key": "once"}
    assert client.post("/api/v1/users", json={"name": "Maija", "role": "viewer"}, headers=headers).status_code == 200
    again = client.post("/api/v1/users", json={"name": "Maija", "role": "viewer"}, headers=headers)
    assert again.status_code == 409
    assert "already" in again.get_json()["detail"]


def test_nobody_disables_themselves(client: FlaskClient, admin: Mapping[str, str], access: Access) -> None:
    id_ = make(client, admin, name="Aino", role="administrator")["user"]["id"]
    here = session(access, id_)
    assert client.delete(f"/api/v1/users/{id_}", headers=here).status_code == 422
    assert client.put(f"/api/v1/users/{id_}/role", json={"role": "viewer"}, headers=here).status_code == 422
    assert access.users.get(id_).disabled is None


def test_a_key_is_made_used_and_taken_back(client: FlaskClient, admin: Mapping[str, str]) -> None:
    made = client.post("/api/v1/keys", json={"name": "map of the city"}, headers=admin).get_json()
    shows = {"Authorization": f"Bearer {made['text']}"}
    assert client.get("/api/v1/themes", headers=shows).status_code == 200
    assert client.get("/api/v1/keys", headers=shows).status_code == 403
    gone = client.delete(f"/api/v1/keys/{made['key']['id']}", headers=admin).get_json()
    assert gone["revoked"]
    assert not gone["holds"]
    assert client.get("/api/v1/themes", headers=shows).status_code == 401
    assert made["text"] not in client.get("/api/v1/keys", headers=admin).text


def test_every_change_is_in_the_trail_before_it_is_done(
    client: FlaskClient, admin: Mapping[str, str], access: Access
) -> None:
    id_ = make(client, admin, name="Maija Mäkinen")["user"]["id"]
    here = {**session(access, id_), "X-Request-Id": "the-request"}
    client.get("/api/v1/themes", headers=here)
    client.post("/api/v1/judgements", json={"a": "x"}, headers=here)
    client.post("/api/v1/keys", json={"name": "mine"}, headers=here)
    client.get("/api/v1/backup", headers=admin).close()
    items = client.get("/api/v1/audit", headers=admin).get_json()["items"]
    told = [(each["name"], each["act"], each["thing"], each["refused"]) for each in items]
    assert told == [
        ("tool of the administrator", "GET /api/v1/backup", "", None),
        ("Maija Mäkinen", "POST /api/v1/judgements", "", 422),
        ("tool of the administrator", "POST /api/v1/users", id_, None),
    ]
    assert [each["thing_name"] for each in items] == [None, None, "Maija Mäkinen"]
    assert items[1]["request_id"] == "the-request"
    assert items[1]["origin"] == "127.0.0.0/24"
    assert access.trail.check().wrong is None


def test_the_trail_says_which_user_and_key_was_made_changed_and_taken_back(
    client: FlaskClient, admin: Mapping[str, str], access: Access
) -> None:
    made = make(client, admin, name="Maija Mäkinen")
    id_, key = made["user"]["id"], client.post("/api/v1/keys", json={"name": "map"}, headers=admin).get_json()
    client.put(f"/api/v1/users/{id_}/role", json={"role": "viewer"}, headers=admin)
    client.post(f"/api/v1/users/{id_}/reset", headers=admin)
    client.delete(f"/api/v1/users/{id_}", headers=admin)
    client.delete(f"/api/v1/keys/{key['key']['id']}", headers=admin)
    answer = client.get("/api/v1/audit", headers=admin)
    told = [(each["act"].split()[0], each["thing"], each["thing_name"]) for each in answer.get_json()["items"]]
    assert told == [
        ("DELETE", key["key"]["id"], "map"),
        ("DELETE", id_, "Maija Mäkinen"),
        ("POST", id_, "Maija Mäkinen"),
        ("PUT", id_, "Maija Mäkinen"),
        ("POST", key["key"]["id"], "map"),
        ("POST", id_, "Maija Mäkinen"),
    ]
    kept = access.trail.file.read_bytes()
    for secret in (made["password"], key["text"], key["text"].rsplit("_", 1)[1]):
        assert secret not in answer.text
        assert secret.encode() not in kept
    access.users.forget(id_)
    forgotten = client.get("/api/v1/audit", headers=admin)
    assert "Mäkinen" not in json.dumps(forgotten.get_json(), ensure_ascii=False)


def test_the_trail_is_paged(client: FlaskClient, admin: Mapping[str, str]) -> None:
    for n in range(5):
        client.post("/api/v1/keys", json={"name": f"key {n}"}, headers=admin)
    seen, cursor = [], None
    while True:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/audit", query_string=query, headers=admin).get_json()
        seen += [each["number"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5


def test_what_cannot_be_noted_is_not_done(client: FlaskClient, admin: Mapping[str, str], access: Access) -> None:
    from graphsvc.access.database import opened

    with opened(access.trail.file) as database:
        database.execute("DROP TABLE audit")
    answer = client.post("/api/v1/users", json={"name": "Maija", "role": "viewer"}, headers=admin)
    assert answer.status_code == 500
    assert access.users.all() == ()


def test_no_secret_and_no_name_is_in_the_log(
    client: FlaskClient, admin: Mapping[str, str], access: Access, caplog: pytest.LogCaptureFixture
) -> None:
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonFormatter().format(record))

    root, handler = logging.getLogger(), Kept()
    ours = logging.getLogger("graphsvc")
    was, ours.propagate = ours.propagate, True
    root.addHandler(handler)
    level, ours_level = root.level, ours.level
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    try:
        made = make(client, admin, name="Maija Mäkinen")
        here = session(access, made["user"]["id"])
        key = client.post("/api/v1/keys", json={"name": "mine"}, headers=admin).get_json()["text"]
        client.get("/api/v1/themes", headers=here)
        client.get("/api/v1/themes", headers={"Authorization": f"Bearer {key}x"})
        client.post("/sign-in", data={"name": "Maija Mäkinen", "password": OWN})
        client.post("/sign-in", data={"name": "Maija Mäkinen", "password": "my other password"})
        client.get("/sign-in", query_string={"next": "/?password=" + OWN})
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        ours.setLevel(ours_level)
        ours.propagate = was
    text = "\n".join(lines)
    assert '"request"' in text
    assert made["user"]["id"] in text
    canaries = [made["password"], here["Cookie"].partition("=")[2], key, key.split("_", 2)[2], OWN, "my other password"]
    assert [each for each in (*canaries, "Mäkinen", "M\\u00e4kinen") if each in text] == []


def test_on_ones_own_machine_users_can_be_made_and_nothing_is_noted(
    settings: Settings, service: Service, access: Access
) -> None:
    client = create_app(settings.model_copy(update={"public": "auto"}), service).test_client()
    made = client.post("/api/v1/users", json={"name": "Maija", "role": "administrator"})
    assert made.status_code == 200
    assert [each.name for each in access.users.all()] == ["Maija"]
    assert access.trail.find(Question()).entries == ()


def test_a_closed_service_behind_a_web_server_is_not_open_on_loopback(settings: Settings, service: Service) -> None:
    behind = settings.model_copy(update={"public": "auto", "proxies": 1})
    assert create_app(behind, service).test_client().get("/api/v1/themes").status_code == 401
    assert json.loads(create_app(behind, service).test_client().get("/health/live").text)
