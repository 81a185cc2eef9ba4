"""The door to every file: it is looked at and read in a child process with limits, never in this one."""

from __future__ import annotations

from pathlib import Path

from graphsvc.ingest.confined import ConfinedReading
from graphsvc.ingest.confined_limits import DEFAULT, Limits
from graphsvc.ingest.file_kinds import check_kind
from graphsvc.ingest.reading import Reading


def open_file(path: Path, limits: Limits = DEFAULT) -> Reading:
    """Open a file with the reader that knows its format.

    Raises :class:`UnreadableFile` when the file is broken, empty or breaks a limit, and :class:`UnknownFormat` when no
    reader knows it; both say what to do.
    """
    check_kind(path)
    return ConfinedReading(path, limits)
