"""The rows that a supposition would be in the graph: nothing here is ever written anywhere.

A what-if is answered on a copy of the snapshot with these rows in it, by the functions that measure every network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from graphsvc.analysis.supposition import Supposition
from graphsvc.model import Actor, Collaboration, Participation, Snapshot, View

SOURCE: Final = "what-if"
"""The source that hypothetical participations name; the graph has none of that id."""
T = TypeVar("T", Actor, Collaboration)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a supposition adds to a snapshot."""

    actors: tuple[Actor, ...] = ()
    collaborations: tuple[Collaboration, ...] = ()
    participations: tuple[Participation, ...] = ()


def rows_of(supposition: Supposition, snapshot: Snapshot, view: View) -> Rows:
    """Return the rows that a settled supposition would be in the graph, so that ``view`` shows them where it can.

    A hypothetical collaboration has the view's theme beside its own, and begins on the last day of the view, or its
    first where it has no last; without days it has no start. Ids are new ones, the same for the same question.
    """
    ids = _Ids({each.id for each in snapshot.actors} | {each.id for each in snapshot.collaborations})
    newcomers = tuple(
        Actor(id=ids.next("actor"), name=each.name, kind=each.kind, place=each.place) for each in supposition.actors
    )
    called = {actor.name: actor.id for actor in newcomers}
    works: list[Collaboration] = []
    claims: list[Participation] = []
    start = min((day for day in (view.until, view.as_of) if day), default=view.since)
    of_view = {view.theme} if view.theme else set()
    for name, members, themes in _works(supposition, called):
        id_ = ids.next("collaboration")
        works.append(Collaboration(id=id_, name=name, start=start, themes=tuple(sorted({*themes, *of_view}))))
        claims += [_claim(actor, id_) for actor in sorted(set(members))]
    for actor, each in zip(newcomers, supposition.actors, strict=True):
        claims += [_claim(actor.id, id_) for id_ in sorted(set(each.joins))]
    return Rows(newcomers, tuple(works), tuple(claims))


def _works(
    supposition: Supposition, called: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield name, ids of the participants and themes of each hypothetical collaboration."""
    for pair in supposition.introductions:
        yield f"{pair.a} – {pair.b}", (pair.a, pair.b), pair.themes
    for work in supposition.collaborations:
        yield work.name, (*work.participants, *(called[name] for name in work.newcomers)), work.themes
    for actor in supposition.actors:
        if actor.themes:
            yield actor.name, (called[actor.name],), actor.themes


def _claim(actor: str, collaboration: str) -> Participation:
    return Participation(actor=actor, collaboration=collaboration, source=SOURCE)


class _Ids:
    """Ids that the graph does not have, in order."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = taken
        self._last = 0

    def next(self, noun: str) -> str:
        while True:
            self._last += 1
            id_ = f"what-if-{noun}-{self._last}"
            if id_ not in self._taken:
                return id_


def supposed(snapshot: Snapshot, rows: Rows, supposition: Supposition, canonical: Mapping[str, str]) -> Snapshot:
    """Return a copy of the snapshot with the rows in it, and without what a settled supposition takes away.

    ``canonical`` says who stands for whom: an actor leaves with all the entries that it stands for.
    """
    leaving = set(supposition.without_actors)
    gone = {each.id for each in snapshot.actors if canonical.get(each.id, each.id) in leaving} if leaving else leaving
    ended = set(supposition.without_collaborations)
    claims = snapshot.participations
    if gone or ended:
        claims = tuple(each for each in claims if each.actor not in gone and each.collaboration not in ended)
    return replace(
        snapshot,
        actors=_with(snapshot.actors, rows.actors, gone),
        collaborations=_with(snapshot.collaborations, rows.collaborations, ended),
        participations=(*claims, *rows.participations),
    )


def _with(there: Iterable[T], new: Iterable[T], gone: Collection[str]) -> tuple[T, ...]:
    found: list[T] = [each for each in there if each.id not in gone]
    found += new
    return tuple(sorted(found, key=lambda each: each.id))
