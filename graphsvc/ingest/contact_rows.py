"""What a row of the sheet Contacts says: a person at an actor. What is wrong is told without quoting any cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from graphsvc.errors import InvalidValue
from graphsvc.ingest import values
from graphsvc.ingest.grid import Cell
from graphsvc.ingest.reading import Problem, ReadRow
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Contact, Record

if TYPE_CHECKING:
    from graphsvc.ingest.own_rows import Book

T = TypeVar("T")
_UNREADABLE: Final = "What stands here can't be read; it is not repeated, as it may name a person."
_OFF: Final = "Contact persons are not kept here: nothing of this sheet is saved."


def read(row: RowReader, record: Record, book: Book) -> Iterator[ReadRow | Problem]:
    """Yield the person of a row with a record that holds nothing of it, or its problems."""
    actor = row.need("actor", _quiet(lambda cell: _actor(values.line(cell), book)))
    name, purpose = row.need("name", _quiet(values.line)), row.need("purpose", _quiet(values.line))
    until = row.need("until", _quiet(values.day))
    more = {key: row.read(key, _quiet(values.line)) or "" for key in ("role", "email", "phone")}
    contact = None
    if not row.failed:
        contact = row.build(
            lambda: Contact(
                id=record.id,
                actor=actor or "x",
                name=name or "?",
                purpose=purpose or "?",
                until=until or date.min,
                source=record.source,
                **more,
            )
        )
    yield from row.problems
    if contact:
        yield ReadRow(record.model_copy(update={"values": {}, "actor": contact.actor}), (), contact)


def discreet(item: ReadRow | Problem) -> ReadRow | Problem:
    """Return an item of the sheet without the text of a cell."""
    if not isinstance(item, Problem):
        return item
    # A sheet without a header has a person where the header should be.
    message = f"There is no column {item.column!r}." if "; found:" in item.message else item.message
    return replace(item, value="", message=message)


def refused(items: Iterable[ReadRow | Problem], file: str) -> Iterator[ReadRow | Problem]:
    """Yield what a file says without its contact persons, and once for each sheet that they are not kept."""
    told = set()
    for item in items:
        if isinstance(item, Problem) or not item.contact:
            yield item
        elif (sheet := item.record.sheet) not in told:
            told.add(sheet)
            remedy = "Take the sheet out of the file, or have GRAPHSVC_CONTACTS set by who runs this installation."
            yield Problem(file, sheet, None, "", "", _OFF, remedy)


def _actor(text: str, book: Book) -> str:
    found = book.known("actors", text)
    if found is None:
        raise InvalidValue("No actor of the file is called so, or several are.", remedy="Use the id of one of them.")
    return found


def _quiet(parse: Callable[[Cell], T]) -> Callable[[Cell], T]:
    def read(cell: Cell) -> T:
        try:
            return parse(cell)
        except InvalidValue as error:
            raise InvalidValue(_UNREADABLE, remedy=error.remedy) from None

    return read
