"""What a network as a file costs beside the network itself: seconds of the processor, size, and memory at its peak.

Run it with: python -m benchmarks.network_files

Each form is made of Horizon 2020 (32,000 actors) in a process of its own, part by part, as the service sends it. The
memory is that of Python's and numpy's own count of what is allocated from the first part to the last. Baseline:
NetworkX's own writer of the same form, which makes the whole file first.
"""

from __future__ import annotations

import io
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import networkx as nx

from benchmarks.common import apart, show
from benchmarks.networks import horizon_2020_network
from graphsvc.exporting import Ask, parts_of
from graphsvc.render.exports import MEDIA_TYPES, GraphFormat
from graphsvc.render.network_rows import plain_graph

if TYPE_CHECKING:
    Graph = nx.Graph[str]


def main() -> None:
    """Measure every form, and NetworkX's writers of GraphML and GEXF."""
    rows = []
    for how in (*MEDIA_TYPES, "networkx graphml", "networkx gexf"):
        found = apart("network_files", how)
        rows.append((how, found["seconds"], found["bytes"] / 1e6, found["parts"], found["peak"] / 1e6))
    show("Horizon 2020 as a file", ["form", "processor s", "MB", "parts", "memory at its peak, MB"], rows)


def one(how: str) -> dict[str, float]:
    """Measure one form: first its time, then again its memory, whose counting takes time."""
    found = horizon_2020_network()
    _ = found.projection
    if how in MEDIA_TYPES:
        ask = Ask(cast(GraphFormat, how))
        return _measured(lambda: [len(part) for part in parts_of(ask, found)])
    writer = nx.write_graphml_xml if how.endswith("graphml") else nx.write_gexf
    return _measured(lambda: [len(_whole(writer, found.projection))])


def _whole(writer: Callable[[Graph, io.BytesIO], None], graph: Graph) -> bytes:
    file = io.BytesIO()
    writer(plain_graph(graph, {}), file)
    return file.getvalue()


def _measured(make: Callable[[], list[int]]) -> dict[str, float]:
    began = time.process_time()
    sizes = make()
    seconds = time.process_time() - began
    tracemalloc.start()
    make()
    _, peak = tracemalloc.get_traced_memory()
    return {"seconds": seconds, "bytes": sum(sizes), "parts": len(sizes), "peak": peak}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(one(sys.argv[1])))
    else:
        main()
