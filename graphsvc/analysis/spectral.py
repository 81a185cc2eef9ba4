"""Walks on the network in the long run: PageRank and the leading eigenvector, by power iteration."""

from __future__ import annotations

from typing import Final

import numpy as np

from graphsvc.analysis.arrays import Arrays, Floats
from graphsvc.analysis.effort import DEFAULT, Effort

_ROUNDS: Final = 40
"""Power iterations before the slower, surer way is taken."""
_CLOSE: Final = 1e-13
"""Change in one round, relative to the whole, below which nothing changes any more."""


def pagerank(arrays: Arrays, effort: Effort = DEFAULT, damping: float = 0.85) -> Floats:
    """Return the share of time that a walker spends at each node; sums to 1.

    Iterates x ← d·(xP + dangling/n) + (1−d)/n, P the weights divided by their row's sum. The distance to the answer
    shrinks by d each round, so some 180 rounds do.
    """
    n = arrays.nodes
    if not n:
        return np.zeros(0)
    inverse = np.divide(1.0, arrays.strength, out=np.zeros(n), where=arrays.strength > 0)
    dangling = arrays.strength == 0
    ranks = np.full(n, 1.0 / n)
    while True:
        effort.tick(0.0)
        flow = arrays.weights @ (ranks * inverse)  # the weights are symmetric
        after = damping * (flow + ranks[dangling].sum() / n) + (1.0 - damping) / n
        if np.abs(after - ranks).sum() < _CLOSE:
            return np.asarray(after / after.sum())
        ranks = after


def leading_eigenvector(arrays: Arrays, effort: Effort = DEFAULT) -> Floats:
    """Return the eigenvector of the largest eigenvalue of the weights, of length 1 and without negative entries.

    It is the limit of power iteration from equal shares, so it is unique also where two components tie. Where that
    converges slowly, ARPACK's Lanczos method (Lehoucq, Sorensen & Yang 1998) goes on from where it stood.
    """
    n = arrays.nodes
    if not arrays.edges:
        return np.full(n, 1.0 / np.sqrt(max(n, 1)))  # no tie: every vector is one; NetworkX's answer is equal shares
    shift = float(arrays.strength.mean()) / 2  # the top is at least the mean; keeps the most negative one from it
    vector = np.full(n, 1.0 / np.sqrt(n))
    for _ in range(_ROUNDS):
        effort.tick(0.0)
        after = arrays.weights @ vector + shift * vector
        after /= np.linalg.norm(after)
        if np.abs(after - vector).max() < _CLOSE:
            return np.asarray(after)
        vector = after
    if n < 3:
        return np.asarray(vector)
    from scipy.sparse.linalg import eigsh  # takes longer to import than most networks to measure

    _, vectors = eigsh(arrays.weights, k=1, which="LA", v0=vector, ncv=min(n, 30), tol=1e-12)
    found = np.abs(vectors[:, 0])
    return np.asarray(found / np.linalg.norm(found))
