"""How one actor stands in its network: with whom, since when, on what, in which rank, between which groups.

Pure functions; each number is one that the network or a measure has already, looked at from one actor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.results import Measure
from graphsvc.model import Collaboration


@dataclass(frozen=True, slots=True)
class Partnership:
    """One partner of an actor."""

    partner: str
    weight: float
    """Of the tie: Σ over shared collaborations of 1/(size−1)."""
    shared: tuple[Collaboration, ...]
    """What both take part in, by id."""

    @property
    def first(self) -> int | None:
        """Year in which the first shared collaboration began; None where no source says."""
        return min((each.start.year for each in self.shared if each.start), default=None)

    @property
    def last(self) -> int | None:
        """Year in which the last shared collaboration ends; None where one has no end, or nothing says."""
        ends = [each.end.year for each in self.shared if each.end]
        return max(ends) if ends and len(ends) == len(self.shared) else None


def partnerships(affiliation: Affiliation, ties: Arrays, actor: str) -> tuple[Partnership, ...]:
    """Return an actor's partners, those with the heaviest tie first, then by id. ``ties`` are the affiliation's."""
    row = affiliation.row[actor]
    weights = ties.weights[[row], :].tocoo()
    mine = affiliation.incidence[[row], :].indices
    members = affiliation.incidence[:, mine].tocsr()
    found = []
    for other, weight in zip(weights.col.tolist(), weights.data.tolist(), strict=True):
        columns = mine[members.indices[members.indptr[other] : members.indptr[other + 1]]]
        shared = tuple(affiliation.collaborations[column] for column in sorted(columns.tolist()))
        found.append(Partnership(affiliation.ids[other], weight, shared))
    return tuple(sorted(found, key=lambda each: (-each.weight, each.partner)))


@dataclass(frozen=True, slots=True)
class Rank:
    """Where an actor stands by a measure."""

    value: float
    rank: int
    """1 for the largest; equals have the same."""
    of: int
    """Actors for which the measure is defined."""


def rank(measure: Measure, actor: str) -> Rank | None:
    """Return an actor's rank by a measure; None where the measure is not defined for it."""
    value = measure.values.get(actor)
    if value is None:
        return None
    return Rank(value, 1 + sum(other > value for other in measure.values.values()), len(measure.values))


def shares_of_groups(ties: Arrays, groups: Mapping[str, int], actor: str) -> dict[int, float]:
    """Return group → the share of the weight of the actor's ties that goes to it, largest first.

    ``groups``: id of an actor → its group; who is in none counts for none.
    """
    row = ties.ids.index(actor)
    weights = ties.weights[[row], :].tocoo()
    whole = float(weights.data.sum())
    found: dict[int, float] = defaultdict(float)
    for other, weight in zip(weights.col.tolist(), weights.data.tolist(), strict=True):
        if (group := groups.get(ties.ids[other])) is not None:
            found[group] += weight / whole
    return dict(sorted(found.items(), key=lambda each: (-round(each[1], 9), each[0])))


def ties_among(ties: Arrays, actors: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    """Return (a, b, weight) of the ties between some actors, the smaller id first, the heaviest first."""
    ids = sorted(actors)
    row = {id_: number for number, id_ in enumerate(ties.ids)}
    part = ties.weights[np.asarray([row[id_] for id_ in ids], dtype=np.int64), :].tocsc()
    part = part[:, [row[id_] for id_ in ids]].tocoo()
    found = [
        (ids[a], ids[b], float(weight))
        for a, b, weight in zip(part.row.tolist(), part.col.tolist(), part.data.tolist(), strict=True)
        if a < b
    ]
    return tuple(sorted(found, key=lambda tie: (-tie[2], tie[0], tie[1])))


@dataclass(frozen=True, slots=True)
class Begun:
    """How many of some collaborations began in which year."""

    by_year: Mapping[int, int]
    undated: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_year.values()) + self.undated


def begun(collaborations: Iterable[Collaboration]) -> Begun:
    """Return in which years collaborations began."""
    years = Counter(each.start.year if each.start else None for each in collaborations)
    undated = years.pop(None, 0)
    return Begun({year: years[year] for year in sorted(year for year in years if year is not None)}, undated)


def by_theme(
    collaborations: Iterable[Collaboration], theme_of: Callable[[str], str] = str
) -> dict[str, tuple[Collaboration, ...]]:
    """Return theme → its collaborations, most first, then by theme. One with several themes counts in each.

    ``theme_of`` says as what a theme counts, such as the one at the top of its tree.
    """
    found: dict[str, list[Collaboration]] = defaultdict(list)
    for each in collaborations:
        for theme in dict.fromkeys(theme_of(id_) for id_ in each.themes):
            found[theme].append(each)
    return {id_: tuple(those) for id_, those in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))}
