"""An earlier map as the start of a later one, so that next year's map looks like this year's.

Who stood in a group that is still there keeps the place. Newcomers and those who changed groups come in beside their
partners; a new group comes beside the groups that it works with. Then symbols are moved apart, newcomers first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np

from graphsvc.analysis.communities import match_communities
from graphsvc.analysis.results import Community
from graphsvc.errors import InvalidValue
from graphsvc.render import layout
from graphsvc.render.content import MapPlace
from graphsvc.render.layout import Plan, Points

_DATA: Final = re.compile(r'<script type="application/json" id="map-data">(.*?)</script>', re.DOTALL)
FARTHEST: Final = 1e6
"""No map is as wide as that."""
SAME_GROUP: Final = 0.1
"""Share of common actors (Jaccard) from which a group keeps its place: less than it takes to keep a name."""
NEWCOMERS_ROOM: Final = 0.5 * layout.SPACING
FIRMNESS: Final = 0.15
"""How far one who kept the place gives way, beside a newcomer."""


def read_places(html: str, name: str) -> tuple[MapPlace, ...]:
    """Return where actors stand on the map file ``name``. :class:`InvalidValue` for any other file."""
    found = _DATA.search(html)
    try:
        if found is None:
            raise ValueError
        nodes = json.loads(found[1])["nodes"]
        rows = [dict(zip(nodes["fields"], row, strict=False)) for row in nodes["rows"]]
        places = tuple(
            MapPlace(str(row["key"]), float(row["x"]), float(row["y"]), row.get("community"))
            for row in rows
            if row.get("x") is not None
        )
        if not all(abs(place.x) < FARTHEST and abs(place.y) < FARTHEST for place in places):
            raise ValueError
    except (ValueError, KeyError, TypeError) as error:
        remedy = "Give the HTML file of a map that this version of graphsvc wrote."
        raise InvalidValue(f"{name} is not a map of graphsvc.", remedy=remedy) from error
    return places


class Earlier:
    """An earlier map."""

    def __init__(self, places: Collection[MapPlace]) -> None:
        self.places = {each.id: (each.x, each.y) for each in places}
        self.groups = {each.id: each.group for each in places if each.group is not None}

    def carried_on(self, plan: Plan, ids: Sequence[str]) -> Points:
        """Return the coordinates of ``plan``'s actors, whose ids are ``ids``, as near to the earlier ones as can be."""
        groups = layout.groups_of(plan)
        kept = self._kept(plan, groups, ids)
        if not kept:
            return layout.positions(plan)
        points: Points = np.zeros((len(ids), 2))
        for seat in kept:
            points[seat] = self.places[ids[seat]]
        self._seat_newcomers(points, plan, groups, kept)
        seated = sorted(seat for group in groups for seat in group)
        stays, radii = np.array([seat in kept for seat in seated]), np.array(plan.radii)[seated]
        # Newcomers spread first, where many come to one hub; only then may the others give way a little.
        roomy = np.where(stays, radii, np.maximum(radii, NEWCOMERS_ROOM))
        points[seated] = layout.apart(points[seated], roomy, np.where(stays, 0.0, 1.0))
        points[seated] = layout.apart(points[seated], radii, np.where(stays, FIRMNESS, 1.0))
        layout.line_up(points, [seat for seat in range(len(ids)) if seat not in set(seated)], seated)
        return points

    def _kept(self, plan: Plan, groups: Sequence[Sequence[int]], ids: Sequence[str]) -> frozenset[int]:
        """Return who stood in the earlier form of its group."""
        before: dict[int, list[str]] = {}
        for id_, group in self.groups.items():
            before.setdefault(group, []).append(id_)
        now = [Community(number, tuple(ids[seat] for seat in group), ()) for number, group in enumerate(groups)]
        earlier = [Community(number, tuple(each), ()) for number, each in sorted(before.items())]
        was = match_communities(earlier, now, at_least=SAME_GROUP)
        return frozenset(
            seat
            for number, group in enumerate(groups)
            for seat in group
            if ids[seat] in self.places
            # Actors without a group, and groups that were renamed beyond recognition, have only their place to keep.
            and (self.groups.get(ids[seat]) == was[number] if plan.communities[seat] is not None else True)
        )

    def _seat_newcomers(
        self, points: Points, plan: Plan, groups: Sequence[Sequence[int]], kept: frozenset[int]
    ) -> None:
        """Give everyone else a first place: beside partners of its group, or with its new group beside others."""
        weights = layout.weights_of(plan)
        for group in groups:
            firm = [seat for seat in group if seat in kept]
            new = [seat for seat in group if seat not in kept]
            if not firm:
                continue
            for number, seat in enumerate(new):
                partners = [other for other in firm if other in weights[seat]] or firm
                load = np.array([weights[seat].get(other, 1.0) for other in partners])
                # Nobody starts in the same place as another: a spiral, always the same.
                angle, reach = 2.399963 * number, layout.SPACING * (0.5 + 0.25 * np.sqrt(number))
                step = reach * np.array([np.cos(angle), np.sin(angle)])
                points[seat] = (points[partners] * load[:, None]).sum(axis=0) / load.sum() + step
        seated = {seat for group in groups if kept & set(group) for seat in group}
        for group in groups:
            if not kept & set(group):
                points[group] = layout.disc(plan, group) + self._free_place(points, weights, group, sorted(seated))
                seated |= set(group)

    def _free_place(
        self, points: Points, weights: Sequence[Mapping[int, float]], group: Sequence[int], seated: Sequence[int]
    ) -> Points:
        """Return the centre nearest to the group's partners around which its disc touches nobody."""
        room = layout.reach(len(group))
        pulls = [
            (points[other], load) for seat in group for other, load in weights[seat].items() if other in set(seated)
        ]
        load = np.array([each for _, each in pulls])
        middle = (
            (np.array([place for place, _ in pulls]) * load[:, None]).sum(axis=0) / load.sum()
            if pulls
            else points[seated].mean(axis=0)
        )
        for ring in range(400):
            angles = 2 * np.pi * np.arange(24) / 24
            tried = middle + ring * layout.SPACING * np.stack([np.cos(angles), np.sin(angles)], axis=1)
            away = np.hypot(*(tried[:, None] - points[seated][None]).transpose(2, 0, 1)).min(axis=1)
            if away.max() >= room:
                free: Points = tried[int(np.argmax(away >= room))]
                return free
        raise AssertionError("a plane has room for one more group")
