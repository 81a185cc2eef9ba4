"""What each endpoint costs at its dearest on 32,000 actors: processor seconds, memory, whether a job is made.

``python -m benchmarks.dearest [--graph FILE] [--only name,name]``. The questions are those of ``tests/api/dearest.py``,
which a test holds to a budget on the sample. Here the graph is all of Horizon 2020, or an embedded graph that is there
already (``--graph``: it is copied first), and what the addresses name is what has most to tell in it. 202 says that a
job was queued.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient

from benchmarks.common import CORDIS, data, show
from graphsvc.api.contract import Endpoint
from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.api.dearest import DEAREST
from tests.api.test_costs import ASKED, peak, some

HEADER: Final = ("endpoint", "status", "CPU s", "peak MB", "answer MB")


def main() -> None:
    """Ask everything once, each question on a graph that was read before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, help="an embedded graph, instead of importing Horizon 2020")
    parser.add_argument("--only", default="", help="endpoints, with commas between")
    asked = parser.parse_args()
    only = {name for name in asked.only.split(",") if name}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        graph = home / "graph.kgl"
        if asked.graph:
            shutil.copy(asked.graph, graph)
        settings = Settings(store=str(graph), home=home)
        service = Service.open(settings)
        if not asked.graph:
            service.load(service.check(data(CORDIS)))
        service.network()
        client = create_app(settings, service).test_client()
        most = _most(client)
        rows = []
        for name in DEAREST:
            if not only or name in only:
                rows.append(_ask(client, name, ASKED[name], most))
                print(*rows[-1], file=sys.stderr, flush=True)  # who stops it has what came
        service.close()
    rows.sort(key=lambda row: -row[2])
    show("The dearest question of each endpoint", HEADER, rows)


def _most(client: FlaskClient) -> Mapping[str, str]:
    """Return for what an example names the id of the one in this graph that has most to tell."""

    def first(address: str, **query: str) -> str:
        items = _items(client, address, **query)
        return str(items[0]["id"]) if items else ""

    actors = [str(each["id"]) for each in _items(client, "/api/v1/actors", limit="2", sort="-partners")]
    return {
        "fi-2844561-8": actors[0],
        "pic-999994535": actors[1],
        "cordis-643708": first("/api/v1/collaborations", sort="-participants"),
        "file-pirkanmaa": first("/api/v1/sources"),
        "digitalisation-of-industry": first("/api/v1/themes", sort="-actors"),
        "FI197": first("/api/v1/places", sort="-actors"),
    }


def _items(client: FlaskClient, address: str, **query: str) -> list[dict[str, Any]]:
    answer = client.get(address, query_string=query)
    for _ in range(20):  # beside other work what lists stand on may take longer than one request has
        if answer.status_code not in (503, 504):
            break
        answer = client.get(address, query_string=query)
    found: list[dict[str, Any]] = next(value for value in answer.get_json().values() if isinstance(value, list))
    return found


def _ask(
    client: FlaskClient, name: str, endpoint: Endpoint, most: Mapping[str, str]
) -> tuple[str, int, float, float, float]:
    """Return name, status, processor seconds, MB that the process grew by at its peak, and MB of the answer."""
    query, media_type = DEAREST[name]
    path = endpoint.path
    for field, value in endpoint.example.items():
        path = path.replace(f"{{{field}}}", most.get(value, value))
    asked = {field: most.get(value, value) for field, value in query.items()}
    before, began = peak(reset=True), time.process_time()
    answer = client.get(path, query_string=asked, headers={"Accept": media_type} if media_type else {})
    size = sum(len(part) for part in some(answer.response, name))
    answer.close()
    return name, answer.status_code, time.process_time() - began, peak() - before, size / 1e6


if __name__ == "__main__":
    main()
