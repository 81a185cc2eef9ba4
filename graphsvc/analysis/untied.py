"""Actors of a place that work with nobody there, or with nobody at all."""

from __future__ import annotations

import numpy as np

from graphsvc.analysis.arrays import Ints
from graphsvc.analysis.gaps import Gap, GapKind
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.analysis.scene import SHOWN, Scene, with_match


def find_untied(scene: Scene, top: int) -> tuple[list[Gap], int]:
    """Return the ``top`` local actors without a local partner, and how many there are.

    The score is ln(1 + partners elsewhere) + ln(1 + local actors on its themes): who has much to bring, and somebody to
    bring it to, comes first. Without a place all are local, so that only actors without any partner are meant.
    """
    partners = scene.affiliation.shared
    lonely = np.asarray((partners > 0) @ scene.local.astype(float)).reshape(-1) == 0
    rows = np.flatnonzero(scene.local & lonely)
    near = {row: _local_on_themes(scene, row) for row in rows.tolist()}
    elsewhere = scene.background.partners
    score = {row: round(float(np.log1p(elsewhere[row]) + np.log1p(len(near[row]))), 9) for row in near}
    order = sorted(near, key=lambda row: (-score[row], row))
    gaps = [_gap(scene, row, near[row], rank, score[row]) for rank, row in enumerate(order[:top], 1)]
    return gaps, len(order)


def _local_on_themes(scene: Scene, row: int) -> Ints:
    """Return the other local actors that work on a theme of this one, most active there first."""
    themes = scene.work[[row]].indices
    work = np.asarray(scene.work[:, themes].sum(axis=1)).reshape(-1)
    others = np.flatnonzero((work > 0) & scene.local)
    return scene.most_active(others[others != row], work)


def _gap(scene: Scene, row: int, near: Ints, rank: int, score: float) -> Gap:
    others = np.flatnonzero(scene.local) if scene.here is not None else near
    match = scene.matchmaker.best(np.asarray([row]), others[others != row])
    evidence = [_works_elsewhere(scene, row) or _works_alone(scene, row)]
    if len(near):
        evidence.append(_locals_on_theme(scene, row, near))
    pair = (match.a, match.b) if match else None
    return Gap(rank, GapKind.UNTIED, scene.refer([row]), score, with_match(evidence, match), pair=pair)


def _works_elsewhere(scene: Scene, row: int) -> Evidence | None:
    """Refer to the partners, all of them elsewhere, the most active first."""
    partners = scene.most_active(np.asarray(scene.affiliation.shared[[row]].indices, dtype=np.int64))
    if not len(partners):
        return None
    numbers = {"n": len(partners), "actors": len(partners)}
    weight = float(np.log1p(len(partners)))
    return Evidence("works_elsewhere", Side.FOR, scene.refer(partners[:SHOWN]), numbers, weight)


def _works_alone(scene: Scene, row: int) -> Evidence:
    """Refer to the collaborations that it is alone in, if it is in any."""
    alone = scene.background.collaborations_of(row)
    refs = tuple(Ref(Noun.COLLABORATION, each.id) for each in alone[:SHOWN])
    return Evidence("works_alone", Side.FOR, refs, {"n": len(alone), "collaborations": len(alone)})


def _locals_on_theme(scene: Scene, row: int, near: Ints) -> Evidence:
    """Refer to the actor's themes, then to the other local actors on them."""
    themes = np.sort(scene.work[[row]].indices)
    refs = tuple(Ref(Noun.THEME, scene.columns[at]) for at in themes[:SHOWN])
    numbers = {"n": len(near), "actors": len(near), "themes": len(themes), "here": int(scene.here is not None)}
    weight = float(np.log1p(len(near)))
    return Evidence("locals_on_theme", Side.FOR, (*refs, *scene.refer(near[:SHOWN])), numbers, weight)
