"""The baselines of link prediction, by NetworkX's definitions, as sparse products: best pairs overall and per actor.

All are indices of the network in which two actors are tied or not, over pairs at distance two (other pairs score 0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.analysis.arrays import Floats, Ints, Matrix

INDICES: Final = (
    "preferential_attachment",
    "common_neighbours",
    "jaccard",
    "adamic_adar",
    "resource_allocation",
)
"""Barabási & Albert 1999; Newman 2001; Jaccard 1901; Adamic & Adar 2003; Zhou, Lü & Zhang 2009."""
PER_ACTOR: Final = 50
"""Best partners of each actor that are kept."""
_ROWS: Final = 400
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Best:
    """The best pairs of one scorer."""

    a: Mapping[str, Ints]
    """Scope → rows of the smaller actors, best pair first."""
    b: Mapping[str, Ints]
    """Scope → rows of the larger ones."""
    partners: Ints
    """Actors × :data:`PER_ACTOR`: the best partners of each actor, best first; −1 where there are no more."""


class _Keeper:
    """The best pairs seen so far, by scope; equal scores in the order of the rows."""

    def __init__(self, actors: int, scopes: Mapping[str, Bools], keep: int) -> None:
        self._scopes = scopes
        self._keep = keep
        self._best = {name: (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)) for name in scopes}
        self.partners = np.full((actors, PER_ACTOR), -1, dtype=np.int64)

    def pairs(self, a: Ints, b: Ints, score: Floats) -> None:
        """Look at pairs with a < b."""
        for name, here in self._scopes.items():
            best = self._best[name]
            floor = best[2][-1] if len(best[2]) == self._keep else -np.inf
            fit = np.flatnonzero((here[a] | here[b]) & (score >= floor))
            one, other, value = (np.concatenate(both) for both in zip(best, (a[fit], b[fit], score[fit]), strict=True))
            order = np.lexsort((other, one, -value))[: self._keep]
            self._best[name] = (one[order], other[order], value[order])

    def row(self, row: int, columns: Ints, score: Floats) -> None:
        """Look at all the partners that an actor may have."""
        if len(score) > PER_ACTOR:
            floor = np.partition(score, len(score) - PER_ACTOR)[len(score) - PER_ACTOR]
            fit = np.flatnonzero(score >= floor)
            columns, score = columns[fit], score[fit]
        best = columns[np.lexsort((columns, -score))[:PER_ACTOR]]
        self.partners[row, : len(best)] = best

    def best(self) -> Best:
        """Return what was kept."""
        found = self._best.items()
        return Best({name: each[0] for name, each in found}, {name: each[1] for name, each in found}, self.partners)


def best_of(a: Ints, b: Ints, score: Floats, scopes: Mapping[str, Bools], keep: int) -> Best:
    """Return the best of pairs whose scores are known. ``scopes``: name → actors one of whom must be in a pair."""
    actors = len(next(iter(scopes.values())))
    keeper = _Keeper(actors, scopes, keep)
    keeper.pairs(a, b, score)
    both, others, twice = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([score, score])
    order = np.argsort(both, kind="stable")
    starts = np.searchsorted(both[order], np.arange(actors + 1))
    for row in range(actors):
        mine = order[starts[row] : starts[row + 1]]
        keeper.row(row, others[mine], twice[mine])
    return keeper.best()


def baselines(tied: Matrix, scopes: Mapping[str, Bools], keep: int) -> dict[str, Best]:
    """Return the best pairs by each of :data:`INDICES`.

    ``tied``: actors × actors, an entry where two share a collaboration, without a diagonal. Work: 3 Σ degree²
    multiply-adds; memory: the pairs at distance two of some hundred actors at a time.
    """
    tied = sparse.csr_array((np.ones(tied.nnz), tied.indices, tied.indptr), shape=tied.shape)
    degree = np.diff(tied.indptr).astype(float)
    through = {
        "common_neighbours": np.ones(len(degree)),
        # A shared partner has two or more; what others are given reaches the diagonal alone.
        "adamic_adar": 1.0 / np.log(np.maximum(degree, 2)),
        "resource_allocation": 1.0 / np.maximum(degree, 1),
    }
    passed = {name: (sparse.diags_array(each, format="csr") @ tied).tocsr() for name, each in through.items()}
    keepers = {name: _Keeper(len(degree), scopes, keep) for name in INDICES}
    for start in range(0, len(degree), _ROWS):
        block = np.arange(start, min(start + _ROWS, len(degree)))
        sums = {name: (tied[block] @ each).tocsr() for name, each in passed.items()}
        for each in sums.values():
            each.sort_indices()
        _look(keepers, block, sums, tied, degree)
    return {name: keeper.best() for name, keeper in keepers.items()}


def _look(
    keepers: Mapping[str, _Keeper], block: Ints, sums: Mapping[str, Matrix], tied: Matrix, degree: Floats
) -> None:
    common = sums["common_neighbours"]
    rows = np.repeat(block, np.diff(common.indptr))
    columns = common.indices.astype(np.int64)
    known = tied[block].tocoo()
    closed = np.zeros((len(block), len(degree)), dtype=bool)
    closed[known.row, known.col] = True
    closed[np.arange(len(block)), block] = True
    open_ = np.flatnonzero(~closed[rows - block[0], columns])
    rows, columns = rows[open_], columns[open_]
    shared = common.data[open_]
    score = {
        "preferential_attachment": degree[rows] * degree[columns],
        "common_neighbours": shared,
        "jaccard": shared / (degree[rows] + degree[columns] - shared),
        "adamic_adar": np.round(sums["adamic_adar"].data[open_], 9),
        "resource_allocation": np.round(sums["resource_allocation"].data[open_], 9),
    }
    upper = rows < columns
    starts = np.searchsorted(rows, [*block.tolist(), int(block[-1]) + 1])
    for name, keeper in keepers.items():
        keeper.pairs(rows[upper], columns[upper], score[name][upper])
        for number, row in enumerate(block.tolist()):
            part = slice(starts[number], starts[number + 1])
            keeper.row(row, columns[part], score[name][part])
