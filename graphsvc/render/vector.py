"""The map as SVG for paper: real vectors, real text, the same bytes for the same content, made without a browser.

All comes from the page's own content and places (:class:`graphsvc.render.page.Page`) and its shapes and colours
(:mod:`graphsvc.render.palette`); only the strokes are written here a second time, since the page's are JavaScript
(docs/decisions/0023-maps-on-paper.md). Units are points, so that a size of 7 is 7 pt on the paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from graphsvc.model import ActorKind
from graphsvc.render import palette
from graphsvc.render.content import MapContent
from graphsvc.render.faces import FACE
from graphsvc.render.letters import fitted, lines_of, width_of
from graphsvc.render.naming import Label, Names, clean, place_names
from graphsvc.render.page import Page, Words
from graphsvc.render.sheet import NUMBER_SIZE, PAPERS, POINTS, Area, Box, Line, Placed, Scene, Spot, fit, placed
from graphsvc.wording import say

PaperName = Literal["a4", "a3"]
InkName = Literal["light", "grey"]
INKS: Final[Mapping[str, palette.Theme]] = {"light": palette.LIGHT, "grey": palette.GREY}
SANS: Final = f"'{FACE}', Arial, 'Liberation Sans', Helvetica, sans-serif"
MARGIN: Final = 28.0
TITLE_SIZE, SUMMARY_SIZE, LEGEND_SIZE, FOOT_SIZE = 16.0, 8.0, 8.0, 7.0
TIE_WIDTHS: Final = (0.5, 0.9, 1.5, 2.4)
KEY_COLUMN: Final = 124.0
"""Width of a column of the key of numbers."""
KEY_LINE: Final = 7.7
MOST_COLUMNS: Final = {"a4": 2, "a3": 3}


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a map goes on paper."""

    paper: PaperName = "a4"
    ink: InkName = "light"
    face: str = SANS
    """The fonts, as CSS names them."""
    pages_follow: bool = False
    """Whether further pages hold the names that found no room."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = PAPERS[self.paper]
        return round(width * POINTS, 2), round(height * POINTS, 2)


class Picture(NamedTuple):
    """A map on paper."""

    svg: str
    title: str
    description: str
    """What stands in for the picture where it can't be seen."""
    left_over: tuple[tuple[int, str], ...]
    """Number and name of those whose name stands nowhere on the sheet."""


def draw(content: MapContent, sheet: Sheet = Sheet()) -> Picture:
    """Return the map on one sheet. The same content and sheet give the same text in every process."""
    page = Page(content)
    words = Words(content.language)
    width, height = sheet.size
    title = clean(content.title) or words.say("title")
    said = [
        line
        for text in (content.imprint.caption, content.summary)
        for line in lines_of(clean(text), SUMMARY_SIZE, width - 2 * MARGIN, 2)
    ]
    legend = list(_flowed(_legend(page, words), width - 2 * MARGIN))
    rows = 1 + max((entry.row for entry in legend), default=0)
    top = MARGIN + TITLE_SIZE + 4 + 10 * len(said) + 4
    bottom = height - MARGIN - FOOT_SIZE - 6 - 13 * rows
    scene, names, columns = _arranged(placed(page), Box(MARGIN, top, width - MARGIN, bottom), sheet)
    ink, source = INKS[sheet.ink], clean(page.footer())
    described = say("paper", "description", content.language, summary=clean(content.alternative), source=source)
    pen = Pen(sheet, title, described)
    pen.add("rect", width=width, height=height, fill=ink["page"])
    pen.group("heading")  # first: a PDF is read in the order in which it is drawn
    pen.text(fitted(title, TITLE_SIZE, width - 2 * MARGIN, bold=True), MARGIN, MARGIN + 12, TITLE_SIZE, ink, bold=True)
    for number, line in enumerate(said):
        pen.text(line, MARGIN, MARGIN + TITLE_SIZE + 10 + 10 * number, SUMMARY_SIZE, ink)
    draw_scene(pen, scene, names, ink, words)
    _draw_legend(pen, legend, bottom + 12, ink)
    pen.group("source")
    foot = fitted(source, FOOT_SIZE, width - 2 * MARGIN)
    pen.text(foot, MARGIN, height - MARGIN + 2, FOOT_SIZE, ink, colour=ink["muted"])
    left_over = _draw_key(pen, names, Key(scene.frame.right + 12, top, bottom, columns), ink, content.language)
    return Picture(pen.svg(), title, described, left_over)


class Pen:
    """Writes SVG elements; text is escaped by the XML library, coordinates have two decimals."""

    def __init__(self, sheet: Sheet, title: str, description: str) -> None:
        width, height = sheet.size
        millimetres = PAPERS[sheet.paper]
        self.root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": f"{millimetres[0]}mm",
                "height": f"{millimetres[1]}mm",
                "viewBox": f"0 0 {width:g} {height:g}",
                "role": "img",
                "aria-labelledby": "map-title map-description",
                "font-family": sheet.face,
            },
        )
        self.into = self.root
        self.add("title", id="map-title").text = title
        self.add("desc", id="map-description").text = description

    def add(self, name: str, **attributes: float | str) -> Element:
        """Add an element and return it; ``stroke_width`` is the attribute ``stroke-width``."""
        written = {key.replace("_", "-"): _written(value) for key, value in attributes.items()}
        return SubElement(self.into, name, written)

    def group(self, id_: str, **attributes: float | str) -> None:
        """Let what follows go into a new group."""
        self.into = self.root
        self.into = self.add("g", id=id_, **attributes)

    def lines(self, lines: Iterable[Line], **look: float | str) -> None:
        """Draw lines as one path."""
        path = "".join(f"M{_at(*line.start)}L{_at(*line.end)}" for line in lines)
        if path:
            self.add("path", d=path, fill="none", **look)

    def symbol(self, kind: ActorKind, x: float, y: float, radius: float, ink: palette.Theme) -> Element:
        """Draw a kind's symbol and return its element."""
        corners = palette.SHAPES[kind]
        look: dict[str, float | str] = {
            "fill": ink[kind],
            "stroke": ink["outline"],
            "stroke_width": 0.7,
            "stroke_linejoin": "round",
        }
        if not corners:
            return self.add("circle", cx=x, cy=y, r=radius, **look)
        path = "M" + "L".join(_at(x + dx * radius, y + dy * radius) for dx, dy in corners) + "Z"
        return self.add("path", d=path, **look)

    def text(
        self, words: str, x: float, y: float, size: float, ink: palette.Theme, *, colour: str = "", bold: bool = False
    ) -> Element:
        """Write a line of text that begins at ``x`` and return its element."""
        element = self.add("text", x=x, y=y, font_size=size, fill=colour or ink["text"])
        if bold:
            element.set("font-weight", "bold")
        element.text = words
        return element

    def label(self, label: Label, ink: palette.Theme, colour: str) -> None:
        """Write a text of the map on a pane and with a rim in the paper's colour, which keep it clear of lines.

        The rim is thin: what draws PDF gives each letter its own, and a wide one eats the letter before.
        """
        left, top, right, bottom = label.box
        self.add("rect", x=left, y=top, width=right - left, height=bottom - top, rx=1.5, fill=ink["page"], opacity=0.7)
        element = self.text(label.text, label.x, label.y, label.size, ink, colour=colour, bold=label.bold)
        element.set("text-anchor", label.anchor)
        for key, value in {"stroke": ink["page"], "stroke-width": "0.9", "paint-order": "stroke"}.items():
            element.set(key, value)

    def svg(self) -> str:
        """Return what was drawn."""
        indent(self.root, "")
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(self.root, encoding="unicode") + "\n"


def _arranged(map_: Placed, frame: Box, sheet: Sheet) -> tuple[Scene, Names, int]:
    """Return the map with as many columns beside it for the key of numbers as it needs.

    None where they would not do and further pages follow: the map has the whole sheet then, and names more by itself.
    """
    rows, most = int((frame.bottom - frame.top) / KEY_LINE) - 3, MOST_COLUMNS[sheet.paper]

    def beside(columns: int) -> tuple[Scene, Names, int]:
        room = KEY_COLUMN * columns + (12 if columns else 0)
        scene = fit(map_, frame._replace(right=frame.right - room))
        return scene, place_names(scene), columns

    whole = beside(0)
    # The narrower the map, the more numbers it has: so many columns it needs at least.
    least = -(-len(whole[1].numbered) // rows)
    if least == 0 or (least > most and sheet.pages_follow):
        return whole
    for columns in range(min(least, most), most + 1):
        tried = beside(columns)
        if len(tried[1].numbered) <= columns * rows:
            return tried
    return whole if sheet.pages_follow else tried


def draw_scene(pen: Pen, scene: Scene, names: Names, ink: palette.Theme, words: Words) -> None:
    """Draw what is on the map itself: areas, lines, symbols, and names on top of all."""
    pen.group("groups", stroke_linejoin="round", stroke_linecap="round")
    pen.lines(scene.links, stroke=ink["tie"], stroke_width=1.2, opacity=0.6)
    for area in scene.areas:
        _draw_area(pen, area, scene.hull_room, ink)
    # Many ties are drawn fainter: together they stay a texture behind the names.
    pen.group("ties", opacity=max(0.4, min(0.8, math.sqrt(190 / max(len(scene.ties), 1)))), stroke_linecap="round")
    for level in range(3):
        lines = [line for line in scene.ties if line.level == level]
        pen.lines(lines, stroke=ink["tie-strong" if level == 2 else "tie"], stroke_width=TIE_WIDTHS[level])
    pen.group("suggestions")
    for line in scene.suggestions:
        pen.lines([line], stroke=ink["suggestion"], stroke_width=1.4, stroke_dasharray="5 3")
    pen.group("actors")
    # From the last rank to the first: the most important lie on top.
    for spot in reversed(scene.spots):
        _draw_spot(pen, spot, ink, words)
    pen.group("names")
    for label in names.actors:
        pen.label(label, ink, ink["text"])
    for label in names.groups:
        pen.label(label, ink, ink["group"])


def _draw_spot(pen: Pen, spot: Spot, ink: palette.Theme, words: Words) -> None:
    drawn = pen.symbol(spot.actor.kind, spot.x, spot.y, spot.radius, ink)
    SubElement(drawn, "title").text = f"{clean(spot.actor.name)} ({words.kind(spot.actor.kind)})"


def _draw_area(pen: Pen, area: Area, room: float, ink: palette.Theme) -> None:
    path = "M" + "L".join(_at(x, y) for x, y in area.corners) + ("Z" if len(area.corners) > 2 else "")
    if area.closed:
        path += "Z" if path[-1] != "Z" else ""
        pen.add("path", d=path, stroke=ink["group"], stroke_width=2 * room + 1.4)
    pen.add("path", d=path, stroke=ink["hull"], stroke_width=2 * room, fill=ink["hull"])


class Entry(NamedTuple):
    """An entry of the legend: a kind, ``tie``, ``tie-strong``, ``suggestion`` or, for words alone, nothing."""

    sign: str
    text: str
    x: float = 0.0
    row: int = 0


def _legend(page: Page, words: Words) -> Iterator[Entry]:
    for kind, count in page.kinds().items():
        yield Entry(kind.value, f"{words.kind(kind)} ({words.number(count)})")
    if page.content.ties:
        yield Entry("tie", words.say("line_tie"))
        yield Entry("tie-strong", say("paper", "tie_strong", words.language))
    if page.content.suggestions:
        yield Entry("suggestion", words.say("line_suggestion"))
    if page.crowded:
        yield Entry("", say("paper", "closed", words.language))
    if page.content.actors:
        yield Entry("", words.say("size", measure=words.measure(page.content.size_measure)))


def _flowed(entries: Iterable[Entry], room: float) -> Iterator[Entry]:
    """Return the entries with their places in rows."""
    x, row = 0.0, 0
    for entry in entries:
        width = _sign_width(entry.sign) + width_of(entry.text, LEGEND_SIZE) + 16
        if x and x + width > room:
            x, row = 0.0, row + 1
        yield entry._replace(x=x, row=row)
        x += width


def _sign_width(sign: str) -> float:
    return 0.0 if not sign else 28.0 if sign in ("tie", "tie-strong", "suggestion") else 13.0


def _draw_legend(pen: Pen, legend: Iterable[Entry], top: float, ink: palette.Theme) -> None:
    pen.group("legend")
    for entry in legend:
        x, y = MARGIN + entry.x, top + 13 * entry.row
        if entry.sign == "suggestion":
            pen.lines([Line((x, y), (x + 24, y))], stroke=ink["suggestion"], stroke_width=1.4, stroke_dasharray="5 3")
        elif entry.sign.startswith("tie"):
            level = 2 if entry.sign == "tie-strong" else 0
            pen.lines([Line((x, y), (x + 24, y))], stroke=ink[entry.sign], stroke_width=TIE_WIDTHS[level])
        elif entry.sign:
            pen.symbol(ActorKind(entry.sign), x + 5, y, 4, ink)
        pen.text(entry.text, x + _sign_width(entry.sign), y + 2.8, LEGEND_SIZE, ink)


class Key(NamedTuple):
    """Where the names of the numbers stand."""

    left: float
    top: float
    bottom: float
    columns: int


def _draw_key(pen: Pen, names: Names, key: Key, ink: palette.Theme, language: str) -> tuple[tuple[int, str], ...]:
    """Write which number is who; return those for whom there was no room."""
    entries = [(spot.rank, clean(spot.actor.name)) for spot in names.numbered]
    if not key.columns:
        if entries:
            pen.group("key")
            element = pen.text(
                say("paper", "further_here", language), key.left - 12, key.bottom, FOOT_SIZE, ink, bold=True
            )
            element.set("text-anchor", "end")
        return tuple(entries)
    pen.group("key")
    rows = int((key.bottom - key.top) / KEY_LINE) - 3
    pen.text(say("paper", "numbers", language), key.left, key.top + 8, FOOT_SIZE, ink, bold=True)
    shown = entries[: rows * key.columns]
    for index, (rank, name) in enumerate(shown):
        column, row = divmod(index, rows)
        x, y = key.left + KEY_COLUMN * column, key.top + 18 + KEY_LINE * row
        element = pen.text(str(rank), x + 13, y, NUMBER_SIZE, ink, bold=True)
        element.set("text-anchor", "end")
        pen.text(fitted(name, NUMBER_SIZE, KEY_COLUMN - 24), x + 17, y, NUMBER_SIZE, ink)
    left_over = tuple(entries[len(shown) :])
    if left_over:
        further = say("paper", "further", language)
        pen.text(fitted(further, NUMBER_SIZE, KEY_COLUMN * key.columns), key.left, key.bottom, NUMBER_SIZE, ink)
    return left_over


def _at(x: float, y: float) -> str:
    return f"{_written(x)} {_written(y)}"


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else f"{round(value, 2) + 0.0:.10g}"
