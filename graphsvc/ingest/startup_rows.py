"""What the import sheets of startups and of services for them say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.facets import Facet, Stage, joined
from graphsvc.ingest import values
from graphsvc.ingest.grid import Cell
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.rowreader import RowReader
from graphsvc.ingest.told_again import together
from graphsvc.kinds import Role
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, CollaborationKind, Participation

_COLUMNS: Final = {Facet.STAGES: "stages"}
_YEAR: Final = re.compile(r"(?:18|19|20)[0-9]{2}")


def startup(row: RowReader, mentions: Mentions) -> tuple[Claim, ...]:
    """Return the firm that a row lists as a startup, with its stage, fields and year; a firm that nobody else kinds."""
    stages = row.read("stage", lambda cell: _stages(cell, row))
    fields = row.read("fields", mentions.themes) or ()
    founded = row.read("founded", _year)
    said = {
        Facet.STARTUP: "yes",
        Facet.STAGES: joined(stages or ()),
        Facet.FIELDS: joined(fields),
        Facet.FOUNDED: founded or "",
    }
    *places, actor = mentions.actor_row(row) or (None,)
    if not isinstance(actor, Actor) or row.failed:
        return ()
    facets = {facet.value: text for facet, text in said.items() if text}
    kind = ActorKind.FIRM if actor.kind is ActorKind.UNKNOWN else actor.kind
    told = actor.model_copy(update={"kind": kind, "attributes": {**actor.attributes, **facets}})
    return (*(place for place in places if place is not None), told)


def service(row: RowReader, mentions: Mentions) -> tuple[Claim, ...]:
    """Return what a row says of a service, who offers it, and who used it from one day to another.

    Rows of one name speak of one service: a row for each customer or time.
    """
    source = mentions.source_of(row)
    name = row.need("service", values.name) or "?"
    known = row.read("service", lambda cell: _known(values.name(cell), mentions))
    stages = row.read("stages", lambda cell: _stages(cell, row)) or ()
    said = row.build(
        lambda: Collaboration(
            id=known.id if known else f"c-{identifiers.slug(name)}",
            name=name,
            kind=CollaborationKind.SERVICE,
            themes=row.read("fields", mentions.themes) or (),
            source=source,
            attributes={**row.attributes(), **({Facet.STAGES.value: joined(stages)} if stages else {})},
        )
    )
    if said is None:
        return ()
    told = together(row, known, said, _COLUMNS)
    claims = tuple(_taking_part(row, mentions, told.id, source))
    if row.failed:
        return ()
    mentions.hear(told, row.at.row) if known is None else mentions.retell(told)
    return (told, *claims)


def _known(name: str, mentions: Mentions) -> Collaboration | None:
    """Return the service that earlier rows speak of."""
    known = mentions.heard(name)
    if known and known.kind is not CollaborationKind.SERVICE:
        raise InvalidValue(
            f"{name!r} is something else in this file: {known.kind.value}.",
            remedy="Write another name, or correct its kind where it is said.",
        )
    return known


def _taking_part(row: RowReader, mentions: Mentions, id_: str, source: str) -> Iterator[Participation]:
    start, end = row.days()
    providers = row.read("providers", lambda cell: mentions.actors(cell, source)) or ()
    customers = row.read("customers", lambda cell: mentions.actors(cell, source, ActorKind.FIRM)) or ()
    if row.failed:
        return  # a row that is left out must not count as the first to name anybody
    for actor in providers:
        claim = Participation(actor=actor, collaboration=id_, role=Role.PROVIDER.value, source=source)
        if mentions.earlier(claim, row.at.row) is None:
            yield claim
    for actor in customers:
        role = Role.CUSTOMER.value
        claim = Participation(actor=actor, collaboration=id_, role=role, source=source, start=start, end=end)
        earlier = mentions.meanwhile(claim, row.at.row)
        if earlier is None:
            yield claim
        else:
            row.note(
                "customers",
                f"The same source names this customer of the service in row {earlier}, for a time that overlaps.",
                "Keep one row for a customer and time; write its first and its last day.",
            )


def _stages(cell: Cell, row: RowReader) -> tuple[Stage, ...]:
    read = row.kind("stage", Stage)
    return tuple(dict.fromkeys(read(text) for text in values.several(cell)))


def _year(cell: Cell) -> str:
    text = values.line(cell)
    if not _YEAR.fullmatch(text):
        raise InvalidValue(f"{text!r} is not the year in which a firm was founded.", remedy="Write four digits: 2021.")
    return text
