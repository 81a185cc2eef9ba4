"""Limits that an OpenDocument spreadsheet must keep before any library reads it.

A row or cell of it may say that it is repeated: 200 bytes can ask for 17 billion cells. Empty ones at the end are
honest (every file has them) and are not counted; those with content are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import guard
from graphsvc.ingest.streams import Stream
from graphsvc.ingest.xmlevents import End, Start, elements

_CONTENT: Final = "content.xml"
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_REPEATED: Final = re.compile(r"[1-9][0-9]{0,6}")


def check_ods(path: Path) -> dict[str, int]:
    """Refuse a spreadsheet that breaks a limit; return nothing of formulas, whose results ODS always stores.

    Raises :class:`UnreadableFile` that says which limit.
    """
    if path.stat().st_size > guard.MAX_WORKBOOK_BYTES:
        limit = guard.MAX_WORKBOOK_BYTES // 1_000_000
        raise UnreadableFile(f"{path.name} is larger than {limit} MB.", remedy="Split it, or save it as CSV files.")
    with guard.opened_zip(path) as archive:
        guard.check_archive(archive, path.name, guard.MAX_UNPACKED_BYTES)
    extent = _Extent(path.name)
    for event in elements(Stream(path, _CONTENT)):
        if isinstance(event, Start):
            extent.starts(event)
        else:
            extent.ends(event)
    return {}


@dataclass(slots=True)
class _Extent:
    """How far the content of one table reaches."""

    file: str
    tables: int = 0
    row: int = 0
    column: int = 0
    rows_repeated: int = 1
    cell_repeated: int = 1
    last_row: int = 0
    last_column: int = 0
    characters: int = 0
    row_characters: int = 0
    filled: bool = False
    row_filled: bool = False

    def starts(self, event: Start) -> None:
        if event.name == "table":
            self.tables += 1
            if self.tables > guard.MAX_SHEETS:
                self._refuse(f"{self.file} has more than {guard.MAX_SHEETS} sheets.")
            self.row = self.last_row = self.last_column = 0
        elif event.name == "table-row":
            self.rows_repeated = self._repeated(event.attributes.get("number-rows-repeated"))
            self.column, self.row_characters, self.row_filled = 0, 0, False
        elif event.name in _CELLS:
            self.cell_repeated = self._repeated(event.attributes.get("number-columns-repeated"))
            self.filled = "value-type" in event.attributes or "formula" in event.attributes

    def ends(self, event: End) -> None:
        if event.name in _CELLS:
            self.column += self.cell_repeated
            if self.filled:
                self.row_filled = True
                self.last_column = max(self.last_column, self.column)
        elif event.name == "table-row":
            self.row += self.rows_repeated
            if self.row_filled:
                self.last_row = self.row
                self.characters += self.row_characters * self.rows_repeated
            self._check()
        elif event.name in {"p", "span", "a"} and event.text:
            self.filled = True
            self.row_characters += len(event.text) * self.cell_repeated

    def _check(self) -> None:
        if self.last_row > guard.MAX_ROWS:
            self._refuse(f"{self.file} has content in row {self.last_row:,}; {guard.MAX_ROWS:,} rows are read.")
        if self.last_column > guard.MAX_COLUMNS:
            self._refuse(
                f"{self.file} has content in column {self.last_column:,}; {guard.MAX_COLUMNS:,} columns are read."
            )
        if self.characters > guard.MAX_UNPACKED_BYTES:
            self._refuse(f"{self.file} has {self.characters:,} characters of repeated text.")
        if self.last_row * self.last_column > guard.MAX_CELLS:
            self._refuse(
                f"{self.file} has content over an area of {self.last_row:,} × {self.last_column:,};"
                f" {guard.MAX_CELLS:,} cells are read."
            )

    def _repeated(self, text: str | None) -> int:
        if text is None:
            return 1
        if not _REPEATED.fullmatch(text):
            self._refuse(f"{self.file} has a cell or row repeated {text[:20]!r} times.")
        return int(text)

    def _refuse(self, message: str) -> None:
        raise UnreadableFile(message, remedy="Delete what lies far outside the table, or split the file.")
