"""The score of a pair: a sum of features, each of which can be said in a sentence.

score(a, b) = Σ contributions. For, with their default weights:

==================== ============================================================================== ======
shared_partners      ln(1 + 1000 · Σ_z t(a,z)·t(z,b)/s(z))                                             1
both_active          ½·ln(1 + activity(a)) + ½·ln(1 + activity(b)), when neither is dormant            1
shared_themes        cosine of the two theme profiles, rarer themes counting more                      2
completes_helix      mean share of either's collaborations that lack the other's group, from ¼ on      0.3
same_community       1                                                                               0.2
bridges_communities  1 − partnerships between the two communities / those by chance, from ½ on         0.2
same_place           1, in the same region                                                           0.3
==================== ============================================================================== ======

Against: both_hubs −0.5, no_shared_theme −0.5, dormant −0.5, may_compete (both firms) −0.3 · cosine, and known_from_one
−0.3, when all that is known of one of them is a single collaboration.

The first is resource allocation over shared partners z (Zhou, Lü & Zhang 2009, Eur. Phys. J. B 71, 623–630) with ties t
that fade with age and with the size of the collaboration, divided by the strength s of z: a partner shared with
everybody says little. This and the second carry most of what can be foretold; the others are what a coordinator asks
for. What speaks against makes a suggestion stale or thin rather than wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from graphsvc.analysis.arrays import Floats, Ints
from graphsvc.analysis.background import Background

NEARNESS_UNIT: Final = 1000.0
"""A flow of one in this many counts ln 2."""
APART: Final = 0.5
"""Two communities with at least this share of the partnerships missing that chance would make are to be bridged."""
LACKING: Final = 0.25
"""Where less of the collaborations than this lack the other's helix group, the two groups meet already."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature's full value adds to the score; those against are taken off."""

    shared_partners: float = 1.0
    both_active: float = 1.0
    shared_themes: float = 2.0
    completes_helix: float = 0.3
    same_community: float = 0.2
    bridges_communities: float = 0.2
    same_place: float = 0.3
    both_hubs: float = 0.5
    no_shared_theme: float = 0.5
    dormant: float = 0.5
    may_compete: float = 0.3
    known_from_one: float = 0.3

    @property
    def bounded(self) -> float:
        """The most that all features for, other than shared partners and activity, can add to a score."""
        social = max(self.same_community, self.bridges_communities)
        return self.shared_themes + self.completes_helix + social + self.same_place


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows, with the resource that flows from one to the other over shared partners."""

    background: Background
    a: Ints
    b: Ints
    nearness: Floats

    def __getitem__(self, which: Ints | slice) -> Pairs:
        return Pairs(self.background, self.a[which], self.b[which], self.nearness[which])

    @cached_property
    def similarity(self) -> Floats:
        """Cosine of the theme profiles, 0 … 1."""
        profile = self.background.profile
        cosine: Floats = np.asarray(profile[self.a].multiply(profile[self.b]).sum(axis=1)).reshape(-1)
        return np.minimum(cosine, 1.0)


def _shared_partners(pairs: Pairs) -> Floats:
    return np.asarray(np.log1p(NEARNESS_UNIT * pairs.nearness))


def _both_active(pairs: Pairs) -> Floats:
    log = np.log1p(pairs.background.activity)
    awake = ~(pairs.background.dormant[pairs.a] | pairs.background.dormant[pairs.b])
    return np.asarray(0.5 * (log[pairs.a] + log[pairs.b]) * awake)


def _shared_themes(pairs: Pairs) -> Floats:
    return pairs.similarity


def _completes_helix(pairs: Pairs) -> Floats:
    background, a, b = pairs.background, pairs.a, pairs.b
    differ = (background.helix[a] >= 0) & (background.helix[b] >= 0) & (background.helix[a] != background.helix[b])
    lacks_b = background.without[a, background.helix[b]] / np.maximum(background.collaborations[a], 1)
    lacks_a = background.without[b, background.helix[a]] / np.maximum(background.collaborations[b], 1)
    lacking = (lacks_a + lacks_b) / 2
    return np.where(differ & (lacking >= LACKING), lacking, 0.0)


def _same_community(pairs: Pairs) -> Floats:
    of = pairs.background.community
    return np.where((of[pairs.a] >= 0) & (of[pairs.a] == of[pairs.b]), 1.0, 0.0)


def _bridges_communities(pairs: Pairs) -> Floats:
    of = pairs.background.community
    apart = (of[pairs.a] >= 0) & (of[pairs.b] >= 0) & (of[pairs.a] != of[pairs.b])
    value = np.zeros(len(apart))
    value[apart] = pairs.background.separation[of[pairs.a][apart], of[pairs.b][apart]]
    return np.where(value >= APART, value, 0.0)


def _same_place(pairs: Pairs) -> Floats:
    of = pairs.background.region
    return np.where((of[pairs.a] >= 0) & (of[pairs.a] == of[pairs.b]), 1.0, 0.0)


def _both_hubs(pairs: Pairs) -> Floats:
    return np.where(pairs.background.hub[pairs.a] & pairs.background.hub[pairs.b], -1.0, 0.0)


def _no_shared_theme(pairs: Pairs) -> Floats:
    both_have = pairs.background.themed[pairs.a] & pairs.background.themed[pairs.b]
    return np.where(both_have & (pairs.similarity == 0), -1.0, 0.0)


def _dormant(pairs: Pairs) -> Floats:
    return np.where(pairs.background.dormant[pairs.a] | pairs.background.dormant[pairs.b], -1.0, 0.0)


def _may_compete(pairs: Pairs) -> Floats:
    return np.where(pairs.background.firm[pairs.a] & pairs.background.firm[pairs.b], -pairs.similarity, 0.0)


def _known_from_one(pairs: Pairs) -> Floats:
    known = pairs.background.collaborations
    return np.where((known[pairs.a] == 1) | (known[pairs.b] == 1), -1.0, 0.0)


FEATURES: Final[Mapping[str, Callable[[Pairs], Floats]]] = {
    "shared_partners": _shared_partners,
    "both_active": _both_active,
    "shared_themes": _shared_themes,
    "completes_helix": _completes_helix,
    "same_community": _same_community,
    "bridges_communities": _bridges_communities,
    "same_place": _same_place,
    "both_hubs": _both_hubs,
    "no_shared_theme": _no_shared_theme,
    "dormant": _dormant,
    "may_compete": _may_compete,
    "known_from_one": _known_from_one,
}
"""Kind of evidence → its value for each pair; the fields of :class:`Weights` have the same names."""


def contributions(pairs: Pairs, weights: Weights) -> dict[str, Floats]:
    """Return kind → what it adds to the score of each pair."""
    return {kind: getattr(weights, kind) * feature(pairs) for kind, feature in FEATURES.items()}


def scores(pairs: Pairs, weights: Weights) -> Floats:
    """Return the score of each pair: the sum of its contributions."""
    total = np.zeros(len(pairs.a))
    for contribution in contributions(pairs, weights).values():
        total += contribution
    return total


def upper_bounds(pairs: Pairs, weights: Weights) -> Floats:
    """Return a number that no pair's score exceeds, from its cheap features alone."""
    cheap = weights.shared_partners * _shared_partners(pairs) + weights.both_active * _both_active(pairs)
    return np.asarray(cheap + weights.bounded)
