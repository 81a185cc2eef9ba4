"""Tables that a command writes beside what it prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graphsvc import console
from graphsvc.render.answer_tables import AnswerTable, write_tables


def write(file: Path, tables: Sequence[AnswerTable]) -> None:
    """Write tables to a file, or several by its name, and say so."""
    with console.writing(file):
        files = write_tables(file, tables)
    console.tell(f"Written: {', '.join(map(str, files))}")
