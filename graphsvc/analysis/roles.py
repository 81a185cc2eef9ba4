"""Between groups: brokerage roles and the E-I index by helix group, participation by community."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from graphsvc.analysis.arrays import Arrays, Floats, Ints
from graphsvc.analysis.closure import COORDINATOR, ITINERANT, LIAISON, MIXED, close
from graphsvc.analysis.communities import divide
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.results import Measure

ROLES: Final = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
_METHOD: Final = "ordered pairs of untied partners, by helix group; partners without a group are not counted"


def brokerage(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """All ordered pairs of partners that only the actor ties directly: the sum of the five roles."""
    found = arrays.once(_brokerage, effort)
    total = sum((found[role] for role in ROLES), np.zeros(arrays.nodes))
    return Measure("brokerage", arrays.by_id(total), method=_METHOD)


def coordinator(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Pairs a → i → c where all three are of one group."""
    return _role("coordinator", arrays, effort)


def itinerant(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Pairs a → i → c where a and c are of one group and i is of another (also called consultant)."""
    return _role("itinerant", arrays, effort)


def gatekeeper(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Pairs a → i → c where i and c are of one group and a is of another.

    Ties here have no direction, so that each pair counts once in either: the same number as for representative.
    """
    return _role("gatekeeper", arrays, effort)


def representative(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Pairs a → i → c where a and i are of one group and c is of another."""
    return _role("representative", arrays, effort)


def liaison(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Pairs a → i → c of three groups."""
    return _role("liaison", arrays, effort)


def ei_index(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """Ties to other helix groups against ties to one's own (Krackhardt & Stern 1988, Soc. Psychol. Q. 51, 123–140).

    (E − I)/(E + I): −1 all inside, 1 all outside. Not defined without a group or without partners that have one.
    """
    own, all_ = _partners(arrays)
    external = all_ - own
    values = np.divide(external - own, all_, out=np.full(arrays.nodes, np.nan), where=all_ > 0)
    values[arrays.codes("helix")[1] < 0] = np.nan
    return Measure("ei_index", arrays.by_id(values), method="partners by helix group; those without one not counted")


def participation(arrays: Arrays, effort: Effort = DEFAULT) -> Measure:
    """How evenly ties are spread over communities (Guimerà & Amaral 2005, Nature 433, 895–900).

    Pᵢ = 1 − Σ_c (sᵢ_c/sᵢ)², sᵢ_c the weight of i's ties into community c. Not defined without partners.
    """
    division = arrays.once(divide, effort)
    within = _by_group(arrays.weights, division.of)
    share = np.divide(
        (within**2).sum(axis=1), arrays.strength**2, out=np.full(arrays.nodes, np.nan), where=arrays.degree > 0
    )
    return Measure("participation", arrays.by_id(1.0 - share), method=f"tie weights; communities: {division.method}")


def _role(name: str, arrays: Arrays, effort: Effort) -> Measure:
    return Measure(f"brokerage_{name}", arrays.by_id(arrays.once(_brokerage, effort)[name]), method=_METHOD)


def _brokerage(arrays: Arrays, effort: Effort) -> Mapping[str, Floats]:
    """Return role → number of pairs, NaN for actors without a group (Gould & Fernandez 1989, Sociol. Methodol. 19, 89).

    All pairs of partners are counted from the partners in each group; those that are tied are taken off.
    """
    _, group = arrays.codes("helix")
    counts = _by_group(arrays.pattern, group)
    own, all_ = _partners(arrays)
    tied = arrays.once(close, effort).tied
    same = (counts * (counts - 1)).sum(axis=1)  # ordered pairs of one group, the broker's own among them
    pairs = {
        COORDINATOR: own * (own - 1),
        ITINERANT: same - own * (own - 1),
        MIXED: own * (all_ - own),
        LIAISON: (all_ - own) ** 2 - ((counts**2).sum(axis=1) - own**2),
    }
    twice = {COORDINATOR: 2, ITINERANT: 2, MIXED: 1, LIAISON: 2}  # mixed: each pair is ordered once for either role
    open_ = {kind: found - twice[kind] * tied[:, kind] for kind, found in pairs.items()}
    known = np.where(group >= 0, 0.0, np.nan)
    kinds = (COORDINATOR, ITINERANT, MIXED, MIXED, LIAISON)
    return {role: open_[kind] + known for role, kind in zip(ROLES, kinds, strict=True)}


def _partners(arrays: Arrays) -> tuple[Floats, Floats]:
    """Return for each actor the number of partners of its own helix group, and of any known group."""
    _, group = arrays.codes("helix")
    counts = _by_group(arrays.pattern, group)
    own = np.where(group >= 0, counts[np.arange(arrays.nodes), np.maximum(group, 0)], 0.0)
    return own, counts.sum(axis=1)


def _by_group(matrix: object, group: Ints) -> Floats:
    """Return nodes × groups: the sum of each node's ties into each group; group −1 is left out."""
    groups = max(int(group.max(initial=-1)) + 1, 1)
    member = np.zeros((len(group), groups))
    known = np.flatnonzero(group >= 0)
    member[known, group[known]] = 1.0
    product: Floats = matrix @ member  # type: ignore[operator]
    return product
