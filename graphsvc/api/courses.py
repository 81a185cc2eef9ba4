"""Measures over time: year by year, and what changed between two days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from graphsvc.analysis.change import Continued, Explanation, How, Turnover
from graphsvc.analysis.measures import NETWORK_NUMBERS, SHOWN_ACTOR_MEASURES
from graphsvc.analysis.results import Community
from graphsvc.api.asking import IN_DIGITS, Day, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.deferring import now_or_later
from graphsvc.api.params import MeasureId, PlaceId, ThemeId
from graphsvc.api.problems import Answered
from graphsvc.api.schemas import Revision
from graphsvc.api.sending import Answer
from graphsvc.measuring import YEARS, Changed, OverTime, Point
from graphsvc.model import ActorKind, CollaborationKind, Id, IdentityLevel, Reach, View
from graphsvc.wishes import ChangeAsked, CourseAsked, PartAsked

courses = Endpoints("Measures over time")
Year = Annotated[int, Field(ge=1950, le=2050), IN_DIGITS]
ActorIds = Annotated[tuple[Id, ...], Field(max_length=20, description="Ids of actors; may be given more than once.")]


class PartParameters(Parameters):
    """Which part of the network, whatever the day."""

    theme: ThemeId = None
    place: PlaceId = None
    reach: Annotated[Reach, Field(description="What `place` means: as for `/network`.")] = Reach.TOUCHING
    kind: Annotated[tuple[ActorKind, ...], Field(description="Only actors of these kinds.")] = ()
    together: Annotated[
        tuple[CollaborationKind, ...], Field(description="Only collaborations of these kinds: as for `/network`.")
    ] = ()
    identity: Annotated[IdentityLevel, Field(description="Who counts as one: as for `/network`.")] = (
        IdentityLevel.CURRENT
    )
    running: Annotated[
        bool, Field(description="Only collaborations that run on the day; else those that had ended count too.")
    ] = False

    @property
    def view(self) -> View:
        """The parameters as the model's :class:`View`."""
        return View(
            theme=self.theme,
            place=self.place,
            reach=self.reach,
            kinds=tuple(sorted(set(self.kind))),
            together=tuple(sorted(set(self.together))),
            identity=self.identity,
        )


class CourseParameters(PartParameters):
    """Which years, and whose values."""

    first: Annotated[Year, Field(description="The first year.")]
    last: Annotated[Year, Field(description=f"The last year; at most {YEARS} years.")]
    actor: ActorIds = ()
    measure: Annotated[tuple[MeasureId, ...], Field(description="Of the actors; none for the quick ones.")] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 <= self.last - self.first < YEARS:
            raise ValueError(f"first and last are 1 to {YEARS} years in order")
        return self


class ChangeParameters(PartParameters):
    """Which days, by which measure, and whose change."""

    earlier: Annotated[Day, Field(description="The earlier day.")]
    later: Annotated[Day, Field(description="The later day.")]
    measure: Annotated[MeasureId, Field(description="By which it is told who rose and fell.")] = "betweenness"
    actor: ActorIds = ()
    limit: Annotated[int, Field(ge=1, le=500, description="Most items of each list."), IN_DIGITS] = 50

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.later <= self.earlier:
            raise ValueError("later is not after earlier")
        return self


class PointGiven(Answered):
    """A network on a day."""

    day: date
    actors: int
    ties: int
    collaborations: int
    numbers: dict[str, float | None] = Field(description="Number of the network → value; null where not defined.")
    values: dict[str, dict[str, float]] = Field(description="Actor → measure → value.")
    sampled: tuple[str, ...] = Field(description="Ids of what is estimated from a sample.")


class CourseGiven(Answered):
    """A network year by year."""

    points: tuple[PointGiven, ...]
    undated: int = Field(description="Collaborations left out as nobody says when they began.")
    revision: Revision


class MovedGiven(Answered):
    """An actor that is there on both days."""

    actor: str
    name: str
    before: float
    after: float


class CauseGiven(Answered):
    """What the change of one collaboration did."""

    collaboration: str
    name: str
    how: How
    own: bool = Field(description="Whether the actor takes part in it.")
    effect: float = Field(description="Value, less what it would be were the collaboration as before.")
    share: float | None = Field(description="Of the whole change; shares need not add up to 1.")


class ExplanationGiven(Answered):
    """Why a value changed: after − before = own + elsewhere."""

    actor: str
    name: str
    before: float | None
    after: float | None
    own: float
    elsewhere: float
    causes: tuple[CauseGiven, ...]
    untried: int = Field(description="Own collaborations that were not tried one by one.")
    exact: bool


class ContinuedGiven(Answered):
    """A community, and what it was before."""

    now: tuple[str, ...] = Field(description="Its first actors on the later day; none for one that is gone.")
    before: tuple[str, ...] = Field(description="Its first actors on the earlier day; none for a new one.")
    stayed: int
    joined: int
    left: int


class ChangeGiven(Answered):
    """What changed between two days."""

    measure: str
    method: str
    rose: tuple[MovedGiven, ...]
    fell: tuple[MovedGiven, ...]
    new_actors: tuple[str, ...]
    gone_actors: tuple[str, ...]
    absorbed: dict[str, str] = Field(description="Actor that is gone → body that it became part of.")
    new_ties: int
    gone_ties: int
    kept_ties: int
    collaborations: dict[str, How] = Field(description="Collaboration that is not as before → how.")
    communities: tuple[ContinuedGiven, ...]
    explanations: tuple[ExplanationGiven, ...]
    revision: Revision


@courses.endpoint(
    "/api/v1/measures/over-time",
    CourseParameters,
    CourseGiven,
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"first": "2016", "last": "2018", "actor": "fi-2844561-8", "measure": "degree"},
)
def get_course(asked: Asked[CourseParameters]) -> Answer:
    """Measure a network year by year.

    As it stood on the last day of each year: the numbers of the whole, and the values of actors. What takes long
    becomes a job: 202.
    """
    wanted = asked.parameters
    ids = NETWORK_NUMBERS + (wanted.measure or SHOWN_ACTOR_MEASURES if wanted.actor else ())
    ask = CourseAsked(
        view=PartAsked.of(wanted.view),
        first=wanted.first,
        last=wanted.last,
        measures=ids,
        actors=wanted.actor,
        running=wanted.running,
    )
    found: OverTime = now_or_later(asked, "over-time", ask)
    points = tuple(_point(each) for each in found.points)
    return Answer(CourseGiven(points=points, undated=found.undated, revision=found.revision), found.revision)


def _point(each: Point) -> PointGiven:
    return PointGiven(
        day=each.day,
        actors=each.actors,
        ties=each.ties,
        collaborations=each.collaborations,
        numbers={id_: number.value for id_, number in each.numbers.items()},
        values={actor: dict(values) for actor, values in each.values.items()},
        sampled=tuple(sorted(each.sampled)),
    )


@courses.endpoint(
    "/api/v1/measures/change",
    ChangeParameters,
    ChangeGiven,
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"earlier": "2016-12-31", "later": "2019-12-31", "measure": "degree", "limit": "5"},
)
def get_change(asked: Asked[ChangeParameters]) -> Answer:
    """Tell what changed between two days, and why.

    Who rose and fell by a measure, who is new and gone, how communities went on, and which collaborations explain it:
    each is put back to what it was and the network measured again. What takes long becomes a job: 202.
    """
    wanted = asked.parameters
    ask = ChangeAsked(
        view=PartAsked.of(wanted.view),
        earlier=wanted.earlier,
        later=wanted.later,
        measure=wanted.measure,
        actors=wanted.actor,
        running=wanted.running,
    )
    found: Changed = now_or_later(asked, "change", ask)
    return Answer(_change(found, found.turnover, wanted.limit), found.revision)


def _change(found: Changed, turned: Turnover, limit: int) -> ChangeGiven:
    moved = [
        MovedGiven(actor=each.actor, name=found.names[each.actor], before=each.before, after=each.after)
        for each in found.moved
    ]
    rose = [each for each in moved if each.after > each.before]
    fell = [each for each in reversed(moved) if each.after < each.before]
    return ChangeGiven(
        measure=found.measure,
        method=found.method,
        rose=tuple(rose[:limit]),
        fell=tuple(fell[:limit]),
        new_actors=turned.new_actors[:limit],
        gone_actors=turned.gone_actors[:limit],
        absorbed=dict(found.absorbed),
        new_ties=len(turned.new_ties),
        gone_ties=len(turned.gone_ties),
        kept_ties=turned.kept_ties,
        collaborations=dict(list(turned.collaborations.items())[:limit]),
        communities=tuple(_continued(each, found.before, found.after) for each in found.communities[:limit]),
        explanations=tuple(_explanation(each, found) for each in found.explanations),
        revision=found.revision,
    )


def _continued(each: Continued, before: tuple[Community, ...], after: tuple[Community, ...]) -> ContinuedGiven:
    def first(communities: tuple[Community, ...], id_: int | None) -> tuple[str, ...]:
        return next((one.actors[:5] for one in communities if one.id == id_), ())

    now, then = first(after, each.now), first(before, each.before)
    return ContinuedGiven(now=now, before=then, stayed=each.stayed, joined=each.joined, left=each.left)


def _explanation(each: Explanation, found: Changed) -> ExplanationGiven:
    causes = tuple(
        CauseGiven(
            collaboration=one.collaboration,
            name=found.names[one.collaboration],
            how=one.how,
            own=one.own,
            effect=one.effect,
            share=one.share,
        )
        for one in each.causes
    )
    return ExplanationGiven(
        actor=each.actor,
        name=found.names.get(each.actor, each.actor),
        before=each.before,
        after=each.after,
        own=each.own,
        elsewhere=each.elsewhere,
        causes=causes,
        untried=each.untried,
        exact=each.exact,
    )
