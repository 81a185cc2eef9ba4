"""Writes workbooks in our shape: typed text only, never a formula, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from graphsvc.cells import neutral
from graphsvc.ingest.columns import Column, TableSpec

_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Excel keeps the time of making; a fixed one keeps the bytes of equal workbooks equal."""
_EPOCH: Final = date(1900, 3, 1)
"""Before it Excel counts a day that never was; earlier days are written as text."""
_WIDTHS: Final = {"name": 44, "title": 44, "names": 36, "description": 44, "themes": 30, "topic": 30, "source": 18}


class WorkbookOut:
    """A workbook being written; :meth:`close` makes the file."""

    def __init__(self, file: Path | BinaryIO, title: str, *, streamed: bool = False) -> None:
        """``streamed``: rows go to disk as they are written, so memory stays small; the file is somewhat larger."""
        typed = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(
            str(file) if isinstance(file, Path) else file, {**typed, "constant_memory": streamed}
        )
        self._book.set_properties({"title": title, "created": _CREATED})
        self._header = self._book.add_format({"bold": True, "bg_color": "#E8EEF2", "bottom": 1})
        self._required = self._book.add_format({"bold": True, "bg_color": "#D3E3EC", "bottom": 1})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = self._book.add_format({"bold": True, "font_size": 14})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})

    def prose(self, name: str, title: str, lines: Iterable[str]) -> None:
        """Add a sheet of text for people; readers pass it over."""
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 110, self._wrapped)
        sheet.write_string(0, 0, title, self._bold)
        for row, text in enumerate(lines, start=2):
            sheet.write_string(row, 0, text, self._wrapped)

    def table(self, spec: TableSpec, language: str, rows: Iterable[Mapping[str, str | Decimal]] = ()) -> Any:
        """Add one of our tables with its header, frozen, and its rows; return XlsxWriter's worksheet."""
        keys = [column.key for column in spec.columns]
        values = ([row.get(key) for key in keys] for row in rows)
        return self.rows(spec.labels[language], spec.columns, language, values)

    def rows(
        self,
        name: str,
        columns: Sequence[Column | str],
        language: str,
        rows: Iterable[Sequence[str | Decimal | date | None]],
    ) -> Any:
        """Add a sheet with a header, frozen, and rows in its order; a column that is a text is a source's own."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(columns):
            if isinstance(column, str):
                title, width, style = column, 14, self._header
            else:
                title, width = column.labels[language], _WIDTHS.get(column.key, 14)
                style = self._required if column.required else self._header
            sheet.set_column(position, position, width)
            sheet.write_string(0, position, neutral(title), style)
        for number, row in enumerate(rows, start=1):
            for position, value in enumerate(row):
                if value is not None and value != "":
                    self._write(sheet, number, position, value)
        return sheet

    def _write(self, sheet: Any, row: int, column: int, value: str | Decimal | date) -> None:
        """Write a cell: dates and amounts as such where Excel can hold them exactly, else as text."""
        if isinstance(value, str):
            sheet.write_string(row, column, neutral(value))
        elif isinstance(value, Decimal):
            if Decimal(f"{float(value):.15g}") == value:
                sheet.write_number(row, column, float(value))
            else:
                sheet.write_string(row, column, f"{value:f}")
        elif value >= _EPOCH:
            sheet.write_datetime(row, column, value, self._day)
        else:
            sheet.write_string(row, column, value.isoformat())

    def close(self) -> None:
        """Write the file. Raises OSError where the file system refuses."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from error
