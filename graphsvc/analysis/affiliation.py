"""The two-mode network as numbers: actors × collaborations, and the ties that follow from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Floats, Ints, Matrix
from graphsvc.model import Actor, Collaboration


@dataclass(frozen=True)
class Affiliation:
    """Who takes part in what. Rows are actors, columns collaborations, both sorted by id."""

    actors: tuple[Actor, ...]
    collaborations: tuple[Collaboration, ...]
    incidence: Matrix
    """actors × collaborations, 1 where the actor takes part."""
    sizes: Ints
    """True number of participants of each collaboration, also of those that a filter hides."""
    regions: tuple[str, ...]
    """Id of the region each actor is located in, empty where unknown."""

    @classmethod
    def of(
        cls,
        actors: Mapping[str, Actor],
        collaborations: Mapping[str, Collaboration],
        members: Mapping[str, Sequence[str]],
        sizes: Mapping[str, int],
        regions: Mapping[str, str] | None = None,
    ) -> Affiliation:
        """Build from mappings by id; ``members`` names each actor of a collaboration once, ``regions`` is by actor."""
        order = sorted(actors)
        row = {id_: number for number, id_ in enumerate(order)}
        columns = sorted(collaborations)
        indices = [row[actor] for id_ in columns for actor in members[id_]]
        lengths = [len(members[id_]) for id_ in columns]
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        by_column = sparse.csc_array(
            (np.ones(len(indices)), np.asarray(indices, dtype=np.int64), starts), shape=(len(order), len(columns))
        )
        incidence = by_column.tocsr()
        incidence.sort_indices()
        return cls(
            tuple(actors[id_] for id_ in order),
            tuple(collaborations[id_] for id_ in columns),
            incidence,
            np.asarray([sizes[id_] for id_ in columns], dtype=np.int64),
            tuple((regions or {}).get(id_, "") for id_ in order),
        )

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the actors, in the order of the rows."""
        return tuple(actor.id for actor in self.actors)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Id of an actor → its row."""
        return {id_: number for number, id_ in enumerate(self.ids)}

    def ties(self, weights: Floats | None = None) -> Matrix:
        """Return the actors × actors matrix Σ over shared collaborations of 1/(size−1), times ``weights`` where given.

        Newman (2001), Phys. Rev. E 64, 016132: a collaboration of s actors gives each of them one unit of attention,
        shared among the other s−1. ``weights`` has one number a collaboration (age, say). Symmetric, no diagonal.
        """
        share = 1.0 / np.maximum(self.sizes - 1, 1)
        if weights is not None:
            share = share * weights
        return self._project(share)

    @cached_property
    def shared(self) -> Matrix:
        """The actors × actors matrix of the number of collaborations two actors share. No diagonal."""
        return self._project(np.ones(len(self.collaborations)))

    @property
    def steps(self) -> float:
        """How many pairs of partners the actors have: from these come candidates, so the work grows with it."""
        return float((np.diff(self.shared.indptr).astype(float) ** 2).sum())

    def steps_from(self, ids: Collection[str]) -> float:
        """Return how many of :attr:`steps` there are where one of each pair of candidates is one of ``ids``."""
        starts, partners = self.shared.indptr, np.diff(self.shared.indptr)
        rows = [row for row, id_ in enumerate(self.ids) if id_ in ids]
        return float(sum(int(partners[self.shared.indices[starts[row] : starts[row + 1]]].sum()) for row in rows))

    def _project(self, column_weights: Floats) -> Matrix:
        weighted = self.incidence @ sparse.diags_array(column_weights, format="csr")
        product = (weighted @ self.incidence.T).tocoo()
        off = product.row != product.col
        shape = product.shape
        result = sparse.csr_array((product.data[off], (product.row[off], product.col[off])), shape=shape)
        result.sort_indices()
        return result
