"""Jobs: what takes long, how far it is, and its result."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Union

from flask import Response
from pydantic import ConfigDict, Field, RootModel, StringConstraints, create_model

from graphsvc import working
from graphsvc.answers import cursor_text, read_cursor
from graphsvc.api import job_events
from graphsvc.api.asking import LINE, Parameters
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.deferring import LOOK, Deferred
from graphsvc.api.job_forms import JobGiven, address, given
from graphsvc.api.params import Cursor, Nothing, PageLimit
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.errors import InvalidValue
from graphsvc.jobs.job import Job, NoResult, State
from graphsvc.model import View
from graphsvc.service import Service
from graphsvc.store.finding import Cursor as Place
from graphsvc.working import KINDS

jobs = Endpoints("Jobs")
EXAMPLE: Final = "0123456789abcdef01234567"
"""Id of the job that the documentation speaks of."""


class JobList(Parameters):
    """Which jobs."""

    state: Annotated[tuple[State, ...], Field(description="Only these; may be given more than once.")] = ()
    kind: Annotated[Literal[tuple(KINDS)] | None, Field(description="Only this kind.")] = None  # type: ignore[valid-type]
    limit: PageLimit = 50
    cursor: Cursor = None


class JobById(Parameters):
    """One job."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$"), Field(description="The job's id.")]


class JobPage(Answered):
    """A page of jobs."""

    items: tuple[JobGiven, ...]
    total: int = Field(description="How many there are on all pages.")
    next: str | None = Field(description="The `cursor` of the following page; null on the last.")


class JobWish(Answered):
    """What somebody wants done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=200, pattern=LINE),
        Field(description="Who asks for it; else the name of the key."),
    ] = ""


def _wish(name: str) -> type[JobWish]:
    """Return the form in which a kind of job is asked for."""
    title = "".join(part.title() for part in name.split("-"))
    model: type[JobWish] = create_model(
        f"{title}Job",
        __base__=JobWish,
        __doc__=f"A job of the kind {name}.",
        kind=(Literal[name], ...),  # type: ignore[arg-type]  # of the table
        arguments=(KINDS[name].arguments, ...),
    )
    return model


_Wishes: Any = Union[tuple(_wish(name) for name, kind in KINDS.items() if kind.question)]  # noqa: UP007  # of the table


class WantedJob(RootModel[Annotated[_Wishes, Field(discriminator="kind")]]):
    """A job by its kind, with the arguments of that kind."""


def _part(service: Service, asked: JobById) -> View:
    return working.part(service.jobs.get(asked.id))


@jobs.endpoint("/api/v1/jobs", JobList, JobPage, revised=False, errors=(503,), example={"limit": "5"})
def list_jobs(asked: Asked[JobList]) -> Answer:
    """List jobs.

    The newest first. Jobs that ended are kept for some weeks.
    """
    wanted = asked.parameters
    place = read_cursor(wanted.cursor)
    if place and not (place.name.isascii() and place.name.isdigit() and len(place.name) < 18):
        raise InvalidValue("The cursor is not one of this list.", field="cursor")
    before = int(place.name) if place else None
    found, total = asked.service.jobs.find(wanted.state, wanted.kind, wanted.limit, before)
    last = Place(str(found[-1].number), found[-1].id) if len(found) == wanted.limit else None
    items = tuple(given(each, address(each)) for each in found)
    return Answer(JobPage(items=items, total=total, next=cursor_text(last)))


@jobs.endpoint(
    "/api/v1/jobs",
    Nothing,
    JobGiven,
    method="POST",
    body=WantedJob,
    revised=False,
    errors=(503, 504),
    later="always",
)
def add_job(asked: Asked[Nothing]) -> Answer:
    """Ask for a job.

    It is queued; the answer says where to ask how far it is. The same again, while it waits or runs, is the same job.
    """
    wish = asked.body.root
    raise Deferred(working.queue(asked.service, wish.kind, wish.arguments, wish.by or asked.caller.name))


@jobs.endpoint(
    "/api/v1/jobs/{id}",
    JobById,
    JobGiven,
    revised=False,
    tagged=True,
    errors=(503,),
    part=_part,
    example={"id": EXAMPLE},
)
def get_job(asked: Asked[JobById]) -> Answer:
    """Ask how far a job is.

    While it waits or runs, `Retry-After` says when to ask again; send the `ETag` back in `If-None-Match` to be told
    `304` where nothing changed.
    """
    job = asked.service.jobs.get(asked.parameters.id)
    return Answer(given(job, address(job)), job.version, {"Retry-After": str(LOOK)} if job.open else {})


@jobs.endpoint(
    "/api/v1/jobs/{id}",
    JobById,
    JobGiven,
    method="DELETE",
    revised=False,
    errors=(503,),
)
def cancel_job(asked: Asked[JobById]) -> Answer:
    """Cancel a job.

    One that waits is cancelled at once, one that runs as soon as it notices; one that has ended stays as it is.
    """
    job = asked.service.jobs.cancel(asked.parameters.id)
    return Answer(given(job, address(job)))


@jobs.endpoint(
    "/api/v1/jobs/{id}/result",
    JobById,
    {JSON: None},
    revised=False,
    errors=(409, 503),
    later="perhaps",
    part=_part,
    example={"id": EXAMPLE},
)
def get_job_result(asked: Asked[JobById]) -> Answer:
    """Get the result of a job.

    All that the job found, as JSON; 202 while it waits or runs. What is for people to read, the endpoints of measures,
    missing partnerships and backtests give: ask them again when the job is done.
    """
    table = asked.service.jobs
    job = table.get(asked.parameters.id)
    if job.open:
        raise Deferred(job)
    result = table.result(job.id)
    if result is None:
        raise NoResult(_without(job), remedy=job.remedy or "Ask for it again.")
    return Answer(result)


@jobs.endpoint(
    "/api/v1/jobs/{id}/events",
    JobById,
    {job_events.MEDIA_TYPE: None},
    revised=False,
    errors=(503,),
    part=_part,
    example={"id": EXAMPLE},
)
def get_job_events(asked: Asked[JobById]) -> Response:
    """Watch a job.

    Server-sent events: one named `job` with each change, its data as at `/jobs/{id}`. A stream ends with the job, or
    after 25 seconds, when browsers connect again by themselves. Few can be open at once: else 503, and you ask
    `/jobs/{id}` instead.
    """
    job = asked.service.jobs.get(asked.parameters.id)
    return job_events.stream(asked.service.jobs, job, address(job))


def _without(job: Job) -> str:
    if job.error:
        return f"The job failed: {job.error}"
    return "The job was cancelled." if job.state is State.CANCELLED else "The result is gone."
