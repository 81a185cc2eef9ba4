"""Two communities on one theme without a tie: a structural hole (Burt 1992, Structural Holes, Harvard UP).

Both have at least two actors on the theme, one of them local, and no actor of one works with any of the other, also
outside the network looked at. The score is Σ over the themes they have in common of ln(1 + actors of the smaller side).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Ints
from graphsvc.analysis.gaps import Gap, GapKind
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.analysis.scene import SHOWN, Scene, with_match

_SEVERAL: Final = 2
"""Actors of a community that must work on a theme before it counts as the community's."""
_LINES: Final = 2
"""Lines that one community may have, so that a list is not about one of them."""


@dataclass
class _Hole:
    """Two communities and the themes both work on."""

    one: int
    other: int
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Theme → actors of either on it."""

    @property
    def score(self) -> float:
        return round(float(sum(np.log1p(min(pair)) for pair in self.sizes.values())), 9)

    @property
    def theme(self) -> str:
        """The theme on which the smaller side has most."""
        return min(self.sizes, key=lambda theme: (-min(self.sizes[theme]), -sum(self.sizes[theme]), theme))


def find_apart(scene: Scene, top: int) -> tuple[list[Gap], int]:
    """Return the best ``top`` holes, at most two for each community, and how many there are."""
    holes = sorted(_holes(scene), key=lambda each: (-each.score, each.one, each.other))
    lines: Counter[int] = Counter()
    chosen: list[Gap] = []
    for hole in holes:
        if len(chosen) < top and max(lines[hole.one], lines[hole.other]) < _LINES:
            lines.update((hole.one, hole.other))
            chosen.append(_gap(scene, hole, len(chosen) + 1))
    return chosen, len(holes)


def _holes(scene: Scene) -> list[_Hole]:
    tied = ties_between(scene)
    found: dict[tuple[int, int], _Hole] = {}
    for theme in scene.columns:
        active = _active(scene, theme)
        for one in active:
            for other in active:
                if one < other and not tied[one, other]:
                    hole = found.setdefault((one, other), _Hole(one, other))
                    hole.sizes[theme] = (active[one], active[other])
    return list(found.values())


def _active(scene: Scene, theme: str) -> Mapping[int, int]:
    """Return community → number of its actors on the theme, of those that have several, one of them local."""
    rows = scene.on_theme(theme)
    of = scene.background.community[rows]
    size = Counter(of[of >= 0].tolist())
    with_local = set(of[scene.local[rows]].tolist())
    return {id_: count for id_, count in sorted(size.items()) if count >= _SEVERAL and id_ in with_local}


def ties_between(scene: Scene) -> Ints:
    """Return communities × communities: pairs of actors that share any collaboration, also outside the network."""
    wide, of = scene.wide, scene.background.community
    placed = [(wide.row[id_], int(of[row])) for row, id_ in enumerate(scene.affiliation.ids) if of[row] >= 0]
    rows, columns = np.asarray(placed, dtype=np.int64).reshape(-1, 2).T
    shape = (len(wide.ids), len(scene.background.measures.communities))
    member = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    together = wide.incidence.T @ member
    return np.asarray((together.T @ together).toarray() > 0, dtype=np.int64)


def _gap(scene: Scene, hole: _Hole, rank: int) -> Gap:
    sides = [_side(scene, community, hole.theme) for community in (hole.one, hole.other)]
    match = scene.matchmaker.best(*(side[scene.local[side]] for side in sides))
    if match:  # that it would bridge the two is what the gap says itself
        match = replace(match, evidence=tuple(e for e in match.evidence if e.kind != "bridges_communities"))
    evidence = [_both_work_on(scene, hole, sides)]
    evidence += _no_tie(scene, hole, sides)
    evidence += _common_partners(scene, hole)
    about = (Ref(Noun.THEME, hole.theme),)
    pair = (match.a, match.b) if match else None
    return Gap(rank, GapKind.APART, about, hole.score, with_match(evidence, match), pair=pair)


def _side(scene: Scene, community: int, theme: str) -> Ints:
    """Return the rows of a community on a theme: local ones first, the most active on the theme first."""
    rows = scene.on_theme(theme)
    rows = rows[scene.background.community[rows] == community]
    rows = scene.most_active(rows, scene.work_on(theme))
    return np.concatenate([rows[scene.local[rows]], rows[~scene.local[rows]]])


def _both_work_on(scene: Scene, hole: _Hole, sides: list[Ints]) -> Evidence:
    """Refer to the themes, best first, then to the first actors of one side, then of the other."""
    themes = sorted(hole.sizes, key=lambda theme: (-min(hole.sizes[theme]), theme))
    refs = [Ref(Noun.THEME, theme) for theme in themes[:SHOWN]]
    shown = [side[: SHOWN // 2] for side in sides]
    numbers = {"themes": len(themes), "a_n": len(sides[0]), "b_n": len(sides[1]), "first": len(shown[0])}
    return Evidence(
        "both_work_on", Side.FOR, (*refs, *scene.refer(shown[0]), *scene.refer(shown[1])), numbers, hole.score
    )


def _no_tie(scene: Scene, hole: _Hole, sides: list[Ints]) -> list[Evidence]:
    """``expected``: partnerships between the two that chance would make, given how many partners all actors have."""
    ends = scene.background.between.sum(axis=1)
    expected = float(ends[hole.one] * ends[hole.other]) / max(int(ends.sum()), 1)
    numbers = {"expected": round(expected, 1)}
    return [Evidence("no_tie", Side.FOR, scene.refer([side[0] for side in sides]), numbers)]


def _common_partners(scene: Scene, hole: _Hole) -> list[Evidence]:
    """Refer to the actors who work with both sides: over them the two can reach each other already."""
    of = scene.background.community
    pattern = scene.affiliation.shared
    of_one, of_other = (pattern[np.flatnonzero(of == community)].indices for community in (hole.one, hole.other))
    both = np.intersect1d(of_one, of_other).astype(np.int64)
    both = scene.most_active(both[(of[both] != hole.one) & (of[both] != hole.other)])
    if not len(both):
        return []
    return [Evidence("common_partners", Side.AGAINST, scene.refer(both[:SHOWN]), {"n": len(both), "actors": len(both)})]
