"""What actors and collaborations are described with: themes and places, and how much there is of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Final, TypeVar

from pydantic import Field

from graphsvc import model, surroundings
from graphsvc.analysis.axes import upwards
from graphsvc.api import forms, lists, schemas
from graphsvc.api.asking import Words
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.lists import CSV, SOME, SORTED, Chosen, ListParameters, fields_of
from graphsvc.api.params import ById
from graphsvc.api.problems import Answered
from graphsvc.api.sending import Answer
from graphsvc.errors import NotFound
from graphsvc.identifiers import fold
from graphsvc.ordering import Order, page
from graphsvc.surroundings import Amount

vocabulary = Endpoints("Vocabulary")
L = TypeVar("L", "ThemeListed", "PlaceListed")
_KEYS: Final = ("id", "name", "actors", "collaborations")
_NONE: Final = Amount(0, 0)
_ALL: Final = 10**9


class ThemeListed(schemas.Theme):
    """A theme with how much there is of it."""

    actors: int = Field(ge=0, description="Actors that take part in something about it or a theme below it.")
    collaborations: int = Field(ge=0, description="Collaborations about it or a theme below it.")
    href: schemas.Href


class ThemeList(Answered):
    """All themes."""

    items: tuple[ThemeListed, ...]
    revision: schemas.Revision


class ThemeDetail(ThemeListed):
    """A theme with its place in the tree."""

    above: tuple[str, ...] = Field(description="Ids of the themes above, from the nearest to the top.")
    below: tuple[str, ...] = Field(description="Ids of the themes right below.")
    revision: schemas.Revision


class PlaceListed(schemas.Place):
    """A place with how much there is in it."""

    actors: int = Field(ge=0, description="Actors in it or in a place inside it.")
    collaborations: int = Field(ge=0, description="What these take part in.")
    href: schemas.Href


class PlaceList(Answered):
    """All places."""

    items: tuple[PlaceListed, ...]
    revision: schemas.Revision


class PlaceDetail(PlaceListed):
    """A place with what lies around it and in it."""

    above: tuple[str, ...] = Field(description="Ids of the places around it, from the nearest out.")
    below: tuple[str, ...] = Field(description="Ids of the places right inside it.")
    revision: schemas.Revision


class Listed(ListParameters):
    """A list of all there are."""

    q: Annotated[Words, Field(description="Words that must all occur in a name or the id.")] = ""
    sort: Annotated[str, Chosen(_KEYS, signs=True), Field(description=SORTED)] = "id"


class ThemesParameters(Listed):
    """The list of themes."""

    fields: Annotated[Annotated[str, fields_of(ThemeListed)] | None, Field(description=SOME)] = None


class PlacesParameters(Listed):
    """The list of places."""

    fields: Annotated[Annotated[str, fields_of(PlaceListed)] | None, Field(description=SOME)] = None


@vocabulary.endpoint(
    "/api/v1/themes", ThemesParameters, {JSON: ThemeList, CSV: None}, kept=True, example={"sort": "-collaborations"}
)
def list_themes(asked: Asked[ThemesParameters]) -> Answer:
    """List themes.

    A tree: `parent` is the theme above. Each with the number of actors and collaborations, those of the themes below
    it among them.
    """
    snapshot = asked.service.snapshot()
    amounts = surroundings.of_themes(asked.service.outlook)
    items = _asked_for(asked.parameters, (_theme(each, amounts) for each in snapshot.themes))
    return lists.given(asked, ThemeList(items=items, revision=snapshot.revision), "themes", ThemeListed)


@vocabulary.endpoint("/api/v1/themes/{id}", ById, ThemeDetail, example={"id": "digitalisation-of-industry"})
def get_theme(asked: Asked[ById]) -> Answer:
    """Get one theme.

    Its names, its place in the tree, and how much there is of it. `/api/v1/collaborations?theme=` lists what is about
    it, `/api/v1/actors?theme=` who takes part.
    """
    snapshot = asked.service.snapshot()
    found, above, below = _in_tree("theme", {each.id: each for each in snapshot.themes}, asked.parameters.id)
    listed = _theme(found, surroundings.of_themes(asked.service.outlook))
    return Answer(ThemeDetail(**dict(listed), above=above, below=below, revision=snapshot.revision), snapshot.revision)


@vocabulary.endpoint(
    "/api/v1/places", PlacesParameters, {JSON: PlaceList, CSV: None}, kept=True, example={"sort": "-actors"}
)
def list_places(asked: Asked[PlacesParameters]) -> Answer:
    """List places.

    Municipalities lie in regions (NUTS 3), regions in countries: `parent` is the place around. Each with the number of
    actors in it and of what they take part in.
    """
    snapshot = asked.service.snapshot()
    amounts = surroundings.of_places(asked.service.outlook)
    items = _asked_for(asked.parameters, (_place(each, amounts) for each in snapshot.places))
    return lists.given(asked, PlaceList(items=items, revision=snapshot.revision), "places", PlaceListed)


@vocabulary.endpoint("/api/v1/places/{id}", ById, PlaceDetail, example={"id": "FI197"})
def get_place(asked: Asked[ById]) -> Answer:
    """Get one place.

    What lies around it and in it, and how much there is. `/api/v1/actors?place=` lists who is there.
    """
    snapshot = asked.service.snapshot()
    found, above, below = _in_tree("place", {each.id: each for each in snapshot.places}, asked.parameters.id)
    listed = _place(found, surroundings.of_places(asked.service.outlook))
    return Answer(PlaceDetail(**dict(listed), above=above, below=below, revision=snapshot.revision), snapshot.revision)


def _theme(theme: model.Theme, amounts: Mapping[str, Amount]) -> ThemeListed:
    amount = amounts.get(theme.id, _NONE)
    return ThemeListed(
        **dict(forms.theme(theme)),
        actors=amount.actors,
        collaborations=amount.collaborations,
        href=forms.address("get_theme", theme.id),
    )


def _place(place: model.Place, amounts: Mapping[str, Amount]) -> PlaceListed:
    amount = amounts.get(place.id, _NONE)
    return PlaceListed(
        **dict(forms.place(place)),
        actors=amount.actors,
        collaborations=amount.collaborations,
        href=forms.address("get_place", place.id),
    )


def _asked_for(wanted: Listed, items: Iterable[L]) -> tuple[L, ...]:
    terms = fold(wanted.q).split()
    found = [each for each in items if not terms or _holds(each, terms)]

    def value(each: L, key: str) -> str | int | None:
        values: dict[str, Callable[[], str | int]] = {
            "id": lambda: each.id,
            "name": lambda: fold(each.name),
            "actors": lambda: each.actors,
            "collaborations": lambda: each.collaborations,
        }
        return values[key]()

    return page(found, Order.read(wanted.sort, _KEYS), value, limit=_ALL).items


def _holds(each: ThemeListed | PlaceListed, terms: Iterable[str]) -> bool:
    names = [each.id, each.name]
    if isinstance(each, ThemeListed):
        names += [name for name in (each.name_fi, each.name_sv, each.name_en) if name]
    text = fold(" ".join(names))
    return all(term in text for term in terms)


T = TypeVar("T", model.Theme, model.Place)


def _in_tree(noun: str, known: Mapping[str, T], id_: str) -> tuple[T, tuple[str, ...], tuple[str, ...]]:
    """Return a thing with the ids of those above it, nearest first, and right below it."""
    if id_ not in known:
        raise NotFound(noun, id_)
    _, *above = (each.id for each in upwards(known, id_))
    return known[id_], tuple(above), tuple(sorted(each.id for each in known.values() if each.parent == id_))
