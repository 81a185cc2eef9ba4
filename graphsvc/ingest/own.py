"""Our own tables — a workbook, or CSV files of the same shape — read row by row into what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import UnknownFormat
from graphsvc.ingest.columns import ORDER, TableSpec, specs, table_by_header, table_for
from graphsvc.ingest.grid import Cell, Grid, GridRow, as_text, fault_in, first_row
from graphsvc.ingest.own_rows import Book
from graphsvc.ingest.reading import Problem, Progress, ReadRow, Severity
from graphsvc.ingest.rowreader import Place, RowReader
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


@dataclass(frozen=True, slots=True)
class _Table:
    """One grid with the table it holds."""

    spec: TableSpec
    grid: Grid


class OwnReading:
    """A workbook or CSV files with the sheets Sources, Themes, Actors, Collaborations, Participations, Links."""

    def __init__(
        self, path: Path, grids: Sequence[Grid], *, fingerprint: str, format_: str, notes: Sequence[Problem] = ()
    ) -> None:
        self.source = Source(id=f"file-{identifiers.slug(path.name.split('.')[0])}", name=path.name)
        self.fingerprint = fingerprint
        self.format = format_
        self._notes = notes
        self._tables, self._unread = _recognised(grids)
        if not self._tables:
            found = ", ".join(repr(grid.name) for grid in grids) or "none"
            raise UnknownFormat(
                f"{path.name} holds no table that is known here (found: {found}).",
                remedy=f"Name the sheets {', '.join(specs()[key].labels['en'] for key in ORDER)};"
                " the command 'graphsvc template' writes an empty workbook.",
            )

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`."""
        yield from self._notes
        for grid in self._unread:
            yield _problem(
                grid,
                None,
                "",
                f"The sheet {grid.name!r} is not read: its name is not known here.",
                f"Sheets that are read: {', '.join(specs()[key].labels['en'] for key in ORDER)}.",
            )
        book = Book(self.source, {table.spec.key: table.grid.name for table in self._tables})
        unread = _absent(self._tables)
        done = 0
        for table in self._tables:
            for item in self._table(table, book, unread):
                yield item
                done += 1
                if progress and done % 500 == 0:
                    progress(done, 0)
        if progress:
            progress(done, done)

    def _table(self, table: _Table, book: Book, unread: dict[str, str]) -> Iterator[ReadRow | Problem]:
        """Yield what a table says; ``unread`` says by key of which tables nothing is read, and why."""
        rows = table.grid.rows()
        header: list[str] | None = None
        columns: dict[str, int] = {}
        said: list[tuple[RowReader, Record]] = []
        unnamed: set[int] = set()
        waiting: Problem | None = None
        language = "en"
        for row in rows:
            if isinstance(row, Problem):
                yield row
            elif header is None:
                header = [as_text(cell).strip() for cell in row.cells]
                columns, language = table.spec.match(header), table.spec.language(header)
                problems = list(_header_problems(table, row.number, header, columns))
                yield from problems
                if any(problem.whole_sheet for problem in problems):
                    unread[table.spec.key] = f"{table.grid.name}, of which nothing is read"
                    return
                waiting = _waiting(table, columns, unread)
            elif waiting:
                unread[table.spec.key] = f"{table.grid.name}, of which nothing is read"
                yield waiting
                return
            else:
                yield from _unnamed(table.grid, row, header, unnamed)
                reader = self._reader(table, row, header, columns, language)
                if faults := list(_faults(table.grid, row, header)):
                    yield from faults
                    book.leave_out(table.spec.key, reader)
                elif table.spec.key == "themes":
                    said.append((reader, self._record(table.grid, row, header)))
                else:
                    yield from book.say(table.spec.key, reader, self._record(table.grid, row, header))
        if said:
            yield from book.themes(said)

    def _reader(
        self, table: _Table, row: GridRow, header: list[str], columns: dict[str, int], language: str
    ) -> RowReader:
        cells: dict[str, Cell] = {
            key: row.cells[position] for key, position in columns.items() if position < len(row.cells)
        }
        headers = {key: header[position] for key, position in columns.items()}
        place = Place(table.grid.file, table.grid.name, row.number)
        return RowReader(place, cells, headers, language)

    def _record(self, grid: Grid, row: GridRow, header: list[str]) -> Record:
        values = {}
        for position, cell in enumerate(row.cells):
            if text := as_text(cell).strip():
                values[_title(header, position)] = text
        return Record(
            id=identifiers.digest(self.source.id, grid.name, str(row.number))[:24],
            source=self.source.id,
            sheet=grid.name,
            row=row.number,
            values=values,
        )


def _recognised(grids: Sequence[Grid]) -> tuple[list[_Table], list[Grid]]:
    """Return the tables in the order they are read, and the grids that are none."""
    tables, unread = [], []
    for grid in grids:
        spec = table_for(grid.name) or table_by_header([as_text(cell) for cell in first_row(grid)])
        if spec:
            tables.append(_Table(spec, grid))
        elif identifiers.fold(grid.name) not in _PROSE:
            unread.append(grid)
    return sorted(tables, key=lambda table: ORDER.index(table.spec.key)), unread


def _absent(tables: Sequence[_Table]) -> dict[str, str]:
    """Return which of the tables that others must refer to are not in the file."""
    present = {table.spec.key for table in tables}
    absent = [key for key in ("actors", "collaborations") if key not in present]
    return {key: f"{specs()[key].labels['en']}, which the file doesn't have" for key in absent}


def _header_problems(table: _Table, row: int, header: list[str], columns: dict[str, int]) -> Iterator[Problem]:
    missing = [column for column in table.spec.required if column.key not in columns]
    if missing:
        language = table.spec.language(header)
        names = " and no column ".join(repr(column.labels[language]) for column in missing)
        found = ", ".join(repr(text) for text in header if text) or "nothing"
        yield Problem(
            table.grid.file,
            table.grid.name,
            row,
            missing[0].labels[language],
            "",
            f"There is no column {names}; found: {found}.",
            "Write the column names in the first row, as in the template.",
            whole_sheet=True,
        )
        return
    read = set(columns.values())
    for position, text in enumerate(header):
        if text and position not in read:
            yield _problem(
                table.grid,
                row,
                text,
                f"The column {text!r} is not read: its name is not known here, or another column means the same.",
                f"Columns that are read: {', '.join(column.labels['en'] for column in table.spec.columns)}.",
            )


def _waiting(table: _Table, columns: dict[str, int], unread: dict[str, str]) -> Problem | None:
    """Return the one problem of a table that refers to one of which nothing is read, instead of one for each row."""
    needed = [unread[_REFERS[key]] for key in columns if _REFERS.get(key) in unread]
    if not needed:
        return None
    name = table.grid.name
    message = f"Nothing of {name} is read: its rows refer to {' and to '.join(dict.fromkeys(needed))}."
    return Problem(table.grid.file, name, None, "", "", message, "Mend that first.", whole_sheet=True)


def _unnamed(grid: Grid, row: GridRow, header: list[str], known: set[int]) -> Iterator[Problem]:
    """Yield a warning for the first cell of each column without a header: nothing is passed over in silence."""
    for position, cell in enumerate(row.cells[: len(header)]):
        if not header[position] and position not in known and (text := as_text(cell).strip()):
            known.add(position)
            title = _title(header, position)
            remedy = "Name the column in the first row, or delete it."
            message = f"The {title} has no header and is not read."
            yield Problem(grid.file, grid.name, row.number, title, text[:200], message, remedy, Severity.WARNING)


def _faults(grid: Grid, row: GridRow, header: list[str]) -> Iterator[Problem]:
    """Yield what makes a cell unfit to keep even as a record, whether its column is read or not."""
    if len(row.cells) > len(header) and any(as_text(cell).strip() for cell in row.cells[len(header) :]):
        yield _problem(
            grid,
            row.number,
            "",
            f"The row has {len(row.cells)} cells, the header {len(header)}.",
            "Put text that holds the separator in quotes, or name the column.",
            Severity.ERROR,
        )
    for position, cell in enumerate(row.cells):
        if isinstance(cell, str) and (fault := fault_in(cell)):
            yield _problem(
                grid,
                row.number,
                _title(header, position),
                fault,
                "Type the text anew, or shorten it.",
                Severity.ERROR,
            )


def _title(header: list[str], position: int) -> str:
    return header[position] if position < len(header) and header[position] else f"column {position + 1}"


def _problem(
    grid: Grid, row: int | None, column: str, message: str, remedy: str, severity: Severity = Severity.WARNING
) -> Problem:
    return Problem(grid.file, grid.name, row, column, "", message, remedy, severity)
