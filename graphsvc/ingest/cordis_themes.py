"""What a CORDIS project is about: thematic priority, EuroSciVoc field, or part of the programme."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from graphsvc.identifiers import slug
from graphsvc.ingest.columns import resource
from graphsvc.ingest.cordis_columns import Header, Kind, Row
from graphsvc.ingest.grid import Grid, GridRow, as_text
from graphsvc.model import Theme


@cache
def programme_parts() -> dict[str, str]:
    """Return code → name of the parts of Horizon 2020 that are themes."""
    return {row["code"]: row["name"] for row in csv.DictReader(resource("programme_parts.csv").splitlines())}


class ThemeBook:
    """Themes and topics by project, read from the smaller files of the zip before its projects."""

    def __init__(self) -> None:
        self._themes: dict[str, list[str]] = {}
        self._topics: dict[str, str] = {}
        self._known: dict[str, Theme] = {}
        self._said: set[str] = set()

    def read(self, kind: Kind, grid: Grid) -> None:
        """Read one of the files that say what projects are about; rows that can't be read say nothing."""
        header: Header | None = None
        for row in grid.rows():
            if isinstance(row, GridRow):
                if header is None:
                    header = Header(kind, [as_text(cell) for cell in row.cells])
                else:
                    self._row(kind, header.pick(row.cells))

    def of(self, grant: str, rcn: str, programme: str) -> tuple[list[Theme], tuple[str, ...]]:
        """Return the themes of a project: those not said before with their parents, and the ids of all."""
        ids = self._themes.get(f"rcn {rcn}") or self._themes.get(grant) or self._by_programme(programme)
        fresh: list[Theme] = []
        for id_ in ids:
            fresh += self._unsaid(id_)
        return fresh, tuple(dict.fromkeys(ids))

    def topic_of(self, grant: str, rcn: str) -> str:
        """Return the topic of a project's call in words, or nothing."""
        return self._topics.get(f"rcn {rcn}") or self._topics.get(grant, "")

    def _row(self, kind: Kind, row: Row) -> None:
        key = f"rcn {row['rcn']}" if row.get("rcn") else row["grant"]
        if row.get("topic_text"):
            self._topics[key] = row["topic_text"]
        if row.get("priority"):
            self._themes[key] = [self._named(row["priority"])]
        if kind is Kind.FIELDS and (leaf := self._field(row["code"], row["path"])):
            self._themes.setdefault(key, []).append(leaf)

    def _named(self, name: str) -> str:
        theme = Theme(id=f"t-{slug(name)}", name=name, name_en=name)
        return self._known.setdefault(theme.id, theme).id

    def _field(self, code: str, path: str) -> str | None:
        """Remember a EuroSciVoc field with its parents: code ``/23/43``, path ``/natural sciences/physics``."""
        codes, names = code.strip("/").split("/"), path.strip("/").split("/")
        if len(codes) != len(names) or not all(part.isdigit() for part in codes) or not all(names):
            return None
        parent: str | None = None
        for depth, name in enumerate(names, start=1):
            id_ = "esv-" + "-".join(codes[:depth])
            self._known.setdefault(id_, Theme(id=id_, name=name, name_en=name, parent=parent))
            parent = id_
        return parent

    def _by_programme(self, programme: str) -> list[str]:
        """Return the theme of the narrowest part of the programme that has a name."""
        parts = programme.strip().rstrip(".").split(".")
        for length in range(len(parts), 1, -1):
            if name := programme_parts().get(".".join(parts[:length])):
                return [self._named(name)]
        return []

    def _unsaid(self, id_: str) -> Iterable[Theme]:
        chain: list[Theme] = []
        step: str | None = id_
        while step and step not in self._said:
            self._said.add(step)
            chain.insert(0, self._known[step])
            step = self._known[step].parent
        return chain
