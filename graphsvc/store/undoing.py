"""How an import is taken back: the version of the file before it is put into the graph again, as the graph keeps it.

An undoing is an import itself, the next of its source. So it is written in keyed batches, can be cut anywhere and taken
up again, and its last change forgets what the undone version said and the one before did not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from graphsvc.identifiers import digest
from graphsvc.store import contacts
from graphsvc.store.change import Change, ImportRun
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.history import History, find_run


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undoing did."""

    undone: ImportRun
    restored: ImportRun | None
    """The import whose version of the file the graph holds now; None when it holds nothing of that source."""
    batches_written: int
    batches_known: int
    """Batches that an earlier, interrupted run had written already."""
    revision: int


def undo(
    store: GraphStore,
    import_id: str,
    progress: Callable[[int, int], None] | None = None,
    *,
    now: Callable[[], datetime] | None = None,
) -> Undone:
    """Take back the last import of a source, finished or not: the graph is then as it was before.

    What other files said meanwhile stays. Undoing twice goes two versions back; an undoing itself is undone by loading
    the file again. ``progress`` gets (batches done, batches in all). Raises :class:`graphsvc.errors.NotFound` for an
    unknown import and :class:`graphsvc.errors.InvalidValue` when a later one must be undone first.
    """
    undone = find_run(store.imports(), import_id)
    history = store.history(undone.source)
    restored = history.before(undone)
    run = _run(history, undone, restored, (now or _utc_now)())
    kept = store.contents_of(restored.id) if restored else ()
    written = 0
    for number, (content_id, name) in enumerate(kept):
        if progress:
            progress(number, len(kept) + 1)
        key = f"import:{run.id}:{number}"
        if store.knows(key):
            continue
        said = store.content(content_id)
        again = Change(key, f"{name} (put back)", said.claims, said.records, run, number, judgements=said.judgements)
        written += store.apply(again)
    done = len(kept) - written
    name = f"{undone.name}: import {undone.id} undone"
    persons = [contacts.forget_import(undone.id), contacts.stand(run.source, restored.id if restored else "")]
    written += store.apply(Change(f"import:{run.id}:finish", name, import_=run, finishes=True, also=persons))
    if progress:
        progress(len(kept) + 1, len(kept) + 1)
    return Undone(undone, restored, written, done, store.revision())


def _run(history: History, undone: ImportRun, restored: ImportRun | None, started: datetime) -> ImportRun:
    begun = history.broken_off
    if begun and begun.undoes == undone.id:
        return begun
    sequence = history.next_sequence()
    return ImportRun(
        id=digest("undo", undone.id, str(sequence))[:16],
        name=undone.name,
        source=undone.source,
        fingerprint=restored.fingerprint if restored else "",
        sequence=sequence,
        started=started,
        precedence=undone.precedence,
        undoes=undone.id,
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)
