# ruff: noqa: N803  # G is the name of NetworkX for it
"""graphsvc as a backend of NetworkX: ``nx.constraint(graph, weight="weight", backend="graphsvc")``.

The functions below have the names, parameters and answers of NetworkX's own, computed by the kernels of this room.
NetworkX loads the module by the entry point ``networkx.backends`` and converts, caches and falls back by itself; with
``nx.config.backend_priority.algos = ["graphsvc"]`` its plain calls come here whenever :func:`can_run` says so.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final

import networkx as nx
import numpy as np

from graphsvc.analysis import cuts, holes, paths, spectral
from graphsvc.analysis.centrality import DEEP
from graphsvc.analysis.interface import Node, Numbered
from graphsvc.errors import InvalidValue

_USUAL: Final[Mapping[str, Mapping[str, object]]] = {
    "articulation_points": {},
    "betweenness_centrality": {"k": None, "weight": None, "endpoints": False},
    "bridges": {"root": None},
    "closeness_centrality": {"u": None, "distance": None},
    "clustering": {"nodes": None, "weight": None},
    "constraint": {"nodes": None},
    "core_number": {},
    "effective_size": {"nodes": None},
    "harmonic_centrality": {"nbunch": None, "distance": None, "sources": None},
    "pagerank": {"personalization": None, "nstart": None, "dangling": None, "max_iter": 100},
}
"""Function → its parameters that must be as they are when not given."""


class BackendGraph(Numbered):
    """A graph as NetworkX hands it to the functions below."""

    __networkx_backend__ = "graphsvc"

    def is_directed(self) -> bool:
        """Say no."""
        return False

    def is_multigraph(self) -> bool:
        """Say no."""
        return False

    def each(self, values: Any) -> dict[Node, Any]:
        """Return node → value of its row."""
        return dict(zip(self.nodes, np.asarray(values).tolist(), strict=True))


def convert_from_nx(graph: Any, *, edge_attrs: Mapping[str, Any] | None = None, **_: object) -> BackendGraph:
    """Read a NetworkX graph with the edge attribute that the called function uses as weight, if any."""
    ((weight, default),) = (edge_attrs or {"": 1}).items()
    try:
        return BackendGraph.of(graph, weight or None, 1.0 if default is None else default)
    except InvalidValue as error:
        raise NotImplementedError(str(error)) from error  # NetworkX then computes it by itself


def convert_to_nx(result: Any, **_: object) -> Any:
    """Return answers as they are: they are plain dictionaries and iterators already."""
    return result


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Say whether a call can be answered here: undirected, without loops, and with the usual parameters."""
    if name not in _USUAL:
        return False
    given = inspect.signature(globals()[name]).bind(*args, **kwargs)
    given.apply_defaults()
    graph = given.arguments["G"]
    if isinstance(graph, nx.Graph) and (
        graph.is_directed() or graph.is_multigraph() or nx.number_of_selfloops(graph) or not len(graph)
    ):
        return False
    return all(given.arguments[parameter] == value for parameter, value in _USUAL[name].items())


def should_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Say yes: all of them are faster here, conversion included."""
    return True


# The names and parameters from here on are NetworkX's; those that are not used are the usual ones, see _USUAL.


def articulation_points(G: BackendGraph) -> Iterator[Node]:
    """Yield the articulation points."""
    return (G.nodes[row] for row in np.flatnonzero(G.arrays.once(cuts.find_cuts).points).tolist())


def betweenness_centrality(
    G: BackendGraph,
    k: None = None,
    normalized: bool = True,
    weight: None = None,
    endpoints: bool = False,
    seed: object = None,
) -> dict[Node, float]:
    """Return betweenness, exact."""
    n = G.arrays.nodes
    if G.arrays.depth >= DEEP:
        raise NotImplementedError("Long networks are NetworkX's own.")
    sums = paths.dependencies(G.arrays, np.arange(n)).total
    return G.each(sums / max((n - 1) * (n - 2), 1) if normalized else sums / 2)


def bridges(G: BackendGraph, root: None = None) -> Iterator[tuple[Node, Node]]:
    """Yield the bridges."""
    return ((G.nodes[a], G.nodes[b]) for a, b in G.arrays.once(cuts.find_cuts).bridges.tolist())


def closeness_centrality(
    G: BackendGraph, u: None = None, distance: None = None, wf_improved: bool = True
) -> dict[Node, float]:
    """Return closeness."""
    found = G.arrays.once(paths.distances)
    reached = found.reached.astype(float)
    values = np.divide(reached, found.steps, out=np.zeros(len(reached)), where=found.steps > 0)
    return G.each(values * (reached / max(len(reached) - 1, 1)) if wf_improved else values)


def clustering(G: BackendGraph, nodes: None = None, weight: None = None) -> dict[Node, float]:
    """Return the clustering coefficient of each node."""
    return _filled(G, holes.clustering(G.arrays).values)


def constraint(G: BackendGraph, nodes: None = None, weight: str | None = None) -> dict[Node, float]:
    """Return Burt's constraint, not a number where a node has no neighbours."""
    return _filled(G, holes.constraint(G.arrays).values)


def core_number(G: BackendGraph) -> dict[Node, int]:
    """Return core numbers."""
    return G.each(cuts.core_numbers(G.arrays))


def effective_size(G: BackendGraph, nodes: None = None, weight: str | None = None) -> dict[Node, float]:
    """Return Burt's effective size, with weights as NetworkX does given ``nodes=``: without, it errs."""
    return _filled(G, holes.effective_size(G.arrays).values)


def harmonic_centrality(
    G: BackendGraph, nbunch: None = None, distance: None = None, sources: None = None
) -> dict[Node, float]:
    """Return the sum of 1/distance from all others."""
    return G.each(G.arrays.once(paths.distances).nearness)


def pagerank(
    G: BackendGraph,
    alpha: float = 0.85,
    personalization: None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: None = None,
    weight: str | None = "weight",
    dangling: None = None,
) -> dict[Node, float]:
    """Return PageRank; it is iterated until nothing changes, closer to the limit than ``tol`` asks for."""
    return G.each(spectral.pagerank(G.arrays, damping=alpha))


def _filled(graph: BackendGraph, values: Mapping[str, float]) -> dict[Node, float]:
    return {node: values.get(id_, float("nan")) for node, id_ in zip(graph.nodes, graph.arrays.ids, strict=True)}
