"""Lists of funded projects with one partner a row: what their rows say, whatever the programme's columns are called.

A profile says where the project, the actor, the role and the money of a row stand; the claims are made here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import values
from graphsvc.ingest.places import PlaceBook
from graphsvc.ingest.reading import Problem, ReadRow, Severity
from graphsvc.model import Actor, Attributes, Claim, Collaboration, Money, Participation, Place, Record, Theme

T = TypeVar("T")
_LINE: Final = 2000


@dataclass(slots=True)
class PartnerRow:
    """One row being read: where it stands, what it holds, and what was found wrong with it."""

    file: str
    sheet: str
    number: int
    values: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def get(self, title: str) -> str:
        """Return a column's text as one line, or nothing."""
        return " ".join(self.values.get(title, "").split())

    def read(self, title: str, parse: Callable[[str], T]) -> T | None:
        """Return a column's value; what can't be read costs the value, not the row."""
        text = self.get(title)
        if not text:
            return None
        try:
            return parse(text)
        except InvalidValue as error:
            self.note(title, error.message, error.remedy)
            return None

    def note(self, title: str, message: str, remedy: str, severity: Severity = Severity.WARNING) -> None:
        """Keep a problem of this row."""
        value = self.values.get(title, "")[:200]
        self.problems.append(Problem(self.file, self.sheet, self.number, title, value, message, remedy, severity))


class PartnerBook:
    """What the rows have said so far: each project, actor, place and participation is said once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._said: set[str] = set()
        self._places = PlaceBook()

    def project(self, made: Callable[[str], Collaboration], id_: str) -> list[Claim]:
        """Return a project, the first time it is spoken of."""
        return [made(self._source)] if self._first(f"c {id_}") else []

    def themes(self, names: list[str]) -> tuple[list[Claim], tuple[str, ...]]:
        """Return the themes that are new, and the ids of all."""
        themes = [Theme(id=f"t-{identifiers.slug(name)}", name=name, name_en=name) for name in names]
        return [theme for theme in themes if self._first(theme.id)], tuple(theme.id for theme in themes)

    def actor(self, id_: str, name: str, where: list[Place], own: Attributes | None = None) -> list[Claim]:
        """Return an actor and its new places, the first time it is spoken of."""
        if not self._first(f"a {id_}"):
            return []
        place = where[-1].id if where else None
        made = Actor(id=id_, name=name[:_LINE], place=place, source=self._source, attributes=own or {})
        return [*self._places.new(where), made]

    def participation(self, actor: str, project: str, role: str, money: Decimal | None = None) -> list[Claim]:
        """Return a participation, the first time it is spoken of."""
        made = Participation(
            actor=actor,
            collaboration=project,
            role=role,
            source=self._source,
            money=None if money is None else Money(amount=money),
        )
        return [made] if self._first(made.id) else []

    def row(self, row: PartnerRow, claims: list[Claim], actor: str | None, project: str | None) -> ReadRow:
        """Return the row with its record, and its claims told which record says them."""
        record = Record(
            id=identifiers.digest(self._source, row.sheet, str(row.number))[:24],
            source=self._source,
            sheet=row.sheet,
            row=row.number,
            values=row.values,
            actor=actor,
            collaboration=project,
        )
        told = (
            claim.model_copy(update={"record": record.id}) if isinstance(claim, Participation) else claim
            for claim in claims
        )
        return ReadRow(record, tuple(told))

    def _first(self, what: str) -> bool:
        if what in self._said:
            return False
        self._said.add(what)
        return True


def days(row: PartnerRow, start: str, end: str) -> tuple[date | None, date | None]:
    """Return first and last day; both are left out, and that is told, where they are in the wrong order."""
    first, last = row.read(start, values.day), row.read(end, values.day)
    if first and last and last < first:
        row.note(end, f"It ends ({last}) before it starts ({first}).", "Correct one of the two dates.")
        return None, None
    return first, last
