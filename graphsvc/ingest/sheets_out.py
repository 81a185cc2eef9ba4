"""Writes workbooks in our shape: typed text only, never a formula, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from graphsvc.ingest.columns import TableSpec

_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Excel keeps the time of making; a fixed one keeps the bytes of equal workbooks equal."""
_WIDTHS: Final = {"name": 44, "title": 44, "names": 36, "description": 44, "themes": 30, "topic": 30, "source": 18}


class WorkbookOut:
    """A workbook being written; :meth:`close` makes the file."""

    def __init__(self, path: Path, title: str) -> None:
        self._book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        )
        self._book.set_properties({"title": title, "created": _CREATED})
        self._header = self._book.add_format({"bold": True, "bg_color": "#E8EEF2", "bottom": 1})
        self._required = self._book.add_format({"bold": True, "bg_color": "#D3E3EC", "bottom": 1})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = self._book.add_format({"bold": True, "font_size": 14})

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
        columns = spec.columns
        sheet = self._book.add_worksheet(spec.labels[language])
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(columns):
            style = self._required if column.required else self._header
            sheet.write_string(0, position, column.labels[language], style)
            sheet.set_column(position, position, _WIDTHS.get(column.key, 14))
        for number, row in enumerate(rows, start=1):
            for position, column in enumerate(columns):
                value = row.get(column.key, "")
                if isinstance(value, Decimal):
                    sheet.write_number(number, position, float(value))
                elif value:
                    sheet.write_string(number, position, value)
        return sheet

    def close(self) -> None:
        """Write the file. Raises OSError where the file system refuses."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from error
