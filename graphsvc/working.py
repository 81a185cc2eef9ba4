"""What can be asked for as a job: one entry of :data:`KINDS` for each kind, and what becomes of a wish.

A kind is a model of its arguments (:mod:`graphsvc.wishes`) and a function that does the work. To add one, write both
and put them into :data:`KINDS`: queue, progress, cancelling, API, documentation and command line follow from the entry
(docs/how-to/long-work.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, Protocol, TypeVar

from pydantic import ValidationError

from graphsvc import drawing, exporting, importing, measuring, portrait, reporting, suggesting, tracking
from graphsvc.analysis.backtest import Backtest
from graphsvc.analysis.results import Measures, Missing
from graphsvc.drawing import Drawn
from graphsvc.errors import GraphsvcError, InputError
from graphsvc.exporting import Made
from graphsvc.importing import Confirmed, Look
from graphsvc.ingest import mapping as columns
from graphsvc.jobs.dispatcher import Dispatcher, Handler
from graphsvc.jobs.job import Job, Wish, canonical
from graphsvc.jobs.report import Report, Stop
from graphsvc.measuring import REQUEST_SECONDS, Changed, OverTime
from graphsvc.model import View
from graphsvc.outlook import Outlook, Revised, Shared
from graphsvc.service import Service
from graphsvc.sharing.packing import plain
from graphsvc.store.guarded import patiently
from graphsvc.store.whole import seldom_looked_through
from graphsvc.wishes import (
    Arguments,
    BacktestAsked,
    ChangeAsked,
    CourseAsked,
    ExportAsked,
    ImportAsked,
    LookAsked,
    MapAsked,
    MeasuresAsked,
    MissingAsked,
    PortraitAsked,
    ReportAsked,
    UndoAsked,
)


class Watch(Protocol):
    """What work reports to: a :class:`graphsvc.jobs.report.Report`, or :data:`UNWATCHED`."""

    def __call__(self, done: int, total: int) -> None:
        """Note how far the work is; raises to end it."""

    def stopping(self) -> bool:
        """Whether the work is to stop; asked often."""
        ...


class _Unwatched:
    def __call__(self, done: int, total: int) -> None:
        pass

    def stopping(self) -> bool:
        return False


UNWATCHED: Final = _Unwatched()
"""For work that a request waits for."""

A = TypeVar("A", bound="Arguments")
R = TypeVar("R", bound=Revised)


@dataclass(frozen=True, slots=True)
class Question(Generic[A, R]):
    """A job that answers a question about the graph: where it is quick, or answered already, a request may ask it."""

    shared: Callable[[A], Shared[R]]
    """The question as processes share its answer."""
    seconds: Callable[[Service, A], float]
    """About how long it takes; itself quick."""
    answer: Callable[[Service, A, Watch], R]


@dataclass(frozen=True, slots=True)
class Kind(Generic[A]):
    """One kind of job."""

    arguments: type[A]
    work: Callable[[Service, A, Watch], Any]
    """Does it and returns what JSON knows. Twice is as once: it is begun anew when its process was killed."""
    question: Question[A, Any] | None = None
    """What it answers, where it changes nothing: then any writer may ask for it, else it has a door of its own."""
    lane: str = ""
    """Of the kinds of one lane one job runs at a time; empty: of this kind."""


def asking(
    arguments: type[A],
    shared: Callable[[A], Shared[R]],
    seconds: Callable[[Service, A], float],
    answer: Callable[[Service, A, Watch], R],
) -> Kind[A]:
    """Return the kind of job that answers a question; its result is the answer with all its fields."""

    def work(service: Service, asked: A, watch: Watch) -> Any:
        return plain(answer(service, asked, watch), shared(asked).answer)

    return Kind(arguments, work, Question(shared, seconds, answer))


def making(
    arguments: type[Any],
    seconds: Callable[[Any, Outlook], float],
    make: Callable[[Service, Any, Watch | None], Revised],
) -> Kind[Any]:
    """Return the kind of job that makes a document of what its arguments are as the service is asked them (``ask``).

    Its result is no more than what the document is made from: asked again, the endpoint finds it there.
    """

    def work(service: Service, asked: Any, watch: Watch) -> Any:
        watch(0, 1)
        made = make(service, asked.ask, watch)
        size = {"bytes": len(made.content)} if isinstance(made, Drawn | Made) else {}
        return {"revision": made.revision, **size}

    return Kind(
        arguments,
        work,
        Question(
            lambda asked: asked.ask.shared,
            lambda service, asked: seconds(asked.ask, service.outlook),
            lambda service, asked, _: make(service, asked.ask, None),
        ),
    )


# ---- who answers it


def _measures(service: Service, asked: MeasuresAsked, watch: Watch) -> Measures:
    return service.measures(asked.part, asked.ids, progress=watch, cancelled=watch.stopping)


def _over_time(service: Service, asked: CourseAsked, watch: Watch) -> OverTime:
    return service.over_time(asked.course, watch)


def _change(service: Service, asked: ChangeAsked, watch: Watch) -> Changed:
    return service.change(asked.between, watch)


def _backtest(service: Service, asked: BacktestAsked, watch: Watch) -> Backtest:
    watch(0, 1)
    return service.backtest(asked.past)


def _missing(service: Service, asked: MissingAsked, watch: Watch) -> Missing:
    watch(0, 1)
    return service.missing(asked.part, selection=asked.selection)


def _look(service: Service, asked: LookAsked, watch: Watch) -> Any:
    mapping = columns.Mapping.from_json(asked.mapping) if asked.mapping else None
    return {"upload": asked.upload, "digest": service.look(Look(asked.upload, mapping), watch).digest}


def _import(service: Service, asked: ImportAsked, watch: Watch) -> Any:
    confirmed = Confirmed(asked.upload, asked.digest)
    try:
        done = service.bring(confirmed, watch)
    except GraphsvcError as error:
        # Not where the process leaves or the store is away: then it is gone on with.
        if isinstance(error, InputError) or (isinstance(watch, Report) and watch.stop is Stop.CANCELLED):
            importing.leave_nothing(service.desk, confirmed)
        raise
    loaded = done.loaded
    return {
        "import": done.run.id,
        "source": done.run.source,
        "rows": loaded.tally.rows,
        "batches_written": loaded.batches_written,
        "need_you": len(loaded.proposed.doubtful),
        "revision": loaded.revision,
    }


def _undo(service: Service, asked: UndoAsked, watch: Watch) -> Any:
    done = service.undo(asked.import_id, watch)
    restored = done.restored.id if done.restored else None
    return {"undone": done.undone.id, "restored": restored, "revision": done.revision}


KINDS: Final[Mapping[str, Kind[Any]]] = {
    "measures": asking(
        MeasuresAsked,
        lambda asked: measuring.shared(asked.part, asked.ids),
        lambda service, asked: measuring.seconds(service.network(asked.part), asked.ids),
        _measures,
    ),
    "over-time": asking(
        CourseAsked,
        lambda asked: asked.course.shared,
        lambda service, asked: measuring.course_seconds(asked.course, service.network(asked.part)),
        _over_time,
    ),
    "change": asking(
        ChangeAsked,
        lambda asked: asked.between.shared,
        lambda service, asked: measuring.change_seconds(asked.between, service.network(asked.part)),
        _change,
    ),
    "backtest": asking(
        BacktestAsked,
        lambda asked: asked.past.shared,
        lambda service, asked: tracking.seconds(asked.past, service.outlook),
        _backtest,
    ),
    "missing": asking(
        MissingAsked,
        lambda asked: suggesting.shared(asked.part, asked.selection),
        lambda service, asked: suggesting.seconds(asked.part, service.outlook, asked.selection.about),
        _missing,
    ),
    "report": making(ReportAsked, reporting.seconds, lambda service, ask, _: service.report(ask)),
    "export": making(ExportAsked, exporting.seconds, lambda service, ask, watch: service.exported(ask, watch)),
    "map": making(
        MapAsked,
        lambda ask, outlook: drawing.seconds(ask.map, outlook),
        lambda service, ask, watch: service.shown(ask, lasting=watch is not None),
    ),
    "portrait": making(PortraitAsked, portrait.seconds, lambda service, ask, _: service.portrait(ask)),
    "check": Kind(LookAsked, _look),
    "import": Kind(ImportAsked, _import, lane="import"),
    "undo": Kind(UndoAsked, _undo, lane="import"),
}
"""Every kind of job by its name."""


# ---- what becomes of a wish


def at_once(service: Service, kind: str, asked: Arguments) -> Any | None:
    """Return the answer where it is there or comes within the seconds of a request; None where it is work for a job.

    Never waits for a job that is at it. Errors are those of the question.
    """
    question = KINDS[kind].question
    if question is None:
        return None
    if service.outlook.holds(question.shared(asked)) or is_quick(service, kind, asked):
        return question.answer(service, asked, UNWATCHED)
    return None


def is_quick(service: Service, kind: str, asked: Arguments) -> bool:
    """Say whether the answer to a question takes no longer than a request may."""
    question = KINDS[kind].question
    return question is not None and question.seconds(service, asked) <= REQUEST_SECONDS


def queue(service: Service, kind: str, asked: Arguments, by: str = "") -> Job:
    """Queue a job, or return the one that does the same already. Errors: those of :meth:`JobTable.add`."""
    return service.jobs.add(_wish(service, kind, asked, by))


def followed(service: Service, kind: str, asked: Arguments, by: str = "") -> Job:
    """Return the job whose answer a page waits for, queued where nobody has asked for it.

    One that failed or was cancelled is returned as it is, or a page that looks again and again would begin it each
    time; :func:`begin_again` begins it anew. Errors: those of :meth:`JobTable.add`.
    """
    wish = _wish(service, kind, asked, by)
    last = service.jobs.last(wish)
    return last if last and last.given_up else service.jobs.add(wish)


def begin_again(service: Service, job: Job, by: str = "") -> Job:
    """Queue anew what a job that failed or was cancelled was to answer; one that is open or done is returned."""
    kind = KINDS.get(job.kind)
    if not job.given_up or kind is None or kind.question is None:
        return job
    return service.jobs.add(Wish(job.kind, job.arguments, by, service.revision()))


def _wish(service: Service, kind: str, asked: Arguments, by: str) -> Wish:
    revision = service.revision() if KINDS[kind].question else None
    return Wish(kind, canonical(asked.model_dump(mode="json")), by, revision)


def part(job: Job) -> View:
    """Return which part of the network a job is about; all of it where another version of the program knew that."""
    try:
        view: View = _arguments(KINDS[job.kind], json.loads(job.arguments)).part
    except (KeyError, ValidationError):
        return View()
    return view


def handlers(service: Service) -> dict[str, Handler]:
    """Return for each kind of job what does it on this service."""
    return {name: partial(_do, service, kind) for name, kind in KINDS.items()}


def dispatcher(service: Service, threads: int) -> Dispatcher:
    """Return who does the jobs of this service, and sees each hour that what has had its time goes.

    Start it, and stop it before the service is closed.
    """
    lanes = {name: kind.lane for name, kind in KINDS.items() if kind.lane}
    return Dispatcher(service.jobs, handlers(service), threads=threads, lanes=lanes, sweep=service.retain)


def _do(service: Service, kind: Kind[Any], arguments: Any, watch: Watch) -> Any:
    with patiently(), seldom_looked_through():
        return kind.work(service, _arguments(kind, arguments), watch)


def _arguments(kind: Kind[A], arguments: Any) -> A:
    """Return arguments as they were before they were JSON."""
    return kind.arguments.model_validate(arguments, strict=False)
