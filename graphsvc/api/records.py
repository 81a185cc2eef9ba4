"""Rows of sources as they came: what every fact leads back to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from graphsvc.answers import Page
from graphsvc.api import forms, schemas
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import ById, Cursor, PageLimit
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.sourced import RecordShown

records = Endpoints("Records")


class RecordsOf(ById):
    """The rows of one thing."""

    limit: PageLimit = 50
    cursor: Cursor = None


class RecordById(Parameters):
    """One row."""

    id: Annotated[str, StringConstraints(max_length=200), Field(description="The `record` of a claim.")]


class File(Answered):
    """The version of a file that a row is in."""

    name: str
    sha256: str = Field(description="SHA-256 of the file's bytes.")
    imported: datetime = Field(description="When the import of this version began.")
    import_id: str = Field(description="Id of that import.")


class Row(Answered):
    """A row of a source as it came."""

    id: str
    source: str = Field(description="Id of the source.")
    source_name: str
    stated: date | None = Field(description="The day that the source speaks of.")
    file: File | None
    sheet: str = Field(description="Empty where the file has no sheets.")
    row: int = Field(ge=1, description="Row number as a person sees it in the file.")
    values: dict[str, str] = Field(description="Heading → cell, as they came.")
    actor: schemas.ActorRef | None = Field(description="The actor that the row speaks of.")
    collaboration: schemas.CollaborationRef | None = Field(description="The collaboration that it speaks of.")


class RowDetail(Row):
    """One row of a source."""

    revision: schemas.Revision


class RowPage(schemas.Page[Row]):
    """A page of rows, by source, sheet and row number."""


@records.endpoint("/api/v1/actors/{id}/records", RecordsOf, RowPage, example={"id": "fi-2844561-8", "limit": "5"})
def list_records_of_actor(asked: Asked[RecordsOf]) -> Answer:
    """List the rows that speak of an actor.

    As they came, by any entry of the body.
    """
    wanted = asked.parameters
    return _page(asked.service.records_of_actor(wanted.id, wanted.limit, wanted.cursor))


@records.endpoint(
    "/api/v1/collaborations/{id}/records", RecordsOf, RowPage, example={"id": "cordis-643708", "limit": "5"}
)
def list_records_of_collaboration(asked: Asked[RecordsOf]) -> Answer:
    """List the rows that speak of a collaboration.

    As they came.
    """
    wanted = asked.parameters
    return _page(asked.service.records_of_collaboration(wanted.id, wanted.limit, wanted.cursor))


@records.endpoint("/api/v1/sources/{id}/records", RecordsOf, RowPage, example={"id": "file-pirkanmaa", "limit": "5"})
def list_records_of_source(asked: Asked[RecordsOf]) -> Answer:
    """List the rows of a source.

    As they came, by sheet and row number. A source that is only spoken of in another's file has none.
    """
    wanted = asked.parameters
    return _page(asked.service.records_of_source(wanted.id, wanted.limit, wanted.cursor))


@records.endpoint("/api/v1/records/{id}", RecordById, RowDetail, example={"id": "71cbfaf2285340869b00a929"})
def get_record(asked: Asked[RecordById]) -> Answer:
    """Get one row.

    A newer version of a file may have it no more.
    """
    revision = asked.service.revision()
    found = asked.service.record(asked.parameters.id)
    return Answer(RowDetail(**dict(_row(found)), revision=revision), revision)


def _page(page: Page[RecordShown]) -> Answer:
    items = tuple(_row(each) for each in page.items)
    return Answer(RowPage(items=items, total=page.total, next=page.next, revision=page.revision), page.revision)


def _row(found: RecordShown) -> Row:
    record, source, run = found.record, found.source, found.file
    return Row(
        id=record.id,
        source=record.source,
        source_name=source.name if source else record.source,
        stated=source.stated if source else None,
        file=File(name=run.name, sha256=run.fingerprint, imported=run.started, import_id=run.id) if run else None,
        sheet=record.sheet,
        row=record.row,
        values=record.values,
        actor=forms.actor_ref(found.actor) if found.actor else None,
        collaboration=forms.collaboration_ref(found.collaboration) if found.collaboration else None,
    )
