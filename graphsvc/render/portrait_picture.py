"""The small map of a portrait as SVG: places and strokes are those of any map on paper, on a smaller sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graphsvc.model import ActorKind
from graphsvc.render.content import MapContent
from graphsvc.render.letters import fitted, width_of
from graphsvc.render.naming import clean, place_names
from graphsvc.render.page import Page, Words
from graphsvc.render.sheet import POINTS, Box, fit, placed
from graphsvc.render.vector import INKS, Pen, Sheet, draw_scene

LEGEND_SIZE: Final = 6.0
_LINE: Final = 9.0
_EDGE: Final = 2.0
_KEY_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class Frame(Sheet):
    """A sheet of any size, in points."""

    width: float = 240.0
    height: float = 180.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width, self.height


def picture(content: MapContent, frame: Frame = Frame()) -> str:  # frozen
    """Return the map, under it the kinds, and who the numbers are. The same content and frame give the same text."""
    page, words, ink = Page(content), Words(content.language), INKS[frame.ink]
    map_, legend = placed(page), _legend(page, words, frame.width - 2 * _EDGE)
    under = 1 + max((row for *_, row in legend), default=-1)
    rows = 0
    while True:
        bottom = frame.height - _EDGE - _LINE * (under + rows)
        scene = fit(map_, Box(_EDGE, _EDGE, frame.width - _EDGE, bottom))
        names = place_names(scene)
        if rows >= (needed := -(-len(names.numbered) // _KEY_COLUMNS)):
            break
        rows = needed
    pen = Pen(frame, clean(content.title), clean(content.alternative))
    for name, points in (("width", frame.width), ("height", frame.height)):
        pen.root.set(name, f"{points / POINTS:.2f}mm")
    draw_scene(pen, scene, names, ink, words)
    pen.group("legend")
    for kind, text, x, row in legend:
        y = bottom + _LINE * (row + 0.6)
        pen.symbol(kind, _EDGE + x + 3, y, 2.8, ink)
        pen.text(text, _EDGE + x + 8, y + 2.2, LEGEND_SIZE, ink)
    pen.group("key")
    column = (frame.width - 2 * _EDGE) / _KEY_COLUMNS
    for at, spot in enumerate(names.numbered):
        x, y = _EDGE + column * (at % _KEY_COLUMNS), bottom + _LINE * (under + at // _KEY_COLUMNS + 0.6) + 2.2
        pen.text(fitted(f"{spot.rank} {clean(spot.actor.name)}", LEGEND_SIZE, column - 4), x, y, LEGEND_SIZE, ink)
    return pen.svg()


def _legend(page: Page, words: Words, room: float) -> list[tuple[ActorKind, str, float, int]]:
    """Return kind, its name, place in its row, and row."""
    found, x, row = [], 0.0, 0
    for kind in page.kinds():
        text = words.kind(kind)
        width = 16 + width_of(text, LEGEND_SIZE)
        if x and x + width > room:
            x, row = 0.0, row + 1
        found.append((kind, text, x, row))
        x += width
    return found
