"""How sure it is that two entries are one body: the sum of what speaks for and against, turned into a share.

After Fellegi & Sunter (A theory for record linkage, JASA 64, 1969): each thing that agrees or differs adds its weight
of evidence in log odds to those before anything is known. What blocks keeps a pair from being sure, whatever the sum.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graphsvc.model import Ground, Verdict
from graphsvc.resolve import grounds
from graphsvc.resolve.grounds import Reason
from graphsvc.resolve.profiles import Profile

PRIOR: Final = -4.5
"""Of two entries that came to be compared, about one pair in ninety is one body before anything is known."""
SURE: Final = 0.95
DOUBTFUL: Final = 0.55


@dataclass(frozen=True, slots=True)
class Scored:
    """What the comparison of two entries came to."""

    score: float
    """0 to 1; below :data:`SURE` where something blocks."""
    verdict: Verdict | None
    """``same``, ``unsure``, or None where it is not worth a person's time."""
    reasons: tuple[Reason, ...]

    def grounds(self) -> tuple[Ground, ...]:
        """Return the reasons for, strongest first, then those against, strongest first."""
        ranked = sorted(self.reasons, key=lambda reason: (not reason.supports, -abs(reason.points)))
        return tuple(Ground(kind=each.kind, supports=each.supports, values=each.values) for each in ranked)


def score(one: Profile, other: Profile) -> Scored | None:
    """Compare two entries; None where their names have nothing in common, or a register tells them apart.

    Symmetric: the grounds name the side with the smaller id first.
    """
    a, b = sorted((one, other), key=lambda each: each.id)
    if two_bodies(a, b):
        return None
    match = grounds.best_names(a, b)
    by_names = list(grounds.of_match(match, a, b)) if match else []
    by_abbreviation = list(grounds.of_abbreviations(a, b))
    reasons = max(filter(None, (by_names, by_abbreviation)), key=_points, default=None)
    if reasons is None:
        return None
    reasons += grounds.of_places(a.where, b.where)
    reasons += grounds.of_websites(a, b)
    reasons += grounds.of_kinds(a, b, match)
    reasons += grounds.of_identifiers(a, b)
    share = 1 / (1 + math.exp(-PRIOR - _points(reasons)))
    sure = share >= SURE and not any(reason.blocks for reason in reasons)
    if not sure:
        share = min(share, SURE - 0.01)
    verdict = Verdict.SAME if sure else Verdict.UNSURE if share >= DOUBTFUL else None
    return Scored(round(share, 4), verdict, tuple(reasons))


def _points(reasons: Sequence[Reason]) -> float:
    return sum(reason.points for reason in reasons)


def two_bodies(a: Profile, b: Profile) -> bool:
    """Say whether a register of bodies gives them two numbers: then they are two, whatever else is the same."""
    return any(
        scheme in a.identifiers and scheme in b.identifiers and a.identifiers[scheme] != b.identifiers[scheme]
        for scheme in ("business_id", "ror")
    )
