"""What one row of each of our tables says, and what it may refer to; tables come in the order ``columns.ORDER``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import places, values
from graphsvc.ingest.grid import Cell, as_text
from graphsvc.ingest.places import PlaceBook
from graphsvc.ingest.reading import Problem, ReadRow, Severity
from graphsvc.ingest.references import Index
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import (
    Actor,
    ActorKind,
    Claim,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Money,
    Participation,
    Place,
    Record,
    Source,
    Theme,
)

_NOUNS = {"sources": "source", "themes": "theme", "actors": "actor", "collaborations": "collaboration"}


class Book:
    """What the rows of a file have said so far. ``sheets`` gives the tables' names in this file, for messages."""

    def __init__(self, source: Source, sheets: Mapping[str, str]) -> None:
        self._source = source
        self._indexes = {key: Index(noun, sheets.get(key, key.title())) for key, noun in _NOUNS.items()}
        self._closed = {key for key in ("sources", "themes") if key in sheets}
        self._places = PlaceBook()
        self._bodies: dict[tuple[str, str], tuple[str, int]] = {}
        self._claims: dict[str, int] = {}
        self._made: list[Claim] = []
        self._say: Mapping[str, Callable[[RowReader], tuple[Claim, ...]]] = {
            "sources": self._source_row,
            "actors": self._actor_row,
            "collaborations": self._collaboration_row,
            "participations": self._participation_row,
            "links": self._link_row,
        }

    def say(self, table: str, row: RowReader, record: Record) -> Iterator[ReadRow | Problem]:
        """Yield what a row says with its record, or its problems; a row with an error says nothing."""
        claims = self._say[table](row)
        yield from row.problems
        if row.failed:
            self.leave_out(table, row)
        else:
            made, self._made = self._made, []
            yield _read(record, (*made, *claims))

    def leave_out(self, table: str, row: RowReader) -> None:
        """Remember that a row is left out."""
        if table in self._indexes:
            texts = (as_text(row.cells.get(key)).strip() for key in ("id", "name", "business_id", "pic"))
            self._indexes[table].leave_out(row.at.row, *texts)

    # sources and themes: referred to by id or name; made from the name where the file has no such sheet

    def _source_row(self, row: RowReader) -> tuple[Claim, ...]:
        name = row.need("name", values.line) or ""
        id_ = self._new_id("sources", row, f"s-{identifiers.slug(name)}")
        source = row.build(
            lambda: Source(
                id=id_,
                name=name or "?",
                stated=row.read("stated", values.day),
                address=row.read("address", values.web_address),
                publisher=row.read("publisher", values.line),
                terms=row.read("terms", values.paragraph),
            )
        )
        if row.failed or source is None:
            return ()
        self._indexes["sources"].add(id_, row.at.row, name)
        return (source,)

    def themes(self, rows: Sequence[tuple[RowReader, Record]]) -> Iterator[ReadRow | Problem]:
        """Yield the rows of the sheet Themes, each after its parent wherever it stands in the file."""
        index = self._indexes["themes"]
        waiting: list[tuple[RowReader, Record, Theme]] = []
        for row, record in rows:
            theme = self._theme_row(row)
            if theme:
                index.add(theme.id, row.at.row, theme.name, filter(None, (theme.name_fi, theme.name_sv, theme.name_en)))
                waiting.append((row, record, theme))
            else:
                yield from row.problems
                self.leave_out("themes", row)
        waiting = [(row, record, self._with_parent(row, theme)) for row, record, theme in waiting]
        said: set[str] = set()
        while waiting:
            ready = [item for item in waiting if item[2].parent is None or item[2].parent in said]
            waiting = [item for item in waiting if item not in ready]
            for row, record, theme in ready or waiting:
                if not ready:
                    row.note("parent", "The theme is below itself, or its parent is left out.", "Correct the parent.")
                yield from row.problems
                if row.failed:
                    continue
                said.add(theme.id)
                yield _read(record, (theme,))
            if not ready:
                return

    def _theme_row(self, row: RowReader) -> Theme | None:
        name = row.need("name", values.line) or ""
        id_ = self._new_id("themes", row, f"t-{identifiers.slug(name)}")
        theme = row.build(
            lambda: Theme(
                id=id_,
                name=name or "?",
                name_fi=row.read("name_fi", values.line),
                name_sv=row.read("name_sv", values.line),
                name_en=row.read("name_en", values.line),
            )
        )
        return None if row.failed else theme

    def _with_parent(self, row: RowReader, theme: Theme) -> Theme:
        parent = row.read("parent", lambda cell: self._indexes["themes"].find(values.line(cell)))
        return theme.model_copy(update={"parent": parent})

    def _theme_ids(self, cell: Cell) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._find_or_make("themes", text) for text in values.several(cell)))

    def _source_id(self, row: RowReader) -> str:
        found = row.read("source", lambda cell: self._find_or_make("sources", values.line(cell)))
        return found or self._source.id

    def _find_or_make(self, table: str, text: str) -> str:
        index = self._indexes[table]
        try:
            return index.find(text)
        except InvalidValue:
            if table in self._closed:
                raise
        if table == "sources":
            made: Claim = Source(id=f"s-{identifiers.slug(text)}", name=text)
        else:
            made = Theme(id=f"t-{identifiers.slug(text)}", name=text)
        index.add(made.id, 0, text)
        self._made.append(made)
        return made.id

    # actors

    def _actor_row(self, row: RowReader) -> tuple[Claim, ...]:
        name = row.need("name", values.line) or ""
        ids = {
            "business_id": row.read("business_id", lambda cell: identifiers.business_id(values.line(cell))),
            "vat": row.read("vat", values.vat),
            "pic": row.read("pic", lambda cell: identifiers.pic(values.line(cell))),
            "ror": row.read("ror", lambda cell: identifiers.ror(values.line(cell))),
        }
        id_ = self._new_id("actors", row, *_actor_id(name, ids["business_id"], ids["pic"]))
        self._check_bodies(row, id_, ids)
        where = self._place(row)
        names = row.read("names", values.names) or ()
        actor = row.build(
            lambda: Actor(
                id=id_,
                name=name or "?",
                kind=row.read("kind", _kind(row, "actor", ActorKind)) or ActorKind.UNKNOWN,
                names=tuple(other for other in names if other.text != name),
                place=where[-1].id if where else None,
                website=row.read("website", values.web_address),
                description=row.read("description", values.paragraph),
                source=self._source_id(row),
                **ids,
            )
        )
        if row.failed or actor is None:
            return ()
        self._indexes["actors"].add(
            id_, row.at.row, name, [*filter(None, ids.values()), *(other.text for other in names)]
        )
        self._bodies.update(dict.fromkeys(_bodies(ids), (id_, row.at.row)))
        return (*self._places.new(where), actor)

    def _check_bodies(self, row: RowReader, id_: str, ids: Mapping[str, str | None]) -> None:
        """One identifier belongs to one actor."""
        for scheme, value in _bodies(ids):
            known = self._bodies.get((scheme, value))
            if known and known[0] != id_:
                column = scheme if ids[scheme] else "vat"
                row.note(
                    column,
                    f"{value} is also the {scheme.replace('_', ' ')} of {known[0]!r} in row {known[1]}.",
                    "Make the two rows one, or correct the number; a unit of an organisation has none of its own:"
                    " link it with unit_of.",
                )

    def _place(self, row: RowReader) -> list[Place]:
        land = row.read("country", lambda cell: places.country(values.line(cell)))
        around = row.read("region", lambda cell: places.region(values.line(cell)))
        town = row.read("municipality", values.line)
        if around and land and land.id != "fi":
            row.note(
                "region", f"The region {around.name} is in Finland, not in {land.name}.", "Correct one of the two."
            )
            return []
        finnish = around is not None or (town and identifiers.fold(town) in places.reference().municipalities)
        land = land or (places.country("fi") if finnish and not row.given("country") else None)
        if town and land is None and not row.failed:
            row.note(
                "municipality",
                f"The country of {town!r} is not given.",
                "Fill in the column country.",
                Severity.WARNING,
            )
        if land is None:
            return []
        narrowest = places.municipality(town, around, land) if town else around or land
        if town and around and narrowest.parent != around.id:
            row.note(
                "region",
                f"{narrowest.name} is in the region {narrowest.parent}, not in {around.name}.",
                "Correct one of the two; the municipality's is read.",
                Severity.WARNING,
            )
        return places.chain(narrowest)

    # collaborations, participations, links

    def _collaboration_row(self, row: RowReader) -> tuple[Claim, ...]:
        name = row.need("name", values.line) or ""
        id_ = self._new_id("collaborations", row, f"c-{identifiers.slug(name)}")
        start, end = _days(row)
        collaboration = row.build(
            lambda: Collaboration(
                id=id_,
                name=name or "?",
                title=row.read("title", values.line),
                kind=row.read("kind", _kind(row, "collaboration", CollaborationKind)) or CollaborationKind.PROJECT,
                start=start,
                end=end,
                programme=row.read("programme", values.line),
                topic=row.read("topic", values.line),
                themes=row.read("themes", self._theme_ids) or (),
                website=row.read("website", values.web_address),
                source=self._source_id(row),
            )
        )
        if row.failed or collaboration is None:
            return ()
        self._indexes["collaborations"].add(id_, row.at.row, name, filter(None, [collaboration.title]))
        return (collaboration,)

    def _participation_row(self, row: RowReader) -> tuple[Claim, ...]:
        actor = row.need("actor", self._reference("actors"))
        collaboration = row.need("collaboration", self._reference("collaborations"))
        start, end = _days(row)
        participation = row.build(
            lambda: Participation(
                actor=actor or "x",
                collaboration=collaboration or "x",
                role=row.read("role", values.line) or "",
                source=self._source_id(row),
                start=start,
                end=end,
                money=_money(row),
            )
        )
        return self._once(row, participation)

    def _link_row(self, row: RowReader) -> tuple[Claim, ...]:
        actor = row.need("actor", self._reference("actors"))
        relation = row.need("relation", _kind(row, "link", LinkKind))
        other = row.need("other", self._reference("actors"))
        source, since = self._source_id(row), row.read("since", values.day)
        if actor and actor == other:
            row.note("other", f"{actor!r} can't be linked with itself.", "Name another actor, or delete the row.")
        if not (actor and other and relation) or row.failed:
            return ()
        return self._once(
            row, row.build(lambda: Link(actor=actor, other=other, kind=relation, since=since, source=source))
        )

    def _once(self, row: RowReader, claim: Participation | Link | None) -> tuple[Claim, ...]:
        """Refuse a claim that an earlier row of the file makes already."""
        if row.failed or claim is None:
            return ()
        earlier = self._claims.setdefault(f"{type(claim).__name__}-{claim.id}", row.at.row)
        if earlier != row.at.row:
            row.note(
                "actor",
                f"Row {earlier} says the same already.",
                "Delete one of the two rows, or give them different roles or sources.",
            )
            return ()
        return (claim,)

    def _reference(self, table: str) -> Callable[[Cell], str]:
        return lambda cell: self._indexes[table].find(values.line(cell))

    def _new_id(self, table: str, row: RowReader, otherwise: str, made_from: str = "name") -> str:
        """Return the row's id, or the one made from the column ``made_from``; an id belongs to one row."""
        id_ = row.read("id", values.own_id) or otherwise
        earlier = self._indexes[table].rows.get(id_)
        if earlier:
            key = "id" if row.given("id") else made_from
            advice = "correct one of them" if key in {"business_id", "pic"} else "give each row an id of its own"
            row.note(
                key,
                f"Row {row.at.row} has the same {row.header(key)} as row {earlier}: {as_text(row.cells.get(key))!r}.",
                f"Make the two rows one, or {advice}.",
            )
        return id_


def _actor_id(name: str, business_id: str | None, pic: str | None) -> tuple[str, str]:
    """Return an id for an actor that was given none, and the column that it is made from."""
    if business_id:
        return f"fi-{business_id}", "business_id"
    return (f"pic-{pic}", "pic") if pic else (f"a-{identifiers.slug(name)}", "name")


def _bodies(ids: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Identifiers as (scheme, value); a Finnish VAT number is the business id, written another way."""
    found = [(scheme, value) for scheme, value in ids.items() if value]
    vat = ids.get("vat") or ""
    if vat.startswith("FI") and vat[2:].isdigit():
        found.append(("business_id", f"{vat[2:9]}-{vat[9:]}"))
    return list(dict.fromkeys(found))


def _kind(row: RowReader, vocabulary: str, enum: type[values.E]) -> Callable[[Cell], values.E]:
    return lambda cell: values.kind(cell, vocabulary, enum, row.language)


def _days(row: RowReader) -> tuple[date | None, date | None]:
    start, end = row.read("start", values.day), row.read("end", values.day)
    if start and end and end < start:
        row.note("end", f"It ends ({end}) before it starts ({start}).", "Correct one of the two dates.")
        return None, None
    return start, end


def _money(row: RowReader) -> Money | None:
    amount: Decimal | None = row.read("amount", values.amount)
    currency = row.read("currency", values.currency) or "EUR"
    return None if amount is None else Money(amount=amount, currency=currency)


def _read(record: Record, claims: tuple[Claim, ...]) -> ReadRow:
    """Return the row with its record told what it speaks of, and its claims told which record says them."""
    for claim in claims:
        if isinstance(claim, Actor):
            record = record.model_copy(update={"actor": claim.id})
        elif isinstance(claim, Collaboration):
            record = record.model_copy(update={"collaboration": claim.id})
        elif isinstance(claim, Participation):
            record = record.model_copy(update={"actor": claim.actor, "collaboration": claim.collaboration})
    with_record = tuple(
        claim.model_copy(update={"record": record.id}) if isinstance(claim, Participation) else claim
        for claim in claims
    )
    return ReadRow(record, with_record)
