"""An actor or a collaboration with all that is said of it, by whom, and as of which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from graphsvc import asof, entries
from graphsvc.answers import ActorProfile, CollaborationProfile
from graphsvc.entries import United
from graphsvc.errors import NotFound
from graphsvc.model import Actor, Collaboration, Source
from graphsvc.store.differences import SaidBy, said_by
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.of_actors import OfActors

Partners = Callable[[str], tuple[tuple[Actor, int], ...]]
"""Id of the entry that stands for a body → its partners with the number of collaborations shared."""


def of_actor(
    store: GraphStore, said_of: OfActors, known: United, id_: str, partners: Partners, as_of: date | None = None
) -> ActorProfile:
    """Return a body with all that is said of it, by the id of any entry of it. :class:`NotFound` for none."""
    revision, id_ = store.revision_seen(), known.standing(id_)
    found = known.bodies.get(id_) or said_of.actor(id_)
    if found is None:
        raise NotFound("actor", id_)
    actor, ids = asof.actor(found, as_of), known.entries.get(id_, (id_,))
    claims = asof.participations((claim for each in ids for claim in said_of.participations_of_actor(each)), as_of)
    links = asof.links(dict.fromkeys(link for each in ids for link in said_of.links_of(each)), as_of)
    rows, sources = {each: store.descriptions_of_actor(each) for each in ids}, said_of.sources()
    said = _said_by(actor, [row for each in ids for row in rows[each]])
    cited = {actor.source, *(claim.source for claim, _ in claims), *(link.source for link in links)}
    return ActorProfile(
        actor=actor,
        participations=claims,
        links=links,
        partners=partners(id_),
        sources=_cited(sources, cited, said),
        revision=revision,
        differences=tuple(
            difference for each in ids for difference in store.differences_of_actor(each, rows[each], sources)
        ),
        entries=entries.entries_of(store, known, id_),
        said_by=said,
    )


def of_collaboration(store: GraphStore, id_: str, as_of: date | None = None) -> CollaborationProfile:
    """Return a collaboration with its participants. :class:`NotFound` for none that had begun."""
    revision, collaboration = store.revision_seen(), store.collaboration(id_)
    if collaboration is None:
        raise NotFound("collaboration", id_)
    if not asof.begun(collaboration.start, as_of):
        raise NotFound("collaboration", id_, remedy=f"It begins on {collaboration.start}, after the day asked for.")
    claims = asof.participations(store.participations_of_collaboration(id_), as_of)
    rows, sources = store.descriptions_of_collaboration(id_), store.sources()
    said = _said_by(collaboration, rows)
    cited = {collaboration.source, *(claim.source for claim, _ in claims)}
    return CollaborationProfile(
        collaboration=collaboration,
        participations=claims,
        sources=_cited(sources, cited, said),
        revision=revision,
        differences=store.differences_of_collaboration(id_, claims, rows, sources),
        said_by=said,
    )


def _said_by(thing: Actor | Collaboration, rows: list[dict[str, Any]]) -> SaidBy:
    shown: dict[str, Any] = {"attributes": thing.attributes}
    if isinstance(thing, Actor):
        shown |= {**dict(thing), "kind": thing.kind.value, "names": [name.text for name in thing.names]}
    else:
        days = {"starts": thing.start, "ends": thing.end}
        shown |= {**dict(thing), "kind": thing.kind.value, "long_name": thing.title, **days}
    return said_by(rows, shown)


def _cited(sources: tuple[Source, ...], cited: set[str | None], said: SaidBy) -> tuple[Source, ...]:
    """Return the sources that are cited, and the files that say what is shown."""
    named = (said.values, said.names, said.attributes)
    files = {file for by in named for who in by.values() for file in who}
    return tuple(source for source in sources if source.id in cited | files)
