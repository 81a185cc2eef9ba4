"""Which empty or thin cells of a coverage matrix are worth filling: those that facts speak for.

======================  ==========================================================================================
for                     worth
======================  ==========================================================================================
theme_active            ln(1 + actors of the other groups on the theme)
nearby                  ln(1 + actors of the group on neighbouring themes), else, times 0.3, all of the group
partners_elsewhere      0.5 · ln(1 + actors of the group from elsewhere who work on the theme with those counted)
======================  ==========================================================================================

Against: theme_small −0.5, when the theme rests on a single collaboration; theme_ended −1, when all on it has ended more
than three years ago; some_there −1, when the cell is thin and not empty; group_absent −0.5, when nobody of the group
is there on any theme. A cell is listed with at least two reasons for it; the others stay in the matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from graphsvc.analysis.arrays import Ints
from graphsvc.analysis.axes import ELSE, Groups
from graphsvc.analysis.background import DORMANT_AFTER
from graphsvc.analysis.coverage import Cell, Coverage
from graphsvc.analysis.gaps import Gap, GapKind, in_order
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.analysis.scene import SHOWN, Scene, ordered

REASONS_FOR: Final = 2
"""A cell with fewer reasons is not worth a line: it is empty, and that is all that is known."""
_YEAR: Final = 365.25


def find_coverage_gaps(scene: Scene, coverage: Coverage, groups: Groups) -> tuple[Gap, ...]:
    """Return the cells below the threshold that facts speak for, best first; equals in the order of theme and group."""
    found = []
    ranking = _Ranking(scene, coverage, groups)
    for cell in coverage.below:
        evidence = ordered(list(ranking.evidence(cell)))
        if sum(each.side is Side.FOR for each in evidence) >= REASONS_FOR:
            score = round(sum(each.contribution for each in evidence), 9)
            area = (Ref(Noun.PLACE, cell.group),) if coverage.by == "area" else ()
            group = cell.group if coverage.by == "helix" else ""
            found.append(Gap(0, GapKind.COVERAGE, (Ref(Noun.THEME, cell.theme), *area), score, evidence, group))
    return in_order(found)


class _Ranking:
    """The facts that speak for and against filling a cell."""

    def __init__(self, scene: Scene, coverage: Coverage, groups: Groups) -> None:
        self._scene, self._coverage, self._groups = scene, coverage, groups
        self._row = scene.affiliation.row
        self._helix = [actor.helix or ELSE for actor in scene.affiliation.actors]

    def evidence(self, cell: Cell) -> Iterator[Evidence]:
        """Yield what speaks for and against filling a cell."""
        themes = [Ref(Noun.THEME, cell.theme)]
        others = self._others(cell)
        if len(others):
            collaborations = self._collaborations(cell.theme)
            numbers = {"n": cell.elsewhere, "actors": cell.elsewhere, "m": len(collaborations)}
            refs = (*themes, *self._scene.refer(others[:SHOWN]))
            yield Evidence("theme_active", Side.FOR, refs, numbers, float(np.log1p(cell.elsewhere)))
            yield from self._theme_against(cell, collaborations)
        yield from self._nearby(cell)
        if self._coverage.by == "helix":
            yield from self._partners_elsewhere(cell)
        if cell.actors:
            refs = (*themes, *(Ref(Noun.ACTOR, id_) for id_ in cell.actors[:SHOWN]))
            n = len(cell.actors)
            yield Evidence("some_there", Side.AGAINST, refs, {"n": n, "actors": n}, -1.0)
        if not self._coverage.sizes[cell.group]:
            yield Evidence("group_absent", Side.AGAINST, (), {}, -0.5)

    def _others(self, cell: Cell) -> Ints:
        """Return the rows of the actors of other groups on the theme, those who do most on it first."""
        ids = [
            id_
            for group in self._coverage.groups
            if group != cell.group
            for id_ in self._coverage.cell(cell.theme, group).actors
        ]
        rows = np.asarray(sorted(self._row[id_] for id_ in ids), dtype=np.int64)
        return self._scene.most_active(rows, self._scene.work_on(cell.theme))

    def _collaborations(self, theme: str) -> list[str]:
        found = {id_ for group in self._coverage.groups for id_ in self._coverage.cell(theme, group).collaborations}
        return sorted(found)

    def _theme_against(self, cell: Cell, collaborations: list[str]) -> Iterator[Evidence]:
        """Say where the theme rests on one collaboration, or where all on it has ended long ago."""
        if len(collaborations) == 1:
            refs = (Ref(Noun.THEME, cell.theme), Ref(Noun.COLLABORATION, collaborations[0]))
            yield Evidence("theme_small", Side.AGAINST, refs, {}, -0.5)
        ends = [(self._scene.collaboration(id_).end, id_) for id_ in collaborations]
        known = [(end, id_) for end, id_ in ends if end is not None]
        if known and len(known) == len(ends):
            last, id_ = max(known)
            if (self._scene.background.on - last).days / _YEAR > DORMANT_AFTER:
                refs = (Ref(Noun.THEME, cell.theme), Ref(Noun.COLLABORATION, id_))
                yield Evidence("theme_ended", Side.AGAINST, refs, {"ended": last}, -1.0)

    def _nearby(self, cell: Cell) -> Iterator[Evidence]:
        """Refer to actors of the group on neighbouring themes, and these themes; else to any of the group."""
        near = self._scene.neighbours.get(cell.theme, ())
        mine = np.asarray(
            [self._row[id_] for id_, group in self._groups.group_of.items() if group == cell.group], dtype=np.int64
        )
        mine = np.sort(mine[~np.isin(mine, [self._row[id_] for id_ in cell.actors])])
        work = self._scene.work_on(*near)
        active = self._scene.most_active(mine[work[mine] > 0], work)
        if len(active):
            on = [theme for theme in near if self._scene.work_on(theme)[active].any()]
            refs = (*(Ref(Noun.THEME, theme) for theme in on), *self._scene.refer(active[:SHOWN]))
            numbers = {"n": len(active), "actors": len(active), "themes": len(on)}
            yield Evidence("nearby", Side.FOR, refs, numbers, float(np.log1p(len(active))))
        elif len(mine):
            refs = self._scene.refer(self._scene.most_active(mine)[:SHOWN])
            numbers = {"n": len(mine), "actors": len(mine)}
            yield Evidence("group_there", Side.FOR, refs, numbers, 0.3 * float(np.log1p(len(mine))))

    def _partners_elsewhere(self, cell: Cell) -> Iterator[Evidence]:
        """Refer to actors of the group that are not counted but work on the theme, with those who are."""
        if cell.theme not in self._scene.columns:
            return
        rows = self._scene.on_theme(cell.theme)
        ids = self._scene.affiliation.ids
        outside = [
            row for row in rows.tolist() if self._helix[row] == cell.group and ids[row] not in self._groups.group_of
        ]
        if outside:
            shown = self._scene.most_active(np.asarray(outside), self._scene.work_on(cell.theme))
            numbers = {"n": len(outside), "actors": len(outside)}
            refs = self._scene.refer(shown[:SHOWN])
            yield Evidence("partners_elsewhere", Side.FOR, refs, numbers, 0.5 * float(np.log1p(len(outside))))
