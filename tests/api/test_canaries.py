"""Twelve canaries, secrets and persons, are sent in every way there is: none is in logs, metrics, jobs or errors."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient

from graphsvc.access.keys import KeyRing, Wish
from graphsvc.access.rights import Right
from graphsvc.app import create_app
from graphsvc.logs import JsonFormatter
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.working import dispatcher

CANARIES: Final = {
    "key": "gsv_0123456789ab_" + "Kanarie" * 6 + "K",
    "basic": "a2FuYXJpYTprYW5hcmlhMQ",
    "session": "kanaria-session-2f1b",
    "password": "kanaria-password-9c3e",
    "in an address": "kanaria-next-5d7a",
    "person searched": "Kanaria Mäkinen-Searched",
    "mail searched": "kanaria.searched@example.org",
    "person in a file": "Kanaria Mäkinen-Filed",
    "mail in a file": "kanaria.filed@example.org",
    "idempotency key": "kanaria-idempotency-71",
    "referer": "https://kanaria.example.org/secret",
    "inside": "neo4j://kanaria:kanaria-inside-44@db",
}


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """All that any logger says at any level, as it is written."""
    said: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(JsonFormatter().format(record))

    root, ours, handler = logging.getLogger(), logging.getLogger("graphsvc"), Kept()
    before = root.level, ours.level, ours.propagate
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    ours.propagate = True
    yield said
    root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])
    ours.propagate = before[2]


def told(text: str) -> list[str]:
    """Return the canaries that a text holds, as they are or as JSON escapes them."""
    forms = {name: (each, each.encode("ascii", "backslashreplace").decode()) for name, each in CANARIES.items()}
    return [name for name, each in forms.items() if any(form in text for form in each)]


def test_no_canary_is_told(tmp_path: Path, lines: list[str]) -> None:
    settings = Settings(store=":memory:", home=tmp_path, host="0.0.0.0", public="read")  # noqa: S104  # not bound to
    service = Service.open(settings)
    key = KeyRing.of(tmp_path).make(Wish("writes", Right.WRITE))[1]
    client = create_app(settings, service).test_client(use_cookies=False)
    answers = _sent(client, {"Authorization": f"Bearer {key}"})
    dispatcher(service, threads=0).drain()
    found, _ = service.jobs.find()
    assert [each.kind for each in found] == ["check"]
    said = {
        "log": "\n".join(lines),
        "answers": "\n".join(answers),
        "jobs": "\n".join(f"{each} {service.jobs.result(each.id)}" for each in found),
        "metrics": client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).text,
    }
    service.close()
    assert '"request"' in said["log"], "requests are in the log"
    for what, text in said.items():
        assert told(text) == [], what
        assert key not in text, what


def _sent(client: FlaskClient, mine: dict[str, str]) -> list[str]:
    """Send every canary, and return what is answered to those that are refused."""
    shown = [
        {"Authorization": f"Bearer {CANARIES['key']}"},
        {"Authorization": f"Basic {CANARIES['basic']}"},
        {"Cookie": f"session={CANARIES['session']}"},
        {"Referer": CANARIES["referer"], "User-Agent": CANARIES["referer"]},
    ]
    answers = [client.get("/api/v1/themes", headers=each).text for each in shown]
    for name in ("person searched", "mail searched"):
        client.get("/api/v1/actors", query_string={"q": CANARIES[name]})
        answers.append(client.get("/api/v1/actors", query_string={"q": CANARIES[name], "limit": "0"}).text)
        answers.append(client.get("/api/v1/actors", query_string={"kind": CANARIES[name]}).text)
    client.get("/sign-in", query_string={"next": f"/?password={CANARIES['in an address']}"})
    client.post("/sign-in", data={"name": "nobody", "password": CANARIES["password"]})
    file = f"name;kind;contact;e-mail\nExample;firm;{CANARIES['person in a file']};{CANARIES['mail in a file']}\n"
    upload = client.post(
        "/api/v1/uploads",
        query_string={"name": "actors.csv"},
        data=file.encode(),
        content_type="application/octet-stream",
        headers={**mine, "Idempotency-Key": CANARIES["idempotency key"]},
    )
    assert upload.status_code == 200, upload.text
    checked = client.post(f"/api/v1/uploads/{upload.get_json()['id']}/check", json={}, headers=mine)
    assert checked.status_code == 202, checked.text
    return answers


def test_what_went_wrong_inside_is_not_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service.open(Settings(store=":memory:", home=tmp_path))

    def fail() -> int:
        raise RuntimeError(f"can't reach {CANARIES['inside']}")

    client = create_app(Settings(store=":memory:", home=tmp_path), service).test_client()
    monkeypatch.setattr(service, "revision", fail)
    answer = client.get("/api/v1/themes")
    service.close()
    assert answer.status_code == 500
    assert told(answer.text) == []
