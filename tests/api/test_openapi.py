"""The document, the addresses and the answers say the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from graphsvc.api import openapi, routes
from graphsvc.service import Service

ENDPOINTS = [each for noun in routes.NOUNS for each in noun]


@pytest.fixture(scope="module")
def document(service: Service) -> dict[str, Any]:
    return openapi.document(routes.contract(service, "en"))


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(
        {**schema, "components": document["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_the_document_is_the_same_each_time_and_served_as_it_is(client: FlaskClient, document: dict[str, Any]) -> None:
    served = client.get("/api/v1/openapi.json")
    assert served.json == document
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": served.headers["ETag"]})
    assert again.status_code == 304


def test_document_and_addresses_are_the_same(app: Flask, document: dict[str, Any]) -> None:
    others = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api.")]
    assert {rule.endpoint.partition(".")[0] for rule in others} == {"pages"}
    assert {rule.rule for rule in others if rule.rule.startswith("/api/")} == {"/api/v1/docs", "/api/v1/openapi.json"}
    answered = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("api.")
    }
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    assert answered == described


def test_names_are_good_names(document: dict[str, Any]) -> None:
    for name in document["components"]["schemas"]:
        assert re.fullmatch(r"[A-Z][A-Za-z]+", name), name
    ids = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids))


def test_everything_is_described(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            assert operation["description"], path
            for parameter in operation["parameters"]:
                assert parameter["description"], f"{path} {parameter['name']}"
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description"), name


# Contact persons are kept nowhere by default, so no sample answers for them: tests/api/test_contacts.py keeps some.
READ = [each for each in ENDPOINTS if each.method == "GET" and each.name != "list_contacts"]


@pytest.mark.parametrize("endpoint", READ, ids=lambda each: each.name)
def test_each_example_is_answered_as_described(client: FlaskClient, document: dict[str, Any], endpoint: Any) -> None:
    path = endpoint.path.format_map(endpoint.example)
    query = {name: value for name, value in endpoint.example.items() if f"{{{name}}}" not in endpoint.path}
    described = document["paths"][endpoint.path]["get"]["responses"]["200"]
    for media_type, content in described["content"].items():
        response = client.get(path, query_string=query, headers={"Accept": media_type})
        assert response.status_code == 200, response.text
        assert response.mimetype == media_type
        assert response.data
        for header in described["headers"]:
            assert response.headers[header]
        if "schema" in content:
            errors = sorted(validator(document, content["schema"]).iter_errors(response.json), key=str)
            assert not errors
            assert response.json
            revision = response.json.get("graph", response.json).get("revision")
            assert not endpoint.revised or int(revision) > 0


@pytest.mark.parametrize("path", ["/api/v1/actors/nobody", "/api/v1/actors?limit=0", "/nowhere"])
def test_problems_are_as_described(client: FlaskClient, document: dict[str, Any], path: str) -> None:
    schema = {"$ref": "#/components/schemas/Problem"}
    assert not list(validator(document, schema).iter_errors(client.get(path).json))


def test_each_kind_of_problem_is_explained_where_its_type_points(client: FlaskClient) -> None:
    problem = client.get("/api/v1/actors/nobody").json
    assert problem is not None
    response = client.get(problem["type"])
    assert response.status_code == 302
    page, _, anchor = response.headers["Location"].partition("#")
    assert f'id="{anchor}"' in client.get(page).text
