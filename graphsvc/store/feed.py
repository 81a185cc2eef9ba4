"""What happened to the graph, change by change, so that a tool that keeps a copy can keep in step with it.

The graph keeps a line for each change and, of imports, what each change said. Of that is told which things a change
*may* have touched: never fewer than it did, and of a file that is read again only those of which it says something else
than before.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from graphsvc.decisions import COORDINATOR
from graphsvc.model import Actor, Collaboration, Judgement, Link, Participation, Place, Source, Theme
from graphsvc.store import deciding
from graphsvc.store.change import ImportRun
from graphsvc.store.engine import Row
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.history import history_of

Thing = tuple[str, str]
"""Noun and id."""
Things = set[Thing]
Said = dict[Thing, set[str]]
"""Thing → the words in which it is spoken of."""
_NOUN_OF: Final[Mapping[str, str]] = {
    Actor.__name__: "actors",
    Collaboration.__name__: "collaborations",
    Theme.__name__: "themes",
    Place.__name__: "places",
    Source.__name__: "sources",
}
_BETWEEN: Final[Mapping[str, tuple[Thing, Thing]]] = {
    Participation.__name__: (("actors", "actor"), ("collaborations", "collaboration")),
    Link.__name__: (("actors", "actor"), ("actors", "other")),
    Judgement.__name__: (("actors", "a"), ("actors", "b")),
}
"""What is said of two things → noun and field of each."""
READ: Final = 50_000
"""Claims that are read for one page; the change that reaches them is its last."""
COMPARED: Final = 40
"""Changes of a version of a file, of two thousand rows at most each, up to which the next is compared with it."""


class ChangeKind(StrEnum):
    """What kind of change it was."""

    IMPORT = "import"
    """A part of an import, or its end."""
    UNDOING = "undoing"
    """A part of taking an import back, or its end."""
    JUDGEMENT = "judgement"
    """A person said whether two entries are one body."""
    DECISION = "decision"
    """A person replied to a suggestion, or said what came of it."""
    PRECEDENCE = "precedence"
    """A person changed whose word comes first."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Happened:
    """One change of the graph."""

    revision: int
    """The revision that the graph had with it: one more than before it."""
    id: str
    name: str
    kind: ChangeKind
    at: datetime
    by: str | None
    """The person who made it; None for a file."""
    reason: str | None
    import_: ImportRun | None
    there: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Noun → ids of things that it may have touched and that the graph holds now."""
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Noun → ids of things that it may have touched and that the graph holds no more."""
    complete: bool = True
    """False where any thing may show another word: whoever keeps a copy reads all anew."""


def since(store: GraphStore, revision: int, limit: int) -> tuple[Happened, ...]:
    """Return the changes after a revision, oldest first, ``limit`` at most; () for none.

    Fewer where they say much (:data:`READ`): a page costs about the same whatever it tells of.
    """
    tale, told = _Tale(store), []
    for row in [row for row in _numbered(store) if row["revision"] > revision][:limit]:
        told.append((row, *tale.touched(row["id"])))
        if tale.read >= READ:
            break
    held = _held(store, (things for _, things, _ in told))
    return tuple(_happened(row, tale.run_of(row["id"]), things, complete, held) for row, things, complete in told)


def names_since(store: GraphStore, revision: int) -> tuple[str, ...]:
    """Return the names of the changes after a revision, oldest first."""
    return tuple(row["name"] for row in _numbered(store) if row["revision"] > revision)


def _numbered(store: GraphStore) -> Iterator[Row]:
    """Yield every change with its revision, oldest first; migration 1 gave one to those of before it was noted."""
    yield from sorted(store.engine.read("changes/all"), key=lambda row: int(row["revision"]))


def _happened(
    row: Row, run: ImportRun | None, things: Things, complete: bool, held: Mapping[str, set[str]]
) -> Happened:
    return Happened(
        revision=row["revision"],
        id=row["id"],
        name=row["name"],
        kind=_kind(row["id"], run),
        at=datetime.fromisoformat(row["at"]),
        by=row["by"],
        reason=row["reason"],
        import_=run,
        there=_by_noun((noun, id_) for noun, id_ in things if id_ in held[noun]),
        gone=_by_noun((noun, id_) for noun, id_ in things if id_ not in held[noun]),
        complete=complete,
    )


def _by_noun(things: Iterable[Thing]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for noun, id_ in sorted(things):
        found[noun].append(id_)
    return {noun: tuple(ids) for noun, ids in found.items()}


def _kind(key: str, run: ImportRun | None) -> ChangeKind:
    if run:
        return ChangeKind.UNDOING if run.undoes else ChangeKind.IMPORT
    kind = key.partition(":")[0]
    return ChangeKind(kind) if kind in {*ChangeKind} else ChangeKind.OTHER


class _Tale:
    """What changes may have touched, told from what the graph keeps; what was read for one is kept for the next."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._runs = {run.id: run for run in store.imports()}
        self._of_run: dict[str, Said | None] = {}
        self.read = 0
        """Claims that were read so far."""

    def run_of(self, key: str) -> ImportRun | None:
        """Return the import that a change is part of: its key is ``import:<id>:…``."""
        kind, _, rest = key.partition(":")
        return self._runs.get(rest.partition(":")[0]) if kind == "import" else None

    def touched(self, key: str) -> tuple[Things, bool]:
        """Return what a change may have touched, and whether that is all."""
        run = self.run_of(key)
        if run is None:
            return self._of_person(key)
        if key == f"import:{run.id}:finish":
            touched = self._of_end(run)
            return touched or set(), touched is not None
        if run.undoes:  # what it puts back is told with its end
            return set(), True
        said, before = self._said([key]), self._before(run)
        undone = {each.undoes for each in self._runs.values()}
        # Against one that was taken back, or is too large to be compared, all is told: never fewer than were touched.
        known = (self._said_by(before) if len(before) == 1 and before[0].id not in undone else None) or {}
        return {thing for thing, words in said.items() if words - known.get(thing, set())}, True

    def _of_person(self, key: str) -> tuple[Things, bool]:
        kind, _, id_ = key.partition(":")
        if kind == "judgement" and (act := self._store.judgement_log().find(id_)):
            return {("actors", act.a), ("actors", act.b)}, True
        if kind == "decision" and (word := deciding.log(self._store).find(id_)):
            # The word may be, or take back, the fact that they work together already.
            facts = {f"{COORDINATOR}-{each}" for each in (id_, word.takes_back) if each}
            there = {row["id"] for row in self._store.engine.read("collaborations/known", {"ids": sorted(facts)})}
            if not there and not word.takes_back:
                return set(), True
            actors: Things = {("actors", actor) for actor in word.gap.subjects}
            return actors | {("collaborations", fact) for fact in facts}, True
        # Whoever keeps a copy is told of no contact persons, so none of what it has changes with them.
        return set(), kind == "contact"

    def _before(self, run: ImportRun) -> list[ImportRun]:
        """Return the version of the file that the graph held, and those broken off since: what an end forgets."""
        earlier = [each for each in self._runs.values() if each.source == run.source and each.sequence < run.sequence]
        current = history_of(earlier).current
        begun = [each for each in earlier if not each.finished and each.sequence > (current.sequence if current else 0)]
        return [*([current] if current else []), *sorted(begun, key=lambda each: each.sequence)]

    def _of_end(self, run: ImportRun) -> Things | None:
        """Return what the last change of an import may have touched: it forgets what the file says no more.

        The last one of an undoing also stands for all that was put back. None where a version is too large to compare.
        """
        now = [run]
        if run.undoes:
            earlier = [each for each in self._runs.values() if each.source == run.source]
            history = history_of(each for each in earlier if each.sequence < run.sequence)
            restored = history.before(self._runs[run.undoes]) if run.undoes in self._runs else None
            now = [restored] if restored else []
        before = self._said_by(self._before(run))
        after = self._said_by(now) if before is not None and (before or run.undoes) else {}
        if before is None or after is None:
            return None
        if run.undoes:
            return {thing for thing in {*before, *after} if before.get(thing) != after.get(thing)}
        return {thing for thing, words in before.items() if words - after.get(thing, set())}

    def _said_by(self, runs: Sequence[ImportRun]) -> Said | None:
        """Return what imports said, None where it is too much; one that put a version back said nothing of its own."""
        found: Said = defaultdict(set)
        for run in runs:
            if run.id not in self._of_run:
                keys = [id_ for id_, _ in self._store.contents_of(run.id)]
                self._of_run[run.id] = self._said(keys) if len(keys) <= COMPARED else None
            said = self._of_run[run.id]
            if said is None:
                return None
            for thing, words in said.items():
                found[thing] |= words
        return found

    def _said(self, contents: Iterable[str]) -> Said:
        found: Said = defaultdict(set)
        for id_ in contents:
            for noun, values in self._store.said(id_):
                self.read += 1
                words = f"{noun} {json.dumps(values)}"
                for thing in _named(noun, values):
                    found[thing].add(words)
        return found


def _named(noun: str, values: Mapping[str, Any]) -> Iterable[Thing]:
    """Return the things that a claim speaks of and may change."""
    if noun in _BETWEEN:
        return [(each, values[field]) for each, field in _BETWEEN[noun]]
    return [(_NOUN_OF[noun], values["id"])]


def _held(store: GraphStore, touched: Iterable[Things]) -> dict[str, set[str]]:
    """Return noun → those of the touched ids that the graph holds now."""
    asked = _by_noun({thing for things in touched for thing in things})
    held = {"sources": {source.id for source in store.sources()}}
    for noun in _NOUN_OF.values():
        if noun != "sources":
            ids = list(asked.get(noun, ()))
            held[noun] = {row["id"] for row in store.engine.read(f"{noun}/known", {"ids": ids})} if ids else set()
    return held
