"""What a body shows of the entries it unites: the one that stands for it, and what the others add.

The standing entry's own words come first. From its duplicates it takes names, and whatever it lacks where they agree;
from those that it followed their names as former ones; from its units no name at all. Of all of them it takes a kind or
place that it lacks where they agree: a merged duplicate may be the one that says where the body is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from graphsvc.identifiers import fold
from graphsvc.model import Actor, ActorKind, Name, NameKind
from graphsvc.resolve.identity import Identity

_OF_DUPLICATES: Final = (
    "business_id",
    "vat",
    "pic",
    "ror",
    "isni",
    "wikidata",
    "website",
    "description",
)
"""What a body takes from its duplicates alone: a predecessor's register number is not its own."""


def shown(actors: Iterable[Actor], identity: Identity) -> dict[str, Actor]:
    """Return what each actor that stands for itself shows at the level of ``identity``, by id."""
    by_id = {actor.id: actor for actor in actors}
    folded: dict[str, list[Actor]] = defaultdict(list)
    for id_ in sorted(by_id):
        top = identity.canonical.get(id_, id_)
        if top != id_ and top in by_id:
            folded[top].append(by_id[id_])
    found = {id_: actor for id_, actor in by_id.items() if identity.canonical.get(id_, id_) == id_}
    found |= {top: _body(by_id[top], others, identity) for top, others in folded.items()}
    return found


def entries(identity: Identity) -> dict[str, tuple[str, ...]]:
    """Return for each body that unites duplicates, by the id that stands for it, all their ids, that one first.

    Sorted by id; a body of one entry is left out.
    """
    others: dict[str, list[str]] = defaultdict(list)
    for id_, top in sorted(identity.bodies.items()):
        if id_ != top:
            others[top].append(id_)
    return {top: (top, *others[top]) for top in sorted(others)}


def _body(standing: Actor, others: list[Actor], identity: Identity) -> Actor:
    duplicates = [other for other in others if identity.bodies.get(other.id) == standing.id]
    former = [
        other
        for other in others
        if identity.bodies.get(other.id) != standing.id and identity.today.get(other.id) == standing.id
    ]
    places = {other.place for other in others if other.place}
    kinds = {other.kind for other in others if other.kind is not ActorKind.UNKNOWN}
    update: dict[str, object] = {"names": _names(standing, duplicates, former)}
    if standing.place is None and len(places) == 1:
        update["place"] = places.pop()
    if standing.kind is ActorKind.UNKNOWN and len(kinds) == 1:
        update["kind"] = kinds.pop()
    for field in _OF_DUPLICATES:
        given = {value for other in duplicates if (value := getattr(other, field))}
        if not getattr(standing, field) and len(given) == 1:
            update[field] = given.pop()
    return standing.model_copy(update=update)


def _names(standing: Actor, duplicates: Iterable[Actor], former: Iterable[Actor]) -> tuple[Name, ...]:
    """Return all other names, each once; capitals and diacritics make no other name."""
    names = list(standing.names)
    known = {fold(standing.name), *(fold(name.text) for name in names)}
    for name in (*_all_of(duplicates, NameKind.SPELLING), *_as_former(_all_of(former, NameKind.FORMER))):
        if fold(name.text) not in known:
            known.add(fold(name.text))
            names.append(name)
    return tuple(names)


def _all_of(actors: Iterable[Actor], kind: NameKind) -> Iterator[Name]:
    for actor in actors:
        yield Name.model_construct(text=actor.name, kind=kind)
        yield from actor.names


def _as_former(names: Iterable[Name]) -> Iterator[Name]:
    """Yield a predecessor's names: each was a name of the body, whatever its kind was then."""
    for name in names:
        yield name.model_copy(update={"kind": NameKind.FORMER})
