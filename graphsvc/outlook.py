"""The graph as it is seen through views: each made once while the graph stays at its revision, for all who ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any, Final, Generic, Protocol, TypeVar

from graphsvc import __version__, entries
from graphsvc.analysis.arrays import Elsewhere
from graphsvc.entries import United
from graphsvc.model import EVERYTHING, Actor, Link, Snapshot, View
from graphsvc.network import Network, build_network
from graphsvc.refolding import Folded, refolded, renamed
from graphsvc.remembering import Latest, Memory, Underway
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import Identity, heard, identify, undecided
from graphsvc.resolve.name_index import NameIndex
from graphsvc.sharing import shelf
from graphsvc.sharing.shelf import Shelf
from graphsvc.store.by_name import ByName
from graphsvc.store.edition import Edition, edition_of
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.in_step import InStep
from graphsvc.store.of_actors import OfActors, of_actors
from graphsvc.store.whole import collector_at_rest, large

T = TypeVar("T")


class Revised(Protocol):
    """A result that says from which revision of the graph it was made."""

    @property
    def revision(self) -> int:
        """The graph's revision."""
        ...


R = TypeVar("R", bound=Revised)

KEPT: Final = 32
"""Snapshots, networks and whatever was computed from them that are kept until the graph changes. A portrait and the
pages around it stand on some twenty: were fewer kept, each actor's page would throw out what the next one needs."""
FOLLOWED: Final = 8
"""Networks and indexes of names that are brought to the next state of who stands for whom; each holds memory."""
MAKERS: Final = 8
"""Threads that make what requests stand on: as many as the service answers with."""


@dataclass(frozen=True, slots=True)
class Shared(Generic[R]):
    """A question whose answer is worth sharing with other processes."""

    what: str
    """The question in full, with the versions of the definitions that its answer rests on."""
    view: View
    answer: type[R]
    at: Callable[[R, int], R] | None = None
    """Gives an answer another revision, where it is made of the view's network alone: see
    :meth:`Outlook.share_of_network`."""


@dataclass(frozen=True, slots=True)
class _Folding:
    """What folds entries into bodies at one state of the graph."""

    seen: int
    """:attr:`Snapshot.same_since` of that state."""
    since: int
    """The first revision at which the facts and what folds them were as they are."""
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Last(Generic[T]):
    """What was last made of facts and of who stands for whom."""

    facts: tuple[object, ...]
    folded: Folded
    thing: T

    def of_same(self, snapshot: Snapshot) -> bool:
        """Say whether a snapshot holds the very facts: those that words left as they were are the same objects."""
        return all(then is now for then, now in zip(self.facts, _facts(snapshot), strict=True))


def _facts(snapshot: Snapshot) -> tuple[object, ...]:
    return (
        snapshot.actors,
        snapshot.collaborations,
        snapshot.participations,
        snapshot.themes,
        snapshot.places,
    )


def _level(view: View) -> View:
    """Return what of a view decides who stands for whom."""
    return View(identity=view.identity, as_of=view.as_of)


class Outlook:
    """What can be seen of a graph. Threads may share it; what it returns is shared and never changed."""

    def __init__(
        self,
        store: GraphStore,
        today: Callable[[], date],
        shelf: Shelf | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """``shelf`` is what is shared with other processes, ``elsewhere`` who else measures; None for neither."""
        self._store = store
        self.by_name = ByName(store, self.held)
        """Searches the lists by name."""
        self._today = today
        self._shelf = shelf
        self._elsewhere = elsewhere
        self._memory = Memory(KEPT, MAKERS)
        self._reading = Underway[Snapshot]()
        self._in_step = InStep(store, self._let_go)
        self._lock = Lock()
        self._large = False
        self._folding: _Folding | None = None
        self._last = OrderedDict[Hashable, _Last[Any]]()
        self._let_go()

    def day(self, view: View) -> date:
        """Return the day on which it is asked who stands for whom."""
        return view.as_of or self._today()

    def recall(self, what: Hashable, view: View, make: Callable[[View], T]) -> T:
        """Return ``what`` of a view at the present revision, made by ``make`` where it isn't kept."""
        return self._memory.recall(self._store.revision_seen(), self._key(what, view), lambda: make(view))

    def keep(self, what: Hashable, view: View, make: Callable[[View], T]) -> T:
        """Do as :meth:`recall` does, for what is made of the snapshot alone: it stays where only a decision was noted.

        It must not hold the revision, or be told the present one.
        """
        return self._lasting.recall(self.snapshot().same_since, self._key(what, view), lambda: make(view))

    def keep_of_bodies(self, what: Hashable, view: View, make: Callable[[View], T]) -> T:
        """Do as :meth:`keep` does, for what is made of facts and of who stands for whom.

        It stays also where a judgement folds nothing that was not folded, and parts nothing. In a large graph a request
        waits for it as long as it may; what it asked for is made to its end all the same.
        """
        key = self._key(what, view)
        return self._of_bodies.recall(self._folded_since(), key, lambda: make(view), aside=self._large)

    def keep_answer(self, what: Hashable, view: View, make: Callable[[View], T]) -> T:
        """Do as :meth:`keep_of_bodies` does, for answers of which there are many: they push out one another only."""
        key = self._key(what, view)
        return self._answers.recall(self._folded_since(), key, lambda: make(view), aside=self._large)

    def has(self, what: Hashable, view: View) -> bool:
        """Say whether :meth:`recall` or one that keeps longer has it, without waiting for it while it is made."""
        key = self._key(what, view)
        return (
            self._memory.holds(self._store.revision_seen(), key)
            or self._lasting.holds(self.snapshot().same_since, key)
            or self._of_bodies.holds(self._folded_since(), key)
        )

    def _folded_since(self) -> int:
        snapshot = self.snapshot()
        with self._lock:
            last = self._folding
            if last is None or last.seen < snapshot.same_since:
                links = tuple(heard(snapshot.links, snapshot.judgements))
                same = last is not None and snapshot.facts_since <= last.seen and links == last.links
                since = last.since if last and same else snapshot.same_since
                self._folding = last = _Folding(snapshot.same_since, since, links)
            # Of a graph that somebody began to look at before it went on, nothing is kept.
            return last.since if last.seen == snapshot.same_since else -1

    def _let_go(self) -> None:
        self._lasting, self._folded, self._of_bodies = Memory(KEPT), Memory(KEPT), Memory(KEPT, MAKERS)
        self._of_facts, self._of_content = Memory(KEPT, MAKERS), Latest(KEPT, MAKERS)
        self._answers = Memory(KEPT, MAKERS)
        with self._lock:
            self._folding = None
            self._last.clear()

    def share(self, asked: Shared[R], make: Callable[[View], R]) -> R:
        """Return an answer as :meth:`recall` does, and from another process where one has made it.

        In a large graph a request waits for it as :meth:`keep_of_bodies` says.
        """

        def found(view: View) -> R:
            edition = self._edition()

            def made() -> tuple[R, bool]:
                answer = make(view)
                # Others may have it unless the graph went on in between: it may then hold something of both.
                return answer, edition.revision == answer.revision == self._store.revision()

            return shelf.recall(self._shelf, self._shelf_key(asked, edition), asked.answer, made)

        revision, key = self._store.revision_seen(), self._key(asked.what, asked.view)
        return self._memory.recall(revision, key, lambda: found(asked.view), aside=self._large)

    def share_of_network(self, asked: Shared[R], network: Network, make: Callable[[], R]) -> R:
        """Return an answer that is made of the network of its view alone, ``asked.at`` the network's revision.

        It stays, here and for other processes, as long as the network holds the same: a word that touches nothing in it
        leaves it as it is, and one that is taken back gives the network that was there before.
        """
        digest = network.arrays.digest

        def found() -> R:
            key = self._content_key(asked, digest)
            return shelf.recall(self._shelf, key, asked.answer, lambda: (make(), True))

        made = self._of_content.recall((asked.what, asked.view), digest, found, aside=self._large)
        return asked.at(made, network.revision) if asked.at else made

    def holds(self, asked: Shared[R]) -> bool:
        """Say whether an answer is there, here or on the shelf, without waiting for one that is being made."""
        if asked.at:
            digest = self.network(asked.view).arrays.digest
            if self._of_content.holds((asked.what, asked.view), digest):
                return True
            return self._shelf is not None and self._shelf.holds(self._content_key(asked, digest))
        if self._memory.holds(self._store.revision_seen(), self._key(asked.what, asked.view)):
            return True
        return self._shelf is not None and self._shelf.holds(self._shelf_key(asked, self._edition()))

    def _key(self, what: Hashable, view: View) -> tuple[Hashable, ...]:
        # The day is part of the key: a successor of tomorrow takes over tomorrow, at the same revision.
        return (what, view, self.day(view))

    def _edition(self) -> Edition:
        return self.recall("edition", EVERYTHING, lambda _: edition_of(self._store.engine))

    def _shelf_key(self, asked: Shared[R], edition: Edition) -> str:
        view, day = asked.view.model_dump_json(), self.day(asked.view).isoformat()
        return "\n".join((__version__, edition.digest, asked.answer.__name__, asked.what, view, day, self._measured_by))

    def _content_key(self, asked: Shared[R], digest: str) -> str:
        return "\n".join((__version__, f"of {digest}", asked.answer.__name__, asked.what, self._measured_by))

    @property
    def _measured_by(self) -> str:
        return self._elsewhere.name if self._elsewhere else ""

    def snapshot(self) -> Snapshot:
        """Return everything at the present revision."""

        def read(_: View) -> Snapshot:
            # A large graph takes longer than a request may: it is read to its end, and whoever comes again has it.
            found = self._reading.result(self._store.revision_seen(), self._in_step.snapshot)
            self._large = large(found)
            return found

        return self.recall("snapshot", EVERYTHING, read)

    def network(self, view: View = EVERYTHING) -> Network:
        """Return the network of a view. :class:`graphsvc.errors.NotFound` for an unknown theme or place."""

        def whole(snapshot: Snapshot, folded: Folded) -> Network:
            return build_network(snapshot, view, folded.canonical, folded.shown)

        def made(view: View) -> Network:
            # A copy, so that what is followed does not hold all that is made of the network meanwhile.
            return replace(self._followed("network", view, whole, refolded), elsewhere=self._elsewhere)

        def present(view: View) -> Network:
            return self.keep_of_bodies("network", view, made).at(self.snapshot().revision)

        return self.recall("network", view, present)

    def build(self, view: View) -> Network:
        """Return the network of a view without keeping it: for one of many that are looked at once."""
        folded = self._folding_at(_level(view))[1]
        made = build_network(self.snapshot(), view, folded.canonical, folded.shown)
        return replace(made, elsewhere=self._elsewhere)

    def _folding_at(self, level: View) -> tuple[Identity, Folded]:
        """Return who stands for whom at a level and on a day, what is in doubt aside, and what the bodies show."""

        def make() -> tuple[Identity, Folded]:
            snapshot, on = self.snapshot(), self.day(level)
            with collector_at_rest():
                found = identify(snapshot.actors, snapshot.links, level.identity, on, snapshot.judgements)
                return found, Folded(found.canonical, bodies.shown(snapshot.actors, found))

        return self._folded.recall(self._folded_since(), self._key("bodies", level), make)

    def _followed(
        self,
        what: str,
        view: View,
        whole: Callable[[Snapshot, Folded], T],
        follow: Callable[[T, Snapshot, Folded, Folded], T],
    ) -> T:
        """Return what ``whole`` makes, by ``follow`` from what was last made where the facts are still those."""
        key, snapshot = self._key(what, view), self.snapshot()
        now = self._folding_at(_level(view))[1]
        with self._lock:
            last = self._last.pop(key, None)
        follows = last is not None and last.of_same(snapshot)
        with collector_at_rest():
            thing = follow(last.thing, snapshot, last.folded, now) if last and follows else whole(snapshot, now)
        del last
        with self._lock:
            self._last[key] = _Last(_facts(snapshot), now, thing)
            while len(self._last) > FOLLOWED:
                self._last.popitem(last=False)
        return thing

    def identity(self, view: View = EVERYTHING) -> Identity:
        """Return who stands for whom at a view's level and day."""

        def make(level: View) -> Identity:
            # Who stands for whom stays where a word only raises or settles a doubt.
            found = self._folding_at(level)[0]
            return replace(found, undecided=undecided(found.canonical, self.snapshot().judgements))

        return self.keep("identity", _level(view), make)

    def united(self, as_of: date | None = None) -> United:
        """Return which entries are one body on a day, without reading the whole graph."""
        return self.recall("united", View(as_of=as_of), lambda view: entries.united(self._store, self.day(view)))

    def of_actors(self) -> OfActors:
        """Return what is said of each actor."""
        snapshot, key = self.snapshot(), self._key("of actors", EVERYTHING)

        def make() -> OfActors:
            with collector_at_rest():
                return of_actors(snapshot)

        return self._of_facts.recall(snapshot.facts_since, key, make, aside=self._large)

    def held(self) -> OfActors | None:
        """Return the same where the snapshot is there: a search need not wait until the graph is read."""
        there = self._memory.holds(self._store.revision_seen(), self._key("snapshot", EVERYTHING))
        return self.of_actors() if there else None

    def names(self) -> tuple[NameIndex, Mapping[str, Actor]]:
        """Return an index of the names of the bodies of today, and these by id."""

        def whole(_: Snapshot, folded: Folded) -> NameIndex:
            return NameIndex(folded.shown.values())

        def follow(index: NameIndex, _: Snapshot, before: Folded, after: Folded) -> NameIndex:
            return renamed(index, before, after)

        def make(view: View) -> tuple[NameIndex, Mapping[str, Actor]]:
            return self._followed("names", view, whole, follow), self._folding_at(view)[1].shown

        return self.keep_of_bodies("names", EVERYTHING, make)
