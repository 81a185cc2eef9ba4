"""CORDIS project and organisation files as the Publications Office publishes them, CSV streamed out of its zip or XLSX.

Both layouts are read: that of 2017–2020 (``cordis-h2020organizations.csv``: ``id``, ``projectRcn``) and that since 2021
(``organization.csv``: ``organisationID``, ``projectID``). Names of contact persons are personal data and are not kept.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue, UnknownFormat, UnreadableFile
from graphsvc.ingest.cordis_columns import Header, Kind, kind_of
from graphsvc.ingest.cordis_rows import Organisations, Projects, Unfit
from graphsvc.ingest.cordis_themes import ThemeBook
from graphsvc.ingest.csvfile import CsvGrid
from graphsvc.ingest.grid import Grid, GridRow, as_text, fault_in, first_row
from graphsvc.ingest.reading import Problem, Progress, ReadRow, Severity
from graphsvc.model import Source

_PERSONAL: Final = re.compile(r"contact(?!form)", re.IGNORECASE)
_TERMS: Final = "CORDIS, European Union. Reuse is permitted with attribution (Commission Decision 2011/833/EU)."


def is_cordis(grids: Sequence[Grid]) -> bool:
    """Tell whether one of the files is a CORDIS organisation file."""
    return any(kind_of(_titles(grid)) is Kind.ORGANISATIONS for grid in grids)


def without_partners(file: str, grids: Sequence[Grid]) -> UnknownFormat | None:
    """Return the error for CORDIS files that say nothing of partners without the organisation file, else None."""
    held = [kind.value for grid in grids if (kind := kind_of(_titles(grid)))]
    held += ["legal bases" for grid in grids if {"projectid", "legalbasis"} <= {t.lower() for t in _titles(grid)}]
    if not held:
        return None
    return UnknownFormat(
        f"{file} holds {', '.join(dict.fromkeys(held))} of CORDIS, but not who takes part in the projects.",
        remedy="Put it into one folder or zip with the organisation file of the same download (organization.csv or"
        " organization.xlsx), and load the folder or zip.",
    )


def _titles(grid: Grid) -> list[str]:
    return [as_text(cell) for cell in first_row(grid)]


@dataclass(slots=True)
class _Meter:
    """Bytes read of all files together."""

    total: int
    progress: Progress | None
    done: int = 0

    def count(self, read: int) -> None:
        self.done += read
        if self.progress and self.total:
            self.progress(self.done, self.total)


class CordisReading:
    """Projects with their themes, then one participation per organisation row."""

    format = "CORDIS"

    def __init__(self, path: Path, grids: Sequence[Grid], *, fingerprint: str, notes: Sequence[Problem] = ()) -> None:
        self.fingerprint = fingerprint
        self._notes = notes
        self._files: dict[Kind, Grid] = {}
        for grid in grids:
            kind = kind_of(_titles(grid))
            if kind in self._files:
                raise UnreadableFile(
                    f"{path.name} holds two files of {kind.value}: {self._files[kind].file} and {grid.file}.",
                    remedy="Load one framework programme at a time.",
                )
            if kind:
                self._files[kind] = grid
        stem = re.sub(r"^cordis[-_]?", "", path.name.split(".")[0], flags=re.IGNORECASE) or "file"
        self.source = Source(
            id=f"cordis-{identifiers.slug(stem)}",
            name=f"CORDIS: {path.name}",
            stated=_made(path),
            address="https://cordis.europa.eu/",
            publisher="European Union",
            terms=_TERMS,
        )

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`. ``progress`` is called with bytes, of workbooks with rows."""
        yield from self._notes
        sizes = [grid.stream.size() if isinstance(grid, CsvGrid) else 0 for grid in self._files.values()]
        meter = _Meter(sum(sizes) if all(sizes) else 0, progress)
        grids: dict[Kind, Grid] = {
            kind: grid.counted(meter.count) if isinstance(grid, CsvGrid) else grid for kind, grid in self._files.items()
        }
        themes = ThemeBook()
        for kind in (Kind.PRIORITIES, Kind.FIELDS, Kind.TOPICS):
            if kind in grids:
                themes.read(kind, grids[kind])
        projects = Projects(self.source.id, themes)
        rows = chain(
            _said(grids[Kind.PROJECTS], Kind.PROJECTS, projects) if Kind.PROJECTS in grids else (),
            _said(grids[Kind.ORGANISATIONS], Kind.ORGANISATIONS, Organisations(self.source.id, projects)),
        )
        for done, item in enumerate(rows, start=1):
            yield item
            if progress and not meter.total and done % 500 == 0:  # workbooks, whose bytes nobody counts
                progress(done, 0)


def _said(grid: Grid, kind: Kind, reader: Projects | Organisations) -> Iterator[ReadRow | Problem]:
    header: Header | None = None
    for row in grid.rows():
        if isinstance(row, Problem):
            yield row
        elif header is None:
            header = Header(kind, [as_text(cell) for cell in row.cells])
        else:
            yield from _one(grid, header, row, reader)


def _one(grid: Grid, header: Header, row: GridRow, reader: Projects | Organisations) -> Iterator[ReadRow | Problem]:
    values: dict[str, str] = {}
    unfit: list[Unfit] = []
    try:
        _keep(header, row, values)
        read = reader.read(header.pick(row.cells), row.number, values, grid.name, unfit)
    except InvalidValue as error:
        yield _problem(grid, row, header.title(error.field), values, error, Severity.ERROR)
        return
    for key, reason in unfit:
        yield _problem(grid, row, header.title(key), values, reason, Severity.WARNING)
    yield read


def _keep(header: Header, row: GridRow, values: dict[str, str]) -> None:
    """Fill ``values`` with the row as it came, without persons; :class:`InvalidValue` when it can't be kept."""
    if any(row.cells[len(header.titles) :]):
        raise InvalidValue(
            f"The row has {len(row.cells)} cells, the header {len(header.titles)}.",
            remedy="Text that holds the separator must stand in quotes.",
        )
    for title, cell in zip(header.titles, row.cells, strict=False):
        if cell and not _PERSONAL.match(title):
            text = values[title] = as_text(cell)
            if fault := fault_in(text):
                raise InvalidValue(fault, remedy="Download the file again.", field=title)


def _problem(
    grid: Grid, row: GridRow, title: str, values: dict[str, str], error: InvalidValue, severity: Severity
) -> Problem:
    value = values.get(title, "")[:200]
    return Problem(grid.file, grid.name, row.number, title, value, error.message, error.remedy, severity)


def _made(path: Path) -> date | None:
    """Return the day CORDIS packed its newest table, which is the day its data speak of; None outside a zip."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        days = [member.date_time[:3] for member in archive.infolist() if member.date_time[0] > 1980]
    try:
        return date(*max(days)) if days else None
    except ValueError:  # a zip may hold a day that no calendar has
        return None
