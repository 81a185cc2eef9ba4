"""Who may come into a consortium, and the facts about them, by row of the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graphsvc.analysis.arrays import Floats, Ints, Matrix
from graphsvc.analysis.background import Background
from graphsvc.analysis.calls import Call, Rule, RuleKind, Weight
from graphsvc.analysis.consortium import Build, lack, sort_of
from graphsvc.analysis.rules import Partner, fits, kind_fits
from graphsvc.model import HELIX_OF, Collaboration, Helix

Bools = npt.NDArray[np.bool_]
_LARGER: Final = 2.5
"""A collaboration up to so many times as large as the one that is built, or as many times smaller, is of its size."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules of a call say of one sort of partner, those who are in being there."""

    refused: bool = False
    serves: tuple[str, ...] = ()
    """Ids of the rules that it would bring nearer."""
    kind_unclear: tuple[str, ...] = ()
    """Ids of the rules that its kind does not answer."""
    place_unclear: tuple[str, ...] = ()
    discouraged: tuple[str, ...] = ()
    """Ids of the advice that speaks against it."""


@dataclass(frozen=True)
class Bench:
    """Facts by row (actor) and column (collaboration) of ``background.affiliation``."""

    background: Background
    call: Call
    partners: Sequence[Partner]
    """By row."""
    on_theme: Bools
    """Columns of the collaborations on the theme or one below it."""
    in_programme: Bools
    """Columns of the collaborations of the call's programmes."""
    led: Matrix
    """Actors × collaborations, 1 where it leads."""
    competences: tuple[str, ...] = ()
    """Ids of the themes that a consortium on this one should know."""
    located: Bools | None = None
    """Rows in the place asked for; None where none was."""
    fixed: tuple[Partner, ...] = ()
    """Those who are in already."""
    lead: str | None = None
    related: Callable[[str, str], object] = lambda a, b: None
    """Something true for two that are one body, units, predecessors or members of one another."""
    size: int = 0
    """Partners wanted; see :class:`graphsvc.analysis.consortium.Build`."""

    @cached_property
    def wanted(self) -> int:
        """How many partners the consortium is to have."""
        return Build(self.call, self.fixed, size=self.size).wanted

    @cached_property
    def already(self) -> tuple[int, ...]:
        """Rows of those who are in and in the network."""
        row = self.background.affiliation.row
        return tuple(row[each.id] for each in self.fixed if each.id in row)

    @cached_property
    def theme_count(self) -> Ints:
        """Number of each actor's collaborations on the theme."""
        return self._counted(self.on_theme)

    @cached_property
    def theme_fresh(self) -> Floats:
        """The same, each counted by its freshness."""
        return np.asarray(self.background.affiliation.incidence @ (self.on_theme * self.background.freshness))

    @cached_property
    def programme_count(self) -> Ints:
        """Number of each actor's collaborations of the call's programmes."""
        return self._counted(self.in_programme)

    @cached_property
    def led_count(self) -> Ints:
        """Number of collaborations that each actor has led."""
        return np.asarray(self.led.sum(axis=1)).reshape(-1).astype(np.int64)

    @cached_property
    def knows(self) -> Bools:
        """Actors × those who are in: whether they have worked together."""
        return np.asarray(self.background.affiliation.shared[:, list(self.already)].toarray() > 0)

    @cached_property
    def competent(self) -> Bools:
        """Actors × competences: whether the actor has a collaboration on it."""
        number = {theme: column for column, theme in enumerate(self.background.themes)}
        columns = [number[theme] for theme in self.competences]
        return np.asarray((self.background.affiliation.incidence @ self.background.on_theme[:, columns]).toarray() > 0)

    @cached_property
    def new_competences(self) -> Bools:
        """Competences: whether nobody who is in has it."""
        return np.asarray(~self.competent[list(self.already)].any(axis=0))

    @cached_property
    def sizes(self) -> tuple[Floats, Ints]:
        """Median and largest number of participants of each actor's collaborations; 0 for those without any."""
        median, largest = np.zeros(len(self.partners)), np.zeros(len(self.partners), dtype=np.int64)
        for row in np.flatnonzero(self.theme_count).tolist():
            sizes = self.background.affiliation.sizes[self.background.columns_of(row)]
            median[row], largest[row] = float(np.median(sizes)), int(sizes.max())
        return median, largest

    @cached_property
    def usual_size(self) -> Bools:
        """Whether each actor's collaborations are usually about as large as the one that is built."""
        median = self.sizes[0]
        return np.asarray((median * _LARGER >= self.wanted) & (median <= self.wanted * _LARGER))

    @cached_property
    def welcome(self) -> tuple[Helix, ...]:
        """The helix groups of which the call does not refuse every kind."""
        rules = self._rules(RuleKind.ONLY)
        kinds = [kind for kind in HELIX_OF if not any(kind_fits(rule, Partner("", kind)) is False for rule in rules)]
        return tuple(helix for helix in Helix if any(HELIX_OF[kind] is helix for kind in kinds))

    @cached_property
    def new_sectors(self) -> frozenset[Helix]:
        """The welcome helix groups of which nobody is in."""
        return frozenset(self.welcome) - {HELIX_OF.get(each.kind) for each in self.fixed}

    @cached_property
    def standings(self) -> Mapping[int, Standing]:
        """Row → what the rules say, of all who work on the theme."""
        found: dict[object, Standing] = {}
        before = {rule.id: lack(rule, self.fixed, self.lead) for rule in self._rules()}
        standings = {}
        for row in np.flatnonzero(self.theme_count).tolist():
            partner = self.partners[row]
            key = sort_of(self.call, partner)
            if key not in found:
                found[key] = self._standing(partner, before)
            standings[row] = found[key]
        return standings

    @cached_property
    def kin(self) -> frozenset[int]:
        """Rows of those who are in, and of their kin."""
        ids = {each.id for each in self.fixed}
        kin = (
            row
            for row in np.flatnonzero(self.theme_count).tolist()
            if (id_ := self.partners[row].id) in ids or any(self.related(other, id_) for other in ids)
        )
        return frozenset(kin)

    @cached_property
    def rows(self) -> Ints:
        """Rows of those who may come: on the theme, not kin of anyone who is in, not refused by a rule."""
        free = [row for row, each in self.standings.items() if row not in self.kin and not each.refused]
        return np.asarray(free, dtype=np.int64)

    @property
    def refused(self) -> int:
        """Number of those on the theme whom a rule refuses."""
        return sum(each.refused for row, each in self.standings.items() if row not in self.kin)

    def sector_of(self, row: int) -> Helix | None:
        """Return an actor's helix group."""
        return HELIX_OF.get(self.partners[row].kind)

    def sector_is_new(self, row: int) -> bool:
        """Say whether nobody of the actor's helix group is in."""
        return self.sector_of(row) in self.new_sectors

    def tied_to(self, row: int) -> tuple[str, ...]:
        """Return the ids of those who are in with whom the actor has a group, or a doubt, in common."""
        mine = {self.partners[row].body, *self.partners[row].ties}
        return tuple(each.id for each in self.fixed if not mine.isdisjoint({each.body, *each.ties}))

    def columns(self, row: int, of: Bools) -> Sequence[Collaboration]:
        """Return an actor's collaborations among some columns."""
        mine = self.background.columns_of(row)
        return [self.background.affiliation.collaborations[column] for column in mine[of[mine]].tolist()]

    def _rules(self, *kinds: RuleKind, weight: Weight = Weight.MUST) -> list[Rule]:
        return [rule for rule in self.call.rules if rule.weight is weight and (not kinds or rule.kind in kinds)]

    def _standing(self, partner: Partner, before: Mapping[str, int]) -> Standing:
        only, advice = self._rules(RuleKind.ONLY), self._rules(RuleKind.ONLY, weight=Weight.SHOULD)
        counting = self._rules(RuleKind.COUNTRIES, RuleKind.INCLUDING, RuleKind.INDEPENDENT)
        needs_country = [rule for rule in counting if rule.kind is RuleKind.COUNTRIES or rule.different_countries]
        unplaced = [rule.id for rule in only + counting if rule.area and rule.area.holds(partner.where) is None]
        unplaced += [rule.id for rule in needs_country if not partner.country and rule.id not in unplaced]
        with_it = [*self.fixed, partner]
        return Standing(
            any(fits(rule, partner) is False for rule in only),
            tuple(rule.id for rule in self._rules() if before[rule.id] > lack(rule, with_it, self.lead)),
            tuple(rule.id for rule in only if kind_fits(rule, partner) is None),
            tuple(unplaced),
            tuple(rule.id for rule in advice if fits(rule, partner) is False),
        )

    def _counted(self, columns: Bools) -> Ints:
        return np.asarray(self.background.affiliation.incidence @ columns.astype(float)).astype(np.int64)
