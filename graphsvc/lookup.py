"""What a person means by a word: an actor, a place or a theme, by its id, an identifier or any of its names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graphsvc import entries
from graphsvc.entries import United
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.identifiers import SCHEMES, fold, same_as
from graphsvc.ingest.places import names_of
from graphsvc.model import Actor, Snapshot, Source
from graphsvc.store.finding import ActorSearch
from graphsvc.store.graph_store import GraphStore

_SHOWN = 8


def place_meant(snapshot: Snapshot, text: str) -> str:
    """Return the id of the place that ``text`` is the id or a name of, in any language.

    :class:`NotFound` when there is none, with those that come nearest; :class:`InvalidValue` when several have it.
    """
    return _meant("place", text, {place.id: names_of(place) for place in snapshot.places})


def theme_meant(snapshot: Snapshot, text: str) -> str:
    """Return the id of the theme that ``text`` is the id or a name of, in any language. Errors: :func:`place_meant`."""
    names = {theme.id: (theme.name, theme.name_fi, theme.name_sv, theme.name_en) for theme in snapshot.themes}
    return _meant("theme", text, {id_: tuple(filter(None, each)) for id_, each in names.items()})


def collaboration_meant(snapshot: Snapshot, text: str) -> str:
    """Return the id of the collaboration that ``text`` is the id, name or title of. Errors: :func:`place_meant`."""
    named = {each.id: tuple(filter(None, (each.name, each.title))) for each in snapshot.collaborations}
    return _meant("collaboration", text, named)


def source_meant(sources: Iterable[Source], text: str) -> str:
    """Return the id of the source that ``text`` is the id or the name of. Errors: :func:`place_meant`."""
    return _meant("source", text, {source.id: (source.name,) for source in sources})


def actors_by(store: GraphStore, known: United, scheme: str, value: str) -> tuple[Actor, ...]:
    """Return the actors that have an identifier, by id: one, none, or several where sources gave it to more than one.

    A Finnish VAT number finds the business id too, and the other way round. :class:`InvalidValue` for a wrong one.
    """
    written = SCHEMES[scheme](value)
    ids = {id_ for each, text in same_as(scheme, written) for id_ in store.ids_by(each, text)}
    standing = {known.standing(id_) for id_ in ids}
    return tuple(known.bodies.get(actor.id, actor) for actor in store.actors_by_ids(standing))


def actor_meant(store: GraphStore, known: United, text: str) -> str:
    """Return the id of the actor that ``text`` is the id, an identifier or the name of.

    :class:`NotFound` when there is none, with those that come nearest; :class:`InvalidValue` when several have it.
    """
    text = text.strip()
    if store.actor(text):
        return known.standing(text)
    found = {actor.id: actor.name for scheme in SCHEMES for actor in _by_identifier(store, known, scheme, text)}
    near = entries.find(store, known, ActorSearch(text), limit=_SHOWN) if not found else None
    if near:
        shown = [actor for actor in near.items if fold(text) == fold(actor.name)]
        named = [actor for actor in near.items if fold(text) in map(fold, _others(actor))]
        # Who bears a name now comes before who bore it once: a body and the one that it followed often share it.
        found = {actor.id: actor.name for actor in (shown or named or (near.items if near.total == 1 else ()))}
    if len(found) == 1:
        return next(iter(found))
    listed = ", ".join(f"{name} ({id_})" for id_, name in sorted(found.items()))
    if found:
        raise InvalidValue(f"{text!r} means several actors.", remedy=f"Write one of the ids: {listed}.")
    close = [f"{actor.name} ({actor.id})" for actor in near.items] if near else []
    raise NotFound("actor", text, remedy=_there_are(close, near.total if near else 0) or "Search with other words.")


def _by_identifier(store: GraphStore, known: United, scheme: str, text: str) -> tuple[Actor, ...]:
    try:
        return actors_by(store, known, scheme, text)
    except InvalidValue:
        return ()


def _others(actor: Actor) -> Iterator[str]:
    return (name.text for name in actor.names)


def _meant(noun: str, text: str, named: Mapping[str, tuple[str, ...]]) -> str:
    if text in named:
        return text
    folded = fold(text)
    found = [id_ for id_, names in named.items() if folded == fold(id_) or any(fold(name) == folded for name in names)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InvalidValue(f"{text!r} is the name of several.", remedy=f"Write one of the ids: {', '.join(found)}.")
    nearest = [f"{named[id_][0]} ({id_})" for id_ in _nearest(folded, named)]
    raise NotFound(noun, text, remedy=_there_are(nearest, len(nearest)) or "The graph holds none.")


def _nearest(folded: str, named: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the ids to name in a message: those that the word may have meant, else the first ones by name."""
    known = {fold(name): id_ for id_, names in named.items() for name in names}
    close = difflib.get_close_matches(folded, known, n=3, cutoff=0.6)
    close += [name for name in sorted(known) if folded in name and name not in close]
    return list(dict.fromkeys(known[name] for name in close or sorted(known)))


def _there_are(names: Sequence[str], total: int) -> str:
    """Return a sentence that names the first of some things; nothing where there are none."""
    shown = ", ".join(names[:_SHOWN])
    if total > _SHOWN:
        return f"There are {total}, such as {shown}."
    return f"There are {shown}." if shown else ""
