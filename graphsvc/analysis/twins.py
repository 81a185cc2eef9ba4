"""Actors that stand in the same place of the network, folded into one: exact, and most of the work is gone.

Two nodes are twins when they are tied to each other and to exactly the same others. In a network of collaborations the
participants without any other collaboration are: some 40 % of the organisations of Horizon 2020. No shortest path runs
through two twins and every other node sees them alike, so a search can walk over one of them and count it as many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Arrays, Floats, Ints, Matrix, sums_by_row
from graphsvc.analysis.effort import DEFAULT, Effort


@dataclass(frozen=True)
class Folded:
    """A network with twins folded. k classes; a class of one is a node that has no twin."""

    of: Ints
    """Class of each node."""
    first: Ints
    """A node of each class."""
    size: Floats
    """Number of nodes in each class."""
    pattern: Matrix
    """k × k, 1 where the members of two classes are tied; no diagonal, though twins are tied to one another."""


def fold(arrays: Arrays, effort: Effort = DEFAULT) -> Folded:
    """Return the network with its twins folded, in time O(m).

    Candidates are found by a hash of each node with its neighbours and compared before they are believed.
    """
    closed = (arrays.pattern + sparse.eye_array(arrays.nodes, format="csr")).tocsr()
    closed.sort_indices()
    lots = np.random.default_rng(0).integers(1, 2**63, arrays.nodes, dtype=np.uint64)
    _, first, of = np.unique(sums_by_row(closed, lots[closed.indices]), return_index=True, return_inverse=True)
    of = _apart_where_hashes_lie(closed, first[of])
    first, of = np.unique(of, return_inverse=True)
    pattern = arrays.pattern[first][:, first]
    pattern.sort_indices()
    return Folded(of, first, np.bincount(of, minlength=len(first)).astype(float), pattern)


def _apart_where_hashes_lie(closed: Matrix, leader: Ints) -> Ints:
    """Return the leader of each node, itself where its neighbours are not those of the leader it was given."""
    length = np.diff(closed.indptr)
    follower = np.flatnonzero((leader != np.arange(len(leader))) & (length == length[leader]))
    wrong = np.ones(len(leader), dtype=bool)
    wrong[leader == np.arange(len(leader))] = False
    counts = length[follower]
    step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    mine = closed.indices[np.repeat(closed.indptr[follower], counts) + step]
    its = closed.indices[np.repeat(closed.indptr[leader[follower]], counts) + step]
    differences = np.bincount(np.repeat(np.arange(len(follower)), counts)[mine != its], minlength=len(follower))
    wrong[follower[differences == 0]] = False
    return np.where(wrong, np.arange(len(leader)), leader)
