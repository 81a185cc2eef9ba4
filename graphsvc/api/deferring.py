"""Answers that take long become jobs: the request is told where to ask for them, and never hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Response

from graphsvc import working
from graphsvc.api import problems
from graphsvc.api.job_forms import address, given
from graphsvc.jobs.job import Job
from graphsvc.wishes import Arguments

if TYPE_CHECKING:
    from graphsvc.api.contract import Asked

LOOK: Final = 1
"""Seconds after which it is worth looking how far a job is."""


class Deferred(Exception):  # no error
    """Raised by an endpoint function: the answer is a job's."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.id)
        self.job = job


def now_or_later(asked: Asked[Any], kind: str, arguments: Arguments) -> Any:
    """Return the answer where it is there or quick; else queue a job for it and raise :class:`Deferred`.

    Asked again when the job is done, the same question finds the answer there. A person whose browser waits for a file
    is told of a job that failed, as the page that waits looks again by itself; a program that asks again begins it
    anew.
    """
    found = working.at_once(asked.service, kind, arguments)
    if found is None:
        waits = asked.media_type != problems.JSON and problems.is_for_a_person()
        wanted = working.followed if waits else working.queue
        raise Deferred(wanted(asked.service, kind, arguments, asked.caller.name))
    return found


def accepted(job: Job) -> Response:
    """Return the answer that says which job to ask."""
    href = address(job)
    response = Response(given(job, href).model_dump_json(), 202, content_type="application/json")
    response.headers["Location"] = href
    response.headers["Retry-After"] = str(LOOK)
    response.headers["Cache-Control"] = "no-store"
    return response
