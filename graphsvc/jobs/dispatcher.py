"""Those who do the jobs: some threads of one process that claim, work, and keep hold of what they work on."""

from __future__ import annotations

import json
import logging
import math
import os
import time
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from threading import Event, Lock, Thread
from typing import Any, Final

from graphsvc import pieces, telemetry
from graphsvc.errors import GraphsvcError, StoreError
from graphsvc.jobs.job import Claim, State
from graphsvc.jobs.report import Report, Stop
from graphsvc.jobs.table import JobTable

Handler = Callable[[Any, Report], Any]
"""Does a job: gets its arguments (of JSON) and what it reports to, and returns its result (of JSON).

It may be begun anew after it was broken off anywhere, so what it changes is keyed: twice is as once.
"""

LOOK: Final = 0.5
"""Seconds between two looks into the table: for work, and for whether to stop."""
LEAVE: Final = 3.0
"""Seconds that a job gets to stop when its process is to end."""
_SWEEP: Final = 3_600.0
_OURS: Final = "The job failed. The log has the reason under its id."
log = logging.getLogger("graphsvc.jobs")


class Dispatcher:
    """Does the jobs of one table until it is stopped. Several processes may each have one."""

    def __init__(
        self,
        table: JobTable,
        handlers: Mapping[str, Handler],
        *,
        threads: int = 1,
        lanes: Mapping[str, str] | None = None,
        sweep: Callable[[], object] = lambda: None,
    ) -> None:
        """``lanes``: see :meth:`JobTable.claim`; ``sweep``: is done at the start and each hour."""
        self.name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._table = table
        self._handlers = handlers
        self._lanes = dict(lanes or {})
        self._sweep = sweep
        self._leaving = Event()
        self._asked = math.inf
        self._lock = Lock()
        self._running: set[Report] = set()
        self._threads = [Thread(target=self._dispatch, name=f"job-{n}", daemon=True) for n in range(threads)]
        self._keeper = Thread(target=self._keep, name="job-keeper", daemon=True)

    def start(self) -> None:
        """Begin to do jobs."""
        for thread in (*self._threads, self._keeper):
            thread.start()

    @property
    def idle(self) -> bool:
        """Whether nothing runs here."""
        return not self._running

    def leave(self) -> None:
        """Take no more jobs and ask those that run to stop; returns at once."""
        self._asked = min(self._asked, time.monotonic())
        self._leaving.set()
        self._table.leaving.set()
        for report in self._held():
            report.ask(Stop.LEAVING)

    def stop(self, patience: float = LEAVE) -> None:
        """Leave, and put what did not stop within ``patience`` seconds of leaving back into the queue for others."""
        self.leave()
        deadline = self._asked + patience
        for report in self._held():
            if not report.ended.wait(max(0.0, deadline - time.monotonic())):
                self._guarded(partial(self._table.give_back, report.claim))
        for thread in (*self._threads, self._keeper):
            if thread.is_alive():
                thread.join(max(0.1, deadline - time.monotonic()))

    def drain(self) -> None:
        """Do what there is to do in this thread, and return when nothing can be claimed."""
        while not self._leaving.is_set() and (claim := self._table.claim(self.name, self._handlers, self._lanes)):
            self._do(claim)

    # ---- inside

    def _dispatch(self) -> None:
        while not self._leaving.is_set():
            claim = self._guarded(lambda: self._table.claim(self.name, self._handlers, self._lanes))
            if claim:
                self._do(claim)
            else:
                self._leaving.wait(LOOK)

    def _keep(self) -> None:
        """Renew the leases of what runs, and look whether somebody wants it stopped."""
        swept = -_SWEEP
        while not self._leaving.is_set():
            if time.monotonic() - swept > _SWEEP:
                swept = time.monotonic()
                self._guarded(self._sweep)
            for report in self._held():
                self._guarded(partial(_look, self._table, report))
            self._leaving.wait(LOOK)

    def _do(self, claim: Claim) -> None:
        report, job = Report(self._table, claim), claim.job
        with self._lock:
            self._running.add(report)
        if self._leaving.is_set():  # since the claim
            report.ask(Stop.LEAVING)
        began, about = time.perf_counter(), {"job": job.id, "kind": job.kind, "attempt": claim.attempt}
        log.info("job begun", extra=about)
        try:
            with telemetry.job(job.kind, job.id):
                outcome = self._outcome(report)
        finally:
            report.ended.set()
            with self._lock:
                self._running.discard(report)
        log.info("job ended", extra={**about, "outcome": outcome, "seconds": round(time.perf_counter() - began, 1)})

    def _outcome(self, report: Report) -> str:
        """Do a job and note what became of it; return that in a word."""
        claim, table = report.claim, self._table
        try:
            arguments = json.loads(claim.job.arguments)
            result = pieces.text(self._handlers[claim.job.kind](arguments, report))
            return "done" if self._guarded(lambda: table.finish(claim, result)) else "lost"
        except Exception as error:
            return self._ended(report, error)

    def _ended(self, report: Report, error: Exception) -> str:
        claim, table = report.claim, self._table
        if report.stop is Stop.LOST:
            return "lost"
        if report.stop is Stop.LEAVING:
            self._guarded(lambda: table.give_back(claim))
            return "given back"
        if report.stop is Stop.CANCELLED:
            self._guarded(lambda: table.end(claim, State.CANCELLED))
            return "cancelled"
        if isinstance(error, StoreError) and claim.attempt < table.attempts:
            self._guarded(lambda: table.give_back(claim, 5.0 * claim.attempt, counts=True))
            return "put off"
        ours = not isinstance(error, GraphsvcError) or isinstance(error, StoreError)
        if ours:
            log.error("job failed", exc_info=error, extra={"job": claim.job.id, "kind": claim.job.kind})
        message, remedy = (_OURS, "") if ours else (error.message, error.remedy)  # type: ignore[attr-defined]
        self._guarded(lambda: table.end(claim, State.FAILED, message, remedy))
        return "failed"

    def _held(self) -> list[Report]:
        with self._lock:
            return list(self._running)

    def _guarded(self, work: Callable[[], Any]) -> Any:
        """Do something with the table; what the disk refuses is logged, and the lease sees to the rest."""
        try:
            return work()
        except StoreError as error:
            log.warning("the list of jobs can't be used", extra={"reason": str(error)})
            return None


def _look(table: JobTable, report: Report) -> None:
    report.hear(table.renew(report.claim))
