"""What the search for missing partnerships knows of each actor, worked out once for all pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Floats, Ints, Matrix
from graphsvc.analysis.results import Measures
from graphsvc.analysis.subjects import subjects_of, unit_rows, words_of
from graphsvc.model import ActorKind, Collaboration, Helix

HALF_LIFE: Final = 1.5
"""Years after which a collaboration counts half; set on CORDIS, with what was known at the start of 2016 and 2017."""
DORMANT_AFTER: Final = 3.0
"""Years without a running collaboration after which an actor counts as dormant."""
RECENT: Final = 3.0
"""Years since its start after which a collaboration that has ended is no longer recent."""
_CHANCE: Final = 5.0
"""Partnerships added to those observed and to those expected between two kinds, so that few say little."""
_YEAR: Final = 365.25
_HELICES: Final = tuple(Helix)


@dataclass(frozen=True)
class Background:
    """Facts by row (actor) and column (collaboration) of an affiliation, as seen on the day ``on``."""

    affiliation: Affiliation
    measures: Measures
    """Of these the communities alone are asked for."""
    on: date

    @cached_property
    def freshness(self) -> Floats:
        """How much each collaboration counts: ½·2^(−a/h) + ½·2^(−e/h), in (0, 1].

        a: years since it began, e: since it ended (0 while it runs, or without an end), h: the half-life. One that does
        not say when it began counts as if it had done so one half-life ago, and one without any date ½.
        """
        return np.asarray([self._fresh(each) for each in self.affiliation.collaborations], dtype=float)

    def _fresh(self, each: Collaboration) -> float:
        def half(day: date) -> float:
            return float(0.5 ** (max((self.on - day).days, 0) / _YEAR / HALF_LIFE))

        begun = half(each.start) if each.start else 0.5
        ended = half(each.end) if each.end else 1.0 if each.start else 0.5
        return (begun + ended) / 2

    @cached_property
    def ties(self) -> Matrix:
        """Actors × actors: Σ over shared collaborations of freshness/√(size−1).

        The root softens Newman's 1/(size−1). With the full one, the head of the list is whoever once shared a project
        of three; without it, whoever shared a project of forty.
        """
        attention = np.sqrt(np.maximum(self.affiliation.sizes - 1, 1))
        return self.affiliation.ties(self.freshness * attention)

    @cached_property
    def passing(self) -> Floats:
        """1/strength of each actor in :attr:`ties`: the share of its attention that one unit of a tie gets."""
        strength = np.asarray(self.ties.sum(axis=1)).reshape(-1)
        inverse = np.zeros_like(strength)
        np.divide(1.0, strength, out=inverse, where=strength > 0)
        return inverse

    @cached_property
    def activity(self) -> Floats:
        """Number of each actor's collaborations, each counted by its freshness."""
        return np.asarray(self.affiliation.incidence @ self.freshness)

    @cached_property
    def dormant_since(self) -> list[date | None]:
        """The day a dormant actor's last collaboration ended; None for actors that are not known to be dormant."""
        found: list[date | None] = []
        for row in range(len(self.affiliation.actors)):
            ends = [each.end for each in self.collaborations_of(row)]
            known = [end for end in ends if end is not None]
            last = max(known) if known and len(known) == len(ends) else None
            found.append(last if last and (self.on - last).days / _YEAR > DORMANT_AFTER else None)
        return found

    @cached_property
    def dormant(self) -> npt.NDArray[np.bool_]:
        """Whether each actor is dormant."""
        return np.asarray([day is not None for day in self.dormant_since], dtype=bool)

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Ids of the themes of all collaborations, sorted: the columns of :attr:`profile`."""
        return tuple(sorted({theme for each in self.affiliation.collaborations for theme in each.themes}))

    @cached_property
    def on_theme(self) -> Matrix:
        """Collaborations × themes, 1 where the collaboration has the theme."""
        number = {theme: column for column, theme in enumerate(self.themes)}
        return _marked(
            [[number[theme] for theme in each.themes] for each in self.affiliation.collaborations], len(number)
        )

    @cached_property
    def profile(self) -> Matrix:
        """Actors × themes, rows of length 1: the actor's collaborations on the theme times ln(1 + n/nₜ).

        n actors have a theme, nₜ of them this one: a rare theme says more than one that everyone has (inverse document
        frequency, Spärck Jones 1972, J. Doc. 28, 11–21).
        """
        return _rarer_more(self.affiliation.incidence @ self.on_theme)

    @cached_property
    def joint(self) -> Floats:
        """1 for each collaboration of two or more, else 0."""
        return np.asarray(self.affiliation.sizes > 1, dtype=float)

    @cached_property
    def encounters(self) -> Matrix:
        """Actors × themes: Σ freshness of the actor's joint collaborations on it, over the root of all their freshness.

        The product of two rows is the number of collaborations two actors would share if those of each theme had drawn
        their participants by lot.
        """
        fresh = sparse.diags_array(self.freshness * self.joint, format="csr") @ self.on_theme
        total = np.asarray(fresh.sum(axis=0)).reshape(-1)
        root = np.divide(1.0, np.sqrt(total), out=np.zeros_like(total), where=total > 0)
        return (self.affiliation.incidence @ fresh @ sparse.diags_array(root, format="csr")).tocsr()

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The call topics of joint collaborations, sorted: the columns of :attr:`topic_profile`."""
        pairs = zip(self.affiliation.collaborations, self.joint.tolist(), strict=True)
        return tuple(sorted({each.topic for each, joint in pairs if each.topic and joint}))

    @cached_property
    def topic_profile(self) -> Matrix:
        """Actors × topics, as :attr:`profile`. Grants to one actor are left out: those of the ERC are one topic."""
        number = {topic: column for column, topic in enumerate(self.topics)}
        pairs = zip(self.affiliation.collaborations, self.joint.tolist(), strict=True)
        columns = [[number[each.topic]] if each.topic and joint else [] for each, joint in pairs]
        return _rarer_more(self.affiliation.incidence @ _marked(columns, len(number)))

    @cached_property
    def words(self) -> Matrix:
        """Collaborations × words of their titles, rows of length 1."""
        return words_of(tuple(each.title or each.name for each in self.affiliation.collaborations))

    @cached_property
    def subjects(self) -> Floats:
        """Actors × dimensions, rows of length 1: what the titles of their collaborations are about."""
        attention = 1.0 / np.sqrt(np.maximum(self.affiliation.sizes - 1, 1))
        return subjects_of(self.affiliation, self.words, self.freshness * attention)

    @cached_property
    def themed(self) -> npt.NDArray[np.bool_]:
        """Whether each actor has a theme."""
        return np.asarray(np.diff(self.profile.indptr) > 0)

    @cached_property
    def community(self) -> Ints:
        """Id of each actor's community, −1 for none."""
        of = self.measures.community_of()
        return np.asarray([of.get(id_, -1) for id_ in self.affiliation.ids], dtype=np.int64)

    @cached_property
    def between(self) -> Ints:
        """Communities × communities: pairs of partners that join them (inside one, each pair twice)."""
        placed = np.flatnonzero(self.community >= 0)
        shape = (len(self.community), len(self.measures.communities))
        member = sparse.csr_array((np.ones(len(placed)), (placed, self.community[placed])), shape=shape)
        partners = self.affiliation.shared
        pattern = sparse.csr_array((np.ones(partners.nnz), partners.indices, partners.indptr), shape=partners.shape)
        return np.asarray((member.T @ pattern @ member).toarray(), dtype=np.int64)

    @cached_property
    def separation(self) -> Floats:
        """Communities × communities: 1 − observed/expected partnerships, at least 0.

        Expected is what chance would put between them given how many partners their actors have, as in modularity.
        """
        ends = self.between.sum(axis=1)
        expected = np.outer(ends, ends) / max(int(ends.sum()), 1)
        return np.maximum(1.0 - self.between / np.maximum(expected, 1e-12), 0.0)

    @cached_property
    def helix(self) -> Ints:
        """Number of each actor's helix group, −1 for none."""
        groups = (actor.helix for actor in self.affiliation.actors)
        return np.asarray([_HELICES.index(group) if group else -1 for group in groups], dtype=np.int64)

    @cached_property
    def without(self) -> Ints:
        """Actors × helix groups: number of the actor's collaborations that nobody of the group takes part in."""
        member = np.zeros((len(self.helix), len(_HELICES)))
        grouped = np.flatnonzero(self.helix >= 0)
        member[grouped, self.helix[grouped]] = 1
        absent = (self.affiliation.incidence.T @ member) == 0
        return np.asarray(self.affiliation.incidence @ absent.astype(float)).astype(np.int64)

    @cached_property
    def collaborations(self) -> Ints:
        """Number of each actor's collaborations."""
        return np.asarray(np.diff(self.affiliation.incidence.indptr), dtype=np.int64)

    @cached_property
    def region(self) -> Ints:
        """Number of each actor's region, −1 where unknown."""
        order = {region: number for number, region in enumerate(sorted(set(self.affiliation.regions) - {""}))}
        return np.asarray([order.get(region, -1) for region in self.affiliation.regions], dtype=np.int64)

    @cached_property
    def firm(self) -> npt.NDArray[np.bool_]:
        """Whether each actor is a firm."""
        return np.asarray([actor.kind is ActorKind.FIRM for actor in self.affiliation.actors], dtype=bool)

    @cached_property
    def partners(self) -> Ints:
        """Number of each actor's partners."""
        return np.asarray(np.diff(self.affiliation.shared.indptr), dtype=np.int64)

    @cached_property
    def usual(self) -> float:
        """Median number of partners of the actors that have any; 0 when none has."""
        some = self.partners[self.partners > 0]
        return float(np.median(some)) if len(some) else 0.0

    @cached_property
    def recent(self) -> Ints:
        """Number of each actor's collaborations that began within :data:`RECENT` years or have not ended yet.

        One that does not say when it began or ended counts: nobody says that it is old.
        """
        now = [float(self._is_recent(each)) for each in self.affiliation.collaborations]
        return np.asarray(self.affiliation.incidence @ np.asarray(now), dtype=np.int64)

    def _is_recent(self, each: Collaboration) -> bool:
        begun = each.start is None or (self.on - each.start).days <= RECENT * _YEAR
        return begun or each.end is None or each.end >= self.on

    @cached_property
    def kind(self) -> Ints:
        """Number of each actor's kind; −1 where it is unknown."""
        known = [kind for kind in ActorKind if kind is not ActorKind.UNKNOWN]
        return np.asarray(
            [known.index(a.kind) if a.kind in known else -1 for a in self.affiliation.actors], dtype=np.int64
        )

    @cached_property
    def kinds_mixing(self) -> tuple[Ints, Floats]:
        """Kinds × kinds: partnerships between them, and those that chance would put there (as in modularity)."""
        placed = np.flatnonzero(self.kind >= 0)
        shape = (len(self.kind), len(ActorKind) - 1)
        member = sparse.csr_array((np.ones(len(placed)), (placed, self.kind[placed])), shape=shape)
        partners = self.affiliation.shared
        pattern = sparse.csr_array((np.ones(partners.nnz), partners.indices, partners.indptr), shape=partners.shape)
        observed = np.asarray((member.T @ pattern @ member).toarray(), dtype=np.int64)
        ends = observed.sum(axis=1)
        return observed, np.outer(ends, ends) / max(int(ends.sum()), 1)

    @cached_property
    def kinds_affinity(self) -> Floats:
        """Kinds × kinds: ln of observed over expected partnerships, drawn to 0 where there are few."""
        observed, expected = self.kinds_mixing
        return np.asarray(np.log((observed + _CHANCE) / (expected + _CHANCE)))

    def collaborations_of(self, row: int) -> Sequence[Collaboration]:
        """Return an actor's collaborations, by id."""
        return [self.affiliation.collaborations[column] for column in self.columns_of(row)]

    def columns_of(self, row: int) -> Ints:
        """Return the columns of an actor's collaborations."""
        incidence = self.affiliation.incidence
        return np.asarray(incidence.indices[incidence.indptr[row] : incidence.indptr[row + 1]], dtype=np.int64)

    def is_joint(self, each: Collaboration) -> bool:
        """Say whether a collaboration of the network has two or more participants."""
        return bool(self.joint[self._column[each.id]])

    @cached_property
    def _column(self) -> dict[str, int]:
        return {each.id: column for column, each in enumerate(self.affiliation.collaborations)}

    def helix_of(self, row: int) -> Helix:
        """Return an actor's helix group; it must have one."""
        return _HELICES[int(self.helix[row])]


def _marked(columns: Sequence[Sequence[int]], width: int) -> Matrix:
    """Return a matrix of zeros and ones from the columns marked in each row."""
    starts = np.concatenate([[0], np.cumsum([len(each) for each in columns], dtype=np.int64)])
    flat = np.asarray([column for each in columns for column in each], dtype=np.int64)
    return sparse.csr_array((np.ones(len(flat)), flat, starts), shape=(len(columns), width))


def _rarer_more(counts: Matrix) -> Matrix:
    """Return counts times ln(1 + n/nₜ), rows of length 1: n rows have any, nₜ of them this column."""
    counts = counts.tocsr()
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log1p(np.count_nonzero(np.diff(counts.indptr)) / np.maximum(having, 1))
    return unit_rows(counts @ sparse.diags_array(rarity, format="csr"))


def data_day(collaborations: Sequence[Collaboration], today: date = date.max) -> date:
    """Return the day a network speaks of when nobody says: the latest start in it, or 1 January 1970 without dates.

    Not after ``today``, where that is given: what is planned has not begun.
    """
    return min(max((each.start for each in collaborations if each.start), default=date(1970, 1, 1)), today)
