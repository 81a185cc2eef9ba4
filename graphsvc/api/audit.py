"""The audit trail over the API, for who administers the installation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field

from graphsvc.access.audit import Entry, Question
from graphsvc.access.rights import Right
from graphsvc.api.asking import IN_DIGITS, Day, Parameters, Words
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.params import PageLimit
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.asof import bounds

audit = Endpoints("Audit")


class AuditList(Parameters):
    """Which rows of the trail."""

    since: Annotated[Day | None, Field(description="Done on this day or later, as days are in Finland.")] = None
    until: Annotated[Day | None, Field(description="Done on this day or earlier, as days are in Finland.")] = None
    caller: Annotated[Words | None, Field(description="Only what this user or key did, by id.")] = None
    limit: PageLimit = 50
    cursor: Annotated[int | None, Field(ge=1, le=2**53, description="The `next` of the page before."), IN_DIGITS] = None


class DeedGiven(Answered):
    """One thing that was done."""

    number: int
    at: datetime
    caller: str = Field(description="Id of the user or key; `public` for nobody, `terminal` for the machine itself.")
    name: str | None = Field(description="What the user or key is called now; null where it is not known any more.")
    act: str = Field(description="Method and address as the documentation has it, or `sign in`, `saw contacts`.")
    thing: str = Field(description="What it was done to, by id, also the user or key that it made; empty for nothing.")
    thing_name: str | None = Field(
        description="What that user or key is called now; null for anything else and for one not known any more."
    )
    origin: str = Field(description="The network that it came from; no address of a person.")
    request_id: str = Field(description="As in the header X-Request-Id and in the log.")
    refused: int | None = Field(description="The HTTP status where it was not done after all.")


class AuditPage(Answered):
    """A page of the audit trail, the newest first."""

    items: tuple[DeedGiven, ...]
    next: str | None = Field(description="The `cursor` of the next page; null on the last.")


@audit.endpoint("/api/v1/audit", AuditList, AuditPage, revised=False, right=Right.ADMIN, example={"limit": "5"})
def list_audit(asked: Asked[AuditList]) -> Answer:
    """List who changed what.

    Every change that a user or a key asked for, who saw contact data of persons, who signed in and who took a backup;
    the newest first. Where nobody is asked who they are, as on one's own machine, nothing is noted.
    """
    wanted = asked.parameters
    found = asked.access.trail.find(
        Question(*bounds(wanted.since, wanted.until), wanted.caller, wanted.limit, wanted.cursor)
    )
    names = asked.access.names()
    items = tuple(_given(each, names) for each in found.entries)
    return Answer(AuditPage(items=items, next=str(found.next) if found.next else None))


def _given(entry: Entry, names: Mapping[str, str]) -> DeedGiven:
    deed = entry.deed
    return DeedGiven(
        number=entry.number,
        at=entry.at,
        caller=deed.caller,
        name=names.get(deed.caller),
        act=deed.act,
        thing=deed.thing,
        thing_name=names.get(deed.thing),
        origin=deed.origin,
        request_id=deed.request,
        refused=entry.status,
    )
