"""Tables read by a mapping: those that are ours, then lists of organisations and what they take part in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import UnknownFormat
from graphsvc.ingest.attributes import listed
from graphsvc.ingest.columns import READ_ORDER, specs
from graphsvc.ingest.grid import Grid
from graphsvc.ingest.list_rows import ListSheet
from graphsvc.ingest.mapping import ATTRIBUTE, IGNORE, LIST, Mapping, SheetMap
from graphsvc.ingest.own import table_rows
from graphsvc.ingest.own_rows import Book
from graphsvc.ingest.own_table import Table
from graphsvc.ingest.reading import Problem, Progress, ReadRow, Severity
from graphsvc.model import Source

FORMAT: Final = "tables by their columns"


class MappedReading:
    """See :class:`graphsvc.ingest.reading.Reading`."""

    format = FORMAT

    def __init__(
        self, path: Path, grids: Sequence[Grid], mapping: Mapping, *, fingerprint: str, notes: Sequence[Problem] = ()
    ) -> None:
        """Raises :class:`UnknownFormat` where the mapping names no sheet of the file that is to be read."""
        self.source = Source(id=f"file-{identifiers.slug(path.name.split('.')[0])}", name=path.name)
        # the same file read in another way says other things
        self.fingerprint = identifiers.digest(fingerprint, mapping.says)
        self.mapping = mapping
        self._notes = notes
        mapped = [(grid, mapping.sheet(grid.name)) for grid in grids]
        self._sheets = [(grid, sheet) for grid, sheet in mapped if sheet and sheet.table != IGNORE]
        self._unread = [grid.name for grid, sheet in mapped if sheet is None or sheet.table == IGNORE]
        if not self._sheets:
            raise UnknownFormat(
                f"The columns given for {path.name} name none of its sheets ({', '.join(self._unread) or '–'}).",
                remedy="Look at its columns with: graphsvc import FILE --columns.",
            )

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`. ``progress`` is called with rows."""
        yield from self._notes
        if self._unread:
            message = f"Sheets that are not read: {listed(self._unread)}."
            yield Problem(self.source.name, "", None, "", "", message, "Nothing is to be done.", Severity.NOTE)
        ours = [_table(grid, sheet) for grid, sheet in self._sheets if sheet.table != LIST]
        ours.sort(key=lambda table: READ_ORDER.index(table.spec.key))
        book = Book(self.source, {table.spec.key: table.grid.name for table in ours})
        yield from table_rows(ours, self.source, progress, book)
        done = 0
        for grid, sheet in self._sheets:
            if sheet.table != LIST:
                continue
            for item in ListSheet(grid, sheet, book, self.source.id).rows():
                yield item
                done += 1
                if progress and done % 500 == 0:
                    progress(done, 0)
        yield from book.notes(self.source.name)
        if progress:
            progress(done, done)


def _table(grid: Grid, sheet: SheetMap) -> Table:
    titles = [column.title for column in sheet.columns]
    passed = {IGNORE, ATTRIBUTE}
    columns = {column.field: titles.index(column.title) for column in sheet.columns if column.field not in passed}
    left_out = frozenset(at for at, column in enumerate(sheet.columns) if column.field == IGNORE)
    return Table(specs()[sheet.table], grid, sheet.header_row, columns, left_out)
