"""The choices of a view as forms offer them: themes, places and kinds by name, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from graphsvc import wording
from graphsvc.ingest.places import in_language
from graphsvc.model import ActorKind, CollaborationKind, Place, PlaceKind, Snapshot, Theme

Option = tuple[str, str]
"""What a form sends, and what a person reads."""
_INDENT: Final = "\N{NO-BREAK SPACE}" * 3
_PLACES: Final = (PlaceKind.REGION, PlaceKind.MUNICIPALITY, PlaceKind.COUNTRY)
"""In the order in which coordinators ask for them."""


def of_view(snapshot: Snapshot, language: str) -> dict[str, Any]:
    """Return the choices of the form of a view, as the template has them."""
    return {
        "themes": themes(snapshot.themes, language),
        "places": places(snapshot.places, language),
        "kinds": [(kind.value, wording.say("kinds", f"actor.{kind}", language)) for kind in ActorKind],
        "together": [
            (kind.value, wording.say("kinds", f"collaboration.{kind}", language)) for kind in CollaborationKind
        ],
    }


def themes(themes: Iterable[Theme], language: str) -> list[Option]:
    """Return themes as a tree that is read from above, each level by name."""
    below: dict[str | None, list[Theme]] = {}
    known = {theme.id: theme for theme in themes}
    for theme in known.values():
        below.setdefault(theme.parent if theme.parent in known else None, []).append(theme)

    def walk(parent: str | None, depth: int) -> Iterator[Option]:
        for theme in sorted(below.get(parent, []), key=lambda each: (each.in_language(language), each.id)):
            yield theme.id, _INDENT * depth + theme.in_language(language)
            yield from walk(theme.id, depth + 1)

    return list(walk(None, 0))


def places(places: Iterable[Place], language: str) -> list[Option]:
    """Return places: regions, then municipalities, then countries, each by name."""
    named = [(_PLACES.index(each.kind), in_language(each, language), each.id) for each in places]
    return [(id_, name) for _, name, id_ in sorted(named)]


def place_names(snapshot: Snapshot, language: str) -> dict[str, str]:
    """Return id → name of every place, for lists: asking the store for each row would be slow."""
    return {place.id: in_language(place, language) for place in snapshot.places}
