"""What every answer carries, which names the service answers to, and what is logged."""

from __future__ import annotations

import logging
import re

import pytest
from flask.testing import FlaskClient

from graphsvc.app import host_names
from graphsvc.settings import Settings

PATHS = [
    "/",
    "/api/v1/docs",
    "/api/v1/openapi.json",
    "/static/pages.css",
    "/map",
    "/health",
    "/api/v1/actors",
    "/nowhere",
]

EVERYWHERE = "0.0.0.0"  # noqa: S104  # a setting, not bound to


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Request-Id"]


def test_an_answer_that_is_kept_keeps_its_own_headers(client: FlaskClient) -> None:
    """A browser puts the headers of a 304 in the place of those it kept: the map may still stand in its page."""
    first = client.get("/map")
    assert first.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    again = client.get("/map", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    told = [(name, text) for name, text in again.headers if name != "X-Request-Id"]
    assert told == [(name, text) for name, text in told if first.headers.get(name) == text]


def test_no_other_origin_may_read(client: FlaskClient) -> None:
    response = client.get("/api/v1/actors", headers={"Origin": "https://evil.example"})
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
    assert "Set-Cookie" not in response.headers


def test_one_log_line_without_what_was_asked(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "graphsvc.requests"):
        client.get("/api/v1/actors/virtanen-oy?q=Maija", headers={"X-Request-Id": "r-1"})
    (record,) = caplog.records
    logged = record.__dict__
    assert logged["route"] == "/api/v1/actors/<id>"
    assert (logged["method"], logged["status"], logged["request_id"]) == ("GET", 422, "r-1")
    assert logged["ms"] >= 0
    assert "virtanen" not in str(logged)
    assert "Maija" not in str(logged)


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, {"localhost", "127.0.0.1", "[::1]"}),
        ({"host": "10.0.0.7"}, {"localhost", "127.0.0.1", "[::1]", "10.0.0.7"}),
        ({"host": "FE80::1"}, {"localhost", "127.0.0.1", "[::1]", "[fe80::1]"}),
        ({"host": EVERYWHERE}, None),  # it can't know its names
        (
            {"host": EVERYWHERE, "host_names": "Network.Example.org, n.example"},
            {"localhost", "127.0.0.1", "[::1]", "network.example.org", "n.example"},
        ),
    ],
)
def test_names_the_service_answers_to(settings: dict[str, str], names: set[str] | None) -> None:
    assert host_names(Settings(**settings)) == names  # type: ignore[arg-type]  # texts, as the environment gives them


def test_behind_a_prefix_every_address_has_it(client: FlaskClient) -> None:
    prefix = {"SCRIPT_NAME": "/network"}
    actor = (client.get("/api/v1/actors?limit=1", environ_overrides=prefix).json or {})["items"][0]
    assert actor["href"] == f"/network/api/v1/actors/{actor['id']}"
    document = client.get("/api/v1/openapi.json", environ_overrides=prefix).json
    assert document is not None
    assert document["servers"] == [{"url": "/network"}]
    start = re.findall(r'(?:href|src|action)="(/[^"]*)"', client.get("/?lang=en", environ_overrides=prefix).text)
    assert "/network/network" in start
    assert [each for each in start if not each.startswith("/network/")] == []
    tags = [client.get("/api/v1/places", environ_overrides=each).headers["ETag"] for each in ({}, prefix)]
    assert tags[0] != tags[1], "the answers differ by their addresses"
