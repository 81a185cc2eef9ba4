"""What of a map stands where on paper: the page's own layout, fitted to a sheet, in points (1/72 inch)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from graphsvc.render.content import MapActor, MapSuggestion
from graphsvc.render.letters import width_of
from graphsvc.render.page import Page, radii
from graphsvc.render.spreading import spread

PAPERS: Final = {"a4": (297, 210), "a3": (420, 297)}
"""Width and height of each paper in millimetres, lying."""
POINTS: Final = 72 / 25.4
"""Points in a millimetre."""
LARGEST_SCALE: Final = 2.0
SMALLEST_RADIUS: Final = 2.3
NUMBER_SIZE: Final = 6.2
NUMBER_ROOM: Final = 3.8
"""Points beside a number, from its symbol and from what comes next."""
HULL_ROOM: Final = 20.0
"""Between the outermost symbols of a group and the edge of its area, at scale 1."""
LINKS_OF_EACH: Final = 2
"""In a crowded map each group draws the heaviest of its lines to other groups."""

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether two boxes overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Say whether ``other`` lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """An actor's symbol."""

    actor: MapActor
    rank: int
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """The square around the symbol."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Area:
    """A group's area: the corners of its members, which are drawn with room around them."""

    name: str
    corners: tuple[Point, ...]
    closed: bool
    """Whether it stands for all its members, as in a crowded map."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``level`` 0 is the thinnest."""

    start: Point
    end: Point
    level: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is drawn on the map itself."""

    frame: Box
    scale: float
    spots: tuple[Spot, ...]
    """By rank."""
    areas: tuple[Area, ...]
    links: tuple[Line, ...]
    """Between groups, in a crowded map."""
    ties: tuple[Line, ...]
    suggestions: tuple[Line, ...]

    @property
    def hull_room(self) -> float:
        """Points between symbols and the edge of their group's area."""
        return max(5.0, HULL_ROOM * math.sqrt(self.scale))


class Placed(NamedTuple):
    """The page's places before they are fitted to paper: computed once for all tries."""

    page: Page
    places: dict[str, tuple[int, int]]
    radii: list[float]


def placed(page: Page) -> Placed:
    """Return where the page's actors stand."""
    sizes = radii([actor.importance for actor in page.content.actors])
    return Placed(page, page.places(sizes), sizes)


def fit(map_: Placed, frame: Box) -> Scene:
    """Return the map fitted into ``frame``."""
    page, places = map_.page, map_.places
    xs, ys = [x for x, _ in places.values()] or [0], [y for _, y in places.values()] or [0]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    # Names stand out to the sides, group names above and below.
    room_x, room_y = frame.right - frame.left - 96, frame.bottom - frame.top - 56
    scale = min(room_x / max(wide, 1), room_y / max(high, 1), LARGEST_SCALE)
    middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    left, top = middle[0] - scale * (min(xs) + max(xs)) / 2, middle[1] - scale * (min(ys) + max(ys)) / 2
    at = {id_: (left + scale * x, top + scale * y) for id_, (x, y) in places.items()}
    seen = _seen(page)
    spots = tuple(
        Spot(actor, number + 1, *at[actor.id], max(SMALLEST_RADIUS, map_.radii[number] * math.sqrt(scale)))
        for number, actor in enumerate(page.content.actors)
        if actor.id in seen
    )
    spots = _with_room(spots, frame)
    at |= {spot.actor.id: (spot.x, spot.y) for spot in spots}
    return Scene(
        frame,
        scale,
        spots,
        tuple(_areas(page, at)),
        tuple(_links(page, at)) if page.crowded else (),
        tuple(_ties(page, at, seen)),
        tuple(Line(at[each.a], at[each.b]) for each in suggested(page) if {each.a, each.b} <= seen),
    )


def _with_room(spots: tuple[Spot, ...], frame: Box) -> tuple[Spot, ...]:
    """Return the symbols moved as little as gives each room for its number at the right."""
    if not spots:
        return spots
    number = np.array([width_of(str(spot.rank), NUMBER_SIZE) for spot in spots]) + NUMBER_ROOM
    radius, places = np.array([spot.radius for spot in spots]), np.array([(spot.x, spot.y) for spot in spots])
    rooms = np.column_stack((2 * radius + number, np.maximum(2 * radius, NUMBER_SIZE * 1.1)))
    aside = np.column_stack((number / 2, np.zeros(len(spots))))
    moved = spread(places + aside, rooms + 0.2) - aside
    x = moved[:, 0].clip(frame.left + radius, frame.right - radius - number)
    y = moved[:, 1].clip(frame.top + rooms[:, 1] / 2, frame.bottom - rooms[:, 1] / 2)
    return tuple(replace(spot, x=float(x[n]), y=float(y[n])) for n, spot in enumerate(spots))


def suggested(page: Page) -> tuple[MapSuggestion, ...]:
    """Return the suggestions whose ends are drawn."""
    return tuple(each for each in page.content.suggestions if each.a in page.drawn and each.b in page.drawn)


def _seen(page: Page) -> set[str]:
    """Return who is shown: of a crowded map the most important of each group, and the ends of suggestions."""
    if not page.crowded:
        return set(page.drawn)
    first: dict[int, str] = {}
    for actor in page.content.actors:
        if actor.id in page.drawn:
            first.setdefault(page.group_of[actor.id], actor.id)
    return {*first.values(), *(end for each in suggested(page) for end in (each.a, each.b))}


def _members(page: Page) -> dict[int, list[str]]:
    """Return who stands in each group's area: not those in the rows below, who have no partner."""
    tied = {end for tie in page.content.ties if {tie.a, tie.b} <= page.drawn for end in (tie.a, tie.b)}
    members: dict[int, list[str]] = defaultdict(list)
    for id_, group in sorted(page.group_of.items()):
        if id_ in page.drawn and (page.crowded or id_ in tied):
            members[group].append(id_)
    return members


def _areas(page: Page, at: dict[str, Point]) -> Iterable[Area]:
    members = _members(page)
    for group, name, count in page.group_sizes():
        if len(members[group]) > 2 or (page.crowded and members[group]):
            full = f"{name} ({count})" if page.crowded else name
            yield Area(full, hull([at[id_] for id_ in members[group]]), page.crowded)


def _ties(page: Page, at: dict[str, Point], seen: set[str]) -> Iterable[Line]:
    """Return the ties that a page draws at rest, the heaviest tenth thick, as the page has it."""
    weights = sorted(tie.weight for tie in page.content.ties)
    bounds = [weights[int((len(weights) - 1) * share)] for share in (0.6, 0.9)] if weights else [0, 0]
    for index, tie in enumerate(page.content.ties):
        if index in page.resting and {tie.a, tie.b} <= seen:
            yield Line(at[tie.a], at[tie.b], sum(tie.weight > bound for bound in bounds))


def _links(page: Page, at: dict[str, Point]) -> Iterable[Line]:
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for tie in page.content.ties:
        first, second = sorted((page.group_of[tie.a], page.group_of[tie.b]))
        if first != second:
            weights[first, second] += tie.weight
    order = sorted(weights, key=lambda pair: (-weights[pair], pair))
    kept = {
        pair for group in page.groups for pair in [each for each in order if group in each][:LINKS_OF_EACH]
    }  # fmt: skip
    middles = {group: _middle([at[id_] for id_ in ids]) for group, ids in _members(page).items()}
    for pair in order:
        if pair in kept and set(pair) <= middles.keys():
            level = round(3 * math.sqrt(weights[pair] / weights[order[0]]))
            yield Line(middles[pair[0]], middles[pair[1]], level)


def _middle(points: Sequence[Point]) -> Point:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def hull(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the corners of the convex hull (Andrew 1979).

    >>> hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    ((0, 0), (2, 0), (2, 2), (0, 2))
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)

    def half(row: Iterable[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in row:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return (*half(ordered), *half(reversed(ordered)))


def _turn(o: Point, p: Point, q: Point) -> float:
    return (p[0] - o[0]) * (q[1] - o[1]) - (p[1] - o[1]) * (q[0] - o[0])
