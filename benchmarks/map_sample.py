"""How long it takes from ``import graphsvc`` to the finished map of the sample, beside a plain pyvis page of the same.

``python -m benchmarks.map_sample``. Both run in processes of their own. The baseline is what a developer writes first:
the same actors and ties given to pyvis, its own layout left to the browser.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import apart, peak_megabytes, show


def ours(ties: Path) -> dict[str, object]:
    """Import, load the sample, measure, find missing partnerships, draw; note each stage's seconds."""
    began = last = time.perf_counter()
    stages: dict[str, float] = {}

    def done(stage: str) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[stage], last = now - last, now

    from graphsvc.samples import sample_path
    from graphsvc.service import Service
    from graphsvc.settings import Settings

    done("import graphsvc")
    with tempfile.TemporaryDirectory() as home:
        service = Service.open(Settings.load(store=str(Path(home, "graph.kgl"))))
        try:
            done("open an empty store")
            service.load(service.check(sample_path()))
            done("load the sample")
            network = service.network()
            assert network.projection is not None
            done("network")
            service.measures()
            done("measures")
            service.missing(top=20)
            done("missing partnerships")
            page = service.map()
            done("draw the map")
            total = time.perf_counter() - began
        finally:
            service.close()
    graph = network.projection
    names = {id_: actor.name for id_, actor in network.actors.items()}
    pairs: list[tuple[str, str, float]] = [*graph.edges(data="weight")]
    ties.write_text(json.dumps({"names": names, "ties": pairs}), "utf-8")
    return {"stages": stages, "total": total, **described(page)}


def plain_pyvis(ties: Path) -> dict[str, object]:
    """Give the same network to pyvis as its documentation shows."""
    network = json.loads(ties.read_text("utf-8"))
    began = time.perf_counter()
    from pyvis.network import Network

    page = Network(cdn_resources="in_line")
    for id_, name in network["names"].items():
        page.add_node(id_, label=name)
    for a, b, weight in network["ties"]:
        page.add_edge(a, b, value=weight)
    html = page.generate_html()
    total = time.perf_counter() - began
    return {"total": total, **described(html)}


def described(page: str) -> dict[str, object]:
    """Return a page's size, how many scripts and styles it asks of other hosts, and this process's peak memory."""
    asks = re.findall(r"<(?:script|link)\b[^>]*\b(?:src|href)\s*=\s*[\"']?https?://", page)
    return {"bytes": len(page.encode()), "outside": len(asks), "peak": peak_megabytes()}


def main() -> None:
    """Run both and print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        ties = str(Path(folder, "ties.json"))
        mine = apart("map_sample", "--ours", ties)
        plain = apart("map_sample", "--plain", ties)
    show("Stages", ["stage", "seconds"], [[stage, seconds] for stage, seconds in mine["stages"].items()])
    rows: list[list[object]] = [
        [name, each["total"], each["total"] / plain["total"], each["bytes"] / 1000, each["outside"], each["peak"]]
        for name, each in (("graphsvc, import to map", mine), ("plain pyvis, import to page", plain))
    ]
    show("Map of the sample", ["", "seconds", "× plain", "kB", "asks of other hosts", "peak MB"], rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        print(json.dumps(ours(Path(sys.argv[2]))))
    elif sys.argv[1:2] == ["--plain"]:
        print(json.dumps(plain_pyvis(Path(sys.argv[2]))))
    else:
        main()
