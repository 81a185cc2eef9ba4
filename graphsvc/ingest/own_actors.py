"""What rows of our tables Actors and Names say, and where an actor is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import places, values
from graphsvc.ingest.grid import Cell
from graphsvc.ingest.own_ids import actor_id, bodies, new_id
from graphsvc.ingest.places import PlaceBook
from graphsvc.ingest.reading import Severity
from graphsvc.ingest.references import Index
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Actor, ActorKind, Claim, Name, NameKind, Place

_IDENTIFIERS: Mapping[str, Callable[[Cell], str]] = {
    "business_id": lambda cell: identifiers.business_id(values.line(cell)),
    "vat": values.vat,
    "pic": lambda cell: identifiers.pic(values.line(cell)),
    "ror": lambda cell: identifiers.ror(values.line(cell)),
    "isni": lambda cell: identifiers.isni(values.line(cell)),
    "wikidata": lambda cell: identifiers.wikidata(values.line(cell)),
}
_IN_WORDS: Final = {"business_id": "business id"}


class ActorRows:
    """Reads actors and their names; remembers which identifier is whose."""

    def __init__(self, index: Index, places_: Index, source_of: Callable[[RowReader], str], *, keep: bool) -> None:
        """``source_of`` returns a row's source; actors are kept (``keep``) where a sheet Names speaks of them."""
        self._index = index
        self._known_places = places_
        self._source_of = source_of
        self._keep = keep
        self._kept: dict[str, Actor] = {}
        self._briefly: dict[str, set[Name]] = {}
        self._bodies: dict[tuple[str, str], tuple[str, int]] = {}
        self.places = PlaceBook()

    def actor(self, row: RowReader) -> tuple[Claim, ...]:
        """Return the places that are new, and the actor; nothing where the row has an error."""
        name = row.need("name", values.name) or ""
        ids = {key: row.read(key, parse) for key, parse in _IDENTIFIERS.items()}
        id_ = new_id(self._index, row, *actor_id(name, ids["business_id"], ids["pic"]))
        if not row.given("shares_identifier"):
            self._check_bodies(row, id_, ids)
        place, new = self._place(row)
        names = row.read("names", values.names) or ()
        actor = row.build(
            lambda: Actor(
                id=id_,
                name=name or "?",
                kind=row.read("kind", row.kind("actor", ActorKind)) or ActorKind.UNKNOWN,
                names=tuple(other for other in names if other.text != name),
                place=place,
                website=row.read("website", values.web_address),
                description=row.read("description", values.paragraph),
                source=self._source_of(row),
                attributes=row.attributes(),
                **ids,
            )
        )
        if row.failed or actor is None:
            return ()
        also = [*filter(None, ids.values()), *(other.text for other in names)]
        self._index.add(id_, row.at.row, name, also)
        self._bodies.update(dict.fromkeys(bodies(ids), (id_, row.at.row)))
        if self._keep:
            self._kept[id_] = actor
        return (*self.places.new(new), actor)

    def name(self, row: RowReader) -> tuple[Claim, ...]:
        """Return the actor with one more name, or with that name known better than the column *other names* told."""
        id_ = row.need("actor", lambda cell: self._index.find(values.line(cell)))
        text = row.need("text", values.name)
        language = row.read("language", values.language)
        kind = row.read("kind", row.kind("name", NameKind))
        since, until = row.days("since", "until")
        actor = self._kept.get(id_ or "")
        if row.failed or not text or actor is None:
            return ()
        otherwise = NameKind.TRANSLATION if language else NameKind.SPELLING
        made = Name(text=text, kind=kind or otherwise, language=language, since=since, until=until)
        if made.text == actor.name and kind is None and made == Name(text=text, kind=made.kind):
            message = f"{text!r} is the name that is shown already."
            row.note("text", message, "Delete the row, or say when or in which language.", Severity.WARNING)
            return ()
        briefly = self._briefly.setdefault(actor.id, set(actor.names))
        self._kept[actor.id] = told = actor.model_copy(update={"names": _with(actor.names, made, briefly)})
        self._index.also(actor.id, text)
        return (told,)

    def place(self, row: RowReader) -> tuple[str | None, tuple[Place, ...]]:
        """Return the id of the place that a row names, and it with those around it where they were not said yet."""
        place, new = self._place(row)
        return place, tuple(self.places.new(new))

    def _check_bodies(self, row: RowReader, id_: str, ids: Mapping[str, str | None]) -> None:
        """One identifier belongs to one actor."""
        for scheme, value in bodies(ids):
            known = self._bodies.get((scheme, value))
            if known and known[0] != id_:
                column = scheme if ids[scheme] else "vat"
                row.note(
                    column,
                    f"{value} is also the {_IN_WORDS.get(scheme, scheme)} of {known[0]!r} in row {known[1]}.",
                    "Make the two rows one, or correct the number; a unit of an organisation has none of its own:"
                    " link it with “unit of”.",
                )

    def _place(self, row: RowReader) -> tuple[str | None, list[Place]]:
        """Return the place's id, and it with those around it, widest first, where they may have to be said."""
        if row.given("place"):
            return row.read("place", self._named) or None, row.read("place", self._referred) or []
        where = where_of(row)
        if where and row.given("municipality") and not row.given("country") and not row.given("region"):
            self.places.assume(where[-1])
        return (where[-1].id if where else None), where

    def _named(self, cell: Cell) -> str:
        referred = self._referred(cell)
        return referred[-1].id if referred else self._known_places.find(values.line(cell))

    def _referred(self, cell: Cell) -> list[Place]:
        """Return a place of the reference tables that the sheet Places does not have, with those around it."""
        text = values.line(cell)
        try:
            self._known_places.find(text)
        except InvalidValue:
            if known := places.by_id(text):
                return places.chain(known)
            raise
        return []


def where_of(row: RowReader) -> list[Place]:
    """Return the actor's place by the columns municipality, region and country, and those around it, widest first."""
    land = row.read("country", lambda cell: places.country(values.line(cell)))
    around = row.read("region", lambda cell: places.region(values.line(cell)))
    town = row.read("municipality", values.line)
    if around and land and land.id != "fi":
        row.note("region", f"The region {around.name} is in Finland, not in {land.name}.", "Correct one of the two.")
        return []
    finnish = around is not None or (town and identifiers.fold(town) in places.reference().municipalities)
    land = land or (places.country("fi") if finnish and not row.given("country") else None)
    if town and land is None and not row.failed:
        message = f"The country of {town!r} is not given."
        row.note("municipality", message, "Fill in the column country.", Severity.WARNING)
        row.keep("municipality")
    if land is None:
        return []
    narrowest = places.municipality(town, around, land) if town else around or land
    if town and around and narrowest.parent != around.id:
        row.note(
            "region",
            f"{narrowest.name} is in the region {_region(narrowest)}, not in {around.name}.",
            "Correct one of the two; the municipality's is read.",
            Severity.WARNING,
        )
    return places.chain(narrowest)


def _region(municipality: Place) -> str:
    """Return the name of the region that a municipality of the reference tables lies in."""
    return places.chain(municipality)[-2].name


def _with(known: tuple[Name, ...], made: Name, briefly: set[Name]) -> tuple[Name, ...]:
    """Return the names with one more; one of that text from the other column (``briefly``) gives way to it."""
    for at, name in enumerate(known):
        if name in briefly and name.text == made.text and (name.language or made.language) == made.language:
            briefly.remove(name)
            return (*known[:at], made, *known[at + 1 :])
    return known if made in known else (*known, made)
