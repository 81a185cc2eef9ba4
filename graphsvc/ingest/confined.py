"""A file read by a child process with limits: whatever is in the file, this process stays whole and small.

Only lines of JSON come back, and each is checked against the types of :mod:`graphsvc.model`. A child that dies, takes
too long or asks for too much memory becomes an :class:`UnreadableFile` that says what to do.
"""

from __future__ import annotations

import json
import logging
import signal
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import confined_lines as lines
from graphsvc.ingest.confined_limits import MAX_LINE, Limits
from graphsvc.ingest.confined_start import start_child
from graphsvc.ingest.mapping import Mapping
from graphsvc.ingest.reading import Problem, Progress, ReadRow
from graphsvc.model import Source

JsonObject = dict[str, Any]
_LOG: Final = logging.getLogger(__name__)
_OTHERWISE: Final = (
    "Open it in the program that made it and save it anew, or save its tables as CSV files, and import those."
)
_SMALLER: Final = "Split it, or export only the part that you need."


class ReaderFailed(UnreadableFile):
    """A reader made a mistake of its own; ``details`` is for developers and in the log."""

    def __init__(self, file: str, details: str) -> None:
        super().__init__(f"{file} can't be read: its reader failed.", remedy=_OTHERWISE)
        self.details = details


class ConfinedReading:
    """See :class:`graphsvc.ingest.reading.Reading`. Between two readings its child waits a minute for the second."""

    def __init__(self, path: Path, limits: Limits, how: JsonObject | None = None) -> None:
        """Open the file. Errors are those of :func:`graphsvc.ingest.opening.open_file`.

        ``how`` says how tables are opened: ``{"mapping": …}``, or ``{"columns": true}`` for a look at their columns.
        """
        self._path = path.absolute()
        self._limits = limits
        self._how = how or {}
        self._lock = threading.Lock()
        session = _Session(self._path, limits, self._how)
        self._waiting = [session]
        """The child that has the file open and nothing to do, if there is one."""
        weakref.finalize(self, _close_all, self._waiting)
        self.source: Source = session.source
        self.fingerprint: str = session.fingerprint
        self.format: str = session.format
        self.mapping: Mapping | None = session.mapping
        """How columns are read, where they are read by a mapping."""

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`. Closing the generator ends its child at once."""
        session, line = self._asked()
        try:
            yield from session.rows(line, progress)
        except BaseException:
            session.close()
            raise
        with self._lock:
            if not self._waiting:
                self._waiting.append(session)
                return
        session.close()

    def _asked(self) -> tuple[_Session, bytes]:
        """Return a child that reads the rows, and its first line."""
        with self._lock:
            waiting = self._waiting.pop() if self._waiting else None
        if waiting and (line := self._first_line(waiting)):
            return waiting, line
        session = _Session(self._path, self._limits, self._how)  # there is none, or it has waited long enough
        if session.fingerprint != self.fingerprint:
            session.close()
            raise UnreadableFile(f"{self._path.name} was changed since it was opened.", remedy="Import it again.")
        return session, self._first_line(session, last=True)

    @staticmethod
    def _first_line(session: _Session, *, last: bool = False) -> bytes:
        """Return the first line of the rows; ``b""`` when the child is gone, which is an error for the last one."""
        try:
            line = session.first_line()
            if last and not line:
                raise session.death()
        except BaseException:
            session.close()
            raise
        if not line:
            session.close()
        return line


def _close_all(sessions: list[_Session]) -> None:
    while sessions:
        sessions.pop().close()


class _Session:
    """One child with one file open."""

    def __init__(self, path: Path, limits: Limits, how: JsonObject) -> None:
        self._file = path.name
        self._limits = limits
        self._child = start_child(limits)
        try:
            request = {"path": str(path), "name": path.name, "limits": limits.to_json(), **how}
            self._child.ask(json.dumps(request).encode() + b"\n")
            try:
                self.source, self.fingerprint, self.format, self.mapping = lines.read_header(self._line())
            except (ValueError, lines.Broken) as error:
                raise self._failed(str(error)) from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the child, whatever it does."""
        self._child.close()

    def first_line(self) -> bytes:
        """Ask for the rows and return the first line; ``b""`` when the child has gone in the meantime."""
        try:
            self._child.ask(b"rows\n")
            return self._checked(self._read())
        except OSError:
            return b""

    def rows(self, line: bytes, progress: Progress | None) -> Iterator[ReadRow | Problem]:
        """Yield the rows, of which ``line`` is the first."""
        rows = lines.Rows()
        while line != lines.END:
            try:
                if line[:1] != b"%":
                    if item := rows.read(line):
                        yield item
                elif progress:
                    progress(*lines.read_progress(line))
            except lines.Broken as error:
                raise self._failed(str(error)) from error
            line = self._line()

    def death(self) -> UnreadableFile:
        """Return why the child has ended without a word of its own."""
        ending = self._child.ended()
        code = ending.code
        _LOG.warning("the child that read a file ended: %s", ending)
        if code and -code == getattr(signal, "SIGXCPU", 0):
            remedy = f"{_SMALLER} The setting GRAPHSVC_READER_SECONDS allows more."
            return UnreadableFile(f"{self._file} takes too long to read.", remedy=remedy)
        if code == -9:  # the number of SIGKILL, which Windows does not name
            return UnreadableFile(f"{self._file} asks for more memory than there is.", remedy=_SMALLER)
        if code is None:
            return UnreadableFile(f"{self._file} can't be read: its reader is gone.", remedy="Import it again.")
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"exit code {code}"
        return UnreadableFile(f"{self._file} can't be read: it made its reader crash ({name}).", remedy=_OTHERWISE)

    def _line(self) -> bytes:
        """Return the next line; raise what it or its absence says went wrong."""
        line = self._checked(self._read())
        if not line:
            raise self.death()
        return line

    def _read(self) -> bytes:
        try:
            return self._child.line()
        except TimeoutError as error:
            seconds = self._limits.silence_seconds
            raise UnreadableFile(
                f"{self._file} takes too long to read: nothing came of it for {seconds:g} seconds.", remedy=_SMALLER
            ) from error

    def _checked(self, line: bytes) -> bytes:
        if line[-1:] != b"\n":
            if len(line) > MAX_LINE:
                raise self._failed("a line without an end")
            return b""  # it died in the middle of a line
        if line[:1] == b"E":
            raise lines.read_refusal(line)
        if line[:1] == b"F":
            raise self._fallen(str(json.loads(line[1:])))
        return line

    def _fallen(self, reason: str) -> UnreadableFile:
        if reason == "memory":
            limit = self._limits.memory // 1_000_000
            remedy = f"{_SMALLER} The setting GRAPHSVC_READER_MEMORY allows more."
            return UnreadableFile(f"{self._file} needs more than {limit:,} MB of memory to read.", remedy=remedy)
        return self._failed(reason)

    def _failed(self, details: str) -> ReaderFailed:
        _LOG.error("a reader failed: %s", details)
        return ReaderFailed(self._file, details)
