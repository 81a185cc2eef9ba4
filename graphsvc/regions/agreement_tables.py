"""Ecosystem agreements as tables: one agreement in the shape of its import sheet, and the whole view for a file."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from graphsvc.analysis.axes import upwards
from graphsvc.errors import NotFound
from graphsvc.facets import joined
from graphsvc.ingest.columns import specs
from graphsvc.ingest.sheets_out import WorkbookOut
from graphsvc.ingest.tables_out import tables
from graphsvc.model import Snapshot
from graphsvc.regions.agreements import Agreement, Agreements, Line
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import say

_KEY: Final = "agreements"
_NONE: Final = "–"
_WORDS: Final = "ecosystem_agreements"
Row = list[str | date | None]


def sheet(found: Agreements, id_: str, language: str) -> AnswerTable:
    """Return an agreement as its import sheet, with headings in ``fi``, ``sv`` or ``en``: read back, it says the same.

    One row for each source and role of each part. Raises :class:`NotFound` for no agreement with this id.
    """
    spec = specs()[_KEY]
    columns = tuple(column.labels[language] for column in spec.columns)
    return AnswerTable(spec.labels[language], columns, list(_rows(found, _one(found, id_))))


def workbook(found: Agreements, id_: str, language: str) -> bytes:
    """Return :func:`sheet` as a workbook, with sheets of its sources, themes and actors. :class:`NotFound` as there."""
    one, spec, file = _one(found, id_), specs()[_KEY], io.BytesIO()
    book = WorkbookOut(file, found.collaborations[id_].name)
    book.rows(spec.labels[language], spec.columns, language, _rows(found, one))
    for table in tables(_beside(found, one), language):
        if table.key in {"sources", "themes", "actors"}:
            book.rows(table.name, table.columns, language, table.rows)
    book.close()
    return file.getvalue()


def _one(found: Agreements, id_: str) -> Agreement:
    one = found.one(id_)
    if one is None:
        names = ", ".join(each.id for each in found.agreements)
        raise NotFound("agreement", id_, remedy=f"There are {names}." if names else "No agreement is known.")
    return one


def _rows(found: Agreements, one: Agreement) -> Iterator[Row]:
    """Yield the rows of each part, one for each source and role."""
    names = _Names(found, one.actors)
    for line in one.lines:
        yield from names.rows(one.id, line)


class _Names:
    """How cells name things so that reading finds the same."""

    def __init__(self, found: Agreements, actors: Iterable[str]) -> None:
        self._found = found
        self._bearers = Counter(found.actors[id_].name.casefold() for id_ in actors)

    def rows(self, agreement: str, line: Line) -> Iterator[Row]:
        """Yield the rows of one part, a row for each source and role; without actors one for each source.

        What a source says of a part without placing it is told in every place of it.
        """
        thing = self._found.collaborations[line.id]
        place = [self._name(agreement), self._name(line.priority), self._name(line.project)]
        themes = joined(self._found.themes[theme].name for theme in thing.themes if theme in self._found.themes)
        for (source, role), actors in sorted(self._grouped(line, thing.source or "").items()):
            named = self._found.sources[source].name if source in self._found.sources else source
            yield [*place, joined(actors), themes, thing.start, thing.end, role, named]

    def _grouped(self, line: Line, otherwise: str) -> dict[tuple[str, str], list[str]]:
        grouped: dict[tuple[str, str], list[str]] = {}
        for each in line.involved:
            for said in each.said:
                if not said.places or line.parent in said.places:
                    grouped.setdefault((said.source, said.role), []).append(self._actor(each.actor))
        return grouped or {(source, ""): [] for source in line.sources or (otherwise,)}

    def _name(self, id_: str | None) -> str:
        return self._found.collaborations[id_].name if id_ else _NONE

    def _actor(self, id_: str) -> str:
        actor = self._found.actors[id_]
        if ";" in actor.name or self._bearers[actor.name.casefold()] > 1:
            return id_
        return f"{actor.name} ({actor.business_id})" if actor.business_id else actor.name


def _beside(found: Agreements, one: Agreement) -> Snapshot:
    """Return the sources, themes and actors that the rows of an agreement name."""
    actors = (found.actors[id_] for id_ in sorted(one.actors))
    bare = tuple(actor.model_copy(update={"place": None, "names": (), "attributes": {}}) for actor in actors)
    parts = [found.collaborations[id_] for id_ in one.parts]
    themes = {above.id: above for each in parts for id_ in each.themes for above in upwards(found.themes, id_)}
    cited = {said.source for involved in one.parts.values() for each in involved for said in each.said}
    cited |= {each.source for each in parts if each.source} | {each.source for each in bare if each.source}
    sources = tuple(found.sources[id_] for id_ in sorted(cited) if id_ in found.sources)
    return Snapshot(found.revision, bare, (), (), tuple(themes[id_] for id_ in sorted(themes)), (), (), sources)


def view_tables(found: Agreements, language: str) -> tuple[AnswerTable, ...]:
    """Return who is in what, agreements by shared actors, who is in several, what is apart, projects of two places."""
    told = _Told(found, language)
    return (
        told.table("agreements", ("agreement", "priority", "project", "actor", "roles", "sources", "id"), told.tree()),
        told.table("shared", ("agreement", "other", "number", "actors"), told.shared()),
        told.table("several", ("actor", "number", "agreements", "through"), told.several()),
        told.table("apart", ("kind", "one", "other_one", "themes", "linking"), told.apart()),
        told.table("two_places", ("project", "agreement", "priority", "sources", "differ"), told.two_places()),
    )


class _Told:
    """The answer's parts as rows in a language."""

    def __init__(self, found: Agreements, language: str) -> None:
        self._found, self._language = found, language

    def table(self, key: str, columns: Iterable[str], rows: Iterable[list[Cell]]) -> AnswerTable:
        heads = tuple(say(_WORDS, f"column.{column}", self._language) for column in columns)
        return AnswerTable(say(_WORDS, f"sheet.{key}", self._language), heads, list(rows))

    def tree(self) -> Iterator[list[Cell]]:
        for each in self._found.agreements:
            for line in each.lines:
                place: list[Cell] = [self._name(id_) for id_ in (each.id, line.priority, line.project)]
                if not line.involved:
                    yield [*place, None, None, self._sources(line.sources) or None, line.id]
                for one in line.involved:
                    who: list[Cell] = [self._actors([one.actor]), joined(one.roles), self._sources(one.sources)]
                    yield [*place, *who, line.id]

    def shared(self) -> Iterator[list[Cell]]:
        for each in self._found.shared:
            yield [self._name(each.a), self._name(each.b), len(each.actors), self._actors(each.actors)]

    def several(self) -> Iterator[list[Cell]]:
        for each in self._found.several:
            through = dict.fromkeys(id_ for ids in each.through.values() for id_ in ids)
            yield [self._actors([each.actor]), len(each.through), self._names(each.through), self._names(through)]

    def apart(self) -> Iterator[list[Cell]]:
        for kind, pairs in (("agreements", self._found.apart), ("projects", self._found.projects_apart)):
            for each in pairs:
                themes = joined(self._found.themes[id_].in_language(self._language) for id_ in each.themes)
                linking = self._actors(link.actor for link in each.linking)
                yield [say(_WORDS, f"kind.{kind}", self._language), *map(self._name, (each.a, each.b)), themes, linking]

    def two_places(self) -> Iterator[list[Cell]]:
        for each in self._found.two_places:
            for place in each.places:
                names: list[Cell] = [self._name(id_) for id_ in (each.project, place.agreement, place.priority)]
                yield [*names, self._sources(place.sources), each.differ]

    def _name(self, id_: str | None) -> str | None:
        return self._found.collaborations[id_].name if id_ else None

    def _names(self, ids: Iterable[str]) -> str:
        return joined(self._found.collaborations[id_].name for id_ in ids)

    def _actors(self, ids: Iterable[str]) -> str:
        return joined(self._found.actors[id_].name for id_ in ids)

    def _sources(self, ids: Iterable[str]) -> str:
        return joined(self._found.sources[id_].name for id_ in ids)
