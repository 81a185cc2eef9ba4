"""Tables of answers as files: a workbook, CSV or Parquet. Same tables, same bytes; text never becomes a formula."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from graphsvc.cells import neutral
from graphsvc.errors import InvalidValue, UnknownFormat
from graphsvc.render.plain import plain

Cell = str | float | int | bool | date | Decimal | None
"""Money is a Decimal: exact in CSV and Parquet, and in a workbook as exact as its numbers are (15 digits)."""
ENDINGS: Final = (".xlsx", ".csv", ".parquet")
_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Excel keeps the time of making; a fixed one keeps the bytes of equal workbooks equal."""
_ROWS: Final = 1_048_576
"""Rows of a sheet."""
SERIES: Final = ("#0072B2", "#E69F00", "#8C8C8C")
"""Colours that people with any colour vision tell apart (Okabe and Ito 2008), and a grey."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal stacked bars of columns of a table, drawn beside it in a workbook."""

    title: str
    description: str
    """What is to be seen, for who can't see it."""
    labels: int
    """Place of the column that names the bars."""
    values: tuple[int, ...]
    """Places of the columns whose numbers are drawn, one series each."""
    rows: int
    """Rows that are drawn, from the first."""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """One table. A column holds text, or numbers, or days, and may have gaps (None)."""

    name: str
    """Of its sheet; at most 31 characters."""
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    chart: BarChart | None = None
    """Drawn where the file can hold one."""


def check_ending(path: Path) -> None:
    """Raise :class:`UnknownFormat` for an ending that is none of ours, and for Parquet where its library is missing."""
    if path.suffix.lower() not in ENDINGS:
        raise UnknownFormat(f"No table can be written as {path.name}.", remedy=f"End it with {', '.join(ENDINGS)}.")
    if path.suffix.lower() == ".parquet" and importlib.util.find_spec("pyarrow") is None:
        raise UnknownFormat(
            "Parquet files need the package pyarrow, which is not installed.",
            remedy='Install it with: pip install "graphsvc[parquet]". Or write .xlsx or .csv, which need nothing.',
        )


def write_tables(path: Path, tables: Sequence[AnswerTable]) -> tuple[Path, ...]:
    """Write the tables and return the files: a workbook holds all; else each further one has a file of its own.

    The first table has the name that was asked for, a further one ``NAME-TABLE.csv``. Raises what
    :func:`check_ending` does, :class:`InvalidValue` for a table longer than a sheet, and :class:`OSError`.
    """
    check_ending(path)
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(workbook(tables))
        return (path,)
    write = _csv_file if path.suffix.lower() == ".csv" else _parquet
    written = []
    for number, table in enumerate(tables):
        file = path if number == 0 else path.with_name(f"{path.stem}-{table.name}{path.suffix}")
        write(file, table)
        written.append(file)
    return tuple(written)


def workbook(tables: Sequence[AnswerTable]) -> bytes:
    """Return the tables as a workbook. :class:`InvalidValue` for a table longer than a sheet."""
    if longest := next((table for table in tables if len(table.rows) >= _ROWS), None):
        raise InvalidValue(
            f"{longest.name} has {len(longest.rows):,} rows, more than a sheet can hold.", remedy="Write .csv instead."
        )
    typed = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {**typed, "in_memory": True})
    book.set_properties({"title": "graphsvc", "created": _CREATED})
    formats = (book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"}))
    for table in tables:
        sheet = book.add_worksheet(table.name)
        _sheet(sheet, table, *formats)
        if table.chart:
            _draw(book, sheet, table, table.chart)
    book.close()
    return file.getvalue()


def _draw(book: Any, sheet: Any, table: AnswerTable, drawn: BarChart) -> None:
    """Draw a native chart, which whoever opens the workbook can change, to the right of its table."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for number, column in enumerate(drawn.values):
        chart.add_series(
            {
                "name": [table.name, 0, column],
                "categories": [table.name, 1, drawn.labels, drawn.rows, drawn.labels],
                "values": [table.name, 1, column, drawn.rows, column],
                "fill": {"color": SERIES[number % len(SERIES)]},
                "border": {"color": "#FFFFFF"},
                "gap": 60,
            }
        )
    chart.set_title({"name": drawn.title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "num_format": "0"})
    chart.set_legend({"position": "bottom"} if len(drawn.values) > 1 else {"none": True})
    chart.set_size({"width": 760, "height": 140 + 32 * max(drawn.rows, 3)})
    sheet.insert_chart(1, len(table.columns) + 1, chart, {"description": drawn.description})


def _sheet(sheet: Any, table: AnswerTable, bold: Any, day: Any) -> None:
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(table.columns):
        longest = max([len(column), *(len(str(row[position])) for row in table.rows[:200])])
        sheet.set_column(position, position, min(60, max(10, longest)))
        sheet.write_string(0, position, neutral(plain(column)), bold)
    for number, row in enumerate(table.rows, start=1):
        for position, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(number, position, value)
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(number, position, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, position, value, day)
            elif value:
                sheet.write_string(number, position, neutral(plain(value)))


def csv_text(table: AnswerTable, *, delimiter: str = ",", decimal: str = ".") -> str:
    """Return a table as CSV, with commas and decimal points unless told otherwise."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow([neutral(plain(column)) for column in table.columns])

    def cell(value: Cell) -> Cell:
        if isinstance(value, float | Decimal):
            return str(value).replace(".", decimal)
        return neutral(plain(value)) if isinstance(value, str) else value

    for row in table.rows:
        writer.writerow([cell(each) for each in row])
    return file.getvalue()


def _csv_file(path: Path, table: AnswerTable) -> None:
    path.write_text(csv_text(table), encoding="utf-8", newline="")


def _parquet(path: Path, table: AnswerTable) -> None:
    """Columns have a type, so text stays as it is: nothing takes it for a formula."""
    import pyarrow  # optional: graphsvc[parquet]
    import pyarrow.parquet

    columns = {name: [row[at] for row in table.rows] for at, name in enumerate(table.columns)}
    made = pyarrow.table(columns).replace_schema_metadata({"graphsvc": json.dumps({"table": table.name})})
    pyarrow.parquet.write_table(made, str(path))
