"""Ids of rows of our tables: the row's own, or one made from an identifier or the name; each belongs to one row."""

from __future__ import annotations

from collections.abc import Mapping

from graphsvc import identifiers
from graphsvc.ingest import values
from graphsvc.ingest.grid import as_text
from graphsvc.ingest.references import Index
from graphsvc.ingest.rowreader import RowReader


def new_id(index: Index, row: RowReader, otherwise: str, made_from: str = "name") -> str:
    """Return the row's id, or ``otherwise``, made from the column ``made_from``; an id belongs to one row."""
    id_ = row.read("id", values.own_id) or otherwise
    earlier = index.rows.get(id_)
    if earlier:
        key = "id" if row.given("id") else made_from
        row.note(
            key,
            f"Row {row.at.row} has the same {row.header(key)} as row {earlier}: {as_text(row.cells.get(key))!r}.",
            "Make the two rows one, or correct one of them."
            if key in {"business_id", "pic"}
            else "Make the two rows one, or give each row an id of its own.",
        )
    return id_


def actor_id(name: str, business_id: str | None, pic: str | None) -> tuple[str, str]:
    """Return an id for an actor that was given none, and the column that it is made from."""
    if business_id:
        return f"fi-{business_id}", "business_id"
    return (f"pic-{pic}", "pic") if pic else (f"a-{identifiers.slug(name)}", "name")


def bodies(ids: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Return identifiers as (scheme, value); a Finnish VAT number is the business id, written another way."""
    found = [(scheme, value) for scheme, value in ids.items() if value]
    vat = ids.get("vat") or ""
    if vat.startswith("FI") and vat[2:].isdigit():
        found.append(("business_id", f"{vat[2:9]}-{vat[9:]}"))
    return list(dict.fromkeys(found))
