"""The best placed pair between two sides: who could close a gap, by the score of missing partnerships."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Ints
from graphsvc.analysis.background import Background
from graphsvc.analysis.evidence import evidence_of
from graphsvc.analysis.features import Pairs, Weights, scores
from graphsvc.analysis.missing import Acquaintance, Kin
from graphsvc.analysis.results import Evidence

MOST: Final = 40
"""The most active of each side that are looked at."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two actors who do not work together, with what speaks for and against it."""

    a: str
    b: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Matchmaker:
    """Finds pairs in one network."""

    background: Background
    kin: Kin
    weights: Weights = field(default_factory=Weights)

    def best(self, some: Ints, others: Ints) -> Match | None:
        """Return the best pair with one actor of each side; None where all know each other, or are kin."""
        some, others = self._active(some), self._active(others)
        a, b = (np.asarray(each, dtype=np.int64).reshape(-1) for each in np.meshgrid(some, others, indexing="ij"))
        flow = np.asarray((self.background.ties[some] @ self._through[:, others]).toarray()).reshape(-1)
        keep = a != b
        pairs = Pairs(self.background, a[keep], b[keep], flow[keep])
        score = scores(pairs, self.weights)
        ids = self.background.affiliation.ids
        for at in np.lexsort((pairs.b, pairs.a, -score)).tolist():
            one, other = ids[pairs.a[at]], ids[pairs.b[at]]
            if not self.kin.related(one, other) and not self._acquaintance.met(one, other):
                evidence = evidence_of(pairs[at : at + 1], self.weights)
                return Match(one, other, float(score[at]), evidence)
        return None

    def _active(self, rows: Ints) -> Ints:
        order = np.lexsort((rows, -self.background.activity[rows]))
        return rows[order[:MOST]]

    @cached_property
    def _through(self) -> sparse.csc_array:
        return (sparse.diags_array(self.background.passing, format="csr") @ self.background.ties).tocsc()

    @cached_property
    def _acquaintance(self) -> Acquaintance:
        return Acquaintance(self.background, self.kin)
