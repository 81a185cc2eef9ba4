"""From the numbers of an absent actor to the facts they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.analysis.scene import SHOWN, ordered

if TYPE_CHECKING:
    from graphsvc.analysis.absence import Absence

Facts = tuple[tuple[Ref, ...], Mapping[str, float | int | str | date]]


def evidence_of(absence: Absence, row: int, contributions: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the evidence of one actor, for first: one for each kind that contributes."""
    found = []
    for kind, contribution in contributions.items():
        refs, numbers = _FACTS[kind](absence, row)
        found.append(Evidence(kind, Side.FOR if contribution > 0 else Side.AGAINST, refs, numbers, contribution))
    return ordered(found)


def _partners_inside(absence: Absence, row: int) -> Facts:
    """Refer to the participants it works with, those with most shared first."""
    shared = absence.scene.affiliation.shared[[row]]
    partners, times = shared.indices.astype(np.int64), shared.data
    keep = absence.inside[partners]
    partners, times = partners[keep], times[keep]
    order = np.lexsort((partners, -times))
    return absence.scene.refer(partners[order[:SHOWN]]), {"n": len(partners), "actors": len(partners)}


def _on_themes(absence: Absence, row: int, themes: tuple[str, ...]) -> Facts:
    """Refer to the themes, then to the latest of its collaborations on them."""
    scene = absence.scene
    wanted = [at for at, theme in enumerate(scene.columns) if theme in themes]
    mine = scene.background.columns_of(row)
    about = scene.about[mine][:, wanted]
    on = mine[np.asarray(about.sum(axis=1)).reshape(-1) > 0]
    touched = [scene.columns[wanted[at]] for at in np.flatnonzero(np.asarray(about.sum(axis=0)).reshape(-1))]
    those = [scene.affiliation.collaborations[column] for column in on.tolist()]
    those.sort(key=lambda each: (str(each.start or ""), each.id), reverse=True)
    refs = [Ref(Noun.THEME, theme) for theme in touched[:SHOWN]]
    refs += [Ref(Noun.COLLABORATION, each.id) for each in those[:SHOWN]]
    return tuple(refs), {"n": len(those), "themes": len(touched), "collaborations": len(those)}


def _on_theme(absence: Absence, row: int) -> Facts:
    return _on_themes(absence, row, absence.themes)


def _near_theme(absence: Absence, row: int) -> Facts:
    return _on_themes(absence, row, absence.near)


def _title_alike(absence: Absence, row: int) -> Facts:
    """Refer to its collaboration with the likest title, then to the one asked about that is likest to that."""
    background = absence.scene.background
    mine = background.columns_of(row)
    own = int(mine[np.argmax(absence.likeness[mine])])
    alike = np.asarray((background.words[absence.columns] @ background.words[[own]].T).toarray()).reshape(-1)
    other = int(absence.columns[np.argmax(np.round(alike, 9))])
    collaborations = absence.scene.affiliation.collaborations
    refs = (Ref(Noun.COLLABORATION, collaborations[own].id), Ref(Noun.COLLABORATION, collaborations[other].id))
    return refs, {"similarity": float(absence.likeness[own]), "collaborations": 2}


def _lacks_group(absence: Absence, row: int) -> Facts:
    group = absence.groups[row]
    all_ = sum(absence.taking_part.values())
    return absence.scene.refer([row]), {"n": absence.taking_part[group], "of": all_, "helix": str(group)}


def _lacks_area(absence: Absence, row: int) -> Facts:
    assert absence.area is not None  # noqa: S101  # else nothing lacks
    area = absence.area.group_of[absence.scene.affiliation.ids[row]]
    return (Ref(Noun.PLACE, area),), {"of": sum(absence.areas.values())}


def _same_region(absence: Absence, row: int) -> Facts:
    region = absence.scene.affiliation.regions[row]
    return (Ref(Noun.PLACE, region),), {"n": absence.regions[region]}


def _lately_active(absence: Absence, row: int) -> Facts:
    """Refer to the latest of its collaborations."""
    latest = max(
        absence.scene.background.collaborations_of(row),
        key=lambda each: (each.start or date.min, each.end or date.max, each.id),
    )
    return (Ref(Noun.COLLABORATION, latest.id),), {"n": int(absence.scene.background.recent[row])}


def _dormant(absence: Absence, row: int) -> Facts:
    """As :func:`graphsvc.analysis.evidence` has it of a pair, of which one is dormant."""
    background = absence.scene.background
    day = background.dormant_since[row]
    assert day is not None  # noqa: S101  # that is what dormant means
    last = max(each.id for each in background.collaborations_of(row) if each.end == day)
    return (*absence.scene.refer([row]), Ref(Noun.COLLABORATION, last)), {"n": 1, "ended_0": day}


def _no_partner_inside(absence: Absence, row: int) -> Facts:
    return absence.scene.refer([row]), {}


def _known_from_one(absence: Absence, row: int) -> Facts:
    only = absence.scene.background.collaborations_of(row)[0]
    return (*absence.scene.refer([row]), Ref(Noun.COLLABORATION, only.id)), {"n": 1}


_FACTS: Final[Mapping[str, Callable[[Absence, int], Facts]]] = {
    "partners_inside": _partners_inside,
    "on_theme": _on_theme,
    "near_theme": _near_theme,
    "title_alike": _title_alike,
    "lacks_group": _lacks_group,
    "lacks_area": _lacks_area,
    "same_region": _same_region,
    "lately_active": _lately_active,
    "dormant": _dormant,
    "no_partner_inside": _no_partner_inside,
    "known_from_one": _known_from_one,
}
