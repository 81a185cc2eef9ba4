"""Shortest paths from many nodes at once: distances as bits, path counts as sparse × dense products.

Paths are counted in steps: tie weights do not shorten them. Both methods visit the same levels as a breadth-first
search from each source, so they give NetworkX's numbers; the work is done by numpy and scipy on blocks of sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from graphsvc.analysis.arrays import Arrays, Floats, Ints, Matrix

_WORD = 64
_WORDS = 4
"""Machine words a node has in a block: a block is 256 sources."""
_BLOCK = 64
"""Sources in a block where a float is kept for each node and source."""


def harmonic_sums(arrays: Arrays) -> Floats:
    """Return Σ 1/d(u, v) over all other nodes u, for each node v; an unreachable node adds nothing.

    Exact. Work: (nodes / 256) × levels × edges on words of 64 sources; memory 64 bytes an edge.
    """
    total = np.zeros(arrays.nodes)
    if not arrays.edges:
        return total
    indices, indptr = arrays.weights.indices, arrays.weights.indptr
    linked = np.flatnonzero(arrays.degree)
    starts = indptr[linked]
    for sources in _blocks(linked, _WORD * _WORDS):
        seen = np.zeros((arrays.nodes, _WORDS), dtype=np.uint64)
        place = np.arange(len(sources))
        seen[sources, place // _WORD] = np.uint64(1) << (place % _WORD).astype(np.uint64)
        frontier, distance = seen.copy(), 0
        while frontier.any():
            distance += 1
            reached = np.zeros_like(seen)
            for word in range(_WORDS):  # a column at a time: reduceat is several times faster on one dimension
                column = np.ascontiguousarray(frontier[:, word])
                reached[linked, word] = np.bitwise_or.reduceat(column[indices], starts)
            frontier = reached & ~seen
            seen |= frontier
            total += np.bitwise_count(frontier).sum(axis=1) / distance
    return total


def dependencies(arrays: Arrays, sources: Sequence[int]) -> Floats:
    """Return Σ over the sources s ≠ v of the dependency of s on v: how many of s's shortest paths run through v.

    The dependency is Brandes's (2001, J. Math. Sociol. 25, 163–177): Σ over targets t of σ_st(v)/σ_st, σ counting
    shortest paths. Work: (sources / 64) × levels × (edges + nodes); on graphs of great depth NetworkX is faster.
    """
    total = np.zeros(arrays.nodes)
    for block in _blocks(np.asarray(sources, dtype=np.int64), _BLOCK):
        total += _block_dependencies(arrays.pattern, block)
    return total


def _block_dependencies(pattern: Matrix, block: Ints) -> Floats:
    columns = np.arange(len(block))
    paths = np.zeros((pattern.shape[0], len(block)))
    paths[block, columns] = 1.0
    level = np.where(paths > 0, 0, -1)
    frontier, depth = paths.copy(), 0
    while True:
        found = pattern @ frontier
        found[level >= 0] = 0.0
        new = found > 0
        if not new.any():
            break
        depth += 1
        level[new] = depth
        paths += found
        frontier = found
    dependency = np.zeros_like(paths)
    for here in range(depth, 0, -1):
        per_path = np.zeros_like(paths)
        np.divide(1.0 + dependency, paths, out=per_path, where=level == here)
        dependency += np.where(level == here - 1, paths * (pattern @ per_path), 0.0)
    dependency[block, columns] = 0.0
    summed: Floats = dependency.sum(axis=1)
    return summed


def _blocks(nodes: Ints, size: int) -> Iterator[Ints]:
    for start in range(0, len(nodes), size):
        yield nodes[start : start + size]
