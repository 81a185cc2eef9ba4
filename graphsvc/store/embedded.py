"""The embedded engine: kglite in this process, one file, no server. The only module that knows kglite.

One process may have the file open for writing; its threads share it. Every committed write is on the disk before
:meth:`EmbeddedEngine.write` returns (``durable="full"``), all steps of it or none.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

import kglite

from graphsvc import deadline
from graphsvc.errors import ConstraintViolated, StatementError, StoreBusy, StoreError, StoreTimeout, StoreUnavailable
from graphsvc.store import queries
from graphsvc.store.engine import Row, Step

MEMORY: Final = ":memory:"
_TRIES: Final = 8

T = TypeVar("T")

# A statement that names a label nobody has used yet is right, and said so by its empty answer.
kglite.set_query_warning_policy("silent")


class EmbeddedEngine:
    """A graph in a file of this machine; ``:memory:`` for a graph that is gone when it is closed."""

    def __init__(self, path: Path | str) -> None:
        """Open or create the graph. :class:`StoreBusy` when another process has it, :class:`StoreUnavailable` else."""
        self._scratch = TemporaryDirectory(prefix="graphsvc-") if str(path) == MEMORY else None
        self._path = Path(self._scratch.name) / "graph.kgl" if self._scratch else Path(path).expanduser().absolute()
        # kglite lets the second of two racing transactions fail; in one process they can simply queue.
        self._writing = threading.Lock()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._session: Any = kglite.open_session(str(self._path), durable="off" if self._scratch else "full")
        except Exception as error:
            if self._scratch:
                self._scratch.cleanup()
            raise translated(error, f"Opening the graph {self._path}") from error

    @property
    def name(self) -> str:
        """``embedded graph <path>``."""
        return f"embedded graph {MEMORY if self._scratch else self._path}"

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run one reading statement on the newest committed state."""
        named = queries.statement(statement)
        return self._guarded(named.name, lambda: self._rows(named, parameters or {}))

    def write(self, steps: Sequence[Step]) -> None:
        """Run the steps as one transaction, which is one frame of the log: on the disk whole or not at all."""
        named = [(queries.statement(step.statement), step.parameters) for step in steps]
        if named:
            doing = named[-1][0].name
            if not self._writing.acquire(timeout=deadline.at_most(threading.TIMEOUT_MAX, doing)):
                raise StoreBusy(f"{doing}: other changes are being written.", remedy="Try again in a moment.")
            try:
                self._guarded(doing, lambda: self._transact(named))
            finally:
                self._writing.release()

    def close(self) -> None:
        """Write a checkpoint and let go of the file."""
        if self._session is not None:
            session, self._session = self._session, None
            self._guarded("closing", session.close)
        if self._scratch:
            self._scratch.cleanup()

    def _rows(self, named: queries.Statement, parameters: Mapping[str, Any]) -> list[Row]:
        answer = self._open_session().cypher(named.text, params=dict(parameters), timeout_ms=_milliseconds(named))
        # One by one, as Python: made in one call, 116,000 rows kept all other threads waiting for a third of a second.
        return [row for row in answer]  # noqa: C416

    def _transact(self, steps: Sequence[tuple[queries.Statement, Mapping[str, Any]]]) -> None:
        transaction = self._open_session().begin()
        try:
            for named, parameters in steps:
                transaction.cypher(named.text, params=dict(parameters), timeout_ms=_milliseconds(named))
            transaction.commit()
        except BaseException:
            if transaction.active:
                transaction.rollback()
            raise

    def _open_session(self) -> Any:
        if self._session is None:
            raise StoreUnavailable("The graph was closed.", remedy="Open it again.")
        return self._session

    def _guarded(self, doing: str, action: Callable[[], T]) -> T:
        for attempt in range(_TRIES):
            try:
                return action()
            except StoreError:
                raise
            except kglite.TransactionConflictError as error:
                # Only another handle on the same session can cause it; nothing was applied, so repeat.
                if attempt == _TRIES - 1:
                    raise translated(error, doing) from error
                time.sleep(0.01 * 2**attempt)
            except Exception as error:
                raise translated(error, doing) from error
        raise AssertionError("unreachable")


def _milliseconds(named: queries.Statement) -> int:
    """Return how long a statement may take: what its head says, or what is left of the request's time."""
    return max(1, int(deadline.at_most(named.seconds, named.name) * 1000))


def translated(error: Exception, doing: str) -> StoreError:
    """Return our error for one of kglite's, or of the file system's under it."""
    text = " ".join(str(error).split())
    match error:
        case kglite.WriterLeaseHeldError():
            holder = getattr(error, "holder", None) or {}
            return _busy(holder.get("pid"), own=bool(holder.get("self")))
        case kglite.TransactionConflictError():
            return StoreBusy(f"{doing}: other changes came first each time.", remedy="Try again in a moment.")
        case kglite.CypherTimeoutError():
            return StoreTimeout(f"{doing} took longer than allowed and was stopped.", remedy="Ask for less at a time.")
        case kglite.ConstraintError():
            return ConstraintViolated(f"{doing}: {text}", remedy="Nothing was changed.")
        case kglite.FileFormatError():
            return StoreUnavailable(
                f"{doing}: the file is no graph, or a graph of another version. ({text})",
                remedy="Check GRAPHSVC_STORE; restore the file from a backup if it is the right one.",
            )
        case kglite.FileError() | kglite.FileIoError() | OSError():
            return StoreUnavailable(
                f"{doing}: the file can't be used. ({text})",
                remedy="Check that the folder exists, may be written to, and that the disk is not full.",
            )
        case kglite.LoadMemoryLimitError() | MemoryError():
            return StoreUnavailable(
                f"{doing}: the graph does not fit into memory. ({text})", remedy="Use a Neo4j server for it."
            )
        case _:
            return StatementError(f"{doing}: {text}", remedy="This is a fault of graphsvc: please report it.")


def _busy(pid: int | None, *, own: bool) -> StoreBusy:
    if own:
        return StoreBusy(
            "The graph is open already in this process.", remedy="Close the other handle or share it.", pid=pid
        )
    return StoreBusy(
        f"The graph is open in process {pid or '(unknown)'} (graphsvc serve?).",
        remedy="Stop that process, or use the running service.",
        pid=pid,
    )
