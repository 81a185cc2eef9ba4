"""Measures of an actor's place in the projection. Each docstring says what the number is and where it is from.

All are functions of :class:`Arrays` and return one :class:`Measure`. Ties weigh Σ 1/(size−1) over shared
collaborations (Newman 2001); *strength*, *eigenvector* and *pagerank* use these weights, the others count steps. When
to read which, and when each misleads, is in ``wordings/measures.toml`` and in docs/explanation/measures.md.
"""

from __future__ import annotations

import random
from typing import Final

import networkx as nx
import numpy as np

from graphsvc.analysis import cuts, paths, spectral
from graphsvc.analysis.arrays import Arrays, Floats, Ints
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.results import Measure

DEEP: Final = 60
"""Levels from which on path counts go through NetworkX, whose work does not grow with depth."""


def degree(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Number of partners: kᵢ = |{j : wᵢⱼ > 0}|."""
    return Measure("degree", arrays.by_id(arrays.degree), method="number of partners")


def strength(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Sum of tie weights: sᵢ = Σⱼ wᵢⱼ (Barrat et al. 2004, PNAS 101, 3747–3752).

    With Newman's weights and no filter on actors this is the number of collaborations with at least two participants.
    """
    return Measure("strength", arrays.by_id(arrays.strength), method="sum of tie weights 1/(size−1)")


def betweenness(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Share of shortest paths between others that run through the actor (Freeman 1977, Sociometry 40, 35–41).

    bᵢ = 2/((n−1)(n−2)) Σ_{s<t} σ_st(i)/σ_st, in steps. Exact while n·m ≤ ``effort.exact_work``; above, estimated from
    ``effort.pivots`` sources drawn without replacement (Brandes & Pich 2007, Int. J. Bifurc. Chaos 17, 2303–2318), each
    actor's estimate averaging over the pivots other than itself, which keeps it unbiased. Its ``error`` is the half
    width of the 95 % interval of the actor where that is widest, from the spread between pivots.
    """
    n = arrays.nodes
    exact = not effort.samples(n, arrays.edges)
    if n < 3:  # no path has room for a third actor
        return Measure("betweenness", arrays.by_id(np.zeros(n)), method="exact (Brandes 2001), paths in steps")
    sources = np.arange(n) if exact else _pivots(n, effort)
    found = _deep(arrays, sources) if arrays.depth >= DEEP else paths.dependencies(arrays, sources, effort)
    asked = np.full(n, len(sources), dtype=float)
    asked[sources] -= 1  # an actor is not on its own way
    values = found.total / np.maximum(asked * (n - 2), 1)
    if exact:
        return Measure("betweenness", arrays.by_id(values), method="exact (Brandes 2001), paths in steps")
    variance = np.maximum(found.squares / asked - (found.total / asked) ** 2, 0) * asked / np.maximum(asked - 1, 1)
    error = 1.96 * np.sqrt(variance / asked * (1 - asked / (n - 1))) / (n - 2)
    method = (
        f"estimated from {len(sources)} of {n} sources, seed {effort.seed} (Brandes & Pich 2007), paths in steps; "
        f"95 % intervals no wider than ±{error.max():.2g}"
    )
    return Measure("betweenness", arrays.by_id(values), False, method, float(error.max()), effort.seed)


def _pivots(n: int, effort: Effort) -> Ints:
    drawn = random.Random(effort.seed).sample(range(n), min(max(effort.pivots, 2), n))  # noqa: S311
    return np.asarray(sorted(drawn), dtype=np.int64)


def closeness(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """How few steps away the others are: cᵢ = (rᵢ/(n−1)) · rᵢ/Σⱼ d(i, j), r the number of those within reach.

    Freeman (1978), Soc. Networks 1, 215–239, with the correction of Wasserman & Faust (1994), Social Network Analysis,
    p. 201, for networks in several pieces; 0 for an actor without partners.
    """
    found = arrays.once(paths.distances, effort)
    reached = found.reached.astype(float)
    values = np.divide(reached, found.steps, out=np.zeros(arrays.nodes), where=found.steps > 0)
    values *= reached / max(arrays.nodes - 1, 1)
    return Measure("closeness", arrays.by_id(values), method="exact, distances in steps, corrected for pieces")


def harmonic_closeness(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Mean nearness to all others: hᵢ = 1/(n−1) Σ_{j≠i} 1/d(i, j), in steps (Rochat 2009, ASNA conference).

    An actor that can't be reached adds 0, so that networks in several pieces are no trouble.
    """
    values = arrays.once(paths.distances, effort).nearness / max(arrays.nodes - 1, 1)
    return Measure("harmonic_closeness", arrays.by_id(values), method="exact, distances in steps, divided by n−1")


def eigenvector(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Leading eigenvector of the tie weights, of length 1 (Bonacich 1972, J. Math. Sociol. 2, 113–120).

    λxᵢ = Σⱼ wᵢⱼ xⱼ: an actor's value is in proportion to the values of those it is tied to.
    """
    values = spectral.leading_eigenvector(arrays, effort)
    return Measure("eigenvector", arrays.by_id(values), method="weighted, leading eigenvector of length 1")


def pagerank(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Share of time a walker spends here who follows ties by weight and starts anew with probability 0.15.

    Brin & Page (1998), Comput. Netw. 30, 107–117; sums to 1.
    """
    return Measure("pagerank", arrays.by_id(spectral.pagerank(arrays, effort)), method="weighted, damping 0.85")


def core_number(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Largest k such that the actor is in a part where everyone has at least k partners (Seidman 1983).

    Soc. Networks 5, 269–287.
    """
    return Measure("core_number", arrays.by_id(cuts.core_numbers(arrays)), method="exact")


def _deep(arrays: Arrays, sources: Ints) -> paths.Dependencies:
    """Do the same as :func:`paths.dependencies` for graphs that are long rather than wide."""
    graph = arrays.integer_graph
    total, squares = np.zeros(arrays.nodes), np.zeros(arrays.nodes)
    for source in sources.tolist():
        values = nx.betweenness_centrality_subset(graph, [source], range(arrays.nodes), normalized=False)
        found: Floats = 2.0 * np.asarray([values[row] for row in range(arrays.nodes)])
        total += found
        squares += found**2
    return paths.Dependencies(total, squares)
