"""How long it takes from the store to the actor–actor network, for the Finnish part and for all of CORDIS H2020.

``python -m benchmarks.projection [store]``; without a store's file, CORDIS is loaded into a temporary one first.
Baselines in the same run: NetworkX's own ``collaboration_weighted_projected_graph`` on the same two-mode network of the
Finnish part (the same weights, Newman 2001), and a plain Python loop. The loop leaves out what ours has besides: the
number of shared collaborations of each tie, and names, kinds, places and themes on the actors.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import networkx as nx

from benchmarks.common import CORDIS, data, peak_megabytes, show, timed
from graphsvc.model import Reach, Snapshot, View
from graphsvc.network import Network, build_network
from graphsvc.resolve.identity import identify
from graphsvc.service import Service
from graphsvc.settings import Settings

if TYPE_CHECKING:
    Graph = nx.Graph[str]

VIEWS = {
    "Finland, touching": View(place="fi"),
    "Finland, inside": View(place="fi", reach=Reach.INSIDE),
    "everything": View(),
}


def by_networkx(network: Network) -> Callable[[], Graph]:
    """Project the two-mode network with NetworkX alone."""
    graph, actors = network.two_mode, list(network.actors)

    def work() -> Graph:
        projected: Graph = nx.bipartite.collaboration_weighted_projected_graph(graph, actors)
        return projected

    return work


def by_loop(network: Network) -> Callable[[], Graph]:
    """Project with two loops and a dictionary, as anybody would write it first."""

    def work() -> Graph:
        weights: dict[tuple[str, str], float] = {}
        for id_, members in network.members.items():
            for pair in combinations(members, 2):
                weights[pair] = weights.get(pair, 0.0) + 1 / (network.sizes[id_] - 1)
        graph: Graph = nx.Graph()
        graph.add_nodes_from(network.actors)
        graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in weights.items())
        return graph

    return work


def same(network: Network, other: Graph) -> bool:
    """Say whether the baseline has the same ties with the same weights."""
    theirs = {frozenset((a, b)): weight for a, b, weight in weighted(other)}
    mine = weighted(network.projection)
    return len(theirs) == len(mine) and all(abs(theirs[frozenset((a, b))] - weight) < 1e-9 for a, b, weight in mine)


def weighted(graph: Graph) -> list[tuple[str, str, float]]:
    """Return the ties with their weights."""
    return [*graph.edges(data="weight")]


def view_of(snapshot: Snapshot, view: View) -> Network:
    """Make a view's network anew, as the service does once per revision; its projection follows when asked for."""
    return build_network(snapshot, view, identify(snapshot.actors, snapshot.links, view.identity).canonical)


def measure(uri: str) -> None:
    """Time each step on the store at ``uri`` and print the table."""
    service = Service.open(Settings.load(store=uri))
    try:
        reading, snapshot = timed(service.snapshot)
    finally:
        service.close()
    rows: list[list[object]] = []
    for name, view in VIEWS.items():
        rounds = [timed(lambda view=view: view_of(snapshot, view)) for _ in range(3)]  # type: ignore[misc]
        viewing = median(seconds for seconds, _ in rounds)
        projecting = median(timed(lambda network=network: network.projection)[0] for _, network in rounds)  # type: ignore[misc]
        network = rounds[0][1]
        size = (len(network.actors), network.projection.number_of_edges())
        baselines = {"loop": by_loop(network)}
        if view.place and view.reach is Reach.TOUCHING:  # inside, NetworkX would count only the participants it sees
            baselines["NetworkX"] = by_networkx(network)
        for baseline, work in baselines.items():
            took, other = timed(work)
            assert same(network, other), f"{baseline} finds other ties"
            rows.append([name, *size, viewing, projecting, baseline, took, took / projecting])
    header = ["part", "actors", "ties", "view s", "projection s", "baseline", "its projection s", "baseline ÷ ours"]
    show(f"From the store to the network (snapshot read in {reading:.1f} s)", header, rows)
    print(f"\nPeak memory {peak_megabytes():,.0f} MB.")


def main() -> None:
    """Measure on the store that is named, or on a temporary one."""
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    path = data(CORDIS)
    with tempfile.TemporaryDirectory() as home:
        uri = str(Path(home, "graph.kgl"))
        service = Service.open(Settings.load(store=uri))
        service.load(service.check(path))
        service.close()
        measure(uri)


if __name__ == "__main__":
    main()
