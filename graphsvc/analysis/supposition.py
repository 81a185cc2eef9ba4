"""What is supposed: actors brought together, hypothetical actors and collaborations, and what is taken away."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.model import ActorKind, Snapshot

MOST: Final = 200
"""Things that one supposition may hold: more is a file to import."""
NAME_LENGTH: Final = 200
"""Characters of a hypothetical name, at most."""
NAME_PATTERN: Final = (
    r"^[^\x00-\x1f\x7f]*"
    r"[^\x00-\x20\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
    r"[^\x00-\x1f\x7f]*$"
)
"""One line of text in which not all is white space."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two actors brought together: a hypothetical collaboration of the two."""

    a: str
    b: str
    themes: tuple[str, ...] = ()
    """Ids of the themes it is about."""


@dataclass(frozen=True, slots=True)
class NewActor:
    """A hypothetical actor; other parts of the supposition call it by its name."""

    name: str
    kind: ActorKind = ActorKind.UNKNOWN
    place: str | None = None
    """Id of its place."""
    themes: tuple[str, ...] = ()
    """Ids of what it works on: it takes part, alone, in a hypothetical collaboration on them."""
    joins: tuple[str, ...] = ()
    """Ids of collaborations of the graph that it takes part in."""


@dataclass(frozen=True, slots=True)
class NewCollaboration:
    """A hypothetical collaboration."""

    name: str
    participants: tuple[str, ...] = ()
    """Ids of actors of the graph."""
    newcomers: tuple[str, ...] = ()
    """Names of hypothetical actors: of the same supposition, or new ones of which no more is said."""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is added to the graph and taken from it, in thought."""

    introductions: tuple[Introduction, ...] = ()
    actors: tuple[NewActor, ...] = ()
    collaborations: tuple[NewCollaboration, ...] = ()
    without_actors: tuple[str, ...] = ()
    """Ids of actors that leave, with all their participations."""
    without_collaborations: tuple[str, ...] = ()
    """Ids of collaborations that were never begun."""

    def __bool__(self) -> bool:
        """Whether anything is supposed."""
        return bool(self.size)

    @property
    def size(self) -> int:
        """Number of things that are supposed."""
        added = len(self.introductions) + len(self.actors) + len(self.collaborations)
        return added + len(self.without_actors) + len(self.without_collaborations)


def settled(supposition: Supposition, snapshot: Snapshot, canonical: Mapping[str, str]) -> Supposition:
    """Return the supposition with each actor under the id that stands for it, or refuse what can't be supposed.

    Newcomers that nothing more is said of are added to its actors. :class:`InvalidValue`: nothing, too much, a name
    that is no line of text, an actor brought together with itself or said to leave and to take part, two hypothetical
    actors of one name; :class:`NotFound`: an actor, a collaboration, a theme or a place that the graph does not have.
    """
    if not supposition:
        raise InvalidValue("Nothing is supposed.", remedy="Name two actors to bring together, or something to add.")
    if supposition.size > MOST:
        raise InvalidValue(f"{supposition.size} things are supposed at once.", remedy=f"Take {MOST} at most.")
    _check_known(supposition, snapshot)
    found = _with_newcomers(_standing(supposition, lambda id_: canonical.get(id_, id_)))
    for given, each in zip(supposition.introductions, found.introductions, strict=True):
        if each.a == each.b:
            raise InvalidValue(f"{given.a} and {given.b} are one actor.", remedy="Name two that are not one body.")
    taking_part = {id_ for id_ in _participants(found) if id_ in found.without_actors}
    taking_part |= {id_ for each in found.actors for id_ in each.joins if id_ in found.without_collaborations}
    if taking_part:
        raise InvalidValue(f"{min(taking_part)} is both added to and taken away.", remedy="Leave out one of the two.")
    return found


def _check_known(supposition: Supposition, snapshot: Snapshot) -> None:
    """Raise :class:`NotFound` for the first id that the graph does not have."""
    themes = [id_ for each in supposition.introductions for id_ in each.themes]
    themes += [id_ for each in supposition.collaborations for id_ in each.themes]
    themes += [id_ for each in supposition.actors for id_ in each.themes]
    joined = [id_ for each in supposition.actors for id_ in each.joins]
    asked = (
        ("actor", snapshot.actors, (*_participants(supposition), *supposition.without_actors)),
        ("collaboration", snapshot.collaborations, (*joined, *supposition.without_collaborations)),
        ("theme", snapshot.themes, themes),
        ("place", snapshot.places, [each.place for each in supposition.actors if each.place]),
    )
    for noun, there, ids in asked:
        known = {each.id for each in there} if ids else set()
        for id_ in ids:
            if id_ not in known:
                raise NotFound(noun, id_)


def _with_newcomers(supposition: Supposition) -> Supposition:
    """Return it with the newcomers of its collaborations among its actors; of unknown kind where it says no more."""
    names = [each.name for each in supposition.actors]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidValue(f"Two hypothetical actors are called {twice[0]!r}.", remedy="Give each its own name.")
    for work in supposition.collaborations:
        if not work.participants and not work.newcomers:
            raise InvalidValue(f"Nobody takes part in {work.name!r}.", remedy="Name its participants.")
    joining = dict.fromkeys(name for work in supposition.collaborations for name in work.newcomers)
    more = tuple(NewActor(name) for name in joining if name not in names)
    for name in (*names, *joining, *(each.name for each in supposition.collaborations)):
        if len(name) > NAME_LENGTH or not re.fullmatch(NAME_PATTERN, name):
            raise InvalidValue(
                f"{name[:40]!r} is no name.", remedy=f"Write one line of text, of {NAME_LENGTH} characters at most."
            )
    return replace(supposition, actors=(*supposition.actors, *more))


def _participants(supposition: Supposition) -> list[str]:
    pairs = [id_ for each in supposition.introductions for id_ in (each.a, each.b)]
    return [*pairs, *(id_ for each in supposition.collaborations for id_ in each.participants)]


def _standing(supposition: Supposition, standing: Callable[[str], str]) -> Supposition:
    return replace(
        supposition,
        introductions=tuple(
            replace(each, a=standing(each.a), b=standing(each.b)) for each in supposition.introductions
        ),
        collaborations=tuple(
            replace(each, participants=tuple(map(standing, each.participants))) for each in supposition.collaborations
        ),
        without_actors=tuple(map(standing, supposition.without_actors)),
    )
