"""Traces: what was asked by route, what the store did by name, what jobs there were; and nothing of anybody's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from graphsvc import telemetry
from graphsvc.app import create_app
from graphsvc.jobs.job import Wish
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from graphsvc.working import dispatcher
from tests.store.made_up import region

CANARY = "Maija-Mäkinen-7f3a"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    assert telemetry.start("1", {}, exporter)
    yield exporter
    telemetry.stop()


@pytest.fixture
def store() -> Iterator[GraphStore]:
    store = open_store(Settings.load(store=":memory:"))
    store.apply(region())
    yield store
    store.close()


def of(spans: InMemorySpanExporter, begin: str) -> list[ReadableSpan]:
    return [each for each in spans.get_finished_spans() if each.name.startswith(begin)]


def test_a_request_and_its_statements_are_one_trace(store: GraphStore, spans: InMemorySpanExporter) -> None:
    client = create_app(Settings(), Service(store)).test_client()
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    client.get(f"/api/v1/actors?q={CANARY}", headers={"Traceparent": parent, "Authorization": f"Bearer {CANARY}"})
    (request,) = of(spans, "GET ")
    assert request.name == "GET /api/v1/actors"
    assert dict(request.attributes or {}) == {
        "http.request.method": "GET",
        "http.route": "/api/v1/actors",
        "http.response.status_code": 200,
    }
    assert f"{request.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    statements = of(spans, "statement ")
    assert {each.parent.span_id for each in statements if each.parent} == {request.context.span_id}
    assert "statement actors/search" in {each.name for each in statements}
    assert all(set(each.attributes or {}) == {"db.operation.name", "graphsvc.outcome"} for each in statements)
    assert CANARY not in "".join(each.to_json() for each in spans.get_finished_spans())
    client.get(f"/{CANARY}")
    assert of(spans, "GET ")[-1].name == "GET none"
    assert CANARY not in "".join(each.to_json() for each in spans.get_finished_spans())


def test_a_job_is_traced_without_what_it_was_asked(store: GraphStore, spans: InMemorySpanExporter) -> None:
    service = Service(store)
    service.jobs.add(Wish("undo", f'{{"import_id": "{CANARY}"}}', CANARY))
    dispatcher(service, threads=0).drain()
    (job,) = of(spans, "job ")
    assert job.name == "job undo"
    assert set(job.attributes or {}) == {"graphsvc.job.kind", "graphsvc.job.id"}
    assert CANARY not in "".join(each.to_json() for each in spans.get_finished_spans())
    service.close()


def test_off_without_an_address_nothing_is_imported() -> None:
    code = (
        "import sys, graphsvc.app; from graphsvc import telemetry; assert not telemetry.start('1', {});"
        "telemetry.statement_ended('a', 'done', 1.0); telemetry.Request().end('GET', '/', 200);"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_off_without_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http.trace_exporter"):
        monkeypatch.setitem(sys.modules, name, None)
    assert not telemetry.start("1", {telemetry.ENDPOINT: "http://127.0.0.1:9"})
