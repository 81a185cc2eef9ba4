"""Small files made for one test each; nothing is read from outside but what a test says it needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest

from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, ReadRow, Severity
from graphsvc.model import Claim

C = TypeVar("C", bound=Claim)
Sheets = Mapping[str, Sequence[Sequence[object]]]


@dataclass
class Read:
    """Everything a file said."""

    rows: list[ReadRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What is wrong."""
    notes: list[str] = field(default_factory=list)
    """What is good to know."""

    def claims(self, kind: type[C]) -> list[C]:
        return [claim for row in self.rows for claim in row.says if isinstance(claim, kind)]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


@pytest.fixture
def read() -> Callable[[Path], Read]:
    """Read a file twice: the second reading must say the same."""

    def read_twice(path: Path) -> Read:
        reading = open_file(path)
        first, second = list(reading.rows()), list(reading.rows())
        assert first == second
        return Read(
            [item for item in first if isinstance(item, ReadRow)],
            [item for item in first if isinstance(item, Problem) and item.severity is not Severity.NOTE],
            [item.message for item in first if isinstance(item, Problem) and item.severity is Severity.NOTE],
        )

    return read_twice


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[Sheets], Path]:
    """Write sheets (rows of cells) into a workbook, every text as text."""

    def write(sheets: Sheets) -> Path:
        path = tmp_path / "network.xlsx"
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for number, row in enumerate(rows, start=1):
                for position, value in enumerate(row, start=1):
                    cell = sheet.cell(number, position, value)
                    if isinstance(value, str):
                        cell.data_type = "s"
        book.save(path)
        book.close()
        return path

    return write


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared data folder, or skip the test."""
    path = Path(os.environ.get("GRAPHSVC_SHARED", Path(__file__).parents[2] / "../shared")).resolve()
    if not path.is_dir():
        pytest.skip("needs the shared data folder beside the repository, or GRAPHSVC_SHARED")
    return path
