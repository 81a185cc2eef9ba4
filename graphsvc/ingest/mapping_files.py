"""Mappings as small TOML files that people can change, and those that are remembered for the next file like it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from graphsvc.errors import InvalidValue, UnreadableFile
from graphsvc.ingest import faults
from graphsvc.ingest.mapping import IGNORE, LIST, MANY, TABLES, ColumnMap, Mapping, SheetMap, describe

FOLDER: Final = "mappings"
"""Of the data folder: one file for each set of headings whose mapping was given by hand."""
_HEAD: Final = """\
# Which column is which. Change what is wrong, then: graphsvc import FILE --mapping THIS_FILE
# table: {tables}
# columns of a list: actor.name, collaboration.name, participation.role …, actor.attribute, ignore, and
# {many}. All: docs/how-to/any-excel.md
"""
_BOUNDS: Final = 1_000_000


def to_toml(mapping: Mapping, language: str = "en") -> str:
    """Return a mapping as TOML, with what each field means and why it was proposed as a comment."""
    parts = [_HEAD.format(tables=", ".join(TABLES), many=", ".join(MANY))]
    for sheet in mapping.sheets:
        parts.append("\n[[sheet]]")
        parts.append(f"sheet = {_text(sheet.sheet)}")
        parts.append(f"table = {_text(sheet.table)}")
        parts.append(f"header_row = {sheet.header_row}")
        if sheet.table == LIST or sheet.header_rows > 1:
            parts.append(f"header_rows = {sheet.header_rows}  # rows that the headings take")
            parts.append(f"fill_down = {str(sheet.fill_down).lower()}  # whether an empty name means the one above")
        parts.append("[sheet.columns]")
        told = describe(Mapping((replace(sheet, table=LIST if sheet.table == IGNORE else sheet.table),)), language)
        notes = {row["heading"]: f"{row['meaning']} ({row['reason']})" for row in told if sheet.table != IGNORE}
        for column in sheet.columns:
            note = f"  # {_comment(notes[column.title])}" if column.title in notes else ""
            parts.append(f"{_text(column.title)} = {_text(column.field)}{note}")
    return "\n".join(parts) + "\n"


def from_toml(text: str, name: str) -> Mapping:
    """Return the mapping of :func:`to_toml`, as people changed it. ``name`` is the file's, for messages.

    Raises :class:`UnreadableFile` for what is no TOML, :class:`InvalidValue` for a table or field that there is not.
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFile(
            f"{name} can't be read: {error}.",
            remedy="Write it anew: graphsvc import FILE --columns --mapping NEW.toml.",
        ) from error
    sheets = raw.get("sheet")
    if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
        raise UnreadableFile(f"{name} says of no sheet what it is.", remedy="Each sheet begins with [[sheet]].")
    return Mapping(tuple(_sheet(sheet, name) for sheet in sheets))


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Errors: those of :func:`from_toml`, and a file that isn't there."""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_BOUNDS)
    except (OSError, UnicodeDecodeError) as error:
        reason = faults.of_system(error) if isinstance(error, OSError) else faults.NO_TEXT
        raise UnreadableFile(f"{path.name} can't be read ({reason}).", remedy="Check the file's name.") from error
    return from_toml(text, path.name)


def remember(home: Path, mark: str, mapping: Mapping) -> Path:
    """Keep a mapping for files with the same headings (``mark``); return where."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mark}.toml"
    path.write_text(to_toml(mapping), encoding="utf-8")
    return path


def any_remembered(home: Path) -> bool:
    """Tell whether any mapping is remembered."""
    return next((home / FOLDER).glob("*.toml"), None) is not None


def remembered(home: Path, proposed: Mapping) -> Mapping | None:
    """Return the mapping that was given for a file with the same headings, fitted to this one, or None."""
    path = home / FOLDER / f"{proposed.mark}.toml"
    return fitted(read_mapping(path), proposed) if path.is_file() else None


def fitted(given: Mapping, proposed: Mapping) -> Mapping:
    """Return a mapping for a file whose sheets have the same headings, under other names or below other titles."""
    sheets = []
    for sheet in proposed.sheets:
        titles = {column.title for column in sheet.columns}
        same_name = given.sheet(sheet.sheet)
        same_titles = (each for each in given.sheets if {column.title for column in each.columns} == titles)
        meant = same_name or next(same_titles, None)
        if meant is None:
            sheets.append(sheet)
        elif {column.title for column in meant.columns} <= titles:
            sheets.append(replace(meant, sheet=sheet.sheet, header_row=sheet.header_row, header_rows=sheet.header_rows))
        else:
            sheets.append(meant)
    return Mapping(tuple(sheets))


def _sheet(raw: dict[str, Any], name: str) -> SheetMap:
    columns = raw.get("columns", {})
    table, header_row, header_rows = raw.get("table", ""), raw.get("header_row", 1), raw.get("header_rows", 1)
    if not isinstance(columns, dict) or not all(isinstance(field, str) for field in columns.values()):
        raise InvalidValue(f'{name}: a column is not written as "Heading" = "field".', remedy="Correct it.")
    numbers = all(type(number) is int and 1 <= number <= 1_048_576 for number in (header_row, header_rows))
    if not numbers or not isinstance(table, str) or not isinstance(raw.get("sheet", ""), str):
        raise InvalidValue(f"{name}: header_row is a number from 1, table and sheet are texts.", remedy="Correct it.")
    sheet = SheetMap(
        sheet=raw.get("sheet", ""),
        table=table,
        header_row=header_row,
        header_rows=header_rows,
        fill_down=raw.get("fill_down") is True,
        columns=tuple(ColumnMap(title, field) for title, field in columns.items()),
    )
    return sheet if sheet.table == IGNORE else sheet.checked()


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
