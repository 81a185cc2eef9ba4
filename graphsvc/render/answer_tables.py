"""Tables of answers as files: a workbook, CSV or Parquet. Same tables, same bytes; text never becomes a formula."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from graphsvc.cells import neutral
from graphsvc.errors import InvalidValue, UnknownFormat
from graphsvc.render.plain import plain

Cell = str | float | int | bool | date | None
ENDINGS: Final = (".xlsx", ".csv", ".parquet")
_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Excel keeps the time of making; a fixed one keeps the bytes of equal workbooks equal."""
_ROWS: Final = 1_048_576
"""Rows of a sheet."""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """One table. A column holds text, or numbers, or days, and may have gaps (None)."""

    name: str
    """Of its sheet; at most 31 characters."""
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


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
        _workbook(path, tables)
        return (path,)
    write = _csv if path.suffix.lower() == ".csv" else _parquet
    written = []
    for number, table in enumerate(tables):
        file = path if number == 0 else path.with_name(f"{path.stem}-{table.name}{path.suffix}")
        write(file, table)
        written.append(file)
    return tuple(written)


def _workbook(path: Path, tables: Sequence[AnswerTable]) -> None:
    if longest := next((table for table in tables if len(table.rows) >= _ROWS), None):
        raise InvalidValue(
            f"{longest.name} has {len(longest.rows):,} rows, more than a sheet can hold.", remedy="Write .csv instead."
        )
    typed = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with path.open("wb") as file:
        book = xlsxwriter.Workbook(file, {**typed, "in_memory": True})
        book.set_properties({"title": "graphsvc", "created": _CREATED})
        formats = (book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"}))
        for table in tables:
            _sheet(book.add_worksheet(table.name), table, *formats)
        book.close()


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
            elif isinstance(value, int | float):
                sheet.write_number(number, position, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, position, value, day)
            elif value:
                sheet.write_string(number, position, neutral(plain(value)))


def _csv(path: Path, table: AnswerTable) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([neutral(plain(column)) for column in table.columns])
        for row in table.rows:
            writer.writerow([neutral(plain(each)) if isinstance(each, str) else each for each in row])


def _parquet(path: Path, table: AnswerTable) -> None:
    """Columns have a type, so text stays as it is: nothing takes it for a formula."""
    import pyarrow  # optional: graphsvc[parquet]
    import pyarrow.parquet

    columns = {name: [row[at] for row in table.rows] for at, name in enumerate(table.columns)}
    made = pyarrow.table(columns).replace_schema_metadata({"graphsvc": json.dumps({"table": table.name})})
    pyarrow.parquet.write_table(made, str(path))
