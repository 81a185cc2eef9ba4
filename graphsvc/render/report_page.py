"""The report as a page: one HTML file without a script, that works with the cable out, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graphsvc import wording
from graphsvc.render import palette
from graphsvc.render.charts import chart_svg, check_charts
from graphsvc.render.map import policy, static, tight
from graphsvc.render.page import safe_address
from graphsvc.render.plain import plain
from graphsvc.render.report_content import Block, Cell, Chart, Drawing, Mark, Report
from graphsvc.render.report_record import ELEMENT, as_json
from graphsvc.render.report_words import MARKS, mark_of, shown


def render_report(report: Report) -> str:
    """Return the page as HTML text; the same report gives the same text in every process.

    :class:`graphsvc.errors.InvalidValue` where what draws charts is not installed.
    """
    check_charts()
    css = palette.css() + tight(static("report.css"))
    if "</style" in css.lower():
        raise AssertionError("the style of the report would end its own element")
    context: Mapping[str, object] = {
        "report": report,
        "words": _Words(report.language),
        "css": Markup(css),  # noqa: S704  # ours, no data in it
        "policy": policy(css),
        "data": Markup(as_json(report.record)),  # noqa: S704  # JSON in which nothing can end the element
        "data_element": ELEMENT,
        "svg": lambda block: Markup(_svg(block, report.language)),  # noqa: S704  # both libraries escape all text
        "kind_of": kind_of,
    }
    made = Environment(
        loader=PackageLoader("graphsvc.render"), autoescape=True, undefined=StrictUndefined, finalize=_printable
    )
    made.filters["address"] = safe_address
    text = made.get_template("report.html").render(context)
    return text if text.endswith("\n") else text + "\n"


def kind_of(block: Block) -> str:
    """Return the name of the macro that writes a block."""
    return type(block).__name__


class _Words:
    """Texts of the page in its language, for the template."""

    def __init__(self, language: str) -> None:
        self._language = language

    def say(self, key: str, **parameters: object) -> str:
        """Return a text of the report."""
        return wording.say("report", key, self._language, **parameters)

    def shown(self, cell: Cell) -> str:
        """Return a cell as text."""
        return shown(cell, self._language)

    def mark(self, cell: Cell) -> str:
        """Return the name of a cell's mark; nothing for none."""
        found = mark_of(cell)
        return "" if found is Mark.NONE else found.value

    def sign(self, cell: Cell) -> str:
        """Return the sign of a cell's mark."""
        return MARKS[mark_of(cell)]

    def standing(self, mark: str) -> str:
        """Return a mark in words."""
        return wording.say("gaps", f"standing.{mark}", self._language)


_PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8"?>'


def _svg(block: Chart | Drawing, language: str) -> str:
    if isinstance(block, Chart):
        return chart_svg(block, language)
    return block.svg.removeprefix(_PROLOGUE).strip()


def _printable(value: object) -> object:
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
