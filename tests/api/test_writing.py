"""A write is done once under its key, whoever asks at once or again, and only on the graph that its caller has seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc.app import create_app
from graphsvc.repeats import CLAIM, LIFE, Refusal, Repeats, Said, Turn
from graphsvc.service import Service
from graphsvc.settings import Settings

KEY = {"Idempotency-Key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"'}


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home = tmp_path_factory.mktemp("home")
    service = Service.open(Settings(store=sample_copy(), home=home))
    yield service
    service.close()


@pytest.fixture(scope="module")
def app(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(home=tmp_path_factory.mktemp("other")), service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def pair(service: Service) -> tuple[str, str]:
    first, second = (actor.id for actor in service.snapshot().actors[:2])
    return first, second


def say(client: FlaskClient, pair: tuple[str, str], reason: str, headers: dict[str, str]) -> TestResponse:
    word = {"a": pair[0], "b": pair[1], "verdict": "unsure", "by": "Test", "reason": reason}
    return client.post("/api/v1/judgements", json=word, headers=headers)


def test_the_same_again_is_answered_as_before_and_not_done(
    client: FlaskClient, service: Service, pair: tuple[str, str]
) -> None:
    first = say(client, pair, "once", KEY)
    assert first.status_code == 200
    revision = service.revision()
    again = say(client, pair, "once", {"Idempotency-Key": KEY["Idempotency-Key"].strip('"')})
    assert (again.status_code, again.data, again.mimetype) == (200, first.data, first.mimetype)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert service.revision() == revision


def test_another_request_under_a_used_key_is_refused(client: FlaskClient, pair: tuple[str, str]) -> None:
    say(client, pair, "a", {"Idempotency-Key": "used"})
    other = say(client, pair, "b", {"Idempotency-Key": "used"})
    assert other.status_code == 422
    assert "another request" in other.get_json()["detail"]


def test_an_error_changed_nothing_and_leaves_the_key_free(client: FlaskClient, pair: tuple[str, str]) -> None:
    headers = {"Idempotency-Key": "free"}
    assert say(client, (pair[0], "no-such-actor"), "", headers).status_code == 404
    assert say(client, pair, "then", headers).status_code == 200


@pytest.mark.parametrize("key", ["", '"', "ä", "two words", "x" * 201, '"unended'])
def test_a_key_that_is_none_is_refused(client: FlaskClient, pair: tuple[str, str], key: str) -> None:
    assert say(client, pair, "none", {"Idempotency-Key": key}).status_code == 400


def test_of_many_at_once_one_is_done(app: Flask, service: Service, pair: tuple[str, str]) -> None:
    before, headers = service.revision(), {"Idempotency-Key": "many"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: say(app.test_client(), pair, "many", headers), range(16)))
    assert {each.status_code for each in answers} <= {200, 409}
    done = {each.data for each in answers if each.status_code == 200}
    assert len(done) == 1
    assert service.revision() == before + 1
    assert all(each.headers["Retry-After"] for each in answers if each.status_code == 409)


def test_a_file_is_taken_once(client: FlaskClient, service: Service) -> None:
    def send(data: bytes) -> TestResponse:
        at, kind = "/api/v1/uploads?name=a.csv", "application/octet-stream"
        return client.post(at, data=data, content_type=kind, headers={"Idempotency-Key": "file"})

    first, again = send(b"a;b\n"), send(b"a;b\n")
    assert first.get_json()["id"] == again.get_json()["id"]
    assert len(service.desk.uploads.all()) == 1
    assert send(b"other").status_code == 422


def test_keys_belong_to_their_caller() -> None:
    repeats = Repeats()
    assert isinstance(repeats.claim("one", "key", "asked"), Turn)
    assert isinstance(repeats.claim("other", "key", "asked"), Turn)
    assert repeats.claim("one", "key", "asked") is Refusal.UNDER_WAY
    repeats.close()


def test_who_was_killed_at_work_leaves_the_key_after_a_while(tmp_path: Path) -> None:
    """Two processes on one file: the first takes its turn and is never heard of again."""
    now = [0.0]
    settings = Settings(store=str(tmp_path / "graph.kgl"), home=tmp_path)

    def process() -> Repeats:
        made = Repeats.of(settings)
        made._clock = lambda: now[0]
        return made

    killed, other = process(), process()
    turn = killed.claim("caller", "key", "asked")
    assert isinstance(turn, Turn)
    assert other.claim("caller", "key", "asked") is Refusal.UNDER_WAY
    now[0] += CLAIM
    mine = other.claim("caller", "key", "asked")
    assert isinstance(mine, Turn)
    other.keep(mine, Said(200, {"Content-Type": "text/plain"}, b"done"))
    killed.keep(turn, Said(500, {}, b"late"))
    killed.forget(turn)
    assert killed.claim("caller", "key", "asked") == Said(200, {"Content-Type": "text/plain"}, b"done")
    now[0] += LIFE
    assert isinstance(other.claim("caller", "key", "something else"), Turn), "kept for a day"


# ---- If-Match


def test_a_write_on_the_graph_that_was_seen(client: FlaskClient, service: Service, pair: tuple[str, str]) -> None:
    seen = client.get("/api/v1/judgements").headers["ETag"]
    assert say(client, pair, "seen", {"If-Match": seen}).status_code == 200
    late = say(client, pair, "late", {"If-Match": seen})
    assert late.status_code == 412
    assert f"revision {service.revision()}" in late.get_json()["detail"]
    assert late.get_json()["type"] == "/problems/gone-on"
    assert say(client, pair, "late", {"If-Match": f'"{service.revision()}"'}).status_code == 200
    assert say(client, pair, "any", {"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize("form", ["W/{}", '"x"', "rubbish", '"{}-abc"'])
def test_a_tag_that_is_none_of_a_graph_matches_nothing(
    client: FlaskClient, service: Service, pair: tuple[str, str], form: str
) -> None:
    tag = form.format(f'"{service.revision()}"' if form.startswith("W") else service.revision())
    assert say(client, pair, "tag", {"If-Match": tag}).status_code == 412


def test_of_two_that_have_seen_the_same_graph_one_comes_too_late(
    app: Flask, service: Service, pair: tuple[str, str]
) -> None:
    headers = {"If-Match": f'"{service.revision()}"'}

    def write(number: int) -> int:
        return say(app.test_client(), pair, f"racing {number}", headers).status_code

    with ThreadPoolExecutor(8) as pool:
        answers: list[Any] = list(pool.map(write, range(8)))
    assert sorted(answers) == [200, *[412] * 7]


def test_the_same_again_is_answered_though_the_graph_went_on(
    client: FlaskClient, service: Service, pair: tuple[str, str]
) -> None:
    headers = {"If-Match": f'"{service.revision()}"', "Idempotency-Key": "both"}
    assert say(client, pair, "both", headers).status_code == 200
    assert say(client, pair, "both", headers).headers["Idempotency-Replayed"] == "true"
