"""Every error has a row in the table, and no answer shows what is inside."""

from __future__ import annotations

import inspect
import logging

import pytest
from flask import Flask, g

from graphsvc import errors
from graphsvc.api import problems

ERRORS = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.GraphsvcError)]
SECRET = "MATCH (n:Actor {password: 'hunter2'})"  # noqa: S105  # what must not be seen


def app_raising(error: Exception) -> Flask:
    app = Flask("problems")
    problems.register(app)

    @app.get("/")
    def fail() -> str:
        g.request_id = "r1"
        raise error

    return app


@pytest.mark.parametrize("cls", ERRORS, ids=lambda cls: cls.__name__)
def test_each_class_of_the_tree_has_its_row(cls: type[errors.GraphsvcError]) -> None:
    assert cls in problems.OF_ERROR
    kind = problems.OF_ERROR[cls]
    assert 400 <= kind.status <= 599
    ours = not issubclass(cls, errors.InputError | errors.NotFound)
    assert bool(kind.detail) == ours, "our faults say a fixed sentence, the request's faults their own"


def test_the_names_of_problems_are_unique() -> None:
    names = [kind.name for kind in problems.kinds()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "error",
    [
        errors.StoreUnavailable(SECRET),
        errors.StatementError(SECRET),
        errors.StoreTimeout(SECRET),
        errors.SettingsError(SECRET),
        RuntimeError(SECRET),
    ],
    ids=lambda error: type(error).__name__,
)
def test_our_faults_show_nothing_and_are_logged(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "graphsvc.api"):
        response = app_raising(error).test_client().get("/")
    assert response.status_code >= 500
    assert response.mimetype == problems.MEDIA_TYPE
    assert "hunter2" not in response.text
    assert "Traceback" not in response.text
    assert response.json is not None
    assert response.json["request_id"] == "r1"
    assert [record.__dict__["request_id"] for record in caplog.records] == ["r1"]
    if response.status_code == 503:
        assert int(response.headers["Retry-After"]) > 0


def test_a_class_without_a_row_gets_that_of_the_class_above() -> None:
    class NewKind(errors.NotFound):
        pass

    response = app_raising(NewKind("actor", "x")).test_client().get("/")
    assert (response.status_code, response.json and response.json["type"]) == (404, "/problems/not-found")


def test_a_wrong_value_names_its_field() -> None:
    error = errors.InvalidValue("The day is wrong.", remedy="Write another.", field="since")
    problem = app_raising(error).test_client().get("/").json
    assert problem is not None
    assert problem["detail"] == "The day is wrong. Write another."
    assert problem["errors"] == [{"field": "since", "message": "The day is wrong."}]
