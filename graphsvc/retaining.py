"""What an installation keeps for a time only, and the one function that lets go of it when the time is over."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Self

from graphsvc.access.installation import Access
from graphsvc.errors import StoreUnavailable
from graphsvc.jobs.place import table_of
from graphsvc.jobs.table import JobTable
from graphsvc.repeats import Repeats
from graphsvc.settings import Settings
from graphsvc.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes, and for how long it is kept where that is a setting; the rest says so itself."""

    jobs: JobTable
    uploads: Uploads
    repeats: Repeats
    access: Access | None = None
    """With the days of its audit trail; None where there is no installation around the graph."""
    job_days: int = 30

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return that of the installation, whoever has its graph open."""
        access = Access.of(settings.home, settings.audit_days)
        return cls(table_of(settings), Uploads.of(settings), Repeats.of(settings), access, settings.job_days)

    def close(self) -> None:
        """Let go of the files."""
        for each in (self.jobs, self.uploads, self.repeats):
            each.close()


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many of each went."""

    jobs: int
    """Jobs that ended more than GRAPHSVC_JOB_DAYS ago, with their results."""
    uploads: int
    """Files that were sent in more than a day ago, with what was found in them."""
    answers: int
    """Answers that were kept a day for requests that may come twice."""
    audit: int
    """Rows of the audit trail that are older than GRAPHSVC_AUDIT_DAYS."""
    sessions: int
    """Sessions that hold no more."""
    attempts: int
    """Digests of names and addresses from which nobody tried a password for a day."""
    contacts: int = 0
    """Contact persons whose last day is over; told by whoever has the graph open."""


def retain(passing: Passing) -> LetGo:
    """Let go of all that has had its time. Done twice it does nothing; several processes may do it at once.

    :class:`graphsvc.errors.StoreUnavailable` where the disk refuses; what went until then stays gone.
    """
    audit, sessions, attempts = _of_access(passing.access) if passing.access else (0, 0, 0)
    return LetGo(
        jobs=passing.jobs.prune(passing.job_days),
        uploads=passing.uploads.sweep(),
        answers=passing.repeats.sweep(),
        audit=audit,
        sessions=sessions,
        attempts=attempts,
    )


def _of_access(access: Access) -> tuple[int, int, int]:
    try:
        return access.trail.purge(), access.sessions.purge(), access.attempts.purge()
    except (sqlite3.Error, OSError) as error:
        raise StoreUnavailable(
            f"The file of users and keys can't be used: {error}.",
            remedy="Check that the data folder may be written to and that the disk is not full.",
        ) from error
