"""Files that come in over the web: recognised, looked at, saved as they were looked at, and taken back.

What is confirmed is exactly what was looked at: a dry run gives a digest over the file, its name, the reading of its
columns and the revision of the graph, and only while all of these are the same is the file saved under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from graphsvc import loading
from graphsvc.errors import GraphsvcError, InputError, InvalidValue, UnreadableFile
from graphsvc.identifiers import digest
from graphsvc.ingest import mapping_files, opening
from graphsvc.ingest.confined_limits import Limits
from graphsvc.ingest.mapping import Mapping
from graphsvc.ingest.reading import Problem, Progress, Reading, Tally
from graphsvc.loading import Checked, Loaded
from graphsvc.model import Claim, Judgement
from graphsvc.proposing import Proposed
from graphsvc.store import feed, undoing
from graphsvc.store.change import ImportRun
from graphsvc.store.comparing import Compared, compared
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.history import History, find_run, history_of
from graphsvc.uploads import Upload, Uploads

KEPT_PROBLEMS: Final = 5_000
"""Wrong rows of a file that are told one by one."""
KEPT_MATCHES: Final = 500
"""Pairs of entries that are told one by one; after the import all are in the review queue."""
TOLD_BATCHES: Final = 40
"""Batches of an import up to which it is told what it changed: 80,000 rows."""


class NotAsChecked(GraphsvcError):
    """What is to be saved is not what was looked at."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What uploads are worked on with."""

    store: GraphStore
    uploads: Uploads
    limits: Limits
    home: Path | None = None
    """The data folder, where mappings are remembered; None for none."""


@dataclass(frozen=True, slots=True)
class Look:
    """Which upload is to be looked at, its columns read how."""

    upload: str
    mapping: Mapping | None = None
    """None: as the reader finds out by itself."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That an upload is to be saved as it was looked at."""

    upload: str
    digest: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is, before it is read."""

    mapping: Mapping
    """How its columns would be read as a list; no sheets where it has no tables."""
    format: str = ""
    """What its reader takes it for by itself; empty where that is not asked, or nobody knows it."""
    by_itself: bool = False
    """Whether that reader knows what columns are, or needs none: ``mapping`` is only what else they could be."""
    remembered: bool = False
    """Whether a person said so for a file with the same headings: then it is to be read so."""
    unknown: str = ""
    """Why nobody knows it by itself: then it is read by a mapping only."""
    remedy: str = ""
    """What to do about that."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of the file and one that is there, or two of the file, that may be one body."""

    a: str
    a_name: str
    b: str
    b_name: str
    score: float
    sure: bool
    """Whether they count as one unless a person says otherwise; else a person must decide."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a dry run of an upload found. Nothing is saved."""

    digest: str
    revision: int
    mapping: Mapping | None
    file: str
    format: str = ""
    refused: str = ""
    """Why the file as a whole can't be read; empty where it can."""
    remedy: str = ""
    """What to do about that."""
    rows: int = 0
    wrong_rows: int = 0
    unread_sheets: tuple[str, ...] = ()
    new_actors: int = 0
    known_actors: int = 0
    contacts: int = 0
    """Contact persons that it names; none is counted where none are kept."""
    already_loaded: bool = False
    compared: Compared = field(default_factory=Compared)
    matches: tuple[Match, ...] = ()
    sure: int = 0
    doubtful: int = 0
    problem_count: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    run: ImportRun
    loaded: Loaded


@dataclass(frozen=True, slots=True)
class ImportTold:
    """An import or an undoing, and what it changed."""

    run: ImportRun
    undone: bool
    """Whether a later undoing took it back."""
    undoable: bool
    """Whether it may be undone now: nothing later of its source stands."""
    changed: Compared | None = None
    """Against the version of the file before; None where that was not asked, or it is too large to tell at once."""


_FINDING: Final = TypeAdapter(Finding)


# ---- a file is looked at


def recognised(desk: Desk, id_: str) -> Recognised:
    """Return what an upload is. Errors: :class:`NotFound`, and those of a file that can't be read whatever is said."""
    path = desk.uploads.path(desk.uploads.get(id_))
    proposed = opening.columns_of(path, desk.limits)
    known = mapping_files.remembered(desk.home, proposed) if desk.home and proposed.sheets else None
    if known:
        return Recognised(known, remembered=True)
    try:
        reading = opening.open_file(path, desk.limits)
    except InputError as error:
        if not proposed.sheets:
            raise
        return Recognised(proposed, unknown=error.message, remedy=error.remedy)
    mapping = getattr(reading, "mapping", None)
    return Recognised(mapping or proposed, reading.format, by_itself=mapping is None)


def digest_of(upload: Upload, mapping: Mapping | None, revision: int) -> str:
    """Return what stands for a file read in a certain way at a certain state of the graph."""
    says = mapping.says if mapping else ""
    return digest(upload.sha256, upload.name, says, str(revision))[:32]


def look(desk: Desk, asked: Look, progress: Progress | None = None) -> Finding:
    """Look at an upload and keep what was found beside it. A file that can't be read is a finding too.

    Errors: :class:`NotFound`, and those of the store.
    """
    upload, revision = desk.uploads.get(asked.upload), desk.store.revision()
    mark = digest_of(upload, asked.mapping, revision)
    try:
        path = desk.uploads.path(upload)
        checked = loading.check(desk.store, path, progress, desk.limits, asked.mapping, KEPT_PROBLEMS)
    except InputError as error:
        found = Finding(mark, revision, asked.mapping, upload.name, refused=error.message, remedy=error.remedy)
    else:
        found = _finding(mark, revision, asked.mapping, checked)
    desk.uploads.find(upload.id, mark, _FINDING.dump_json(found).decode())
    return found


def found(desk: Desk, upload: str, mark: str) -> Finding | None:
    """Return what was found in an upload under a digest; None where nothing was."""
    kept = desk.uploads.finding(upload, mark)
    return _FINDING.validate_json(kept) if kept else None


def _finding(mark: str, revision: int, mapping: Mapping | None, checked: Checked) -> Finding:
    tally, proposed = checked.tally, checked.proposed
    return Finding(
        digest=mark,
        revision=revision,
        mapping=mapping,
        file=checked.reading.source.name,
        format=checked.reading.format,
        rows=tally.rows,
        wrong_rows=tally.wrong_rows,
        unread_sheets=tuple(tally.unread_sheets),
        new_actors=checked.new,
        known_actors=checked.known,
        contacts=tally.claims["Contact"],
        already_loaded=checked.already_loaded,
        compared=checked.compared,
        matches=tuple(_matches(proposed))[:KEPT_MATCHES],
        sure=len(proposed.sure),
        doubtful=len(proposed.doubtful),
        problem_count={str(severity): count for severity, count in sorted(tally.problem_count.items())},
        problems=tuple(tally.problems),
    )


def _matches(proposed: Proposed) -> Iterator[Match]:
    """Yield the pairs that a person must decide, then those that are sure."""

    def match(word: Judgement, *, sure: bool) -> Match:
        names = [proposed.actors[id_].name for id_ in (word.a, word.b)]
        return Match(word.a, names[0], word.b, names[1], word.score or 0.0, sure)

    yield from (match(word, sure=False) for word in proposed.doubtful)
    yield from (match(word, sure=True) for word in proposed.sure)


# ---- it is saved as it was looked at


def confirm(desk: Desk, asked: Confirmed, mapping: Mapping | None) -> Finding:
    """Return what was found, if it is just this that is to be saved now.

    Raises :class:`NotAsChecked` with what changed meanwhile, :class:`InvalidValue` for a file that can't be read.
    """
    kept = _looked_at(desk, asked)
    if (mapping.says if mapping else "") != (kept.mapping.says if kept.mapping else ""):
        raise NotAsChecked(
            f"The columns of {kept.file} are to be read otherwise than they were checked.", remedy="Check it again."
        )
    _refuse_changed_graph(desk.store, kept)
    return kept


def _looked_at(desk: Desk, asked: Confirmed) -> Finding:
    upload = desk.uploads.get(asked.upload)
    kept = found(desk, upload.id, asked.digest)
    if kept is None:
        raise NotAsChecked(f"Nothing was found in {upload.name} under this digest.", remedy="Check it first.")
    if kept.refused:
        raise InvalidValue(f"{upload.name} can't be saved: {kept.refused}", remedy=kept.remedy, field="upload")
    return kept


def _refuse_changed_graph(store: GraphStore, kept: Finding) -> None:
    if store.revision() == kept.revision:
        return
    names = feed.names_since(store, kept.revision)
    first = "; ".join(names[:3])
    message = f"Since {kept.file} was checked, the graph has changed: {first}."
    if len(names) > 3:
        message = f"Since {kept.file} was checked, the graph has changed {len(names)} times, first so: {first}."
    raise NotAsChecked(message, remedy="Check it again: what is new in it, and which rows need you, may be others now.")


def bring(desk: Desk, asked: Confirmed, progress: Progress | None = None) -> Brought:
    """Save an upload as it was looked at; begun again after a kill, it goes on where it was.

    Errors: those of :func:`confirm`, and of a file that can't be read or would lose a sheet.
    """
    kept, store = _looked_at(desk, asked), desk.store
    path = desk.uploads.path(desk.uploads.get(asked.upload))
    reading = opening.open_file(path, desk.limits, kept.mapping)
    if not (desk.uploads.begun(asked.upload, asked.digest) and _is_under_way(store, reading)):
        _refuse_changed_graph(store, kept)
        desk.uploads.begin(asked.upload, asked.digest)
    tally = Tally(unread_sheets=list(kept.unread_sheets))
    # A revision that never was: pairs are found while the rows are written, so that the file is read once only.
    checked = Checked(reading, tally, kept.new_actors, kept.known_actors, False, kept.compared, Proposed(revision=-1))
    loaded = loading.load(store, checked, progress)
    run = store.last_import(reading.source.id)
    if run is None:
        raise UnreadableFile(f"{kept.file} was taken back while it was saved.", remedy="Check it again.")
    _remember(desk, path, kept.mapping)
    return Brought(run, loaded)


def _is_under_way(store: GraphStore, reading: Reading) -> bool:
    """Whether the newest that the graph has of a file is this version, whole or a part of it."""
    history = store.history(reading.source.id)
    begun = history.broken_off
    is_begun = begun is not None and not begun.undoes and begun.fingerprint == reading.fingerprint
    return is_begun or history.holds(reading.fingerprint)


def _remember(desk: Desk, path: Path, mapping: Mapping | None) -> None:
    """Keep a reading of columns that a person corrected, for the next file with the same headings."""
    if mapping is None or desk.home is None:
        return
    proposed = opening.columns_of(path, desk.limits)
    known = mapping_files.remembered(desk.home, proposed)
    if known is None or known.says != mapping.says:
        mapping_files.remember(desk.home, proposed.mark, mapping)


def leave_nothing(desk: Desk, asked: Confirmed) -> None:
    """Take back what an import that is not to go on has written of its file."""
    kept = _looked_at(desk, asked)
    reading = opening.open_file(desk.uploads.path(desk.uploads.get(asked.upload)), desk.limits, kept.mapping)
    begun = desk.store.history(reading.source.id).broken_off
    if begun and not begun.undoes and begun.fingerprint == reading.fingerprint:
        undoing.undo(desk.store, begun.id)


# ---- what was imported


def told(store: GraphStore) -> tuple[ImportTold, ...]:
    """Return every import and undoing, the newest first."""
    runs = store.imports()
    undone = {run.undoes for run in runs if run.finished and run.undoes}
    of_source: dict[str, list[ImportRun]] = {}
    for run in runs:
        of_source.setdefault(run.source, []).append(run)
    histories = {source: history_of(some) for source, some in of_source.items()}
    ordered = sorted(runs, key=lambda run: (run.started, run.sequence, run.id), reverse=True)
    return tuple(ImportTold(run, run.id in undone, _undoable(histories[run.source], run)) for run in ordered)


def told_of(store: GraphStore, id_: str) -> ImportTold:
    """Return an import or an undoing with what it changed. :class:`NotFound`."""
    find_run(store.imports(), id_)
    one = next(each for each in told(store) if each.run.id == id_)
    before, after = _versions(store.imports(), one.run)
    parts = [store.contents_of(run.id) if run else () for run in (before, after)]
    if max(map(len, parts)) > TOLD_BATCHES:
        return one
    changed = compared(*(_claims(store, (id_ for id_, _ in each)) for each in parts))
    return ImportTold(one.run, one.undone, one.undoable, changed)


def check_undo(store: GraphStore, id_: str) -> None:
    """Raise what undoing an import would raise before it changes anything; see :func:`graphsvc.store.undoing.undo`."""
    run = find_run(store.imports(), id_)
    store.history(run.source).before(run)


def _undoable(history: History, run: ImportRun) -> bool:
    try:
        history.before(run)
    except InvalidValue:
        return False
    return True


def _versions(runs: Iterable[ImportRun], run: ImportRun) -> tuple[ImportRun | None, ImportRun | None]:
    """Return the versions of a file that the graph held before a run and after it."""
    earlier = [each for each in runs if each.source == run.source and each.sequence < run.sequence]
    if run.undoes is None:
        return history_of(earlier).current, run
    undone = find_run(earlier, run.undoes)
    rest = [each for each in history_of(earlier).versions if each.id != undone.id]
    return undone, rest[-1] if rest else None


def _claims(store: GraphStore, contents: Iterable[str]) -> Iterator[Claim]:
    for id_ in contents:
        yield from store.content(id_).claims
