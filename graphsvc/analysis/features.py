"""The score of a pair: a sum of features, each of which can be said in a sentence.

score(a, b) = Σ weight · value. For, with their default weights:

==================== ============================================================================== ======
shared_partners      ln(1 + 1000 · Σ_z t(a,z)·t(z,b)/s(z))                                           0.9
both_active          ln(1 + recent of the less active) + ⅓ ln(1 + activity of the more active)       0.4
active_in_themes     ln(1 + 1000 · Σ_t w(a,t)·w(b,t)/w(t))                                          0.25
shared_themes        cosine of the two theme profiles, rarer themes counting more                    0.7
shared_topics        cosine of the two profiles of call topics, rarer topics counting more           0.3
similar_titles       cosine of the titles of their collaborations, what exceeds 0.2                  1.3
kinds_meet           ln(observed/expected partnerships of their two kinds), where above 0.2          0.4
completes_helix      mean share of either's collaborations that lack the other's group, from ¼ on    0.1
same_community       1                                                                               0.1
bridges_communities  1 − partnerships between the two communities / those by chance, from ½ on       0.1
same_place           1, in the same region                                                           0.3
==================== ============================================================================== ======

Against: well_known −½ ln((1 + partners of a)/(1 + m)) − ½ ln((1 + partners of b)/(1 + m)) with m the median, where
the sum is below 0, kinds_seldom_meet as kinds_meet where below −0.2, no_shared_theme −1, dormant −1, may_compete (both
firms) −cosine, and known_from_one −1, when all that is known of one of them is a single collaboration.

Where one of the two has few partners, no more than is usual, other weights hold for the six kinds in
:data:`FEW_PARTNERS`: what flows over a handful of partners is mostly chance there, and who is at work at all, and of
which kind, tells more.

The first is resource allocation over shared partners z (Zhou, Lü & Zhang 2009, Eur. Phys. J. B 71, 623–630) with ties t
that fade with age and with the size of the collaboration, divided by the strength s of z: a partner shared with
everybody says little. The third is how often the two would meet if collaborations drew their participants by lot: w is
recent joint work on a theme. docs/decisions/0014-ranker.md says how the weights were found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graphsvc.analysis.arrays import Floats, Ints, Matrix
from graphsvc.analysis.background import Background

NEARNESS_UNIT: Final = 1000.0
"""A flow of one in this many counts ln 2."""
APART: Final = 0.5
"""Two communities with at least this share of the partnerships missing that chance would make are to be bridged."""
LACKING: Final = 0.25
"""Where less of the collaborations than this lack the other's helix group, the two groups meet already."""
ALIKE: Final = 0.2
"""Titles are similar from this cosine on: below, any two large organisations are."""
TELLING: Final = 0.2
"""Kinds that have less than 1.2 times as many partnerships as chance, and more than 0.8 times, say nothing."""
OBVIOUS: Final = 0.42
"""What a unit of ln(partners) adds to the score: taken off whole at balance 1, so that partners alone earn nothing."""
BALANCE: Final = 0.1
"""Default balance between likely (0) and new (1): costs nothing in the backtests on CORDIS."""
FEW_PARTNERS: Final[Mapping[str, float]] = {
    "shared_partners": 0.4,
    "both_active": 1.3,
    "active_in_themes": 0.15,
    "shared_themes": 0.5,
    "kinds_meet": 1.0,
    "kinds_seldom_meet": 1.0,
}
"""Default weights where one of the two has no more partners than the median; the others are the same as elsewhere."""
_DENSE: Final = 256
"""Columns up to which products of pairs of rows are faster on a full matrix."""
_CHUNK: Final = 100_000
"""Pairs that are worked on together."""
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature's full value adds to the score; those against are taken off."""

    shared_partners: float = 0.9
    both_active: float = 0.4
    active_in_themes: float = 0.25
    shared_themes: float = 0.7
    shared_topics: float = 0.3
    similar_titles: float = 1.3
    kinds_meet: float = 0.4
    completes_helix: float = 0.1
    same_community: float = 0.1
    bridges_communities: float = 0.1
    same_place: float = 0.3
    well_known: float = round(OBVIOUS * BALANCE, 3)
    kinds_seldom_meet: float = 0.4
    no_shared_theme: float = 0.1
    dormant: float = 0.3
    may_compete: float = 0.1
    known_from_one: float = 0.1

    def balanced(self, balance: float) -> Weights:
        """Return these weights at a balance between likely (0) and new (1)."""
        return replace(self, well_known=round(OBVIOUS * balance, 3))

    def with_few_partners(self) -> Weights:
        """Return the weights of pairs one of which has few partners: other shares of what each kind weighs here."""
        changed = {kind: getattr(self, kind) * few / getattr(_USUAL, kind) for kind, few in FEW_PARTNERS.items()}
        return replace(self, **changed)


_USUAL: Final = Weights()


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
    def few_partners(self) -> Bools:
        """Whether one of the two has no more partners than the median of those who have any."""
        partners = self.background.partners
        return np.asarray(np.minimum(partners[self.a], partners[self.b]) <= self.background.usual)

    @cached_property
    def similarity(self) -> Floats:
        """Cosine of the theme profiles, 0 … 1."""
        return np.minimum(_products(self.background.profile, self.a, self.b), 1.0)


def _products(rows: Matrix, a: Ints, b: Ints) -> Floats:
    """Return the scalar product of row a and row b for each pair, rounded so that no machine's last bits decide."""
    found = np.zeros(len(a))
    full = isinstance(rows, np.ndarray)
    if not full and rows.shape[1] <= _DENSE:
        rows, full = rows.toarray(), True
    for start in range(0, len(a), _CHUNK):
        part = slice(start, start + _CHUNK)
        one, other = rows[a[part]], rows[b[part]]
        products = (
            np.einsum("ij,ij->i", one, other) if full else np.asarray(one.multiply(other).sum(axis=1)).reshape(-1)
        )
        found[part] = products
    return np.round(found, 9)


def _shared_partners(pairs: Pairs) -> Floats:
    return np.asarray(np.log1p(NEARNESS_UNIT * pairs.nearness))


def _both_active(pairs: Pairs) -> Floats:
    background, a, b = pairs.background, pairs.a, pairs.b
    awake = ~(background.dormant[a] | background.dormant[b])
    less = np.log1p(np.minimum(background.recent[a], background.recent[b]))
    more = np.log1p(np.maximum(background.activity[a], background.activity[b]))
    return np.asarray((less + more / 3) * (awake & (less > 0)))


def _active_in_themes(pairs: Pairs) -> Floats:
    return np.asarray(np.log1p(NEARNESS_UNIT * _products(pairs.background.encounters, pairs.a, pairs.b)))


def _shared_themes(pairs: Pairs) -> Floats:
    return pairs.similarity


def _shared_topics(pairs: Pairs) -> Floats:
    return np.minimum(_products(pairs.background.topic_profile, pairs.a, pairs.b), 1.0)


def _similar_titles(pairs: Pairs) -> Floats:
    cosine = np.minimum(_products(pairs.background.subjects, pairs.a, pairs.b), 1.0)
    return np.maximum(cosine - ALIKE, 0.0)


def _affinity(pairs: Pairs) -> Floats:
    of = pairs.background.kind
    both = (of[pairs.a] >= 0) & (of[pairs.b] >= 0)
    affinity = pairs.background.kinds_affinity[of[pairs.a], of[pairs.b]]
    return np.where(both & (np.abs(affinity) > TELLING), affinity, 0.0)


def _kinds_meet(pairs: Pairs) -> Floats:
    return np.maximum(_affinity(pairs), 0.0)


def _kinds_seldom_meet(pairs: Pairs) -> Floats:
    return np.minimum(_affinity(pairs), 0.0)


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


def _well_known(pairs: Pairs) -> Floats:
    beyond = np.log((1.0 + pairs.background.partners) / (1.0 + pairs.background.usual))
    return np.asarray(np.minimum(-0.5 * (beyond[pairs.a] + beyond[pairs.b]), 0.0))


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
    "active_in_themes": _active_in_themes,
    "shared_themes": _shared_themes,
    "shared_topics": _shared_topics,
    "similar_titles": _similar_titles,
    "kinds_meet": _kinds_meet,
    "completes_helix": _completes_helix,
    "same_community": _same_community,
    "bridges_communities": _bridges_communities,
    "same_place": _same_place,
    "well_known": _well_known,
    "kinds_seldom_meet": _kinds_seldom_meet,
    "no_shared_theme": _no_shared_theme,
    "dormant": _dormant,
    "may_compete": _may_compete,
    "known_from_one": _known_from_one,
}
"""Kind of evidence → its value for each pair; the fields of :class:`Weights` have the same names."""


def values(pairs: Pairs) -> dict[str, Floats]:
    """Return kind → its value for each pair, below 0 where it speaks against."""
    return {kind: feature(pairs) for kind, feature in FEATURES.items()}


def scores(pairs: Pairs, weights: Weights) -> Floats:
    """Return the score of each pair: the sum of its weighted values."""
    total = np.zeros(len(pairs.a))
    for start in range(0, len(total), _CHUNK):
        part = slice(start, start + _CHUNK)
        for kind, value in values(pairs[part]).items():
            total[part] += weighed(pairs[part], kind, value, weights)
    return np.round(total, 9)


def weighed(pairs: Pairs, kind: str, value: Floats, weights: Weights) -> Floats:
    """Return what a feature adds to the score of each pair, below 0 where it speaks against."""
    weight = getattr(weights, kind)
    if kind in FEW_PARTNERS:
        weight = np.where(pairs.few_partners, getattr(weights.with_few_partners(), kind), weight)
    return np.asarray(weight * value)
