"""What the child process does: opens the file that it is told, says what it is, and sends its rows when asked."""

from __future__ import annotations

import gc
import json
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from graphsvc.errors import InputError, UnknownFormat, UnreadableFile
from graphsvc.ingest import confined_lines as lines
from graphsvc.ingest import mapping as columns
from graphsvc.ingest.confined_limits import Limits, allow_processor_time, confine
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.contact_rows import refused
from graphsvc.ingest.naming import called
from graphsvc.ingest.reading import Reading
from graphsvc.ingest.table_opening import TablesReader, columns_only, grids_reading, mapped_by


def serve(asked: BinaryIO, out: BinaryIO, is_asked: Callable[[float], object]) -> None:
    """Read a request line, then send the file's rows as often as a line asks for them, until there is none.

    ``is_asked`` waits that many seconds at most and tells whether there is a line, or nobody to send one any more.
    """
    request = json.loads(asked.readline())
    limits = Limits.from_json(request["limits"])
    confine(limits)
    gc.set_threshold(50_000, 20, 100)  # rows hold no cycles, and none are kept
    try:
        _read(request, limits, asked, out, is_asked)
    except ConnectionError:
        return  # nobody wants to know any more
    except InputError as error:
        out.write(lines.refusal_line(error))
    except MemoryError:
        out.write(lines.failure_line("memory"))
    except Exception:
        out.write(lines.failure_line(traceback.format_exc()))
    out.flush()


def _tables(request: Mapping[str, Any]) -> TablesReader:
    """Return how tables are to be opened: for a look at their columns, by a mapping, or as what they are."""
    if request.get("columns"):
        return columns_only
    given = request.get("mapping")
    return mapped_by(columns.Mapping.from_json(given)) if given else grids_reading


def _read(
    request: Mapping[str, Any], limits: Limits, asked: BinaryIO, out: BinaryIO, is_asked: Callable[[float], object]
) -> None:
    path = called(Path(request["path"]), request["name"])
    allow_processor_time(limits.opening_seconds)
    state = _state(path)
    reading = open_here(path, _tables(request))
    if request.get("mapping") and getattr(reading, "mapping", None) is None:
        raise UnknownFormat(f"{path.name} has no columns to map: it is {reading.format}.", remedy="Import it as it is.")
    _refuse_if_changed(path, state)
    out.write(lines.header_line(reading))
    out.flush()
    while is_asked(limits.idle_seconds) and asked.readline():
        allow_processor_time(limits.reading_seconds)
        _refuse_if_changed(path, state)
        _send(reading, out, contacts=limits.contacts)
        _refuse_if_changed(path, state)
        out.write(lines.END)
        out.flush()


def _send(reading: Reading, out: BinaryIO, *, contacts: bool) -> None:
    def progress(done: int, total: int) -> None:
        out.write(lines.progress_line(done, total))
        out.flush()

    items = reading.rows(progress)
    for item in items if contacts else refused(items, reading.source.name):
        out.write(lines.item_lines(item))


def _state(path: Path) -> list[tuple[str, int, int, int]]:
    """Return what changes when somebody writes to the file, or to one of the folder."""
    parts = sorted(path.iterdir()) if path.is_dir() else [path]
    return [(part.name, (found := part.stat()).st_size, found.st_mtime_ns, found.st_ino) for part in parts]


def _refuse_if_changed(path: Path, before: list[tuple[str, int, int, int]]) -> None:
    try:
        same = _state(path) == before
    except OSError:
        same = False
    if not same:
        raise UnreadableFile(
            f"{path.name} was changed while it was read.", remedy="Wait until it is saved, then import it again."
        )


if __name__ == "__main__":  # as a process of its own: requests on standard input
    serve(sys.stdin.buffer, sys.stdout.buffer, lambda _: True)
