"""Contact persons in the graph: nodes of their own that no other statement reads but backup, restore and forgetting.

A file's contact persons are kept by the import that named them and stand once it has ended, so an undoing lets those of
before stand again; what has been forgotten or has had its time is deleted and comes back by no undoing
(docs/decisions/0035-contact-persons.md). An id is made of import and place, or by chance: never of a name.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from graphsvc.identifiers import digest
from graphsvc.model import Contact
from graphsvc.store.change import BATCH, Change, ImportRun
from graphsvc.store.engine import Row, Step
from graphsvc.store.graph_store import GraphStore


def said(contacts: Sequence[Contact], run: ImportRun) -> list[Step]:
    """Return the steps that write what an import names; nothing of it stands before :func:`stand`."""
    rows = [_row(each, digest(run.id, each.id)[:24], run.source, run.id, stands=False) for each in contacts]
    return [Step("contacts/upsert", {"rows": rows[at : at + BATCH]}) for at in range(0, len(rows), BATCH)]


def stand(file: str, import_: str) -> Step:
    """Return the step that lets the contact persons of one import of a file stand, and no others of it."""
    return Step("contacts/settle", {"file": file, "import": import_})


def forget_import(import_: str) -> Step:
    """Return the step that deletes what an import that is undone named."""
    return Step("contacts/forget_import", {"import": import_})


def remove(ids: Iterable[str]) -> Step:
    """Return the step that deletes contact persons by id."""
    return Step("contacts/remove", {"rows": [{"id": id_} for id_ in sorted(ids)]})


def of_actors(store: GraphStore, actors: Iterable[str], day: date) -> tuple[Contact, ...]:
    """Return the contact persons of entries that stand on a day, by name."""
    asked = {"actors": sorted(actors), "day": day.isoformat()}
    return tuple(map(_contact, store.engine.read("contacts/of_actors", asked)))


def by_id(store: GraphStore, id_: str) -> Contact | None:
    """Return one that stands, or None."""
    return next(iter(map(_contact, store.engine.read("contacts/by_id", {"id": id_}))), None)


def add(store: GraphStore, contact: Contact) -> str:
    """Write one that a person names, and return its id. The change tells nothing of who it is."""
    id_ = secrets.token_hex(12)
    row = _row(contact, id_, "", "", stands=True)
    also = [Step("contacts/upsert", {"rows": [row]})]
    store.apply(Change(f"contact:{id_}", "a contact person was added", also=also))
    return id_


def keep(store: GraphStore, id_: str, until: date) -> None:
    """Give one that stands another last day."""
    also = [Step("contacts/keep", {"rows": [{"id": id_, "until": until.isoformat()}]})]
    store.apply(Change(f"contact:{id_}:{secrets.token_hex(6)}", "a contact person got another last day", also=also))


def take_away(store: GraphStore, ids: Sequence[str], name: str) -> None:
    """Delete contact persons as one change called ``name``; done twice it is as once."""
    if ids:
        store.apply(Change(f"contact:removed:{digest(*sorted(ids))[:24]}", name, also=[remove(ids)]))


def naming(store: GraphStore, is_in: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the ids of all that name somebody, as ``is_in`` tells of a text, whether they stand or not."""
    found, after = [], ""
    while rows := store.engine.read("backup/contact", {"after": after}):
        after = rows[-1]["id"]
        found += [row["id"] for row in rows if any(map(is_in, map(str, row["properties"].values())))]
    return tuple(found)


def let_go(store: GraphStore, day: date) -> int:
    """Delete those that have had their time, and return how many."""
    ids = [row["id"] for row in store.engine.read("contacts/past", {"day": day.isoformat()})]
    take_away(store, ids, "contact persons that have had their time")
    return len(ids)


def _row(contact: Contact, id_: str, file: str, import_: str, *, stands: bool) -> dict[str, Any]:
    held = contact.model_dump(mode="json")
    return {**held, "id": id_, "file": file, "import": import_, "stands": "yes" if stands else "no"}


def _contact(row: Row) -> Contact:
    return Contact.model_validate(row)
