"""Shortest paths from many nodes at once: distances as bits, path counts as sparse × dense products.

Paths are counted in steps: tie weights do not shorten them. Both methods visit the same levels as a breadth-first
search from each source, so they give NetworkX's numbers; twins (:mod:`graphsvc.analysis.twins`) are searched once, and
the work is done by numpy and scipy on blocks of sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graphsvc.analysis.arrays import Arrays, Floats, Ints, Matrix
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.twins import Folded, fold

Words = npt.NDArray[np.uint64]

_WORD: Final = 64
_WORDS: Final = 4
"""Machine words a node has in a block: a block is 256 sources."""
_CELLS: Final = 1 << 17
"""Floats in the dense arrays of a block of sources; more no longer fits the processor's cache."""


@dataclass(frozen=True, slots=True)
class Distances:
    """What the distances from each node to all others add up to. A node that can't be reached adds nothing."""

    reached: Ints
    """Number of other nodes that can be reached."""
    steps: Floats
    """Σ d(v, u)."""
    nearness: Floats
    """Σ 1/d(v, u)."""


def distances(arrays: Arrays, effort: Effort = DEFAULT) -> Distances:
    """Return the sums of distances from each node, exact.

    A search from 64 sources at once is one bitwise operation a tie (Then et al. 2014, PVLDB 8, 449–460). Where it is
    known who takes part in what, it walks from actors to collaborations and back: two short steps for a long one. Work:
    (classes of twins / 64) × levels × ties, or twice the participations; memory 64 bytes a tie.
    """
    folded = arrays.once(fold)
    walk = _Walk(arrays, folded)
    k = len(folded.size)
    reached, steps, nearness = np.zeros(k), np.zeros(k), np.zeros(k)
    blocks = list(_words(folded))
    for done, (sources, counts) in enumerate(blocks):
        effort.tick(done / len(blocks))
        at = np.flatnonzero(sources >= 0)
        seen = np.zeros((_WORDS, k), dtype=np.uint64)
        np.bitwise_or.at(seen, (at // _WORD, sources[at]), np.uint64(1) << (at % _WORD).astype(np.uint64))
        frontier, distance = seen.copy(), 0
        while frontier.any():
            distance += 1
            frontier = walk.on(frontier) & ~seen
            seen |= frontier
            found = counts @ np.bitwise_count(frontier).astype(np.float64)
            reached += found
            steps += distance * found
            nearness += found / distance
    twins = folded.size - 1  # one step away, and not among the sources: a class is searched from once
    reached, steps, nearness = ((values + twins)[folded.of] for values in (reached, steps, nearness))
    return Distances(np.rint(reached).astype(np.int64), steps, nearness)


class _Walk:
    """One step from a set of nodes to all of their neighbours, for 64 sets in a word."""

    def __init__(self, arrays: Arrays, folded: Folded) -> None:
        self.k = len(folded.size)
        if arrays.incidence is None:
            self.legs = [folded.pattern]
        else:
            part = arrays.incidence[folded.first]
            part = part[:, np.flatnonzero(np.bincount(part.indices, minlength=part.shape[1]) > 1)].tocsr()
            self.legs = [part.T.tocsr(), part]

    def on(self, words: Words) -> Words:
        """Return for each node the union over its neighbours; over participations also the node's own bits."""
        return np.stack([self._walked(column) for column in words])

    def _walked(self, column: Words) -> Words:
        for leg in self.legs:
            filled = np.flatnonzero(np.diff(leg.indptr))
            out = np.zeros(leg.shape[0], dtype=np.uint64)
            if len(filled):
                out[filled] = np.bitwise_or.reduceat(column[leg.indices], leg.indptr[filled])
            column = out
        return column


def _words(folded: Folded) -> Iterator[tuple[Ints, Floats]]:
    """Yield blocks of sources, −1 where a place stays empty, with the number that each source of a word stands for.

    All sources of a word stand for equally many nodes, so that set bits can be counted by the word.
    """
    words: list[tuple[Ints, float]] = []
    for size in np.unique(folded.size):
        alike = np.flatnonzero(folded.size == size)
        for start in range(0, len(alike), _WORD):
            word = np.full(_WORD, -1, dtype=np.int64)
            part = alike[start : start + _WORD]
            word[: len(part)] = part
            words.append((word, float(size)))
    empty = (np.full(_WORD, -1, dtype=np.int64), 0.0)
    for start in range(0, len(words), _WORDS):
        block = words[start : start + _WORDS]
        block += [empty] * (_WORDS - len(block))
        yield np.concatenate([word for word, _ in block]), np.asarray([size for _, size in block])


@dataclass(frozen=True, slots=True)
class Dependencies:
    """How much the sources depend on each node to reach the others."""

    total: Floats
    """Σ over the sources s ≠ v of the dependency of s on v."""
    squares: Floats
    """Σ of their squares: what the spread of an estimate is computed from."""


def dependencies(arrays: Arrays, sources: Ints, effort: Effort = DEFAULT) -> Dependencies:
    """Return the dependency of ``sources`` (rows, each once) on each node, exact for these sources.

    The dependency of s on v is Brandes's (2001, J. Math. Sociol. 25, 163–177): Σ over targets t of σ_st(v)/σ_st, σ
    counting shortest paths. A class of twins is one node that carries as many paths, and as many targets, as it has
    members. Work: (classes with a source / block) × levels × (ties + nodes) on the folded network.
    """
    folded = arrays.once(fold)
    weight = np.bincount(folded.of[sources], minlength=len(folded.size)).astype(float)
    asked = np.flatnonzero(weight)
    total, squares = np.zeros(len(folded.size)), np.zeros(len(folded.size))
    for start in range(0, len(asked), step := _block(len(folded.size))):
        effort.tick(start / len(asked))
        block = asked[start : start + step]
        found = _block_dependencies(folded, block)
        total += found @ weight[block]
        squares += found**2 @ weight[block]
    return Dependencies(total[folded.of], squares[folded.of])


def _block(nodes: int) -> int:
    return int(np.clip(_CELLS // max(nodes, 1), 32, 128)) // 32 * 32


def _block_dependencies(folded: Folded, block: Ints) -> Floats:
    """Return classes × block: the dependency of a member of each class in ``block`` on a member of each class."""
    size, pattern = folded.size[:, None], folded.pattern
    level, paths, depth = _paths(pattern, size, block)
    dependency = np.zeros_like(paths)
    for here in range(depth, 1, -1):  # the dependency of a source on itself, at level 0, is not asked for
        per_path = np.zeros_like(paths)
        np.divide((1.0 + dependency) * size, paths, out=per_path, where=level == here)
        dependency += np.where(level == here - 1, paths * (pattern @ per_path), 0.0)
    return dependency


def _paths(pattern: Matrix, size: Floats, block: Ints) -> tuple[npt.NDArray[np.int8], Floats, int]:
    """Return level (−1 unreached) and number of shortest paths of each node from each source, and the last level."""
    columns = np.arange(len(block))
    paths = np.ascontiguousarray(pattern[block].toarray().T)  # level 1 needs no product
    level = np.where(paths > 0, 1, -1).astype(np.int8)
    level[block, columns] = 0
    frontier, depth = paths * size, 1
    paths[block, columns] = 1.0
    while (unreached := level < 0).any():
        found = (pattern @ frontier) * unreached
        new = found > 0
        if not new.any():
            break
        depth += 1
        level[new] = depth
        paths += found
        frontier = found * size
    return level, paths, depth
