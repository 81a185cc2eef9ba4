"""Sources: where facts come from, in the order in which they are believed, and how a person changes that order."""

from __future__ import annotations

from datetime import datetime

from pydantic import ConfigDict, Field

from graphsvc.api import schemas
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.judgements import Person, Reason
from graphsvc.api.params import ById, Nothing
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.errors import NotFound
from graphsvc.store.precedence import Preference
from graphsvc.store.status import SourceStatus

sources = Endpoints("Sources")


class SourceListed(schemas.Source):
    """A source with its place among the sources."""

    precedence: int | None = Field(
        description="Its place among the files, 1 being believed first; null for a source that is only spoken of."
    )
    records: int = Field(ge=0, description="Rows kept of it.")
    file: str | None = Field(description="Name of the file that its last import read.")
    imported: datetime | None = Field(description="When that import ended.")


class PersonsChange(Answered):
    """A change of the order that a person made."""

    what: str
    by: str
    at: datetime
    reason: str | None


class SourceList(Answered):
    """All sources: files in the order in which they are believed, then those only spoken of."""

    items: tuple[SourceListed, ...]
    changes: tuple[PersonsChange, ...] = Field(description="How persons changed the order, oldest first.")
    revision: schemas.Revision


class Standing(Answered):
    """Where a source is to stand in the order, and who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    precedence: int = Field(ge=1, le=100_000, description="1 to be believed first; beyond the number of files, last.")
    by: Person = Field(description="Who says so.")
    reason: Reason = Field(default="", description="Why, for those who come after.")


class Order(Answered):
    """The order in which files are believed."""

    order: tuple[str, ...] = Field(description="Ids of the file sources, the one believed first at the head.")
    changed: bool = Field(description="False when the order was this already: nothing was changed.")
    revision: schemas.Revision


class SourceDetail(SourceListed):
    """A source with how much it speaks of."""

    actors: int = Field(ge=0, description="Entries of actors that it speaks of.")
    collaborations: int = Field(ge=0, description="Collaborations that it speaks of.")
    revision: schemas.Revision


@sources.endpoint("/api/v1/sources", Nothing, SourceList)
def list_sources(asked: Asked[Nothing]) -> Answer:
    """List sources.

    Where the facts come from, the day they speak of, the attribution each asks for, and whose word is shown where
    files differ: that of the one with the lower `precedence`.
    """
    revision = asked.service.revision()
    items = tuple(_listed(each) for each in asked.service.sources())
    changes = tuple(
        PersonsChange(what=each.name, by=each.by, at=each.at, reason=each.reason)
        for each in asked.service.preferences()
    )
    return Answer(SourceList(items=items, changes=changes, revision=revision), revision)


@sources.endpoint("/api/v1/sources/{id}", ById, SourceDetail, example={"id": "file-pirkanmaa"})
def get_source(asked: Asked[ById]) -> Answer:
    """Get one source.

    With how many actors and collaborations it speaks of: `/api/v1/actors?source=` lists them.
    """
    service, id_ = asked.service, asked.parameters.id
    revision = service.revision()
    found = next((each for each in service.sources() if each.id == id_), None)
    if found is None:
        raise NotFound("source", id_)
    actors, collaborations = service.spoken_of(id_)
    listed = dict(_listed(found))
    return Answer(SourceDetail(**listed, actors=actors, collaborations=collaborations, revision=revision), revision)


def _listed(each: SourceStatus) -> SourceListed:
    return SourceListed(
        id=each.id,
        name=each.name,
        stated=each.stated,
        address=each.address,
        publisher=each.publisher,
        terms=each.terms,
        precedence=each.precedence,
        records=each.records,
        file=each.file,
        imported=each.imported,
    )


@sources.endpoint(
    "/api/v1/sources/{id}/precedence", ById, Order, method="PUT", body=Standing, errors=(503, 504), revised=False
)
def put_precedence(asked: Asked[ById]) -> Answer:
    """Set whose word comes first.

    Moves a file in the order of precedence. What several files describe shows the word of the first of them from then
    on, until the order is changed again; undoing an import and loading a newer version keep it. Who, when and why are
    kept. The same order again changes nothing.
    """
    body: Standing = asked.body
    done = asked.service.prefer(Preference(asked.parameters.id, place=body.precedence, by=body.by, reason=body.reason))
    return Answer(Order(order=done.order, changed=done.changed, revision=done.revision))
