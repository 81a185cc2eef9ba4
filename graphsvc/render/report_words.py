"""How the cells of a report are written, the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from graphsvc.render.answer_tables import AnswerTable
from graphsvc.render.answer_tables import Cell as Plain
from graphsvc.render.report_content import Amount, Cell, Chart, Form, Mark, Report, Table
from graphsvc.wording import day, number

MARKS: Final = {Mark.NONE: "", Mark.EMPTY: "○", Mark.THIN: "◐"}
"""The sign beside a marked number, so that no mark is told by colour alone."""

UNITS: Final = {
    Form.SHARE: {"fi": "\N{NO-BREAK SPACE}%", "sv": "\N{NO-BREAK SPACE}%", "en": "%"},
    Form.POINTS: {"fi": "\N{NO-BREAK SPACE}%-yks.", "sv": "\N{NO-BREAK SPACE}procentenheter", "en": " pp"},
}
"""What stands behind a share, and behind the change of one."""


def shown(cell: Cell, language: str) -> str:
    """Return a cell as text; an amount with its sign or per cent, without the sign of its mark."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return day(cell, language)
    if isinstance(cell, int):
        return number(cell, language)
    value = 100 * cell.value if cell.form in UNITS else cell.value
    text = number(abs(value), language, cell.digits)
    plus = "+" if cell.form in (Form.SIGNED, Form.POINTS) else ""
    sign = "" if written_zero(cell) else "\N{MINUS SIGN}" if value < 0 else plus
    return f"{sign}{text}{UNITS[cell.form][language] if cell.form in UNITS else ''}"


def written_zero(amount: Amount) -> bool:
    """Say whether an amount is written as zero: too small to be told."""
    return not round(100 * amount.value if amount.form in UNITS else amount.value, amount.digits)


def mark_of(cell: Cell) -> Mark:
    """Return what a cell is marked as."""
    return cell.mark if isinstance(cell, Amount) else Mark.NONE


def tables_of(report: Report) -> Iterator[Table]:
    """Yield every table of a report, in its order: also those of the charts, then the annex."""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Chart):
                yield block.table
    yield from report.annex


def as_answer(table: Table) -> AnswerTable:
    """Return a table as it goes into a workbook: numbers as numbers, nothing that is not there."""
    rows = [[_plain(cell) for cell in row] for row in table.rows]
    return AnswerTable(table.id, tuple(column.title for column in table.columns), rows)


def _plain(cell: Cell) -> Plain:
    return cell.value if isinstance(cell, Amount) else cell
