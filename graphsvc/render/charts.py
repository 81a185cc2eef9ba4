"""Charts of reports as SVG, by matplotlib: the same data gives the same bytes, text stays text.

Series differ in dash or hatch as well as in colour (Okabe and Ito 2008), so that a chart reads without colour vision
and in a grey print. What is drawn has presentation attributes only, no style: a page's security policy allows those,
and its style sheet may recolour text and lines for a dark screen. Beside each chart stands its table, and a text tells
what is to be seen.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree  # only what matplotlib itself wrote is read

from graphsvc.errors import InvalidValue
from graphsvc.render.faces import FACE
from graphsvc.render.plain import plain
from graphsvc.render.report_content import Chart, ChartKind
from graphsvc.wording import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS: Final = ("#0072b2", "#d9d9d9", "#009e73", "#cc79a7")
"""Of the series: they differ in lightness, too."""
TEXT: Final = "#16202b"
MUTED: Final = "#526070"
GRID: Final = "#d0d7de"
WIDTH: Final = 7.0
"""Inches: what the text of an A4 page is wide."""
_PANEL: Final = 1.15
_BAR: Final = 0.26
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "graphsvc",
    "font.family": [FACE],
    "font.size": 8.5,
    "text.color": TEXT,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": TEXT,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": TEXT,
    "ytick.labelcolor": TEXT,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.parse_math": False,  # a $ in a name is a $
}
_ONE: Final = Lock()
"""matplotlib's settings are those of the process."""
FACES: Final = f"'{FACE}', Arial, 'Liberation Sans', Helvetica, sans-serif"


def check_charts() -> None:
    """Raise :class:`InvalidValue` where what draws charts is not installed."""
    if importlib.util.find_spec("matplotlib") is None:
        raise InvalidValue(
            "The charts of a report need the package matplotlib, which is not installed.",
            remedy='Install it with: pip install "graphsvc[print]". Or write .xlsx, which needs nothing.',
            field="format",
        )


def chart_svg(chart: Chart, language: str) -> str:
    """Return a chart as an SVG element. Errors: those of :func:`check_charts`."""
    check_charts()
    # Costs half a second: only those who draw wait for it. Without pyplot there is no state that threads would share.
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with _ONE, matplotlib.rc_context(_SETTINGS):
        figure = Figure(layout="constrained")
        FigureCanvasSVG(figure)
        _lines(figure, chart, language) if chart.kind is ChartKind.LINES else _bars(figure, chart, language)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _clean(file.getvalue(), chart)


def _lines(figure: Figure, chart: Chart, language: str) -> None:
    """Draw each series in a panel of its own: they have scales of their own."""
    figure.set_size_inches(WIDTH, _PANEL * len(chart.series) + 0.3)
    panels = figure.subplots(len(chart.series), 1, sharex=True, squeeze=False)
    for (axes,), series in zip(panels, chart.series, strict=True):
        seats = list(range(len(chart.categories)))
        values = [float("nan") if value is None else value for value in series.values]
        axes.plot(seats, values, color=COLOURS[0], marker="o", markersize=4, linewidth=1.8)
        axes.set_title(plain(series.name), loc="left", fontsize=9, fontweight="bold", color=TEXT)
        axes.set_ylim(0, max([value for value in values if value == value], default=1.0) * 1.25 or 1.0)
        axes.set_xlim(-0.4, len(seats) - 0.6)
        axes.set_xticks(seats, [plain(each) for each in chart.categories])
        _quiet(axes, language, chart.digits, "y")
        for seat, value in zip(seats, series.values, strict=True):
            if value is not None and seat in (0, seats[-1]):
                at = (0, 5)
                text = number(value, language, _digits(value, chart.digits))
                axes.annotate(text, (seat, value), at, textcoords="offset points", ha="center", fontsize=8)


def _bars(figure: Figure, chart: Chart, language: str) -> None:
    """Draw horizontal bars, those of one category one below the other, each with its number."""
    series, rows = chart.series, len(chart.categories)
    figure.set_size_inches(WIDTH, _BAR * rows * (len(series) + 0.6) + (0.8 if len(series) > 1 else 0.4))
    axes = figure.subplots()
    height = 0.8 / len(series)
    for place, each in enumerate(series):
        seats = [row + (place - (len(series) - 1) / 2) * height for row in range(rows)]
        values = [value or 0.0 for value in each.values]
        hatch = "////" if place % 2 else ""
        look: dict[str, Any] = {"color": COLOURS[place], "edgecolor": MUTED if place else COLOURS[place]}
        axes.barh(seats, values, height * 0.9, label=plain(each.name), hatch=hatch, linewidth=0.6, **look)
        for seat, value in zip(seats, each.values, strict=True):
            text = "–" if value is None else number(value, language, _digits(value, 1))
            axes.annotate(
                text, (value or 0.0, seat), (4, 0), textcoords="offset points", va="center", fontsize=7.5, color=TEXT
            )
    axes.set_yticks(range(rows), [plain(name) for name in chart.categories])
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xmargin(0.12)
    axes.tick_params(axis="y", length=0)
    _quiet(axes, language, chart.digits, "x")
    if len(series) > 1:
        figure.legend(loc="outside lower center", ncols=len(series), frameon=False, fontsize=8)


def _quiet(axes: Axes, language: str, digits: int, across: Any) -> None:
    """Leave of axis and grid what helps to read a value."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = axes.yaxis if across == "y" else axes.xaxis
    axis.set_major_locator(MaxNLocator(4, integer=not digits))
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language, _digits(value, digits or 1))))
    axes.grid(axis=across, color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis=across, length=0)


def _digits(value: float, most: int) -> int:
    return 0 if float(value).is_integer() else most


def _clean(svg: str, chart: Chart) -> str:
    """Return matplotlib's SVG as an element for a page: attributes for styles, own ids, words for the picture."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(svg)  # noqa: S314  # what matplotlib wrote, not what somebody sent
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        _plain_look(element)
        for name, value in list(element.attrib.items()):
            element.set(name, _own_ids(name, value, chart.id))
    root.set("role", "img")
    root.set("aria-label", f"{plain(chart.title)}. {plain(chart.alternative)}")
    root.set("font-family", FACES)
    root.set("class", "chart")
    root.set("stroke-linejoin", "round")
    return ElementTree.tostring(root, encoding="unicode")


def _plain_look(element: ElementTree.Element) -> None:
    """Turn a style into attributes; the face stands once, at the root."""
    for name, value in _declared(element.attrib.pop("style", "")):
        if name == "font":
            weight, size = _font(value)
            element.set("font-size", size)
            if weight:
                element.set("font-weight", weight)
        elif name != "font-family":
            element.set(name, value)


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if value:
            yield name.strip(), value.strip()


def _font(value: str) -> tuple[str, str]:
    """Return weight and size of the short form: ``700 9px 'DejaVu Sans'``."""
    parts = value.split("'", 1)[0].split()
    size = next(part for part in parts if part.endswith("px"))
    weight = next((part for part in parts if part in ("bold", "700")), "")
    return weight, size


def _own_ids(name: str, value: str, chart: str) -> str:
    if name == "id":
        return f"{chart}-{value}"
    if name == f"{{{_XLINK}}}href" and value.startswith("#"):
        return f"#{chart}-{value[1:]}"
    return value.replace("url(#", f"url(#{chart}-")
