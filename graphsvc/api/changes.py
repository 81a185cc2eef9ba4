"""What changed since a revision: so that a tool that keeps a copy can keep in step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field

from graphsvc.api import schemas
from graphsvc.api.asking import IN_DIGITS, Parameters
from graphsvc.api.contract import Asked, Endpoints
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.store.feed import ChangeKind, Happened

changes = Endpoints("Changes")


class ChangesParameters(Parameters):
    """The changes after a revision."""

    since: Annotated[
        int, Field(ge=0, le=10**12, description="The revision of the copy; 0 for all from the beginning."), IN_DIGITS
    ]
    limit: Annotated[
        int, Field(ge=1, le=50, description="Most changes on a page; it ends sooner where they say much."), IN_DIGITS
    ] = 20


class Ids(Answered):
    """Ids of things, by noun."""

    actors: tuple[str, ...]
    collaborations: tuple[str, ...]
    themes: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]


class GraphChange(Answered):
    """One change of the graph."""

    revision: int = Field(ge=1, description="The revision that the graph had with it.")
    id: str
    kind: ChangeKind
    name: str = Field(description="What it was, for people; empty for a decision, which `/api/v1/decisions` tells.")
    at: datetime
    by: str | None = Field(description="The person who made it; null for a file, and for a decision.")
    reason: str | None
    import_id: str | None = Field(description="Id of the import that it is part of.")
    source: str | None = Field(description="Id of the file source of that import.")
    changed: Ids = Field(
        description="Things that it may have added or changed, or who takes part in them: ask for each anew."
    )
    gone: Ids = Field(description="Things that it may have touched and that the graph holds no more.")
    complete: bool = Field(description="False where any thing may show another word now: read all anew.")


class GraphChanges(Answered):
    """The changes after a revision, the oldest first."""

    items: tuple[GraphChange, ...]
    next: int | None = Field(description="The `since` of the following page; null when these are all there are now.")
    revision: schemas.Revision


@changes.endpoint("/api/v1/changes", ChangesParameters, GraphChanges, example={"since": "0", "limit": "5"})
def list_changes(asked: Asked[ChangesParameters]) -> Answer:
    """List what changed since a revision.

    A copy keeps in step so: ask with the revision of the copy, ask anew for each thing named in `changed`, drop what is
    `gone`, and keep the last change's `revision` for the next time. Never fewer things are named than have changed in
    their own values, links, or who takes part in them; what follows for others (partners, measures) is not told. Of a
    file that is read again only those of which it says something else; of one of more than some 80,000 rows all that
    it speaks of, and its last change is not `complete`. Taking an import back is told whole with its last change. A
    change's place in this list stays what it is.
    """
    wanted, revision = asked.parameters, asked.service.revision()
    found = asked.service.changes_since(wanted.since, wanted.limit)
    shown = [each for each in found if each.revision <= revision]
    more = bool(shown) and shown[-1].revision < revision
    answer = GraphChanges(
        items=tuple(map(_change, shown)), next=shown[-1].revision if more else None, revision=revision
    )
    return Answer(answer, revision)


def _change(each: Happened) -> GraphChange:
    # A decision names persons and takes the right to write to read.
    told = each.kind is not ChangeKind.DECISION
    return GraphChange(
        revision=each.revision,
        id=each.id,
        kind=each.kind,
        name=each.name if told else "",
        at=each.at,
        by=each.by if told else None,
        reason=each.reason if told else None,
        import_id=each.import_.id if each.import_ else None,
        source=each.import_.source if each.import_ else None,
        changed=_ids(each.there),
        gone=_ids(each.gone),
        complete=each.complete,
    )


def _ids(things: Mapping[str, tuple[str, ...]]) -> Ids:
    return Ids(**{noun: things.get(noun, ()) for noun in Ids.model_fields})
