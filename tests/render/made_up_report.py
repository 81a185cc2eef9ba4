"""A report made up for tests: every kind of block, with any text in every field that data could reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

from graphsvc.render.report_content import (
    Amount,
    Block,
    Chart,
    ChartKind,
    Column,
    Drawing,
    Finding,
    Findings,
    Form,
    KeyFigure,
    KeyFigures,
    Mark,
    Points,
    Record,
    Report,
    Section,
    Series,
    Table,
    Term,
    Terms,
    Text,
)
from graphsvc.render.vector import draw
from tests.render.made_up_map import HOSTILE, hostile_map, made_up_map


def made_up_report(language: str = "en") -> Report:
    """Return a report with tame texts."""
    numbers = count(1)
    return _report(lambda: f"Ääkkösiä {next(numbers)}", language, draw(made_up_map(40, 4, 6, language)).svg)


def hostile_report(language: str = "en") -> Report:
    """Return a report with script in every text."""
    numbers = count()
    return _report(lambda: HOSTILE[next(numbers) % len(HOSTILE)], language, draw(hostile_map(language)).svg)


def table(text: Callable[[], str], id_: str = "table") -> Table:
    """Return a table with a cell of every kind."""
    rows = (
        (text(), Amount(0, mark=Mark.EMPTY), Amount(0.256, 1, Form.SHARE), 1234, date(2024, 12, 31), text()),
        (text(), Amount(1, mark=Mark.THIN), Amount(-0.01, 1, Form.POINTS), -3, None, None),
    )
    columns = tuple(Column(text(), numbers=number) for number in (False, True, True, True, False, False))
    return Table(id_, text(), columns, rows, text())


def _report(text: Callable[[], str], language: str, svg: str) -> Report:
    figure = KeyFigure("actors", text(), Amount(396), Amount(376), Amount(388), Amount(12), text(), text(), text())
    years = ("2018", "2019", "2020")
    lines = (Series(text(), (1.0, None, 3.0)), Series(text(), (10.0, 20.5, 0.0)))
    bars = (Series(text(), (1.0, 2.0)), Series(text(), (0.0, 2.25)))
    blocks: tuple[Block, ...] = (
        Text(text()),
        Points((text(), text())),
        KeyFigures((figure,)),
        table(text),
        Chart("lines", text(), ChartKind.LINES, years, lines, text(), table(text, "lines")),
        Chart("bars", text(), ChartKind.BARS, (text(), text()), bars, text(), table(text, "bars")),
        Drawing("map", text(), svg, text(), text()),
        Findings("pairs", text(), (Finding(1, text(), (text(), text()), text(), text()), Finding(2, text(), ()))),
        Terms((Term(text(), text(), text()),)),
    )
    return Report(
        title=text(),
        language=language,
        subtitle=text(),
        caption=text(),
        summary=(text(), text()),
        sections=(Section("first", text(), blocks), Section("second", text(), (Text(text()),))),
        foot=text(),
        record=Record(text(), date(2024, 12, 31), 7, (("actors", 396.0),), ((text(), text()),), ((text(), text()),)),
        annex=(table(text, "annex"),),
    )
