"""What the import sheets of the startup alliance say: its members."""

from __future__ import annotations

from graphsvc.ingest import values
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import ActorKind, Claim, CollaborationKind, Participation


def member(row: RowReader, mentions: Mentions) -> tuple[Claim, ...]:
    """Return that an actor is a member of an alliance, from one day to another, as a source says."""
    source = mentions.source_of(row)
    kind = row.read("kind", row.kind("actor", ActorKind)) or ActorKind.UNKNOWN
    alliance = row.need(
        "alliance", lambda cell: mentions.collaboration(values.line(cell), source, CollaborationKind.ALLIANCE)
    )
    actor = row.need("member", lambda cell: mentions.actor(values.line(cell), source, kind))
    start, end = row.days()
    claim = row.build(
        lambda: Participation(
            actor=actor or "x",
            collaboration=alliance or "x",
            role=row.read("role", values.paragraph) or "member",
            source=source,
            start=start,
            end=end,
            attributes=row.attributes(),
        )
    )
    return () if row.failed or claim is None else (claim,)
