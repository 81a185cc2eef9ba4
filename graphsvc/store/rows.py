"""Claims and records as the rows that the writing statements take: every row of a statement has the same keys."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from graphsvc.identifiers import digest
from graphsvc.model import (
    Actor,
    Claim,
    Collaboration,
    Link,
    LinkKind,
    Participation,
    Record,
)
from graphsvc.store import descriptions
from graphsvc.store.descriptions import NOUNS, VALUES, Row, Rows, Tag, day, description_id

_LINKS: Final = tuple(LinkKind)


def of_claims(claims: Iterable[Claim], tag: Tag) -> list[tuple[str, Rows]]:
    """Return (statement, rows) pairs in the order in which they must be written; statements without rows are left out.

    An actor is described before it is located, a theme before a collaboration is about it.
    """
    said: defaultdict[type, list[Any]] = defaultdict(list)
    for claim in claims:
        said[type(claim)].append(claim)
    actors: list[Actor] = said[Actor]
    collaborations: list[Collaboration] = said[Collaboration]
    links: list[Link] = said[Link]
    work = [
        *(
            (f"{noun}s/describe", descriptions.of_claims(said[type_], VALUES[type_], tag))
            for type_, noun in NOUNS.items()
        ),
        *(("actors/state_place", rows) for rows in _rounds(actors, tag)),
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
            "sort_name": f"{record.source}\t{record.sheet}\t{record.row:09d}",
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


def _rounds(actors: Iterable[Actor], tag: Tag) -> list[Rows]:
    """Return where actors are, in rounds: one that is put into two places one after the other takes two."""
    rounds: list[Rows] = []
    places: dict[str, list[str]] = {}
    for actor in actors:
        mine = places.setdefault(actor.id, [])
        if actor.place is None or mine[-1:] == [actor.place]:
            continue
        mine.append(actor.place)
        if len(mine) > len(rounds):
            rounds.append([])
        rounds[len(mine) - 1].append({"id": description_id(actor, tag.file), "place": actor.place})
    return rounds


def said_id(file: str, claim: str) -> str:
    """Return the id of a claim as one file makes it."""
    return digest(file, claim)[:24]


def _claimed(id_: str, tag: Tag) -> Row:
    """Return the keys of a claim that several files may make: each does so under an id of its own."""
    return {
        "id": said_id(tag.file, id_),
        "claim": id_,
        "file": tag.file,
        "import": tag.import_,
        "rank": tag.rank,
    }


def _about(collaboration: Collaboration, theme: str, tag: Tag) -> Row:
    return {"collaboration": collaboration.id, "theme": theme, "file": tag.file, "import": tag.import_}


def _participation(participation: Participation, tag: Tag) -> Row:
    money = participation.money
    return {
        **_claimed(participation.id, tag),
        "actor": participation.actor,
        "collaboration": participation.collaboration,
        "role": participation.role,
        "source": participation.source,
        "starts": day(participation.start),
        "ends": day(participation.end),
        "amount": str(money.amount) if money else None,
        "currency": money.currency if money else None,
        "record": participation.record,
        "attributes": json.dumps(participation.attributes, ensure_ascii=False) if participation.attributes else None,
    }


def _link(link: Link, tag: Tag) -> Row:
    return {
        **_claimed(link.id, tag),
        "actor": link.actor,
        "other": link.other,
        "since": day(link.since),
        "source": link.source,
    }
