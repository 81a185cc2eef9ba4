"""The two sides of a coverage matrix: the themes at a level of their tree, and the groups that should all be there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from graphsvc.model import Actor, Helix, Place, PlaceKind, Theme

Thing = TypeVar("Thing", Theme, Place)

ELSE: Final = ""
"""The group of actors that are in none of the groups: of unknown kind, or placed no nearer than the region."""
_WITHIN: Final = {PlaceKind.COUNTRY: PlaceKind.REGION, PlaceKind.REGION: PlaceKind.MUNICIPALITY}
"""Kind of a place → kind of the areas that it is looked at by."""


@dataclass(frozen=True, slots=True)
class Groups:
    """One side: groups of actors. Each has a row, also when nobody is in it."""

    by: str
    """``helix`` or ``area``."""
    ids: tuple[str, ...]
    """Helix groups, or ids of places, in the order in which they are shown; never :data:`ELSE`."""
    group_of: Mapping[str, str]
    """Id of each actor that is counted → its group, or :data:`ELSE`."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """The other side: themes. What is said of a theme below one of them counts for it."""

    ids: tuple[str, ...]
    """Ids of the themes that are shown also when nobody is there, sorted."""
    counts_for: Mapping[str, str]
    """Id of each theme that counts → the theme it counts for: itself, or one above it."""


def by_helix(actors: Iterable[Actor], counted: Collection[str] | None = None) -> Groups:
    """Return the groups of the quadruple helix; ``counted`` are the ids of those who count, None for all."""
    mine = (actor for actor in actors if counted is None or actor.id in counted)
    return Groups("helix", tuple(Helix), {actor.id: actor.helix or ELSE for actor in mine})


def by_area(
    actors: Iterable[Actor], places: Mapping[str, Place], place: str | None, counted: Collection[str] | None = None
) -> Groups:
    """Return the areas of a place: municipalities of a region, regions of a country; without a place, countries.

    All that ``places`` has are there, also those where nobody is. An actor of which only the wider place is known is in
    :data:`ELSE`. A municipality is an area of itself.
    """
    kind = _WITHIN.get(places[place].kind, PlaceKind.MUNICIPALITY) if place else PlaceKind.COUNTRY
    area_of = {}
    for id_ in sorted(places):
        around = {each.id: each.kind for each in upwards(places, id_)}
        if place is None or place in around:
            area_of[id_] = next((above for above, level in around.items() if level is kind), ELSE)
    areas = tuple(sorted({area for area in area_of.values() if area}))
    mine = (actor for actor in actors if counted is None or actor.id in counted)
    return Groups("area", areas, {actor.id: area_of.get(actor.place or "", ELSE) for actor in mine})


def at_level(themes: Mapping[str, Theme], level: int = 1, under: str | None = None) -> Subjects:
    """Return the themes at a level of the tree, counted from 1 at the top, or right below the theme ``under``.

    A branch that ends higher up is there with its last theme. A wider theme with themes below it counts for itself: it
    is shown where something is said of it and of none of them.
    """
    counts_for = {}
    for id_ in sorted(themes):
        path = [theme.id for theme in upwards(themes, id_)][::-1]
        if under is not None:
            if under not in path:
                continue
            path = path[path.index(under) + 1 :] or [under]
        counts_for[id_] = path[min(level, len(path)) - 1]
    parents = {theme.parent for theme in themes.values()}
    shown = {column for id_, column in counts_for.items() if id_ not in parents}
    return Subjects(tuple(sorted(shown)), counts_for)


def upwards(tree: Mapping[str, Thing], id_: str | None) -> Iterator[Thing]:
    """Yield the thing and those above it; a ring of parents does not hang."""
    seen: set[str] = set()
    while id_ and id_ in tree and id_ not in seen:
        seen.add(id_)
        yield tree[id_]
        id_ = tree[id_].parent
