"""Doors: actors that alone of their place work with a foreign hub. When one goes, so does the tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import numpy as np

from graphsvc.analysis.gaps import Gap, GapKind
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.analysis.scene import SHOWN, Scene, with_match
from graphsvc.model import Collaboration

HUB_SHARE: Final = 0.95
"""A hub has more partners than this share of all actors …"""
HUB_LEAST: Final = 10
"""… and at least so many."""
BROAD: Final = 3
"""Collaborations from which on a tie does not hang by a thread."""


def hub_threshold(scene: Scene) -> int:
    """Return the number of partners, in the whole network, from which on an actor counts as a hub."""
    partners = np.diff(scene.wide.shared.indptr)
    return max(HUB_LEAST, int(np.quantile(partners, HUB_SHARE)) + 1 if len(partners) else 0)


def find_doors(scene: Scene, top: int, hub: int) -> tuple[list[Gap], int]:
    """Return the ``top`` local actors that alone work with foreign hubs, and how many there are.

    A hub has at least ``hub`` partners in the whole network. The score is Σ over the hubs of ln(1 + partners).
    """
    if scene.here is None:
        return [], 0
    partners = _hubs(scene, hub)
    behind: dict[int, list[int]] = defaultdict(list)
    pattern = scene.affiliation.shared
    for row in sorted(partners, key=lambda row: (-partners[row], row)):
        tied = pattern.indices[pattern.indptr[row] : pattern.indptr[row + 1]]
        local = tied[scene.local[tied]]
        if len(local) == 1:
            behind[int(local[0])].append(row)
    score = {door: round(float(sum(np.log1p(partners[row]) for row in hubs)), 9) for door, hubs in behind.items()}
    order = sorted(behind, key=lambda door: (-score[door], door))
    gaps = [_gap(scene, door, behind[door], rank, score[door]) for rank, door in enumerate(order[:top], 1)]
    return gaps, len(order)


def _hubs(scene: Scene, hub: int) -> Mapping[int, int]:
    """Return row of each foreign hub → number of its partners in the whole network."""
    partners = np.diff(scene.wide.shared.indptr)
    known = {row: int(partners[scene.wide.row[id_]]) for row, id_ in enumerate(scene.affiliation.ids)}
    return {
        row: number
        for row, number in known.items()
        if number >= hub and scene.affiliation.ids[row] in scene.abroad and not scene.local[row]
    }


def _gap(scene: Scene, door: int, hubs: list[int], rank: int, score: float) -> Gap:
    first = hubs[0]
    others = np.flatnonzero(scene.local)
    match = scene.matchmaker.best(np.asarray([first]), others[others != door])
    shared = _shared(scene, door, first)
    evidence = [_only_tie(scene, hubs, score), _rests_on(scene, first, shared)]
    if all(each.end and each.end < scene.background.on for each in shared):
        evidence.append(_tie_ended(scene, first, shared))
    pair = (match.a, match.b) if match else None
    return Gap(rank, GapKind.DOOR, scene.refer([door]), score, with_match(evidence, match), pair=pair)


def _shared(scene: Scene, a: int, b: int) -> list[Collaboration]:
    of_b = {each.id for each in scene.background.collaborations_of(b)}
    return [each for each in scene.background.collaborations_of(a) if each.id in of_b]


def _only_tie(scene: Scene, hubs: list[int], score: float) -> Evidence:
    """Refer to the hubs, those with most partners first."""
    numbers = {"n": len(hubs), "actors": len(hubs)}
    return Evidence("only_tie_to_hub", Side.FOR, scene.refer(hubs[:SHOWN]), numbers, score)


def _rests_on(scene: Scene, hub: int, shared: list[Collaboration]) -> Evidence:
    """Refer to the first hub and to the collaborations that the door shares with it: few make it fragile."""
    refs = tuple(Ref(Noun.COLLABORATION, each.id) for each in shared[:SHOWN])
    side = Side.FOR if len(shared) < BROAD else Side.AGAINST
    numbers = {"n": len(shared), "collaborations": len(shared)}
    return Evidence("tie_rests_on", side, (*scene.refer([hub]), *refs), numbers)


def _tie_ended(scene: Scene, hub: int, shared: list[Collaboration]) -> Evidence:
    """Refer to the first hub and to the collaboration that ended last."""
    last = max(shared, key=lambda each: (str(each.end), each.id))
    assert last.end is not None  # noqa: S101  # all of them have ended
    refs = (*scene.refer([hub]), Ref(Noun.COLLABORATION, last.id))
    return Evidence("tie_ended", Side.AGAINST, refs, {"ended": last.end})
