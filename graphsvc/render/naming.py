"""Which names stand where on a map on paper; whoever finds no place for the name gets a number beside the symbol."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from graphsvc.render.letters import fitted, width_of
from graphsvc.render.plain import plain
from graphsvc.render.room import NOBODY, Room
from graphsvc.render.sheet import NUMBER_SIZE, Area, Box, Scene, Spot

NAME_SIZE: Final = 6.6
GROUP_SIZE: Final = 8.0
ALWAYS: Final = 8
"""So many of the first ranks are named even where that hides a part of other symbols."""
GAP_LIKE_A_NUMBER: Final = 8.0
"""Points between a group's name and its area that are as bad as one more number without a place."""
LONGEST: Final = 118.0
"""Most points of a name beside its symbol."""
ASCENT, DESCENT = 0.74, 0.26
"""Shares of the size above and below the line that letters stand on."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on the map; ``y`` is the line that its letters stand on."""

    text: str
    x: float
    y: float
    anchor: str
    """``start``, ``middle`` or ``end``."""
    size: float
    box: Box
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """All texts on a map, and whose name is not among them."""

    groups: tuple[Label, ...]
    actors: tuple[Label, ...]
    """Numbers that had to go on their symbols come first: any name that lies there is drawn over them."""
    numbered: tuple[Spot, ...]
    """By rank: their numbers need a key."""


def place_names(scene: Scene) -> Names:
    """Return the texts of a map: groups first, then actors by rank, at most one text at a place.

    A name may not take the last place that someone else has for a number, unless it is among the first.
    """
    symbols = [spot.box for spot in scene.spots]
    numbers = [list(_beside(spot, str(spot.rank), NUMBER_SIZE)) for spot in scene.spots]
    room = Room(scene.frame, symbols, [[each.box for each in places] for places in numbers])
    groups = [label for area in scene.areas if (label := _group_name(area, scene, room))]
    actors: list[Label] = []
    squeezed: list[Label] = []
    numbered: list[Spot] = []
    for own, spot in enumerate(scene.spots):
        label = _name(spot, own, room)
        if label:
            room.take(label.box, own)
            actors.append(label)
        else:
            numbered.append(spot)
    while (own := room.tightest()) != NOBODY:
        label = _number(scene.spots[own], own, numbers[own], room)
        (actors if room.fits(label.box, own) else squeezed).append(label)
        room.take(label.box, own)
    return Names(tuple(groups), (*squeezed, *actors), tuple(numbered))


def _group_name(area: Area, scene: Scene, room: Room) -> Label | None:
    """Return a group's name where it hides nothing, or else where it hides least: in or near the group's area."""
    label = next(
        (each for each in _of_area(area, scene) if room.fits(each.box) and not room.crowds_out(each.box)), None
    )
    if label is None:
        choices = list(_about(area, scene))
        costs = room.costs([each.box for each in choices])
        apart = [_gap(each.box, area) / GAP_LIKE_A_NUMBER for each in choices]
        best = min(range(len(choices)), key=lambda n: (costs[n] + apart[n], n), default=-1)
        label = choices[best] if choices and math.isfinite(costs[best]) else None
    if label:
        room.take(label.box)
    return label


def _name(spot: Spot, own: int, room: Room) -> Label | None:
    choices = list(_beside(spot, fitted(clean(spot.actor.name), NAME_SIZE, LONGEST), NAME_SIZE))
    if spot.rank > ALWAYS:
        return next((each for each in choices if room.fits(each.box, own) and not room.crowds_out(each.box, own)), None)
    return _first(choices, room, own) or _least_hiding(choices, room)


def _number(spot: Spot, own: int, places: list[Label], room: Room) -> Label:
    """Return where a number stands: where it leaves others a place; on its symbol where there is none."""
    free = [each for each in places if room.fits(each.box, own)]
    if free:
        return min(free, key=lambda each: room.crowds_out(each.box, own))
    return _label(str(spot.rank), spot.x, spot.y, "middle", NUMBER_SIZE)


def _first(choices: Iterable[Label], room: Room, own: int = NOBODY) -> Label | None:
    return next((label for label in choices if room.fits(label.box, own)), None)


def _least_hiding(choices: Iterable[Label], room: Room) -> Label | None:
    """Return the label on no other text that hides the fewest symbols."""
    free = [label for label in choices if room.fits(label.box, hide_symbols=True)]
    return min(free, key=lambda label: room.hidden(label.box), default=None)


def clean(text: str) -> str:
    """Return a text in one line.

    >>> clean("a \\n b\\x00")
    'a b'
    """
    return " ".join(plain(text).split())


def _beside(spot: Spot, text: str, size: float) -> Iterator[Label]:
    x, y, far = spot.x, spot.y, spot.radius + 1.8
    yield _label(text, x + far, y, "start", size)
    yield _label(text, x - far, y, "end", size)
    yield _label(text, x, y + far + size / 2, "middle", size)
    yield _label(text, x, y - far - size / 2, "middle", size)
    near = far * 0.75
    for dy in (near + size / 3, -near - size / 3):
        yield _label(text, x + near, y + dy, "start", size)
        yield _label(text, x - near, y + dy, "end", size)


def _of_area(area: Area, scene: Scene) -> Iterator[Label]:
    """Yield places for a group's name: in its middle if it is closed, else above, below and at the sides."""
    text = fitted(clean(area.name), GROUP_SIZE, 230, bold=True)
    xs, ys = [x for x, _ in area.corners], [y for _, y in area.corners]
    left, right, middle = min(xs), max(xs), (min(xs) + max(xs)) / 2
    top, bottom = min(ys) - scene.hull_room, max(ys) + scene.hull_room
    if area.closed:
        for step in (0, -14, 14, -28, 28):
            yield _label(text, middle, (top + bottom) / 2 + step, "middle", GROUP_SIZE, bold=True)
    peak = xs[ys.index(min(ys))]
    for away in (7, 17):
        for x in (peak, middle, left, right):
            yield _label(text, x, top - away, "middle", GROUP_SIZE, bold=True)
        for x in (middle, left, right):
            yield _label(text, x, bottom + away, "middle", GROUP_SIZE, bold=True)
    y = top + 12
    while y < bottom:
        yield _label(text, left - 4, y, "end", GROUP_SIZE, bold=True)
        yield _label(text, right + 4, y, "start", GROUP_SIZE, bold=True)
        yield _label(text, middle, y, "middle", GROUP_SIZE, bold=True)
        y += 12


def _about(area: Area, scene: Scene) -> Iterator[Label]:
    """Yield places for a group's name all over its area and close around it."""
    text = fitted(clean(area.name), GROUP_SIZE, 230, bold=True)
    xs, ys = [x for x, _ in area.corners], [y for _, y in area.corners]
    aside = width_of(text, GROUP_SIZE, bold=True) / 2 + scene.hull_room
    for y in np.arange(min(ys) - scene.hull_room - 14, max(ys) + scene.hull_room + 15, 3.0):
        for x in np.arange(min(xs) - aside, max(xs) + aside + 1, 8.0):
            yield _label(text, float(x), float(y), "middle", GROUP_SIZE, bold=True)


def _gap(box: Box, area: Area) -> float:
    """Return how far a box is from the rectangle around an area's corners."""
    xs, ys = [x for x, _ in area.corners], [y for _, y in area.corners]
    aside = max(0.0, min(xs) - box.right, box.left - max(xs))
    return math.hypot(aside, max(0.0, min(ys) - box.bottom, box.top - max(ys)))


def _label(text: str, x: float, y: float, anchor: str, size: float, *, bold: bool = False) -> Label:
    """Return a text whose middle is at height ``y``."""
    width = width_of(text, size, bold=bold)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    box = Box(left - 1, y - size * 0.55, left + width + 1, y + size * 0.55)
    return Label(text, x, y + size * (ASCENT - DESCENT) / 1.45, anchor, size, box, bold)
