"""What the import sheet of RDI environments says: what an environment is, whose, for whom, and in which networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from graphsvc import facets, identifiers
from graphsvc.errors import InvalidValue
from graphsvc.facets import Facet, Form, Level, Openness
from graphsvc.ingest import values
from graphsvc.ingest.grid import Cell
from graphsvc.ingest.mentions import Mentions
from graphsvc.ingest.rowreader import RowReader
from graphsvc.ingest.told_again import together
from graphsvc.kinds import Role
from graphsvc.model import ENVIRONMENTS, Claim, Collaboration, CollaborationKind, Participation
from graphsvc.wording import say

_NETWORKS: Final[Mapping[Level, str]] = {level: f"{level.value}_networks" for level in Level}
_ROLES: Final = {"owners": Role.OWNER.value, "users": "user"}
"""Column → the role of the actors that it names."""
_NONE: Final = frozenset({"none", "no", "-", "ei", "ei ole", "ei mitaan", "ei yhtaan", "inga", "inget", "nej"})
"""What says, folded, that there is no such network; an empty cell says nothing."""
_COLUMNS: Final = {
    Facet.FORM: "form",
    Facet.SERVICES: "services",
    Facet.OPENNESS: "open_to",
    Facet.FUNDING: "funding",
    Facet.SITE: "municipality",
}


def environment(row: RowReader, mentions: Mentions) -> tuple[Claim, ...]:
    """Return what a row says of an environment, its networks and places, and who owns or uses it."""
    source = mentions.source_of(row)
    name = row.need("name", values.name) or "?"
    known = row.read("name", lambda cell: _known(values.name(cell), mentions, row.language))
    kind = row.read("kind", _kind(row))
    networks = _Networks(row, mentions, source)
    site, places = mentions.place(row)
    attributes = {**row.attributes(), **_facets(row), **networks.attributes()}
    if site:
        attributes[Facet.SITE.value] = site
    start, end = row.days()
    said = row.build(
        lambda: Collaboration(
            id=known.id if known else f"c-{identifiers.slug(name)}",
            name=name,
            kind=kind or (known.kind if known else CollaborationKind.INFRASTRUCTURE),
            start=start,
            end=end,
            themes=row.read("themes", mentions.themes) or (),
            website=row.read("website", values.web_address),
            source=source,
            attributes=attributes,
        )
    )
    if said is None:
        return ()
    told = together(row, known, said, _COLUMNS)
    if known and kind:
        told = told.model_copy(update={"kind": kind})
    taking_part = tuple(_taking_part(row, mentions, told.id, source))
    if row.failed:
        return ()
    mentions.retell(told) if known else mentions.hear(told, row.at.row)
    return (*places, *networks.told, told, *taking_part)


def _known(name: str, mentions: Mentions, language: str) -> Collaboration | None:
    known = mentions.heard(name)
    if known and known.kind not in ENVIRONMENTS:
        kind = say("kinds", f"collaboration.{known.kind.value}", language)
        raise InvalidValue(
            f"{name!r} is something else in this file: {kind}.",
            remedy="Write another name, or correct its kind where it is said.",
        )
    return known


def _kind(row: RowReader) -> Callable[[Cell], CollaborationKind]:
    read = row.kind("collaboration", CollaborationKind)

    def kind(cell: Cell) -> CollaborationKind:
        found = read(cell)
        if found not in ENVIRONMENTS:
            words = [say("kinds", f"collaboration.{each.value}", row.language) for each in sorted(ENVIRONMENTS)]
            raise InvalidValue("An environment is of another kind.", remedy=f"Write one of: {', '.join(words)}.")
        return found

    return kind


def _facets(row: RowReader) -> dict[str, str]:
    form = row.read("form", row.kind("form", Form))
    openness = row.read("open_to", row.kind("openness", Openness))
    services = row.read("services", values.several) or ()
    funding = row.read("funding", values.several) or ()
    said = {
        Facet.FORM: form.value if form else "",
        Facet.OPENNESS: openness.value if openness else "",
        Facet.SERVICES: facets.joined(services),
        Facet.FUNDING: facets.joined(funding),
    }
    return {facet.value: text for facet, text in said.items() if text}


def _taking_part(row: RowReader, mentions: Mentions, environment: str, source: str) -> Iterator[Participation]:
    for column, role in _ROLES.items():
        for actor in row.read(column, lambda cell: mentions.actors(cell, source)) or ():
            claim = Participation(actor=actor, collaboration=environment, role=role, source=source)
            if mentions.earlier(claim, row.at.row) is None:
                yield claim


class _Networks:
    """The networks that a row names, each under its level; and of which levels the source says there is none."""

    def __init__(self, row: RowReader, mentions: Mentions, source: str) -> None:
        self._mentions, self._source, self._language = mentions, source, row.language
        self._ids: dict[str, None] = {}
        self._none: list[Level] = []
        self.told: list[Collaboration] = []
        """Networks whose level is said here first."""
        for level, column in _NETWORKS.items():
            row.read(column, lambda cell, level=level: self._read(cell, level))  # type: ignore[misc]

    def attributes(self) -> dict[str, str]:
        """Return the networks' ids and the levels without one, as facets; nothing where the row says nothing."""
        said = {Facet.PART_OF: facets.joined(self._ids), Facet.NO_NETWORK: facets.joined(self._none)}
        return {facet.value: text for facet, text in said.items() if text}

    def _read(self, cell: Cell, level: Level) -> None:
        names = values.several(cell)
        if len(names) == 1 and identifiers.fold(names[0]) in _NONE:
            self._none.append(level)
            return
        for name in names:
            self._ids[self._at_level(name, level)] = None

    def _at_level(self, name: str, level: Level) -> str:
        id_ = self._mentions.collaboration(name, self._source, CollaborationKind.NETWORK)
        known = self._mentions.heard(id_)
        before = known.attributes.get(Facet.LEVEL.value) if known else None
        if before and before != level.value:
            said = say("kinds", f"level.{before}", self._language)
            raise InvalidValue(
                f"{name!r} is a network of another level in an earlier row: {said}.",
                remedy="Write it under one level everywhere.",
            )
        if known and not before:
            told = known.model_copy(update={"attributes": {**known.attributes, Facet.LEVEL.value: level.value}})
            self._mentions.retell(told)
            self.told.append(told)
        return id_
