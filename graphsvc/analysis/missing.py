"""Which partnership is missing: the ranked list, each line with its evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Final

import numpy as np

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Floats, Ints
from graphsvc.analysis.background import HALF_LIFE, Background, data_day
from graphsvc.analysis.candidates import EVERYONE, Asked, find_pairs
from graphsvc.analysis.evidence import evidence_of, independent
from graphsvc.analysis.fairness import unsuggested
from graphsvc.analysis.features import BALANCE, FEW_PARTNERS, Pairs, Weights, scores
from graphsvc.analysis.results import How, Measures, Missing, MissingPartnership

REASONS_FOR: Final = 2
"""A pair with fewer independent reasons for it is not suggested: one reason alone is a coincidence."""
EXPLAINED: Final = 1_000
"""Lines at the top that carry their evidence; a longer list is for machines, and the first lines are its sample."""
_SHARE: Final = 5
"""One actor gets at most one line in so many …"""
_LINES: Final = 4
"""… or so many lines, whichever is more."""
_TWINS: Final = 100
"""Two groups of twins get one line in so many, or one."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Which actors are no news to each other, as ``resolve.identity`` knows it; empty when nobody is kin."""

    families: Mapping[str, str] = field(default_factory=dict)
    """Actor id → id of its family."""
    related: Callable[[str, str], object] = lambda a, b: None
    """Something true for a pair that must never be suggested."""
    met: Callable[[str, str], object] = lambda a, b: None
    """Something true for a pair that shares a collaboration outside the network looked at, which may be but a part."""
    related_to_any: Callable[[Collection[str]], Callable[[str], bool]] | None = None
    """Says at once what ``related`` says of each of many; None: each is asked."""

    def to_any(self, ids: Collection[str]) -> Callable[[str], bool]:
        """Return what says whether an actor is related to one of ``ids``."""
        if self.related_to_any:
            return self.related_to_any(ids)
        return lambda id_: any(self.related(id_, other) for other in ids)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of :func:`find_missing`."""

    top: int = 20
    local: frozenset[str] | None = None
    """Ids of the actors one of whom must be in each pair; None for all."""
    among: frozenset[str] | None = None
    """Ids of the actors both of whom must be; None for all."""
    per_actor: int | None = 0
    """Lines that one actor may have, so that twenty lines are not about one hub; 0: a fifth of the lines, but four.

    Twins, who take part in exactly the same collaborations, then stand for one another: of the pairs between two groups
    of them one in a hundred lines is the best. None: neither cap nor twins, as for a backtest.
    """
    balance: float = BALANCE
    """Between likely (0) and new (1), which takes off what having many partners alone adds to a score."""
    on: date | None = None
    """The day from which age is counted; None: the latest start in the network, so that old data is not all stale."""
    weights: Weights | None = None
    """None: the default ones at this balance."""
    away: frozenset[tuple[str, str]] = frozenset()
    """Pairs, the smaller id first, that persons decided on: no lines, but counted."""

    @property
    def cap(self) -> int | None:
        """Lines that one actor may have; None for any number."""
        return max(_LINES, self.top // _SHARE) if self.per_actor == 0 else self.per_actor

    @property
    def weighing(self) -> Weights:
        """The weights at the balance asked for."""
        return (self.weights or Weights()).balanced(self.balance)


def find_missing(
    affiliation: Affiliation,
    measures: Measures,
    kin: Kin = Kin(),
    question: Question = Question(),
    left_out: Mapping[str, int] | None = None,
) -> Missing:
    """Return the best pairs of actors that share no collaboration, best first.

    Never a pair that is kin, nor one where an actor already works with the other's unit, parent, predecessor or
    successor; at most one pair between two families; at least two independent reasons for each (``REASONS_FOR``); at
    most ``question.cap`` lines an actor, taken greedily from the top. So there may be fewer than ``top`` lines. Equal
    scores are in the order of the ids. The first ``EXPLAINED`` lines carry their evidence. ``left_out`` is what the
    network left out; it is handed through.
    """
    on = question.on or data_day(affiliation.collaborations)
    return find_missing_before(Background(affiliation, measures, on), kin, question, left_out)


def find_missing_before(
    background: Background,
    kin: Kin = Kin(),
    question: Question = Question(),
    left_out: Mapping[str, int] | None = None,
) -> Missing:
    """Return the same as :func:`find_missing` before a background that is there already; its day counts.

    One background serves all questions about a network at a revision: making it is most of the work of a short list.
    """
    affiliation = background.affiliation
    pool, score = ranked(background, question.weighing, Asked.of(affiliation.ids, question.local, question.among))
    chosen: list[MissingPartnership] = []
    decided = 0
    for at in _chosen(pool, kin, question):
        a, b = affiliation.ids[pool.a[at]], affiliation.ids[pool.b[at]]
        if (a, b) in question.away:
            decided += 1
            continue
        explained = len(chosen) < EXPLAINED
        evidence = evidence_of(pool[at : at + 1], question.weighing) if explained else ()
        chosen.append(MissingPartnership(len(chosen) + 1, a, b, float(score[at]), evidence))
    how = _how(question, background.on)
    return Missing(
        revision=background.measures.revision,
        method=_method(how),
        candidates=len(pool.a),
        partnerships=tuple(chosen),
        left_out=dict(left_out or {}),
        decided=decided,
        how=how,
        unsuggested=unsuggested(background, pool, chosen, question.local, question.among),
    )


def ranked(background: Background, weights: Weights, asked: Asked = EVERYONE) -> tuple[Pairs, Floats]:
    """Return all candidates, best first, with their scores; equal scores in the order of the ids."""
    pool = find_pairs(background, weights, asked)
    score = scores(pool, weights)
    order = np.lexsort((pool.b, pool.a, -score))
    return pool[order], score[order]


def _chosen(pool: Pairs, kin: Kin, question: Question) -> Iterator[int]:
    """Yield the places in the pool of the pairs to be shown, best first; those that are away take nobody's line."""
    ids, cap = pool.background.affiliation.ids, question.cap
    acquaintance = Acquaintance(pool.background, kin)
    twin = _twins(pool.background)
    each_twins = max(1, question.top // _TWINS)
    reasons = independent(pool)
    lines: Counter[str] = Counter()
    between: Counter[tuple[int, int]] = Counter()
    paired: set[tuple[str, str]] = set()
    for at, (one, other) in enumerate(zip(pool.a.tolist(), pool.b.tolist(), strict=True)):
        if lines.total() >= 2 * question.top:
            return
        a, b = ids[one], ids[other]
        family, family_b = sorted((kin.families.get(a, a), kin.families.get(b, b)))
        twins = (min(twin[one], twin[other]), max(twin[one], twin[other]))
        if cap is not None and (max(lines[a], lines[b]) >= cap or between[twins] >= each_twins):
            continue
        if (family, family_b) in paired or reasons.of(at) < REASONS_FOR or kin.related(a, b) or acquaintance.met(a, b):
            continue
        if (a, b) in question.away:
            yield at
            continue
        lines.update((a, b))
        between[twins] += 1
        paired.add((family, family_b))
        yield at


def _twins(background: Background) -> list[int]:
    """Return for each actor the first row that takes part in exactly the same collaborations."""
    first: dict[bytes, int] = {}
    return [first.setdefault(background.columns_of(row).tobytes(), row) for row in range(len(background.partners))]


class Acquaintance:
    """Who has already met whom, themselves or through kin, inside the network looked at or outside it."""

    def __init__(self, background: Background, kin: Kin) -> None:
        self._background = background
        self._kin = kin
        self._members: dict[str, list[str]] = defaultdict(list)
        several = {family for id_, family in kin.families.items() if id_ != family}
        for id_, family in sorted(each for each in kin.families.items() if each[1] in several):
            self._members[family].append(id_)

    def met(self, a: str, b: str) -> bool:
        """Say whether a shares a collaboration with b or any of b's family, or b with any of a's."""
        through_b = any(self._share(a, other) for other in self._family(b))
        return through_b or any(self._share(other, b) for other in self._family(a) if other != a)

    def _family(self, id_: str) -> list[str]:
        return self._members.get(self._kin.families.get(id_, id_), [id_])

    def _share(self, a: str, b: str) -> bool:
        row = self._background.affiliation.row
        inside = a in row and b in row and self._partners(row[a], row[b])
        return bool(inside or self._kin.met(a, b))

    def _partners(self, a: int, b: int) -> bool:
        shared = self._background.affiliation.shared
        mine: Ints = shared.indices[shared.indptr[a] : shared.indptr[a + 1]]
        at = int(np.searchsorted(mine, b))
        return at < len(mine) and bool(mine[at] == b)


def _how(question: Question, on: date) -> How:
    weights, few = asdict(question.weighing), asdict(question.weighing.with_few_partners())
    return How(weights, on, HALF_LIFE, question.cap, question.balance, {kind: few[kind] for kind in FEW_PARTNERS})


def _method(how: How) -> str:
    """Say in one line how the list was made, so that it can be made again."""
    weights = ", ".join(f"{name} {weight:g}" for name, weight in how.weights.items())
    few = ", ".join(f"{name} {weight:g}" for name, weight in how.few_partners.items())
    cap = "no cap" if how.per_actor is None else f"at most {how.per_actor} lines an actor"
    return (
        f"sum of weighted features ({weights}; where one has few partners, {few}); balance"
        f" {how.balance:g}; age from {how.on}, half-life {how.half_life:g} years; {cap}"
    )
