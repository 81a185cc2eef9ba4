"""How a file gets into the graph: looked at first, then written in batches that can be cut anywhere and taken up again.

An import is named after its source, the file's fingerprint and how many imports of that source came before, so that
a process killed in the middle and started again goes on under the same name. Each batch's key is made from its content
and stored in the same transaction as its rows: a batch is there whole or not at all, and is never written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from graphsvc.errors import UnreadableFile
from graphsvc.identifiers import digest
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, Progress, Reading, ReadRow, Tally
from graphsvc.model import Actor, Claim, Link, Participation, Record, Source
from graphsvc.resolve.match import Conflict, Matcher
from graphsvc.store import content
from graphsvc.store.change import Change, ImportRun
from graphsvc.store.comparing import Compared
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.history import History

M = TypeVar("M", bound=BaseModel)

BATCH_ROWS = 2000
"""Rows of the file per transaction; docs/reference/benchmarks.md has the figures behind it."""


Pair = tuple[str | None, str | None]
"""An actor and a collaboration that a row speaks of; None where it speaks of one of them only."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What the version of a file that the graph holds speaks of and the version looked at does not."""

    actors: int = 0
    collaborations: int = 0
    participations: int = 0
    """Pairs of an actor and a collaboration."""

    def __bool__(self) -> bool:
        return bool(self.actors or self.collaborations or self.participations)


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
    """True when exactly this file is what the graph holds of its source: loading it would change nothing."""
    gone: Gone = Gone()
    """What loading it would take out of the graph, as far as no other file speaks of it."""
    compared: Compared = field(default_factory=Compared)
    """How what it describes differs from the version of the file that the graph holds."""


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
    """How what it describes differed from the version before, as the dry run found."""


def check(store: GraphStore, path: Path, progress: Progress | None = None) -> Checked:
    """Read the whole file without saving anything.

    Raises :class:`graphsvc.errors.InputError` when the file as a whole can't be read.
    """
    reading = open_file(path)
    tally = Tally()
    new: set[str] = set()
    known: set[str] = set()
    pairs: set[Pair] = set()
    earlier = store.spoken_of(reading.source.id)
    comparison = store.comparison(reading.source.id)
    comparison.add([reading.source])
    matched = _Matched(store)
    for item in matched.rows(reading, progress):
        tally.add(item)
        if isinstance(item, ReadRow):
            if earlier:
                pairs.add((item.record.actor, item.record.collaboration))
            comparison.add(item.says)
            for claim in item.says:
                if isinstance(claim, Actor):
                    (known if claim.id in matched.known_before else new).add(claim.id)
    loaded, gone = _is_loaded(store, reading), _gone(earlier, pairs)
    return Checked(reading, tally, len(new), len(known), loaded, gone, comparison.result())


def load(
    store: GraphStore, checked: Checked, progress: Progress | None = None, *, now: Callable[[], datetime] | None = None
) -> Loaded:
    """Save what the file says, row errors left out; then forget what an older version of it said and this does not.

    Raises :class:`UnreadableFile` when a whole sheet can't be read and the graph holds an older version of the file:
    all that its rows said would be forgotten for a mistake in one line.
    """
    reading, tally = checked.reading, Tally()
    if _is_loaded(store, reading):
        return Loaded(reading.source, tally, 0, 0, store.revision())
    _refuse_to_lose_a_sheet(store, checked)
    run = _run(store, reading, (now or _utc_now)())
    written = known = 0
    first: tuple[Claim, ...] = (reading.source,)
    for number, rows in enumerate(_batches(_Matched(store).rows(reading, progress), tally)):
        change = _change(run, number, first if number == 0 else (), rows)
        if store.apply(change):
            written += 1
        else:
            known += 1
    finish = Change(
        key=f"import:{run.id}:finish",
        name=f"{reading.source.name}: import finished",
        claims=(),
        records=(),
        import_=run,
        finishes=True,
    )
    written += store.apply(finish)
    return Loaded(reading.source, tally, written, known, store.revision(), checked.compared)


def _gone(earlier: Iterable[Pair], now: Iterable[Pair]) -> Gone:
    def parts(pairs: Iterable[Pair]) -> tuple[set[str], set[str], set[Pair]]:
        kept = set(pairs)
        actors = {actor for actor, _ in kept if actor}
        collaborations = {collaboration for _, collaboration in kept if collaboration}
        return actors, collaborations, {pair for pair in kept if all(pair)}

    before, after = parts(earlier), parts(now)
    return Gone(len(before[0] - after[0]), len(before[1] - after[1]), len(before[2] - after[2]))


def _refuse_to_lose_a_sheet(store: GraphStore, checked: Checked) -> None:
    unread = checked.tally.unread_sheets
    if unread and store.last_import(checked.reading.source.id):
        raise UnreadableFile(
            f"{checked.reading.source.name} is not saved: nothing of {' and '.join(unread)} can be read, and what the"
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


class _Matched:
    """The rows of a file with each actor under the id that the graph knows it by."""

    def __init__(self, store: GraphStore) -> None:
        rows = store.identifier_rows()
        self.known_before = frozenset(row["id"] for row in rows)
        self._matcher = Matcher(rows)
        self._alias: dict[str, str] = {}
        self._refused: set[str] = set()

    def rows(self, reading: Reading, progress: Progress | None) -> Iterator[ReadRow | Problem]:
        for item in reading.rows(progress):
            if isinstance(item, Problem):
                yield item
                continue
            for claim in item.says:
                conflict = self._meet(claim)
                if conflict:
                    yield _conflict_problem(reading, item.record, conflict)
            yield self._translated(self._without_refused(item))

    def _meet(self, claim: Claim) -> Conflict | None:
        if not isinstance(claim, Actor):
            return None
        answer = self._matcher.resolve(claim)
        if isinstance(answer, Conflict):
            self._refused.add(claim.id)
            return answer
        if answer != claim.id:
            self._alias[claim.id] = answer
        return None

    def _without_refused(self, item: ReadRow) -> ReadRow:
        """Return the row without what it says of a refused actor; later rows may need the rest (a place, a theme)."""
        says = tuple(claim for claim in item.says if self._refused.isdisjoint(_actors_of(claim)))
        if len(says) == len(item.says):
            return item
        return replace(item, says=says, record=item.record.model_copy(update={"actor": None}))

    def _translated(self, item: ReadRow) -> ReadRow:
        if not self._alias:
            return item
        record = self._with_known(item.record, "actor")
        return replace(item, record=record, says=tuple(self._claim(claim) for claim in item.says))

    def _claim(self, claim: Claim) -> Claim:
        if isinstance(claim, Actor):
            return self._with_known(claim, "id")
        if isinstance(claim, Participation):
            return self._with_known(claim, "actor")
        if isinstance(claim, Link):
            return self._with_known(claim, "actor", "other")
        return claim

    def _with_known(self, model: M, *fields: str) -> M:
        change = {name: self._alias[getattr(model, name)] for name in fields if getattr(model, name) in self._alias}
        return model.model_copy(update=change) if change else model


def _actors_of(claim: Claim) -> tuple[str, ...]:
    """Return the ids of the actors that a claim speaks of."""
    if isinstance(claim, Actor):
        return (claim.id,)
    if isinstance(claim, Participation):
        return (claim.actor,)
    return (claim.actor, claim.other) if isinstance(claim, Link) else ()


def _conflict_problem(reading: Reading, record: Record, conflict: Conflict) -> Problem:
    return Problem(
        file=reading.source.name,
        sheet=record.sheet,
        row=record.row,
        column="",
        value="",
        message=conflict.message,
        remedy=conflict.remedy,
    )


def _batches(items: Iterator[ReadRow | Problem], tally: Tally) -> Iterator[list[ReadRow]]:
    batch: list[ReadRow] = []
    for item in items:
        tally.add(item)
        if isinstance(item, ReadRow):
            batch.append(item)
            if len(batch) == BATCH_ROWS:
                yield batch
                batch = []
    if batch:
        yield batch


def _change(run: ImportRun, number: int, first: tuple[Claim, ...], rows: list[ReadRow]) -> Change:
    claims = (*first, *(claim for row in rows for claim in row.says))
    records = tuple(row.record for row in rows)
    text = content.dump(claims, records)
    return Change(
        key=f"import:{run.id}:{number}:{digest(text)[:16]}",
        name=f"{run.source}: rows, batch {number + 1}",
        claims=claims,
        records=records,
        import_=run,
        number=number,
        content=text,
    )
