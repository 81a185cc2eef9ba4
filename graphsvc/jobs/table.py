"""The table of jobs: one SQLite file that several processes of a machine share.

A worker claims a job for the time of a lease and renews it while it works. Whoever is killed lets the lease run out,
and another worker claims the job anew; whoever was merely slow finds its claim void and changes nothing. Each change is
one transaction that is on the disk when it returns (``synchronous=FULL``), so what was told is never lost.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, RLock
from typing import Any, Final

from graphsvc.errors import NotFound, StoreUnavailable
from graphsvc.jobs import statements
from graphsvc.jobs.job import Claim, Job, QueueFull, State, Wish

LEASE: Final = 15.0
"""Seconds for which a claim is good."""
ATTEMPTS: Final = 3
"""A job that ended its worker so many times is given up."""
WAITING: Final = 1_000
"""Most jobs that may wait."""


class JobTable:
    """All jobs of one graph. Threads may share it; processes each open the same file.

    What the disk or another process refuses is :class:`graphsvc.errors.StoreUnavailable`.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        lease: float = LEASE,
        attempts: int = ATTEMPTS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``path`` is made when first needed; None for a table that is gone when it is closed."""
        self.attempts = attempts
        self.leaving = Event()
        """Set when this process is about to end, for whoever looks at the table for long."""
        self._path = path
        self._lease = lease
        self._clock = clock
        self._lock = RLock()
        self._scratch: TemporaryDirectory[str] | None = None
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file. Safe to call twice; a table that is used again is opened again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if self._scratch is not None:
                self._scratch.cleanup()
                self._scratch = None

    # ---- for those who want something done

    def add(self, wish: Wish, id_: str | None = None) -> Job:
        """Queue a job and return it; where the same is queued or runs already, return that. :class:`QueueFull`."""
        with self._changing() as change:
            same = change(statements.OPEN_SAME, {"same": wish.same})
            if same:
                return _job(same[0])
            if change(statements.WAITING)[0]["waiting"] >= WAITING:
                raise QueueFull(
                    f"{WAITING} jobs wait already.",
                    remedy="Try again when some are done, or cancel some: graphsvc jobs.",
                )
            new = {"id": id_ or uuid.uuid4().hex[:24], "same": wish.same, "now": self._now()}
            named = {"kind": wish.kind, "arguments": wish.arguments, "by": wish.by, "revision": wish.revision}
            return _job(change(statements.ADD, new | named)[0])

    def last(self, wish: Wish) -> Job | None:
        """Return the newest job of a wish, whatever became of it; None where nobody had it."""
        rows = self._read(statements.LAST_SAME, {"same": wish.same})
        return _job(rows[0]) if rows else None

    def get(self, id_: str) -> Job:
        """Return a job. :class:`NotFound`."""
        rows = self._read(statements.GET, {"id": id_})
        if not rows:
            raise NotFound("job", id_, remedy="Jobs are kept for some weeks after their end; graphsvc jobs lists them.")
        return _job(rows[0])

    def find(
        self, states: Collection[State] = (), kind: str | None = None, limit: int = 50, before: int | None = None
    ) -> tuple[tuple[Job, ...], int]:
        """Return jobs, the newest first, those before the number ``before``; and how many there are in all."""
        wanted = {"states": json.dumps(sorted(states)), "any": not states, "kind": kind}
        rows = self._read(statements.FIND, {**wanted, "limit": limit, "before": before})
        return tuple(map(_job, rows)), int(self._read(statements.COUNT, wanted)[0]["total"])

    def result(self, id_: str) -> str | None:
        """Return the result of a job as JSON text; None where it has none."""
        rows = self._read(statements.RESULT, {"id": id_})
        return gzip.decompress(rows[0]["body"]).decode() if rows else None

    def cancel(self, id_: str) -> Job:
        """Ask to stop a job: one that waits is cancelled at once, one that runs when its worker notices.

        One that has ended stays as it is. :class:`NotFound`.
        """
        with self._changing() as change:
            change(statements.CANCEL, {"id": id_, "now": self._now()})
        return self.get(id_)

    # ---- for those who do it

    def claim(self, worker: str, kinds: Collection[str], lanes: Mapping[str, str] | None = None) -> Claim | None:
        """Take the oldest job that waits, or whose worker is gone, of a kind of which none runs; None for none.

        ``lanes`` names for a kind the lane that it shares with others, of which one runs at a time.
        """
        now = self._clock()
        asked = {"clock": now, "kinds": json.dumps({kind: (lanes or {}).get(kind, kind) for kind in sorted(kinds)})}
        if not self._read(statements.CLAIMABLE, asked):  # no need to lock out those who write
            return None
        with self._changing() as change:
            said = {
                "error": f"The process that did it ended {self.attempts} times before it was done.",
                "remedy": "The log says why; ask for a smaller part of the network.",
            }
            change(statements.GIVE_UP, {"clock": now, "now": self._now(), "attempts": self.attempts, **said})
            new = {"until": now + self._lease, "now": self._now(), "worker": worker}
            rows = change(statements.CLAIM, asked | new)
        return Claim(_job(rows[0]), worker, rows[0]["attempts"]) if rows else None

    def renew(self, claim: Claim) -> bool | None:
        """Hold on to a job; return whether it is to be stopped, None where the claim is void."""
        rows = self._read(statements.HELD, _held(claim))
        if rows and rows[0]["lease"] - self._clock() > self._lease * 2 / 3:
            return bool(rows[0]["cancel"])
        return self._told(statements.RENEW, claim, {"until": self._clock() + self._lease})

    def report(self, claim: Claim, done: int, total: int, note: str) -> bool | None:
        """Note how far a job is, and hold on to it; return what :meth:`renew` does."""
        said = {"until": self._clock() + self._lease, "done": done, "total": total, "note": note}
        return self._told(statements.REPORT, claim, said)

    def finish(self, claim: Claim, result: str) -> bool:
        """Note that a job is done and keep its result (JSON text); False and nothing kept where the claim is void."""
        body = gzip.compress(result.encode(), 6, mtime=0)
        with self._changing() as change:
            rows = change(statements.FINISH, self._ended(claim, State.DONE))
            if rows:
                change(statements.KEEP, {"number": rows[0]["number"], "body": body})
        return bool(rows)

    def end(self, claim: Claim, state: State, error: str = "", remedy: str = "") -> bool:
        """Note that a job failed, and why, or was cancelled; False where the claim is void."""
        with self._changing() as change:
            return bool(change(statements.FINISH, self._ended(claim, state, error, remedy)))

    def give_back(self, claim: Claim, seconds: float = 0.0, *, counts: bool = False) -> bool:
        """Put a job back into the queue, for ``seconds`` at least; ``counts``: the attempt is one of the three."""
        with self._changing() as change:
            back = {"not_before": self._clock() + seconds, "counted": int(counts), "now": self._now()}
            return bool(change(statements.GIVE_BACK, _held(claim) | back))

    def prune(self, days: int) -> int:
        """Forget the jobs that ended more than ``days`` ago; their bytes are overwritten. Return how many."""
        with self._changing() as change:
            gone = change(statements.PRUNE, {"before": self._now(-timedelta(days=days))})
        if gone:
            self._read("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(gone)

    # ---- inside

    def _told(self, statement: str, claim: Claim, said: dict[str, Any]) -> bool | None:
        with self._changing() as change:
            rows = change(statement, _held(claim) | said)
        return bool(rows[0]["cancel"]) if rows else None

    def _ended(self, claim: Claim, state: State, error: str = "", remedy: str = "") -> dict[str, Any]:
        return _held(claim) | {"state": state, "error": error or None, "remedy": remedy or None, "now": self._now()}

    def _now(self, by: timedelta = timedelta()) -> str:
        return (datetime.fromtimestamp(self._clock(), UTC) + by).isoformat(timespec="milliseconds")

    def _read(self, statement: str, parameters: dict[str, Any] | None = None) -> list[sqlite3.Row]:
        with self._opened() as connection:
            return connection.execute(statement, parameters or {}).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[Callable[..., list[sqlite3.Row]]]:
        """Yield what runs a statement in one transaction, which is undone when anything is raised."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield lambda statement, parameters=None: connection.execute(statement, parameters or {}).fetchall()
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection = self._connection or self._connect()
                yield self._connection
            except (sqlite3.Error, OSError) as error:
                raise StoreUnavailable(
                    f"The list of jobs ({self._path or 'in memory'}) can't be used: {error}.",
                    remedy="Check that the data folder may be written to and that the disk is not full.",
                ) from error

    def _connect(self) -> sqlite3.Connection:
        path = self._path
        if path is None:
            self._scratch = TemporaryDirectory(prefix="graphsvc-jobs-")
            path = Path(self._scratch.name) / "jobs.sqlite"
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(statements.SCHEMA)
        return connection


def _held(claim: Claim) -> dict[str, Any]:
    return {"id": claim.job.id, "worker": claim.worker, "attempt": claim.attempt}


def _job(row: sqlite3.Row) -> Job:
    values: dict[str, Any] = {each.name: row[each.name] for each in fields(Job)}
    for name in ("created", "started", "ended"):
        values[name] = values[name] and datetime.fromisoformat(values[name])
    return Job(**values | {"state": State(values["state"]), "cancel": bool(values["cancel"])})
