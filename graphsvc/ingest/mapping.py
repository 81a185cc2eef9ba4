"""How the columns of a file are read: which table each sheet is and which field each column, as plain frozen data.

:func:`graphsvc.ingest.recognising.recognise` proposes one, people correct it, and a reader follows it. It says nothing
that is not in it: no code, no path. The fields of a sheet that is a table of ours are that table's columns; those of a
*list*, where each row speaks of an organisation and mostly of what it takes part in, are :data:`LIST_FIELDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self

from graphsvc import wording
from graphsvc.errors import InvalidValue
from graphsvc.identifiers import digest
from graphsvc.ingest.columns import READ_ORDER, header_fold, specs

LIST: Final = "list"
IGNORE: Final = "ignore"
ATTRIBUTE: Final = "attribute"
TABLES: Final = (*READ_ORDER, LIST, IGNORE)
"""What a sheet can be."""

MANY: Final = ("partners", "collaborations", "funders", "member")
"""Fields of a list that several columns may be. ``partners``, ``collaborations`` and ``funders`` hold several names in
a cell; a column that is ``member`` is itself called after a collaboration, and its cells say who takes part."""
OWNERS: Final = ("actor", "collaboration", "participation")
_OF_LISTS: Final = {
    "actor": ("id", "source", "place"),
    "collaboration": ("source",),
    "participation": ("actor", "collaboration"),
}
"""Owner → columns of our table that a list does not have."""
LIST_FIELDS: Final = (
    *(
        f"{owner}.{column.key}"
        for owner, without in _OF_LISTS.items()
        for column in specs()[f"{owner}s"].columns
        if column.key not in without
    ),
    *(f"{owner}.{ATTRIBUTE}" for owner in OWNERS),
    *MANY,
    IGNORE,
)
SURE: Final = 0.6
"""Confidence from which on a file is read by a proposal that nobody has looked at."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column: its heading, made unique in the sheet, and the field that it is."""

    title: str
    field: str
    confidence: float = 1.0
    reason: str = "told"
    """Why, as a key of ``wordings/columns.toml``."""
    about: str = ""
    """What the reason speaks of: the known heading that it is like, the field that is taken."""


@dataclass(frozen=True, slots=True)
class SheetMap:
    """One sheet or CSV file."""

    sheet: str
    table: str
    header_row: int = 1
    """The row, as a person sees it, in which the headings stand; the last of them where they take two."""
    header_rows: int = 1
    fill_down: bool = False
    """Whether an empty cell of a name means the one above it (merged cells, or a name written once)."""
    columns: tuple[ColumnMap, ...] = ()
    confidence: float = 1.0
    reason: str = "told"

    def fields(self, *names: str) -> tuple[ColumnMap, ...]:
        """Return the columns that are one of these fields."""
        return tuple(column for column in self.columns if column.field in names)

    def checked(self) -> Self:
        """Return it; :class:`InvalidValue` for a table or field that there is not, or two columns of one field."""
        if self.table not in TABLES:
            raise InvalidValue(f"{self.table!r} is no table.", remedy=f"A sheet is one of: {', '.join(TABLES)}.")
        allowed = fields_of(self.table)
        seen: set[str] = set()
        for column in self.columns:
            if column.field not in allowed:
                raise InvalidValue(
                    f"{column.field!r} is no field of {self.table} (column {column.title!r}).",
                    remedy=f"A column is one of: {', '.join(allowed)}.",
                )
            once = column.field not in {*MANY, IGNORE} and not column.field.endswith(ATTRIBUTE)
            if once and column.field in seen:
                raise InvalidValue(
                    f"Two columns of {self.sheet!r} are {column.field!r}; one is {column.title!r}.",
                    remedy="Make one of them an attribute, or ignore it.",
                )
            seen.add(column.field)
        return self


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a whole file is read."""

    sheets: tuple[SheetMap, ...] = ()

    @property
    def mark(self) -> str:
        """A digest of sheets' headings: files with the same headings have the same, whatever their rows and names."""
        parts = sorted(digest(*(column.title for column in sheet.columns)) for sheet in self.sheets if sheet.columns)
        return digest(*parts)[:16]

    @property
    def says(self) -> str:
        """A digest of what a reader follows: without how sure it is and why."""
        parts = (
            (s.sheet, s.table, s.header_row, s.header_rows, s.fill_down, [(c.title, c.field) for c in s.columns])
            for s in self.sheets
        )
        return digest(*map(repr, parts))

    @property
    def confidence(self) -> float:
        """How sure the least sure sheet is that is not ignored; 0 where all are."""
        return min((sheet.confidence for sheet in self.sheets if sheet.table != IGNORE), default=0.0)

    def sheet(self, name: str) -> SheetMap | None:
        """Return the sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.sheet == name), None)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return the mapping of :meth:`to_json`, checked."""
        sheets = []
        for sheet in values["sheets"]:
            columns = tuple(ColumnMap(**column) for column in sheet["columns"])
            sheets.append(SheetMap(**{**sheet, "columns": columns}).checked())
        return cls(tuple(sheets))

    def corrected(self, orders: Iterable[str]) -> Self:
        """Return it with columns set by hand: ``Sheet!Heading=field``, ``Heading=field`` or ``Sheet!=table``.

        Raises :class:`InvalidValue` for an order that is none, or speaks of no column of the file.
        """
        made = self
        for order in orders:
            made = made._with(order)
        return replace(made, sheets=tuple(sheet.checked() for sheet in made.sheets))

    def _with(self, order: str) -> Self:
        where, is_order, field = (part.strip() for part in order.rpartition("="))
        named, bang, title = where.rpartition("!")
        if not is_order or not field:
            raise InvalidValue(f"{order!r} says no field.", remedy="Write it as 'Sheet!Heading=field'.")
        sheets = [sheet for sheet in self.sheets if not bang or header_fold(sheet.sheet) == header_fold(named)]
        if bang and not title:
            return self._changed(
                sheets, order, lambda sheet: replace(sheet, table=field, confidence=1.0, reason="told")
            )
        meant = [s for s in sheets if any(header_fold(c.title) == header_fold(title) for c in s.columns)]
        return self._changed(meant, order, lambda sheet: _told(sheet, title, field))

    def _changed(self, meant: Sequence[SheetMap], order: str, change: Callable[[SheetMap], SheetMap]) -> Self:
        if len(meant) != 1:
            known = "; ".join(f"{s.sheet}: {', '.join(c.title for c in s.columns[:12])}" for s in self.sheets)
            message = (
                f"{order!r} fits several sheets of the file." if meant else f"{order!r} fits no sheet of the file."
            )
            raise InvalidValue(message, remedy=f"The file has: {known}.")
        return replace(self, sheets=tuple(change(s) if s is meant[0] else s for s in self.sheets))


def _told(sheet: SheetMap, title: str, field: str) -> SheetMap:
    """Return the sheet with a column set by hand; a column that had the field before becomes an attribute."""
    folded = header_fold(title)
    table = sheet.table
    if field in LIST_FIELDS and (table == IGNORE or field not in fields_of(table)) and field != IGNORE:
        table = LIST  # its other columns are set anew below
    columns = []
    for column in sheet.columns:
        if header_fold(column.title) == folded:
            columns.append(ColumnMap(column.title, field))
        elif column.field == field and field not in {*MANY, IGNORE} and not field.endswith(ATTRIBUTE):
            columns.append(ColumnMap(column.title, _attribute_of(table, field), 0.5, "taken", title))
        elif column.field not in fields_of(table):
            columns.append(replace(column, field=_attribute_of(table, "actor.")))
        else:
            columns.append(column)
    return replace(sheet, table=table, columns=tuple(columns), confidence=1.0, reason="told")


def _attribute_of(table: str, field: str) -> str:
    return f"{field.partition('.')[0]}.{ATTRIBUTE}" if table == LIST else ATTRIBUTE


def fields_of(table: str) -> tuple[str, ...]:
    """Return what a column of a table may be."""
    if table == LIST:
        return LIST_FIELDS
    if table == IGNORE:
        return (*LIST_FIELDS, ATTRIBUTE, *{column.key: None for spec in specs().values() for column in spec.columns})
    return (*(column.key for column in specs()[table].columns), ATTRIBUTE, IGNORE)


def describe(mapping: Mapping, language: str = "en") -> list[dict[str, Any]]:
    """Return a mapping as rows for people: sheet, table, header row, heading, field, meaning, confidence, reason."""
    return [
        {
            "sheet": sheet.sheet,
            "table": sheet.table,
            "header_row": sheet.header_row,
            "heading": column.title,
            "field": column.field if sheet.table != IGNORE else IGNORE,
            "meaning": meaning(sheet.table, column.field, language),
            "confidence": round(column.confidence, 2),
            "reason": wording.say("columns", f"reason.{column.reason}", language, about=column.about),
        }
        for sheet in mapping.sheets
        for column in sheet.columns or (ColumnMap("", IGNORE, sheet.confidence, sheet.reason),)
    ]


def meaning(table: str, field: str, language: str) -> str:
    """Return what a field is, in words: ``Actors: municipality``."""
    if table == IGNORE or field == IGNORE:
        return wording.say("columns", "field.ignore", language)
    if field in MANY:
        return wording.say("columns", f"field.{field}", language)
    owner, dot, key = field.rpartition(".")
    spec = specs()[f"{owner}s" if dot else table]
    if key == ATTRIBUTE:
        return f"{spec.labels[language]}: {wording.say('columns', 'field.attribute', language)}"
    label = next(column.labels[language] for column in spec.columns if column.key == key)
    return f"{spec.labels[language]}: {label}"
