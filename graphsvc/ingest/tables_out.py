"""All that the graph holds as rows of our own tables: what the readers of these tables read back as the same.

Each thing is one row, each claim of each source one row; every other name is a row of Names. A source's own columns are
columns again. What a workbook can't carry is told by :func:`beyond`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any, Final

from graphsvc.cells import neutral
from graphsvc.ingest import guard
from graphsvc.ingest.attributes import MAX_ATTRIBUTES
from graphsvc.ingest.columns import ORDER, Column, specs
from graphsvc.ingest.grid import fault_in
from graphsvc.ingest.own_headings import header_of
from graphsvc.ingest.own_ids import bodies
from graphsvc.ingest.reading import Progress
from graphsvc.model import Actor, ActorKind, Collaboration, Link, Name, Participation, Place, Snapshot, Source, Theme
from graphsvc.wording import say

Value = str | date | Decimal | None
"""What a cell holds; None or an empty text for nothing."""
Cells = Mapping[str, Value]

_ALWAYS: Final = frozenset({"sources", "themes", "actors", "collaborations", "participations"})
"""Tables that are written without rows too."""
_SHEETS: Final = (*(key for key in ORDER if key not in {"names", "places"}), "names", "places")
"""As the template has them: what few look at comes last."""
_SHARED: Final = "shares_identifier"
_TELLS: Final = 1000
"""Rows after which it is told how many are made."""


@dataclass(frozen=True, slots=True)
class TableOut:
    """One table to be written. Its rows are made while they are taken, once."""

    key: str
    name: str
    """The sheet's name, in the language asked for."""
    columns: tuple[Column, ...]
    own: tuple[str, ...]
    """Headers of the sources' own columns, after ours."""
    language: str
    rows: Iterator[list[Value]]

    @property
    def header(self) -> list[str]:
        """The first row."""
        return [*(column.labels[self.language] for column in self.columns), *self.own]


def tables(snapshot: Snapshot, language: str, progress: Progress | None = None) -> list[TableOut]:
    """Return the snapshot as our tables with headings, and words for kinds, in ``fi``, ``sv`` or ``en``.

    ``progress`` is told how many rows are made while they are taken.
    """

    @cache
    def say_kind(noun: str, kind: Any) -> str:
        return say("kinds", f"{noun}.{kind.value}", language)

    places, shared = _Around(snapshot.places), _shared(snapshot.actors)
    named = [(actor.id, name) for actor in snapshot.actors for name in actor.names]
    made: dict[str, tuple[Sequence[Any], Callable[[Any], Cells]]] = {
        "sources": (snapshot.sources, _source),
        "themes": (snapshot.themes, _theme),
        "actors": (snapshot.actors, lambda actor: _actor(actor, say_kind, places, actor.id in shared)),
        "collaborations": (snapshot.collaborations, lambda each: _collaboration(each, say_kind)),
        "participations": (snapshot.participations, _participation),
        "links": (snapshot.links, lambda link: _link(link, say_kind)),
        "names": (named, lambda pair: _name(pair[0], pair[1], say_kind)),
        "places": (snapshot.places, lambda place: _place(place, say_kind)),
    }
    without = {"names"} if shared else {"names", _SHARED}
    written = [key for key in _SHEETS if made[key][0] or key in _ALWAYS]
    found = [_table(key, language, *made[key], without) for key in written]
    return _counted(found, sum(len(made[key][0]) for key in written), progress) if progress else found


def _counted(found: list[TableOut], total: int, progress: Progress) -> list[TableOut]:
    number = count(1)

    def over(rows: Iterator[list[Value]]) -> Iterator[list[Value]]:
        for row in rows:
            if (done := next(number)) % _TELLS == 0:
                progress(done, total)
            yield row

    return [replace(each, rows=over(each.rows)) for each in found]


def beyond(snapshot: Snapshot, *, workbook: bool) -> list[str]:
    """Return what of the snapshot our tables hold but their readers would not take back, as sentences."""
    found = []
    longest = max(map(len, (snapshot.actors, snapshot.collaborations, snapshot.participations, snapshot.links)))
    if workbook and longest >= guard.MAX_ROWS:
        found.append(f"A sheet has {longest:,} rows; {guard.MAX_ROWS:,} are read back. CSV tables have no such limit.")
    crowded = sum(len(each.attributes) > MAX_ATTRIBUTES for things in _attributed(snapshot).values() for each in things)
    if crowded:
        found.append(
            f"{crowded} things have more than {MAX_ATTRIBUTES} columns of sources' own; so many are read back."
        )
    for key, things in _attributed(snapshot).items():
        width = len(specs()[key].columns) + len(_own_names(things))
        if width > guard.MAX_COLUMNS:
            found.append(f"The table {key} has {width} columns; {guard.MAX_COLUMNS} are read back.")
    return [*found, *_unfit(snapshot)]


def _unfit(snapshot: Snapshot) -> Iterator[str]:
    """Say how many texts no cell can hold; sources that are no tables may bring such in."""
    cells = (cell for table in tables(snapshot, "en") for row in table.rows for cell in row if isinstance(cell, str))
    if faults := [fault for cell in cells if (fault := fault_in(neutral(cell)))]:
        yield f"{len(faults)} texts are not read back as they are, the first for this: {faults[0]}"


def _attributed(snapshot: Snapshot) -> dict[str, Sequence[Any]]:
    return {
        "actors": snapshot.actors,
        "collaborations": snapshot.collaborations,
        "participations": snapshot.participations,
    }


def _own_names(things: Iterable[Any]) -> list[str]:
    return sorted({name for thing in things for name in getattr(thing, "attributes", ())})


def _table(
    key: str, language: str, things: Sequence[Any], cells: Callable[[Any], Cells], without: set[str]
) -> TableOut:
    spec, own = specs()[key], _own_names(things)
    columns = tuple(column for column in spec.columns if key != "actors" or column.key not in without)

    keys = [column.key for column in columns]

    def rows() -> Iterator[list[Value]]:
        for thing in things:
            attributes: Mapping[str, str] = getattr(thing, "attributes", {})
            yield [*map(cells(thing).get, keys), *map(attributes.get, own)]

    return TableOut(key, spec.labels[language], columns, tuple(header_of(name, spec) for name in own), language, rows())


def _source(source: Source) -> Cells:
    return source.model_dump()


def _theme(theme: Theme) -> Cells:
    return theme.model_dump()


def _place(place: Place, say_kind: Callable[[str, Any], str]) -> Cells:
    return {"id": place.id, "name": place.name, "kind": say_kind("place", place.kind), "parent": place.parent}


def _actor(actor: Actor, say_kind: Callable[[str, Any], str], places: _Around, shares: bool) -> Cells:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": "" if actor.kind is ActorKind.UNKNOWN else say_kind("actor", actor.kind),
        "business_id": actor.business_id,
        "vat": actor.vat,
        "pic": actor.pic,
        "ror": actor.ror,
        "isni": actor.isni,
        "wikidata": actor.wikidata,
        "website": actor.website,
        "description": actor.description,
        "source": actor.source,
        _SHARED: "x" if shares else "",
        **places.cells(actor.place),
    }


def _name(actor: str, name: Name, say_kind: Callable[[str, Any], str]) -> Cells:
    return {
        "actor": actor,
        "text": name.text,
        "kind": say_kind("name", name.kind),
        "language": name.language,
        "since": name.since,
        "until": name.until,
    }


def _collaboration(each: Collaboration, say_kind: Callable[[str, Any], str]) -> Cells:
    return {
        "id": each.id,
        "name": each.name,
        "title": each.title,
        "kind": say_kind("collaboration", each.kind),
        "start": each.start,
        "end": each.end,
        "programme": each.programme,
        "topic": each.topic,
        "themes": "; ".join(each.themes),
        "website": each.website,
        "source": each.source,
    }


def _participation(claim: Participation) -> Cells:
    return {
        "actor": claim.actor,
        "collaboration": claim.collaboration,
        "role": claim.role,
        "start": claim.start,
        "end": claim.end,
        "amount": claim.money.amount if claim.money else None,
        "currency": claim.money.currency if claim.money else None,
        "source": claim.source,
    }


def _link(link: Link, say_kind: Callable[[str, Any], str]) -> Cells:
    return {
        "actor": link.actor,
        "relation": say_kind("link", link.kind),
        "other": link.other,
        "since": link.since,
        "source": link.source,
    }


class _Around:
    """The columns that say where an actor is: the place's id for readers, the names around it for people."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.id: place for place in places}

    def cells(self, place: str | None) -> Cells:
        """Return the columns of a place. A ring of parents does not hang."""
        found: dict[str, Value] = {"place": place}
        while place in self._places and self._places[place].kind.value not in found:
            found[self._places[place].kind.value] = self._places[place].name
            place = self._places[place].parent
        return found


def _shared(actors: Iterable[Actor]) -> frozenset[str]:
    """Return the ids of actors of which another has an identifier, too: one VAT group holds several organisations."""
    schemes = ("business_id", "vat", "pic", "ror", "isni", "wikidata")
    held = [(actor.id, bodies({scheme: getattr(actor, scheme) for scheme in schemes})) for actor in actors]
    counts = Counter(identifier for _, identifiers in held for identifier in identifiers)
    return frozenset(id_ for id_, identifiers in held if any(counts[each] > 1 for each in identifiers))
