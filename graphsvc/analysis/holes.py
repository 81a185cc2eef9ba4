"""Whether an actor's partners know one another: clustering, constraint, effective size."""

from __future__ import annotations

import numpy as np

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.closure import close
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.results import Measure


def clustering(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Share of the pairs of an actor's partners that are tied (Watts & Strogatz 1998, Nature 393, 440–442).

    Cᵢ = 2tᵢ/(kᵢ(kᵢ−1)), tᵢ the triangles at i; 0 with fewer than two partners.
    """
    degree = arrays.degree.astype(float)
    values = 2.0 * arrays.once(close, effort).triangles / np.maximum(degree * (degree - 1), 1)
    return Measure("clustering", arrays.by_id(values), method="exact, ties counted without weight")


def constraint(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """How far the actor's partners are tied to one another (Burt 1992, Structural Holes, ch. 2).

    cᵢ = Σ_{j ∈ N(i)} (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)², where pᵢⱼ = wᵢⱼ/Σ_k wᵢ_k. Not defined without partners.
    """
    found = arrays.once(close, effort)
    spent = (found.edges.weight + found.detour) ** 2
    values = np.bincount(found.edges.start, spent, minlength=arrays.nodes)
    values += np.bincount(found.edges.end, spent, minlength=arrays.nodes)
    values = np.divide(values, arrays.strength**2, out=np.full(arrays.nodes, np.nan), where=arrays.degree > 0)
    return Measure("constraint", arrays.by_id(values), method="weighted by ties 1/(size−1)")


def effective_size(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Number of partners less what they have in common (Burt 1992, ch. 2).

    eᵢ = Σ_{j ∈ N(i)} (1 − Σ_q pᵢ_q m_jq), where m_jq = w_jq/max_k w_jk. Not defined without partners.
    """
    found = arrays.once(close, effort)
    redundant = np.divide(found.overlap, arrays.strength, out=np.full(arrays.nodes, np.nan), where=arrays.degree > 0)
    return Measure("effective_size", arrays.by_id(arrays.degree - redundant), method="weighted by ties 1/(size−1)")
