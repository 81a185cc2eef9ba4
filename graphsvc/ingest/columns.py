"""Which sheet is which table, which column is which, and which word means which kind: the tables of ``tables/``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

from graphsvc.identifiers import fold
from graphsvc.wording import LANGUAGES, table

ORDER: Final = ("sources", "places", "themes", "actors", "names", "collaborations", "participations", "links")
"""The tables in the order they are read: a thing is said before it is spoken of."""
VIEW_SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "startup_alliance": ("members", "startups", "services"),
    "ecosystem_agreements": ("agreements",),
    "rdi_environments": ("environments",),
    "procurement": ("procurements",),
}
"""Region view → its import sheets, in ``tables/<view>.toml``; they are read after all other tables of ours."""
VIEW_TABLES: Final = tuple(sheet for sheets in VIEW_SHEETS.values() for sheet in sheets)
CONTACTS: Final = "contacts"
"""The table of contact persons, in ``tables/contacts.toml``: read where the installation keeps them, never written."""
READ_ORDER: Final = (*ORDER, *VIEW_TABLES, CONTACTS)
"""All tables that are read, in this order. Those of region views are not written: they say things of the others."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of ours."""

    key: str
    required: bool
    labels: Mapping[str, str]
    """Header in each language, as the template writes it."""
    notes: Mapping[str, str]
    aliases: frozenset[str]
    """All headers that are recognised, folded."""
    offered: bool = True
    """Whether the template has it; what it has not is read all the same."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of ours: a sheet of the workbook or a CSV file."""

    key: str
    labels: Mapping[str, str]
    aliases: frozenset[str]
    columns: tuple[Column, ...]
    offered: bool = True
    """Whether the template has it."""
    by_name: bool = False
    """True where only the name of the sheet tells the table: its columns could be anything's."""

    @property
    def offers(self) -> TableSpec:
        """The table with the columns that the template has."""
        return replace(self, columns=tuple(column for column in self.columns if column.offered))

    @property
    def required(self) -> tuple[Column, ...]:
        """Columns without which no row of the table says anything."""
        return tuple(column for column in self.columns if column.required)

    def match(self, header: Sequence[str]) -> dict[str, int]:
        """Return the position of each column whose header is recognised; the first wins where two mean the same."""
        found: dict[str, int] = {}
        for position, text in enumerate(header):
            folded = header_fold(text)
            for column in self.columns:
                if folded in column.aliases:
                    found.setdefault(column.key, position)
        return found

    def language(self, header: Sequence[str]) -> str:
        """Return the language that most of the header is written in; English where none leads."""
        return language_of(self.columns, header)


def language_of(columns: Iterable[Column], header: Iterable[str]) -> str:
    """Return the language of whose headers of these columns a header has most; English where none leads."""
    folded, found = {header_fold(text) for text in header}, dict.fromkeys(("en", *LANGUAGES), 0)
    for column in columns:
        for language in found:
            found[language] += header_fold(column.labels[language]) in folded
    return max(found, key=lambda language: found[language])


def header_fold(text: str) -> str:
    """Fold a header for comparing: ``Name_FI*`` is ``name fi``.

    >>> header_fold(" Y-Tunnus * "), header_fold("name_fi")
    ('y-tunnus', 'name fi')
    """
    return fold(text.replace("_", " ").replace("*", " ").rstrip(": "))


def resource(name: str) -> str:
    """Return the text of a table that ships with the package."""
    return resources.files("graphsvc.ingest").joinpath("tables", name).read_text(encoding="utf-8")


@cache
def specs() -> Mapping[str, TableSpec]:
    """Return our tables by key, in the order they are read."""
    raw = tomllib.loads(resource("columns.toml"))
    for view in (*VIEW_SHEETS, CONTACTS):
        raw |= tomllib.loads(resource(f"{view}.toml"))
    return {key: _spec(key, raw[key]) for key in READ_ORDER}


def table_for(name: str) -> TableSpec | None:
    """Return the table that a sheet or file name means, or None."""
    folded = header_fold(name)
    return next((spec for spec in specs().values() if folded in spec.aliases), None)


def table_by_header(header: Sequence[str]) -> TableSpec | None:
    """Return the one table that has this header, or None when none fits or two fit equally.

    It fits when its required columns are there, and two columns and half of the header are its own.
    """
    scores: dict[str, int] = {}
    titles = sum(bool(text.strip()) for text in header)
    for spec in specs().values():
        if spec.by_name:
            continue
        found = spec.match(header)
        if all(column.key in found for column in spec.required) and len(found) >= max(2, titles / 2):
            scores[spec.key] = len(found)
    best = [key for key, score in scores.items() if score == max(scores.values())]
    return specs()[best[0]] if len(best) == 1 else None


@cache
def words(kind: str) -> Mapping[str, str]:
    """Return folded word → value for ``actor``, ``collaboration``, ``link``, ``name``, ``place`` kinds, facets, roles.

    The value itself (``public_body``, ``public body``) and the names of ``wordings/kinds.toml`` are words too.
    """
    known: dict[str, str] = {}
    for value, texts in tomllib.loads(resource("words.toml"))[kind].items():
        labels = table("kinds").get(f"{kind}.{value}", {})
        for text in (value, value.replace("_", " "), *map(str, labels.values()), *texts):
            known[fold(text)] = value
    return known


def meant(text: str, kind: str, enum: type[StrEnum]) -> StrEnum | None:
    """Return the enum's value that a word means, or None."""
    value = words(kind).get(fold(text))
    return enum(value) if value else None


def _spec(key: str, raw: Mapping[str, object]) -> TableSpec:
    labels, columns = raw["sheet"], raw["columns"]
    assert isinstance(labels, dict)  # noqa: S101  # a table of ours; a test reads it
    assert isinstance(columns, dict)  # noqa: S101
    also = raw.get("also", [])
    return TableSpec(
        key=key,
        labels=labels,
        aliases=_folded([key, *labels.values(), *(also if isinstance(also, list) else [])]),
        columns=tuple(_column(name, column) for name, column in columns.items()),
        offered=bool(raw.get("offered", True)),
        by_name=bool(raw.get("by_name", False)),
    )


def _column(key: str, raw: Mapping[str, object]) -> Column:
    labels = {language: str(raw[language]) for language in LANGUAGES}
    also, notes = raw.get("also", []), raw["note"]
    assert isinstance(also, list)  # noqa: S101
    assert isinstance(notes, dict)  # noqa: S101
    aliases = _folded([key, *labels.values(), *also])
    return Column(key, bool(raw.get("required")), labels, notes, aliases, bool(raw.get("offered", True)))


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(header_fold(text) for text in texts)
