"""Which names stand where on a map on paper; whoever finds no place for the name gets a number beside the symbol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graphsvc.render.letters import fitted, width_of
from graphsvc.render.plain import plain
from graphsvc.render.sheet import Area, Box, Scene, Spot

NAME_SIZE: Final = 6.6
NUMBER_SIZE: Final = 6.2
GROUP_SIZE: Final = 8.0
ALWAYS: Final = 8
"""So many of the first ranks are named even where that hides a part of other symbols."""
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
    numbered: tuple[Spot, ...]
    """By rank: their numbers need a key."""


def place_names(scene: Scene) -> Names:
    """Return the texts of a map: groups first, then actors by rank, at most one text at a place."""
    taken: list[Box] = []
    symbols = [spot.box for spot in scene.spots]
    groups = []
    for area in scene.areas:
        choices = list(_of_area(area, scene))
        label = _first_free(choices, scene, taken, symbols) or _least_hiding(choices, scene, taken, symbols)
        groups += [label] if label else []
    actors, numbered = [], []
    for spot in scene.spots:
        others = [box for box in symbols if box != spot.box]
        text = fitted(clean(spot.actor.name), NAME_SIZE, LONGEST)
        label = _first_free(_beside(spot, text, NAME_SIZE), scene, taken, others)
        if not label and spot.rank <= ALWAYS:
            label = _least_hiding(_beside(spot, text, NAME_SIZE), scene, taken, others)
        if label:
            actors.append(label)
        else:
            numbered.append(spot)
    for spot in numbered:
        others = [box for box in symbols if box != spot.box]
        text = str(spot.rank)
        on_it = _label(text, spot.x, spot.y, "middle", NUMBER_SIZE)
        free = _first_free(_beside(spot, text, NUMBER_SIZE), scene, taken, others)
        actors.append(free or _first_free([on_it], scene, taken, []) or on_it)
    return Names(tuple(groups), tuple(actors), tuple(numbered))


def clean(text: str) -> str:
    """Return a text in one line.

    >>> clean("a \\n b\\x00")
    'a b'
    """
    return " ".join(plain(text).split())


def _first_free(choices: Iterable[Label], scene: Scene, taken: list[Box], symbols: list[Box]) -> Label | None:
    for label in choices:
        box = label.box
        if scene.frame.holds(box) and not any(box.meets(each) for each in (*taken, *symbols)):
            taken.append(box)
            return label
    return None


def _least_hiding(choices: Iterable[Label], scene: Scene, taken: list[Box], symbols: list[Box]) -> Label | None:
    """Return the free label that hides the fewest symbols."""

    def hidden(label: Label) -> int:
        return sum(label.box.meets(each) for each in symbols)

    return _first_free(sorted(choices, key=hidden), scene, taken, [])


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


def _label(text: str, x: float, y: float, anchor: str, size: float, *, bold: bool = False) -> Label:
    """Return a text whose middle is at height ``y``."""
    width = width_of(text, size, bold=bold)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    box = Box(left - 1, y - size * 0.55, left + width + 1, y + size * 0.55)
    return Label(text, x, y + size * (ASCENT - DESCENT) / 1.45, anchor, size, box, bold)
