"""Health with and without a store, and what every endpoint says while the store is away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from graphsvc import errors
from graphsvc.api import problems, routes
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.engine import Row, Step
from graphsvc.store.graph_store import GraphStore


class Away:
    """An engine whose database fails at each question, as the given error says."""

    name = "away"

    def __init__(self, error: errors.StoreError) -> None:
        self.error = error

    def read(self, statement: str, parameters: object = None) -> list[Row]:
        raise self.error

    def write(self, steps: list[Step]) -> None:
        raise self.error

    def close(self) -> None:
        pass


@pytest.fixture(params=[errors.StoreUnavailable, errors.StoreBusy, errors.StoreTimeout], ids=lambda cls: cls.__name__)
def away(request: pytest.FixtureRequest) -> Iterator[tuple[FlaskClient, int]]:
    error = request.param("bolt://secret.example:7687 is away")
    service = Service(GraphStore(Away(error)))  # type: ignore[arg-type]  # looser than the protocol
    yield create_app(Settings(store=":memory:"), service).test_client(), problems.kind_of(error).status
    service.close()


def test_healthy(client: FlaskClient, service: Service) -> None:
    health = client.get("/health")
    assert health.json is not None
    assert (health.status_code, health.json["status"], health.json["revision"]) == (200, "ok", service.revision())
    assert health.headers["Cache-Control"] == "no-store"


def test_life_does_not_depend_on_the_store(away: tuple[FlaskClient, int]) -> None:
    assert away[0].get("/health/live").status_code == 200
    assert away[0].get("/api/v1/docs").status_code == 200


STORELESS = {
    *("get_life", "get_metrics", "list_measures", "list_calls", "get_call"),
    *("list_jobs", "get_job", "get_job_result", "get_job_events"),
    *("list_publications", "list_versions", "show_latest", "show_version"),
    *("list_uploads", "get_columns", "get_check", "list_users", "list_keys", "list_audit"),
    *("list_regions", "get_region_template", "list_contacts"),
}
"""What answers without the graph; contact persons, as none are kept here."""
ASKED = [each for noun in routes.NOUNS for each in noun if each.method == "GET" and each.name not in STORELESS]


def _asked(path: str, example: Mapping[str, str]) -> str:
    query = urlencode({key: value for key, value in example.items() if f"{{{key}}}" not in path})
    named = re.sub(r"{(\w+)}", lambda part: example.get(part[1], "x"), path)
    return f"{named}?{query}" if query else named


PATHS = ["/", *(_asked(each.path, each.example or {}) for each in ASKED)]


@pytest.mark.parametrize("path", PATHS)
def test_all_else_asks_to_come_back(away: tuple[FlaskClient, int], path: str) -> None:
    client, status = away
    response = client.get(path)
    assert response.status_code == status
    assert response.content_type == problems.MEDIA_TYPE
    assert int(response.headers["Retry-After"]) > 0
    assert "secret.example" not in response.text
