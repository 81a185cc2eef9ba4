"""What a job can be asked: a model of arguments for each kind, as the API reads it, and as the service is asked it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from graphsvc.analysis.catalogue import ALL, SHOWN
from graphsvc.analysis.features import BALANCE
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.drawing import DrawAsk, MapAsk
from graphsvc.exporting import Ask, Style, Whole
from graphsvc.measuring import YEARS, Between, Course
from graphsvc.model import Id, IdentityLevel, View
from graphsvc.portrait import PortraitAsk
from graphsvc.render.content import Imprint
from graphsvc.render.printed import Print
from graphsvc.render.vector import InkName, PaperName
from graphsvc.reporting import MOST_TOLD, SUGGESTIONS, ReportAsk
from graphsvc.suggesting import Selection
from graphsvc.tracking import Past


class Arguments(BaseModel):
    """Base of what a kind of job can be asked. It is strict: ``false`` is no number and 5 is no day."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @property
    def part(self) -> View:
        """Which part of the network it is about: all of it, where it asks for no view."""
        return View()


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
Size = Annotated[
    Literal["betweenness", "degree", "strength"], Field(description="The measure that sets the sizes on the map.")
]
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
    decided: Annotated[bool, Field(description="Also pairs that were decided on.")] = False

    @property
    def selection(self) -> Selection:
        """The same as the service is asked it."""
        return Selection(self.top, self.balance, decided=self.decided)


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


class ExportAsked(_OfView):
    """Which of the files that are made whole before they can be sent."""

    format: Annotated[
        Whole, Field(description="`workbook` and `tables` hold the whole graph, `kumu` the network of a view.")
    ]
    language: Language = "en"
    two_mode: Annotated[bool, Field(description="Of `kumu`: actors and collaborations as nodes.")] = False
    style: Annotated[Style, Field(description="Of `tables`: how a country's spreadsheets write them.")] = "finnish"

    @property
    def ask(self) -> Ask:
        """The same as the service is asked it."""
        return Ask(self.format, self.language, self.part, self.two_mode, self.style)


class MapAsked(_OfView):
    """Which map, and as which file."""

    format: Annotated[
        Literal["html", "svg", "pdf", "png"], Field(description="The page to explore, or a sheet for print.")
    ] = "html"
    paper: PaperName = "a4"
    ink: InkName = "light"
    language: Language = "en"
    title: ReportWords = ""
    caption: ReportWords = ""
    licence: ReportWords = ""
    alternative: ReportWords = ""
    suggestions: Annotated[int, Field(ge=0, le=200, description="How many missing partnerships it shows."), WHOLE] = 20
    size: Size = "betweenness"
    like_day: Annotated[date | None, Field(description="Laid out like the map of this day.")] = None

    @classmethod
    def of(cls, said: BaseModel, view: View, language: str, form: str = "html") -> Self:
        """Return the map of a view that a request asks for: each field of that name in ``said`` counts."""
        fields = {*cls.model_fields} - {"view", "language", "format"}
        given = {name: getattr(said, name) for name in fields & {*type(said).model_fields}}
        return cls(**given, view=PartAsked.of(view), language=language, format=form)  # type: ignore[arg-type]  # checked

    @property
    def ask(self) -> DrawAsk:
        """The same as the service is asked it."""
        said = Imprint(self.caption, self.licence, self.alternative)
        shown = MapAsk(
            self.part, self.language, self.title, self.suggestions, self.size, like_day=self.like_day, imprint=said
        )
        return DrawAsk(shown, None if self.format == "html" else Print(self.format, self.paper, self.ink))


class PortraitAsked(_OfView):
    """Whose portrait."""

    actor: Annotated[Id, Field(description="Id of any entry of the actor.")]
    language: Language = "en"

    @property
    def ask(self) -> PortraitAsk:
        """The same as the service is asked it."""
        return PortraitAsk(self.actor, self.part, self.language)


class ReportAsked(_OfView):
    """Which report."""

    actor: Annotated[Id | None, Field(description="Whom it is about; none for the network.")] = None
    language: Language = "en"
    title: ReportWords = ""
    caption: ReportWords = ""
    licence: ReportWords = ""
    suggestions: Annotated[int, Field(ge=0, le=MOST_TOLD, description="How many are told."), WHOLE] = SUGGESTIONS
    since: Annotated[date | None, Field(description="The day that it is compared with.")] = None
    size: Size = "betweenness"

    @property
    def ask(self) -> ReportAsk:
        """The same as the service is asked it."""
        said = Imprint(self.caption, self.licence)
        return ReportAsk(
            self.part, self.actor, self.language, self.title, said, self.suggestions, self.since, size=self.size
        )
