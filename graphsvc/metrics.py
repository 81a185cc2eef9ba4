"""What a monitoring system asks about the service, in the words of Prometheus. No text of the data is in it.

Counts are of this process; several workers are scraped one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
REGISTRY: Final = CollectorRegistry()
REQUESTS: Final = Histogram(
    "graphsvc_request_seconds",
    "Time from a request to its answer, by route (never the address itself) and status.",
    ("method", "route", "status"),
    buckets=_SECONDS,
    registry=REGISTRY,
)
STATEMENTS: Final = Histogram(
    "graphsvc_statement_seconds",
    "Time that the graph store took for a named statement, or a transaction by its last one, and how it ended.",
    ("statement", "outcome"),
    buckets=_SECONDS,
    registry=REGISTRY,
)


def statement_ended(statement: str, outcome: str, seconds: float) -> None:
    """Note a statement."""
    STATEMENTS.labels(statement, outcome).observe(seconds)


@dataclass(frozen=True, slots=True)
class State:
    """What is asked at the moment of scraping."""

    revision: int
    imported: Iterable[tuple[str, datetime]]
    """Id of a source, and when its last import ended."""


class Asking(Collector):
    """Asks for the state when it is scraped. Where the store is away, only ``graphsvc_store_up 0`` is told."""

    def __init__(self, state: Callable[[], State | None]) -> None:
        self._state = state

    def describe(self) -> Iterable[Metric]:
        """Return nothing: registering must not ask the store."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges."""
        state = self._state()
        yield GaugeMetricFamily("graphsvc_store_up", "Whether the graph store answers.", value=float(state is not None))
        if state is None:
            return
        yield GaugeMetricFamily("graphsvc_revision", "Revision of the graph.", value=state.revision)
        ages = GaugeMetricFamily(
            "graphsvc_source_imported_timestamp_seconds", "When the last import of a source ended.", labels=("source",)
        )
        for source, ended in sorted(state.imported):
            ages.add_metric((source,), ended.timestamp())
        yield ages


def text(state: Callable[[], State | None]) -> bytes:
    """Return everything in the text format of Prometheus."""
    now = CollectorRegistry()
    now.register(Asking(state))
    return generate_latest(REGISTRY) + generate_latest(now)
