"""What an installation holds of one person, and how the name of one is taken out of it.

``docs/how-to/personal-data.md`` says what is kept where, for what and for how long; the two functions here answer a
person who asks. Whoever they are called by must have seen that it is that person.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from graphsvc.access.audit import TERMINAL, Deed, Question
from graphsvc.access.installation import Access
from graphsvc.errors import NotFound, SettingsError, UnreadableFile
from graphsvc.publishing import Publications, Version
from graphsvc.retaining import Passing
from graphsvc.store import backup, contacts, persons
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.persons import Sought

_ALL = 1_000_000


class Fate(StrEnum):
    """What becomes of it when the person is forgotten."""

    REPLACED = "replaced"
    """Other words stand in the place of the name; what was said stays."""
    DELETED = "deleted"
    PASSES = "passes"
    """It names an id only, which nobody can tie to a person then, and goes with time."""
    WITHDRAW = "withdraw"
    """A published page is as it is: a person withdraws it (graphsvc unpublish) and publishes anew."""
    FROM_FILE = "from the file"
    """A file says it: take it out there and import that; versions of before stay until the graph is made anew."""
    LOOK = "look"
    """Words in it are probably the name, inflected (Mäkisen): nobody changes it before a person has looked."""


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held of a person."""

    where: str
    """A kind of thing in the graph (decision, judgement, record …), or user, session, key, audit, job, upload,
    publication."""
    id: str
    what: Mapping[str, Any]
    fate: Fate
    form: str = ""
    """The words that are probably the name, where it is not there as it is written."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is held of a person, as the General Data Protection Regulation has it told (Art. 15 and 20)."""

    name: str
    ids: tuple[str, ...]
    """Of the user of that name."""
    made: datetime
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done, and what is left for people to do."""

    acts: int
    """Acts in the graph out of which the name was taken."""
    contacts: int
    """Contact persons that were deleted."""
    users: int
    keys: int
    publications: int
    """Versions that were published under the name and are now under another."""
    left: tuple[Held, ...]
    backups: tuple[str, ...]
    """Files of backups that still name the person; restoring one of them calls for forgetting again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where personal data may be."""

    store: GraphStore
    passing: Passing
    publications: Publications

    @property
    def access(self) -> Access:
        """Users, keys and trail. :class:`SettingsError` where there is no installation around the graph."""
        if self.passing.access is None:
            raise SettingsError("This service has no data folder.", remedy="Set GRAPHSVC_HOME.")
        return self.passing.access


def dossier(place: Place, who: str) -> Dossier:
    """Return all that is held of a person, by name or id of a user. :class:`InvalidValue` for what is no name."""
    name, ids = _meant(place.access, who)
    sought = Sought(name)
    held = (*_in_graph(place, sought), *_in_access(place.access, sought, ids), *_around(place, sought, ids))
    for actor in sorted({str(each.what["actor"]) for each in held if each.where == "contact"}):
        place.access.trail.saw_contacts(Deed(TERMINAL, "look up a person"), actor)
    return Dossier(name, ids, datetime.now(UTC).replace(microsecond=0), held)


def forget(place: Place, who: str, instead: str, backups: Iterable[Path] = ()) -> Forgotten:
    """Put ``instead`` in the place of a person's name everywhere; what was said and who works with whom stays.

    The graph is changed whole or not at all, the rest after it; broken off, it is done again and ends the same.
    :class:`InvalidValue` for what is no name, or for words that name the person again.
    """
    access = place.access
    name, ids = _meant(access, who)
    sought = Sought(name)
    access.trail.note(Deed(TERMINAL, "forget a person"))
    acts = persons.forget(place.store, sought, instead)
    reachable = contacts.naming(place.store, sought.is_in)
    contacts.take_away(place.store, reachable, f"{len(reachable)} contact persons were deleted")
    signed = [each for each in _versions(place) if sought.is_in(each.by)]
    for version in signed:
        place.publications.sign(version.name, version.number, sought.replaced(version.by, instead))
    keys = [key for key in access.keys.all() if sought.is_in(key.name)]
    for key in keys:
        access.keys.rename(key.id, sought.replaced(key.name, instead)[:100])
    for id_ in ids:
        access.users.forget(id_)
    left = (*_in_graph(place, sought), *_around(place, sought, ids))
    return Forgotten(acts, len(reachable), len(ids), len(keys), len(signed), left, tuple(_naming(backups, sought)))


def _meant(access: Access, who: str) -> tuple[str, tuple[str, ...]]:
    try:
        user = access.users.meant(who)
    except NotFound:
        return who, ()
    return user.name, (user.id,)


def _in_graph(place: Place, sought: Sought) -> Iterator[Held]:
    for each in persons.mentions(place.store, sought):
        fate = Fate.REPLACED if each.ours else Fate.DELETED if each.kind == "contact" else Fate.FROM_FILE
        yield Held(each.kind, each.id, each.said, Fate.LOOK if each.form else fate, each.form)


def _in_access(access: Access, sought: Sought, ids: tuple[str, ...]) -> Iterator[Held]:
    for id_ in ids:
        yield Held("user", id_, asdict(access.users.get(id_)), Fate.DELETED)
        for made, ends, seen in access.sessions.of(id_):
            yield Held("session", id_, {"made": made, "ends": ends, "seen": seen}, Fate.DELETED)
        for row in access.trail.find(Question(caller=id_, limit=_ALL)).entries:
            yield Held("audit", str(row.number), asdict(row), Fate.PASSES)
    for key in access.keys.all():
        if sought.is_in(key.name):
            yield Held("key", key.id, asdict(key), Fate.REPLACED)


def _around(place: Place, sought: Sought, ids: tuple[str, ...]) -> Iterator[Held]:
    """Yield jobs and uploads of a person, and published versions that name one."""
    for job in place.passing.jobs.find(limit=_ALL)[0]:
        if job.by in ids or sought.is_in(job.by) or sought.is_in(job.arguments):
            yield Held("job", job.id, asdict(job), Fate.PASSES)
    for upload in place.passing.uploads.all():
        if upload.by in ids or sought.is_in(upload.by) or sought.is_in(upload.name):
            yield Held("upload", upload.id, asdict(upload), Fate.PASSES)
    for version in _versions(place):
        told = {"title": version.title, "by": version.by, "made": version.made, "address": version.path}
        page = "" if version.withdrawn else place.publications.page(version.name, version.number)
        if sought.is_in(html.unescape(page)):
            yield Held("publication", f"{version.name}/{version.number}", told, Fate.WITHDRAW)
        elif sought.is_in(version.by):
            yield Held("publication", f"{version.name}/{version.number}", told, Fate.REPLACED)
        elif form := sought.form_in(html.unescape(page)):
            yield Held("publication", f"{version.name}/{version.number}", told, Fate.LOOK, form)


def _versions(place: Place) -> Iterator[Version]:
    for name in place.publications.names():
        yield from place.publications.versions(name)


def _naming(backups: Iterable[Path], sought: Sought) -> Iterator[str]:
    for path in sorted(backups):
        try:
            if backup.names(path, sought.is_in):
                yield str(path)
        except UnreadableFile:
            continue  # a folder of backups may hold other files
