"""Which partnership is missing: the ranked list, each line with its evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Final

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.background import HALF_LIFE, Background, data_day
from graphsvc.analysis.candidates import best_pairs
from graphsvc.analysis.evidence import evidence_of
from graphsvc.analysis.features import Pairs, Weights
from graphsvc.analysis.results import Evidence, How, Measures, Missing, MissingPartnership, Side

REASONS_FOR: Final = 2
"""A pair with fewer reasons for it is not suggested: one reason alone is a coincidence."""
_POOL: Final = 200
"""Best pairs looked at for each line asked for, as kin, the cap and missing reasons take some away …"""
_POOL_FLOOR: Final = 5_000
"""… and at least so many."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Which actors are no news to each other, as ``resolve.identity`` knows it; empty when nobody is kin."""

    families: Mapping[str, str] = field(default_factory=dict)
    """Actor id → id of its family."""
    related: Callable[[str, str], object] = lambda a, b: None
    """Something true for a pair that must never be suggested."""
    met: Callable[[str, str], object] = lambda a, b: None
    """Something true for a pair that shares a collaboration outside the network looked at, which may be but a part."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of :func:`find_missing`."""

    top: int = 20
    local: frozenset[str] | None = None
    """Ids of the actors one of whom must be in each pair; None for all."""
    per_actor: int | None = 4
    """Lines that one actor may have, so that twenty lines are not about one hub. Twins, who take part in exactly the
    same collaborations, then stand for one another: of the pairs between them only the best is a line. None: neither
    cap nor twins, as for a backtest."""
    on: date | None = None
    """The day from which age is counted; None: the latest start in the network, so that old data is not all stale."""
    weights: Weights = field(default_factory=Weights)


def find_missing(
    affiliation: Affiliation,
    measures: Measures,
    kin: Kin = Kin(),
    question: Question = Question(),
    left_out: Mapping[str, int] | None = None,
) -> Missing:
    """Return the best pairs of actors that share no collaboration, best first.

    Never a pair that is kin, nor one where an actor already works with the other's unit, parent, predecessor or
    successor; at most one pair between two families; at least two reasons for each (``REASONS_FOR``); at most
    ``per_actor`` lines an actor and one between twins, taken greedily from the top. So there may be fewer than ``top``
    lines. Equal scores are in the order of the ids. ``left_out`` is what the network left out; it is handed through.
    """
    background = Background(affiliation, measures, question.on or data_day(affiliation.collaborations))
    pool, scores, candidates = best_pairs(
        background, question.weights, max(_POOL * question.top, _POOL_FLOOR), question.local
    )
    chosen: list[MissingPartnership] = []
    for at, evidence in _chosen(pool, kin, question):
        a, b = affiliation.ids[pool.a[at]], affiliation.ids[pool.b[at]]
        chosen.append(MissingPartnership(len(chosen) + 1, a, b, float(scores[at]), evidence))
    weights = {each.name: float(getattr(question.weights, each.name)) for each in fields(question.weights)}
    how = How(weights, background.on, HALF_LIFE, question.per_actor)
    return Missing(
        revision=measures.revision,
        method=_method(how),
        candidates=candidates,
        partnerships=tuple(chosen),
        left_out=dict(left_out or {}),
        how=how,
    )


def _chosen(pool: Pairs, kin: Kin, question: Question) -> Iterator[tuple[int, tuple[Evidence, ...]]]:
    """Yield the places in the pool of the pairs to be shown, best first, with their evidence."""
    ids = pool.background.affiliation.ids
    acquaintance = _Acquaintance(pool.background, kin)
    lines: Counter[str] = Counter()
    paired: set[frozenset[object]] = set()
    for at in range(len(pool.a)):
        if lines.total() >= 2 * question.top:
            return
        a, b = sorted((ids[pool.a[at]], ids[pool.b[at]]))
        families: frozenset[object] = frozenset({kin.families.get(a, a), kin.families.get(b, b)})
        twins: frozenset[object] = frozenset({acquaintance.work(a), acquaintance.work(b)})
        if question.per_actor is not None and max(lines[a], lines[b]) >= question.per_actor:
            continue
        if question.per_actor is not None and twins in paired:
            continue
        if families in paired or kin.related(a, b) or acquaintance.met(a, b):
            continue
        evidence = evidence_of(pool[at : at + 1], question.weights)
        if sum(each.side is Side.FOR for each in evidence) < REASONS_FOR:
            continue
        lines.update((a, b))
        paired |= {families, twins}
        yield at, evidence


class _Acquaintance:
    """Who has already met whom, themselves or through kin, inside the network looked at or outside it."""

    def __init__(self, background: Background, kin: Kin) -> None:
        self._background = background
        self._kin = kin
        self._members: dict[str, list[str]] = defaultdict(list)
        for id_, family in sorted(kin.families.items()):
            self._members[family].append(id_)

    def met(self, a: str, b: str) -> bool:
        """Say whether a shares a collaboration with b or any of b's family, or b with any of a's."""
        through_b = any(self._share(a, other) for other in self._family(b))
        return through_b or any(self._share(other, b) for other in self._family(a))

    def work(self, id_: str) -> frozenset[str]:
        """Return the ids of the collaborations of an actor of the network looked at."""
        background = self._background
        return frozenset(each.id for each in background.collaborations_of(background.affiliation.row[id_]))

    def _family(self, id_: str) -> list[str]:
        return self._members.get(self._kin.families.get(id_, id_), [id_])

    def _share(self, a: str, b: str) -> bool:
        row = self._background.affiliation.row
        inside = a in row and b in row and bool(self._background.affiliation.shared[row[a], row[b]])
        return inside or bool(self._kin.met(a, b))


def _method(how: How) -> str:
    """Say in one line how the list was made, so that it can be made again."""
    weights = ", ".join(f"{name} {weight:g}" for name, weight in how.weights.items())
    cap = "no cap" if how.per_actor is None else f"at most {how.per_actor} lines an actor"
    return f"sum of weighted features ({weights}); age from {how.on}, half-life {how.half_life:g} years; {cap}"
