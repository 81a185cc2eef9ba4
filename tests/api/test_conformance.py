"""schemathesis asks every operation what its document allows and what it forbids; nothing may surprise."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, assume, settings
from pydantic import ValidationError
from schemathesis.core import NotSet
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests

from graphsvc.api import openapi, routes, writing
from graphsvc.api.jobs import WantedJob
from graphsvc.api.uploads import EXAMPLE
from graphsvc.errors import InvalidValue
from graphsvc.identifiers import SCHEMES
from graphsvc.measuring import YEARS
from graphsvc.service import Service
from graphsvc.uploads import shown_name

DOCUMENT = openapi.document(each for noun in routes.NOUNS for each in noun)
OPERATIONS = [(method, path) for path, methods in sorted(DOCUMENT["paths"].items()) for method in sorted(methods)]
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SETTINGS = settings(
    max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


def _year(query: Any, name: str) -> int:
    """The year that a query names; 0 for one that is none, which the service is to refuse by itself."""
    text = str(query.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _in_order(body: Any) -> bool:
    """Whether a wish for a job keeps the rules that no schema can say; any other body does."""
    try:
        WantedJob.model_validate_json(json.dumps(body, default=str))
    except ValidationError as error:
        return any(each["type"] != "value_error" for each in error.errors())
    return True


def _hides_or_dates(body: dict[str, Any]) -> bool:
    """Whether a wish to publish names what it hides, which must be there, or days, which must be in order."""
    hide, view = body.get("hide"), body.get("view")
    named = isinstance(hide, dict) and (hide.get("actors") or hide.get("collaborations"))
    return bool(named) or (isinstance(view, dict) and bool(view.get("since") and view.get("until")))


def _of_another_time(headers: Any) -> bool:
    """Whether a write names a revision, which the graph is not at, or a key, which stands for one request only."""
    given = headers or {}
    return "If-Match" in given or bool(re.fullmatch(writing.KEY_PATTERN, str(given.get(writing.KEY, ""))))


def _beyond_a_schema(body: dict[str, Any]) -> bool:
    """Whether who may write is limited to a part, which only readers are, or a name can not be seen."""
    if not str(body.get("name", "")).isprintable():
        return True
    writes = body.get("role", "viewer") != "viewer" or body.get("right", "read") != "read"
    return writes and bool(body.get("theme") or body.get("place"))


def _no_file(case: Any) -> bool:
    """Whether a file is sent with no bytes, which the test client sends without a length, or without a name."""
    if case.operation.path != "/api/v1/uploads" or case.operation.method != "post":
        return False
    try:
        shown_name(str((case.query or {}).get("name", "")))
    except InvalidValue:
        return True
    return not isinstance(case.body, dict) and not (isinstance(case.body, bytes) and case.body)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_every_operation_keeps_its_promises(method: str, path: str, app: Flask, service: Service) -> None:
    # `SCHEMA.parametrize` makes the cases of all operations while collecting: a minute in each process of a test run.
    one = SCHEMA.include(method=method.upper(), path=path)
    made = list(get_all_tests(schema=one, test_func=_keeps_its_promises, settings=SETTINGS, given_kwargs=None))
    [(_, asked)] = [each.ok() for each in made if isinstance(each, Ok)]
    asked(app=app, service=service)


def _keeps_its_promises(case: Any, app: Flask, service: Service) -> None:
    query = case.query or {}
    assume("cursor" not in query)  # one is only ever taken from an answer
    without_body = case.operation.method in ("get", "delete") or not list(case.operation.body)
    assume(without_body or not isinstance(case.body, NotSet))  # 411, which it does not expect
    assume(not (isinstance(case.body, dict) and case.body.get("a", "a") == case.body.get("b", "b")))  # nor this
    assume(not isinstance(case.body, dict) or _in_order(case.body))
    assume(not (isinstance(case.body, dict) and _hides_or_dates(case.body)))
    assume(not (isinstance(case.body, dict) and _beyond_a_schema(case.body)))
    assume(not _of_another_time(case.headers))
    assume(not _no_file(case))
    assume(not query.keys() & SCHEMES.keys())  # identifiers have check digits and stand alone
    assume(str(query.get("since", "")) <= str(query.get("until", "~")))  # no schema can say this
    assume(str(query.get("earlier", "")) < str(query.get("later", "~")))
    assume("/absent" not in case.operation.path or query.get("theme") or query.get("collaboration"))  # from something
    assume(0 <= _year(query, "last") - _year(query, "first") < YEARS)
    case.call_and_validate(app=app, headers={"Accept-Encoding": "identity"})  # its WSGI client unpacks nothing
    for upload in service.desk.uploads.all():  # there is room for some only
        if upload.id != EXAMPLE:
            service.desk.uploads.delete(upload.id)
