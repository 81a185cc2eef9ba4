"""Cells of an ``.xlsx`` workbook: stored values only, never evaluated, behind the guard's limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import guard
from graphsvc.ingest.grid import Cell, GridRow
from graphsvc.ingest.reading import Problem


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet; its cells are read each time they are asked for."""

    path: Path
    file: str
    name: str

    def rows(self) -> Iterator[GridRow | Problem]:
        """See :class:`graphsvc.ingest.grid.Grid`."""
        for number, cells in enumerate(_cells(self.path, self.name), start=1):
            if any(cell is not None and cell != "" for cell in cells):
                yield GridRow(number, cells)


def sheets(path: Path) -> tuple[SheetGrid, ...]:
    """Return the sheets of a workbook; :class:`UnreadableFile` when it is none or breaks a limit."""
    guard.check_workbook(path)
    with _calamine(path) as workbook:
        return tuple(SheetGrid(path, path.name, name) for name in workbook.sheet_names)


def _cells(path: Path, sheet: str) -> list[list[Cell]]:
    with _calamine(path) as workbook:
        cells: list[list[Cell]] = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return cells


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
