"""Claims that several files make, each once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TypeVar

from graphsvc.model import Link, Participation

C = TypeVar("C", Participation, Link)


def once(found: Iterable[C]) -> Iterator[C]:
    """Yield the first of claims that are one, of such as come sorted by what they are about and then by precedence.

    Those that only time tells apart (:attr:`graphsvc.model.Participation.key`) come by time.
    """
    for _, those in groupby(found, _about):
        first, *others = those
        if others and isinstance(first, Participation):
            apart = {claim.key: claim for claim in (*reversed(others), first) if isinstance(claim, Participation)}
            yield from sorted(apart.values(), key=lambda claim: claim.start or date.min)
        else:
            yield first


def _about(claim: Participation | Link) -> Hashable:
    """Return what tells claims apart but for their time, without the cost of an id."""
    if isinstance(claim, Participation):
        return claim.collaboration, claim.actor, claim.source, claim.role
    return claim.id
