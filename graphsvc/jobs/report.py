"""What a job says while it works, and how it learns that it is to stop."""

from __future__ import annotations

import time
from enum import Enum
from threading import Event, Lock
from typing import Final

from graphsvc.errors import GraphsvcError
from graphsvc.jobs.job import Claim
from graphsvc.jobs.table import JobTable

EVERY: Final = 0.5
"""Seconds between two notes in the table: whoever waits looks once a second."""


class Stop(Enum):
    """Why a job is to stop."""

    CANCELLED = "cancelled"
    LEAVING = "leaving"
    """The worker ends; another one will do the job."""
    LOST = "lost"
    """The worker was slow, and another one has the job."""


class Stopped(GraphsvcError):
    """Raised inside a job that is to stop."""


class Report:
    """What a handler gets: called with (done, total) it notes progress, and raises :class:`Stopped` to end the job.

    It is the ``progress`` that the service's functions take, and :meth:`stopping` is their ``cancelled``.
    """

    def __init__(self, table: JobTable, claim: Claim) -> None:
        self.claim = claim
        self._table = table
        self._lock = Lock()
        self._written = 0.0
        self._note = ""
        self._stop: Stop | None = None
        self.ended = Event()
        """Set when nothing more will be done."""

    @property
    def stop(self) -> Stop | None:
        """Why the job is to stop; None while it is not."""
        return self._stop

    def __call__(self, done: int, total: int) -> None:
        """Note how far the job is. :class:`Stopped`: it is to stop."""
        self._check()
        if self._due():
            self.hear(self._table.report(self.claim, done, total, self._note))
            self._check()

    def say(self, note: str) -> None:
        """Note what is being done just now, in a few words for people, and start counting anew."""
        self._note = note
        self.hear(self._table.report(self.claim, 0, 0, note))
        self._check()

    def stopping(self) -> bool:
        """Whether the job is to stop; costs nothing, so ask it often."""
        return self._stop is not None

    def ask(self, why: Stop) -> None:
        """Ask the job to stop; the first reason counts."""
        with self._lock:
            self._stop = self._stop or why

    def hear(self, told: bool | None) -> None:
        """Take in what the table answered: True for a cancelled job, None for one that another worker has."""
        if told is None:
            self.ask(Stop.LOST)
        elif told:
            self.ask(Stop.CANCELLED)

    def _check(self) -> None:
        if self._stop is not None:
            raise Stopped(f"The job is to stop: {self._stop.value}.")

    def _due(self) -> bool:
        now = time.monotonic()
        with self._lock:
            due = now - self._written >= EVERY
            if due:
                self._written = now
        return due
