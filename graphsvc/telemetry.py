"""Traces for OpenTelemetry, where its packages are installed and ``OTEL_EXPORTER_OTLP_ENDPOINT`` says where to.

One span for each request (method, route, status), statement (name, how it ended) and job (kind, id). Neither addresses,
parameters, query texts nor names of callers are in them. Off, nothing is imported and each call is a look at None.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span, Tracer

ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
_NAME: Final = "graphsvc"


class _Tracing:
    """What is traced with; None while nobody asked for it."""

    tracer: Tracer | None = None
    provider: Any = None


def start(version: str, environment: Mapping[str, str] = os.environ, exporter: SpanExporter | None = None) -> bool:
    """Begin to trace, and return whether anything is traced; once for a process.

    ``exporter`` gets the spans at once, for tests; without one they are sent where :data:`ENDPOINT` says, many at a
    time in a thread of their own, with what else the variables of OpenTelemetry ask for.
    """
    if not (exporter or environment.get(ENDPOINT)):
        return False
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
    except ImportError:
        return False
    provider = TracerProvider(resource=Resource.create({"service.name": _NAME, "service.version": version}))
    sent = SimpleSpanProcessor(exporter) if exporter else BatchSpanProcessor(OTLPSpanExporter())
    provider.add_span_processor(sent)
    _Tracing.provider, _Tracing.tracer = provider, provider.get_tracer(_NAME, version)
    return True


def stop() -> None:
    """Send what is left and trace no more. Safe to call twice."""
    if _Tracing.provider is not None:
        _Tracing.provider.shutdown()
    _Tracing.provider = _Tracing.tracer = None


@contextmanager
def job(kind: str, id_: str) -> Iterator[None]:
    """Trace the work on a job; statements within belong to it."""
    if _Tracing.tracer is None:
        yield
        return
    with _Tracing.tracer.start_as_current_span(f"job {kind}", record_exception=False) as span:
        span.set_attributes({"graphsvc.job.kind": kind, "graphsvc.job.id": id_})
        yield


class Request:
    """The span of a request, from its beginning to its answer; statements within belong to it."""

    def __init__(self, parent: str = "") -> None:
        """``parent`` says of which trace it is a part: the header ``traceparent``, as the W3C has it."""
        self._span: Span | None = None
        self._token: Any = None
        if _Tracing.tracer is None:
            return
        from opentelemetry import context, trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        around = TraceContextTextMapPropagator().extract({"traceparent": parent})
        self._span = _Tracing.tracer.start_span("request", around, trace.SpanKind.SERVER)
        self._token = context.attach(trace.set_span_in_context(self._span, around))

    def end(self, method: str, route: str, status: int) -> None:
        """Say what was asked and how it was answered. Only the first call counts."""
        if self._span is None:
            return
        from opentelemetry import context
        from opentelemetry.trace import Status, StatusCode

        self._span.update_name(f"{method} {route}")
        self._span.set_attributes({"http.request.method": method, "http.route": route})
        self._span.set_attribute("http.response.status_code", status)
        if status >= 500:
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end()
        context.detach(self._token)
        self._span = None


def statement_ended(statement: str, outcome: str, seconds: float) -> None:
    """Trace a statement that has ended: an observer of :mod:`graphsvc.store.watched`."""
    if _Tracing.tracer is None:
        return
    from opentelemetry.trace import SpanKind, Status, StatusCode

    ended = time.time_ns()
    begun = ended - int(seconds * 1e9)
    said = {"db.operation.name": statement, "graphsvc.outcome": outcome}
    span = _Tracing.tracer.start_span(f"statement {statement}", kind=SpanKind.CLIENT, start_time=begun, attributes=said)
    if outcome != "done":
        span.set_status(Status(StatusCode.ERROR))
    span.end(ended)
