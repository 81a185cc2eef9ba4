"""Contradictions of sources in words: what they differ on, who says what, and which of it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from graphsvc.model import ActorKind
from graphsvc.store.differences import COLUMN, Difference, Said
from graphsvc.wording import day, say, table

PlaceName = Callable[[str], str]
"""Id of a place → its name."""


def sentence(difference: Difference, language: str, place_name: PlaceName = str) -> str:
    """Return a difference as a sentence in ``fi``, ``sv`` or ``en``."""
    what = property_name(difference.property, language)
    if difference.property == "participants":
        return say("differences", "participants", language, n=difference.among, said=_members(difference, language))
    said = "; ".join(_said(each, difference.property, language, place_name) for each in difference.said)
    shown = _value(difference.said[0].value, difference.property, language, place_name)
    return say("differences", "values", language, n=difference.among, what=what, said=said, shown=shown)


def property_name(property_: str, language: str) -> str:
    """Return what people call a property of an actor or a collaboration; a column of a source's own by its name."""
    if property_.startswith(COLUMN):
        return property_.removeprefix(COLUMN)
    return say("differences", f"property.{property_}", language)


def _members(difference: Difference, language: str) -> str:
    named: dict[str, list[Said]] = {}
    for said in difference.said:
        named.setdefault(said.value, []).append(said)
    only = (
        say("differences", "only", language, value=name, sources=", ".join(_source(each, language) for each in by))
        for name, by in named.items()
    )
    return "; ".join(only)


def _said(said: Said, property_: str, language: str, place_name: PlaceName) -> str:
    return f"{_value(said.value, property_, language, place_name)} ({_source(said, language)})"


def _source(said: Said, language: str) -> str:
    name = said.name or say("differences", "person", language)
    return f"{name}, {day(said.stated, language)}" if said.stated else name


def _value(value: str, property_: str, language: str, place_name: PlaceName) -> str:
    if property_ == "kind":
        noun = "actor" if value in set(ActorKind) else "collaboration"
        return say("kinds", f"{noun}.{value}", language) if f"{noun}.{value}" in table("kinds") else value
    if property_ == "place":
        return place_name(value)
    if property_ in ("starts", "ends"):
        return day(date.fromisoformat(value), language)
    return value
