"""What monitoring sees: routes and statements with their times, the age of each source, and a store that is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from graphsvc.app import create_app
from graphsvc.errors import StoreUnavailable
from graphsvc.service import Service
from graphsvc.store.engine import Row, Step
from graphsvc.store.graph_store import GraphStore
from tests.api.conftest import SETTINGS

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def scraped(client: FlaskClient) -> Samples:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def count(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((name, tuple(sorted(labels.items()))), 0.0)


def test_requests_are_counted_by_route_and_status_and_not_by_address(client: FlaskClient) -> None:
    before = scraped(client)
    client.get("/api/v1/actors/nobody-of-this-name")
    after = scraped(client)
    told = {"method": "GET", "route": "/api/v1/actors/<id>", "status": "404"}
    name = "graphsvc_request_seconds_count"
    assert count(after, name, **told) == count(before, name, **told) + 1
    assert not any("nobody-of-this-name" in str(key) for key in after)


def test_statements_are_counted_by_name(client: FlaskClient) -> None:
    samples = scraped(client)
    assert count(samples, "graphsvc_statement_seconds_count", statement="revision/value", outcome="done") > 0
    assert count(samples, "graphsvc_store_up") == 1


def test_the_age_of_each_source_is_told(client: FlaskClient, service: Service) -> None:
    samples = scraped(client)
    for source in service.sources():
        if source.imported:
            told = count(samples, "graphsvc_source_imported_timestamp_seconds", source=source.id)
            assert told == source.imported.timestamp()


class Away:
    """An engine that answers nothing."""

    name = "away"

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        raise StoreUnavailable("away")

    def write(self, steps: Sequence[Step]) -> None:
        raise StoreUnavailable("away")

    def close(self) -> None: ...


def test_a_store_that_is_away_is_told_and_the_rest_is_still_there() -> None:
    samples = scraped(create_app(SETTINGS, Service(GraphStore(Away()))).test_client())
    assert count(samples, "graphsvc_store_up") == 0
    assert ("graphsvc_revision", ()) not in samples
    assert any(name == "graphsvc_request_seconds_count" for name, _ in samples)
