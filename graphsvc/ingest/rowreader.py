"""One row under its recognised columns: values are asked for by key, and what is wrong becomes problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from graphsvc.errors import InvalidValue
from graphsvc.ingest import values
from graphsvc.ingest.attributes import MAX_TEXT, bounded
from graphsvc.ingest.grid import Cell, as_text
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.model import Attributes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, for messages."""

    file: str
    sheet: str
    row: int


@dataclass(slots=True)
class RowReader:
    """A row being read. Every column is tried, so that one reading names all that is wrong with the row."""

    at: Place
    cells: Mapping[str, Cell]
    headers: Mapping[str, str]
    """Key of a column → its header as the file writes it."""
    language: str = "en"
    """The language of the header: what may be written is told in it."""
    own: Sequence[tuple[str, str]] = ()
    """Headers of the source's own, with their texts."""
    soft: bool = False
    """Whether what can't be read costs the value and not the row; the text then becomes an attribute."""
    soft_keys: frozenset[str] = frozenset()
    """Columns for which that holds in a row that is not soft."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """True when the row must be left out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def given(self, key: str) -> bool:
        """True when the column is there and its cell is not empty."""
        return key in self.cells and bool(as_text(self.cells[key]).strip())

    def read(self, key: str, parse: Callable[[Cell], T]) -> T | None:
        """Return the parsed value; None when the cell is empty or what it holds became a problem."""
        if not self.given(key):
            return None
        try:
            return parse(self.cells[key])
        except InvalidValue as error:
            self.note(key, error.message, error.remedy)
            self.keep(key)
            return None

    def need(self, key: str, parse: Callable[[Cell], T]) -> T | None:
        """As :meth:`read`, and an empty cell is an error."""
        if not self.given(key):
            self._problem(key, f"The column {self.header(key)!r} is empty.", "Fill it in, or delete the row.")
            return None
        return self.read(key, parse)

    def kind(self, vocabulary: str, enum: type[values.E]) -> Callable[[Cell], values.E]:
        """Return what reads a word for a kind."""
        return lambda cell: values.kind(cell, vocabulary, enum, self.language)

    def days(self, first: str = "start", last: str = "end") -> tuple[date | None, date | None]:
        """Return the days of two columns; neither, and an error, where the last is before the first."""
        start, end = self.read(first, values.day), self.read(last, values.day)
        if start and end and end < start:
            self.note(last, f"It ends ({end}) before it starts ({start}).", "Correct one of the two dates.")
            return None, None
        return start, end

    def attributes(self) -> Attributes:
        """Return what the source's own columns say; what is too much for an attribute is told."""
        kept, beyond = bounded(self.own)
        for name in beyond:
            message = (
                f"The text is longer than {MAX_TEXT:,} characters, or one of too many; it stays in the record only."
            )
            self.note(name, message, "Shorten it where it is to be shown.", Severity.WARNING)
        return kept

    def keep(self, key: str) -> None:
        """Keep what a soft row, or column, says and could not be read as an attribute."""
        if self._is_soft(key):
            self.own = (*self.own, (self.header(key), as_text(self.cells[key]).strip()))

    def build(self, make: Callable[[], T]) -> T | None:
        """Return what ``make`` makes; what the model refuses becomes a problem of the row."""
        try:
            return make()
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                key = str(fault["loc"][0]) if fault["loc"] else ""
                message = fault["msg"].removeprefix("Value error, ").rstrip(".")
                self._problem(key, f"{message[:1].upper()}{message[1:]}.", "Correct the value.")
            return None

    def note(self, key: str, message: str, remedy: str, severity: Severity = Severity.ERROR) -> None:
        """Keep a problem of this row; of a soft one, or a soft column, it is a warning."""
        self._problem(key, message, remedy, Severity.WARNING if self._is_soft(key) else severity)

    def _is_soft(self, key: str) -> bool:
        return self.soft or key in self.soft_keys

    def _problem(self, key: str, message: str, remedy: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(
            Problem(
                file=self.at.file,
                sheet=self.at.sheet,
                row=self.at.row,
                column=self.header(key),
                value=as_text(self.cells.get(key))[:200],
                message=message,
                remedy=remedy,
                severity=severity,
            )
        )

    def header(self, key: str) -> str:
        """Return the column's header as the file writes it."""
        return self.headers.get(key, key)
