"""The API keeps what docs/reference/openapi.json promises: a removal or a changed meaning fails here."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Document = dict[str, Any]
ACTORS = "/api/v1/actors"


@pytest.fixture(scope="module")
def promised(root: Path) -> Document:
    document: Document = json.loads((root / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8"))
    return document


def test_what_was_promised_is_kept(tool: Callable[[str], ModuleType], promised: Document) -> None:
    promise = tool("api_promise")
    assert promise.broken(promised, promise.current()) == [], "docs/reference/api-promise.md says what may change"


def _gone(document: Document) -> None:
    del document["paths"][ACTORS]


def _parameter_gone(document: Document) -> None:
    parameters = document["paths"][ACTORS]["get"]["parameters"]
    parameters[:] = [each for each in parameters if each["name"] != "q"]


def _parameter_required(document: Document) -> None:
    next(each for each in document["paths"][ACTORS]["get"]["parameters"] if each["name"] == "q")["required"] = True


def _default(document: Document) -> None:
    parameters = document["paths"][ACTORS]["get"]["parameters"]
    next(each for each in parameters if each["name"] == "limit")["schema"]["default"] = 10


def _fewer(document: Document) -> None:
    parameters = document["paths"][ACTORS]["get"]["parameters"]
    next(each for each in parameters if each["name"] == "limit")["schema"]["maximum"] = 100


def _field_gone(document: Document) -> None:
    del document["components"]["schemas"]["Actor"]["properties"]["ror"]


def _field_of_another_type(document: Document) -> None:
    document["components"]["schemas"]["Status"]["properties"]["records"]["type"] = "string"


def _field_missing(document: Document) -> None:
    document["components"]["schemas"]["Actor"]["required"].remove("ror")


def _no_csv(document: Document) -> None:
    del document["paths"][ACTORS]["get"]["responses"]["200"]["content"]["text/csv"]


def _greater_right(document: Document) -> None:
    document["paths"][ACTORS]["get"]["security"] = [{"key": ["admin"]}]


def _body_needs_more(document: Document) -> None:
    content = document["paths"]["/api/v1/judgements"]["post"]["requestBody"]["content"]["application/json"]
    name = content["schema"]["$ref"].rsplit("/", 1)[-1]
    document["components"]["schemas"][name]["required"].append("reason")


def _problem_gone(document: Document) -> None:
    document["x-problem-types"].remove("not-found")


@pytest.mark.parametrize(
    "change",
    [
        _gone,
        _parameter_gone,
        _parameter_required,
        _default,
        _fewer,
        _field_gone,
        _field_of_another_type,
        _field_missing,
        _no_csv,
        _greater_right,
        _body_needs_more,
        _problem_gone,
    ],
    ids=lambda change: change.__name__.strip("_"),
)
def test_each_way_to_break_it_is_seen(
    tool: Callable[[str], ModuleType], promised: Document, change: Callable[[Document], None]
) -> None:
    after = copy.deepcopy(promised)
    change(after)
    assert tool("api_promise").broken(promised, after)


def test_what_is_added_breaks_nothing(tool: Callable[[str], ModuleType], promised: Document) -> None:
    after = copy.deepcopy(promised)
    operation = after["paths"][ACTORS]["get"]
    operation["parameters"].append({"name": "new", "in": "query", "required": False, "schema": {"type": "string"}})
    after["components"]["schemas"]["Actor"]["properties"]["new"] = {"type": "string"}
    after["components"]["schemas"]["Actor"]["required"].append("new")
    after["paths"]["/api/v1/new"] = {"get": operation}
    next(each for each in operation["parameters"] if each["name"] == "limit")["schema"]["maximum"] = 10_000
    assert tool("api_promise").broken(promised, after) == []
