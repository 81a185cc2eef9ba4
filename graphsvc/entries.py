"""Bodies that unite several entries: found as one by any of them, and shown with what each adds.

They are few, so they are matched here, with all that the body shows, and the engine is told which entries to pass over
and which to let in: a page has the right length, each body comes once, and under the name of the entry that stands for
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from graphsvc.model import Actor, IdentityLevel, Judgement, Link, LinkKind, Verdict
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import identify
from graphsvc.store.by_name import ByName
from graphsvc.store.finding import ActorSearch, Cursor, Found, inside
from graphsvc.store.graph_store import GraphStore


@dataclass(frozen=True, slots=True)
class United:
    """The bodies of several entries, at one revision and on one day."""

    bodies: Mapping[str, Actor]
    """Id of the entry that stands for a body → what the body shows."""
    entries: Mapping[str, tuple[str, ...]]
    """The same ids → ids of all entries of the body, the standing one first."""
    stands_for: Mapping[str, str]
    """Id of each of these entries → id of the one that stands for it."""
    texts: Mapping[str, str]
    """The same ids → what a search looks into."""
    links: tuple[Link, ...]
    """What files say of entries being one body."""
    judgements: tuple[Judgement, ...]
    """What persons and the matching say of it."""

    @property
    def apart(self) -> tuple[str, ...]:
        """The ids of all entries of these bodies."""
        return tuple(sorted(self.stands_for))

    def standing(self, id_: str) -> str:
        """Return the id of the entry that stands for an entry; its own where it is a body of its own."""
        return self.stands_for.get(id_, id_)


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the entries that a body unites, and who says that it is that body."""

    actor: Actor
    judgements: tuple[Judgement, ...]
    links: tuple[Link, ...]


def united(store: GraphStore, on: date) -> United:
    """Return the bodies of several entries as of a day."""
    links = tuple(link for link in store.links() if link.kind in (LinkKind.SAME_AS, LinkKind.SUCCEEDED_BY))
    words = store.judgements()
    same = {id_ for word in words if word.verdict is Verdict.SAME for id_ in (word.a, word.b)}
    same |= {id_ for link in links if link.kind is LinkKind.SAME_AS for id_ in (link.actor, link.other)}
    actors = store.actors_by_ids(same)
    # A successor among the entries stands for them, whether or not its predecessor is one of them.
    before = store.actors_by_ids({link.actor for link in links if link.other in same} - same)
    identity = identify((*actors, *before), links, IdentityLevel.CURRENT, on, words)
    duplicates = replace(identity, canonical=identity.bodies, today=identity.bodies)
    entries = bodies.entries(identity)
    stands_for = {id_: top for top, ids in entries.items() for id_ in ids}
    shown = bodies.shown(actors, duplicates)
    words_of = {row["id"]: row["search"] for row in store.search_texts(stands_for)}
    return United(
        bodies={top: shown[top] for top in entries},
        entries=entries,
        stands_for=stands_for,
        texts={top: " ".join(words_of.get(id_, "") for id_ in ids) for top, ids in entries.items()},
        links=tuple(link for link in links if link.kind is LinkKind.SAME_AS),
        judgements=tuple(word for word in words if word.verdict is Verdict.SAME),
    )


def entries_of(store: GraphStore, known: United, id_: str) -> tuple[Entry, ...]:
    """Return the entries of the body that ``id_`` is, each with what is said of it and another of them; () for one."""
    ids = known.entries.get(id_, ())
    if not ids:
        return ()
    return tuple(
        Entry(
            actor,
            tuple(word for word in known.judgements if actor.id in (word.a, word.b) and {word.a, word.b} <= set(ids)),
            tuple(link for link in known.links if actor.id in (link.actor, link.other)),
        )
        for actor in sorted(store.actors_by_ids(ids), key=lambda actor: ids.index(actor.id))
    )


def find(
    store: GraphStore,
    known: United,
    search: ActorSearch,
    *,
    limit: int = 50,
    after: Cursor | None = None,
    by_name: ByName | None = None,
) -> Found[Actor]:
    """Return one page of the bodies that match, by name; with ``by_name``, without the store's looking at them all."""
    also = tuple(_matching(store, known, search, by_name or ByName(store)))
    found = (by_name or store).actors(replace(search, apart=known.apart, also=also), limit=limit, after=after)
    return replace(found, items=tuple(known.bodies.get(actor.id, actor) for actor in found.items))


def _matching(store: GraphStore, known: United, search: ActorSearch, by_name: ByName) -> Iterable[str]:
    """Return which of the bodies of several entries match."""
    found = [
        top
        for top, body in known.bodies.items()
        if (not search.kinds or body.kind in search.kinds) and all(term in known.texts[top] for term in search.terms)
    ]
    if found and search.place:
        places = inside(by_name.parents(), search.place)
        found = [top for top in found if known.bodies[top].place in places]
    if found and search.theme:
        about = store.actors_about((id_ for top in found for id_ in known.entries[top]), search.theme, search.as_of)
        found = [top for top in found if about.intersection(known.entries[top])]
    if found and search.source:
        said = store.actors_said_by((id_ for top in found for id_ in known.entries[top]), search.source)
        found = [top for top in found if said.intersection(known.entries[top])]
    return sorted(found)
