"""Rows of the reading statements as the types of :mod:`graphsvc.model`.

The values were validated when they came in. They are not checked again: an identifier whose rule was tightened since
must not stop the whole service at reading, and checking the digits of every actor each time would cost seconds.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Final

from graphsvc.facets import Facet, joined, texts
from graphsvc.model import (
    Actor,
    ActorKind,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Money,
    Name,
    NameKind,
    Participation,
    Place,
    PlaceKind,
    Record,
    Source,
    Theme,
)
from graphsvc.store.engine import Row

_ACTOR_KINDS: Final = {kind.value: kind for kind in ActorKind}
_NAME_KINDS: Final = {kind.value: kind for kind in NameKind}


def actor(row: Row) -> Actor:
    """Return the actor of one row of ``actors/*``."""
    return Actor.model_construct(
        id=row["id"],
        name=row["name"],
        kind=_ACTOR_KINDS[row["kind"]],
        names=_names(row["names"], row["name"]),
        business_id=row["business_id"],
        vat=row["vat"],
        pic=row["pic"],
        ror=row["ror"],
        isni=row["isni"],
        wikidata=row["wikidata"],
        place=row["place"],
        website=row["website"],
        description=row["description"],
        source=row["source"],
        attributes=_attributes(row["attributes"]),
    )


def _names(text: str, shown: str) -> tuple[Name, ...]:
    """Return the other names of all files, each once, with its days where any file says them.

    What another file shows instead (``[text]``) is a spelling.
    """
    if text == "[]":
        return ()
    entries = json.loads(text)
    given = dict.fromkeys(tuple(entry) for entry in entries if len(entry) > 1)
    dated = {entry[:3] for entry in given if len(entry) > 3}
    known = {shown, *(entry[0] for entry in given)}
    more = dict.fromkeys(entry[0] for entry in entries if len(entry) == 1 and entry[0] not in known)
    return (
        *(_name(*entry) for entry in given if entry not in dated),
        *(_name(name, NameKind.SPELLING.value, None) for name in more),
    )


def _name(text: str, kind: str, language: str | None, since: str | None = None, until: str | None = None) -> Name:
    return Name.model_construct(
        text=text,
        kind=_NAME_KINDS[kind],
        language=language,
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
    )


def _attributes(text: str) -> dict[str, str]:
    """Return what all files say in columns of their own: of each column the word of the first file, its last there.

    What a thing is part of is what all files say, like what it is about: where two place it differently, both stand.
    """
    if text == "[]":
        return {}
    united: dict[str, str] = {}
    for said in json.loads(text):
        before = united.get(Facet.PART_OF.value)
        united.update(said)
        if before and Facet.PART_OF.value in said:
            parts = (*texts(said, Facet.PART_OF), *texts({Facet.PART_OF.value: before}, Facet.PART_OF))
            united[Facet.PART_OF.value] = joined(dict.fromkeys(parts))
    return dict(sorted(united.items()))


def collaboration(row: Row) -> Collaboration:
    """Return the collaboration of one row of ``collaborations/*``; its themes sorted."""
    return Collaboration.model_construct(
        id=row["id"],
        name=row["name"],
        title=row["long_name"],
        kind=CollaborationKind(row["kind"]),
        start=row["starts"],
        end=row["ends"],
        programme=row["programme"],
        topic=row["topic"],
        themes=tuple(sorted(row["themes"])),
        website=row["website"],
        source=row["source"],
        attributes=_attributes(row["attributes"]),
    )


def participation(row: Row) -> Participation:
    """Return the participation of one row of ``participations/*``."""
    amount = row["amount"]
    money = Money.model_construct(amount=Decimal(amount), currency=row["currency"]) if amount is not None else None
    return Participation.model_construct(
        actor=row["actor"],
        collaboration=row["collaboration"],
        role=row["role"],
        source=row["source"],
        start=row["starts"],
        end=row["ends"],
        money=money,
        record=row["record"],
        attributes=json.loads(row["attributes"]) if row["attributes"] else {},
    )


def link(row: Row) -> Link:
    """Return the link of one row of ``links/*``."""
    return Link.model_construct(
        actor=row["actor"],
        other=row["other"],
        kind=LinkKind(row["kind"]),
        since=row["since"],
        source=row["source"],
    )


def theme(row: Row) -> Theme:
    """Return the theme of one row of ``themes/all``."""
    return Theme.model_construct(**row)


def place(row: Row) -> Place:
    """Return the place of one row of ``places/all``."""
    return Place.model_construct(id=row["id"], name=row["name"], kind=PlaceKind(row["kind"]), parent=row["parent"])


def source(row: Row) -> Source:
    """Return the source of one row of ``sources/all``."""
    return Source.model_construct(**row)


def record(row: Row) -> Record:
    """Return the record of one row of ``records/*``."""
    return Record.model_construct(
        id=row["id"],
        source=row["source"],
        sheet=row["sheet"],
        row=row["row"],
        values=json.loads(row["values"]),
        actor=row["actor"],
        collaboration=row["collaboration"],
    )
