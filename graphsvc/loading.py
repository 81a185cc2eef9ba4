"""How a file gets into the graph: looked at first, then written in batches that can be cut anywhere and taken up again.

An import is named after its source, the file's fingerprint and how many imports of that source came before, so that
a process killed in the middle and started again goes on under the same name. Each batch's key is made from its content
and stored in the same transaction as its rows: a batch is there whole or not at all, and is never written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graphsvc.errors import UnreadableFile
from graphsvc.identifiers import digest
from graphsvc.ingest.confined_limits import DEFAULT, Limits
from graphsvc.ingest.kinds_in_names import note_of, public_by_name
from graphsvc.ingest.mapping import Mapping
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, Progress, Reading, ReadRow, Tally
from graphsvc.meeting import Meeting
from graphsvc.model import ActorKind, Claim, Source
from graphsvc.proposing import Gathered, Proposed, dated, propose
from graphsvc.store import contacts, content
from graphsvc.store.change import Change, ImportRun
from graphsvc.store.comparing import Compared
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.history import History

BATCH_ROWS = 2000
"""Rows of the file per transaction; docs/reference/benchmarks.md has the figures behind it."""
BATCH_CHARACTERS = 4_000_000
"""Characters of a transaction's rows; longer rows come in smaller batches, so that memory does not grow with them."""

KEPT_PROBLEMS = 200
"""Problems that are told one by one, unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file looked at in a dry run: what it holds and what is wrong with it. Nothing is saved."""

    reading: Reading
    tally: Tally
    new: int
    """Actors that the graph does not have yet."""
    known: int
    """Actors that the graph has already, by id or identifier."""
    already_loaded: bool
    """True when exactly this file is what the graph holds of its source: its rows were not read again."""
    compared: Compared = field(default_factory=Compared)
    """How what it says differs from the version of the file that the graph holds."""
    proposed: Proposed = field(default_factory=Proposed)
    """Which of its actors may be bodies that are there under another id."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an import did."""

    source: Source
    tally: Tally
    batches_written: int
    batches_known: int
    """Batches that an earlier, interrupted run had written already."""
    revision: int
    compared: Compared = field(default_factory=Compared)
    """How what it says differed from the version before, as the dry run found."""
    proposed: Proposed = field(default_factory=Proposed)
    """Which of its actors may be bodies that are there under another id."""


def check(
    store: GraphStore,
    path: Path,
    progress: Progress | None = None,
    limits: Limits = DEFAULT,
    mapping: Mapping | None = None,
    keep: int = KEPT_PROBLEMS,
) -> Checked:
    """Read the whole file without saving anything; of one that the graph holds just so, nothing but its fingerprint.

    ``mapping`` says which column of a table is which, where the reader is not to find out by itself; the first ``keep``
    problems are told.

    Raises :class:`graphsvc.errors.InputError` when the file as a whole can't be read.
    """
    reading = open_file(path, limits, mapping)
    if _is_loaded(store, reading):
        as_before = Compared(unchanged=store.described(reading.source.id))
        return Checked(reading, Tally(), 0, 0, already_loaded=True, compared=as_before)
    return _read(store, reading, progress, keep)


def _read(store: GraphStore, reading: Reading, progress: Progress | None, keep: int = KEPT_PROBLEMS) -> Checked:
    tally, new, known, said = Tally(keep=keep), set[str](), set[str](), Gathered()
    comparison, meeting = store.comparison(reading.source.id), Meeting(store)
    comparison.add([reading.source])
    for item in meeting.rows(reading, progress):
        tally.add(item)
        if isinstance(item, ReadRow):
            comparison.add(item.says)
            said.add(item.says)
    for id_ in said.actors:
        (known if id_ in meeting.known_before else new).add(id_)
    if note := _of_unknown_kind(store, reading.source.name, said, known):
        tally.add(note)
    proposed = propose(store, reading.source.id, said, progress)
    return Checked(reading, tally, len(new), len(known), False, comparison.result(), proposed)


def _of_unknown_kind(store: GraphStore, file: str, said: Gathered, known: Collection[str]) -> Problem | None:
    """Return the note on actors whose names suggest a kind that neither the file nor the graph gives."""
    suggested = public_by_name(said.actors.values())
    there = store.actors_by_ids({actor.id for actor in suggested} & set(known))
    told = {actor.id for actor in there if actor.kind is not ActorKind.UNKNOWN}
    return note_of(file, (actor for actor in suggested if actor.id not in told))


def load(
    store: GraphStore, checked: Checked, progress: Progress | None = None, *, now: Callable[[], datetime] | None = None
) -> Loaded:
    """Save what the file says, row errors left out; then forget what an older version of it said and this does not.

    Raises :class:`UnreadableFile` when a whole sheet can't be read and the graph holds an older version of the file:
    all that its rows said would be forgotten for a mistake in one line.
    """
    reading, tally = checked.reading, Tally()
    if _is_loaded(store, reading):
        return Loaded(reading.source, tally, 0, 0, store.revision(), checked.compared)
    if checked.already_loaded:  # then, but it was undone meanwhile
        checked = _read(store, reading, progress)
    _refuse_to_lose_a_sheet(store, checked)
    # Others may have written since the file was looked at: what it is matched with is then gathered anew.
    said = Gathered() if store.revision() != checked.proposed.revision else None
    run = _run(store, reading, (now or _utc_now)())
    written = number = 0
    first: tuple[Claim, ...] = (reading.source,)
    for rows in _batches(Meeting(store).rows(reading, progress), tally):
        if said is not None:
            said.add(claim for row in rows for claim in row.says)
        written += store.apply(_change(run, number, first if number == 0 else (), rows))
        number += 1
    proposed = checked.proposed if said is None else propose(store, run.source, said, progress)
    changes = [*_matched(run, number, proposed), _finish(run)]
    done = number + len(changes)
    written += sum(store.apply(change) for change in changes)
    return Loaded(reading.source, tally, written, done - written, store.revision(), checked.compared, proposed)


def _refuse_to_lose_a_sheet(store: GraphStore, checked: Checked) -> None:
    unread = checked.tally.unread_sheets
    if unread and store.last_import(checked.reading.source.id):
        raise UnreadableFile(
            f"{checked.reading.source.name} is not saved: nothing of {', '.join(unread)} can be read, and what the"
            " graph holds from the last version of this file would be lost.",
            remedy="Correct what is named above, then import the file again.",
        )


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _is_loaded(store: GraphStore, reading: Reading) -> bool:
    return store.history(reading.source.id).holds(reading.fingerprint)


def _run(store: GraphStore, reading: Reading, started: datetime) -> ImportRun:
    source, fingerprint = reading.source.id, reading.fingerprint
    history = store.history(source)
    begun = history.broken_off
    if begun and not begun.undoes and begun.fingerprint == fingerprint:
        return begun
    sequence = history.next_sequence()
    return ImportRun(
        id=digest(source, fingerprint, str(sequence))[:16],
        name=reading.source.name,
        source=source,
        fingerprint=fingerprint,
        sequence=sequence,
        started=started,
        precedence=_precedence(store, history),
    )


def _precedence(store: GraphStore, history: History) -> int:
    """Return the precedence that the source has, or for its first import one after all others."""
    if history.newest:
        return history.newest.precedence
    return 1 + max((run.precedence for run in store.imports()), default=0)


def _matched(run: ImportRun, number: int, proposed: Proposed) -> list[Change]:
    """Return what the matching says of the file's actors, as a change of its import; none where it says nothing."""
    words = dated(proposed.words, run.started)
    if not words:
        return []
    text = content.dump((), (), words)
    return [
        Change(
            key=f"import:{run.id}:matching:{digest(text)[:16]}",
            name=f"{run.source}: matched with what is known",
            import_=run,
            number=number,
            content=text,
            judgements=words,
        )
    ]


def _finish(run: ImportRun) -> Change:
    stand = [contacts.stand(run.source, run.id)]
    return Change(f"import:{run.id}:finish", f"{run.name}: import finished", import_=run, finishes=True, also=stand)


def _batches(items: Iterator[ReadRow | Problem], tally: Tally) -> Iterator[list[ReadRow]]:
    batch: list[ReadRow] = []
    characters = 0
    for item in items:
        tally.add(item)
        if isinstance(item, ReadRow):
            batch.append(item)
            characters += sum(map(len, item.record.values.values()))
            if len(batch) == BATCH_ROWS or characters >= BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
    if batch:
        yield batch


def _change(run: ImportRun, number: int, first: tuple[Claim, ...], rows: list[ReadRow]) -> Change:
    claims = (*first, *(claim for row in rows for claim in row.says))
    # What names contact persons stands in their own nodes and nowhere else: not among the rows, not in what is undone.
    records = tuple(row.record for row in rows if not row.contact)
    persons = [row.contact for row in rows if row.contact]
    text = content.dump(claims, records)
    return Change(
        key=f"import:{run.id}:{number}:{digest(text)[:16]}",
        name=f"{run.source}: rows, batch {number + 1}",
        claims=claims,
        records=records,
        import_=run,
        number=number,
        content=text,
        also=contacts.said(persons, run),
    )
