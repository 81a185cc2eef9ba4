"""Who never gets a suggestion, and why: the actors that a list is silent about, by kind, place and partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import numpy as np

from graphsvc.analysis.background import Background
from graphsvc.analysis.features import Pairs
from graphsvc.analysis.results import MissingPartnership, Silence, Unsuggested

STRATA: Final = ("none", "few", "usual", "many")
"""No partners; fewer than half the median; up to twice the median; more."""


def unsuggested(
    background: Background,
    pool: Pairs,
    chosen: Sequence[MissingPartnership],
    local: Collection[str] | None,
    among: Collection[str] | None,
) -> Unsuggested:
    """Count the actors asked about that no line names, and those that are not even in a candidate pair."""
    ids = background.affiliation.ids
    asked = [row for row, id_ in enumerate(ids) if (local is None or id_ in local) and (among is None or id_ in among)]
    named = {id_ for each in chosen for id_ in (each.a, each.b)}
    scored = np.zeros(len(ids), dtype=bool)
    scored[pool.a], scored[pool.b] = True, True

    def by(of: Callable[[int], str]) -> Mapping[str, Silence]:
        all_, silent, out = (Counter[str]() for _ in range(3))
        for row in asked:
            group = of(row)
            all_[group] += 1
            silent[group] += ids[row] not in named
            out[group] += not scored[row]
        return {group: Silence(all_[group], silent[group], out[group]) for group in sorted(all_)}

    stratum = _strata(background)
    return Unsuggested(
        actors=len(asked),
        without_line=sum(ids[row] not in named for row in asked),
        without_candidate=sum(not scored[row] for row in asked),
        by_kind=by(lambda row: background.affiliation.actors[row].kind.value),
        by_region=by(lambda row: background.affiliation.regions[row]),
        by_partners=by(lambda row: stratum[row]),
    )


def _strata(background: Background) -> list[str]:
    usual = background.usual
    edges = np.asarray([1.0, max(usual / 2, 1.0), max(2 * usual, 1.0)])
    return [STRATA[at] for at in np.searchsorted(edges, background.partners, side="right").tolist()]
