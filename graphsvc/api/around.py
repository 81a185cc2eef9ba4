"""What lies around one actor: its network, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from graphsvc import chronicle
from graphsvc.api import forms, schemas
from graphsvc.api.asking import IN_DIGITS
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.network import FORMAT_OF
from graphsvc.api.params import ById, Cursor, NetworkParameters, PageLimit
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.chronicle import Event, EventKind
from graphsvc.model import Id
from graphsvc.render.exports import MEDIA_TYPES
from graphsvc.surroundings import MOST, STEPS, Around, around_as

around = Endpoints("Around an actor")


class AroundParameters(NetworkParameters):
    """The network around one actor."""

    id: Annotated[Id, Field(description="Id of any entry of the actor.")]
    steps: Annotated[
        int, Field(ge=STEPS[0], le=STEPS[-1], description="1: partners and their ties; 2: also theirs."), IN_DIGITS
    ] = 1
    limit: Annotated[
        int,
        Field(ge=1, le=MOST, description="Most actors, itself among them: the nearest, then the strongest ties."),
        IN_DIGITS,
    ] = MOST


class NodeAround(schemas.Node):
    """An actor in the network around one."""

    distance: Literal[0, 1, 2] = Field(description="Steps from the actor that was asked for.")


class NetworkAround(schemas.Network):
    """The network around an actor, in node-link form."""

    graph: dict[str, str] = Field(
        description="The graph's `revision`, the view's parameters, how many `actors` are within the steps, and, where"
        " not all of them are in the answer, how many are `left_out`."
    )
    nodes: tuple[NodeAround, ...]


class HistoryParameters(ById):
    """What became of an actor."""

    limit: PageLimit = 50
    cursor: Cursor = None


class EventGiven(Answered):
    """One thing that happened to an actor."""

    id: str
    kind: EventKind = Field(
        description="`began`, `ended`: its part in a collaboration; `named`, `renamed`: a name it began or ceased to"
        " bear; `linked`: to another body; `read`: a row that speaks of it came in; `judged`: by a person."
    )
    day: date | None = Field(description="Null where no source says.")
    what: str = Field(description="The role, name, kind of link, file or verdict.")
    collaboration: schemas.CollaborationRef | None
    other: str | None = Field(description="Id of the other actor of a link or judgement.")
    source: str | None = Field(description="Id of the source that says so.")
    record: str | None = Field(description="Id of the row that says so.")
    by: str | None = Field(description="The person who said it.")
    at: datetime | None = Field(description="The moment, of what was done in the graph.")
    reason: str | None


class HistoryPage(schemas.Page[EventGiven]):
    """A page of what became of an actor, the oldest first; what has no day comes last."""


@around.endpoint(
    "/api/v1/actors/{id}/network",
    AroundParameters,
    {JSON: NetworkAround, **{media_type: None for name, media_type in MEDIA_TYPES.items() if name != "json"}},
    kept=True,
    example={"id": "fi-2844561-8", "steps": "1"},
)
def get_network_around(asked: Asked[AroundParameters]) -> Answer:
    """Get the network around an actor.

    Its partners in a view and the ties between them, with two steps theirs too, in the forms of `/api/v1/network`. Of
    more than `limit` actors the nearest, and of these those with the strongest ties: to the actor, or to its partners.
    """
    wanted, form = asked.parameters, FORMAT_OF[asked.media_type]
    ask = Around(wanted.id, wanted.view, wanted.steps, wanted.limit)
    content, revision = around_as(asked.service.outlook, ask, form)
    ending = {} if form == "json" else {"Content-Disposition": f'attachment; filename="around-{wanted.id}.{form}"'}
    return Answer(content, revision, ending)


@around.endpoint(
    "/api/v1/actors/{id}/history", HistoryParameters, HistoryPage, example={"id": "fi-2844561-8", "limit": "20"}
)
def list_history(asked: Asked[HistoryParameters]) -> Answer:
    """List what became of an actor.

    By the id of any entry of it: what it took part in from when to when as each source has it, its names and links,
    the rows that came in about it, and what persons said of its entries.
    """
    wanted = asked.parameters
    found: chronicle.Chronicle = asked.service.history_of_actor(wanted.id, wanted.limit, wanted.cursor)
    items = tuple(map(_event, found.part.items))
    answer = HistoryPage(items=items, total=found.total, next=found.part.next, revision=found.revision)
    return Answer(answer, found.revision)


def _event(event: Event) -> EventGiven:
    return EventGiven(
        id=event.id,
        kind=event.kind,
        day=event.day,
        what=event.what,
        collaboration=forms.collaboration_ref(event.collaboration) if event.collaboration else None,
        other=event.other,
        source=event.source,
        record=event.record,
        by=event.by,
        at=event.at,
        reason=event.reason,
    )
