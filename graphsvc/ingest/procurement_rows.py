"""What the import sheet of procurements says: who bought what of whom, for how much, and whether it was innovative."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.facets import Facet, Innovative
from graphsvc.ingest import values
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.reading import Severity
from graphsvc.ingest.rowreader import RowReader
from graphsvc.ingest.told_again import together
from graphsvc.kinds import Role
from graphsvc.model import Claim, Collaboration, CollaborationKind, Money, Participation

_COLUMNS: Final = {Facet.INNOVATIVE: "innovative", Facet.FUNDING: "funding"}


def procurement(row: RowReader, mentions: Mentions) -> tuple[Claim, ...]:
    """Return what a row says of a procurement and its buyers, and of suppliers with the amount that one is paid.

    Rows of one id, or of one name and the same buyers, speak of one procurement: a row for each supplier.
    """
    source = mentions.source_of(row)
    buyers = row.need("buyers", lambda cell: mentions.actors(cell, source)) or ()
    known = _known(row, mentions, buyers)
    innovative = row.read("innovative", row.kind("innovative", Innovative))
    funding = row.read("funding", values.line)
    facets = {Facet.INNOVATIVE: innovative.value if innovative else "", Facet.FUNDING: funding or ""}
    start, end = row.days()
    name = row.need("name", values.name) or "?"
    said = row.build(
        lambda: Collaboration(
            id=known.id if known else _id(row, name, buyers),
            name=name,
            kind=CollaborationKind.PROCUREMENT,
            start=start,
            end=end,
            themes=row.read("themes", mentions.themes) or (),
            website=row.read("website", values.web_address),
            source=source,
            attributes={**row.attributes(), **{facet.value: text for facet, text in facets.items() if text}},
        )
    )
    if said is None:
        return ()
    told = together(row, known, said, _COLUMNS)
    claims = tuple(_taking_part(row, mentions, told.id, source, buyers))
    if row.failed:
        return ()
    mentions.retell(told)
    return (told, *claims)


def _id(row: RowReader, name: str, buyers: tuple[str, ...]) -> str:
    return row.read("id", values.own_id) or f"c-{identifiers.slug(' '.join((name, *buyers)))}"


def _known(row: RowReader, mentions: Mentions, buyers: tuple[str, ...]) -> Collaboration | None:
    """Return the procurement that earlier rows speak of: by its id, else by its name and buyers."""

    def found(name: str) -> Collaboration | None:
        known = mentions.heard(_id(row, name, buyers))
        if known is None and not row.given("id"):
            known = mentions.heard(name)
        if known and known.kind is not CollaborationKind.PROCUREMENT:
            raise InvalidValue(
                f"{name!r} is no procurement on another sheet of this file.",
                remedy="Write another name or id, or correct its kind where it is said.",
            )
        return known

    return row.read("name", lambda cell: found(values.name(cell)))


def _taking_part(
    row: RowReader, mentions: Mentions, procurement: str, source: str, buyers: tuple[str, ...]
) -> Iterator[Participation]:
    suppliers = row.read("suppliers", lambda cell: mentions.actors(cell, source)) or ()
    money = _money(row, len(suppliers))
    for buyer in buyers:
        claim = Participation(actor=buyer, collaboration=procurement, role=Role.BUYER.value, source=source)
        if mentions.earlier(claim, row.at.row) is None:
            yield claim
    for supplier in suppliers:
        claim = Participation(
            actor=supplier, collaboration=procurement, role=Role.SUPPLIER.value, source=source, money=money
        )
        if earlier := mentions.earlier(claim, row.at.row):
            row.note(
                "suppliers",
                f"Row {earlier} names this supplier of the same procurement already.",
                "Delete one of the two rows, or give two procurements different ids.",
            )
        else:
            yield claim


def _money(row: RowReader, suppliers: int) -> Money | None:
    """Return the amount, which is paid to one supplier."""
    amount = row.read("amount", values.amount)
    currency = row.read("currency", values.currency) or "EUR"
    if amount is None or suppliers == 1:
        return None if amount is None else Money(amount=amount, currency=currency)
    if suppliers:
        row.note("amount", f"One amount for {suppliers} suppliers.", "Write a row for each supplier, with its amount.")
    else:
        message = "The amount is not read: no supplier is named that it is paid to."
        row.note("amount", message, "Name the supplier.", Severity.WARNING)
    return None
