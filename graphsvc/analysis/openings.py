"""New openings between two days: who came, which pairs worked together for the first time, who crossed a sector first.

Pure functions of two networks, of which the later one holds what had begun by the later day, also what has ended: a
pair that worked together long ago is no opening when it does so again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graphsvc.analysis.arrays import Arrays, Ints
from graphsvc.analysis.change import State, Tie
from graphsvc.model import Helix

_HELICES: Final = tuple(Helix)


@dataclass(frozen=True, slots=True)
class Crossing:
    """The first partner that an actor, there before, has in another sector."""

    actor: str
    helix: Helix
    """The sector that it had no partner in."""
    partners: tuple[str, ...]
    """Ids of its partners there now, sorted."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is new."""

    actors: tuple[str, ...]
    """Ids of those that were not there, those with most partners first."""
    pairs: tuple[Tie, ...]
    """Pairs of actors that had never worked together, also of new actors; those with most partners between them first,
    the smaller id first in each."""
    crossings: tuple[Crossing, ...]
    """By id of the actor, then by sector."""


def openings(before: State, after: State) -> Opened:
    """Return what is new in the later of two networks. Work grows with the ties of both."""
    then, now = before.arrays, after.arrays
    ids, row_then = now.ids, {id_: row for row, id_ in enumerate(then.ids)}
    # The row that each actor of the later network had in the earlier one; −1 for one that was not there.
    was = np.asarray([row_then.get(id_, -1) for id_ in ids], dtype=np.int64)
    degree = np.diff(now.weights.indptr)
    new = sorted(np.flatnonzero(was < 0).tolist(), key=lambda row: (-degree[row], ids[row]))
    pairs = _new_pairs(then, now, was)
    pairs.sort(key=lambda pair: (-degree[pair[0]] - degree[pair[1]], pair))  # rows are in the order of the ids
    return Opened(
        tuple(ids[row] for row in new),
        tuple((ids[a], ids[b]) for a, b in pairs),
        _crossings(before, after, was),
    )


def _new_pairs(then: Arrays, now: Arrays, was: Ints) -> list[tuple[int, int]]:
    """Return the pairs of rows, the smaller first, that are tied only now: a new actor had no partner before."""
    ties = now.weights.tocoo()
    a, b = ties.row.astype(np.int64), ties.col.astype(np.int64)
    a, b = a[a < b], b[a < b]
    old = then.weights.tocoo()
    known = old.row.astype(np.int64) * then.nodes + old.col
    there = (was[a] >= 0) & (was[b] >= 0)
    fresh = ~(there & np.isin(was[a] * then.nodes + was[b], known))
    return list(zip(a[fresh].tolist(), b[fresh].tolist(), strict=True))


def _crossings(before: State, after: State, was: Ints) -> tuple[Crossing, ...]:
    now, then = after.arrays, before.arrays
    sector, reaching = _sectors(after), _reaching(now, _sectors(after))
    reached = _reaching(then, _sectors(before))
    found = []
    for row in np.flatnonzero((was >= 0) & (sector >= 0)).tolist():
        crossed = reaching[row] & ~reached[was[row]]
        crossed[sector[row]] = False
        for at in np.flatnonzero(crossed).tolist():
            partners = now.weights.indices[now.weights.indptr[row] : now.weights.indptr[row + 1]]
            those = np.sort(partners[sector[partners] == at]).tolist()
            found.append(Crossing(now.ids[row], _HELICES[at], tuple(now.ids[each] for each in those)))
    return tuple(found)


def _sectors(state: State) -> Ints:
    """Return the number of each actor's sector, row by row; −1 where it has none."""
    number: dict[Helix | None, int] = {helix: at for at, helix in enumerate(_HELICES)}
    return np.asarray([number.get(state.actors[id_].helix, -1) for id_ in state.arrays.ids], dtype=np.int64)


def _reaching(arrays: Arrays, sector: Ints) -> npt.NDArray[np.bool_]:
    """Return actors × sectors: whether the actor has a partner there."""
    found = np.zeros((arrays.nodes, len(_HELICES)), dtype=bool)
    ties = arrays.weights.tocoo()
    there = sector[ties.col]
    found[ties.row[there >= 0], there[there >= 0]] = True
    return found
