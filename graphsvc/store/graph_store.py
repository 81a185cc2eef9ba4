"""Every question to the graph and every change of it, once, for any engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

from graphsvc import identifiers
from graphsvc.model import Actor, Collaboration, Judgement, Link, Participation, Place, Snapshot, Source
from graphsvc.store import content, differences, judging, queries, seen, things
from graphsvc.store.change import Change, ImportRun, Noted, steps
from graphsvc.store.claims import once
from graphsvc.store.comparing import Comparison
from graphsvc.store.content import Content
from graphsvc.store.differences import Difference
from graphsvc.store.engine import Engine, Row, Step
from graphsvc.store.finding import ActorSearch, CollaborationSearch, Cursor, Found
from graphsvc.store.history import History, history_of
from graphsvc.store.judging import Log
from graphsvc.store.references import refuse_unknown
from graphsvc.store.status import SourceStatus, sources_of, status_of
from graphsvc.store.status import Status as Status
from graphsvc.store.whole import closed, collector_at_rest

T = TypeVar("T")
C = TypeVar("C", Participation, Link)

_SNAPSHOT_TRIES: Final = 3


class GraphStore:
    """The graph. Threads may share it; errors are those below :class:`graphsvc.errors.StoreError`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """The engine below, for what is not about actors."""
        return self._engine

    def close(self) -> None:
        """Let go of the engine. Safe to call twice."""
        self._engine.close()

    def prepare(self) -> None:
        """Make the constraints and indexes that are missing."""
        for name in queries.names("schema"):
            self._engine.write([Step(name)])

    # ---- changes

    def apply(self, change: Change) -> bool:
        """Write a change whole or not at all; False and nothing written when the graph holds its key already.

        :class:`graphsvc.errors.InvalidValue` when it speaks of something that nothing describes.
        """
        if self.knows(change.key):
            return False
        if not (change.import_ and change.import_.undoes):  # what is put back was held against the graph of its time
            refuse_unknown(change.claims, self._engine)
        self._engine.write(steps(change))
        return True

    def knows(self, key: str) -> bool:
        """Whether a change with this key is in the graph."""
        return bool(self._engine.read("changes/known", {"id": key}))

    def revision(self) -> int:
        """Return the number of changes that the graph holds."""
        rows = self._engine.read("revision/value")
        found = int(rows[0]["value"]) if rows else 0
        seen.note(self, found)
        return found

    def revision_seen(self) -> int:
        """Return the revision as this request has seen it already; asked for where it has not, or there is none."""
        found = seen.revision(self)
        return self.revision() if found is None else found

    def imports(self) -> tuple[ImportRun, ...]:
        """Return every import, by sequence."""
        return tuple(map(_import, self._engine.read("imports/all")))

    def changes_of_persons(self) -> tuple[Noted, ...]:
        """Return the changes that persons made, oldest first."""
        rows = self._engine.read("changes/of_persons")
        return tuple(Noted(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows)

    def history(self, source: str) -> History:
        """Return which versions of a file source the graph has held."""
        return history_of(map(_import, self._engine.read("imports/of_source", {"source": source})))

    def last_import(self, source: str) -> ImportRun | None:
        """Return the finished import whose version of a file source the graph holds; None when it holds none."""
        return self.history(source).current

    def contents_of(self, import_: str) -> tuple[tuple[str, str], ...]:
        """Return id and name of what an import said, change by change, in the order in which it was written."""
        return tuple((row["id"], row["name"]) for row in self._engine.read("contents/of_import", {"import": import_}))

    def content(self, id_: str) -> Content:
        """Return what one change of an import said."""
        return content.load(self._kept(id_))

    def said(self, id_: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield noun and values of each claim and judgement of one change of an import, as they are kept."""
        return content.plain(self._kept(id_))

    def _kept(self, id_: str) -> str:
        return content.unpack(self._engine.read("contents/packed", {"id": id_})[0]["packed"])

    # ---- the whole

    def status(self) -> Status:
        """Count what the graph holds."""
        return status_of(self._engine, self.revision(), self.sources(), self.imports())

    def source_statuses(self) -> tuple[SourceStatus, ...]:
        """Return every source with its rows, its last import and its place in the order of precedence."""
        return sources_of(self._engine, self.sources(), self.imports())

    def snapshot(self) -> Snapshot:
        """Return all that analysis needs, of one revision.

        An engine's reads are separate, so the revision is read before and after; where changes keep coming in between,
        the last reading counts as the revision before it, without whatever refers to something it does not hold.
        """
        for _ in range(_SNAPSHOT_TRIES):
            before = self.revision()
            with collector_at_rest():
                snapshot = self._read_all(before)
            if self.revision() == before:
                return snapshot
        return closed(snapshot)

    def graph_hash(self) -> str:
        """Return a digest over the snapshot without its revision: equal graphs have equal ones on every engine."""
        return snapshot_hash(self.snapshot())

    def _read_all(self, revision: int) -> Snapshot:
        # What refers to others is read first: in a growing graph the others are then all there.
        participations = self._claims("participations/all", things.participation)
        links = self.links()
        log, proposals = self.judgement_log(), self.proposals()
        collaborations = self._all("collaborations/all", things.collaboration)
        actors = self._all("actors/all", things.actor)
        return Snapshot(
            revision=revision,
            actors=actors,
            collaborations=collaborations,
            participations=participations,
            themes=self._all("themes/all", things.theme),
            places=self.places(),
            links=links,
            sources=self.sources(),
            judgements=judging.effective(log, proposals, links, {actor.id for actor in actors}),
        )

    # ---- judgements

    def judgement_log(self) -> Log:
        """Return all that persons said of pairs of entries."""
        return Log(self._all("judgements/acts", judging.act))

    def proposals(self, *, without: str | None = None) -> tuple[Judgement, ...]:
        """Return all that the matching of imports says of pairs of entries, those of one file source left out."""
        rows = self._engine.read("judgements/proposals")
        return tuple(judging.proposal(row) for row in rows if row["file"] != without)

    def judgements(self, links: Iterable[Link] | None = None) -> tuple[Judgement, ...]:
        """Return the judgement that counts of each pair of which both entries are there, by pair.

        ``links`` are all that there are, where they have been read.
        """
        log, proposals = self.judgement_log(), self.proposals()
        ids = {id_ for pair in log.counting() for id_ in pair} | {id_ for word in proposals for id_ in (word.a, word.b)}
        known = {row["id"] for row in self._engine.read("actors/known", {"ids": sorted(ids)})}
        return judging.effective(log, proposals, self.links() if links is None else links, known)

    def files_of_actors(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return for each actor the file sources that describe it, sorted; an actor that none describes is left out."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self._engine.read("descriptions/files_of_actors", {"ids": sorted(set(ids))}):
            found[row["actor"]] = (*found.get(row["actor"], ()), row["file"])
        return found

    # ---- actors

    def actors(self, search: ActorSearch, *, limit: int = 50, after: Cursor | None = None) -> Found[Actor]:
        """Return one page of actors, by name."""
        return self._page("actors", search.parameters(), limit, after, things.actor)

    def actor(self, id_: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return next(iter(self.actors_by_ids([id_])), None)

    def actors_by_ids(self, ids: Iterable[str]) -> tuple[Actor, ...]:
        """Return those of these actors that there are, by id."""
        return self._all("actors/by_ids", things.actor, {"ids": sorted(set(ids))})

    def ids_by(self, scheme: str, value: str) -> tuple[str, ...]:
        """Return the ids of the actors that have an identifier: a scheme of :data:`graphsvc.identifiers.SCHEMES`."""
        return tuple(row["id"] for row in self._engine.read(f"actors/by_{scheme}", {scheme: value}))

    def search_texts(self, ids: Iterable[str]) -> list[Row]:
        """Return id and search (what a search looks into) of some actors, by id."""
        return self._engine.read("actors/searched", {"ids": sorted(set(ids))})

    def actors_about(self, ids: Iterable[str], theme: str, as_of: date | None = None) -> frozenset[str]:
        """Return which of these actors take part in something about a theme or one below it, as of a day."""
        asked = {"ids": sorted(set(ids)), "theme": theme, "as_of": as_of.isoformat() if as_of else None}
        return frozenset(row["id"] for row in self._engine.read("actors/about", asked))

    def actors_said_by(self, ids: Iterable[str], source: str) -> frozenset[str]:
        """Return which of these actors a source speaks of."""
        asked = {"ids": sorted(set(ids)), "source": source}
        return frozenset(row["id"] for row in self._engine.read("actors/said_by", asked))

    def identifier_rows(self) -> list[Row]:
        """Return the id of every actor with its identifiers, by id."""
        return self._engine.read("actors/identifiers")

    def participations_of_actor(self, id_: str) -> tuple[tuple[Participation, Collaboration], ...]:
        """Return what an actor takes part in, with the collaborations, by collaboration, source and role."""
        found = self._claims("participations/of_actor", things.participation, {"id": id_})
        by_id = {c.id: c for c in self.collaborations_by_ids(p.collaboration for p in found)}
        return tuple((p, by_id[p.collaboration]) for p in found if p.collaboration in by_id)

    def links(self) -> tuple[Link, ...]:
        """Return every link between actors as bodies."""
        return self._claims("links/all", things.link)

    def links_of(self, id_: str) -> tuple[Link, ...]:
        """Return the links of an actor in either direction."""
        return self._claims("links/of_actor", things.link, {"id": id_})

    # ---- collaborations

    def collaborations(
        self, search: CollaborationSearch, *, limit: int = 50, after: Cursor | None = None
    ) -> Found[Collaboration]:
        """Return one page of collaborations, by name."""
        return self._page("collaborations", search.parameters(), limit, after, things.collaboration)

    def collaboration(self, id_: str) -> Collaboration | None:
        """Return the collaboration with this id, or None."""
        return next(iter(self.collaborations_by_ids([id_])), None)

    def collaborations_by_ids(self, ids: Iterable[str]) -> tuple[Collaboration, ...]:
        """Return those of these collaborations that there are, by id."""
        return self._all("collaborations/by_ids", things.collaboration, {"ids": sorted(set(ids))})

    def participations_of_collaboration(self, id_: str) -> tuple[tuple[Participation, Actor], ...]:
        """Return who takes part in a collaboration, with the actors, by actor, source and role."""
        found = self._claims("participations/of_collaboration", things.participation, {"id": id_})
        by_id = {actor.id: actor for actor in self.actors_by_ids(p.actor for p in found)}
        return tuple((p, by_id[p.actor]) for p in found if p.actor in by_id)

    # ---- what each file says

    def comparison(self, source: str) -> Comparison:
        """Return a comparison with what the graph keeps of a file source."""
        said = self._engine.read("descriptions/of_file", {"source": source})
        return Comparison(said, self._all("participations/of_file", things.participation, {"file": source}))

    def described(self, source: str) -> dict[str, int]:
        """Return noun → how many things a file source describes."""
        return {row["noun"]: row["total"] for row in self._engine.read("descriptions/count_of_file", {"file": source})}

    def actors_of_others(self, source: str) -> tuple[Actor, ...]:
        """Return the actors that another file, or a person, describes, by id."""
        others = {row["actor"] for row in self._engine.read("descriptions/of_other_files", {"file": source})}
        return tuple(actor for actor in self._all("actors/all", things.actor) if actor.id in others)

    def links_of_others(self, source: str) -> tuple[Link, ...]:
        """Return the links that another file, or a person, says."""
        return self._claims("links/of_other_files", things.link, {"file": source})

    def descriptions_of_actor(self, id_: str) -> list[Row]:
        """Return what each file says of an actor, in the order of precedence."""
        return self._engine.read("descriptions/of_actor", {"id": id_})

    def descriptions_of_collaboration(self, id_: str) -> list[Row]:
        """Return what each file says of a collaboration, in the order of precedence."""
        return self._engine.read("descriptions/of_collaboration", {"id": id_})

    def differences_of_actor(
        self, id_: str, rows: Iterable[Row] | None = None, sources: Iterable[Source] | None = None
    ) -> tuple[Difference, ...]:
        """Return where files contradict each other about an actor.

        ``rows``: what the files say of it, and ``sources``: all there are, where they were read already.
        """
        told = self.descriptions_of_actor(id_) if rows is None else rows
        known = self.sources() if sources is None else sources
        return differences.of_descriptions(told, {source.id: source for source in known}, self._parents)

    def differences_of_collaboration(
        self,
        id_: str,
        claims: Iterable[tuple[Participation, Actor]] | None = None,
        rows: Iterable[Row] | None = None,
        sources: Iterable[Source] | None = None,
    ) -> tuple[Difference, ...]:
        """Return where files contradict each other about a collaboration, or sources about who takes part.

        ``claims``: only of these participations; without it, of all. ``rows`` and ``sources`` as for an actor.
        """
        said = self.descriptions_of_collaboration(id_) if rows is None else rows
        known = {source.id: source for source in (self.sources() if sources is None else sources)}
        told = self.participations_of_collaboration(id_) if claims is None else claims
        return (*differences.of_descriptions(said, known), *differences.of_participants(told, known))

    # ---- places and sources

    def places(self) -> tuple[Place, ...]:
        """Return every place, by id."""
        return self._all("places/all", things.place)

    def _parents(self) -> dict[str, str | None]:
        return {place.id: place.parent for place in self.places()}

    def sources(self) -> tuple[Source, ...]:
        """Return every source, by id."""
        return self._all("sources/all", things.source)

    def _all(self, name: str, make: Callable[[Row], T], parameters: Mapping[str, Any] | None = None) -> tuple[T, ...]:
        return tuple(map(make, self._engine.read(name, parameters)))

    def _claims(
        self, name: str, make: Callable[[Row], C], parameters: Mapping[str, Any] | None = None
    ) -> tuple[C, ...]:
        """Return claims, each once: where several files make one, in the words of the first in precedence."""
        return tuple(once(self._all(name, make, parameters)))

    def _page(
        self, area: str, filters: dict[str, Any], limit: int, after: Cursor | None, make: Callable[[Row], T]
    ) -> Found[T]:
        place = {"after_name": after.name if after else None, "after_id": after.id if after else None}
        # One more than asked for tells whether there is a next page.
        rows = self._engine.read(f"{area}/search", {**filters, **place, "limit": limit + 1})
        total = self._engine.read(f"{area}/count", filters)[0]["total"]
        shown = rows[:limit]
        end = Cursor(shown[-1]["sort_name"], shown[-1]["id"]) if len(rows) > limit else None
        return Found(items=tuple(map(make, shown)), total=total, next=end)


def snapshot_hash(snapshot: Snapshot) -> str:
    """Return a digest over everything in a snapshot but its revision."""
    parts = (
        snapshot.actors,
        snapshot.collaborations,
        snapshot.participations,
        snapshot.themes,
        snapshot.places,
        snapshot.links,
        snapshot.sources,
    )
    return identifiers.digest(
        *(json.dumps(thing.model_dump(mode="json"), sort_keys=True) for part in parts for thing in part),
        *(json.dumps([word.a, word.b, word.verdict]) for word in snapshot.judgements),
    )


def _import(row: Row) -> ImportRun:
    finished = row["finished"]
    return ImportRun(
        id=row["id"],
        name=row["name"],
        source=row["source"],
        fingerprint=row["fingerprint"],
        sequence=row["sequence"],
        started=datetime.fromisoformat(row["started"]),
        finished=datetime.fromisoformat(finished) if finished else None,
        precedence=row["precedence"],
        undoes=row["undoes"],
    )
