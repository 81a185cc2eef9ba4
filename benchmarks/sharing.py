"""What it takes to get measures of a made-up network cold, in a second process, and again in the same process.

``python -m benchmarks.sharing [5000 20000 32000]``. A graph of that many actors is loaded into an embedded store; each
of two processes then opens it and asks for the measures that maps show, twice. The first computes; the second finds the
result on the shelf.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.common import apart, show, timed
from benchmarks.networks import made_up
from graphsvc.analysis.catalogue import SHOWN
from graphsvc.measuring import shared
from graphsvc.model import EVERYTHING, Actor, ActorKind, Claim, Collaboration, CollaborationKind, Participation, Source
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.change import Change

SIZES = ("5000", "20000", "32000")


def fill(store: Path, actors: int) -> None:
    """Make a graph like a funding programme."""
    incidence = made_up(actors).incidence
    assert incidence is not None
    taking_part = incidence.tocoo()
    ids = [f"a{row:07}" for row in range(incidence.shape[0])]
    projects = [f"p{column:07}" for column in range(incidence.shape[1])]
    claims: list[Claim] = [
        Source(id="made-up", name="Made up"),
        *(Actor(id=id_, name=f"Actor {id_}", kind=ActorKind.FIRM, source="made-up") for id_ in ids),
        *(
            Collaboration(id=id_, name=f"Project {id_}", kind=CollaborationKind.PROJECT, source="made-up")
            for id_ in projects
        ),
        *(
            Participation(actor=ids[row], collaboration=projects[column], source="made-up")
            for row, column in zip(taking_part.row.tolist(), taking_part.col.tolist(), strict=True)
        ),
    ]
    service = Service.open(Settings.load(store=str(store), home=store.parent))
    service._store.apply(Change(key="made-up", name="made up", claims=claims))
    service.close()


def asked(store: Path) -> dict[str, Any]:
    """Open the graph and ask twice; then look on the shelf without anything else."""
    service = Service.open(Settings.load(store=str(store), home=store.parent))
    service.snapshot()
    network_seconds, _ = timed(lambda: service.network().arrays)
    held = service.outlook.holds(shared(EVERYTHING, SHOWN))
    first, found = timed(service.measures)
    again, same = timed(service.measures)
    assert found is same
    service.close()
    megabytes = sum(file.stat().st_size for file in (store.parent / "shared").glob("*.json.gz")) / 1e6
    return {"network": network_seconds, "held": held, "first": first, "again": again, "megabytes": megabytes}


def main(sizes: tuple[str, ...]) -> None:
    """Measure each size and print the table."""
    rows = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            store = Path(folder) / "graph.kgl"
            fill(store, int(size))
            cold, warm = (apart("sharing", "asked", str(store)) for _ in range(2))
            assert (cold["held"], warm["held"]) == (False, True)
            times = (cold["first"], warm["first"], 1e3 * cold["again"])
            rows.append((int(size), *times, cold["first"] / warm["first"], cold["network"], cold["megabytes"]))
    print("gain: cold / second process; its network: made for names, as an endpoint needs it")
    header = (
        "actors",
        "cold, s",
        "second process, s",
        "same process, ms",
        "cold / second",
        "its network, s",
        "MB on disk",
    )
    show("Measures that maps show, shared between processes", header, rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["asked"]:
        print(json.dumps(asked(Path(sys.argv[2]))))
    else:
        main(tuple(sys.argv[1:]) or SIZES)
