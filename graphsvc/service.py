"""The straight line: file → records → graph → network → measures and gaps → map. Read this first.

Everything that a command, an endpoint or a notebook does is one call here; this is the only place that knows the order
of the rooms. What follows from the network of a view stands in ``findings.py``, what is drawn and written of it in
``showing.py``. Answers are kept per revision of the graph, so that the same number is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, Self, TypeVar

from graphsvc import (
    asof,
    chronicle,
    entries,
    importing,
    judging,
    listing,
    loading,
    lookup,
    personal,
    profiles,
    retaining,
    rulebook,
    sourced,
    surroundings,
)
from graphsvc.access.installation import Access
from graphsvc.analysis.arrays import Elsewhere
from graphsvc.answers import (
    ActorProfile,
    ActorQuery,
    CollaborationProfile,
    CollaborationQuery,
    Named,
    Page,
    cursor_text,
    read_cursor,
)
from graphsvc.contacts import Contacts
from graphsvc.errors import NotFound
from graphsvc.importing import Brought, Confirmed, Desk, Finding, ImportTold, Look, Recognised
from graphsvc.ingest.confined_limits import DEFAULT, Limits, limits_of
from graphsvc.ingest.mapping import Mapping
from graphsvc.ingest.opening import columns_of
from graphsvc.ingest.reading import Progress
from graphsvc.jobs.place import table_of
from graphsvc.jobs.table import JobTable
from graphsvc.judging import Judged, JudgedPair, JudgementQuery, Saying
from graphsvc.loading import Checked, Loaded
from graphsvc.measuring_elsewhere import engine_of
from graphsvc.model import EVERYTHING, Actor, Collaboration, Verdict, View
from graphsvc.outlook import Outlook
from graphsvc.portrait import PortraitAsk, portray
from graphsvc.publishing import Publications
from graphsvc.render.portrait_content import Portrait
from graphsvc.repeats import Repeats
from graphsvc.settings import Settings
from graphsvc.sharing.place import shelf_of
from graphsvc.sharing.shelf import Shelf
from graphsvc.showing import Showing
from graphsvc.sourced import RecordShown
from graphsvc.store import backup, feed, precedence, undoing
from graphsvc.store.change import ImportRun, Noted
from graphsvc.store.finding import ActorSearch, CollaborationSearch, Found
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from graphsvc.store.precedence import Preference, Preferred
from graphsvc.store.records import Wanted
from graphsvc.store.status import SourceStatus, Status
from graphsvc.store.undoing import Undone
from graphsvc.uploads import Uploads

T = TypeVar("T")


class Service(Showing):
    """The whole service on one store: what goes in, what comes out, all of :class:`Showing`. Threads may share it."""

    def __init__(
        self,
        store: GraphStore,
        *,
        today: Callable[[], date] | None = None,
        limits: Limits = DEFAULT,
        shelf: Shelf | None = None,
        jobs: JobTable | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """``limits`` are those of the process that reads a file; ``shelf`` holds what processes share;
        ``elsewhere`` is who else measures networks."""
        self._limits = limits
        self.today = today or (lambda: asof.day_of(datetime.now(UTC)))
        """The day that answers without an as-of date hold for."""
        super().__init__(store, Outlook(store, self.today, shelf, elsewhere))
        self.jobs = jobs or JobTable()
        """What takes long and was asked for; :mod:`graphsvc.working` says what there is."""
        self.desk = Desk(store, Uploads(), limits)
        """Files that were sent in."""
        self.repeats = Repeats()
        """What was answered under the keys of requests that may come twice."""
        self.passing = retaining.Passing(self.jobs, self.desk.uploads, self.repeats)
        """What is kept for a time only."""
        self.contacts = Contacts(store, self.today, self.outlook.united)

    @classmethod
    def open(cls, settings: Settings, *, work: Literal["requests", "jobs"] = "requests") -> Self:
        """Open the store that the settings name; ``work`` and errors are those of :func:`open_store`."""
        limits = limits_of(
            megabytes=settings.reader_memory, seconds=settings.reader_seconds, contacts=settings.contacts
        )
        store, shelf, jobs = open_store(settings, work=work), shelf_of(settings), table_of(settings)
        made = cls(store, limits=limits, shelf=shelf, jobs=jobs, elsewhere=engine_of(settings, store))
        made.contacts.kept = settings.contacts
        made.own_calls = settings.home / rulebook.FOLDER
        made.desk, made.repeats = Desk(store, Uploads.of(settings), limits, settings.home), Repeats.of(settings)
        made.publications, access = Publications.of(settings), Access.of(settings.home, settings.audit_days)
        made.passing = retaining.Passing(jobs, made.desk.uploads, made.repeats, access, settings.job_days)
        return made

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()
        for kept in (self.jobs, self.desk.uploads, self.repeats):
            kept.close()

    def retain(self) -> retaining.LetGo:
        """Let go of what has had its time: jobs, uploads, sessions, old rows of the audit trail, contact persons."""
        gone = retaining.retain(self.passing)
        return replace(gone, contacts=self.contacts.let_go())

    def person(self, who: str) -> personal.Dossier:
        """Return all that is held of a person. Errors: those of :func:`graphsvc.personal.dossier`."""
        return personal.dossier(personal.Place(self._store, self.passing, self.publications), who)

    def forget(self, who: str, instead: str, backups: Iterable[Path] = ()) -> personal.Forgotten:
        """Take a person's name out of everything. Errors: those of :func:`graphsvc.personal.forget`."""
        return personal.forget(personal.Place(self._store, self.passing, self.publications), who, instead, backups)

    # ---- in: a file is looked at, then saved

    def columns(self, path: Path) -> Mapping:
        """Return how the columns of a file's tables would be read; an empty mapping for a file without tables."""
        return columns_of(path, self._limits)

    def check(self, path: Path, progress: Progress | None = None, mapping: Mapping | None = None) -> Checked:
        """Read a file, as ``mapping`` says, without saving anything: what it holds, and each row that is wrong."""
        return loading.check(self._store, path, progress, self._limits, mapping)

    def load(self, checked: Checked, progress: Progress | None = None) -> Loaded:
        """Save what a checked file says. The same file again changes nothing; an interrupted import goes on."""
        return loading.load(self._store, checked, progress, now=lambda: datetime.now(UTC))

    def recognised(self, upload: str) -> Recognised:
        """Return what an upload is and how its columns are read; errors as :func:`graphsvc.importing.recognised`."""
        return importing.recognised(self.desk, upload)

    def look(self, asked: Look, progress: Progress | None = None) -> Finding:
        """Look at an upload without saving anything. Errors: those of :func:`graphsvc.importing.look`."""
        return importing.look(self.desk, asked, progress)

    def bring(self, asked: Confirmed, progress: Progress | None = None) -> Brought:
        """Save an upload as it was looked at. Errors: those of :func:`graphsvc.importing.bring`."""
        return importing.bring(self.desk, asked, progress)

    def imports_told(self) -> tuple[ImportTold, ...]:
        """Return every import and undoing, the newest first, with whether it may be undone."""
        return importing.told(self._store)

    def import_told(self, id_: str) -> ImportTold:
        """Return an import or an undoing with what it changed. :class:`NotFound`."""
        return importing.told_of(self._store, id_)

    def check_undo(self, import_id: str) -> None:
        """Raise what :meth:`undo` would raise before it changes anything."""
        importing.check_undo(self._store, import_id)

    def imports(self) -> tuple[ImportRun, ...]:
        """Return every import and undoing, oldest first."""
        return self._store.imports()

    def undo(self, import_id: str, progress: Progress | None = None) -> Undone:
        """Take back the last import of a source. Errors: those of :func:`graphsvc.store.undoing.undo`."""
        return undoing.undo(self._store, import_id, progress)

    def back_up(self, path: Path, progress: Progress | None = None) -> backup.Held:
        """Save the whole graph to a file. Errors: those of :func:`graphsvc.store.backup.save`."""
        return backup.save(self._store, path, progress)

    def restore(self, path: Path, progress: Progress | None = None) -> backup.Held:
        """Fill the graph, which must be empty, with a backup. Errors: :func:`graphsvc.store.backup.restore`."""
        return backup.restore(self._store, path, progress)

    # ---- in: persons say which entries are one body

    def judge(self, saying: Saying, verdict: Verdict) -> Judged:
        """Note what a person says of two entries. Errors: those of :func:`graphsvc.judging.judge`."""
        return judging.judge(self._store, saying, verdict)

    def unmerge(self, saying: Saying) -> Judged:
        """Undo a merging of two entries exactly; where no person merged them, note that they are two."""
        return judging.unmerge(self._store, saying)

    def withdraw(self, saying: Saying) -> Judged:
        """Take back the last word on two entries. Errors: those of :func:`graphsvc.judging.withdraw`."""
        return judging.withdraw(self._store, saying)

    def withdraw_act(self, act: str, by: str, reason: str) -> Judged:
        """Take back a word by its id. Errors: those of :func:`graphsvc.judging.withdraw`."""
        return judging.withdraw_act(self._store, act, by, reason)

    def judgements(self, query: JudgementQuery) -> Page[JudgedPair]:
        """Return one page of the judgements that count; those with ``unsure`` are the review queue."""
        return self._page(judging.find(self._store, query, read_cursor(query.after)))

    def waiting(self) -> int:
        """Return how many questions the review queue holds; counted once for each revision."""
        return self.outlook.recall("waiting", EVERYTHING, lambda _: judging.waiting(self._store))

    # ---- out: lists and things

    def revision(self) -> int:
        """Return the graph's revision: it rises with each committed change."""
        return self._store.revision()

    def status(self) -> Status:
        """Say what the graph holds; counted once for each revision."""
        return self.outlook.recall("status", EVERYTHING, lambda _: self._store.status())

    def find_actors(self, query: ActorQuery) -> Page[Actor]:
        """Return one page of actors, by name."""
        search = ActorSearch(query.text, query.kinds, query.place, query.theme, as_of=query.as_of, source=query.source)
        if query.order != listing.BY_NAME:
            part, total = listing.actors(self.outlook, self._store, query, search)
            items = tuple(asof.actor(each, query.as_of) for each in part.items)
            return Page(items, total, part.next, self.revision())
        after, known = read_cursor(query.after), self.outlook.united(query.as_of)
        if query.recorded:
            found = self.outlook.by_name.actors(search, limit=query.limit, after=after)
        else:
            by_name = self.outlook.by_name
            found = entries.find(self._store, known, search, limit=query.limit, after=after, by_name=by_name)
        return self._page(replace(found, items=tuple(asof.actor(each, query.as_of) for each in found.items)))

    def actor(self, id_: str, as_of: date | None = None) -> ActorProfile:
        """Return a body with all that is said of it, by the id of any entry of it. :class:`NotFound` for none."""
        said, known = self.outlook.of_actors(), self.outlook.united(as_of)
        return profiles.of_actor(self._store, said, known, id_, lambda standing: self._partners(standing, as_of), as_of)

    def portrait(self, ask: PortraitAsk) -> Portrait:
        """Return what one page says of a body in its network. Errors: those of :func:`graphsvc.portrait.portray`."""
        return self.outlook.share(ask.shared, lambda _: portray(self, ask))

    def history_of_actor(self, id_: str, limit: int = 50, after: str | None = None) -> chronicle.Chronicle:
        """Return one page of what became of a body, the oldest first. :class:`NotFound` for none."""
        known, held = self.outlook.united(), self.outlook.held()
        return chronicle.of_body(self._store, known, id_, held=held, limit=limit, after=after)

    def actor_by(self, scheme: str, value: str) -> tuple[Actor, ...]:
        """Return the actors with an identifier, by id. Errors: those of :func:`graphsvc.lookup.actors_by`."""
        return lookup.actors_by(self._store, self.outlook.united(), scheme, value)

    def actor_meant(self, text: str) -> str:
        """Return the id of an actor by its id, an identifier or a name. Errors: :func:`graphsvc.lookup.actor_meant`."""
        return lookup.actor_meant(self._store, self.outlook.united(), text)

    def resolve_name(self, text: str, limit: int = 10) -> tuple[Named, ...]:
        """Return the bodies of today that a typed name may mean, the likeliest first, each with reasons."""
        index, known = self.outlook.names()
        return tuple(Named(known[hit.actor], hit.score, hit.grounds) for hit in index.find(text, limit))

    def find_collaborations(self, query: CollaborationQuery) -> Page[Collaboration]:
        """Return one page of collaborations, by name."""
        search = CollaborationSearch(
            query.text, query.kinds, query.theme, query.actor, query.active_on, query.as_of, query.source
        )
        if query.order != listing.BY_NAME:
            part, total = listing.collaborations(self.outlook, self._store, query, search)
            return Page(part.items, total, part.next, self.revision())
        by_name = self.outlook.by_name
        return self._page(by_name.collaborations(search, limit=query.limit, after=read_cursor(query.after)))

    def collaboration(self, id_: str, as_of: date | None = None) -> CollaborationProfile:
        """Return a collaboration with its participants. :class:`NotFound` when there is none, or none yet."""
        return profiles.of_collaboration(self._store, id_, as_of)

    # ---- out: where it all comes from

    def changes_since(self, revision: int, limit: int = 20) -> tuple[feed.Happened, ...]:
        """Return what happened after a revision, the oldest first, and the things that each change may have touched."""
        return feed.since(self._store, revision, limit)

    def sources(self) -> tuple[SourceStatus, ...]:
        """Return every source: the files in the order in which they are believed, then those only spoken of."""
        return self.outlook.recall("sources", EVERYTHING, lambda _: self._store.source_statuses())

    def spoken_of(self, source: str) -> tuple[int, int]:
        """Return of how many actors and collaborations a source speaks, entries as they are; one that is there."""

        def count(_: View) -> tuple[int, int]:
            actors = self.find_actors(ActorQuery(source=source, recorded=True, limit=1))
            return actors.total, self.find_collaborations(CollaborationQuery(source=source, limit=1)).total

        return self.outlook.recall(f"spoken of by {source}", EVERYTHING, count)

    def prefer(self, preference: Preference) -> Preferred:
        """Set whose word comes first. Errors: those of :func:`graphsvc.store.precedence.prefer`."""
        return precedence.prefer(self._store, preference)

    def place_name(self, id_: str) -> str:
        """Return the name of a place; of one that is not there its id."""
        place = surroundings.places(self.outlook).get(id_)
        return place.name if place else id_

    def preferences(self) -> tuple[Noted, ...]:
        """Return how persons changed the order of the sources, with who and why, oldest first."""
        return precedence.changes(self._store)

    def records_of_actor(self, id_: str, limit: int = 50, after: str | None = None) -> Page[RecordShown]:
        """Return one page of the rows that speak of a body, by any of its entries. :class:`NotFound` for none."""
        known = self.outlook.united()
        if self._store.actor(id_) is None:
            raise NotFound("actor", id_)
        ids = known.entries.get(known.standing(id_), (id_,))
        return self._page(sourced.of_actor(self._store, ids, Wanted(limit, read_cursor(after))))

    def records_of_collaboration(self, id_: str, limit: int = 50, after: str | None = None) -> Page[RecordShown]:
        """Return one page of the rows that speak of a collaboration. :class:`NotFound` for none."""
        return self._page(sourced.of_collaboration(self._store, id_, Wanted(limit, read_cursor(after))))

    def records_of_source(self, id_: str, limit: int = 50, after: str | None = None) -> Page[RecordShown]:
        """Return one page of the rows of a source. :class:`NotFound` for none."""
        return self._page(sourced.of_source(self._store, id_, Wanted(limit, read_cursor(after))))

    def record(self, id_: str) -> RecordShown:
        """Return one row of a source as it came. :class:`NotFound` for none."""
        return sourced.by_id(self._store, id_)

    def place_meant(self, text: str) -> str:
        """Return the id of a place by its id or name. Errors: those of :func:`graphsvc.lookup.place_meant`."""
        return lookup.place_meant(self.snapshot(), text)

    def source_meant(self, text: str) -> str:
        """Return the id of a source by its id or name. Errors: those of :func:`graphsvc.lookup.place_meant`."""
        return lookup.source_meant(self._store.sources(), text)

    def theme_meant(self, text: str) -> str:
        """Return the id of a theme by its id or a name of it. Errors: those of :func:`graphsvc.lookup.place_meant`."""
        return lookup.theme_meant(self.snapshot(), text)

    def collaboration_meant(self, text: str) -> str:
        """Return the id of a collaboration by its id or name. Errors: those of :func:`graphsvc.lookup.place_meant`."""
        return lookup.collaboration_meant(self.snapshot(), text)

    # ---- inside

    def _partners(self, id_: str, as_of: date | None) -> tuple[tuple[Actor, int], ...]:
        view = View(as_of=as_of)
        network, standing = self.network(view), self.outlook.identity(view).canonical.get(id_, id_)
        return network.partners(standing) if standing in network.actors else ()

    def _page(self, found: Found[T]) -> Page[T]:
        return Page(found.items, found.total, cursor_text(found.next), self.revision())
