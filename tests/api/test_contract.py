"""The contract layer by itself: what a request must look like, in which order it is refused, and what is described."""

from __future__ import annotations

import gzip
from datetime import date
from typing import Annotated, Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import Field
from werkzeug.test import EnvironBuilder, run_wsgi_app

from graphsvc.api import openapi, problems
from graphsvc.api.asking import IN_DIGITS, Day, Parameters
from graphsvc.api.contract import Asked, Contract, Endpoints
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.service import Service


class Both(Answered):
    """Used as input and as output: each direction has its own schema."""

    amount: int = 1


class Echo(Parameters):
    id: str = Field(pattern="^[a-z]+$")
    day: Day | None = None
    number: Annotated[int, Field(ge=0, le=9), IN_DIGITS] = 1
    many: tuple[str, ...] = ()


class Revised(Service):
    """A service that is nothing but its revision."""

    def __init__(self) -> None:
        self.at = 1
        self.today = lambda: date(2026, 1, 1)

    def revision(self) -> int:
        return self.at


echoes = Endpoints("Echo")


@echoes.endpoint("/echo/{id}", Echo, {"application/json": Both, "text/csv": None}, example={"id": "a"})
def get_echo(asked: Asked[Echo]) -> Answer:
    """Get an echo.

    It comes back.
    """
    content: Any = "a;b\n" if asked.media_type == "text/csv" else Both(amount=asked.parameters.number)
    return Answer(content, asked.service.revision())


class Only(Parameters):
    pass


@echoes.endpoint("/echo", Only, Both, method="POST", body=Both, revised=False)
def post_echo(asked: Asked[Only]) -> Answer:
    """Send an echo."""
    return Answer(asked.body)


@pytest.fixture
def service() -> Revised:
    return Revised()


@pytest.fixture
def client(service: Revised) -> FlaskClient:
    app = Flask("contract")
    app.config["MAX_CONTENT_LENGTH"] = 1000
    app.before_request(lambda: setattr(g, "request_id", "test"))
    contract = Contract(service)
    for endpoint in echoes:
        contract.add(endpoint)
    app.register_blueprint(contract.blueprint)
    problems.register(app)
    return app.test_client()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/json"}, b'{"amount": 2}', 200),
        ({"Content-Type": "application/json; charset=utf-8"}, b"{}", 200),
        ({"Content-Type": "text/plain"}, b"x" * 1001, 413),  # before 415
        ({"Content-Type": "text/plain"}, b'{"amount": 2}', 415),  # a form of another origin could send this
        ({}, b'{"amount": 2}', 415),
        ({"Content-Type": "application/json"}, b'{"amount": ', 400),
        ({"Content-Type": "application/json"}, b" ", 400),
        ({"Content-Type": "application/json"}, b"[" * 900, 400),
        ({"Content-Type": "application/json"}, b'{"amount": NaN}', 400),
        ({"Content-Type": "application/json"}, b'"{\\"amount\\": 2}"', 422),  # a string that holds JSON is a string
        ({"Content-Type": "application/json"}, b'{"amount": "many"}', 422),
    ],
)
def test_bodies_are_refused_in_a_fixed_order(
    client: FlaskClient, headers: dict[str, str], body: bytes, status: int
) -> None:
    response = client.post("/echo", data=body, headers=headers)
    assert response.status_code == status
    assert response.mimetype == ("application/json" if status == 200 else problems.MEDIA_TYPE)


def test_a_body_of_unknown_length_is_refused_first(client: FlaskClient) -> None:
    environ = EnvironBuilder("/echo", method="POST", data=b"{", content_type="text/plain").get_environ()
    del environ["CONTENT_LENGTH"]  # as a chunked request arrives
    environ["wsgi.input_terminated"] = True
    _, status, headers = run_wsgi_app(client.application, environ)
    assert status.startswith("411")
    assert headers["Content-Type"] == problems.MEDIA_TYPE


@pytest.mark.parametrize(
    ("path", "status", "fields"),
    [
        ("/echo/a?number=9&day=2026-01-31&many=x&many=y", 200, []),
        ("/echo/a?numbr=9", 422, ["numbr"]),
        ("/echo/a?id=b", 422, ["id"]),  # an id of the path is no query parameter
        ("/echo/a?number=2&number=3", 422, ["number"]),
        ("/echo/a?number=10", 422, ["number"]),
        ("/echo/a?number=5.0", 422, ["number"]),
        ("/echo/a?number=1_0", 422, ["number"]),
        ("/echo/a?number=%D9%A3", 422, ["number"]),  # an Arabic-Indic digit
        ("/echo/a?day=0", 422, ["day"]),  # pydantic alone would take seconds since 1970
        ("/echo/a?day=2026-02-30&number=x", 422, ["day", "number"]),
        ("/echo/A1", 404, ["id"]),
    ],
)
def test_parameters_are_read_strictly(client: FlaskClient, path: str, status: int, fields: list[str]) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert [each["field"] for each in (response.json or {}).get("errors", [])] == fields


def test_an_unknown_parameter_is_told_the_known_ones(client: FlaskClient) -> None:
    problem = client.get("/echo/a?numbr=9").json
    assert problem is not None
    assert problem["errors"][0]["message"] == "Unknown parameter. Known here: day, many, number."
    assert problem["type"] == "/problems/invalid-request"
    assert "numbr" in problem["detail"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.1, application/json;q=0.9", "application/json"),
        ("image/png", None),
        ("application/json;q=0", None),
    ],
)
def test_the_form_is_agreed_on(client: FlaskClient, accept: str | None, media_type: str | None) -> None:
    response = client.get("/echo/a", headers={"Accept": accept} if accept else {})
    assert response.status_code == (200 if media_type else 406)
    assert response.mimetype == media_type or problems.MEDIA_TYPE
    if media_type:
        assert response.vary.as_set() == {"accept"}


def test_an_etag_stands_for_question_form_and_revision(client: FlaskClient, service: Revised) -> None:
    first = client.get("/echo/a")
    assert first.headers["Cache-Control"] == "no-cache"
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    others = [
        client.get("/echo/b"),
        client.get("/echo/a?number=2"),
        client.get("/echo/a", headers={"Accept": "text/csv"}),
    ]
    assert len({tag, *(each.headers["ETag"] for each in others)}) == 4
    # the same question in other words
    assert client.get("/echo/a?number=1").headers["ETag"] == tag
    again = client.get("/echo/a", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    service.at = 2
    changed = client.get("/echo/a", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_the_document_has_each_direction_of_a_model() -> None:
    document = openapi.document(echoes)
    OpenAPIV31SpecValidator(document).validate()
    assert set(document["components"]["schemas"]) == {"Both-Input", "Both-Output", "FieldError", "Problem"}
    post = document["paths"]["/echo"]["post"]
    assert post["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/Both-Input")
    assert set(post["responses"]) == {
        *("200", "400", "401", "403", "406", "409", "411", "412", "413", "415", "422", "429", "500", "503")
    }
    get = document["paths"]["/echo/{id}"]["get"]
    assert (get["operationId"], get["summary"], get["description"]) == ("get_echo", "Get an echo", "It comes back.")
    assert [(each["name"], each["in"], each["required"]) for each in get["parameters"]] == [
        ("id", "path", True),
        ("day", "query", False),
        ("number", "query", False),
        ("many", "query", False),
    ]
    assert get["parameters"][1]["schema"] == {"type": "string", "format": "date"}
    assert get["parameters"][2]["schema"] == {"type": "integer", "default": 1, "minimum": 0, "maximum": 9}
    assert set(get["responses"]["200"]["content"]) == {"application/json", "text/csv"}


def test_two_endpoints_of_one_name_are_refused(service: Revised) -> None:
    contract = Contract(service)
    contract.add(echoes[0])
    with pytest.raises(ValueError, match="get_echo"):
        contract.add(echoes[0])


def test_a_costly_answer_is_made_and_packed_once_a_revision(service: Revised) -> None:
    made = []
    costly = Endpoints("Costly")

    @costly.endpoint("/costly", Only, Both, kept=True)
    def get_costly(asked: Asked[Only]) -> Answer:
        """Think long."""
        made.append(asked.service.revision())
        return Answer(" " * 5000 + Both().model_dump_json(), asked.service.revision())

    contract = Contract(service)
    contract.add(costly[0])
    app = Flask("costly")
    app.register_blueprint(contract.blueprint)
    plain = app.test_client().get("/costly")
    packed = app.test_client().get("/costly", headers={"Accept-Encoding": "gzip"})
    assert made == [1]
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert plain.vary.as_set() == packed.vary.as_set() == {"accept-encoding"}
    assert plain.headers["ETag"] != packed.headers["ETag"], "a strong ETag stands for the bytes"
    for tag in (plain.headers["ETag"], packed.headers["ETag"]):
        assert app.test_client().get("/costly", headers={"If-None-Match": tag}).status_code == 304
    service.at = 2
    assert app.test_client().get("/costly", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 200
    assert made == [1, 2]
