"""schemathesis asks every operation what its document allows and what it forbids; nothing may surprise.

GRAPHSVC_TEST_EXAMPLES=150   so many examples of each operation, drawn with a seed, on Neo4j too (``make conformance``)
GRAPHSVC_TEST_SEED=7         another seed than the one that is written here
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, assume, seed, settings
from pydantic import ValidationError
from schemathesis.core import NotSet
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests

from graphsvc.api import openapi, routes, writing
from graphsvc.api.jobs import WantedJob
from graphsvc.api.uploads import EXAMPLE
from graphsvc.app import create_app
from graphsvc.errors import InvalidValue
from graphsvc.identifiers import SCHEMES
from graphsvc.measuring import YEARS
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.uploads import shown_name
from tests.api.conftest import documented
from tests.conftest import unhurried

DOCUMENT = openapi.document(each for noun in routes.NOUNS for each in noun)
OPERATIONS = [(method, path) for path, methods in sorted(DOCUMENT["paths"].items()) for method in sorted(methods)]
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
EXAMPLES: Final = os.environ.get("GRAPHSVC_TEST_EXAMPLES", "")
SEED: Final = int(os.environ.get("GRAPHSVC_TEST_SEED", "20261128"))
"""Of the large run only: the one of every change asks the same each time, seed or not."""
SETTINGS = settings(
    max_examples=int(EXAMPLES or 25),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PLAIN: Final = {"Accept-Encoding": "identity"}
"""schemathesis' WSGI client unpacks nothing."""
Stores = dict[str, tuple[Flask, Service]]
pytestmark = [pytest.mark.neo4j] if EXAMPLES else []


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


@pytest.fixture(scope="module")
def stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The application and its service on the embedded store; in a large run on Neo4j too."""
    embedded = request.getfixturevalue("app"), request.getfixturevalue("service")
    if not EXAMPLES:
        yield {"embedded": embedded}
        return
    server = request.getfixturevalue("neo4j_running")
    server.wipe()
    home = tmp_path_factory.mktemp("served")
    there = Settings(store=server.uri, store_password=server.password, home=home, request_seconds=25)
    with unhurried(), documented(there) as service:
        yield {"embedded": embedded, "neo4j": (create_app(there, service), service)}


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_every_operation_keeps_its_promises(method: str, path: str, stores: Stores) -> None:
    # `SCHEMA.parametrize` makes the cases of all operations while collecting: a minute in each process of a test run.
    one = SCHEMA.include(method=method.upper(), path=path)
    made = list(get_all_tests(schema=one, test_func=_keeps_its_promises, settings=SETTINGS, given_kwargs=None))
    [(_, asked)] = [each.ok() for each in made if isinstance(each, Ok)]
    (seed(SEED)(asked) if EXAMPLES else asked)(stores=stores)


def _keeps_its_promises(case: Any, stores: Stores) -> None:
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
    statuses = {}
    for name, (app, service) in stores.items():  # to draw an example costs more than to ask it
        try:
            answer = case.call_and_validate(app=app, headers=PLAIN)
            statuses[name] = answer.status_code
        except BaseException as failure:
            failure.add_note(f"Asked of the {name} store.")
            raise
        for upload in service.desk.uploads.all():  # there is room for some only
            if upload.id != EXAMPLE:
                service.desk.uploads.delete(upload.id)
    assert len(set(statuses.values())) == 1, f"the stores answer otherwise: {statuses}"
