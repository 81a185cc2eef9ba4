"""Who says what of a thing, and where sources contradict each other: told from what each file says of it.

Rows are those of ``descriptions/of_*``, in the order of precedence; their file is empty for a person's word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from graphsvc.identifiers import fold
from graphsvc.model import Actor, Participation, Source
from graphsvc.store.engine import Row

COLUMN: Final = "attributes."
"""What the name of a property begins with that is a column of the sources' own."""
_NAMES: Final = ("name", "long_name")
"""Properties of which capitals and accents are no contradiction."""
_APART: Final = ("file", "names", "attributes")
"""Columns of a row that are no property with one value."""
Parents = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says."""

    value: str
    source: str
    """Id of the source; empty for a person's word."""
    name: str
    """Its name, for people."""
    stated: date | None
    """The day that it speaks of."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A property of which sources say different things, or ``participants`` that only some sources name."""

    property: str
    """As the model calls it; ``starts`` and ``ends`` of a collaboration; a source's own column after ``attributes.``"""
    said: tuple[Said, ...]
    """By precedence: the first is shown. Of ``participants``: each actor that not all sources name, by source."""
    among: int
    """How many sources say anything of it."""


@dataclass(frozen=True, slots=True)
class SaidBy:
    """Ids of the files that say what is shown, by precedence; empty for a person's word."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Property → who says the value that is shown. A property that nobody gives a value is left out."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other name → who says it, or calls the thing so."""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Column of the sources' own → who says the text that is shown."""


def of_descriptions(
    rows: Iterable[Row], sources: Mapping[str, Source], places: Callable[[], Parents] = dict
) -> tuple[Difference, ...]:
    """Return the differences between descriptions. ``places`` gives each place's parent, where places differ.

    That a place lies in another which a second file names is no contradiction.
    """
    found = []
    for key, given in _given(rows):
        if len({_compared(key, value) for _, value in given}) < 2:
            continue
        if key == "place" and _nested([value for _, value in given], places()):
            continue
        said = tuple(_said(value, file, sources) for file, value in given)
        found.append(Difference(key, said, len(said)))
    return tuple(found)


def of_participants(
    participations: Iterable[tuple[Participation, Actor]], sources: Mapping[str, Source]
) -> tuple[Difference, ...]:
    """Return the participants that only some of the sources of a collaboration name; nothing where one speaks alone."""
    named: dict[str, dict[str, str]] = {}
    for claim, actor in participations:
        named.setdefault(claim.source, {})[actor.id] = actor.name
    agreed = set.intersection(*map(set, named.values())) if named else set()
    said = tuple(
        _said(name, source, sources)
        for source, actors in sorted(named.items())
        for id_, name in sorted(actors.items())
        if id_ not in agreed
    )
    return (Difference("participants", said, len(named)),) if said else ()


def said_by(rows: Iterable[Row], shown: Mapping[str, Any]) -> SaidBy:
    """Return who says what is shown of a thing: ``shown`` has its values by property, ``names`` and ``attributes``."""
    described = list(rows)
    values: dict[str, list[str]] = {}
    for key, given in _given(described):
        for file, value in given:
            if _compared(key, value) == _compared(key, str(shown.get(key))):
                values.setdefault(key, []).append(file)
    names: dict[str, list[str]] = {name: [] for name in shown.get("names", ())}
    attributes: dict[str, list[str]] = {column: [] for column in shown.get("attributes", ())}
    for row in described:
        for name in {row["name"], *(each[0] for each in _listed(row.get("names")))} & names.keys():
            names[name].append(row["file"])
        for column, text in _columns(row).items():
            if shown.get("attributes", {}).get(column) == text:
                attributes[column].append(row["file"])
    return SaidBy(_as_tuples(values), _as_tuples(names), _as_tuples(attributes))


def _given(rows: Iterable[Row]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each property and own column with the values that files give it, by precedence."""
    described = list(rows)
    for key in [key for key in (described[0] if described else ()) if key not in _APART]:
        yield key, [(row["file"], row[key]) for row in described if row[key] is not None]
    columns = [(row["file"], _columns(row)) for row in described]
    for column in sorted({column for _, said in columns for column in said}):
        yield COLUMN + column, [(file, said[column]) for file, said in columns if column in said]


def _compared(key: str, value: str) -> str:
    return fold(value) if key in _NAMES else value


def _nested(values: Iterable[str], parents: Parents) -> bool:
    """Whether all these places lie in one another, so that one of them is in all others."""
    wanted = set(values)
    return any(wanted <= set(_upwards(value, parents)) for value in wanted)


def _upwards(place: str, parents: Parents) -> Iterator[str]:
    seen: set[str] = set()
    here: str | None = place
    while here and here not in seen:
        seen.add(here)
        yield here
        here = parents.get(here)


def _columns(row: Row) -> dict[str, str]:
    """Return a file's own columns; what it said last counts."""
    united: dict[str, str] = {}
    for said in _listed(row.get("attributes")):
        united.update(said)
    return united


def _listed(strung: str | None) -> list[Any]:
    """Return the JSON values that are strung together, each after a comma."""
    return list(json.loads(f"[{strung[1:]}]")) if strung else []


def _as_tuples(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(who) for key, who in found.items()}


def _said(value: str, source: str, sources: Mapping[str, Source]) -> Said:
    known = sources.get(source)
    return Said(value, source, known.name if known else source, known.stated if known else None)
