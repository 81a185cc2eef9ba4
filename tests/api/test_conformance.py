"""schemathesis asks every operation what its document allows and what it forbids; nothing may surprise.

GRAPHSVC_TEST_EXAMPLES=150   so many examples of each operation, drawn with a seed, on Neo4j too (``make conformance``)
GRAPHSVC_TEST_SEED=7         another seed than the one that is written here
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
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
from schemathesis.specs.openapi.checks import positive_data_acceptance

from graphsvc.api import openapi, routes, writing
from graphsvc.api.jobs import WantedJob
from graphsvc.api.uploads import EXAMPLE
from graphsvc.app import create_app
from graphsvc.errors import InvalidValue
from graphsvc.identifiers import SCHEMES
from graphsvc.jobs.job import State
from graphsvc.measuring import YEARS
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.uploads import shown_name
from tests.api.conftest import documented
from tests.api.there import confirmed, named, spoken_of
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
RULES: Final = (
    r"^A contact person needs an e-mail address or a phone number",
    r"^The last day, \S+, is over already",
    r"^\S+ is no reason for ",
    r"^Another reason needs words",
    r"^Only what is declined stays away until a day",
    r"^Since when is said only of those who already work together",
    r" is still to come",
    r" already work together, as ",
    r"^This would make one body of what was told apart",
    r" are one body through others",
    r"^Nothing is supposed",
    r" is both added to and taken away",
    r" are one actor",
    r"nothing can have changed since",
    r"^Two hypothetical actors are called ",
    r"^Nobody takes part in ",
    r" is no field of ",
    r"^Two columns of ",
    r" is not after ",
)
"""What is asked of a request beyond its schema: of values together, of today, of what is there."""
PLAIN: Final = {"Accept-Encoding": "identity"}
"""schemathesis' WSGI client unpacks nothing."""
Stores = dict[str, tuple[Flask, Service]]
Told = Counter[int]
"""How often each status was answered."""
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


def _breaks_a_rule(answer: Any) -> bool:
    """Whether a request is refused for what no schema can say, in a sentence that stands here."""
    return answer.status_code == 422 and bool(re.search("|".join(RULES), answer.json().get("detail", "")))


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
    here = Settings(store=":memory:", home=tmp_path_factory.mktemp("here"), contacts=True)
    with documented(here) as embedded:
        opened = {"embedded": (create_app(here, embedded), embedded)}
        if not EXAMPLES:
            yield opened
            return
        server = request.getfixturevalue("neo4j_running")
        server.wipe()
        there = Settings(
            store=server.uri,
            store_password=server.password,
            home=tmp_path_factory.mktemp("there"),
            contacts=True,
            request_seconds=25,
        )
        with unhurried(), documented(there) as remote:
            yield opened | {"neo4j": (create_app(there, remote), remote)}


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_every_operation_keeps_its_promises(
    method: str, path: str, stores: Stores, request: pytest.FixtureRequest
) -> None:
    # `SCHEMA.parametrize` makes the cases of all operations while collecting: a minute in each process of a test run.
    one = SCHEMA.include(method=method.upper(), path=path)
    made = list(get_all_tests(schema=one, test_func=_keeps_its_promises, settings=SETTINGS, given_kwargs=None))
    [(_, asked)] = [each.ok() for each in made if isinstance(each, Ok)]
    told: Told = Counter()
    (seed(SEED)(asked) if EXAMPLES else asked)(stores=stores, told=told)
    request.node.user_properties.append(("answers", json.dumps(dict(sorted(told.items())))))  # for --junitxml
    assert any(status < 400 for status in told), f"nothing was answered but {dict(told)}"


def _keeps_its_promises(case: Any, stores: Stores, told: Told) -> None:
    drawn, query, body = spoken_of(case)
    if query != case.query:  # what is set is looked at anew: whether it is what the schema allows
        case.query = query
    if body != case.body:
        case.body = body
    query = query or {}
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
        path = named(app, service, case.operation.path, drawn)
        if path != case.path_parameters:
            case.path_parameters = path
        if (said := confirmed(app, service, case.operation.path, body)) is not body:
            case.body = said
        try:
            answer = case.call(app=app, headers=PLAIN)
            but = [positive_data_acceptance] if _breaks_a_rule(answer) else []
            how = {"app": app, "headers": PLAIN}
            case.validate_response(answer, headers=PLAIN, excluded_checks=but, transport_kwargs=how)
            statuses[name] = answer.status_code
        except BaseException as failure:
            failure.add_note(f"Asked of the {name} store.")
            raise
        for upload in service.desk.uploads.all():  # there is room for some only
            if upload.id != EXAMPLE:
                service.desk.uploads.delete(upload.id)
        for job in service.jobs.find((State.QUEUED,))[0]:
            service.jobs.cancel(job.id)
    told.update(statuses.values())
    assert len(set(statuses.values())) == 1, f"the stores answer otherwise: {statuses}"
