"""The door to every file: it is looked at and read in a child process with limits, never in this one."""

from __future__ import annotations

from pathlib import Path

from graphsvc.ingest.confined import ConfinedReading
from graphsvc.ingest.confined_limits import DEFAULT, Limits
from graphsvc.ingest.file_kinds import check_kind
from graphsvc.ingest.mapping import Mapping
from graphsvc.ingest.reading import Reading


def open_file(path: Path, limits: Limits = DEFAULT, mapping: Mapping | None = None) -> Reading:
    """Open a file with the reader that knows its format; its tables as ``mapping`` says, where one is given.

    Raises :class:`UnreadableFile` when the file is broken, empty or breaks a limit, and :class:`UnknownFormat` when no
    reader knows it; both say what to do.
    """
    check_kind(path)
    return ConfinedReading(path, limits, {"mapping": mapping.to_json()} if mapping else None)


def columns_of(path: Path, limits: Limits = DEFAULT) -> Mapping:
    """Return how the columns of a file's tables would be read; an empty mapping for a file that has no tables.

    Errors are those of :func:`open_file` but that no reader knows the columns.
    """
    check_kind(path)
    return ConfinedReading(path, limits, {"columns": True}).mapping or Mapping()
