"""The export of keep.eu, the database of Interreg projects: a workbook (Projects, Partners) or the partners as CSV.

Projects and partners hang together by programme and acronym. A partner's legal status (public or private) tells no
kind of actor: public are universities and municipalities, private are firms and associations; it is an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import places, values
from graphsvc.ingest.attributes import bounded
from graphsvc.ingest.grid import Grid, GridRow, as_text, fault_in
from graphsvc.ingest.partner_lists import PartnerBook, PartnerRow, days
from graphsvc.ingest.reading import Problem, Progress, ReadRow, Severity
from graphsvc.model import Claim, Collaboration, CollaborationKind, Place, Source

_PROGRAMME, _ACRONYM, _PARTNER, _LEAD = "Programme", "Acronym", "Project Partner", "Lead Partner"
_PARTNERS: Final = frozenset({_PROGRAMME, _ACRONYM, _PARTNER, _LEAD})
_PROJECTS: Final = frozenset({_PROGRAMME, _ACRONYM, _LEAD, "Project start", "Project end"})
_THEMES: Final = ("Thematic1", "Thematic2", "Thematic3")
_OWN_OF_PROJECTS: Final = (
    "Project Name language 2",
    "Project Name language 3",
    "Budget",
    "EU Funding",
    "Co-Financing sources",
    "Thematic Obj",
    "Priority Area",
    "Strategy",
)
"""Columns that become attributes; descriptions, results and outputs, pages long, stay in the records."""
_NUTS3: Final = "NUTS3 (or equivalent)"
_YEARS: Final = re.compile(r"^\d{4}\s*-\s*\d{4}\s*")


def is_interreg(header: Sequence[str]) -> bool:
    """Tell whether a table lists the partners of keep.eu."""
    return set(header) >= _PARTNERS


class InterregReading:
    """Projects with their themes, then one participation per partner row."""

    format = "keep.eu export"

    def __init__(
        self,
        path: Path,
        grids: Sequence[tuple[Grid, Sequence[str]]],
        *,
        fingerprint: str,
        notes: Sequence[Problem] = (),
    ) -> None:
        """``grids`` are the tables with their headers."""
        self.source = Source(
            id=f"keep-{identifiers.slug(path.name.split('.')[0])}",
            name=f"keep.eu: {path.name}",
            address="https://keep.eu/",
            publisher="Interact",
            terms="keep.eu; reuse is free with the source cited.",
        )
        self.fingerprint = fingerprint
        self._notes = notes
        self._projects = [grid for grid, header in grids if set(header) >= _PROJECTS]
        self._partners = [grid for grid, header in grids if is_interreg(header)]
        known = {grid.name for grid in (*self._projects, *self._partners)}
        self._unread = [grid.name for grid, _ in grids if grid.name not in known]

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`. ``progress`` is called with rows."""
        yield from self._notes
        for name in self._unread:
            message = f"The sheet {name!r} is not read: it says nothing of projects and partners."
            yield Problem(self.source.name, name, None, "", "", message, "Nothing is to be done.", Severity.WARNING)
        book = PartnerBook(self.source.id)
        done = 0
        for grids, read in ((self._projects, _project_row), (self._partners, _partner_row)):
            for grid in grids:
                for row in _rows(grid):
                    if isinstance(row, Problem):
                        yield row
                        continue
                    claims, actor, project = read(row, book)
                    yield from row.problems
                    if not any(problem.severity is Severity.ERROR for problem in row.problems):
                        yield book.row(row, claims, actor, project)
                    done += 1
                    if progress and done % 500 == 0:
                        progress(done, 0)
        if progress:
            progress(done, done)


def _rows(grid: Grid) -> Iterator[PartnerRow | Problem]:
    titles: list[str] = []
    for row in grid.rows():
        if isinstance(row, Problem):
            yield row
        elif not titles:
            titles = [as_text(cell).strip() for cell in row.cells]
        else:
            yield _row(grid, titles, row)


def _row(grid: Grid, titles: list[str], row: GridRow) -> PartnerRow:
    read = PartnerRow(grid.file, grid.name, row.number, {})
    for title, cell in zip(titles, row.cells, strict=False):
        text = as_text(cell).strip()
        if fault := fault_in(text):
            read.values[title] = text[:200]
            read.note(title, fault, "Only its beginning is kept; the other columns are read.")
        elif text:
            read.values[title] = text
    return read


_Said = tuple[list[Claim], str | None, str | None]


def _project_row(row: PartnerRow, book: PartnerBook) -> _Said:
    id_ = _project_id(row)
    if not id_:
        return [], None, None
    themes, ids = book.themes(list(dict.fromkeys(filter(None, map(row.get, _THEMES)))))
    start, end = days(row, "Project start", "Project end")
    title = row.get("Project Name")

    def made(source: str) -> Collaboration:
        return Collaboration(
            id=id_,
            name=row.get(_ACRONYM)[:2000],
            title=title[:2000] if title and title != row.get(_ACRONYM) else None,
            kind=CollaborationKind.PROJECT,
            start=start,
            end=end,
            programme=_programme(row),
            topic=row.get("Specific Obj")[:2000] or None,
            themes=ids,
            website=row.read("Website", values.web_address),
            source=source,
            attributes=bounded((title, row.get(title)) for title in _OWN_OF_PROJECTS)[0],
        )

    return [*themes, *book.project(made, id_)], None, id_


def _partner_row(row: PartnerRow, book: PartnerBook) -> _Said:
    id_ = _project_id(row)
    name = row.get(_PARTNER)
    if not name:
        row.note(_PARTNER, "The row names no partner.", "Fill it in, or delete the row.", Severity.ERROR)
    if not id_ or not name:
        return [], None, None

    def made(source: str) -> Collaboration:
        acronym = row.get(_ACRONYM)[:2000]
        kind = CollaborationKind.PROJECT
        return Collaboration(id=id_, name=acronym, kind=kind, programme=_programme(row), source=source)

    where = _where(row)
    land = where[0].id if where else "xx"
    actor = f"keep-{land}-{identifiers.slug(name)}"
    role = "lead partner" if row.get(_LEAD).lower() == "yes" else "partner"
    legal, _ = bounded([("Legal Status", row.get("Legal Status"))])
    claims = [*book.project(made, id_), *book.actor(actor, name, where, legal), *book.participation(actor, id_, role)]
    return claims, actor, id_


def _project_id(row: PartnerRow) -> str:
    acronym, programme = row.get(_ACRONYM), row.get(_PROGRAMME)
    if not acronym:
        row.note(_ACRONYM, "The row names no project.", "Fill in its acronym, or delete the row.", Severity.ERROR)
        return ""
    return f"keep-{identifiers.slug(acronym)}-{identifiers.digest(programme, acronym)[:8]}"


def _programme(row: PartnerRow) -> str | None:
    return _YEARS.sub("", row.get(_PROGRAMME))[:2000] or None


def _where(row: PartnerRow) -> list[Place]:
    """Return country, Finnish region and town, as far as the row says."""
    land = row.read("Country", places.country)
    if land is None:
        return []
    around = _region(row) if land.id == "fi" else None
    town = row.get("Town")[:200]
    return places.chain(places.municipality(town, around, land) if town else around or land)


def _region(row: PartnerRow) -> Place | None:
    """Return the Finnish region by its NUTS 3 code, else by its name: codes change between editions of NUTS."""
    code, _, name = row.get(_NUTS3).partition("/")
    for text in (code.strip(), name.strip()):
        try:
            return places.region(text)
        except InvalidValue:
            continue
    return None
