"""Actors and collaborations in an order other than that of their names, which the store has no index for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from graphsvc.answers import ActorQuery, CollaborationQuery
from graphsvc.entries import find
from graphsvc.identifiers import fold
from graphsvc.model import EVERYTHING, Actor, Collaboration, IdentityLevel, View
from graphsvc.ordering import Order, Part, Value, page
from graphsvc.outlook import Outlook
from graphsvc.store.finding import ActorSearch, CollaborationSearch
from graphsvc.store.graph_store import GraphStore

BY_NAME: Final = "name"
"""The order that the store has an index for."""
ACTOR_KEYS: Final = ("name", "kind", "place", "partners", "collaborations", "id")
COLLABORATION_KEYS: Final = ("name", "kind", "start", "end", "programme", "participants", "id")
_ALL: Final = 10**9


def actors(outlook: Outlook, store: GraphStore, query: ActorQuery, search: ActorSearch) -> tuple[Part[Actor], int]:
    """Return one page of the actors that a search finds, in the query's order, and how many there are on all pages."""
    order = Order.read(query.order, ACTOR_KEYS)
    view = View(as_of=query.as_of, identity=IdentityLevel.RECORDED if query.recorded else IdentityLevel.CURRENT)
    known = outlook.united(query.as_of)

    def look(_: View) -> tuple[Actor, ...]:
        by_name = outlook.by_name
        if query.recorded:
            return by_name.actors(search, limit=_ALL).items
        return find(store, known, search, limit=_ALL, by_name=by_name).items

    # First, as it reads the graph: what a search finds is then taken from there.
    counts = outlook.keep_of_bodies("partners and collaborations", view, lambda view: _counts(outlook, view))
    found = outlook.keep_answer(f"actors that {search} finds, recorded: {query.recorded}", view, look)
    today = outlook.identity(view).canonical  # a body that was followed by another has what that one has

    values: dict[str, Callable[[Actor], Value]] = {
        "id": lambda actor: actor.id,
        "name": lambda actor: fold(actor.name),
        "kind": lambda actor: actor.kind.value,
        "place": lambda actor: actor.place,
        "partners": lambda actor: counts.get(today.get(actor.id, actor.id), (0, 0))[0],
        "collaborations": lambda actor: counts.get(today.get(actor.id, actor.id), (0, 0))[1],
    }
    part = page(found, order, lambda actor, key: values[key](actor), limit=query.limit, after=query.after)
    return part, len(found)


def collaborations(
    outlook: Outlook, store: GraphStore, query: CollaborationQuery, search: CollaborationSearch
) -> tuple[Part[Collaboration], int]:
    """Return one page of the collaborations that a search finds, and how many there are on all pages."""
    order = Order.read(query.order, COLLABORATION_KEYS)
    found = outlook.recall(
        f"collaborations that {search} finds", EVERYTHING, lambda _: store.collaborations(search, limit=_ALL).items
    )
    sizes = outlook.network(EVERYTHING).sizes if "participants" in dict(order.keys) else {}

    values: dict[str, Callable[[Collaboration], Value]] = {
        "id": lambda each: each.id,
        "name": lambda each: fold(each.name),
        "kind": lambda each: each.kind.value,
        "start": lambda each: each.start.isoformat() if each.start else None,
        "end": lambda each: each.end.isoformat() if each.end else None,
        "programme": lambda each: fold(each.programme) if each.programme else None,
        "participants": lambda each: sizes.get(each.id, 0),
    }
    part = page(found, order, lambda each, key: values[key](each), limit=query.limit, after=query.after)
    return part, len(found)


def _counts(outlook: Outlook, view: View) -> Mapping[str, tuple[int, int]]:
    """Return for each actor of a view how many partners it has, and how many collaborations."""
    network = outlook.network(view)
    starts = network.arrays.weights.indptr
    partners = (starts[1:] - starts[:-1]).tolist()  # entries of each row
    return {id_: (partners[at], len(network.collaborations_of[id_])) for at, id_ in enumerate(network.affiliation.ids)}
