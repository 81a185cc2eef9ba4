"""What the triangles of a network add up to, gathered in one pass over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.analysis.arrays import Arrays, Floats, Ints
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.triangles import Oriented, Triangles

COORDINATOR, MIXED, LIAISON, ITINERANT = 2, 1, 0, 3
"""Who two partners of a broker are: both of its group, one of them, of two other groups, both of one other group."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Sums over triangles."""

    edges: Oriented
    triangles: Ints
    """Triangles at each node."""
    detour: Floats
    """Of each edge i–j: Σ_q wᵢ_q w_qⱼ / s_q over the partners q they share."""
    overlap: Floats
    """Of each node i: Σ_q wᵢ_q Σ_j w_jq / max(w_j) over its partners q and j that are tied."""
    tied: Ints
    """n × 4: tied pairs among each node's partners, by who the two are; only where all three groups are known."""


def close(arrays: Arrays, effort: Effort = DEFAULT) -> Closure:
    """Go through all triangles once. Work: some 60 ns a triangle; memory does not grow with their number."""
    edges, n = Oriented.of(arrays), arrays.nodes
    inverse = np.divide(1.0, arrays.strength, out=np.zeros(n), where=arrays.strength > 0)
    largest = np.asarray(arrays.weights.max(axis=1).toarray()).reshape(-1) if n else np.zeros(0)
    scale = np.divide(1.0, largest, out=np.zeros(n), where=largest > 0)
    _, group = arrays.codes("helix")
    triangles, tied = np.zeros(n, dtype=np.int64), np.zeros(n * 4, dtype=np.int64)
    detour, overlap = np.zeros(len(edges.weight)), np.zeros(n)
    for block in edges.triangles():
        effort.tick(float(block.uv[0]) / len(edges.weight) if len(block.uv) else 0.0)
        corners = (edges.start[block.uv], edges.end[block.uv], edges.end[block.uw])
        for corner in corners:
            triangles += np.bincount(corner, minlength=n)
        _detours(detour, edges, block, corners, inverse)
        _overlaps(overlap, edges, block, corners, scale)
        if (group >= 0).any():
            _pairs(tied, corners, group)
    return Closure(edges, triangles, detour, overlap, tied.reshape(n, 4))


Corners = tuple[Ints, Ints, Ints]


def _detours(detour: Floats, edges: Oriented, block: Triangles, corners: Corners, inverse: Floats) -> None:
    u, v, w = corners
    uv, uw, vw = (edges.weight[each] for each in block)
    m = len(detour)
    detour += np.bincount(block.uv, uw * vw * inverse[w], minlength=m)
    detour += np.bincount(block.uw, uv * vw * inverse[v], minlength=m)
    detour += np.bincount(block.vw, uv * uw * inverse[u], minlength=m)


def _overlaps(overlap: Floats, edges: Oriented, block: Triangles, corners: Corners, scale: Floats) -> None:
    u, v, w = corners
    uv, uw, vw = (edges.weight[each] for each in block)
    n = len(overlap)
    overlap += np.bincount(u, vw * (uv * scale[w] + uw * scale[v]), minlength=n)
    overlap += np.bincount(v, uw * (uv * scale[w] + vw * scale[u]), minlength=n)
    overlap += np.bincount(w, uv * (uw * scale[v] + vw * scale[u]), minlength=n)


def _pairs(tied: Ints, corners: Corners, group: Ints) -> None:
    groups = [group[corner].astype(np.int8) for corner in corners]
    known = np.flatnonzero(np.minimum(np.minimum(groups[0], groups[1]), groups[2]) >= 0)
    groups = [each[known] for each in groups]
    uv, uw, vw = groups[0] == groups[1], groups[0] == groups[2], groups[1] == groups[2]
    for corner, one, other, between in ((0, uv, uw, vw), (1, uv, vw, uw), (2, uw, vw, uv)):
        kind = np.where(~one & ~other & between, ITINERANT, one.astype(np.int64) + other)
        tied += np.bincount(corners[corner][known] * 4 + kind, minlength=len(tied))
