"""What every reader of a file hands on: rows with what they say, and problems named so that a person can mend them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from graphsvc.model import Claim, Contact, Record, Source


class Severity(StrEnum):
    """``error``: the row is left out. ``warning``: the row is read, the value is not. ``note``: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do."""

    file: str
    sheet: str
    row: int | None
    """Row as a person sees it in the file (header is 1); None when it is about the whole sheet or file."""
    column: str
    value: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    whole_sheet: bool = False
    """True when nothing of the sheet is read because of it."""

    def __str__(self) -> str:
        where = [self.file, *([f"sheet {self.sheet}"] if self.sheet else [])]
        where += [f"row {self.row}"] if self.row else []
        where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: {self.message} {self.remedy}".strip()


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the file: the record as it came, and what it says. A thing is said before it is spoken of."""

    record: Record
    says: tuple[Claim, ...]
    contact: Contact | None = None
    """The person that it names, on the sheet Contacts; then it says nothing else, and its record is not kept."""


Progress = Callable[[int, int], None]
"""Called with (bytes or rows done, total; total 0 where unknown)."""


class Reading(Protocol):
    """A file opened by the reader that knows its format."""

    @property
    def source(self) -> Source:
        """The file itself as a source; rows may name other sources for single claims."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the file's bytes."""
        ...

    @property
    def format(self) -> str:
        """Name of the format, for people."""
        ...

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """Read from the beginning, each time with the same result. Memory does not grow with the file."""
        ...


@dataclass(slots=True)
class Tally:
    """What a file holds, counted while it is read."""

    rows: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    """Claims by type name: Actor, Collaboration, Participation … (a thing said twice counts once per saying)."""
    problems: list[Problem] = field(default_factory=list)
    """The first ``keep`` problems."""
    problem_count: Counter[Severity] = field(default_factory=Counter)
    wrong_rows: int = 0
    """Rows with at least one error; what they say is left out."""
    unread_sheets: list[str] = field(default_factory=list)
    """Sheets of which nothing is read."""
    keep: int = 200
    _last: tuple[str, str, int | None] | None = None

    def add(self, item: ReadRow | Problem) -> None:
        """Count one item of :meth:`Reading.rows`."""
        if isinstance(item, Problem):
            self.problem_count[item.severity] += 1
            self._count_wrong(item)
            if len(self.problems) < self.keep:
                self.problems.append(item)
            return
        self.rows += 1
        self.claims.update(type(claim).__name__ for claim in item.says)
        if item.contact:
            self.claims["Contact"] += 1

    def _count_wrong(self, problem: Problem) -> None:
        place = (problem.file, problem.sheet, problem.row)
        if problem.whole_sheet:
            self.unread_sheets.append(problem.sheet)
        elif problem.severity is Severity.ERROR and problem.row is not None and place != self._last:
            self.wrong_rows += 1
            self._last = place
