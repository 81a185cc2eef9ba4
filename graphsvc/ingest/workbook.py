"""Cells of an ``.xlsx`` workbook: stored values only, never evaluated, behind the guard's limits."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import guard
from graphsvc.ingest.grid import Cell, GridRow
from graphsvc.ingest.reading import Problem, Severity


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
                yield GridRow(number, cells)


def sheets(path: Path) -> tuple[tuple[SheetGrid, ...], tuple[Problem, ...]]:
    """Return the sheets of a workbook and what to know before reading them.

    Raises :class:`UnreadableFile` when the file is no workbook or breaks a limit.
    """
    unstored = guard.check_workbook(path)
    notes = [_unstored(path.name, part, count) for part, count in sorted(unstored.items())]
    with _calamine(path) as workbook:
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
    with _calamine(path) as workbook:
        return workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


class _calamine:  # noqa: N801  # reads as a function at its two places
    """A workbook opened by calamine; its errors, and a panic of its engine, become :class:`UnreadableFile`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> CalamineWorkbook:
        try:
            self._workbook = CalamineWorkbook.from_path(str(self._path))
        except BaseException as error:
            self._translate(error)
            raise
        return self._workbook

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._workbook.close()
        if error is not None:
            self._translate(error)

    def _translate(self, error: BaseException) -> None:
        # a panic in the engine derives from BaseException and can't be imported by name
        engine = type(error).__module__.startswith(("python_calamine", "pyo3_runtime", "_python_calamine"))
        if engine or isinstance(error, OSError | ValueError):
            raise UnreadableFile(
                f"{self._path.name} can't be read as a workbook ({error}).", remedy="Save it again in Excel as .xlsx."
            ) from error
