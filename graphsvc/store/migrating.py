"""Migrations: what a newer graphsvc changes in the way a graph is kept, once, when the graph is opened.

A graph notes the number of the last one that was done in it; a new graph begins with the last there is. A migration is
a list of parts, each a transaction that begins with the graph's write lock. Its parts bear repeating, and the last one
notes that it is done: whoever is killed in between begins anew, and of several workers that start at once the later
ones repeat what was done, which changes nothing. A migration changes how things are kept, never what is known: the
revision stays. What this version would misread altogether is another format (``change.FORMAT``), which none mends.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graphsvc.errors import StoreUnavailable
from graphsvc.identifiers import digest
from graphsvc.store.engine import Engine, Row, Step
from graphsvc.store.rows import said_id

Part = Sequence[Step]
_ROWS: Final = 5_000
log = logging.getLogger("graphsvc.store")


@dataclass(frozen=True, slots=True)
class Migration:
    """One change of how graphs are kept."""

    number: int
    name: str
    """What it does, for people."""
    parts: Callable[[Engine], Iterator[Part]]
    """Yields the parts, from what the graph holds; none where there is nothing to do."""


def _number_changes(engine: Engine) -> Iterator[Part]:
    """Changes of before their revision was noted come before all others, by time."""
    rows = [row for row in engine.read("changes/all") if row["revision"] is None]
    numbered = [{"id": row["id"], "revision": number} for number, row in enumerate(rows, start=1)]
    for at in range(0, len(numbered), _ROWS):
        yield [Step("migrations/number_changes", {"rows": numbered[at : at + _ROWS]})]


def _customer(row: Row) -> str:
    about = (row["source"], row["actor"], row["collaboration"], "customer")
    return digest(*about, row["starts"].isoformat())[:24]


def _name_customers(engine: Engine) -> Iterator[Part]:
    """The id of a claim that somebody is a customer tells since when (ADR 47)."""
    rows = [
        {
            "was": row["id"],
            "actor": row["actor"],
            "collaboration": row["collaboration"],
            "id": said_id(row["file"], claim),
            "claim": claim,
        }
        for row in engine.read("migrations/customers")
        if (claim := _customer(row)) != row["claim"]
    ]
    for at in range(0, len(rows), _ROWS):
        yield [Step("migrations/name_claims", {"rows": rows[at : at + _ROWS]})]


MIGRATIONS: Final = (
    Migration(1, "changes of before are given their revision", _number_changes),
    Migration(2, "customers of before are told apart by their first day", _name_customers),
)
"""In the order in which they are done. One that was released is never changed; what it got wrong, a later one mends."""
LAST: Final = MIGRATIONS[-1].number


def waiting(engine: Engine) -> tuple[Migration, ...]:
    """Return the migrations that a graph waits for; none for an empty graph, which begins with all of them.

    :class:`StoreUnavailable` for a graph in which a newer graphsvc has done one that this one doesn't know.
    """
    rows = engine.read("migrations/state")
    if not rows:
        return ()
    done = int(rows[0]["migrated"] or 0)
    if done > LAST:
        raise StoreUnavailable(
            f"The graph ({engine.name}) was changed by a newer graphsvc (migration {done}; this one knows {LAST}).",
            remedy="Update graphsvc, or restore a backup of before into another graph.",
        )
    return tuple(each for each in MIGRATIONS if each.number > done)


def migrate(engine: Engine) -> tuple[int, ...]:
    """Do what the graph waits for, and return the numbers. Errors: those of :func:`waiting` and of the engine."""
    todo = waiting(engine)
    for each in todo:
        lock = Step("revision/touch", {"change": f"migration:{each.number}"})
        *before, last = [*each.parts(engine)] or [[]]
        for part in before:
            engine.write([lock, *part])
        engine.write([lock, *last, Step("migrations/record", {"number": each.number})])
        log.info("migrated", extra={"migration": each.number, "what": each.name})
    return tuple(each.number for each in todo)
