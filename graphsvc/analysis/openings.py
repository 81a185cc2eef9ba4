"""New openings between two days: who came, which pairs worked together for the first time, who crossed a sector first.

Pure functions of two networks, of which the later one holds what had begun by the later day, also what has ended: a
pair that worked together long ago is no opening when it does so again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graphsvc.analysis.change import State, Tie, turnover
from graphsvc.model import Helix


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
    """Pairs of actors that were both there and had never worked together, those with most partners between them first;
    the smaller id first in each."""
    crossings: tuple[Crossing, ...]
    """By id of the actor, then by sector."""


def openings(before: State, after: State) -> Opened:
    """Return what is new in the later of two networks. Work grows with the ties of both."""
    turned = turnover(before, after)
    there = set(before.arrays.ids)
    degree = dict(zip(after.arrays.ids, np.diff(after.arrays.weights.indptr).tolist(), strict=True))
    pairs = [(a, b) for a, b in turned.new_ties if a in there and b in there]
    return Opened(
        tuple(sorted(turned.new_actors, key=lambda id_: (-degree[id_], id_))),
        tuple(sorted(pairs, key=lambda pair: (-degree[pair[0]] - degree[pair[1]], pair))),
        _crossings(before, after, there),
    )


def _crossings(before: State, after: State, there: set[str]) -> tuple[Crossing, ...]:
    then, now = _sectors(before), _sectors(after)
    return tuple(
        Crossing(actor, helix, tuple(sorted(now[actor][helix])))
        for actor in sorted(now)
        if actor in there and (own := after.actors[actor].helix)
        for helix in Helix
        if helix is not own and now[actor][helix] and not then[actor][helix]
    )


def _sectors(state: State) -> Mapping[str, Mapping[Helix, set[str]]]:
    """Return actor → sector → its partners there."""
    found: dict[str, dict[Helix, set[str]]] = defaultdict(lambda: defaultdict(set))
    arrays = state.arrays
    ties = arrays.weights.tocoo()
    for a, b in zip(ties.row.tolist(), ties.col.tolist(), strict=True):
        if helix := state.actors[arrays.ids[b]].helix:
            found[arrays.ids[a]][helix].add(arrays.ids[b])
    return found
