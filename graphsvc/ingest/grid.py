"""Tables as rows of cells, whatever file they come from: what workbook and CSV readers hand to the reader of rows."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from graphsvc.ingest.reading import Problem

Cell = str | int | float | bool | date | datetime | time | timedelta | None
MAX_CELL: Final = 32_767
"""What a cell of Excel can hold: longer text would be cut without a word when it is exported."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row with its number as a person sees it."""

    number: int
    cells: Sequence[Cell]


class Grid(Protocol):
    """One table of a file."""

    @property
    def file(self) -> str:
        """Name of the file a person looks into."""
        ...

    @property
    def name(self) -> str:
        """Name of the sheet; for a CSV file its stem."""
        ...

    def rows(self) -> Generator[GridRow | Problem, None, None]:
        """All rows that are not empty, header first, each time from the beginning."""
        ...


def first_row(grid: Grid) -> Sequence[Cell]:
    """Return the cells of a table's header; nothing when it has no row that can be read."""
    with closing(grid.rows()) as rows:
        return next((row.cells for row in rows if isinstance(row, GridRow)), ())


def as_text(cell: Cell) -> str:
    """Return a cell as the text a person sees: whole numbers without ``.0``, dates as ISO 8601.

    >>> as_text(999858929.0), as_text(date(2024, 1, 31)), as_text(None), as_text(701862.5)
    ('999858929', '2024-01-31', '', '701862.5')
    """
    if type(cell) is str:  # by far the most cells
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # Excel keeps 15 significant digits; what floats show beyond is noise of the binary form
        text = f"{cell:.15g}"
        return f"{int(cell)}" if "e" in text and cell.is_integer() and abs(cell) < 1e18 else text
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def fault_in(text: str) -> str:
    """Return what makes a text unfit to keep, in words, or nothing."""
    if len(text) > MAX_CELL:
        return f"The text is {len(text):,} characters long; a cell holds {MAX_CELL:,}."
    found = _CONTROL.search(text)
    return f"The text holds a control character (U+{ord(found[0]):04X})." if found else ""
