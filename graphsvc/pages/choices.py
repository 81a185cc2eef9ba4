"""The choices of a view as forms offer them: themes, places and kinds by name, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from graphsvc import wording
from graphsvc.ingest.places import in_language
from graphsvc.model import ActorKind, CollaborationKind, Theme
from graphsvc.outlook import Outlook
from graphsvc.pages import places
from graphsvc.pages.places import Option
from graphsvc.surroundings import places as places_of
from graphsvc.wishes import Size

SIZES: Final[tuple[Size, ...]] = ("degree", "strength", "betweenness")
"""Measures that set sizes on a map."""
_INDENT: Final = "\N{NO-BREAK SPACE}" * 3


def of_view(outlook: Outlook, language: str, place: str | None = None) -> dict[str, Any]:
    """Return the choices of the form of a view, as the template has them; ``place`` is the one that is chosen."""
    return {
        "themes": themes(outlook.snapshot().themes, language),
        "places": places.choice(outlook, language, place),
        "kinds": [(kind.value, wording.say("kinds", f"actor.{kind}", language)) for kind in ActorKind],
        "together": [
            (kind.value, wording.say("kinds", f"collaboration.{kind}", language)) for kind in CollaborationKind
        ],
    }


def sizes(language: str) -> list[Option]:
    """Return the measures that set the sizes of the symbols on a map."""
    return [(id_, wording.say("measures", f"{id_}.name", language)) for id_ in SIZES]


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


def place_namer(outlook: Outlook, language: str) -> Callable[[str | None], str]:
    """Return what names a place by its id: nothing for none, an id that is not there as it is."""
    known = places_of(outlook)

    def name_of(id_: str | None) -> str:
        place = known.get(id_ or "")
        return in_language(place, language) if place else id_ or ""

    return name_of
