"""Which kind an actor's name suggests where no source gives one: told to a person, never read as what a source says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from graphsvc.identifiers import fold
from graphsvc.ingest.attributes import listed
from graphsvc.ingest.columns import resource
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.model import Actor, ActorKind

_PLACE_WORDS: Final = 2
"""Words that the name of a place has at most: what follows *City of* and is longer is something of the city's."""


def suggested_kind(name: str) -> ActorKind | None:
    """Return the kind that a name suggests, or None.

    >>> [suggested_kind(name) for name in ("Nokian kaupunki", "Malmö stad", "Osuuskunta Tradeka", "Kaupunki")]
    [<ActorKind.PUBLIC_BODY: 'public_body'>, <ActorKind.PUBLIC_BODY: 'public_body'>, None, None]
    """
    folded = fold(name)
    _, _, last = folded.rpartition(" ")
    for kind, words in _words().items():
        if folded in words["whole"] or (last != folded and last in words["last"]):
            return kind
        for first in words["first"]:
            if 1 <= len(folded.removeprefix(f"{first} ").split()) <= _PLACE_WORDS and folded.startswith(f"{first} "):
                return kind
    return None


def public_by_name(actors: Iterable[Actor]) -> list[Actor]:
    """Return the actors of unknown kind whose names suggest that they are public bodies."""
    unknown = (actor for actor in actors if actor.kind is ActorKind.UNKNOWN)
    return [actor for actor in unknown if suggested_kind(actor.name) is ActorKind.PUBLIC_BODY]


def note_of(file: str, suggested: Iterable[Actor]) -> Problem | None:
    """Return the note that names actors that are public bodies by their names; None for none."""
    names = sorted(actor.name for actor in suggested)
    if not names:
        return None
    message = (
        f"No source gives a kind for actors that are public bodies by their names: {listed(names)}. They stay of"
        " unknown kind; this is only suggested from the names."
    )
    remedy = "Where it is right, give the file a column kind and write public body in their rows."
    return Problem(file, "", None, "", "", message, remedy, Severity.NOTE)


@cache
def _words() -> Mapping[ActorKind, Mapping[str, frozenset[str]]]:
    raw = tomllib.loads(resource("kinds_in_names.toml"))
    return {
        ActorKind(kind): {key: frozenset(map(fold, texts)) for key, texts in words.items()}
        for kind, words in raw.items()
    }
