"""Which few introductions help most: the best set of k pairs, chosen greedily, with how far from the best it can be.

The worth of a set counts what it newly brings: pieces joined, first partners, communities tied, cells of the coverage
matrix filled. Each of the last three is a coverage function, and the pieces joined are the rank of a graphic matroid,
so that the worth is monotone and submodular: what a pair adds never grows as others are chosen. Greedy choice is then
worth at least 1 − 1/e, 63 %, of the best set of k (Nemhauser, Wolsey & Fisher 1978, Math. Program. 14, 265–294).
Cohesion itself (distances, reachable pairs) is not submodular: two ties can do together what neither does alone.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.coverage import Coverage
from graphsvc.analysis.results import Community
from graphsvc.uniting import Pair, Uniting, pair_of

GREEDY: Final = 1 - 1 / math.e
"""Share of the best worth that greedy choice is never below."""
COMMUNITY: Final = 5
"""Actors from which on a community counts: that two small groups have no tie is no news."""


class Aim(StrEnum):
    """What an introduction may bring; each counts one."""

    PIECES = "pieces"
    """Two separate pieces of the network become one."""
    FIRST_PARTNERS = "first_partners"
    """An actor of the place gets its first partner there."""
    COMMUNITIES = "communities"
    """Two communities get their first tie."""
    CELLS = "cells"
    """A helix group of the place comes to a theme on which it has nobody."""


@dataclass(frozen=True, slots=True)
class Gain:
    """One thing that an introduction brings."""

    aim: Aim
    refs: tuple[str, ...] = ()
    """first_partners: the actor; communities: the strongest actor of each; cells: theme and helix group."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that may be introduced, with what it could bring to the network as it is."""

    a: str
    b: str
    themes: tuple[str, ...]
    """Ids of what the two would work on, for the cells among its gains."""
    brings: tuple[Gain, ...]
    """All but :data:`Aim.PIECES`."""
    pieces: tuple[int, int] | None
    """The pieces that the two are in; None where they are in one, or one of the two is not in the network."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An introduction of the plan."""

    a: str
    b: str
    place: int
    """Its place in the list of candidates, from 1."""
    themes: tuple[str, ...]
    gains: tuple[Gain, ...]
    """What it brings beside those before it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The introductions that were chosen, in order."""

    chosen: tuple[Chosen, ...]
    """Fewer than asked for where no other brings anything."""
    worth: int
    """Things that they bring."""
    bound: int
    """What no set of so many candidates can be worth more than."""
    candidates: int
    aims: tuple[Aim, ...]

    @property
    def share(self) -> float:
        """The least share of the best possible worth that the plan has."""
        return self.worth / self.bound if self.bound else 1.0


@dataclass(frozen=True)
class Setting:
    """What is known of the network into which actors are introduced."""

    arrays: Arrays
    communities: Sequence[Community]
    coverage: Coverage
    """Theme by helix group, of the actors of the place."""
    helix_of: Mapping[str, str]
    """Id of each actor → its helix group, empty where unknown."""
    works_on: Mapping[str, Sequence[str]]
    """Id of an actor → themes of the matrix that it works on, those that it works on most first."""
    home: frozenset[str] | None = None
    """Ids of the actors of the place; None: all."""

    def candidate(self, a: str, b: str, aims: Collection[Aim] = tuple(Aim)) -> Candidate:
        """Return what the pair could bring."""
        cells = [*self._cell(a, b), *self._cell(b, a)] if Aim.CELLS in aims else []
        brings = [Gain(Aim.CELLS, cell) for cell in cells]
        if Aim.FIRST_PARTNERS in aims and self._at_home(a) and self._at_home(b):
            brings += [Gain(Aim.FIRST_PARTNERS, (id_,)) for id_ in (a, b) if id_ not in self._have_partner]
        one, other = self._community_of.get(a), self._community_of.get(b)
        if Aim.COMMUNITIES in aims and one is not None and other is not None and one != other:
            pair = (min(one, other), max(one, other))
            if pair not in self._tied:
                brings.append(Gain(Aim.COMMUNITIES, tuple(self._strongest[each] for each in pair)))
        pieces = self._pieces(a, b) if Aim.PIECES in aims else None
        return Candidate(a, b, tuple(sorted({theme for theme, _ in cells})), tuple(dict.fromkeys(brings)), pieces)

    def _cell(self, worker: str, comer: str) -> list[tuple[str, str]]:
        """Return the empty cell that one fills by coming to the theme on which the other works most, if any is."""
        helix = self.helix_of.get(comer, "")
        if not helix or not self._at_home(comer):
            return []
        open_ = [(theme, helix) for theme in self.works_on.get(worker, ()) if (theme, helix) not in self._filled]
        return open_[:1]

    def _at_home(self, id_: str) -> bool:
        return self.home is None or id_ in self.home

    def _pieces(self, a: str, b: str) -> tuple[int, int] | None:
        if a not in self._row or b not in self._row:
            return None
        one, other = (int(self.arrays.piece[self._row[id_]]) for id_ in (a, b))
        return None if one == other else (one, other)

    @cached_property
    def _row(self) -> Mapping[str, int]:
        return {id_: row for row, id_ in enumerate(self.arrays.ids)}

    @cached_property
    def _filled(self) -> set[tuple[str, str]]:
        return {(cell.theme, cell.group) for cell in self.coverage.cells if cell.actors}

    @cached_property
    def _have_partner(self) -> set[str]:
        """Ids of the actors of the place that have a partner there."""
        here = np.asarray([self._at_home(id_) for id_ in self.arrays.ids], dtype=float)
        return {self.arrays.ids[row] for row in np.flatnonzero((self.arrays.pattern @ here) * here).tolist()}

    @cached_property
    def _community_of(self) -> Mapping[str, int]:
        return {id_: each.id for each in self.communities if len(each.actors) >= COMMUNITY for id_ in each.actors}

    @cached_property
    def _strongest(self) -> Mapping[int, str]:
        return {each.id: each.actors[0] for each in self.communities}

    @cached_property
    def _tied(self) -> set[tuple[int, int]]:
        """Pairs of communities between which there is a tie, the smaller number first."""
        of = np.asarray([self._community_of.get(id_, -1) for id_ in self.arrays.ids], dtype=np.int64)
        tied = self.arrays.weights.tocoo()
        one, other = of[tied.row], of[tied.col]
        return set(zip(one[one < other].tolist(), other[one < other].tolist(), strict=True))


@dataclass
class _Have:
    """What the pairs chosen so far bring."""

    gains: set[Gain] = field(default_factory=set)
    pieces: Uniting = field(default_factory=Uniting)

    def adds(self, each: Candidate) -> tuple[Gain, ...]:
        """Return what a candidate would bring beside them."""
        more = tuple(gain for gain in each.brings if gain not in self.gains)
        if each.pieces and not self.pieces.together(*map(str, each.pieces)):
            return (Gain(Aim.PIECES), *more)
        return more

    def add(self, each: Candidate) -> None:
        self.gains.update(each.brings)
        if each.pieces:
            self.pieces.unite(*map(str, each.pieces))


def worth(candidates: Iterable[Candidate]) -> int:
    """Return how many things a set of introductions brings."""
    have, total = _Have(), 0
    for each in candidates:
        total += len(have.adds(each))
        have.add(each)
    return total


def choose(candidates: Sequence[Candidate], k: int, aims: Sequence[Aim] = tuple(Aim)) -> Plan:
    """Return up to ``k`` of the candidates, each the one that adds most to those before it; of equals the first listed.

    Lazy: as what a pair adds never grows, one whose last known gain is below another's present one is not asked again
    (Minoux 1978). The bound is the least of three that each hold: worth/(1 − 1/e); the k largest gains at the start;
    the worth and the k largest gains that are left (Leskovec et al. 2007, KDD, 420–429).
    """
    have = _Have()
    chosen: list[Chosen] = []
    gains = [len(have.adds(each)) for each in candidates]
    bounds = [sum(sorted(gains, reverse=True)[:k])]
    waiting = [(-gain, place, 0) for place, gain in enumerate(gains) if gain]
    heapq.heapify(waiting)
    while waiting and len(chosen) < k:
        _, place, asked = heapq.heappop(waiting)
        each = candidates[place]
        more = have.adds(each)
        if asked == len(chosen) and more:
            have.add(each)
            chosen.append(Chosen(each.a, each.b, place + 1, each.themes, more))
        elif more:
            heapq.heappush(waiting, (-len(more), place, len(chosen)))
    total = sum(len(each.gains) for each in chosen)
    bounds.append(total + sum(sorted((len(have.adds(each)) for each in candidates), reverse=True)[:k]))
    bounds.append(math.floor(total / GREEDY + 1e-9))
    return Plan(tuple(chosen), total, min(bounds), len(candidates), tuple(aims))


def pairs_once(pairs: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
    """Return pairs with the smaller id first, each once, in the order in which they came; none with itself."""
    return tuple(dict.fromkeys(pair_of(a, b) for a, b in pairs if a != b))
