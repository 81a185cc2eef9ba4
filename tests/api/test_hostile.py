"""Requests that no honest client sends, and slips that an honest one makes: each has its exact answer."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from graphsvc.api import openapi, problems, routes
from graphsvc.api.contract import Endpoint
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings

LONG = "x" * 201
TABLE = [
    # method, path, headers, status, fields named
    ("GET", "/api/v1/actors?kinds=firm", {}, 422, ["kinds"]),
    ("GET", "/api/v1/actors?limit=0", {}, 422, ["limit"]),
    ("GET", "/api/v1/actors?limit=-1", {}, 422, ["limit"]),
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
    ("GET", "/api/v1/actors", {"Accept": "image/png"}, 406, []),
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


# ---- Cypher in every field of text

CYPHER = (
    "x' DETACH DELETE n //",
    "') MATCH (n) DETACH DELETE n WITH n MATCH (m) WHERE ('1'='1",
    "}) SET a.name = 'owned' //",
    "`) DETACH DELETE n //",
    "\\u0060) DETACH DELETE n //",
    "\\u0027 OR 1=1 //",
    "$id",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL dbms.components() YIELD name RETURN name",
)
"""Ways out of a quoted text, a map, a name in back-ticks (also escaped, where doubling them does not help), and what a
statement could do once outside."""
ASKING = [each for noun in routes.NOUNS for each in noun if each.method == "GET"]


@pytest.fixture(scope="module")
def attacked(
    sample_copy: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FlaskClient, Service]]:
    """A service of its own: what is posted here may be kept."""
    settings = Settings(store=sample_copy(), home=tmp_path_factory.mktemp("home"))
    service = Service.open(settings)
    yield create_app(settings, service).test_client(), service
    service.close()


def texts_of(body: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield where in a body of JSON texts are."""
    if isinstance(body, str):
        yield path
    elif isinstance(body, dict | list):
        for key, part in body.items() if isinstance(body, dict) else enumerate(body):
            yield from texts_of(part, (*path, key))


def with_text(body: Any, path: tuple[str | int, ...], text: str) -> Any:
    """Return a body with another text at one place."""
    changed = copy.deepcopy(body)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = text
    return changed


def made_of(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    """Return a body with every field that a schema knows, plausible enough to get past the first look."""
    if "$ref" in schema:
        return made_of(components[schema["$ref"].rpartition("/")[2]], components)
    if "anyOf" in schema:
        return made_of(schema["anyOf"][0], components)
    match schema.get("enum", [schema.get("const")])[0] or schema.get("default") or schema.get("type"):
        case "object":
            return {name: made_of(part, components) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [made_of(schema.get("items", {"type": "string"}), components)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string":
            return "2026-01-01" if schema.get("format") == "date" else "text"
        case known:
            return known


@pytest.mark.parametrize("endpoint", ASKING, ids=lambda each: each.name)
def test_cypher_is_text_in_every_parameter(client: FlaskClient, service: Service, endpoint: Endpoint) -> None:
    before = service.status()
    for at, name in enumerate(endpoint.parameters.model_fields):
        for text in (CYPHER[at % len(CYPHER)], " ".join(CYPHER)[:200]):
            given = {**endpoint.example, name: text}
            address = endpoint.path
            for part in re.findall(r"{(\w+)}", endpoint.path):
                address = address.replace(f"{{{part}}}", quote(given.pop(part, "x"), safe=""))
            response = client.get(address, query_string=given)
            assert response.status_code < 500, (name, text, response.text)
            response.close()
    assert service.status() == before


def test_cypher_is_text_in_every_field_of_a_body(attacked: tuple[FlaskClient, Service]) -> None:
    client, service = attacked
    before = service.status()
    document = openapi.document(routes.contract(service, "en"))
    components, walked = document["components"]["schemas"], 0
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is None:
                continue
            example = made_of(content["schema"], components)
            address = re.sub(r"{\w+}", "x", path)
            for place in texts_of(example):
                for text in CYPHER[walked % 3 :: 3]:
                    response = client.open(address, method=method.upper(), json=with_text(example, place, text))
                    assert response.status_code < 500, (path, place, text, response.text)
                    walked += 1
    assert walked > 50
    counted = ("actors", "collaborations", "participations", "themes", "places", "links", "records")
    after = service.status()
    assert [getattr(after, name) for name in counted] == [getattr(before, name) for name in counted]


# ---- requests that are too much


DEEP = "[" * 100_000 + "]" * 100_000
JUDGE = "/api/v1/judgements"


@pytest.mark.parametrize("endpoint", ASKING, ids=lambda each: each.name)
def test_ten_thousand_characters_are_refused_in_every_parameter(client: FlaskClient, endpoint: Endpoint) -> None:
    for name in endpoint.parameters.model_fields:
        if f"{{{name}}}" in endpoint.path:
            continue
        address = re.sub(r"{\w+}", "x", endpoint.path)
        response = client.get(address, query_string={name: "a" * 10_000})
        assert 400 <= response.status_code < 500, (name, response.text)
        assert len(response.data) < 5_000, "what is far too long is not said back"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (DEEP, 400),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, 400),
        (json.dumps({"a": {"a": {"a": {}}}}), 422),
        ('{"a": ' + "9" * 100_000 + "}", 400),
        (json.dumps({"a": "x" * 1_000_000, "b": "y", "verdict": "same", "by": "z"}), 422),
        (json.dumps({"a": "x", "b": "y", "verdict": "same", "by": "z" * 100_000}), 422),
        (json.dumps({str(number): number for number in range(20_000)}), 422),
    ],
    ids=["deep lists", "deep objects", "an object for an id", "a long number", "a long id", "a long name", "many keys"],
)
def test_bodies_that_are_too_much_are_refused_shortly(client: FlaskClient, body: str, status: int) -> None:
    response = client.post(JUDGE, data=body, content_type="application/json")
    assert response.status_code in {status, 422}, response.text[:500]
    assert len(response.data) < 20_000


def test_a_thousand_unknown_parameters_are_not_all_said_back(client: FlaskClient) -> None:
    response = client.get("/api/v1/actors", query_string={f"x{number}": "1" for number in range(1_000)})
    assert response.status_code == 422
    assert response.json
    assert (len(response.json["errors"]), response.json["errors"][-1]["message"]) == (21, "980 more are wrong.")
