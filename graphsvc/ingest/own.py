"""Our own tables — a workbook, or CSV files of the same shape — read row by row into what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import UnknownFormat
from graphsvc.ingest import contact_rows
from graphsvc.ingest.columns import CONTACTS, READ_ORDER, specs, table_by_header, table_for
from graphsvc.ingest.grid import Grid, as_text, first_row
from graphsvc.ingest.own_rows import TREES, Book
from graphsvc.ingest.own_table import Header, Table
from graphsvc.ingest.reading import Problem, Progress, ReadRow, Severity
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Record, Source

_PROSE: Final = ("readme", "read me", "lue minut", "ohje", "las mig", "lasmig", "info", "lists", "notes")
"""Sheets, folded, that are for people and are not read."""

_REFERS: Final = {
    "actor": "actors",
    "other": "actors",
    "collaboration": "collaborations",
    "themes": "themes",
    "source": "sources",
}
"""Column → the table that its cells refer to."""


class OwnReading:
    """A workbook or CSV files with the sheets Sources, Themes, Actors, Collaborations, Participations, Links …"""

    def __init__(
        self, path: Path, grids: Sequence[Grid], *, fingerprint: str, format_: str, notes: Sequence[Problem] = ()
    ) -> None:
        self.source = Source(id=f"file-{identifiers.slug(path.name.split('.')[0])}", name=path.name)
        self.fingerprint = fingerprint
        self.format = format_
        self._notes = notes
        self._tables, self._unread = _recognised(grids)
        if not self._tables:
            found = ", ".join(repr(grid.name) for grid in grids) or "–"
            raise UnknownFormat(
                f"{path.name} holds no table that is known here (found: {found}).",
                remedy=f"Name the sheets {_sheets()}; the command 'graphsvc template' writes an empty workbook.",
            )

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`."""
        yield from self._notes
        for grid in self._unread:
            message = f"The sheet {grid.name!r} is not read: its name is not known here."
            remedy = f"Sheets that are read: {_sheets()}. Or say what it holds: graphsvc import FILE --columns."
            yield Problem(grid.file, grid.name, None, "", "", message, remedy, Severity.WARNING)
        book = Book(self.source, {table.spec.key: table.grid.name for table in self._tables})
        yield from table_rows(self._tables, self.source, progress, book)
        yield from book.notes(self.source.name)


def table_rows(
    tables: Sequence[Table], source: Source, progress: Progress | None = None, book: Book | None = None
) -> Iterator[ReadRow | Problem]:
    """Yield what tables of ours say, which must be in the order :data:`graphsvc.ingest.columns.READ_ORDER`."""
    book = book or Book(source, {table.spec.key: table.grid.name for table in tables})
    unread = dict.fromkeys(_absent(tables), "")
    done = 0
    for table in tables:
        items = _table(table, book, source.id, unread)
        for item in map(contact_rows.discreet, items) if table.spec.key == CONTACTS else items:
            yield item
            done += 1
            if progress and done % 500 == 0:
                progress(done, 0)
    if progress:
        progress(done, done)


def _table(table: Table, book: Book, source: str, unread: dict[str, str]) -> Iterator[ReadRow | Problem]:
    """Yield what a table says. ``unread``: key of a table of which nothing is read → its sheet, "" where none is."""
    key = table.spec.key
    header: Header | None = None
    said: list[tuple[RowReader, Record]] = []
    waiting: Problem | None = None
    for row in table.grid.rows():
        if isinstance(row, Problem):
            yield row
        elif header is None:
            if row.number < table.header_row:
                continue
            header = Header.of(table, row)
            problems = list(header.problems())
            yield from problems
            if any(problem.whole_sheet for problem in problems):
                unread[key] = table.grid.name
                return
            waiting = _waiting(table, header, unread)
        elif waiting:
            unread[key] = table.grid.name
            yield waiting
            return
        else:
            yield from header.unnamed(row)
            reader = header.reader(row)
            if faults := list(header.faults(row)):
                yield from faults
                book.leave_out(key, reader)
            elif key == CONTACTS:
                yield from contact_rows.read(reader, header.record(source, row), book)
            elif key in TREES:
                said.append((reader, header.record(source, row)))
            else:
                yield from book.say(key, reader, header.record(source, row))
    if said:
        yield from book.tree(key, said)


def _recognised(grids: Sequence[Grid]) -> tuple[list[Table], list[Grid]]:
    """Return the tables in the order they are read, and the grids that are none."""
    tables, unread = [], []
    for grid in grids:
        spec = table_for(grid.name) or table_by_header([as_text(cell) for cell in first_row(grid)])
        if spec:
            tables.append(Table(spec, grid))
        elif not is_prose(grid.name):
            unread.append(grid)
    return sorted(tables, key=lambda table: READ_ORDER.index(table.spec.key)), unread


def is_prose(name: str) -> bool:
    """Tell whether a sheet is for people and is not read."""
    return identifiers.fold(name) in _PROSE


def _sheets() -> str:
    return ", ".join(specs()[key].labels["en"] for key in READ_ORDER)


def _absent(tables: Sequence[Table]) -> list[str]:
    """Return which of the tables that others must refer to are not in the file."""
    present = {table.spec.key for table in tables}
    return [key for key in ("actors", "collaborations") if key not in present]


def _waiting(table: Table, header: Header, unread: dict[str, str]) -> Problem | None:
    """Return the one problem of a table that refers to one of which nothing is read, instead of one for each row."""
    needed = dict.fromkeys(_REFERS[key] for key in header.columns if _REFERS.get(key) in unread)
    if not needed:
        return None
    name = table.grid.name
    absent = ", ".join(specs()[key].labels["en"] for key in needed if not unread[key])
    empty = ", ".join(unread[key] for key in needed if unread[key])
    if absent and empty:
        message = (
            f"Nothing of {name} is read: its rows refer to {absent}, which the file doesn't have, and to {empty}, of"
            " which nothing is read."
        )
    elif absent:
        message = f"Nothing of {name} is read: its rows refer to {absent}, which the file doesn't have."
    else:
        message = f"Nothing of {name} is read: its rows refer to {empty}, of which nothing is read."
    return Problem(table.grid.file, name, None, "", "", message, "Mend that first.", whole_sheet=True)
