"""New openings between two days: who came, which pairs began, who crossed a sector for the first time."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from graphsvc.analysis.results import Noun
from graphsvc.api import forms, schemas
from graphsvc.api.asking import IN_DIGITS, Day
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.courses import PartParameters
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.model import Helix
from graphsvc.opening import OpeningsAsk

openings = Endpoints("New openings")


class OpeningsParameters(PartParameters):
    """Between which days."""

    since: Annotated[Day | None, Field(description="The earlier day; without it, a year before `until`.")] = None
    until: Annotated[
        Day | None,
        Field(description="The later day; without it, the last on which something of this part began, or today."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Most items of each list."), IN_DIGITS] = 50


class CrossingGiven(Answered):
    """The first partners in another sector of an actor that was there before."""

    actor: schemas.ActorRef
    helix: Helix = Field(description="The sector in which it had no partner.")
    partners: tuple[schemas.ActorRef, ...] = Field(description="Its partners there now; at most `limit`.")


class OpeningsGiven(Answered):
    """Who and what pairs are new."""

    since: date
    until: date
    counts: dict[str, int] = Field(description="How many there are, also beyond `limit`: actors, pairs, crossings.")
    actors: tuple[schemas.ActorRef, ...] = Field(description="Actors that were not there; most partners first.")
    pairs: tuple[tuple[schemas.ActorRef, schemas.ActorRef], ...] = Field(
        description="Actors that work together for the first time, also new ones; most partners first."
    )
    crossings: tuple[CrossingGiven, ...]
    revision: schemas.Revision


@openings.endpoint(
    "/api/v1/openings",
    OpeningsParameters,
    OpeningsGiven,
    errors=(404,),
    kept=True,
    example={"since": "2018-01-01", "until": "2019-01-01", "place": "FI197", "limit": "5"},
)
def get_openings(asked: Asked[OpeningsParameters]) -> Answer:
    """Tell what is new between two days.

    Actors that came, pairs that work together for the first time, and first partners in another sector: the new
    openings of the start page. What had ended by the earlier day counts as known, and
    so does what began nobody knows when.
    """
    wanted = asked.parameters
    found = asked.service.openings(OpeningsAsk(wanted.since, wanted.until, wanted.view))
    opened = found.opened

    def ref(id_: str) -> schemas.ActorRef:
        return schemas.ActorRef(id=id_, name=found.names[id_], href=forms.href(Noun.ACTOR, id_))

    answer = OpeningsGiven(
        since=found.since,
        until=found.until,
        counts={noun: len(getattr(opened, noun)) for noun in ("actors", "pairs", "crossings")},
        actors=tuple(map(ref, opened.actors[: wanted.limit])),
        pairs=tuple((ref(a), ref(b)) for a, b in opened.pairs[: wanted.limit]),
        crossings=tuple(
            CrossingGiven(
                actor=ref(each.actor), helix=each.helix, partners=tuple(map(ref, each.partners[: wanted.limit]))
            )
            for each in opened.crossings[: wanted.limit]
        ),
        revision=found.revision,
    )
    return Answer(answer, found.revision)
