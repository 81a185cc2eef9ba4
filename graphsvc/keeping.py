"""A small SQLite file of the data folder that several processes of a machine share, changed in whole transactions."""

from __future__ import annotations

import shutil
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Any, Final

from graphsvc.errors import StoreUnavailable

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")
"""What was told is on the disk, and what was deleted is overwritten."""


class Kept:
    """One file and its tables. Threads may share it; processes each open the same file."""

    def __init__(self, folder: Path | None, name: str, schema: str) -> None:
        """``folder`` is made, and ``schema`` applied, when first needed; None for what is gone when it is closed."""
        self._folder = folder
        self._name = name
        self._schema = schema
        self._lock = Lock()
        self._scratch: weakref.finalize[..., Any] | None = None
        self._scratch_folder = Path()
        self._prepared: Path | None = None

    @property
    def folder(self) -> Path:
        """Where the file is, and what belongs to it; only its owner may look into it."""
        if self._folder is None:
            with self._lock:
                if self._scratch is None:  # goes with this object, closed or not: it holds nothing that is to last
                    self._scratch_folder = Path(mkdtemp(prefix="graphsvc-"))
                    self._scratch = weakref.finalize(self, shutil.rmtree, self._scratch_folder, ignore_errors=True)
                return self._scratch_folder
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._folder

    def close(self) -> None:
        """Forget what was not to last. Safe to call twice."""
        with self._lock:
            if self._scratch is not None:
                self._scratch()
                self._scratch = self._prepared = None

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction, which is undone when anything is raised.

        What the disk or another process refuses is :class:`StoreUnavailable`.
        """
        with self._told(), closing(self._begun()) as connection, connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one at a time into the block, of all processes. :class:`StoreUnavailable` for who waits too long."""
        with self._told():
            connection = self._begun()
        with closing(connection):
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(
                f"The file {self._name} of the data folder can't be used: {error}.",
                remedy="Check that the data folder may be written to and that the disk is not full.",
            ) from error

    def _begun(self) -> sqlite3.Connection:
        """Return a connection that holds the file."""
        path = self.folder / self._name
        connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            if self._prepared != path:
                path.chmod(0o600)
                connection.executescript(self._schema)
                self._prepared = path
            connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            connection.close()
            raise
        return connection
