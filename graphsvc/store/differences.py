"""Where sources contradict each other: told from what each says, which the graph keeps apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from graphsvc.identifiers import fold
from graphsvc.model import Actor, Participation, Source
from graphsvc.store.engine import Row

_NAMES: Final = ("name", "long_name")
"""Properties of which capitals and accents are no contradiction."""


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
    said: tuple[Said, ...]
    """By precedence: the first is shown. Of ``participants``: each actor that not all sources name, by source."""


def of_descriptions(rows: Iterable[Row], sources: Mapping[str, Source]) -> tuple[Difference, ...]:
    """Return the differences between descriptions, which come in the order of precedence."""
    descriptions = list(rows)
    properties = [key for key in descriptions[0] if key != "file"] if descriptions else []
    found = []
    for key in properties:
        given = [(row["file"], row[key]) for row in descriptions if row[key] is not None]
        if len({fold(value) if key in _NAMES else value for _, value in given}) > 1:
            found.append(Difference(key, tuple(_said(value, file, sources) for file, value in given)))
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
    return (Difference("participants", said),) if said else ()


def _said(value: str, source: str, sources: Mapping[str, Source]) -> Said:
    known = sources.get(source)
    return Said(value, source, known.name if known else source, known.stated if known else None)
