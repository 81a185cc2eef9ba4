"""Every measure of actors once more, by its definition or by plain NetworkX: what the fast ones are held to."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

Values = Mapping[str, float]
Matrix = npt.NDArray[np.float64]


def eigenvector(graph: nx.Graph[str]) -> Values:
    """Project equal shares on the space of the largest eigenvalue, all eigenvalues being computed."""
    nodes = list(graph)
    values, vectors = np.linalg.eigh(nx.to_numpy_array(graph, nodes))
    top = vectors[:, values > values[-1] - 1e-9]
    found = top @ (top.T @ np.ones(len(nodes)))
    return dict(zip(nodes, (found / np.linalg.norm(found)).tolist(), strict=True))


def roles(graph: nx.Graph[str]) -> Mapping[str, Values]:
    """Look at each ordered pair of each actor's partners."""
    helix = {id_: str(graph.nodes[id_]["helix"]) for id_ in graph}
    found: dict[str, dict[str, float]] = {
        name: {id_: 0.0 for id_ in graph if helix[id_]}
        for name in ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
    }
    for i in (id_ for id_ in graph if helix[id_]):
        for a, c in itertools.permutations(graph[i], 2):
            if graph.has_edge(a, c) or not helix[a] or not helix[c]:
                continue
            found[_role(helix[a], helix[i], helix[c])][i] += 1
    return found


def _role(a: str, i: str, c: str) -> str:
    if a == c:
        return "coordinator" if a == i else "itinerant"
    if i in (a, c):
        return "gatekeeper" if i == c else "representative"
    return "liaison"


def brokerage(graph: nx.Graph[str]) -> Values:
    """Add up the roles."""
    found = roles(graph)
    return {id_: sum(each[id_] for each in found.values()) for id_ in found["liaison"]}


def ei_index(graph: nx.Graph[str]) -> Values:
    """Count partners."""
    helix = {id_: str(graph.nodes[id_]["helix"]) for id_ in graph}
    found = {}
    for i in graph:
        known = [helix[j] for j in graph[i] if helix[j]]
        if helix[i] and known:
            external = sum(each != helix[i] for each in known)
            found[i] = (2 * external - len(known)) / len(known)
    return found


def constraint(graph: nx.Graph[str]) -> Values:
    """Write Burt's formula down for a full matrix."""
    nodes, weights, share = _shares(graph)
    found = (((share + share @ share) * (weights > 0)) ** 2).sum(axis=1)
    return {node: float(value) for node, value in zip(nodes, found, strict=True) if graph.degree(node)}


def effective_size(graph: nx.Graph[str]) -> Values:
    """Write Burt's formula down for a full matrix: Σ_j (1 − Σ_q p_iq m_jq), m_jq being w_jq / max_k w_jk."""
    nodes, weights, share = _shares(graph)
    marginal = weights / np.maximum(weights.max(axis=1, initial=0.0), 1e-300)[:, None]
    found = ((1 - share @ marginal.T) * (weights > 0)).sum(axis=1)
    return {node: float(value) for node, value in zip(nodes, found, strict=True) if graph.degree(node)}


def _shares(graph: nx.Graph[str]) -> tuple[list[str], Matrix, Matrix]:
    nodes = list(graph)
    weights = nx.to_numpy_array(graph, nodes)
    return nodes, weights, weights / np.maximum(weights.sum(axis=1), 1e-300)[:, None]


def clustering(graph: nx.Graph[str]) -> Values:
    """Ask NetworkX."""
    found = nx.clustering(graph)
    assert isinstance(found, dict)
    return found


def harmonic(graph: nx.Graph[str]) -> Values:
    """Divide NetworkX's sums by n − 1."""
    return {id_: total / max(len(graph) - 1, 1) for id_, total in nx.harmonic_centrality(graph).items()}


SLOW: Final[Mapping[str, Callable[[nx.Graph[str]], Values]]] = {
    "degree": lambda graph: dict(graph.degree()),
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "harmonic_closeness": harmonic,
    "eigenvector": eigenvector,
    "pagerank": lambda graph: nx.pagerank(graph, tol=1e-14, max_iter=5000),
    "core_number": nx.core_number,
    "clustering": clustering,
    "constraint": constraint,
    "effective_size": effective_size,
    "brokerage": brokerage,
    "brokerage_coordinator": lambda graph: roles(graph)["coordinator"],
    "brokerage_itinerant": lambda graph: roles(graph)["itinerant"],
    "brokerage_gatekeeper": lambda graph: roles(graph)["gatekeeper"],
    "brokerage_representative": lambda graph: roles(graph)["representative"],
    "brokerage_liaison": lambda graph: roles(graph)["liaison"],
    "ei_index": ei_index,
}
"""Id → values by the slow way. ``participation`` is missing: it depends on the communities found."""
