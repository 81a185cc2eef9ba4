"""What can be asked for as a job: one entry of :data:`KINDS` for each kind, and what becomes of a wish.

A kind is a model of its arguments and a function that does the work. To add one, write both and put them into
:data:`KINDS`: queue, progress, cancelling, API, documentation and command line follow from the entry
(docs/how-to/long-work.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, Final, Generic, Literal, Protocol, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from graphsvc import importing, measuring, reporting, suggesting, tracking
from graphsvc.analysis.backtest import Backtest
from graphsvc.analysis.catalogue import ALL, SHOWN
from graphsvc.analysis.features import BALANCE
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.analysis.results import Measures, Missing
from graphsvc.errors import GraphsvcError, InputError
from graphsvc.importing import Confirmed, Look
from graphsvc.ingest import mapping as columns
from graphsvc.jobs.dispatcher import Dispatcher, Handler
from graphsvc.jobs.job import Job, Wish, canonical
from graphsvc.jobs.report import Report, Stop
from graphsvc.measuring import REQUEST_SECONDS, YEARS, Between, Changed, Course, OverTime
from graphsvc.model import Id, IdentityLevel, View
from graphsvc.outlook import Revised, Shared
from graphsvc.render.content import Imprint
from graphsvc.reporting import SUGGESTIONS, ReportAsk
from graphsvc.service import Service
from graphsvc.sharing.packing import plain
from graphsvc.store.guarded import patiently
from graphsvc.suggesting import Selection
from graphsvc.tracking import Past


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


class Arguments(BaseModel):
    """Base of what a kind of job can be asked. It is strict: ``false`` is no number and 5 is no day."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


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


# ---- what can be asked


def _one_of(known: Collection[str]) -> Any:
    """Return the type of one of the ids that the catalogue has."""

    def check(id_: str) -> str:
        if id_ not in known:
            raise PydanticCustomError("no_such_measure", "there is no such measure")
        return id_

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": sorted(known)})]


def _whole(value: object) -> object:
    """Let 20.0 pass where a whole number is asked for, as JSON Schema does, where bodies are read strictly."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE: Final = BeforeValidator(_whole)
MeasureId: Any = _one_of(ALL)
ActorMeasureId: Any = _one_of(ACTOR_MEASURES)


Language = Literal["fi", "sv", "en"]
ReportWords = Annotated[str, Field(max_length=2000)]


class PartAsked(View):
    """Which part of the network."""

    model_config = ConfigDict(strict=True)

    @classmethod
    def of(cls, view: View) -> Self:
        """Return the part that a view shows."""
        return cls(**dict(view))


class _OfView(Arguments):
    view: PartAsked = PartAsked()

    @property
    def part(self) -> View:
        """The same as the service is asked it."""
        return View(**dict(self.view))


class MeasuresAsked(_OfView):
    """Which measures of which part of the network."""

    measures: Annotated[
        tuple[MeasureId, ...], Field(max_length=len(ALL), description="Ids of the catalogue; none for the quick ones.")
    ] = ()

    @property
    def ids(self) -> frozenset[str]:
        """What is to be measured."""
        return frozenset(self.measures) or SHOWN


class CourseAsked(_OfView):
    """Which years, and what of them."""

    first: Annotated[int, Field(ge=1950, le=2050), WHOLE]
    last: Annotated[int, Field(ge=1950, le=2050, description=f"At most {YEARS} years."), WHOLE]
    measures: Annotated[tuple[MeasureId, ...], Field(max_length=len(ALL))] = NETWORK_NUMBERS
    actors: Annotated[tuple[Id, ...], Field(max_length=20, description="Whose values are told.")] = ()
    running: Annotated[bool, Field(description="Only what runs on the day; else what had ended counts too.")] = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 <= self.last - self.first < YEARS:
            raise ValueError(f"first and last are 1 to {YEARS} years in order")
        return self

    @property
    def course(self) -> Course:
        """The same as the service is asked it."""
        return Course(self.first, self.last, self.part, self.measures, self.actors, self.running, most=None)


class ChangeAsked(_OfView):
    """Which two days, by which measure, and whose change."""

    earlier: date
    later: date
    measure: ActorMeasureId = "betweenness"
    actors: Annotated[tuple[Id, ...], Field(max_length=20, description="None: those that rose and fell most.")] = ()
    running: Annotated[bool, Field(description="Only what runs on the day; else what had ended counts too.")] = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.later <= self.earlier:
            raise ValueError("later is not after earlier")
        return self

    @property
    def between(self) -> Between:
        """The same as the service is asked it."""
        return Between(self.earlier, self.later, self.part, self.measure, self.actors, self.running, most=None)


class BacktestAsked(Arguments):
    """Which past."""

    until: Annotated[date | None, Field(description="What begins on this day or later is hidden.")] = None
    to: Annotated[date | None, Field(description="What begins before this day counts as having come.")] = None
    places: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    balance: Annotated[float, Field(ge=0, le=1, description="Between likely (0) and new (1).")] = BALANCE
    identity: IdentityLevel = IdentityLevel.CURRENT

    @property
    def past(self) -> Past:
        """The same as the service is asked it."""
        return Past(self.until, self.to, self.places, self.balance, self.identity)


class MissingAsked(_OfView):
    """Which missing partnerships."""

    top: Annotated[int, Field(ge=1, le=100_000, description="How many lines."), WHOLE] = 20
    balance: Annotated[float, Field(ge=0, le=1, description="Between likely (0) and new (1).")] = BALANCE

    @property
    def selection(self) -> Selection:
        """The same as the service is asked it."""
        return Selection(self.top, self.balance)


class LookAsked(Arguments):
    """Which upload is to be looked at, and how its columns are read."""

    upload: str
    mapping: dict[str, Any] | None = None


class ImportAsked(Arguments):
    """Which upload is to be saved, as it was looked at."""

    upload: str
    digest: str


class UndoAsked(Arguments):
    """Which import is to be taken back."""

    import_id: str


class ReportAsked(_OfView):
    """Which report."""

    actor: Annotated[Id | None, Field(description="Whom it is about; none for the network.")] = None
    language: Language = "en"
    title: ReportWords = ""
    caption: ReportWords = ""
    licence: ReportWords = ""
    suggestions: Annotated[int, Field(ge=0, le=100, description="How many are told."), WHOLE] = SUGGESTIONS
    since: Annotated[date | None, Field(description="The day that it is compared with.")] = None

    @property
    def ask(self) -> ReportAsk:
        """The same as the service is asked it."""
        said = Imprint(self.caption, self.licence)
        return ReportAsk(self.part, self.actor, self.language, self.title, said, self.suggestions, self.since)


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


def _report(service: Service, asked: ReportAsked, watch: Watch) -> Any:
    watch(0, 1)
    return {"revision": service.report(asked.ask).revision}


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
        lambda service, asked: suggesting.seconds(asked.part, service.outlook),
        _missing,
    ),
    # Its result is no more than where the document is made from: asked again, the endpoint finds it there.
    "report": Kind(
        ReportAsked,
        _report,
        Question(
            lambda asked: asked.ask.shared,
            lambda service, asked: reporting.seconds(asked.ask, service.outlook),
            lambda service, asked, watch: service.report(asked.ask),
        ),
    ),
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
    if service.outlook.holds(question.shared(asked)) or question.seconds(service, asked) <= REQUEST_SECONDS:
        return question.answer(service, asked, UNWATCHED)
    return None


def queue(service: Service, kind: str, asked: Arguments, by: str = "") -> Job:
    """Queue a job, or return the one that does the same already. Errors: those of :meth:`JobTable.add`."""
    revision = service.revision() if KINDS[kind].question else None
    return service.jobs.add(Wish(kind, canonical(asked.model_dump(mode="json")), by, revision))


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
    with patiently():
        return kind.work(service, kind.arguments.model_validate(arguments, strict=False), watch)
