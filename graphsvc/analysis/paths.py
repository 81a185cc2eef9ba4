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
_WORDS: Final = 8
"""Machine words a node has in a block: a block is 512 sources. Wider ones no longer fit the cache."""
_SHORT: Final = 32
"""Nodes with at most so many neighbours are gathered together with those that have as many."""
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
    (classes of twins / 64) × levels × ties, or twice the participations; memory about 1 kB a class.
    """
    folded = arrays.once(fold)
    legs, k = _legs(arrays, folded), len(folded.size)
    reached, steps, nearness = np.zeros(k), np.zeros(k), np.zeros(k)
    blocks = list(_words(folded))
    for done, (sources, counts) in enumerate(blocks):
        effort.tick(done / len(blocks))
        at = np.flatnonzero(sources >= 0)
        seen = np.zeros((k, len(counts)), dtype=np.uint64)
        np.bitwise_or.at(seen, (sources[at], at // _WORD), np.uint64(1) << (at % _WORD).astype(np.uint64))
        frontier, distance = seen.copy(), 0
        while frontier.any():
            distance += 1
            for leg in legs:
                frontier = leg.joined(frontier)
            frontier &= ~seen  # over collaborations a node meets itself too
            seen |= frontier
            found = np.bitwise_count(frontier) @ counts
            reached += found
            steps += distance * found
            nearness += found / distance
    twins = folded.size - 1  # one step away, and not among the sources: a class is searched from once
    reached, steps, nearness = ((values + twins)[folded.of] for values in (reached, steps, nearness))
    return Distances(np.rint(reached).astype(np.int64), steps, nearness)


class _Leg:
    """One step from nodes to those they are linked with, for many sets of nodes held as bits."""

    def __init__(self, links: Matrix) -> None:
        """Take a matrix of rows that are linked with columns; the rows are sorted out by their number of links."""
        self._rows = links.shape[0]
        length = np.diff(links.indptr)
        self._alike = [
            (rows, links.indices[links.indptr[rows][:, None] + np.arange(links_each)])
            for links_each in range(1, _SHORT + 1)
            if len(rows := np.flatnonzero(length == links_each))
        ]
        self._long = np.flatnonzero(length > _SHORT)
        rest = links[self._long]
        self._indices, self._starts = rest.indices, rest.indptr[:-1]

    def joined(self, words: Words) -> Words:
        """Return for each row the union of the words (columns × words) of the columns that it is linked with."""
        out = np.zeros((self._rows, words.shape[1]), dtype=np.uint64)
        for rows, columns in self._alike:
            union = words[columns[:, 0]]
            for column in columns.T[1:]:
                union |= words[column]
            out[rows] = union
        if len(self._long):
            out[self._long] = np.bitwise_or.reduceat(words[self._indices], self._starts, axis=0)
        return out


def _legs(arrays: Arrays, folded: Folded) -> tuple[_Leg, ...]:
    if arrays.incidence is None:
        return (_Leg(folded.pattern),)
    part = arrays.incidence[folded.first]
    part = part[:, np.flatnonzero(np.bincount(part.indices, minlength=part.shape[1]) > 1)].tocsr()
    return _Leg(part.T.tocsr()), _Leg(part)


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
    for start in range(0, len(words), _WORDS):
        block = words[start : start + _WORDS]
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
        dependency += np.where(level == here - 1, paths * _spread(pattern, per_path), 0.0)
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
        found = _spread(pattern, frontier) * unreached
        new = found > 0
        if not new.any():
            break
        depth += 1
        level[new] = depth
        paths += found
        frontier = found * size
    return level, paths, depth


def _spread(pattern: Matrix, values: Floats) -> Floats:
    """Return ``pattern @ values``, from the rows of ``values`` that are not zero where these are few.

    Near the sources and far from them searches are at few nodes; only the levels between need the whole network.
    """
    rows = np.flatnonzero(values.any(axis=1))
    few = len(rows) < values.shape[0] / 3
    product: Floats = pattern[rows].T @ values[rows] if few else pattern @ values  # symmetric
    return product
