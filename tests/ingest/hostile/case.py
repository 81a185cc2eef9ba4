"""A hostile file: how it is made, and what has to become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graphsvc.errors import InputError
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, ReadRow, Severity


@dataclass(frozen=True, slots=True)
class Refused:
    """The file as a whole is not read; the sentence says this (a regular expression)."""

    message: str


@dataclass(frozen=True, slots=True)
class Reads:
    """The file is read: so many rows, rows with errors, warnings; ``holds`` are values that some record must have."""

    rows: int
    errors: int = 0
    warnings: int | None = 0
    """None where it is no matter."""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile file. ``make`` writes it at the path it is given."""

    name: str
    """What is hostile in it."""
    file: str
    make: Callable[[Path], None]
    outcome: Refused | Reads


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file."""

    refused: str = ""
    remedy: str = ""
    rows: int = 0
    errors: int = 0
    warnings: int = 0
    values: frozenset[str] = frozenset()


def outcome_of(path: Path, keep: int = 10_000) -> Outcome:
    """Read a file as the service does and return what became of it; values of the first rows only."""
    rows = errors = warnings = 0
    values: set[str] = set()
    try:
        for item in open_file(path).rows():
            if isinstance(item, ReadRow):
                rows += 1
                if rows <= keep:
                    values.update(item.record.values.values())
            elif isinstance(item, Problem):
                errors += item.severity is Severity.ERROR
                warnings += item.severity is Severity.WARNING
    except InputError as error:
        return Outcome(error.message, error.remedy)
    return Outcome("", "", rows, errors, warnings, frozenset(values))


def written(content: str | bytes) -> Callable[[Path], None]:
    """Return what writes this content, text as UTF-8."""
    data = content.encode() if isinstance(content, str) else content

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def repeated(before: bytes, part: bytes, times: int, after: bytes) -> Callable[[Path], None]:
    """Return what writes a large file part by part."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.write(before)
            for _ in range(times):
                file.write(part)
            file.write(after)

    return make
