"""Measures of a network as a whole. All are functions of :class:`Arrays` and return one :class:`Number`."""

from __future__ import annotations

import math

import numpy as np

from graphsvc.analysis import centrality, paths
from graphsvc.analysis.arrays import Arrays, Floats
from graphsvc.analysis.closure import close
from graphsvc.analysis.communities import divide
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.results import Mixing, Number

_EULER: float = float(np.euler_gamma)


def density(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Ties there are among those there could be: 2m/(n(n−1)). Not defined for fewer than two actors."""
    n = arrays.nodes
    return Number("density", 2 * arrays.edges / (n * (n - 1)) if n > 1 else None, method="exact")


def components(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Pieces that the network falls into; an actor without partners is one."""
    return Number("components", float(len(np.unique(arrays.piece))), method="exact")


def largest_component(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Share of the actors that are in the largest piece. Not defined without actors."""
    share = float(np.bincount(arrays.piece).max()) / arrays.nodes if arrays.nodes else None
    return Number("largest_component", share, method="exact")


def isolated(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Actors without any partner."""
    return Number("isolated", float((arrays.degree == 0).sum()), method="exact")


def fragmentation(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Share of pairs that can't reach each other: F = 1 − Σ s(s−1)/(n(n−1)), s the size of a piece (Borgatti 2003).

    0 for a network in one piece, 1 without ties. Not defined for fewer than two actors.
    """
    n = arrays.nodes
    sizes = np.bincount(arrays.piece) if n else np.zeros(0, dtype=np.int64)
    within = int((sizes * (sizes - 1)).sum())
    return Number("fragmentation", 1 - within / (n * (n - 1)) if n > 1 else None, method="exact")


def distance_fragmentation(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Fragmentation that also counts long ways: DF = 1 − Σ_{i≠j} 1/d(i, j)/(n(n−1)), 1/∞ = 0 (Borgatti 2003).

    0 where everyone is everyone's partner, 1 without ties: one less the mean harmonic closeness. Not defined for fewer
    than two actors.
    """
    n = arrays.nodes
    if n < 2:
        return Number("distance_fragmentation", None, method="exact")
    nearness = float(arrays.once(paths.distances, effort).nearness.sum())
    return Number("distance_fragmentation", 1 - nearness / (n * (n - 1)), method="exact")


def path_length(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Mean number of steps between two actors that can reach each other. Not defined without ties."""
    found = arrays.once(paths.distances, effort)
    pairs = int(found.reached.sum())
    value = float(found.steps.sum()) / pairs if pairs else None
    return Number("path_length", value, method="exact, over the pairs that can reach each other")


def degree_centralisation(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """How far all ties go through one: Σ(max k − kᵢ)/((n−1)(n−2)) (Freeman 1978, Soc. Networks 1, 215–239).

    1 for a star, 0 where all have as many partners. Not defined for fewer than three actors.
    """
    n = arrays.nodes
    most = arrays.degree.max() if n else 0
    value = float((most - arrays.degree).sum()) / ((n - 1) * (n - 2)) if n > 2 else None
    return Number("degree_centralisation", value, method="exact")


def betweenness_centralisation(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """How far all paths go through one: Σ(max b − bᵢ)/(n−1) (Freeman 1977, Sociometry 40, 35–41).

    1 for a star. Not defined for fewer than three actors. Estimated where betweenness is.
    """
    found = arrays.once(centrality.betweenness, effort)
    values = np.asarray(list(found.values.values()))
    n = arrays.nodes
    value = float((values.max() - values).sum()) / (n - 1) if n > 2 else None
    error = found.error * n / (n - 1) if n > 2 else 0.0  # at most: that of the largest, against the sum of all others
    return Number("betweenness_centralisation", value, found.exact, found.method, error)


def modularity(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Share of tie weight inside communities less what chance would put there (Newman & Girvan 2004)."""
    division = arrays.once(divide, effort)
    return Number("modularity", division.modularity if arrays.edges else None, method=division.method)


def assortativity(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """How far ties keep to one's own kind: (tr e − ‖e²‖)/(1 − ‖e²‖) (Newman 2003, Phys. Rev. E 67, 026126).

    e is the share of ties between two kinds. 1: only within kinds; 0: as by chance. Actors of unknown kind are left
    out. Not defined where there is one kind only.
    """
    share = _mixed(arrays, "kind")
    total = share.sum()
    method = "attribute assortativity by kind; actors of unknown kind left out"
    if not total:
        return Number("assortativity", None, method=method)
    share = share / total
    chance = float((share.sum(axis=0) * share.sum(axis=1)).sum())
    value = None if math.isclose(chance, 1.0) else (float(np.trace(share)) - chance) / (1.0 - chance)
    return Number("assortativity", value, method=method)


def helix_mixing(arrays: Arrays, effort: Effort = DEFAULT) -> Mixing | None:
    """Ties within and between helix groups, and their number by chance (Newman 2010, Networks, ch. 7.13).

    By chance: Kₐ K_b/2m between two groups and Kₐ²/4m within one, K the partners that a group's actors have among
    actors with a group, m their ties. None without such ties.
    """
    groups, _ = arrays.codes("helix")
    ends = _mixed(arrays, "helix")
    total = ends.sum()
    if not total:
        return None
    ours = ends.sum(axis=1)
    expected = np.outer(ours, ours) / total
    within = np.eye(len(groups), dtype=bool)
    observed = np.where(within, ends / 2, ends)
    expected = np.where(within, expected / 2, expected)
    return Mixing(
        groups,
        tuple(tuple(int(each) for each in row) for row in observed.tolist()),
        tuple(tuple(row) for row in expected.tolist()),
    )


def cross_helix(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Ties between different helix groups against their number by chance; 1 is as by chance. From :func:`helix_mixing`.

    Not defined without such ties, or where chance makes none.
    """
    found = helix_mixing(arrays, effort)
    method = "observed/expected under the configuration model; actors without a group left out"
    if found is None:
        return Number("helix_mixing", None, method=method)
    between = ~np.eye(len(found.groups), dtype=bool)
    expected = float(np.asarray(found.expected)[between].sum())
    observed = float(np.asarray(found.observed)[between].sum())
    return Number("helix_mixing", observed / expected if expected else None, method=method)


def small_world(arrays: Arrays, effort: Effort = DEFAULT) -> Number:
    """Clustering and path length of the largest piece against those of a random network of its size and density.

    σ = (C/C₀)/(L/L₀) (Humphries & Gurney 2008, PLoS ONE 3, e2051) with C₀ = ⟨k⟩/(n−1) and L₀ = (ln n − γ)/ln⟨k⟩ + ½
    (Fronczak, Fronczak & Hołyst 2004, Phys. Rev. E 70, 056110). Not defined where ⟨k⟩ ≤ 1 or nothing is clustered.
    """
    method = "largest piece, against a random network of its size and density (analytic)"
    if not arrays.edges:
        return Number("small_world", None, method=method)
    sizes = np.bincount(arrays.piece)
    inside = arrays.piece == int(sizes.argmax())
    n, degree = int(sizes.max()), arrays.degree[inside].astype(float)
    mean = float(degree.mean())
    triangles = arrays.once(close, effort).triangles[inside]
    clustered = float((2.0 * triangles / np.maximum(degree * (degree - 1), 1)).mean())
    steps = float(arrays.once(paths.distances, effort).steps[inside].sum()) / (n * (n - 1))
    if mean <= 1 or not clustered:
        return Number("small_world", None, method=method)
    by_chance = (math.log(n) - _EULER) / math.log(mean) + 0.5
    return Number("small_world", (clustered / (mean / (n - 1))) / (steps / by_chance), method=method)


def _mixed(arrays: Arrays, label: str) -> Floats:
    """Return groups × groups: ends of ties from one group to another, each tie twice; unknown groups left out."""
    values, code = arrays.codes(label)
    tied = arrays.weights.tocoo()
    a, b = code[tied.row], code[tied.col]
    known = (a >= 0) & (b >= 0)
    k = len(values)
    counted: Floats = np.bincount(a[known] * k + b[known], minlength=k * k).reshape(k, k).astype(float)
    return counted
