"""Who is absent from a collaboration, or from a theme: actors that are not in it and that facts speak for.

The score is the sum of

===================  ========================================================================================  ====
partners_inside      ln(1 + participants it works with elsewhere)                                               0.9
on_theme             ln(1 + its other collaborations on the same themes)                                        0.7
near_theme           ln(1 + its collaborations on neighbouring themes), when it has none on the same            0.4
title_alike          how near the title of one of its collaborations is, from a cosine of 0.2 on; among 200     1.3
                     titles or more
lacks_group          1 when nobody of its helix group takes part, ½ when too few do                             0.5
lacks_area           1 when nobody from its municipality takes part, with a place                               0.3
same_region          1 when a participant is in its region, without a place                                     0.3
lately_active        ln(1 + its recent collaborations)                                                          0.1
===================  ========================================================================================  ====

less dormant 0.5, no_partner_inside 0.3 and known_from_one 0.1. Each line has two reasons for it that rest on different
facts: partners; themes and titles; what the participants lack; region. That it is active counts for none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.absence_evidence import evidence_of
from graphsvc.analysis.arrays import Floats, Ints
from graphsvc.analysis.axes import ELSE, Groups
from graphsvc.analysis.coverage import DEFAULT, Standing, Threshold
from graphsvc.analysis.features import ALIKE
from graphsvc.analysis.gaps import Gap, GapKind
from graphsvc.analysis.scene import Bools, Scene
from graphsvc.analysis.subjects import unit_rows

WEIGHTS: Final[Mapping[str, float]] = {
    "partners_inside": 0.9,
    "on_theme": 0.7,
    "near_theme": 0.4,
    "title_alike": 1.3,
    "lacks_group": 0.5,
    "lacks_area": 0.3,
    "same_region": 0.3,
    "lately_active": 0.1,
    "dormant": 0.5,
    "no_partner_inside": 0.3,
    "known_from_one": 0.1,
}
"""Kind of evidence → what its full value adds to the score, or takes off where it speaks against."""
GROUNDS: Final = (
    ("partners_inside",),
    ("on_theme", "near_theme", "title_alike"),
    ("lacks_group", "lacks_area"),
    ("same_region",),
)
"""Kinds of evidence that rest on the same facts: together they are one reason."""
REASONS_FOR: Final = 2
TITLES: Final = 200
"""Among fewer titles a shared word is no sign of a shared subject: "cities" is as rare as "photonics"."""


@dataclass(frozen=True)
class Absence:
    """The facts about everyone who is not in some collaborations, worked out once for all. One number for each row."""

    scene: Scene
    columns: Ints
    """The collaborations that are asked about: those on a theme, or chosen ones."""
    helix: Groups
    area: Groups | None = None
    """Areas of the place; None without a place."""
    threshold: Threshold = DEFAULT

    @cached_property
    def inside(self) -> Bools:
        """Who takes part."""
        return np.asarray(self.scene.affiliation.incidence[:, self.columns].sum(axis=1)).reshape(-1) > 0

    @cached_property
    def partners_inside(self) -> Floats:
        """Number of participants that each actor works with."""
        return np.asarray((self.scene.affiliation.shared > 0) @ self.inside.astype(float)).reshape(-1)

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """The themes of what is asked about, at the level of the scene, sorted."""
        about = np.asarray(self.scene.about[self.columns].sum(axis=0)).reshape(-1)
        return tuple(self.scene.columns[at] for at in np.flatnonzero(about))

    @cached_property
    def near(self) -> tuple[str, ...]:
        """Themes that neighbour these and are none of them, sorted."""
        found = {near for theme in self.themes for near in self.scene.neighbours[theme]}
        return tuple(sorted(found - set(self.themes)))

    @cached_property
    def likeness(self) -> Floats:
        """Of each collaboration: cosine of its title and those asked about; 0 for these themselves."""
        words = self.scene.background.words
        if words.shape[0] < TITLES:
            return np.zeros(words.shape[0])
        centre = unit_rows(sparse.csr_array(np.asarray(words[self.columns].sum(axis=0)).reshape(1, -1)))
        found = np.asarray((words @ centre.T).toarray()).reshape(-1)
        found[self.columns] = 0.0
        return np.round(found, 9)

    @cached_property
    def similar_titles(self) -> Floats:
        """The best likeness among each actor's collaborations."""
        incidence = self.scene.affiliation.incidence
        found = np.zeros(incidence.shape[0])
        filled = np.flatnonzero(np.diff(incidence.indptr))
        if len(filled):
            found[filled] = np.maximum.reduceat(self.likeness[incidence.indices], incidence.indptr[filled])
        return np.maximum(found - ALIKE, 0.0)

    @cached_property
    def groups(self) -> list[str]:
        """The helix group of each row; ``axes.ELSE`` for none."""
        return [actor.helix or ELSE for actor in self.scene.affiliation.actors]

    @cached_property
    def taking_part(self) -> Mapping[str, int]:
        """Helix group → number of its actors that take part, of those that count."""
        ids = self.scene.affiliation.ids
        those = [self.helix.group_of.get(ids[row]) for row in np.flatnonzero(self.inside).tolist()]
        return {group: those.count(group) for group in (*self.helix.ids, ELSE)}

    @cached_property
    def lacking(self) -> Mapping[str, Standing]:
        """How each helix group is present among the participants."""
        all_ = sum(self.taking_part.values())
        return {
            group: self.threshold.standing(n, all_ - n, len(self.helix.ids)) if group else Standing.ENOUGH
            for group, n in self.taking_part.items()
        }

    @cached_property
    def areas(self) -> Mapping[str, int]:
        """Area → number of participants from it."""
        if self.area is None:
            return {}
        ids = self.scene.affiliation.ids
        those = [self.area.group_of.get(ids[row]) for row in np.flatnonzero(self.inside).tolist()]
        return {area: those.count(area) for area in self.area.ids}

    @cached_property
    def regions(self) -> Mapping[str, int]:
        """Region → number of participants in it."""
        all_ = self.scene.affiliation.regions
        those = [all_[row] for row in np.flatnonzero(self.inside).tolist()]
        return {region: those.count(region) for region in sorted(set(those) - {""})}

    def values(self) -> dict[str, Floats]:
        """Return kind of evidence → its value for each row, below 0 where it speaks against."""
        background, ids = self.scene.background, self.scene.affiliation.ids
        half = {Standing.EMPTY: 1.0, Standing.THIN: 0.5, Standing.ENOUGH: 0.0}
        on = self.scene.work_on(*self.themes)
        return {
            "partners_inside": np.log1p(self.partners_inside),
            "on_theme": np.log1p(on),
            "near_theme": np.where(on > 0, 0.0, np.log1p(self.scene.work_on(*self.near))),
            "title_alike": self.similar_titles,
            "lacks_group": np.asarray([half[self.lacking[group]] for group in self.groups]),
            "lacks_area": np.asarray([float(self.areas.get(self._area(id_), 1) == 0) for id_ in ids]),
            "same_region": np.asarray([float(self._in_region(row)) for row in range(len(ids))]),
            "lately_active": np.log1p(background.recent),
            "dormant": -background.dormant.astype(float),
            "no_partner_inside": -(self.partners_inside == 0).astype(float),
            "known_from_one": -(background.collaborations == 1).astype(float),
        }

    def _area(self, id_: str) -> str:
        return self.area.group_of.get(id_, ELSE) if self.area else ELSE

    def _in_region(self, row: int) -> bool:
        return self.area is None and self.scene.affiliation.regions[row] in self.regions


def find_absent(absence: Absence, candidates: Bools, top: int) -> tuple[list[Gap], int]:
    """Return the ``top`` actors that are absent and that facts speak for, best first, and how many there are.

    Never one that takes part, nor its unit, parent, predecessor, successor or duplicate, nor a group that a participant
    belongs to; one of each family. Work grows with participations, not with pairs.
    """
    values = absence.values()
    score = np.round(np.sum([WEIGHTS[kind] * value for kind, value in values.items()], axis=0), 9)
    reasons = sum(np.any([values[kind] > 0 for kind in kinds], axis=0).astype(int) for kinds in GROUNDS)
    rows = np.flatnonzero(candidates & ~absence.inside & (reasons >= REASONS_FOR))
    order = rows[np.lexsort((rows, -score[rows]))]
    gaps: list[Gap] = []
    for row in _strangers(absence, order):
        if len(gaps) == top:
            break
        of_row = {kind: WEIGHTS[kind] * float(value[row]) for kind, value in values.items() if value[row]}
        evidence = evidence_of(absence, row, of_row)
        gaps.append(Gap(len(gaps) + 1, GapKind.PARTICIPANT, absence.scene.refer([row]), float(score[row]), evidence))
    return gaps, len(order)


def _strangers(absence: Absence, order: Ints) -> Iterator[int]:
    """Yield rows in order, without those that are kin of a participant or of one yielded before."""
    ids, kin = absence.scene.affiliation.ids, absence.scene.kin
    inside = [ids[row] for row in np.flatnonzero(absence.inside).tolist()]
    families, takes_part = {kin.families.get(id_, id_) for id_ in inside}, kin.to_any(inside)
    for row in order.tolist():
        family = kin.families.get(ids[row], ids[row])
        if family in families or takes_part(ids[row]):
            continue
        families.add(family)
        yield row
