"""One grid with the table of ours that it holds: its header, and its rows under their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphsvc import identifiers
from graphsvc.ingest.attributes import attribute_name, is_marked, is_personal, listed
from graphsvc.ingest.columns import VIEW_TABLES, TableSpec
from graphsvc.ingest.grid import Cell, Grid, GridRow, as_text, fault_in
from graphsvc.ingest.own_headings import by_words_of_lists, columns_of_table, keys_meant
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.ingest.rowreader import Place, RowReader
from graphsvc.model import Record

_WITH_ATTRIBUTES = frozenset({"actors", "collaborations", "participations", *VIEW_TABLES})


@dataclass(frozen=True, slots=True)
class Table:
    """Which table a grid holds. Without ``columns`` they are what the header says."""

    spec: TableSpec
    grid: Grid
    header_row: int = 0
    """Number of the header's row; 0 for the first row that is not empty."""
    columns: Mapping[str, int] | None = None
    """Key of a column → its position."""
    left_out: frozenset[int] = frozenset()
    """Positions of columns that are to be passed over."""


@dataclass(slots=True)
class Header:
    """A table's header, once its row is read."""

    table: Table
    row: int
    titles: list[str]
    columns: Mapping[str, int] = field(default_factory=dict)
    language: str = "en"
    own: Mapping[int, str] = field(default_factory=dict)
    """Positions of the source's own columns → the names of their attributes."""
    personal: frozenset[int] = frozenset()
    soft: frozenset[str] = frozenset()
    """Columns that only the words of lists tell."""
    _unnamed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, table: Table, row: GridRow) -> Header:
        """Return the header that a row is."""
        titles = [as_text(cell).strip() for cell in row.cells]
        spec = table.spec
        marked = {position for position, title in enumerate(titles) if is_marked(title)}
        columns = table.columns if table.columns is not None else columns_of_table(spec, titles)
        columns = {key: at for key, at in columns.items() if at < len(titles) and at not in marked}
        rest = [
            position
            for position, title in enumerate(titles)
            if title and position not in columns.values() and position not in table.left_out
        ]
        personal = frozenset(position for position in rest if position not in marked and is_personal(titles[position]))
        own = {position: attribute_name(titles[position]) for position in rest if position not in personal}
        soft = frozenset(key for key, at in by_words_of_lists(spec, titles).items() if columns.get(key) == at)
        return cls(table, row.number, titles, columns, spec.language(titles), own, personal, soft)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the header, or what to know about it."""
        table = self.table
        if missing := [column for column in table.spec.required if column.key not in self.columns]:
            names = ", ".join(repr(column.labels[self.language]) for column in missing)
            found = ", ".join(repr(text) for text in self.titles if text) or "–"
            yield Problem(
                table.grid.file,
                table.grid.name,
                self.row,
                missing[0].labels[self.language],
                "",
                f"There is no column {names}; found: {found}."
                if len(missing) == 1
                else f"There are no columns {names}; found: {found}.",
                "Write the column names in the first row, as in the template, or say which column is which:"
                " graphsvc import FILE --columns.",
                whole_sheet=True,
            )
            return
        for position in self.own:
            title = self.titles[position]
            twice = [key for key in keys_meant(table.spec, title) if key in self.columns]
            if twice:
                message = (
                    f"{title!r} means the same as {self.titles[self.columns[twice[0]]]!r}; it is kept as an attribute."
                )
                remedy = "Rename the one that means something else."
                at = (table.grid.file, table.grid.name, self.row, title, "")
                yield Problem(*at, message, remedy, Severity.WARNING)
        if self.own:
            kept = table.spec.key in _WITH_ATTRIBUTES
            names = listed([self.titles[position] for position in self.own])
            yield self._note(f"Kept as attributes: {names}." if kept else f"Kept in the record only: {names}.")
        if self.personal:
            names = listed([self.titles[position] for position in sorted(self.personal)])
            yield self._note(f"Not kept, since they name persons: {names}.")

    def reader(self, row: GridRow) -> RowReader:
        """Return a row under the header's columns."""
        cells: dict[str, Cell] = {key: row.cells[at] for key, at in self.columns.items() if at < len(row.cells)}
        headers = {key: self.titles[at] for key, at in self.columns.items()}
        own = [(name, as_text(row.cells[at]).strip()) for at, name in self.own.items() if at < len(row.cells)]
        place = Place(self.table.grid.file, self.table.grid.name, row.number)
        own = [pair for pair in own if pair[1]]
        return RowReader(place, cells, headers, self.language, own, soft_keys=self.soft)

    def record(self, source: str, row: GridRow) -> Record:
        """Return the row as it came, without what names persons."""
        values = {}
        for position, cell in enumerate(row.cells):
            if position not in self.personal and (text := as_text(cell).strip()):
                values[self.title(position)] = text
        name = self.table.grid.name
        id_ = identifiers.digest(source, name, str(row.number))[:24]
        return Record(id=id_, source=source, sheet=name, row=row.number, values=values)

    def title(self, position: int) -> str:
        """Return a column's header, or which column it is; a second one of the same text is told apart."""
        if position >= len(self.titles) or not self.titles[position]:
            return f"column {position + 1}"
        title = self.titles[position]
        before = self.titles[:position].count(title)
        return f"{title} ({before + 1})" if before else title

    def unnamed(self, row: GridRow) -> Iterator[Problem]:
        """Yield a warning for the first cell of each column without a header: nothing is passed over in silence."""
        for position, cell in enumerate(row.cells[: len(self.titles)]):
            if self.titles[position] or position in self._unnamed or not (text := as_text(cell).strip()):
                continue
            self._unnamed.add(position)
            title = self.title(position)
            remedy = "Name the column in the first row, or delete it."
            message = f"The column {position + 1} has no header; it is kept in the record only."
            at = (self.table.grid.file, self.table.grid.name, row.number, title, text[:200])
            yield Problem(*at, message, remedy, Severity.WARNING)

    def faults(self, row: GridRow) -> Iterator[Problem]:
        """Yield what makes a cell unfit to keep even as a record, whether its column is read or not."""
        grid = self.table.grid
        if len(row.cells) > len(self.titles) and any(as_text(cell).strip() for cell in row.cells[len(self.titles) :]):
            message = f"The row has {len(row.cells)} cells, the header {len(self.titles)}."
            remedy = "Put text that holds the separator in quotes, or name the column."
            yield Problem(grid.file, grid.name, row.number, "", "", message, remedy)
        for position, cell in enumerate(row.cells):
            if isinstance(cell, str) and (fault := fault_in(cell)):
                at = (grid.file, grid.name, row.number, self.title(position), "")
                yield Problem(*at, fault, "Type the text anew, or shorten it.")

    def _note(self, message: str) -> Problem:
        grid = self.table.grid
        return Problem(grid.file, grid.name, self.row, "", "", message, "Nothing is to be done.", Severity.NOTE)
