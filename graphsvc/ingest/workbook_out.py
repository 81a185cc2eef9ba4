"""The whole graph as a workbook in our shape, or as a zip of CSV files with these tables: read back, it is the same."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from graphsvc.cells import neutral
from graphsvc.errors import InvalidValue
from graphsvc.ingest.reading import Progress
from graphsvc.ingest.sheets_out import WorkbookOut
from graphsvc.ingest.tables_out import TableOut, Value, tables
from graphsvc.model import Snapshot

_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""Zips keep a time for each file; a fixed one keeps the bytes of equal exports equal."""
EXCEL_ROWS: Final = 1_048_576
_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel reads UTF-8 as Windows-1252."""


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a country's spreadsheets write tables."""

    delimiter: str
    decimal: str


STYLES: Final = {"finnish": CsvStyle(";", ","), "plain": CsvStyle(",", ".")}
"""As Excel opens them with a double click in Finland and Sweden, and as most programs write them."""


def check_rows(rows: int, *, for_kumu: bool = False) -> None:
    """Raise :class:`InvalidValue` where no sheet holds so many rows."""
    if rows >= EXCEL_ROWS:
        raise InvalidValue(
            f"The graph has {rows:,} rows of one kind; a sheet of Excel holds {EXCEL_ROWS:,}.",
            remedy="Take a part of the network, or the format kumu-json."
            if for_kumu
            else "Export it as CSV tables: --format tables.",
        )


def write_workbook(
    file: BinaryIO, snapshot: Snapshot, language: str, about: Sequence[str], progress: Progress | None = None
) -> None:
    """Write the whole graph as a workbook; ``about``, a title and lines, goes on a sheet Readme.

    Rows go to disk as they are made. OSError where the file can't be written. What has more of them than a sheet holds
    loses the rest: see :func:`check_rows`.
    """
    made = tables(snapshot, language, progress)
    book = WorkbookOut(file, about[0], streamed=True)
    try:
        book.prose("Readme", about[0], about[1:])
        for table in made:
            book.rows(table.name, [*table.columns, *table.own], table.language, table.rows)
    finally:  # also what is broken off has files of rows to let go of
        book.close()


def write_tables(
    file: BinaryIO,
    snapshot: Snapshot,
    language: str,
    about: Sequence[str],
    style: CsvStyle,
    progress: Progress | None = None,
) -> None:
    """Write the whole graph as a zip of one CSV file for each table, and a ``Readme.txt``."""
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_member("Readme.txt"), _BYTE_ORDER_MARK + "\r\n".join([*about, ""]))
        for table in tables(snapshot, language, progress):
            with archive.open(_member(f"{table.name}.csv"), "w", force_zip64=True) as part:
                _write(io.TextIOWrapper(part, "utf-8", newline=""), table, style)


def _member(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _MADE)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = 0o644 << 16
    made.create_system = 3  # the same on Windows
    return made


def _write(text: io.TextIOWrapper, table: TableOut, style: CsvStyle) -> None:
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=style.delimiter, lineterminator="\r\n")
    writer.writerow([neutral(title) for title in table.header])
    writer.writerows([_text(value, style) for value in row] for row in table.rows)
    text.flush()
    text.detach()  # the zip closes its part


def _text(value: Value, style: CsvStyle) -> str:
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", style.decimal)
    return value.isoformat() if isinstance(value, date) else ""
