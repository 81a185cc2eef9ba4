"""Where the network hangs by a thread: components, articulation points, bridges; and its cores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from graphsvc.analysis.arrays import Arrays, Ints
from graphsvc.analysis.effort import DEFAULT, Effort


@dataclass(frozen=True, slots=True)
class Cuts:
    """What takes the network apart when it goes."""

    points: npt.NDArray[np.bool_]
    """Of each node, whether its component falls apart without it."""
    bridges: Ints
    """Rows a < b of the two ends of each tie without which its component falls apart; k × 2, in order."""


def find_cuts(arrays: Arrays, effort: Effort = DEFAULT) -> Cuts:
    """Find articulation points and bridges by one depth-first search (Hopcroft & Tarjan 1973, CACM 16, 372–378).

    In a depth-first tree all other ties lead to an ancestor. A node's ``low`` is the earliest node that its subtree is
    tied to; what has no way around its parent has a low that is no earlier. One extra node above the components makes
    them one tree, so that the search is one call.
    """
    n = arrays.nodes
    order, parent, before, low = _searched(arrays)
    child = np.asarray(order[1:], dtype=np.int64)
    above, lows, place = np.asarray(parent)[child], np.asarray(low)[child], np.asarray(before)
    is_root = np.zeros(n + 1, dtype=bool)
    is_root[child[above == n]] = True
    children = np.bincount(above, minlength=n + 1)
    held = np.bincount(above[lows >= place[above]], minlength=n + 1)
    points = np.where(is_root, children > 1, held > 0)[:n]
    hanging = (above < n) & (lows > place[above])
    ends = np.sort(np.stack([child[hanging], above[hanging]], axis=1), axis=1)
    return Cuts(points, ends[np.lexsort((ends[:, 1], ends[:, 0]))])


@dataclass(frozen=True, slots=True)
class Pieces:
    """What comes off when a node goes: each piece is a stretch of one order of all nodes."""

    order: Ints
    """All rows, in the order of the search; a component is a stretch, and so is what hangs on one node."""
    hanging: Mapping[int, tuple[tuple[int, int], ...]]
    """Row of an articulation point → first and last place + 1 in ``order`` of each piece that hangs on it."""
    component: Mapping[int, tuple[int, int]]
    """Row of an articulation point → the stretch of its component: what is in it and in no piece is the rest."""


def find_pieces(arrays: Arrays) -> Pieces:
    """Find what each articulation point holds together, by the search of :func:`find_cuts`."""
    n = arrays.nodes
    order, parent, before, low = _searched(arrays)
    size = [1] * (n + 1)
    root = [n] * (n + 1)
    for node in order[:0:-1]:
        size[parent[node]] += size[node]
    hanging: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for node in order[1:]:
        above = parent[node]
        root[node] = node if above == n else root[above]
        if above < n and low[node] >= before[above]:
            hanging[above].append((before[node] - 1, before[node] - 1 + size[node]))
    points = {  # the first of a component holds it together only when several pieces hang on it
        point: tuple(pieces) for point, pieces in sorted(hanging.items()) if parent[point] < n or len(pieces) > 1
    }
    stretch = {point: (before[root[point]] - 1, before[root[point]] - 1 + size[root[point]]) for point in points}
    return Pieces(np.asarray(order[1:], dtype=np.int64), points, stretch)


def _searched(arrays: Arrays) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return nodes in the order of the search, and of each its parent, its place, and the earliest place that it, or
    one below it, is tied to."""
    order, parent, before = _depth_first(arrays)
    low = _earliest_tied(arrays, before, parent)
    for node in order[:0:-1]:  # children before parents
        low[parent[node]] = min(low[parent[node]], low[node])
    return order, parent, before, low


def _depth_first(arrays: Arrays) -> tuple[list[int], list[int], list[int]]:
    """Return nodes in the order of the search, the parent of each, and its place; the extra node is row n."""
    n = arrays.nodes
    firsts = np.unique(arrays.piece, return_index=True)[1]
    top = sparse.csr_array((np.ones(len(firsts)), (np.zeros(len(firsts), dtype=int), firsts)), shape=(1, n))
    joined = sparse.block_array([[arrays.pattern, top.T], [top, None]], format="csr")
    order, parent = csgraph.depth_first_order(joined, n, directed=True)
    before = np.empty(n + 1, dtype=np.int64)
    before[order] = np.arange(n + 1)
    return order.tolist(), parent.tolist(), before.tolist()


def _earliest_tied(arrays: Arrays, before: list[int], parent: list[int]) -> list[int]:
    """Return for each node the earliest place among itself and its neighbours other than its parent."""
    place = np.asarray(before, dtype=np.int64)
    low = place.copy()
    filled = np.flatnonzero(arrays.degree)
    if len(filled):
        owner = np.repeat(np.arange(arrays.nodes), arrays.degree)
        tied = np.where(
            arrays.weights.indices == np.asarray(parent)[owner], np.iinfo(np.int64).max, place[arrays.weights.indices]
        )
        low[filled] = np.minimum(low[filled], np.minimum.reduceat(tied, arrays.weights.indptr[filled]))
    earliest: list[int] = low.tolist()
    return earliest


def core_numbers(arrays: Arrays) -> Ints:
    """Return for each node the largest k such that it is in a part where everyone has at least k neighbours.

    Everyone with at most k neighbours left is taken away at once, and again, before k rises (Seidman 1983).
    """
    left = arrays.degree.copy()
    core = np.zeros(arrays.nodes, dtype=np.int64)
    there = np.ones(arrays.nodes, dtype=bool)
    indptr, indices = arrays.weights.indptr, arrays.weights.indices
    remaining = np.arange(arrays.nodes)
    k = 0
    while len(remaining):
        k = max(k, int(left[remaining].min()))
        going = remaining[left[remaining] <= k]
        while len(going):
            core[going] = k
            there[going] = False
            counts = arrays.degree[going]
            at = np.arange(counts.sum()) + np.repeat(indptr[going] - (np.cumsum(counts) - counts), counts)
            touched = indices[at]
            touched = touched[there[touched]]
            np.subtract.at(left, touched, 1)
            going = np.unique(touched[left[touched] <= k])
        remaining = remaining[there[remaining]]
    return core
