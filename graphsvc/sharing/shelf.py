"""A shelf of results on the disk of one machine: what one process has computed, the others need not.

Each result is a file named by a digest of its key; the key itself is in the file and is compared. Files are written
beside and moved into place, so that a reader meets a whole one or none; one that can't be read counts as missing and is
taken away. When the files together pass the limit, those not asked for longest go.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from graphsvc import pieces
from graphsvc.sharing.packing import plain, restored

try:
    import fcntl
except ImportError:  # Windows: two processes may then compute the same, which does no harm
    fcntl = None  # type: ignore[assignment]

T = TypeVar("T")

PATIENCE: Final = 4.0
"""Seconds that one process waits while another computes the same; then it computes it itself."""
_TURNS: Final = 64
_POLL: Final = 0.05
log = logging.getLogger("graphsvc.sharing")


class Shelf:
    """Results by key, shared by threads and processes. What the disk refuses is logged and not shared."""

    def __init__(self, folder: Path, megabytes: int, patience: float = PATIENCE) -> None:
        self._folder = folder
        self._bytes = megabytes * 1_000_000
        self._patience = patience

    def holds(self, key: str) -> bool:
        """Say whether there is a result, without reading it."""
        return self._path(key).exists()

    def get(self, key: str, as_type: type[T]) -> T | None:
        """Return the result of a key; None where there is none."""
        path = self._path(key)
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                if file.readline() != f"{json.dumps(key)}\n":
                    return None
                value = restored(pieces.read(file), as_type)
            os.utime(path)  # asked for just now
        except FileNotFoundError:
            return None
        except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.warning("a shared result can't be read", extra={"file": path.name, "reason": str(error)})
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        return value

    def put(self, key: str, value: T, as_type: type[T]) -> None:
        """Keep a result for all processes."""
        if not self._bytes:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(self._path(key), "\n".join((json.dumps(key), *pieces.lines(plain(value, as_type)))))
            self._make_room()
        except OSError as error:
            log.warning("a result can't be shared", extra={"folder": str(self._folder), "reason": str(error)})

    def clear(self) -> None:
        """Take every result away, as after the erasure of a person."""
        for file in self._folder.glob("*.json.gz"):
            file.unlink(missing_ok=True)

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """Let one process at a time compute the result of a key; nobody waits longer than the shelf's patience."""
        if fcntl is None or not self._bytes:
            yield
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = os.open(self._folder / f"turn-{int(self._digest(key)[:8], 16) % _TURNS:02}", os.O_RDWR | os.O_CREAT)
        except OSError:
            yield  # the disk refuses: compute it here
            return
        try:
            self._wait(lock, key)
            yield
        finally:
            os.close(lock)

    def _wait(self, lock: int, key: str) -> None:
        deadline = time.monotonic() + self._patience
        while time.monotonic() < deadline and not self.holds(key):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_POLL)
            else:
                return

    def _write(self, path: Path, text: str) -> None:
        handle, beside = tempfile.mkstemp(dir=self._folder, prefix="new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(text.encode(), 1, mtime=0))
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        found = [(entry.stat(), entry.path) for entry in os.scandir(self._folder) if not entry.name.startswith("turn-")]
        total = sum(stat.st_size for stat, _ in found)
        for stat, path in sorted(found, key=lambda each: each[0].st_mtime_ns):
            if total <= self._bytes:
                return
            Path(path).unlink(missing_ok=True)
            total -= stat.st_size

    def _path(self, key: str) -> Path:
        return self._folder / f"{self._digest(key)}.json.gz"

    @staticmethod
    def _digest(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()


def recall(shelf: Shelf | None, key: str, as_type: type[T], make: Callable[[], tuple[T, bool]]) -> T:
    """Return the result of a key from the shelf, else made by ``make``, which also says whether others may have it."""
    if shelf is None:
        return make()[0]
    if (found := shelf.get(key, as_type)) is not None:
        return found
    with shelf.turn(key):
        if (found := shelf.get(key, as_type)) is not None:
            return found
        value, good = make()
        if good:
            shelf.put(key, value, as_type)
        return value
