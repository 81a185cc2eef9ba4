"""How often suggestions of the past came true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import Field

from graphsvc.analysis.backtest import Backtest, Listed, PerActor
from graphsvc.analysis.features import BALANCE
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.track_record import scope_name, track_record
from graphsvc.api.asking import Day, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.deferring import now_or_later
from graphsvc.api.params import Lang, PlaceId
from graphsvc.api.problems import Answered
from graphsvc.api.schemas import Revision
from graphsvc.api.sending import Answer
from graphsvc.wishes import BacktestAsked
from graphsvc.wording import say

backtests = Endpoints("Backtests")
Share = Annotated[float, Field(ge=0, le=1)]


class BacktestParameters(Parameters):
    """Which past is asked about."""

    until: Annotated[
        Day | None,
        Field(description="What begins on this day or later is hidden; without it, a year before the latest start."),
    ] = None
    to: Annotated[Day | None, Field(description="What begins before this day counts as having come.")] = None
    place: PlaceId = None
    balance: Annotated[float, Field(ge=0, le=1, description="Between likely (0) and new (1).")] = BALANCE
    lang: Lang = None


class PrecisionGiven(Answered):
    """The share of the first lines that came true."""

    lines: int = Field(ge=0, description="Lines looked at: fewer than asked for where the list is shorter.")
    value: Share
    low: Share = Field(description="Lower end of the 95 % interval, collaborations drawn anew.")
    high: Share
    lift: float = Field(ge=0, description="How many times the share of a random pair of the scope.")


class ListMeasured(Answered):
    """One scorer's list in one scope."""

    scorer: str
    scorer_name: str
    scope: str
    scope_name: str
    precision: dict[int, PrecisionGiven] = Field(description="Length of the list → precision.")
    actors: int = Field(ge=0, description="Different actors in the first 100 lines.")


class ActorsMeasured(Answered):
    """One scorer's lists of one actor each, averaged over the actors that found a new partner."""

    scorer: str
    precision_10: Share
    recall_10: Share
    recall_50: Share
    reciprocal_rank: Share


class BacktestMade(Answered):
    """A list of a past day beside what then came."""

    cut: date
    until: date
    known_actors: int
    candidates: int = Field(description="Pairs that were scored.")
    new_pairs: int = Field(description="Pairs that began to work together.")
    reached: Share = Field(description="Share of the new pairs that were among the candidates.")
    unknown_actors: int = Field(description="Participants of the window that nobody knew at the cut.")
    kin_pairs: int = Field(description="New pairs left out as they are kin, or met through kin.")
    undated: int = Field(description="Collaborations left out as nobody says when they began.")
    lists: tuple[ListMeasured, ...]
    per_actor: tuple[ActorsMeasured, ...]
    told: tuple[str, ...] = Field(description="The same in sentences, also where a baseline is better.")
    language: str
    revision: Revision


@backtests.endpoint(
    "/api/v1/backtests",
    BacktestParameters,
    BacktestMade,
    errors=(404,),
    kept=True,
    later="perhaps",
    example={"until": "2018-01-01", "lang": "en"},
)
def get_backtest(asked: Asked[BacktestParameters]) -> Answer:
    """Measure suggestions against the past.

    What began on the day `until` or later is hidden, pairs are suggested, and compared with those that then began to
    work together, beside the usual indices of link prediction. What takes long becomes a job: 202.
    """
    wanted = asked.parameters
    places = (wanted.place,) if wanted.place else ()
    ask = BacktestAsked(until=wanted.until, to=wanted.to, places=places, balance=wanted.balance)
    found: Backtest = now_or_later(asked, "backtest", ask)
    network = asked.service.network()

    def name_of(place: str) -> str:
        return network.name_of(Ref(Noun.PLACE, place), asked.language)

    answer = BacktestMade(
        cut=found.cut,
        until=found.until,
        known_actors=found.known,
        candidates=found.candidates,
        new_pairs=len(found.window.a),
        reached=found.reached,
        unknown_actors=found.window.unknown,
        kin_pairs=found.window.kin,
        undated=found.undated,
        lists=tuple(_listed(each, asked.language, name_of) for each in found.lists),
        per_actor=tuple(_per_actor(each) for each in found.per_actor),
        told=track_record(found, asked.language, name_of),
        language=asked.language,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _listed(each: Listed, language: str, name_of: Callable[[str], str]) -> ListMeasured:
    return ListMeasured(
        scorer=each.scorer,
        scorer_name=say("backtest", f"scorer.{each.scorer}", language),
        scope=each.scope,
        scope_name=scope_name(each.scope, language, name_of),
        precision={
            lines: PrecisionGiven(lines=at.lines, value=at.value, low=at.low, high=at.high, lift=at.lift)
            for lines, at in each.precision.items()
        },
        actors=each.actors,
    )


def _per_actor(each: PerActor) -> ActorsMeasured:
    return ActorsMeasured(
        scorer=each.scorer,
        precision_10=each.precision_10,
        recall_10=each.recall_10,
        recall_50=each.recall_50,
        reciprocal_rank=each.reciprocal_rank,
    )
