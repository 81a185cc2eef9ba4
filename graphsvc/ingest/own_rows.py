"""What one row of each of our tables says, and what it may refer to; tables come in the order ``columns.ORDER``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest import values
from graphsvc.ingest.grid import Cell, as_text
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.own_actors import ActorRows
from graphsvc.ingest.own_ids import new_id
from graphsvc.ingest.own_trees import place_tree, theme_tree
from graphsvc.ingest.reading import Problem, ReadRow
from graphsvc.ingest.references import Index
from graphsvc.ingest.rowreader import RowReader
from graphsvc.ingest.view_rows import PASSED, VIEW_ROWS
from graphsvc.model import (
    Actor,
    Claim,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Money,
    Participation,
    Record,
    Source,
    Theme,
)

_NOUNS: Final = {
    "sources": "source",
    "places": "place",
    "themes": "theme",
    "actors": "actor",
    "collaborations": "collaboration",
}
TREES: Final = frozenset({"places", "themes"})
"""Tables whose rows are read together, by :meth:`Book.tree`."""


class Book:
    """What the rows of a file have said so far. ``sheets`` gives the tables' names in this file, for messages."""

    def __init__(self, source: Source, sheets: Mapping[str, str]) -> None:
        self._source = source
        self._indexes = {key: Index(noun, sheets.get(key, key.title())) for key, noun in _NOUNS.items()}
        self._closed = {key for key in ("sources", "themes") if key in sheets}
        self._claims: dict[str, int] = {}
        self._made: list[Claim] = []
        indexes = self._indexes
        self._actors = ActorRows(indexes["actors"], indexes["places"], self._source_id, keep="names" in sheets)
        self._say: dict[str, Callable[[RowReader], tuple[Claim, ...]]] = {
            "sources": self._source_row,
            "actors": self._actors.actor,
            "names": self._actors.name,
            "collaborations": self._collaboration_row,
            "participations": self._participation_row,
            "links": self._link_row,
        }
        self._mentions = mentions = Mentions(
            indexes, self._remember, self._theme_ids, self._source_id, self._actors.actor, self._actors.place
        )
        self._say |= {key: partial(say, mentions=mentions) for key, say in VIEW_ROWS.items()}

    def say(self, table: str, row: RowReader, record: Record) -> Iterator[ReadRow | Problem]:
        """Yield what a row says with its record, or its problems; a row with an error says nothing."""
        claims = self.claims(table, row)
        yield from row.problems
        if not row.failed:
            yield told(record, claims)

    def claims(self, table: str, row: RowReader) -> tuple[Claim, ...]:
        """Return what a row says, with what it is the first to name; nothing for a row with an error."""
        claims = self._say[table](row)
        if row.failed:
            self.leave_out(table, row)
            return ()
        made, self._made = self._made, []
        return (*made, *claims)

    def notes(self, file: str) -> Iterator[Problem]:
        """Yield what was assumed of the file's actors, when all was read."""
        return self._actors.places.notes(file)

    def known(self, table: str, text: str) -> str | None:
        """Return the id of what a row of the file calls ``text``; None where there is none or there are several."""
        return self._indexes[table].known(text)

    def tree(self, table: str, rows: Sequence[tuple[RowReader, Record]]) -> Iterator[ReadRow | Problem]:
        """Yield the rows of one of :data:`TREES`, each after its parent wherever it stands in the file."""
        index = self._indexes[table]

        def leave_out(row: RowReader) -> None:
            self.leave_out(table, row)

        tree = theme_tree(index, leave_out) if table == "themes" else place_tree(index, self._actors.places, leave_out)
        for item in tree.rows(rows):
            yield item if isinstance(item, Problem) else told(*item)

    def leave_out(self, table: str, row: RowReader) -> None:
        """Remember that a row is left out."""
        if table in PASSED:
            PASSED[table](row, self._mentions)
        if table in self._indexes:
            texts = (as_text(row.cells.get(key)).strip() for key in ("id", "name", "business_id", "pic"))
            self._indexes[table].leave_out(row.at.row, *texts)

    # sources and themes: referred to by id or name; made from the name where the file has no such sheet

    def _source_row(self, row: RowReader) -> tuple[Claim, ...]:
        name = row.need("name", values.name) or ""
        id_ = new_id(self._indexes["sources"], row, f"s-{identifiers.slug(name)}")
        source = row.build(
            lambda: Source(
                id=id_,
                name=name or "?",
                stated=row.read("stated", values.day),
                address=row.read("address", values.web_address),
                publisher=row.read("publisher", values.paragraph),
                terms=row.read("terms", values.paragraph),
            )
        )
        if row.failed or source is None:
            return ()
        self._indexes["sources"].add(id_, row.at.row, name)
        return (source,)

    def _theme_ids(self, cell: Cell) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._find_or_make("themes", text) for text in values.several(cell)))

    def _source_id(self, row: RowReader) -> str:
        found = row.read("source", lambda cell: self._find_or_make("sources", values.line(cell)))
        return found or self._source.id

    def _find_or_make(self, table: str, text: str) -> str:
        index = self._indexes[table]
        if text == self._source.id and table == "sources":
            return text
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
        self._remember(made)
        return made.id

    def _remember(self, claim: Claim) -> None:
        self._made.append(claim)

    # collaborations, participations, links

    def _collaboration_row(self, row: RowReader) -> tuple[Claim, ...]:
        index = self._indexes["collaborations"]
        name = row.need("name", values.name) or ""
        id_ = new_id(index, row, f"c-{identifiers.slug(name)}")
        start, end = row.days()
        collaboration = row.build(
            lambda: Collaboration(
                id=id_,
                name=name or "?",
                title=row.read("title", values.paragraph),
                kind=row.read("kind", row.kind("collaboration", CollaborationKind)) or CollaborationKind.PROJECT,
                start=start,
                end=end,
                programme=row.read("programme", values.paragraph),
                topic=row.read("topic", values.paragraph),
                themes=row.read("themes", self._theme_ids) or (),
                website=row.read("website", values.web_address),
                source=self._source_id(row),
                attributes=row.attributes(),
            )
        )
        if row.failed or collaboration is None:
            return ()
        self._mentions.hear(collaboration, row.at.row, *filter(None, [collaboration.title]))
        return (collaboration,)

    def _participation_row(self, row: RowReader) -> tuple[Claim, ...]:
        actor = row.need("actor", self._reference("actors"))
        collaboration = row.need("collaboration", self._reference("collaborations"))
        start, end = row.days()
        participation = row.build(
            lambda: Participation(
                actor=actor or "x",
                collaboration=collaboration or "x",
                role=row.read("role", values.paragraph) or "",
                source=self._source_id(row),
                start=start,
                end=end,
                money=_money(row),
                attributes=row.attributes(),
            )
        )
        return self._once(row, participation)

    def _link_row(self, row: RowReader) -> tuple[Claim, ...]:
        actor = row.need("actor", self._reference("actors"))
        relation = row.need("relation", row.kind("link", LinkKind))
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


def _money(row: RowReader) -> Money | None:
    amount: Decimal | None = row.read("amount", values.amount)
    currency = row.read("currency", values.currency) or "EUR"
    return None if amount is None else Money(amount=amount, currency=currency)


def told(record: Record, claims: tuple[Claim, ...]) -> ReadRow:
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
