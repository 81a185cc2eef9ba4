"""A job as a stream of server-sent events, few at a time: each open stream keeps a thread of the server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import Final

from flask import Response, request

from graphsvc.api.job_forms import given
from graphsvc.api.problems import RequestProblem
from graphsvc.jobs.job import Job
from graphsvc.jobs.table import JobTable

MEDIA_TYPE: Final = "text/event-stream"
STREAMS: Final = 4
"""Streams at once: half of the server's threads, so that the others go on answering."""
SECONDS: Final = 25.0
"""How long a stream lasts; then the browser connects again, and somebody else has a turn."""
_LOOK: Final = 0.5
_STILL: Final = 5.0
"""Seconds after which a stream with nothing to say says so: only by writing does it learn that nobody listens."""
_places: Final = BoundedSemaphore(STREAMS)


def stream(table: JobTable, job: Job, href: str) -> Response:
    """Return the changes of a job as a stream; :class:`RequestProblem` 503 when all places are taken.

    A browser that connects again after the last event is told 204, which keeps it from trying for ever.
    """
    seen = request.headers.get("Last-Event-ID", "")
    if not job.open and seen == str(job.version):
        return Response(status=204)
    if not _places.acquire(blocking=False):
        raise RequestProblem(503, f"{STREAMS} streams are open already: ask {href} once a second instead.")
    place = ExitStack()
    place.callback(_places.release)  # once, however often the answer is closed
    response = Response(_events(table, job, href, seen), content_type=MEDIA_TYPE)
    response.call_on_close(place.close)  # also where the stream was never begun
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _events(table: JobTable, job: Job, href: str, seen: str) -> Iterator[bytes]:
    began = spoke = time.monotonic()
    yield b"retry: 1000\n\n"
    while True:
        if str(job.version) != seen:
            seen, spoke = str(job.version), time.monotonic()
            yield f"event: job\nid: {seen}\ndata: {given(job, href).model_dump_json()}\n\n".encode()
        if not job.open or time.monotonic() - began > SECONDS or table.leaving.wait(_LOOK):
            return
        if time.monotonic() - spoke > _STILL:
            spoke = time.monotonic()
            yield b": still at it\n\n"
        job = table.get(job.id)
