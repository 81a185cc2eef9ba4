"""What is known of an actor as a thing, value by value in words, each with the names of the sources that say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graphsvc.answers import ActorProfile
from graphsvc.contradictions import PlaceName, property_name
from graphsvc.facets import told
from graphsvc.model import Name
from graphsvc.wording import day, say

VALUES: Final = (
    "kind",
    "business_id",
    "vat",
    "pic",
    "ror",
    "isni",
    "wikidata",
    "place",
    "website",
    "description",
)
"""Properties of an actor that are told, in this order."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value."""

    key: str
    """The property; ``names`` for another name, ``attributes`` for what a source says in a column of its own."""
    label: str
    value: str
    said_by: tuple[str, ...]
    """Names of the sources, by precedence."""


def facts(profile: ActorProfile, place_name: PlaceName, language: str, name_of: Callable[[str], str]) -> Iterator[Fact]:
    """Yield the name, the values, the other names, then the sources' own columns; ``name_of`` names ids in these."""
    actor, said = profile.actor, profile.said_by
    named = {source.id: source.name for source in profile.sources}

    def who(files: Iterable[str]) -> tuple[str, ...]:
        return said_by(files, named, language)

    yield Fact("name", property_name("name", language), actor.name, who(said.values.get("name", ())))
    for key in VALUES:
        value = getattr(actor, key)
        if value is None:
            continue
        if key == "kind":
            value = say("kinds", f"actor.{actor.kind.value}", language)
        text = place_name(value) if key == "place" else str(value)
        yield Fact(key, property_name(key, language), text, who(said.values.get(key, ())))
    for name in actor.names:
        yield Fact("names", _name_kind(name, language), _borne(name, language), who(said.names.get(name.text, ())))
    for column, text in actor.attributes.items():
        label, value = told(column, text, language, name_of)
        yield Fact("attributes", label, value, who(said.attributes.get(column, ())))


def said_by(files: Iterable[str], named: dict[str, str], language: str) -> tuple[str, ...]:
    """Return the names of sources; nothing in the list is what a person entered."""
    return tuple(named.get(file, file) if file else say("differences", "person", language) for file in files)


def _name_kind(name: Name, language: str) -> str:
    kind = say("kinds", f"name.{name.kind.value}", language)
    return f"{kind} ({name.language})" if name.language else kind


def _borne(name: Name, language: str) -> str:
    if not (name.since or name.until):
        return name.text
    days = [day(each, language) if each else "" for each in (name.since, name.until)]
    return f"{name.text}  {days[0]}–{days[1]}"
