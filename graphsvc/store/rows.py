"""Claims and records as the rows that the writing statements take: every row of a statement has the same keys."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from graphsvc.identifiers import fold
from graphsvc.model import (
    Actor,
    Claim,
    Collaboration,
    Link,
    LinkKind,
    Participation,
    Place,
    Record,
    Source,
    Theme,
)

Row = dict[str, Any]
Rows = list[Row]
T = TypeVar("T")

_LINKS: Final = tuple(LinkKind)


@dataclass(frozen=True, slots=True)
class Tag:
    """Who says it: the file source and its import; what a newer import no longer says is found by these."""

    file: str
    import_: str | None


def of_claims(claims: Iterable[Claim], tag: Tag) -> list[tuple[str, Rows]]:
    """Return (statement, rows) pairs in the order in which they must be written; statements without rows are left out.

    An actor is described before it is located, a theme before a collaboration is about it.
    """
    said: defaultdict[type, list[Any]] = defaultdict(list)
    for claim in claims:
        said[type(claim)].append(claim)
    places: list[Place] = said[Place]
    themes: list[Theme] = said[Theme]
    actors: list[Actor] = said[Actor]
    collaborations: list[Collaboration] = said[Collaboration]
    links: list[Link] = said[Link]
    work = [
        ("sources/upsert", _distinct(map(_source, said[Source]))),
        ("places/upsert", _distinct(map(_place, places))),
        *_moves("places/leave_parent", "places/join_parent", "parent", ((p.id, p.parent) for p in places)),
        ("themes/upsert", _distinct(map(_theme, themes))),
        *_moves("themes/leave_parent", "themes/join_parent", "parent", ((t.id, t.parent) for t in themes)),
        ("actors/upsert", _distinct(_actor(actor, tag) for actor in actors)),
        *_moves("actors/leave_place", "actors/locate", "place", ((a.id, a.place) for a in actors), file=tag.file),
        ("collaborations/upsert", _distinct(_collaboration(c, tag) for c in collaborations)),
        ("collaborations/about", _distinct(_about(c, theme, tag) for c in collaborations for theme in c.themes)),
        ("participations/upsert", _distinct(_participation(p, tag) for p in said[Participation])),
        *((f"links/{kind.value}", _distinct(_link(k, tag) for k in links if k.kind is kind)) for kind in _LINKS),
    ]
    return [(statement, rows) for statement, rows in work if rows]


def of_records(records: Sequence[Record], tag: Tag) -> Rows:
    """Return the rows of ``records/upsert``."""
    return [
        {
            "id": record.id,
            "name": f"{record.sheet}:{record.row}" if record.sheet else str(record.row),
            "source": record.source,
            "sheet": record.sheet,
            "row": record.row,
            "values": json.dumps(record.values, ensure_ascii=False),
            "actor": record.actor,
            "collaboration": record.collaboration,
            "import": tag.import_,
        }
        for record in records
    ]


def sort_name(name: str) -> str:
    """Return what lists are ordered by: the name without its capitals; å, ä, ö stay letters of their own after z."""
    return name.casefold()


def _distinct(rows: Iterable[Row]) -> Rows:
    """Drop rows that say again what an earlier row of the same statement said last about the same thing."""
    kept: Rows = []
    last: dict[Any, Row] = {}
    for row in rows:
        key = row.get("id") or (row["collaboration"], row["theme"])
        if last.get(key) != row:
            last[key] = row
            kept.append(row)
    return kept


def _moves(
    leave: str, join: str, key: str, pairs: Iterable[tuple[str, str | None]], **more: str
) -> list[tuple[str, Rows]]:
    """Return leave and join steps. A thing that is put into two places one after the other takes two rounds."""
    rounds: list[Rows] = []
    moves: dict[str, list[str]] = {}
    for id_, target in pairs:
        mine = moves.setdefault(id_, [])
        if target is None or mine[-1:] == [target]:
            continue
        mine.append(target)
        if len(mine) > len(rounds):
            rounds.append([])
        rounds[len(mine) - 1].append({"id": id_, key: target, **more})
    return [(statement, rows) for rows in rounds for statement in (leave, join)]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _source(source: Source) -> Row:
    return {
        "id": source.id,
        "name": source.name,
        "stated": _day(source.stated),
        "address": source.address,
        "publisher": source.publisher,
        "terms": source.terms,
    }


def _place(place: Place) -> Row:
    return {"id": place.id, "name": place.name, "kind": place.kind.value}


def _theme(theme: Theme) -> Row:
    return {
        "id": theme.id,
        "name": theme.name,
        "name_fi": theme.name_fi,
        "name_sv": theme.name_sv,
        "name_en": theme.name_en,
    }


def _actor(actor: Actor, tag: Tag) -> Row:
    names = [[name.text, name.kind.value, name.language] for name in actor.names]
    return {
        "id": actor.id,
        "name": actor.name,
        "sort_name": sort_name(actor.name),
        "kind": actor.kind.value,
        "names": json.dumps(names, ensure_ascii=False) if names else None,
        "business_id": actor.business_id,
        "vat": actor.vat,
        "pic": actor.pic,
        "ror": actor.ror,
        "website": actor.website,
        "description": actor.description,
        "source": actor.source,
        "file": tag.file,
        "import": tag.import_,
        "folded_name": fold(actor.name),
        "folded_names": fold(" ".join(name.text for name in actor.names)) if names else None,
    }


def _collaboration(collaboration: Collaboration, tag: Tag) -> Row:
    more = [collaboration.title, collaboration.programme, collaboration.topic]
    return {
        "id": collaboration.id,
        "name": collaboration.name,
        "sort_name": sort_name(collaboration.name),
        "long_name": collaboration.title,
        "kind": collaboration.kind.value,
        "starts": _day(collaboration.start),
        "ends": _day(collaboration.end),
        "programme": collaboration.programme,
        "topic": collaboration.topic,
        "website": collaboration.website,
        "source": collaboration.source,
        "file": tag.file,
        "import": tag.import_,
        "folded_name": fold(collaboration.name),
        "folded_more": fold(" ".join(text for text in more if text)) if any(more) else None,
    }


def _about(collaboration: Collaboration, theme: str, tag: Tag) -> Row:
    return {"collaboration": collaboration.id, "theme": theme, "file": tag.file, "import": tag.import_}


def _participation(participation: Participation, tag: Tag) -> Row:
    money = participation.money
    return {
        "id": participation.id,
        "actor": participation.actor,
        "collaboration": participation.collaboration,
        "role": participation.role,
        "source": participation.source,
        "starts": _day(participation.start),
        "ends": _day(participation.end),
        "amount": str(money.amount) if money else None,
        "currency": money.currency if money else None,
        "record": participation.record,
        "file": tag.file,
        "import": tag.import_,
    }


def _link(link: Link, tag: Tag) -> Row:
    return {
        "id": link.id,
        "actor": link.actor,
        "other": link.other,
        "since": _day(link.since),
        "source": link.source,
        "file": tag.file,
        "import": tag.import_,
    }
