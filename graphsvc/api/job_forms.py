"""A job as answers tell of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import url_for
from pydantic import Field

from graphsvc.api.problems import Answered
from graphsvc.jobs.job import Job, State


class JobGiven(Answered):
    """A piece of work that takes long, and how far it is."""

    id: str
    kind: str
    state: State
    href: str = Field(description="Where to ask how far it is.")
    result: str | None = Field(description="Where its result is; null until it is done.")
    arguments: dict[str, Any] = Field(description="What was asked.")
    done: int = Field(description="How much is done …")
    total: int = Field(description="… of how much; 0 while nobody knows.")
    note: str = Field(description="What is being done just now; empty for nothing to say.")
    error: str | None = Field(description="Why it failed, in a sentence.")
    remedy: str | None = Field(description="What to do about that.")
    attempts: int = Field(description="How often it was begun; again where a process ended in the middle.")
    cancelling: bool = Field(description="Whether somebody asked to stop it.")
    by: str = Field(description="Who asked for it.")
    revision: int | None = Field(description="The graph's revision when it was asked for; null where it plays no part.")
    created: datetime
    started: datetime | None
    ended: datetime | None
    version: int = Field(description="Rises with each change.")


def address(job: Job) -> str:
    """Return where to ask how far a job is."""
    return url_for("api.get_job", id=job.id)


def given(job: Job, href: str) -> JobGiven:
    """Return a job as answers tell of it; ``href`` is its :func:`address`."""
    return JobGiven(
        id=job.id,
        kind=job.kind,
        state=job.state,
        href=href,
        result=f"{href}/result" if job.state is State.DONE else None,
        arguments=json.loads(job.arguments),
        done=job.done,
        total=job.total,
        note=job.note,
        error=job.error,
        remedy=job.remedy,
        attempts=job.attempts,
        cancelling=job.cancel,
        by=job.by,
        revision=job.revision,
        created=job.created,
        started=job.started,
        ended=job.ended,
        version=job.version,
    )
