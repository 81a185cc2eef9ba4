"""Where an actor is: municipality → region → country, from the reference tables, and nothing guessed beyond them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from graphsvc.errors import InvalidValue
from graphsvc.identifiers import fold, slug
from graphsvc.ingest.attributes import listed
from graphsvc.ingest.columns import resource
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.model import Place, PlaceKind

_OTHER_NAMES: Final = {
    "uk": "gb",  # CORDIS follows the Commission's habit; everybody else ISO 3166-1
    "el": "gr",
    "great britain": "gb",
    "england": "gb",
    "scotland": "gb",
    "wales": "gb",
    "northern ireland": "gb",
    "the netherlands": "nl",
    "republic of ireland": "ie",
    "czech republic": "cz",
    "slovak republic": "sk",
    "bosnia and herzegovina": "ba",
    "macedonia": "mk",
    "the former yugoslav republic of macedonia": "mk",
    "turkey": "tr",
    "ivory coast": "ci",
}
"""Names, folded, that files use besides those of the table."""
_HOME: Final = "fi"
_OTHER_REGIONS: Final = {"uusimaa": "FI1B1", "nyland": "FI1B1"}
"""Names of the region itself where the table has that of its NUTS 3 area."""
WITH_VILLAGES: Final = frozenset({"FI197"})
"""Regions of which the table knows the villages that addresses use, too: a Finnish town that no row knows is not there.
Of other regions it knows the municipalities only: Klaukkala, in Nurmijärvi, has no row."""


@dataclass(frozen=True, slots=True)
class _Reference:
    countries: Mapping[str, Place]
    country_names: Mapping[str, str]
    regions: Mapping[str, Place]
    region_names: Mapping[str, str]
    municipalities: Mapping[str, Place]
    """Folded name, also a former municipality's or a Swedish one, without marks too → today's municipality."""


@cache
def reference() -> _Reference:
    """Return the reference tables as places."""
    countries, country_names = {}, {}
    for row in _table("countries.csv"):
        countries[row["code"]] = Place(id=row["code"], name=row["en"], kind=PlaceKind.COUNTRY)
        for key in ("code", "en", "fi", "sv"):
            country_names[fold(row[key])] = row["code"]
    regions = {}
    region_names: dict[str, str] = dict(_OTHER_REGIONS)
    for row in _table("regions.csv"):
        regions[row["code"]] = Place(id=row["code"], name=row["fi"], kind=PlaceKind.REGION, parent="fi")
        for key in ("code", "fi", "sv", "en"):
            region_names[fold(row[key])] = row["code"]
    municipalities = {}
    for row in _table("municipalities.csv"):
        place = Place(id=f"fi-{slug(row['fi'])}", name=row["fi"], kind=PlaceKind.MUNICIPALITY, parent=row["region"])
        for name in (row["fi"], row["sv"], *filter(None, row["also"].split(";"))):
            municipalities[fold(name)] = place
    return _Reference(countries, country_names, regions, region_names, municipalities)


def country(text: str) -> Place:
    """Return a country by two letters (ISO, or UK and EL as CORDIS writes) or by its English, Finnish or Swedish name.

    >>> country("UK").id, country("Suomi").id
    ('gb', 'fi')
    """
    folded = fold(text)
    code = _OTHER_NAMES.get(folded) or reference().country_names.get(folded)
    if code is None:
        raise InvalidValue(f"{text!r} is not a country.", remedy="Write its name or two letters: Finland or FI.")
    return reference().countries[code]


@cache
def _country_words() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in _table("countries.csv")}


def in_language(place: Place, language: str) -> str:
    """Return the name of a place in ``fi``, ``sv`` or ``en``: of countries by the table, else, and where a file gave a
    country a name of its own, the name it has.

    >>> in_language(country("UK"), "fi"), in_language(region("FI197"), "sv")
    ('Iso-Britannia', 'Pirkanmaa')
    """
    known = _country_words().get(place.id)
    return known[language] if known and place.name == known["en"] else place.name


def names_of(place: Place) -> tuple[str, ...]:
    """Return the names of a place in every language, each once, the one that it has first.

    >>> names_of(country("SE"))
    ('Sweden', 'Ruotsi', 'Sverige')
    """
    return tuple(dict.fromkeys((place.name, *(in_language(place, language) for language in ("fi", "sv", "en")))))


def region(text: str) -> Place:
    """Return a region of Finland by its NUTS 3 code or its Finnish, Swedish or English name."""
    code = reference().region_names.get(fold(text))
    if code is None:
        raise InvalidValue(
            f"{text!r} is not a region of Finland.", remedy="Write its name or NUTS 3 code: Pirkanmaa or FI197."
        )
    return reference().regions[code]


def municipality(text: str, around: Place | None, land: Place) -> Place:
    """Return a municipality. Those of the table are found by any of their names; others lie in ``around`` or ``land``.

    >>> municipality("VAMMALA", None, country("FI")).id, municipality("Gent", None, country("BE")).id
    ('fi-sastamala', 'be-gent')
    """
    if land.id == "fi" and (known := reference().municipalities.get(fold(text))):
        return known
    return Place(id=f"{land.id}-{slug(text)}", name=text, kind=PlaceKind.MUNICIPALITY, parent=(around or land).id)


def by_id(id_: str) -> Place | None:
    """Return the place of the reference tables that has this id, or None."""
    known = reference()
    found = known.countries.get(id_) or known.regions.get(id_)
    return found or next((place for place in known.municipalities.values() if place.id == id_), None)


def in_region(id_: str) -> list[Place]:
    """Return the municipalities of a region of the reference tables, by id; none for what is no such region."""
    those = {place.id: place for place in reference().municipalities.values() if place.parent == id_}
    return [those[each] for each in sorted(those)]


def chain(place: Place) -> list[Place]:
    """Return the place's known parents and itself, widest first."""
    known = reference()
    parents: list[Place] = []
    parent = place.parent
    while parent:
        parents.insert(0, known.regions.get(parent) or known.countries[parent])
        parent = parents[0].parent
    return [*parents, place]


@dataclass(slots=True)
class PlaceBook:
    """The places a file has spoken of so far: each is said once, again only when its parent is better known."""

    said: dict[str, str | None] = field(default_factory=dict)
    assumed: dict[str, None] = field(default_factory=dict)
    """Names of municipalities of Finland that were read from a town's name alone: towns abroad bear some of them."""

    def assume(self, place: Place) -> None:
        """Remember a municipality of which nothing said that it is in Finland."""
        self.assumed[place.name] = None

    def notes(self, file: str) -> Iterator[Problem]:
        """Yield what was assumed of the places of a file: one note, or none where it speaks of no other country."""
        if self.assumed and reference().countries.keys() & self.said.keys() - {_HOME}:
            message = f"Read as municipalities of Finland, since no country is given: {listed(list(self.assumed))}."
            remedy = "Fill in the column country where another town of that name is meant."
            yield Problem(file, "", None, "", "", message, remedy, Severity.NOTE)

    def new(self, places: Iterable[Place]) -> list[Place]:
        """Return those of ``places`` (widest first) that were not said yet, and remember them."""
        fresh = []
        for place in places:
            known = self.said.get(place.id, "")
            narrower = place.parent in reference().regions and known not in reference().regions
            if place.id not in self.said or narrower:
                self.said[place.id] = place.parent
                fresh.append(place)
        return fresh


def _table(name: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(resource(name).splitlines())
