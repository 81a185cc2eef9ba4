"""Pages of other sites change nothing: where people sign in, and on one's own machine, which asks nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.access.installation import Access
from graphsvc.access.keys import Wish
from graphsvc.access.rights import Right
from graphsvc.access.users import Duty, Role
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings

ANYWHERE = "0.0.0.0"  # noqa: S104  # a setting, not bound to
REFUSED = "A page of another site"
WORD = {"a": "nobody", "b": "no-one", "verdict": "same", "by": "Mallory"}
HERE = "http://localhost"
CASES = [
    ({"Sec-Fetch-Site": "same-origin", "Origin": HERE}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, False),
    ({"Sec-Fetch-Site": "same-site", "Origin": "https://other.localhost"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, False),
    ({"Sec-Fetch-Site": "something new"}, False),
    ({"Origin": HERE}, True),
    ({"Origin": "https://evil.example"}, False),
    ({"Origin": HERE + ".evil.example"}, False),
    ({"Origin": HERE + ":8051"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
]


def forged(client: FlaskClient, headers: dict[str, str]) -> bool:
    answer = client.post("/api/v1/judgements", json=WORD, headers=headers)
    assert answer.status_code in (403, 404), "nobody is an actor, so nothing is changed"
    return REFUSED in answer.get_json()["detail"]


@pytest.mark.parametrize(("headers", "own"), CASES)
def test_a_foreign_page_cannot_change_anything_on_a_machine_that_asks_nobody(
    app: Flask, headers: dict[str, str], own: bool
) -> None:
    assert forged(app.test_client(), headers) is not own


def test_a_program_on_that_machine_needs_nothing(app: Flask) -> None:
    assert not forged(app.test_client(), {})


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    return Settings(store=":memory:", home=home, host=ANYWHERE, origins="https://tool.example", work_per_minute=0)


@pytest.fixture(scope="module")
def closed_app(closed: Settings, service: Service) -> Flask:
    return create_app(closed, service)


def signed_in(app: Flask, home: Path, role: Role = Role.EDITOR) -> FlaskClient:
    access = Access.of(home)
    user, _ = access.users.make(f"user {len(access.users.all())}", Duty(role))
    access.users.choose(user.id, "correct horse battery")
    client = app.test_client()
    client.set_cookie("session", access.sessions.start(user.id))
    return client


@pytest.mark.parametrize(("headers", "own"), [*CASES, ({}, False), ({"Origin": "https://tool.example"}, False)])
def test_a_session_changes_things_only_from_our_own_pages(
    closed: Settings, closed_app: Flask, headers: dict[str, str], own: bool
) -> None:
    assert forged(signed_in(closed_app, closed.home), headers) is not own


def test_a_key_is_never_sent_by_a_browser_alone(closed: Settings, closed_app: Flask) -> None:
    _, text = Access.of(closed.home).keys.make(Wish("tool", Right.WRITE))
    headers = {"Authorization": f"Bearer {text}", "Origin": "https://tool.example", "Sec-Fetch-Site": "cross-site"}
    assert not forged(closed_app.test_client(), headers)


def test_to_look_is_always_allowed(closed: Settings, closed_app: Flask) -> None:
    client = signed_in(closed_app, closed.home)
    assert client.get("/api/v1/themes", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
