"""The tables Places and Themes, whose rows stand below one another: each is said after its parent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import places, values
from graphsvc.ingest.grid import Cell
from graphsvc.ingest.own_ids import new_id
from graphsvc.ingest.places import PlaceBook
from graphsvc.ingest.reading import Problem
from graphsvc.ingest.references import Index
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Claim, Place, PlaceKind, Record, Theme

T = TypeVar("T", bound=Place | Theme)
Said = tuple[Record, tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Tree(Generic[T]):
    """How the rows of one such table are read."""

    circular: str
    """What is said of a thing that is below itself."""
    make: Callable[[RowReader], T | None]
    """A row's thing without its parent, put into the index; None where the row has an error."""
    parent: Callable[[Cell], str]
    """The id that a cell of the column parent means."""
    before: Callable[[T], list[Place]]
    """What must be said before a thing besides other rows."""
    leave_out: Callable[[RowReader], None]
    outside: Callable[[str], bool]
    """Whether a parent is none of the table's own."""

    def rows(self, rows: Sequence[tuple[RowReader, Record]]) -> Iterator[Said | Problem]:
        """Yield what the rows say, parents first, and what is wrong with them."""
        made: list[tuple[RowReader, Record, T]] = []
        for row, record in rows:
            thing = self.make(row)
            if thing is None:
                yield from row.problems
                self.leave_out(row)
            else:
                made.append((row, record, thing))
        waiting = [(row, record, self._with_parent(row, thing)) for row, record, thing in made]
        said: set[str] = set()
        while waiting:
            ready: list[tuple[RowReader, Record, T]] = []
            later: list[tuple[RowReader, Record, T]] = []
            for item in waiting:
                (ready if self._is_ready(item[2].parent, said) else later).append(item)
            waiting, batch = later, ready or later
            for row, record, each in batch:
                if not ready:
                    row.note("parent", self.circular, "Correct the parent.")
                yield from row.problems
                if not row.failed:
                    said.add(each.id)
                    yield record, (*self.before(each), each)
            if not ready:
                return

    def _is_ready(self, parent: str | None, said: set[str]) -> bool:
        return parent is None or parent in said or self.outside(parent)

    def _with_parent(self, row: RowReader, thing: T) -> T:
        told = thing.model_copy(update={"parent": row.read("parent", self.parent)})
        return cast(T, told)  # mypy takes the copy for either of the two


def theme_tree(index: Index, leave_out: Callable[[RowReader], None]) -> Tree[Theme]:
    """Return how the sheet Themes is read."""

    def make(row: RowReader) -> Theme | None:
        name = row.need("name", values.name) or ""
        id_ = new_id(index, row, f"t-{identifiers.slug(name)}")
        theme = row.build(
            lambda: Theme(
                id=id_,
                name=name or "?",
                name_fi=row.read("name_fi", values.name),
                name_sv=row.read("name_sv", values.name),
                name_en=row.read("name_en", values.name),
            )
        )
        if row.failed or theme is None:
            return None
        index.add(theme.id, row.at.row, theme.name, filter(None, (theme.name_fi, theme.name_sv, theme.name_en)))
        return theme

    def parent(cell: Cell) -> str:
        return index.find(values.line(cell))

    circular = "The theme is below itself, or its parent is left out."
    return Tree(circular, make, parent, lambda theme: [], leave_out, lambda parent: False)


def place_tree(index: Index, book: PlaceBook, leave_out: Callable[[RowReader], None]) -> Tree[Place]:
    """Return how the sheet Places is read. A parent may be a place of the reference tables that it does not list."""

    def make(row: RowReader) -> Place | None:
        name, kind = row.need("name", values.name), row.need("kind", row.kind("place", PlaceKind))
        row.need("id", values.own_id)
        id_ = new_id(index, row, "x")
        if row.failed or not name or not kind:
            return None
        index.add(id_, row.at.row, name)
        return Place(id=id_, name=name, kind=kind)

    def parent(cell: Cell) -> str:
        text = values.line(cell)
        try:
            return index.find(text)
        except InvalidValue:
            if known := places.by_id(text):
                return known.id
            raise

    def outside(parent: str) -> bool:
        return parent not in index.rows

    def before(place: Place) -> list[Place]:
        around = places.by_id(place.parent) if place.parent and outside(place.parent) else None
        book.said[place.id] = place.parent
        return book.new(places.chain(around)) if around else []

    circular = "The place is below itself, or its parent is left out."
    return Tree(circular, make, parent, before, leave_out, outside)
