"""What the rows of a list say: actors, collaborations, and who takes part in what, each said once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Final

from graphsvc import identifiers
from graphsvc.ingest.attributes import listed
from graphsvc.ingest.columns import meant
from graphsvc.ingest.grid import Cell, Grid, GridRow, as_text, fault_in
from graphsvc.ingest.list_cells import ListColumns, ListRow
from graphsvc.ingest.list_gathering import Thing, Things, one_line
from graphsvc.ingest.mapping import ATTRIBUTE, SheetMap
from graphsvc.ingest.own_rows import Book, told
from graphsvc.ingest.reading import Problem, ReadRow, Severity
from graphsvc.ingest.rowreader import Place, RowReader
from graphsvc.ingest.said_together import REMEDY, At
from graphsvc.model import Claim, CollaborationKind, Record

_WARNINGS: Final = 10_000
"""Warnings that are told once; a list with more of them is told each."""


class ListSheet:
    """A list and its mapping. It is read twice: for what is said of each thing, then row by row."""

    def __init__(self, grid: Grid, sheet: SheetMap, book: Book, source: str) -> None:
        self._grid, self._sheet, self._book, self._source = grid, sheet, book, source
        self._things = {"actors": Things("a"), "collaborations": Things("c")}
        self._said: dict[str, str | None] = {}
        """Id of a thing → the id under which it was said, None where it could not be."""
        self._columns: ListColumns | None = None

    def rows(self) -> Iterator[ReadRow | Problem]:
        """Yield what the rows say, and what is wrong with them."""
        for item in self._rows():
            if isinstance(item, ListRow) and not item.is_total:
                self._gather(item)
        for things in self._things.values():
            things.settle()
        yield from self._notes()
        warned: set[tuple[str, str, str]] = set()
        for item in self._rows():
            for said in [item] if isinstance(item, Problem) else self._say(item):
                if isinstance(said, Problem) and said.severity is Severity.WARNING and len(warned) < _WARNINGS:
                    told_before = (said.column, said.value, said.message)
                    if told_before in warned:
                        continue
                    warned.add(told_before)
                yield said

    def _rows(self) -> Iterator[ListRow | Problem]:
        self._columns = None
        above: GridRow | None = None
        with closing(self._grid.rows()) as rows:
            for row in rows:
                if isinstance(row, Problem):
                    yield row
                elif row.number < self._sheet.header_row:
                    above = row
                elif self._columns is None:
                    over = above if self._sheet.header_rows > 1 else None
                    self._columns = ListColumns.of(self._sheet, row, over)
                else:
                    yield self._columns.row(row)

    # what all rows together say

    def _gather(self, row: ListRow) -> None:
        actors, collaborations = self._things["actors"], self._things["collaborations"]
        at = At(self._grid.name, row.number)
        if row.cells["actor"].get("name"):
            actors.meet(at, row.cells["actor"], row.own["actor"])
        if row.cells["collaboration"].get("name"):
            collaborations.meet(at, row.cells["collaboration"], row.own["collaboration"])
        for name in (*row.partners, *row.funders):
            actors.meet(at, {"name": name})
        for name, title in (*row.collaborations, *((title, title) for title, _ in row.memberships)):
            collaborations.meet(at, {"name": name, "kind": _kind_of(title)})

    # what each row says

    def _say(self, row: ListRow) -> Iterator[ReadRow | Problem]:
        if row.is_total:
            yield self._problem(
                row, "The row is a sum of others; it is not read.", "Nothing is to be done.", Severity.NOTE
            )
            return
        if fault := next(filter(None, map(fault_in, row.values.values())), ""):
            yield self._problem(row, fault, "Type the text anew, or shorten it.")
            return
        claims: list[Claim] = []
        problems: list[Problem] = []
        actor = self._thing("actors", row.cells["actor"], claims, problems)
        taken = self._collaborations(row, claims, problems)
        others = [self._thing("actors", {"name": name}, claims, problems) for name in row.partners]
        funders = [self._thing("actors", {"name": name}, claims, problems) for name in row.funders]
        if not actor and not (taken and (others or funders)):
            yield from problems
            if not problems:
                message = "The row names no organisation."
                yield self._problem(row, message, "Fill it in, or delete the row.")
            return
        if not taken:
            taken = [(pair, "") for pair in self._pairs(row, actor, others, claims)]
            parties = [[actor, other] for other in others]
        else:
            parties = [[actor, *others] for _ in taken]
        for (collaboration, role), party in zip(taken, parties, strict=True):
            for who in dict.fromkeys(filter(None, party)):
                claims += self._participation(row, who, collaboration, role if who == actor else "", problems)
            for who in filter(None, funders):
                claims += self._participation(row, who, collaboration, "funder", problems)
        yield from problems
        yield told(self._record(row), tuple(claims))

    def _collaborations(self, row: ListRow, claims: list[Claim], problems: list[Problem]) -> list[tuple[str, str]]:
        """Return the ids of what the row's actor takes part in, with its role there."""
        found: list[tuple[str | None, str]] = []
        if row.cells["collaboration"].get("name"):
            role = as_text(row.cells["participation"].get("role")).strip()
            found.append((self._thing("collaborations", row.cells["collaboration"], claims, problems), role))
        for name, _ in row.collaborations:
            found.append((self._thing("collaborations", {"name": name}, claims, problems), ""))
        for title, role in row.memberships:
            found.append((self._thing("collaborations", {"name": title}, claims, problems), role))
        return [(id_, role) for id_, role in found if id_]

    def _pairs(self, row: ListRow, actor: str | None, others: list[str | None], claims: list[Claim]) -> Iterator[str]:
        """Yield a collaboration of two for each partner of an actor: nobody said that they all work together."""
        mine = one_line(as_text(row.cells["actor"].get("name")))
        for other, name in zip(others, row.partners, strict=True):
            ends = sorted(filter(None, (actor, other)))
            id_ = f"c-{identifiers.digest(*ends)[:16]}"
            if self._said.setdefault(f"pair {id_}", id_) == id_ and self._book.known("collaborations", id_) is None:
                cells: dict[str, Cell] = {"id": id_, "name": f"{mine} – {name}", "kind": "network"}
                claims += self._book.claims("collaborations", self._reader(row.number, cells, "collaboration"))
            yield id_

    def _thing(self, table: str, cells: Mapping[str, Cell], claims: list[Claim], problems: list[Problem]) -> str | None:
        """Return the id of what a row names, which is said the first time; None where it names nothing."""
        if not as_text(cells.get("name")).strip():
            return None
        thing = self._things[table].find(cells)
        if thing.id in self._said:
            return self._said[thing.id]
        known = self._book.known(table, thing.name)  # of a table of ours in the same file
        if known is None:
            reader = self._reader(thing.row, self._cells(table, thing), table[:-1], thing)
            made = self._book.claims(table, reader)
            claims += made
            problems += [*reader.problems, *self._differences(thing, table)]
            known = thing.id if made else None
        self._said[thing.id] = known
        return known

    def _cells(self, table: str, thing: Thing) -> dict[str, Cell]:
        cells = {**thing.said.cells, "id": thing.id, "name": thing.name}
        if thing.spellings and table == "actors":
            names = [as_text(thing.said.cells.get("names")).strip(), *thing.spellings]
            cells["names"] = "; ".join(name.replace(";", ",") for name in names if name)
        return cells

    def _participation(
        self, row: ListRow, actor: str, collaboration: str, role: str, problems: list[Problem]
    ) -> tuple[Claim, ...]:
        key = identifiers.digest(actor, collaboration, role)
        first = self._said.setdefault(key, str(row.number))
        if first != str(row.number):
            if row.cells["participation"] or row.own["participation"]:
                message = f"Row {first} says this participation already; what this row says of it stays in the record."
                problems.append(self._problem(row, message, "Give the two different roles.", Severity.WARNING))
            return ()
        cells: dict[str, Cell] = {"actor": actor, "collaboration": collaboration, "role": role}
        own = False
        if role != "funder" and actor == self._said.get(self._actor_key(row), ""):
            cells = {**row.cells["participation"], **cells}
            own = True
        reader = self._reader(row.number, cells, "participation")
        reader.own = row.own["participation"] if own else ()
        made = self._book.claims("participations", reader)
        problems += reader.problems
        return made

    def _actor_key(self, row: ListRow) -> str:
        return self._things["actors"].find(row.cells["actor"]).id if row.cells["actor"].get("name") else ""

    # helpers

    def _reader(self, number: int, cells: Mapping[str, Cell], owner: str, thing: Thing | None = None) -> RowReader:
        place = Place(self._grid.file, self._grid.name, number)
        headers = self._columns.headers(owner) if self._columns else {}
        language = self._columns.language if self._columns else "en"
        own = [(title, as_text(text)) for title, text in thing.own.cells.items()] if thing else []
        return RowReader(place, cells, headers, language, own, soft=True)

    def _differences(self, thing: Thing, table: str) -> Iterator[Problem]:
        headers = self._columns.headers(table[:-1]) if self._columns else {}
        for key, each in (*thing.said.differing.items(), *thing.own.differing.items()):
            at = (self._grid.file, self._grid.name, each.at.row, headers.get(key, key), each.text[:200])
            yield Problem(*at, each.message(thing.name), REMEDY, Severity.WARNING)

    def _record(self, row: ListRow) -> Record:
        id_ = identifiers.digest(self._source, self._grid.name, str(row.number))[:24]
        return Record(id=id_, source=self._source, sheet=self._grid.name, row=row.number, values=row.values)

    def _notes(self) -> Iterator[Problem]:
        counts = {table: len({thing.id for thing in things.by_id.values()}) for table, things in self._things.items()}
        message = (
            f"Read as a list from row {self._sheet.header_row} on: {counts['actors']:,} actors,"
            f" {counts['collaborations']:,} collaborations; their ids are made from identifiers and names."
        )
        remedy = (
            "Which column is which is seen and changed on the page of the columns, or with: graphsvc import FILE"
            " --columns."
        )
        yield self._note(message, remedy)
        if own := [column.title for column in self._sheet.columns if column.field.endswith(ATTRIBUTE)]:
            yield self._note(f"Kept as attributes: {listed(own)}.", "Nothing is to be done.")
        if personal := [column.title for column in self._sheet.columns if column.reason == "personal"]:
            yield self._note(f"Not kept, since they name persons: {listed(personal)}.", "Nothing is to be done.")

    def _note(self, message: str, remedy: str) -> Problem:
        return Problem(self._grid.file, self._grid.name, None, "", "", message, remedy, Severity.NOTE)

    def _problem(self, row: ListRow, message: str, remedy: str, severity: Severity = Severity.ERROR) -> Problem:
        return Problem(self._grid.file, self._grid.name, row.number, "", "", message, remedy, severity)


def _kind_of(title: str) -> str:
    """Return the kind of collaboration that a heading names (Hankkeet, Nätverk); a network where it names none."""
    singular = {"hankkeet": "project", "projektit": "project", "projects": "project", "projekten": "project"}
    folded = identifiers.fold(title)
    found = meant(folded, "collaboration", CollaborationKind)
    return singular.get(folded) or (found.value if found else CollaborationKind.NETWORK.value)
