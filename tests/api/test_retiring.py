"""An address that is to go says so in its answers and in the document, a year before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from graphsvc.api import openapi
from graphsvc.api.contract import Asked, Contract, Endpoints
from graphsvc.api.params import Nothing
from graphsvc.api.problems import Answered
from graphsvc.api.retiring import Retiring
from graphsvc.api.sending import Answer
from graphsvc.service import Service

GOING = Retiring(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC), "/api/v1/new")
old = Endpoints("Old")


class Word(Answered):
    """A word."""

    word: str


@old.endpoint("/api/v1/old", Nothing, Word, revised=False, retiring=GOING)
def get_old(asked: Asked[Nothing]) -> Answer:
    """Get a word.

    It goes.
    """
    return Answer(Word(word="old"))


@pytest.fixture
def contract(service: Service) -> Contract:
    made = Contract(service)
    for endpoint in old:
        made.add(endpoint)
    return made


def test_an_address_that_is_to_go_says_so(contract: Contract) -> None:
    app = Flask("old")
    app.register_blueprint(contract.blueprint)
    headers = app.test_client().get("/api/v1/old").headers
    assert headers["Deprecation"] == "@1798761600"
    assert headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert headers["Link"] == '</api/v1/new>; rel="successor-version"'
    assert openapi.document(contract)["paths"]["/api/v1/old"]["get"]["deprecated"] is True


def test_nothing_goes_within_a_year() -> None:
    with pytest.raises(ValueError, match="365"):
        Retiring(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC), "/api/v1/new")
