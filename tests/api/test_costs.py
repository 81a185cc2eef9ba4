"""No question costs more than its budget: each endpoint is asked with the dearest parameters that it takes.

Work is counted in seconds of the processor, never of the clock. What endpoints cost on a network of 32,000 actors, and
which become jobs there, is measured by ``benchmarks/dearest.py`` (docs/decisions/0033-bounded-requests.md).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from flask.testing import FlaskClient

from graphsvc.api import routes
from graphsvc.api.contract import Endpoint
from graphsvc.app import create_app
from graphsvc.model import IdentityLevel
from graphsvc.service import Service
from tests.api.conftest import SETTINGS
from tests.api.dearest import ANSWERED_AT_ONCE, DEAREST, WRITES

SECONDS: Final = 15.0
"""Of the processor, with every other thread of this process: three times the longest work inside a request (SERVICE.md,
P3), as a processor that is shared takes longer for the same work."""
MEGABYTES: Final = 150
"""That the process may grow by while it answers, at its peak."""
ENDPOINTS: Final = {each.name: each for noun in routes.NOUNS for each in noun}
ASKED: Final = {name: each for name, each in ENDPOINTS.items() if each.method == "GET"}


@pytest.fixture(scope="module")
def fresh(service: Service) -> Iterator[FlaskClient]:
    """A client of an application that keeps no answers yet."""
    yield create_app(SETTINGS, service).test_client()


def test_every_endpoint_is_in_the_table() -> None:
    assert set(DEAREST) == set(ASKED), "say in tests/api/dearest.py with which parameters it costs most"
    assert set(WRITES) == set(ENDPOINTS) - set(ASKED), "say in tests/api/dearest.py what bounds it"
    assert {name for name, each in ENDPOINTS.items() if each.later == "always"} <= set(WRITES)


@pytest.mark.parametrize("name", DEAREST)
def test_the_dearest_question_keeps_to_its_budget(fresh: FlaskClient, name: str) -> None:
    endpoint, (query, media_type) = ASKED[name], DEAREST[name]
    before, began = peak(reset=True), time.process_time()
    answer = fresh.get(_path(endpoint), query_string=query, headers={"Accept": media_type} if media_type else {})
    size = sum(len(part) for part in some(answer.response, name))
    answer.close()
    seconds, grown = time.process_time() - began, peak() - before
    assert answer.status_code == (200 if _has_example(endpoint) else 404), name
    assert size > 0
    assert seconds < SECONDS
    assert grown < MEGABYTES


def _path(endpoint: Endpoint) -> str:
    path = endpoint.path
    for name, value in endpoint.example.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def _has_example(endpoint: Endpoint) -> bool:
    """Whether the sample has what the endpoint is about."""
    return "{" not in _path(endpoint)


def some(parts: Any, name: str) -> Iterator[bytes]:
    """Yield the answer; of a stream of events, which ends when its job does, what comes first."""
    for part in parts:
        yield part
        if name in ANSWERED_AT_ONCE:
            return


def peak(*, reset: bool = False) -> float:
    """Return the most memory that this process has held since it was last reset, in MB; 0 where Linux doesn't say."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        lines = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))


def test_the_table_asks_for_the_most_that_is_allowed() -> None:
    """Where a parameter has a most, the table asks for it; a place or theme would only make the network smaller."""
    for name, (query, _) in DEAREST.items():
        for field, about in ASKED[name].parameters.model_fields.items():
            most = next((each.le for each in about.metadata if hasattr(each, "le")), None)
            if field in {"limit", "top", "steps", "budget", "among", "suggestions"}:
                assert query.get(field) == str(most), f"{name}: {field}"
        if "identity" in ASKED[name].parameters.model_fields and name not in {"list_actors"}:
            assert query.get("identity", "recorded") == IdentityLevel.RECORDED.value, name
