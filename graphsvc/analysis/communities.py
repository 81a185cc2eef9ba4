"""Communities: groups of actors that work more with each other than with the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Arrays, Floats, Ints
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.results import Community
from graphsvc.pieces import PIECE

NAMED_AFTER: Final = 3
"""Themes, and regions, that a community is named after, at most."""
KEPT: Final = 0.3
"""A community is that of before when they have at least this share of all their actors in common."""
_SEVERAL: Final = 2
"""A theme names a community of more than one only when at least so many of its actors have it."""
_ROUNDS: Final = 3
"""Times that Leiden starts anew from its own result; more gains less than 0.002 of modularity."""


@dataclass(frozen=True, slots=True)
class Division:
    """A network divided into communities."""

    of: Ints
    """Number of each node's community; −1 for nodes without ties: a group of one is no group."""
    modularity: float
    method: str


@dataclass(frozen=True, slots=True)
class Ties(Sequence[tuple[str, str, float]]):
    """Ties as Leiden takes them, each made when it is asked for.

    A list of them is read in one go: of 650,000 ties that kept all other threads waiting for a third of a second and
    more. Where each comes from Python, the others have their turn in between.
    """

    rows: Ints
    columns: Ints
    weights: Floats
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.weights)

    def __getitem__(self, at: Any) -> Any:
        return list(self)[at]

    def __iter__(self) -> Iterator[tuple[str, str, float]]:
        for start in range(0, len(self), PIECE):
            columns = (each[start : start + PIECE].tolist() for each in (self.rows, self.columns, self.weights))
            for a, b, weight in zip(*columns, strict=True):
                yield self.names[a], self.names[b], weight


def divide(arrays: Arrays, effort: Effort = DEFAULT) -> Division:
    """Divide by Leiden (Traag, Waltman & van Eck 2019, Sci. Rep. 9, 5233) for modularity of the tie weights.

    Nodes are in the order of their ids and the seed is fixed, so the same network is divided alike in every process.
    """
    import graspologic_native  # type: ignore[import-untyped]  # only here: half of the measures never need it

    tied = sparse.triu(arrays.weights, format="coo")
    if not tied.nnz:
        return Division(np.full(arrays.nodes, -1), 0.0, "no ties, no communities")
    ties = Ties(tied.row, tied.col, tied.data, tuple(map(str, range(arrays.nodes))))
    _, found = graspologic_native.leiden(ties, iterations=_ROUNDS, use_modularity=True, seed=effort.seed)
    of = np.asarray([found.get(name, -1) for name in ties.names], dtype=np.int64)
    return Division(of, modularity(arrays, of), f"Leiden on tie weights, {_ROUNDS} rounds, seed {effort.seed}")


def modularity(arrays: Arrays, of: Ints) -> float:
    """Return the share of tie weight inside communities less what chance would put there; 0 without ties.

    Newman & Girvan 2004, Phys. Rev. E 69, 026113. Nodes with −1 are left out; they must have no ties.
    """
    tied = arrays.weights.tocoo()
    total = float(tied.data.sum())
    if not total:
        return 0.0
    inside = float(tied.data[of[tied.row] == of[tied.col]].sum()) / total
    members = np.flatnonzero(of >= 0)
    share = np.bincount(of[members], arrays.strength[members]) / total
    return round(inside - float((share**2).sum()), 12)  # Pythons differ in the last bits of a sum of floats


def find_communities(arrays: Arrays, effort: Effort = DEFAULT) -> tuple[tuple[Community, ...], float]:
    """Return the communities, largest first, and their modularity Q, the division being that of :func:`divide`.

    They are named after the themes, and the regions, of their actors, and known by the actor with most partners (of
    equals the first by id): sizes change places with every import, who stands in the middle seldom does. Misleads:
    several divisions of one network can be nearly as good; what is stable is who is together with whom in the middle of
    a community, not at its rim.
    """
    division = arrays.once(divide, effort)
    members = np.flatnonzero(division.of >= 0)
    if not len(members):
        return (), 0.0
    order = members[np.argsort(division.of[members], kind="stable")]
    cuts = np.flatnonzero(np.diff(division.of[order])) + 1
    parts = [part for part in np.split(order, cuts) if len(part) > 1]
    parts.sort(key=lambda part: (-len(part), part[0]))
    strength = _strength_inside(arrays, division.of)
    themes = _Naming([arrays.themes.get(id_, ()) for id_ in arrays.ids], members)
    places = _Naming([(region,) if region else () for region in arrays.labels.get("region", ())], members)
    communities = []
    for number, part in enumerate(parts):
        ranked = part[np.lexsort((part, -strength[part]))]
        named = themes.of(part.tolist()), places.of(part.tolist())
        key = arrays.ids[part[np.lexsort((part, -arrays.degree[part]))[0]]]
        communities.append(Community(number, tuple(arrays.ids[row] for row in ranked.tolist()), *named, key))
    return tuple(communities), division.modularity


def match_communities(
    previous: Iterable[Community], now: Sequence[Community], *, at_least: float = KEPT
) -> Mapping[int, int | None]:
    """Return for each community of ``now`` the id of the one it was in ``previous``; None where it is new.

    Pairs are chosen so that most actors stay where they were, all pairs considered together (the assignment problem).
    A pair counts only where actors in common are ``at_least`` this share of all actors of the two (Jaccard), so that a
    small remnant does not take over a large name. Does not depend on how either numbers its communities.
    """
    from scipy.optimize import linear_sum_assignment  # takes long to import

    old = sorted(previous, key=lambda each: sorted(each.actors))
    new = sorted(now, key=lambda each: sorted(each.actors))
    found: dict[int, int | None] = {each.id: None for each in new}
    if not old or not new:
        return found
    at = {actor: row for row, each in enumerate(old) for actor in each.actors}
    common = np.zeros((len(old), len(new)))
    for column, each in enumerate(new):
        for row, count in Counter(at[actor] for actor in each.actors if actor in at).items():
            common[row, column] = count
    for row, column in zip(*linear_sum_assignment(common, maximize=True), strict=True):
        shared = common[row, column]
        if shared >= at_least * (len(old[row].actors) + len(new[column].actors) - shared) and shared:
            found[new[column].id] = old[row].id
    return found


def _strength_inside(arrays: Arrays, of: Ints) -> Floats:
    """Return the weight of each node's ties inside its community."""
    tied = arrays.weights.tocoo()
    inside = of[tied.row] == of[tied.col]
    return np.bincount(tied.row[inside], tied.data[inside], minlength=arrays.nodes).astype(float)


class _Naming:
    """Labels of all actors in communities, and which of them set a part apart."""

    def __init__(self, labels: Sequence[Sequence[str]], members: Ints) -> None:
        self._labels = labels
        self._everyone = len(members)
        self._overall = Counter(label for row in members.tolist() for label in labels[row]) if labels else Counter()

    def of(self, part: Sequence[int]) -> tuple[str, ...]:
        """Return the labels more frequent in the part than overall, by standardised residual; else the most frequent.

        z = (k − size·p)/√(size·p·(1−p)), where k actors of the part and a share p of all have the label: the distance
        from what chance would give, in standard deviations.
        """
        inside = Counter(label for row in part for label in self._labels[row]) if self._labels else Counter()
        size, apart = len(part), {}
        for label, count in inside.items():
            share = self._overall[label] / self._everyone
            if share < 1 and count >= min(_SEVERAL, size) and count > size * share:
                apart[label] = (count - size * share) / (size * share * (1 - share)) ** 0.5
        ranked = apart or {label: float(count) for label, count in inside.items()}
        return tuple(sorted(ranked, key=lambda label: (-ranked[label], label))[:NAMED_AFTER])
