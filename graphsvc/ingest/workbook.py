"""Cells of an ``.xlsx`` or ``.ods`` workbook: stored values only, never evaluated, behind the guard's limits."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from graphsvc.cells import as_written
from graphsvc.errors import UnreadableFile
from graphsvc.ingest import faults
from graphsvc.ingest.grid import Cell, GridRow
from graphsvc.ingest.ods_guard import check_ods
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.ingest.xlsx_guard import check_workbook


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet; its cells are read each time they are asked for."""

    path: Path
    file: str
    name: str

    def rows(self) -> Generator[GridRow | Problem, None, None]:
        """See :class:`graphsvc.ingest.grid.Grid`."""
        for number, cells in enumerate(_cells(self.path, self.name), start=1):
            if any(cell is not None and cell != "" for cell in cells):
                yield GridRow(number, [as_written(cell) if type(cell) is str else cell for cell in cells])


def sheets(path: Path, *, ods: bool = False) -> tuple[tuple[SheetGrid, ...], tuple[Problem, ...]]:
    """Return the sheets of a workbook and what to know before reading them.

    Raises :class:`UnreadableFile` when the file is no workbook or breaks a limit.
    """
    unstored = check_ods(path) if ods else check_workbook(path)
    notes = [_unstored(path.name, part, count) for part, count in sorted(unstored.items())]
    with _opened(path) as workbook:
        return tuple(SheetGrid(path, path.name, name) for name in workbook.sheet_names), tuple(notes)


def _unstored(file: str, part: str, count: int) -> Problem:
    return Problem(
        file=file,
        sheet=part.rpartition("/")[2],
        row=None,
        column="",
        value="",
        message=f"{count} cells hold a formula whose result is not stored; they are read as empty.",
        remedy="Open the workbook in Excel and save it, or paste the values.",
        severity=Severity.WARNING,
    )


def _cells(path: Path, sheet: str) -> Sequence[Sequence[Cell]]:
    with _opened(path) as workbook:
        return workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


@contextmanager
def _opened(path: Path) -> Iterator[CalamineWorkbook]:
    """Open a workbook; errors of the engine, a panic of its own included, become :class:`UnreadableFile`."""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            yield workbook
    except BaseException as error:
        # a panic derives from BaseException and can't be imported by name
        engine = type(error).__module__.startswith(("python_calamine", "pyo3_runtime"))
        if not engine and not isinstance(error, OSError | ValueError):
            raise
        raise UnreadableFile(
            f"{path.name} can't be read as a workbook ({faults.of_workbook(error)}).",
            remedy="Save it again in Excel as .xlsx.",
        ) from error
