"""The pairs worth scoring, without ever holding all pairs: for each actor its nearest ones, and those it has a rare
thing in common with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.analysis.arrays import Floats, Ints, Matrix
from graphsvc.analysis.background import Background
from graphsvc.analysis.features import NEARNESS_UNIT, Pairs, Weights

RARE: Final = 12
"""A theme or call topic of at most so many actors makes candidates of all its pairs, also without a shared partner."""
NEIGHBOURS: Final = 60
"""So does a region of at most so many actors."""
NEAREST: Final = 100
"""Candidates that each actor may name, and half as many as it has partners besides …"""
_POOL: Final = 1_000_000
"""… more where few actors are asked about: so many in all."""
_LONELY: Final = 20
"""An actor with fewer candidates is offered the most active ones of its themes."""
_LEADERS: Final = 30
"""So many of each theme."""
_ROWS: Final = 400
"""Actors whose candidates are looked at together."""
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """About whom it is asked, by row."""

    local: Bools | None = None
    """One of a pair must be such an actor; None for any."""
    among: Bools | None = None
    """Both must be; None for any."""

    @classmethod
    def of(cls, ids: tuple[str, ...], local: frozenset[str] | None, among: frozenset[str] | None) -> Asked:
        """Read sets of ids."""

        def rows(which: frozenset[str] | None) -> Bools | None:
            return None if which is None else np.asarray([id_ in which for id_ in ids], dtype=bool)

        return cls(rows(local), rows(among))


EVERYONE: Final = Asked()


def find_pairs(background: Background, weights: Weights, asked: Asked = EVERYONE) -> Pairs:
    """Return the candidates, each pair once with a < b, sorted: pairs that share no collaboration, but

    - a partner (distance two), of which each actor names its nearest ones: a hub has tens of thousands;
    - or a rare theme, a rare call topic, a small region (distance three and beyond);
    - or, for an actor that has few of these, a theme on which the other is among the most active.

    "Nearest" is by the two features that cost least, shared partners and encounters on themes. Work: Σ degree²
    multiply-adds; memory: the candidates of some hundred actors at a time, and those that are kept.
    """
    actors = len(background.affiliation.ids)
    here = np.ones(actors, dtype=bool) if asked.local is None else asked.local
    there = np.ones(actors, dtype=bool) if asked.among is None else asked.among
    rows = np.flatnonzero(here & there)
    room = _POOL // max(len(rows), 1)
    quota = np.maximum(NEAREST + background.partners // 2, room)
    keys: list[Ints] = []
    nearness: list[Floats] = []
    for row, columns, flow in _near(background, weights, rows, there, quota):
        low, high = np.minimum(row, columns), np.maximum(row, columns)
        keys.append(low.astype(np.int64) * actors + high)
        nearness.append(flow)
    if not keys:
        none: Ints = np.zeros(0, dtype=np.int64)
        return Pairs(background, none, none, np.zeros(0))
    key, first = np.unique(np.concatenate(keys), return_index=True)
    return Pairs(background, key // actors, key % actors, np.concatenate(nearness)[first])


def _near(
    background: Background, weights: Weights, rows: Ints, there: Bools, quota: Ints
) -> Iterator[tuple[int, Ints, Floats]]:
    """Yield for each row the rows of its candidates and the flow to each."""
    through = (sparse.diags_array(background.passing, format="csr") @ background.ties).tocsr()
    links, encounters = _rare_links(background), _Encounters(background)
    partners = background.affiliation.shared
    leaders = _leaders(background)
    no = np.zeros(len(there), dtype=bool)
    all_flow = np.zeros(len(there))
    for start in range(0, len(rows), _ROWS):
        block = rows[start : start + _ROWS]
        flows = background.ties[block] @ through
        linked = (links[block] @ links.T).tocsr()
        meeting = encounters.of(block)
        for at, row in enumerate(block.tolist()):
            part = slice(flows.indptr[at], flows.indptr[at + 1])
            columns, flow = flows.indices[part], flows.data[part]
            known = partners.indices[partners.indptr[row] : partners.indptr[row + 1]]
            no[known], no[row] = True, True
            all_flow[columns] = flow
            fit = np.flatnonzero(there[columns] & ~no[columns])
            if len(fit) > quota[row]:
                near = weights.shared_partners * np.log1p(NEARNESS_UNIT * flow[fit])
                near += weights.active_in_themes * np.log1p(NEARNESS_UNIT * meeting.at(at, columns[fit]))
                fit = fit[np.argpartition(-np.round(near, 9), quota[row] - 1)[: quota[row]]]
            chosen = np.union1d(columns[fit], _entries(linked, at)[0])
            if len(chosen) < _LONELY:
                chosen = np.union1d(chosen, leaders.get(row, chosen))
            chosen = chosen[there[chosen] & ~no[chosen]].astype(np.int64)
            yield row, chosen, all_flow[chosen]
            no[known], no[row], all_flow[columns] = False, False, 0.0


def _entries(matrix: Matrix, row: int) -> tuple[Ints, Floats]:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    order = np.argsort(matrix.indices[part])
    return matrix.indices[part][order], matrix.data[part][order]


class _Encounters:
    """Encounters on themes of a block of rows with everyone, worked out block by block."""

    def __init__(self, background: Background, block: Floats | None = None) -> None:
        self._matrix = background.encounters
        self._background = background
        self._block = block

    def of(self, rows: Ints) -> _Encounters:
        """Return the encounters of these rows."""
        return _Encounters(self._background, np.asarray((self._matrix[rows] @ self._matrix.T).toarray()))

    def at(self, row: int, columns: Ints) -> Floats:
        """Return the encounters of the block's row with others."""
        assert self._block is not None  # noqa: S101  # only of() makes one that is asked
        return np.asarray(self._block[row, columns])


def _rare_links(background: Background) -> Matrix:
    """Return actors × rare things, 1 where the actor has it: themes and topics of few, regions of not many."""
    regions = np.flatnonzero(background.region >= 0)
    shape = (len(background.region), int(background.region.max(initial=-1)) + 1)
    region = sparse.csr_array((np.ones(len(regions)), (regions, background.region[regions])), shape=shape)
    kept = []
    for matrix, most in ((background.profile, RARE), (background.topic_profile, RARE), (region, NEIGHBOURS)):
        having = np.bincount(matrix.indices, minlength=matrix.shape[1])
        kept.append(matrix[:, np.flatnonzero((having > 1) & (having <= most))])
    links = sparse.hstack(kept, format="csr")
    return sparse.csr_array((np.ones(links.nnz), links.indices, links.indptr), shape=links.shape)


def _leaders(background: Background) -> dict[int, Ints]:
    """Return for each actor with few partners the most active actors of its themes."""
    profile, by_theme = background.profile, background.encounters.tocsc()
    best: list[Ints] = []
    for theme in range(by_theme.shape[1]):
        rows, work = _entries(by_theme, theme)
        best.append(rows[np.argsort(-np.round(work, 9), kind="stable")[:_LEADERS]])
    few = np.flatnonzero((background.partners < _LONELY) & (np.diff(profile.indptr) > 0))
    of = ((row, profile.indices[profile.indptr[row] : profile.indptr[row + 1]]) for row in few.tolist())
    return {row: np.concatenate([best[theme] for theme in themes.tolist()]) for row, themes in of}
