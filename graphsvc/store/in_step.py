"""The whole graph, read once and then kept in step: after a person's word only what the word can touch is read anew.

To read a large graph takes many seconds, and a coordinator who decides on one suggestion after another says a word with
each. Imports, and whatever else may touch anything, are kept in step with by reading all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from graphsvc.model import Snapshot
from graphsvc.store import deciding, judging
from graphsvc.store.engine import Row
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.whole import collector_at_rest, large, look_through_all, set_apart

T = TypeVar("T")
Stamps = frozenset[tuple[str, str]]
"""Id and instant of changes: a graph that holds them went on from there, and is no other that has as many."""


@dataclass(frozen=True, slots=True)
class _Known:
    snapshot: Snapshot
    stamps: Stamps


@dataclass(frozen=True, slots=True)
class Words:
    """What persons said since."""

    of_pairs: bool
    facts: tuple[str, ...]
    """Ids of the collaborations that some of their words are."""


class InStep:
    """Gives the snapshot of a store's present revision. Threads may share it; what it gives is never changed."""

    def __init__(self, store: GraphStore, let_go: Callable[[], None] = lambda: None) -> None:
        """``let_go`` is called before all is read, to forget what was made of the one before."""
        self._store = store
        self._let_go = let_go
        self._known: _Known | None = None

    def snapshot(self) -> Snapshot:
        """Return what :meth:`GraphStore.snapshot` returns, and since when it is the same but for its number."""
        known, self._known = self._known, None  # let go of before all is read: two of a large graph are too many
        found = self._stepped(known) if known else None
        if found is None:
            was_apart = known is not None and large(known.snapshot)
            del known
            self._let_go()
            if was_apart:
                look_through_all()
            found = self._read()
        self._known = found
        return found.snapshot

    def _read(self) -> _Known:
        with collector_at_rest():
            snapshot = self._store.snapshot()
            snapshot = replace(snapshot, same_since=snapshot.revision, facts_since=snapshot.revision)
            set_apart(snapshot)
        return _Known(snapshot, _stamps(self._changes(), snapshot.revision))

    def _stepped(self, known: _Known) -> _Known | None:
        """Return what is known, brought to the present revision; None where that takes reading all."""
        changes, before = self._changes(), known.snapshot
        if len(known.stamps) != before.revision or _stamps(changes, before.revision) != known.stamps:
            return None  # another graph, such as a backup that was put back
        words = words_of(self._store, [row["id"] for row in changes if row["revision"] > before.revision])
        if words is None:
            return None
        snapshot = self._with(before, words, len(changes))
        if self._store.revision() != snapshot.revision:
            return None
        return _Known(snapshot, _stamps(changes, snapshot.revision))

    def _changes(self) -> list[Row]:
        return self._store.engine.read("changes/all")

    def _with(self, before: Snapshot, words: Words, revision: int) -> Snapshot:
        snapshot, store = replace(before, revision=revision), self._store
        if words.facts:
            snapshot = replace(
                snapshot,
                collaborations=_merged(before.collaborations, store.collaborations_by_ids(words.facts), "id"),
                participations=_merged(
                    before.participations,
                    [claim for id_ in words.facts for claim, _ in store.participations_of_collaboration(id_)],
                    "collaboration",
                ),
                sources=store.sources(),
                facts_since=revision,
            )
        if words.of_pairs:
            actors = {actor.id for actor in snapshot.actors}
            counting = judging.effective(store.judgement_log(), store.proposals(), snapshot.links, actors)
            snapshot = replace(snapshot, judgements=counting)
        touched = words.facts or snapshot.judgements != before.judgements
        return replace(snapshot, same_since=revision) if touched else snapshot


def words_of(store: GraphStore, keys: Sequence[str]) -> Words | None:
    """Return what the changes with these keys said; None where one is no word, or takes a fact back."""
    told = [key.partition(":")[::2] for key in keys]
    if not {kind for kind, _ in told} <= {"judgement", "decision", "contact"}:
        return None
    of_pairs = any(kind == "judgement" for kind, _ in told)
    decisions = [id_ for kind, id_ in told if kind == "decision"]
    if not decisions:
        return Words(of_pairs, ())
    log, facts = deciding.log(store), list[str]()
    for act in map(log.find, decisions):
        taken = log.find(act.takes_back) if act and act.takes_back else None
        if act is None or (taken and taken.is_fact):
            return None
        if act.is_fact:
            facts.append(deciding.collaboration_id(act))
    return Words(of_pairs, tuple(facts))


def _stamps(changes: Iterable[Row], revision: int) -> Stamps:
    return frozenset((row["id"], row["at"]) for row in changes if row["revision"] <= revision)


def _merged(held: Sequence[T], new: Iterable[T], by: str) -> tuple[T, ...]:
    """Return what is held, sorted by ``by``, with what is new in its place; new ones of a key stay together."""
    key, parts = attrgetter(by), list(held)
    for each in reversed(list(new)):
        parts.insert(bisect_left(parts, key(each), key=key), each)
    return tuple(parts)
