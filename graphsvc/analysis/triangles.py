"""Every triangle once: what clustering, constraint, effective size and brokerage all rest on.

Edges point from the node of smaller degree to the larger (Chiba & Nishizeki 1985, SIAM J. Comput. 14, 210–223), so
that hubs have few outgoing ones; a triangle is two such steps u → v → w with a third u → w. The third is looked up in a
table of a few rows that fits the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.analysis.arrays import Arrays, Floats, Ints

_CELLS: Final = 1 << 20
"""Entries of the table of one block of rows."""
_WEDGES: Final = 1 << 20
"""Most steps u → v → w looked at in one go, so that memory does not grow with the number of triangles."""
_BLOCK: Final = 1 << 18
"""Triangles handed out at once, at least: summing over them costs something for each edge too."""


class Triangles(NamedTuple):
    """A block of triangles: positions of their edges in :class:`Oriented`."""

    uv: Ints
    uw: Ints
    vw: Ints


@dataclass(frozen=True)
class Oriented:
    """The edges, each once, pointing from smaller to larger degree."""

    node: Ints
    """Row of the graph for each place in the order by degree."""
    start: Ints
    """Row in the graph of each edge's first node, u."""
    end: Ints
    """… and of its second."""
    weight: Floats
    _row: Ints
    _indptr: Ints
    _indices: Ints

    @classmethod
    def of(cls, arrays: Arrays) -> Oriented:
        """Order the edges of a network."""
        node = np.lexsort((np.arange(arrays.nodes), arrays.degree))
        ordered = sparse.triu(arrays.weights[node][:, node], k=1, format="csr")
        ordered.sort_indices()
        indptr, indices = ordered.indptr.astype(np.int64), ordered.indices.astype(np.int64)
        start = np.repeat(np.arange(arrays.nodes), np.diff(indptr))
        return cls(node, node[start], node[indices], np.asarray(ordered.data, dtype=np.float64), start, indptr, indices)

    @property
    def wedges(self) -> int:
        """Number of steps u → v → w: the work of finding all triangles."""
        return int(np.diff(self._indptr)[self._indices].sum())

    def triangles(self) -> Iterator[Triangles]:
        """Yield all triangles, in blocks of some hundred thousand, always in the same order."""
        waiting: list[Triangles] = []
        for block in self._by_rows():
            waiting.append(block)
            if sum(len(each.uv) for each in waiting) >= _BLOCK:
                yield _joined(waiting)
                waiting = []
        if waiting:
            yield _joined(waiting)

    def _by_rows(self) -> Iterator[Triangles]:
        n = len(self.node)
        if not len(self._indices):
            return
        after = np.diff(self._indptr)[self._indices]  # steps that go on from each edge
        rows = max(1, _CELLS // n)
        table = np.zeros(rows * n, dtype=np.int32)
        steps = np.concatenate([[0], np.cumsum(after)])[self._indptr]  # before each row
        first = 0
        while first < n:
            # As many rows as the table holds, and no more steps than may be looked at in one go (but one row at least).
            last = int(np.searchsorted(steps, steps[first] + _WEDGES, side="right")) - 1
            last = min(max(last, first + 1), first + rows, n)
            edges = np.arange(self._indptr[first], self._indptr[last])
            if steps[last] > steps[first]:
                yield self._closed(edges, after[edges], first, table)
            first = last

    def _closed(self, edges: Ints, after: Ints, first: int, table: npt.NDArray[np.int32]) -> Triangles:
        n = len(self.node)
        begin = (self._row[edges] - first) * n
        table[begin + self._indices[edges]] = edges + 1
        offset = self._indptr[self._indices[edges]] - (np.cumsum(after) - after)
        vw = np.arange(int(after.sum())) + np.repeat(offset, after)
        uw = table[np.repeat(begin, after) + self._indices[vw]]
        table[begin + self._indices[edges]] = 0
        closed = np.flatnonzero(uw)
        return Triangles(np.repeat(edges, after)[closed], uw[closed].astype(np.int64) - 1, vw[closed])


def _joined(blocks: list[Triangles]) -> Triangles:
    return Triangles(*(np.concatenate(columns) for columns in zip(*blocks, strict=True)))
