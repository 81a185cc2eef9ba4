"""Measures of an actor's place in the projection. Each docstring says what the number means and when it misleads.

All are functions of :class:`Arrays` and return one :class:`Measure`. Ties weigh Σ 1/(size−1) over shared
collaborations (Newman 2001); *strength*, *pagerank* and *constraint* use these weights, the others count steps.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Final

import networkx as nx
import numpy as np

from graphsvc.analysis import paths
from graphsvc.analysis.arrays import Arrays, Floats, Matrix
from graphsvc.analysis.results import Measure

SEED: Final = 20_240_101
"""Seed of everything that draws lots."""
EXACT_WORK: Final = 1_000_000_000
"""Betweenness is exact while nodes × edges stay below this: some ten seconds of one core."""
PIVOTS: Final = 1024
"""Sources that betweenness is estimated from above that limit."""
DEEP: Final = 60
"""Levels from which on path counts go through NetworkX, whose work does not grow with depth."""
_ROWS: Final = 500
"""Rows of a block in sparse products, so that memory does not grow with the square of the nodes."""


def degree(arrays: Arrays) -> Measure:
    """Number of partners: kᵢ = |{j : wᵢⱼ > 0}|.

    High: works with many. Low: with few. Misleads: one project of forty gives thirty-nine partners at a stroke, most of
    whom never meet; compare with strength.
    """
    return Measure("degree", arrays.by_id(arrays.degree), method="number of partners")


def strength(arrays: Arrays) -> Measure:
    """Sum of tie weights: sᵢ = Σⱼ wᵢⱼ (Barrat et al. 2004, PNAS 101, 3747–3752).

    With Newman's weights and no filter on actors this is the number of collaborations with at least two participants.
    High: takes part in much. Low: in little. Misleads: says nothing of whether partners are always the same.
    """
    return Measure("strength", arrays.by_id(arrays.strength), method="sum of tie weights 1/(size−1)")


def betweenness(arrays: Arrays, *, exact_work: int = EXACT_WORK, pivots: int = PIVOTS, seed: int = SEED) -> Measure:
    """Share of shortest paths between others that run through the actor (Freeman 1977, Sociometry 40, 35–41).

    bᵢ = 2/((n−1)(n−2)) Σ_{s<t} σ_st(i)/σ_st, in steps. High: others reach one another through this actor: a broker.
    Low: they need it little. Misleads: assumes that what flows takes shortest paths and that all ties carry alike; a
    well-connected region makes brokers invisible. Exact while n·m ≤ ``exact_work``; above, estimated from ``pivots``
    sources drawn without replacement (Brandes & Pich 2007, Int. J. Bifurc. Chaos 17, 2303–2318), each actor's estimate
    averaging over the pivots other than itself, which keeps it unbiased.
    """
    n = arrays.nodes
    exact = n * arrays.edges <= exact_work or pivots >= n
    sources = list(range(n)) if exact else sorted(random.Random(seed).sample(range(n), max(pivots, 2)))  # noqa: S311
    if n < 3:  # no path has room for a third actor
        sums = np.zeros(n)
    elif arrays.depth >= DEEP:
        sums = _deep_dependencies(arrays, sources)
    else:
        sums = paths.dependencies(arrays, sources)
    asked = np.full(n, len(sources), dtype=float)
    asked[sources] -= 1  # an actor is not on its own way
    values = sums / np.maximum(asked * (n - 2), 1)
    method = "exact (Brandes 2001), paths in steps"
    if not exact:
        method = f"estimated from {len(sources)} of {n} sources, seed {seed} (Brandes & Pich 2007), paths in steps"
    return Measure("betweenness", arrays.by_id(values), exact, method)


def harmonic_closeness(arrays: Arrays) -> Measure:
    """Mean nearness to all others: hᵢ = 1/(n−1) Σ_{j≠i} 1/d(i, j), in steps (Rochat 2009, ASNA conference).

    An actor that can't be reached adds 0, so that networks in several pieces are no trouble. High: few steps from
    everyone. Low: at the edge, or in a small piece. Misleads: in networks of large projects nearly everyone is two
    steps apart and differences are small.
    """
    values = paths.harmonic_sums(arrays) / max(arrays.nodes - 1, 1)
    return Measure("harmonic_closeness", arrays.by_id(values), method="exact, distances in steps, divided by n−1")


def pagerank(arrays: Arrays) -> Measure:
    """Share of time a walker spends here who follows ties by weight and starts anew with probability 0.15.

    Brin & Page (1998), Comput. Netw. 30, 107–117; sums to 1. High: tied to actors that are themselves well tied. Low:
    the opposite. Misleads: in an undirected network it follows strength closely, so it is no independent evidence.
    """
    ranks = nx.pagerank(arrays.integer_graph, alpha=0.85, max_iter=1000, tol=1e-12, weight="weight")
    values = np.asarray([ranks[row] for row in range(arrays.nodes)])
    return Measure("pagerank", arrays.by_id(values), method="weighted, damping 0.85")


def core_number(arrays: Arrays) -> Measure:
    """Largest k such that the actor is in a part where everyone has at least k partners (Seidman 1983).

    Soc. Networks 5, 269–287. High: in the thick of it. Low: at the rim. Misleads: one large project alone makes a core,
    as its participants are all tied to one another.
    """
    cores = nx.core_number(arrays.integer_graph)
    return Measure("core_number", arrays.by_id(np.asarray([cores[row] for row in range(arrays.nodes)])), method="exact")


def constraint(arrays: Arrays) -> Measure:
    """How far the actor's partners are tied to one another (Burt 1992, Structural Holes, ch. 2).

    cᵢ = Σ_{j ∈ N(i)} (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)², where pᵢⱼ = wᵢⱼ/Σ_k wᵢ_k. Not defined without partners. Low: partners who
    don't know one another, a structural hole to bridge. High: a closed circle. Misleads: falls with the number of
    partners by itself; compare actors with about as many partners.
    """
    share = _shares(arrays)
    values = np.full(arrays.nodes, np.nan)
    for start in range(0, arrays.nodes, _ROWS):
        rows = slice(start, min(start + _ROWS, arrays.nodes))
        direct = share[rows]
        both = direct + (direct @ share).multiply(arrays.pattern[rows])
        values[rows] = np.asarray(both.multiply(both).sum(axis=1)).reshape(-1)
    values[arrays.degree == 0] = np.nan
    return Measure("constraint", arrays.by_id(values), method="weighted by ties 1/(size−1)")


def articulation_points(arrays: Arrays) -> frozenset[str]:
    """Return the actors without whom the network would fall into more pieces (Hopcroft & Tarjan 1973)."""
    return frozenset(arrays.ids[row] for row in nx.articulation_points(arrays.integer_graph))


MEASURES: Final[Mapping[str, Callable[[Arrays], Measure]]] = {
    "degree": degree,
    "strength": strength,
    "betweenness": betweenness,
    "harmonic_closeness": harmonic_closeness,
    "pagerank": pagerank,
    "core_number": core_number,
    "constraint": constraint,
}
"""Id → function, in the order they are shown. ``wordings/measures.toml`` names and explains each."""


def _shares(arrays: Arrays) -> Matrix:
    inverse = np.zeros(arrays.nodes)
    np.divide(1.0, arrays.strength, out=inverse, where=arrays.strength > 0)
    return arrays.weights.multiply(inverse[:, None]).tocsr()


def _deep_dependencies(arrays: Arrays, sources: list[int]) -> Floats:
    """Do the same as :func:`paths.dependencies` for graphs that are long rather than wide."""
    graph = arrays.integer_graph
    values = nx.betweenness_centrality_subset(graph, sources, range(arrays.nodes), normalized=False)
    return 2.0 * np.asarray([values[row] for row in range(arrays.nodes)])
