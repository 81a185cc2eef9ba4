"""What all searches for gaps look at: one network, who of it is local, and the themes at one level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Floats, Ints, Matrix
from graphsvc.analysis.axes import Subjects
from graphsvc.analysis.background import Background
from graphsvc.analysis.matchmaking import Match, Matchmaker
from graphsvc.analysis.missing import Kin
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.model import Collaboration, Theme

Bools = npt.NDArray[np.bool_]
SHOWN: Final = 10
"""Facts of one kind that an evidence refers to at most, strongest first; its numbers count all."""
NEIGHBOURS: Final = 3
"""Themes that count as neighbours of one because they share the most actors with it …"""
_SEVERAL: Final = 2
"""… if they share at least so many."""


@dataclass(frozen=True)
class Scene:
    """One network as it is searched. Rows and columns are those of ``background.affiliation``."""

    background: Background
    """With communities."""
    subjects: Subjects
    themes: Mapping[str, Theme]
    """The tree."""
    wide: Affiliation
    """The whole network, of which this is a part or all."""
    here: frozenset[str] | None = None
    """Ids of the actors of the place that is asked about; None without a place: then all count as local."""
    abroad: frozenset[str] = frozenset()
    """Ids of the actors in other countries than that of the place."""
    kin: Kin = field(default_factory=Kin)

    @property
    def affiliation(self) -> Affiliation:
        """The network itself."""
        return self.background.affiliation

    @cached_property
    def local(self) -> Bools:
        """Which rows are local."""
        return np.asarray([self.here is None or id_ in self.here for id_ in self.affiliation.ids], dtype=bool)

    @cached_property
    def matchmaker(self) -> Matchmaker:
        """Who finds the best placed pairs."""
        return Matchmaker(self.background, self.kin)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Ids of the themes that anything is about, at the level of :attr:`subjects`, sorted."""
        counts_for = self.subjects.counts_for
        borne = {theme for each in self.affiliation.collaborations for theme in each.themes}
        return tuple(sorted({counts_for[theme] for theme in borne if theme in counts_for}))

    @cached_property
    def about(self) -> Matrix:
        """Collaborations × :attr:`columns`, 1 where the collaboration is about the theme."""
        number, counts_for = {theme: at for at, theme in enumerate(self.columns)}, self.subjects.counts_for
        marks = sorted(
            {
                (row, number[counts_for[theme]])
                for row, each in enumerate(self.affiliation.collaborations)
                for theme in each.themes
                if theme in counts_for
            }
        )
        rows, columns = np.asarray(marks, dtype=np.int64).reshape(-1, 2).T
        shape = (len(self.affiliation.collaborations), len(self.columns))
        return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)

    @cached_property
    def work(self) -> Matrix:
        """Actors × :attr:`columns`: number of the actor's collaborations on the theme."""
        return (self.affiliation.incidence @ self.about).tocsr()

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """Theme → themes near it: those under the same parent, then those that share most of its actors (Jaccard)."""
        both = (self._on.T @ self._on).toarray()
        size = both.diagonal()
        either = np.maximum(size[:, None] + size[None, :] - both, 1)
        overlap = np.round(np.where(both >= _SEVERAL, both / either, 0.0), 9)
        np.fill_diagonal(overlap, 0.0)
        found = {}
        for at, theme in enumerate(self.columns):
            siblings = [each for each in self.columns if each != theme and self._siblings(theme, each)]
            order = np.argsort(-overlap[at], kind="stable")[:NEIGHBOURS].tolist()
            near = [self.columns[other] for other in order if overlap[at, other] > 0]
            found[theme] = tuple(dict.fromkeys([*siblings, *near]))
        return found

    def on_theme(self, theme: str) -> Ints:
        """Return the rows of the actors on a theme of :attr:`columns`."""
        return np.flatnonzero(self.work_on(theme))

    def work_on(self, *themes: str) -> Floats:
        """Return for each actor the number of its collaborations on the themes; 0 for themes that nothing is about."""
        columns = [at for at, theme in enumerate(self.columns) if theme in themes]
        return np.asarray(self._by_column[:, columns].sum(axis=1), dtype=float).reshape(-1)

    def collaboration(self, id_: str) -> Collaboration:
        """Return a collaboration of the network."""
        return self._collaborations[id_]

    def refer(self, rows: Sequence[int] | Ints) -> tuple[Ref, ...]:
        """Return references to actors."""
        return tuple(Ref(Noun.ACTOR, self.affiliation.ids[row]) for row in rows)

    def most_active(self, rows: Ints, by: Floats | None = None) -> Ints:
        """Return rows, those first that have most of ``by``, or are most active; equals in the order of the ids."""
        worth = self.background.activity if by is None else by
        return rows[np.lexsort((rows, -worth[rows]))]

    def _siblings(self, one: str, other: str) -> bool:
        parent = self.themes[one].parent if one in self.themes else None
        return parent is not None and other in self.themes and self.themes[other].parent == parent

    @cached_property
    def _on(self) -> Matrix:
        return sparse.csr_array((np.ones(self.work.nnz), self.work.indices, self.work.indptr), shape=self.work.shape)

    @cached_property
    def _by_column(self) -> Matrix:
        return self.work.tocsc()

    @cached_property
    def _collaborations(self) -> Mapping[str, Collaboration]:
        return {each.id: each for each in self.affiliation.collaborations}


def ordered(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence for first, strongest first; then against, strongest first."""
    return tuple(sorted(evidence, key=lambda each: (each.side is Side.AGAINST, -abs(each.contribution), each.kind)))


def with_match(evidence: Sequence[Evidence], match: Match | None) -> tuple[Evidence, ...]:
    """Return a gap's own evidence, then that of the pair that would close it: each for first, then against."""
    own = ordered(evidence)
    of_pair = match.evidence if match else ()
    return tuple(sorted((*own, *of_pair), key=lambda each: each.side is Side.AGAINST))
