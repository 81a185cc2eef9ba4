"""A job as it stands in the table."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from graphsvc.errors import GraphsvcError


class State(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN: Final = frozenset({State.QUEUED, State.RUNNING})
GIVEN_UP: Final = frozenset({State.FAILED, State.CANCELLED})


class QueueFull(GraphsvcError):
    """So many jobs wait already that no more are taken."""


class NoResult(GraphsvcError):
    """The job gave no result: it failed, was cancelled, or its result was taken away."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work, as the table has it."""

    number: int
    """Its place in the order in which jobs came."""
    id: str
    kind: str
    arguments: str
    """What is asked, as canonical JSON."""
    state: State
    done: int
    total: int
    """0 while nobody knows how much there is to do."""
    note: str
    """What is being done just now, for people; empty for nothing to say."""
    error: str | None
    """Why it failed, in a sentence."""
    remedy: str | None
    """What to do about that."""
    attempts: int
    worker: str | None
    """Who does it or did it last."""
    cancel: bool
    """Whether somebody asked to stop it."""
    version: int
    """Rises with each change of what is told here."""
    by: str
    """Who asked for it."""
    revision: int | None
    """The graph's revision when it was asked for."""
    created: datetime
    started: datetime | None
    ended: datetime | None

    @property
    def open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def given_up(self) -> bool:
        """Whether it ended without a result."""
        return self.state in GIVEN_UP


@dataclass(frozen=True, slots=True)
class Wish:
    """A job that somebody wants done."""

    kind: str
    arguments: str
    by: str = ""
    revision: int | None = None
    """Two wishes are the same only at one revision of the graph; None where that plays no part."""

    @property
    def same(self) -> str:
        """A digest that is equal for equal wishes, whoever has them."""
        return hashlib.sha256(canonical([self.kind, self.arguments, self.revision]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Claim:
    """That a worker has a job: good as long as its lease, and never again once another has claimed the job."""

    job: Job
    worker: str
    attempt: int


def canonical(value: Any) -> str:
    """Return a value as JSON that is the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
