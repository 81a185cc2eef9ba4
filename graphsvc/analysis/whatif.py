"""A network before and after: what a supposition changes. Pure functions of two measured networks.

Both are measured by the functions of the catalogue, so that each number is the one that a graph with the additions in
it would have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.coverage import Coverage
from graphsvc.analysis.cuts import find_pieces
from graphsvc.analysis.results import Measures
from graphsvc.model import View

Tie = tuple[str, str]

NUMBERS: Final = (
    "components",
    "largest_component",
    "isolated",
    "fragmentation",
    "distance_fragmentation",
    "path_length",
    "density",
    "modularity",
)
"""Ids of the numbers of the network that are compared."""
VALUES: Final = ("degree", "strength", "harmonic_closeness", "betweenness")
"""Ids of the measures that are compared for each actor that a supposition touches."""
WHO: Final = ("articulation_point", "bridge", "community")
"""Ids of what is compared by name."""


@dataclass(frozen=True)
class Seen:
    """A network as it is compared."""

    arrays: Arrays
    collaborations: int
    measures: Measures
    """Of :data:`NUMBERS`, :data:`WHO` and, of :data:`VALUES`, those that there was time for."""
    coverage: tuple[Coverage, ...]
    """Theme by helix group and theme by area, of the actors of the view's place."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A number before and after; None where it is not defined."""

    id: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Hinge:
    """An actor without which its component falls apart."""

    actor: str
    cut_off: int
    """Actors of the component that would be cut off from the largest part of what is left of it."""


@dataclass(frozen=True, slots=True)
class Filling:
    """How many cells of a coverage matrix have somebody in them."""

    by: str
    """``helix`` or ``area``."""
    cells: int
    """Cells after, those of actors without a group not counted."""
    before: int
    after: int
    filled: tuple[Tie, ...]
    """Theme and group of each cell that was empty, or not there, and is not any more."""
    emptied: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """An actor that the supposition names, with its measures; empty where it is not in the network."""

    actor: str
    before: Mapping[str, float]
    after: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is another than before. Ids are sorted; hypothetical actors are among them under their new ids."""

    counts: tuple[Shift, ...]
    """actors, ties, collaborations, communities, articulation points, bridges."""
    numbers: tuple[Shift, ...]
    """Those of :data:`NUMBERS`."""
    arrived: tuple[str, ...]
    """Actors that the network did not have, hypothetical ones among them."""
    vanished: tuple[str, ...]
    """Actors that it has no longer, those that leave among them: a view of a place lets go of whoever nobody there
    works with."""
    partnered: tuple[str, ...]
    """Actors that had no partner, or were not there, and have one."""
    alone: tuple[str, ...]
    """Actors that had a partner and are there without one."""
    joined: tuple[str, ...]
    """Actors of the largest piece that were not in it before; see :func:`largest_piece`."""
    dropped: tuple[str, ...]
    """Actors that were in the largest piece and are there, but not in it."""
    freed: tuple[Hinge, ...]
    """Actors without which the network fell apart, and does no longer."""
    bound: tuple[Hinge, ...]
    """Actors without which it would fall apart, and did not before."""
    bridges_gone: tuple[Tie, ...]
    """Ties without which a part came off, and does no longer, or that are gone."""
    bridges_new: tuple[Tie, ...]
    coverage: tuple[Filling, ...]
    touched: tuple[Touched, ...]

    @property
    def actors(self) -> frozenset[str]:
        """The ids of all actors that are spoken of."""
        listed = (*self.arrived, *self.vanished, *self.partnered, *self.alone, *self.joined, *self.dropped)
        hinges = (each.actor for each in (*self.freed, *self.bound))
        ends = (id_ for tie in (*self.bridges_gone, *self.bridges_new) for id_ in tie)
        return frozenset((*listed, *hinges, *ends, *(each.actor for each in self.touched)))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a supposition changes in a view."""

    revision: int
    view: View
    outcome: Outcome
    names: Mapping[str, str]
    """Id → name of every actor and collaboration that is spoken of, hypothetical ones too."""
    newcomers: tuple[str, ...]
    """Ids under which the hypothetical actors are spoken of."""
    unseen: tuple[str, ...]
    """Ids of actors and collaborations that are supposed, and that the view does not show."""
    acquainted: tuple[Tie, ...]
    """Pairs that are to be brought together and work together already."""
    leaving: tuple[str, ...]
    """Ids of the actors that are supposed to leave."""
    left_out: tuple[str, ...]
    """Ids of measures that were not computed, for the time that they take."""


def compare(before: Seen, after: Seen, touched: Iterable[str]) -> Outcome:
    """Return what changed, and the values of the actors ``touched`` (ids) in both."""
    had, have = _partnered(before.arrays), _partnered(after.arrays)
    large, larger = largest_piece(before.arrays), largest_piece(after.arrays)
    was, there = set(before.arrays.ids), set(after.arrays.ids)
    points, now = before.measures.articulation_points, after.measures.articulation_points
    bridges, now_bridges = set(before.measures.bridges), set(after.measures.bridges)
    return Outcome(
        counts=_counts(before, after),
        numbers=tuple(
            Shift(id_, before.measures.numbers[id_].value, after.measures.numbers[id_].value) for id_ in NUMBERS
        ),
        arrived=tuple(sorted(there - was)),
        vanished=tuple(sorted(was - there)),
        partnered=tuple(sorted(have - had)),
        alone=tuple(sorted((had & there) - have)),
        joined=tuple(sorted(larger - large)),
        dropped=tuple(sorted((large & there) - larger)),
        freed=_hinges(before.arrays, (points & there) - now),
        bound=_hinges(after.arrays, now - points),
        bridges_gone=tuple(sorted(bridges - now_bridges)),
        bridges_new=tuple(sorted(now_bridges - bridges)),
        coverage=tuple(_filling(*both) for both in zip(before.coverage, after.coverage, strict=True)),
        touched=tuple(Touched(id_, _values(before, id_), _values(after, id_)) for id_ in sorted(set(touched))),
    )


def largest_piece(arrays: Arrays) -> set[str]:
    """Return the ids of the actors in the largest component, of equal ones that of the first id; none without ties."""
    if not arrays.edges:
        return set()
    inside = arrays.piece == int(np.bincount(arrays.piece).argmax())
    return {arrays.ids[row] for row in np.flatnonzero(inside).tolist()}


def cut_off(arrays: Arrays) -> dict[str, int]:
    """Return for each articulation actor how many others of its component lose the largest part of what is left."""
    found = {}
    for row, hanging in (pieces := find_pieces(arrays)).hanging.items():
        start, end = pieces.component[row]
        others = end - start - 1
        parts = [last - first for first, last in hanging]
        found[arrays.ids[row]] = others - max(*parts, others - sum(parts))
    return found


def _partnered(arrays: Arrays) -> set[str]:
    return {arrays.ids[row] for row in np.flatnonzero(arrays.degree).tolist()}


def _counts(before: Seen, after: Seen) -> tuple[Shift, ...]:
    def of(seen: Seen) -> Mapping[str, int]:
        return {
            "actors": seen.arrays.nodes,
            "ties": seen.arrays.edges,
            "collaborations": seen.collaborations,
            "communities": len(seen.measures.communities),
            "articulation_points": len(seen.measures.articulation_points),
            "bridges": len(seen.measures.bridges),
        }

    then, now = of(before), of(after)
    return tuple(Shift(name, then[name], now[name]) for name in then)


def _hinges(arrays: Arrays, ids: Collection[str]) -> tuple[Hinge, ...]:
    """Return the actors, those that cut off most first, then by id."""
    lost = cut_off(arrays) if ids else {}
    return tuple(sorted((Hinge(id_, lost[id_]) for id_ in ids), key=lambda each: (-each.cut_off, each.actor)))


def _filling(before: Coverage, after: Coverage) -> Filling:
    def filled(coverage: Coverage) -> set[Tie]:
        return {(cell.theme, cell.group) for cell in coverage.cells if cell.group and cell.actors}

    then, now = filled(before), filled(after)
    cells = sum(bool(cell.group) for cell in after.cells)
    return Filling(after.by, cells, len(then), len(now), tuple(sorted(now - then)), tuple(sorted(then - now)))


def _values(seen: Seen, actor: str) -> Mapping[str, float]:
    return {id_: each.values[actor] for id_, each in seen.measures.measures.items() if actor in each.values}
