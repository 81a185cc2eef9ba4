"""Requests that no honest client sends, and slips that an honest one makes: each has its exact answer."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc.api import problems

LONG = "x" * 201
TABLE = [
    # method, path, headers, status, fields named
    ("GET", "/api/v1/actors?kinds=firm", {}, 422, ["kinds"]),
    ("GET", "/api/v1/actors?limit=0", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=-1", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=501", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=99999", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=abc", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=1e2", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=10&limit=20", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?q=a&q=b", {}, 422, ["q"]),
    ("GET", f"/api/v1/actors?q={LONG}", {}, 422, ["q"]),
    ("GET", "/api/v1/actors?q=%00", {}, 422, ["q"]),
    ("GET", "/api/v1/actors?q=a%0D%0ASet-Cookie:%20x=1", {}, 422, ["q"]),
    ("GET", "/api/v1/actors?kind=FIRM", {}, 422, ["kind.0"]),
    ("GET", "/api/v1/actors?kind=firm&kind=nobody", {}, 422, ["kind.1"]),
    ("GET", "/api/v1/actors?place=FI197%27%20OR%201=1", {}, 422, ["place"]),
    ("GET", "/api/v1/actors?cursor=not-a-cursor", {}, 422, ["cursor"]),
    ("GET", "/api/v1/actors?cursor=%00", {}, 422, ["cursor"]),
    ("GET", "/api/v1/actors?__proto__[x]=1", {}, 422, ["__proto__[x]"]),
    ("GET", "/api/v1/collaborations?active_on=31.1.2026", {}, 422, ["active_on"]),
    ("GET", "/api/v1/collaborations?active_on=2026-02-30", {}, 422, ["active_on"]),
    ("GET", "/api/v1/collaborations?active_on=1700000000", {}, 422, ["active_on"]),
    ("GET", "/api/v1/network?since=2026-01-01T00:00:00", {}, 422, ["since"]),
    ("GET", "/api/v1/network?since=2026-02-01&until=2026-01-01", {}, 422, ["query"]),
    ("GET", "/api/v1/network?format=xlsx", {}, 422, ["format"]),
    ("GET", "/api/v1/network?identity=none", {}, 422, ["identity"]),
    ("GET", "/api/v1/network?theme=no-such-theme", {}, 404, []),
    ("GET", "/api/v1/network?place=no-such-place", {}, 404, []),
    ("GET", "/api/v1/network", {"Accept": "image/png"}, 406, []),
    ("GET", "/api/v1/network", {"Accept": "application/json;q=0"}, 406, []),
    ("GET", "/api/v1/actors", {"Accept": "text/csv"}, 406, []),
    ("GET", "/map", {"Accept": "application/json"}, 406, []),
    ("GET", "/api/v1/measures?sort=no_such_measure", {}, 422, ["sort"]),
    ("GET", "/api/v1/measures?measure=__class__", {}, 422, ["measure.0"]),
    ("GET", "/api/v1/measures?measure=degree&measure=fame", {}, 422, ["measure.1"]),
    ("GET", "/api/v1/partnerships/missing?top=201", {}, 422, ["top"]),
    ("GET", "/api/v1/partnerships/missing?lang=de", {}, 422, ["lang"]),
    ("GET", "/api/v1/partnerships/missing?lang=fi&lang=sv", {}, 422, ["lang"]),
    ("GET", "/map?title=%3Cscript%3E%0A", {}, 422, ["title"]),
    ("GET", "/health?verbose=1", {}, 422, ["verbose"]),
    ("GET", "/api/v1/actors/no-such-actor", {}, 404, []),
    ("GET", "/api/v1/actors/a%00b", {}, 404, ["id"]),
    ("GET", "/api/v1/actors/a%0Ab", {}, 404, ["id"]),
    ("GET", "/api/v1/actors/..%2F..%2Fetc%2Fpasswd", {}, 404, None),
    ("GET", "/api/v1/actors/../../../etc/passwd", {}, 404, None),
    ("GET", "/api/v1/actors/%2e%2e", {}, 404, None),
    ("GET", f"/api/v1/actors/{'a' * 121}", {}, 404, ["id"]),
    ("GET", "/api/v1/actors/%F0%9F%92%A9", {}, 404, ["id"]),
    ("GET", "/api/v1/actors/a')%20DETACH%20DELETE%20n%20//", {}, 404, None),
    ("GET", "/api/v1/collaborations/no-such-collaboration", {}, 404, []),
    ("GET", "/api/v1/actors/", {}, 404, []),
    ("GET", "/api/v2/actors", {}, 404, []),
    ("GET", "/static/../app.py", {}, 404, []),
    ("GET", "/static/%2e%2e/contract.py", {}, 404, []),
    ("GET", "/problems/no-such-problem", {}, 404, []),
    ("POST", "/api/v1/actors", {}, 405, []),
    ("DELETE", "/api/v1/actors/x", {}, 405, []),
    ("PUT", "/api/v1/network", {}, 405, []),
    ("TRACE", "/health", {}, 405, []),
    ("GET", "/health", {"Host": "evil.example"}, 400, []),
    ("GET", "/health", {"Host": "127.0.0.1.evil.example"}, 400, []),
    ("GET", "/health", {"Host": "localhost@evil.example"}, 400, []),
    ("GET", "/no-such-address", {"Host": "evil.example"}, 400, []),
]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "fields"), TABLE, ids=[f"{row[0]} {row[1][:60]}" for row in TABLE]
)
def test_each_has_its_answer(
    client: FlaskClient, method: str, path: str, headers: dict[str, str], status: int, fields: list[str] | None
) -> None:
    response = client.open(path, method=method, headers=headers)
    assert response.status_code == status, response.text
    assert response.content_type == problems.MEDIA_TYPE
    problem = problems.Problem.model_validate_json(response.data)
    assert problem.status == status
    assert problem.detail.endswith(".")
    assert problem.request_id == response.headers["X-Request-Id"]
    if fields is not None:
        assert [each.field for each in problem.errors] == fields
    assert response.headers["Cache-Control"] == "no-store"


def test_405_says_what_the_address_does(client: FlaskClient) -> None:
    response = client.post("/api/v1/actors")
    assert {name.strip() for name in response.headers["Allow"].split(",")} == {"GET", "HEAD"}


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8050", "127.0.0.1:8050", "[::1]", "[::1]:8050"])
def test_loopback_has_all_its_names(client: FlaskClient, host: str) -> None:
    assert client.get("/health/live", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("abc-123", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("å", False),
        ("a b", False),
        ('"}{"', False),
        ("", False),
    ],
)
def test_a_request_id_is_taken_only_when_harmless(client: FlaskClient, given: str, kept: bool) -> None:
    response = client.get("/health/live", headers={"X-Request-Id": given})
    assert (response.headers["X-Request-Id"] == given) is kept
    assert response.headers["X-Request-Id"]


def test_text_from_the_request_stays_text(client: FlaskClient) -> None:
    title = "<script>alert(1)</script>"
    assert title not in client.get("/map", query_string={"title": title}).text
    response = client.get("/api/v1/actors", query_string={title: "1"})
    assert response.content_type == problems.MEDIA_TYPE  # and nosniff: never run as markup
    assert response.headers["X-Content-Type-Options"] == "nosniff"
