"""Limits that a workbook (.xlsx) must keep before any library reads it.

A workbook is a zip of XML, and 1.7 kB of it can ask for gigabytes: two cells far apart, a thousandfold compression,
a document type with entities. So the XML is walked once, in a stream, before the cells are read for real.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import guard
from graphsvc.ingest.xmlevents import MAX_DEPTH, Bounds, Handler, local, walked

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
"""An address of a cell. A row number of eleven digits makes the engine abort the process, so others are refused."""
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_ROW: Final = re.compile(r"[1-9][0-9]{0,6}")
_SHARED: Final = "sharedstrings"
_TOO_LARGE: Final = "Split it, or save the tables as CSV files."


def check_workbook(path: Path) -> dict[str, int]:
    """Refuse a workbook that is no workbook or breaks a limit; return formulas without a stored value by sheet part.

    Raises :class:`UnreadableFile` that says which limit, in which part of the workbook.
    """
    if path.stat().st_size > guard.MAX_WORKBOOK_BYTES:
        raise UnreadableFile(
            f"{path.name} is larger than {guard.MAX_WORKBOOK_BYTES // 1_000_000} MB.", remedy=_TOO_LARGE
        )
    with guard.opened_zip(path) as archive:
        names = {member.filename.lower() for member in archive.infolist()}
        if "xl/workbook.bin" in names:
            raise UnreadableFile(f"{path.name} is a binary workbook (.xlsb).", remedy="Save it in Excel as .xlsx.")
        if "xl/workbook.xml" not in names:
            raise UnreadableFile(
                f"{path.name} is a zip file but not an Excel workbook.", remedy="Save it in Excel as .xlsx."
            )
        if sum(member.file_size for member in archive.infolist()) > guard.MAX_UNPACKED_BYTES:
            limit = guard.MAX_UNPACKED_BYTES // 1_000_000
            raise UnreadableFile(f"{path.name} unpacks to more than {limit} MB.", remedy=_TOO_LARGE)
        walks: list[_Extent] = []
        for member in archive.infolist():
            guard.check_ratio(member, path.name)
            if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                texts = _SHARED in member.filename.lower()
                extent = _Extent(f"{path.name}/{member.filename}", member.filename, texts=texts)
                _walk(archive, member, path.name, extent)
                walks.append(extent)
        _check_repeated(archive, walks, path.name)
        return {extent.part: extent.unstored for extent in walks if extent.unstored}


def _walk(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, handler: Handler) -> None:
    with archive.open(member) as part:
        for _ in walked(part, f"{name}/{member.filename}", handler, Bounds(guard.MAX_UNPACKED_BYTES, _TOO_LARGE)):
            pass


@dataclass(slots=True)
class _Extent:
    """How far the cells of one XML part reach, counted as a reader of spreadsheets counts them."""

    file: str
    """The workbook and the part, for messages."""
    part: str
    texts: bool = False
    """Whether it is the part that holds the shared strings."""
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    elements: int = 0
    formula: bool = False
    stored: bool = False
    unstored: int = 0
    shared: int = 0
    """Cells that show a shared string."""
    lengths: list[int] = field(default_factory=list)
    """Length of each shared string, where this part holds them."""
    depth: int = 0
    sheets: int = 0
    targets: set[str] = field(default_factory=set)
    """The parts that the sheets are made of."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > 4 * guard.MAX_CELLS:
            self._refuse(f"{self.file} has more than {4 * guard.MAX_CELLS:,} elements.")
        if self.depth > MAX_DEPTH:
            self._refuse(f"{self.file} is nested more than {MAX_DEPTH} deep.")
        meet = _MEETS.get(tag) or _MEETS.get(local(tag))
        if meet:
            meet(self, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag == "c" or tag.endswith(":c"):
            self.unstored += self.formula and not self.stored

    def text(self, data: str) -> None:
        if self.texts and self.lengths:
            self.lengths[-1] += len(data)

    def meet_strings(self, attributes: dict[str, str]) -> None:
        """Check how many shared strings are announced: the engine makes room for them before it reads one."""
        for name in ("count", "uniqueCount"):
            announced = attributes.get(name, "0")
            if not _COUNT.fullmatch(announced) or int(announced) > guard.MAX_CELLS:
                self._refuse(
                    f"{self.file} has {announced[:20]} shared strings announced; {guard.MAX_CELLS:,} are read."
                )

    def meet_string(self, _: dict[str, str]) -> None:
        self.lengths.append(0)
        if len(self.lengths) > guard.MAX_CELLS:
            self._refuse(f"{self.file} has more than {guard.MAX_CELLS:,} shared strings.")

    def meet_sheet(self, _: dict[str, str]) -> None:
        self.sheets += 1
        if self.sheets > guard.MAX_SHEETS:
            self._refuse(f"{self.file} has more than {guard.MAX_SHEETS} sheets.")

    def meet_relation(self, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "").rpartition("/")[2].lower()
            if target in self.targets:
                self._refuse(f"{self.file} has two sheets made of one part.")
            self.targets.add(target)

    def meet_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is not None and not _ROW.fullmatch(number):
            self._refuse(f"{self.file} has a row with the number {number[:20]!r}.")
        self.row = int(number) if number else self.row + 1
        self.column = 0

    def meet_formula(self, _: dict[str, str]) -> None:
        self.formula = True

    def meet_value(self, _: dict[str, str]) -> None:
        self.stored = True

    def meet_cell(self, attributes: dict[str, str]) -> None:
        self.shared += attributes.get("t") == "s"
        reference = attributes.get("r")
        self.formula = self.stored = False
        if reference is None:
            self.column += 1
        elif match := _REFERENCE.fullmatch(reference):
            self.column, self.row = _column_number(match[1]), int(match[2])
        else:
            self._refuse(f"{self.file} has a cell with the address {reference[:20]!r}.")
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row > guard.MAX_ROWS:
            self._refuse(f"{self.file} has a cell in row {self.last_row:,}; {guard.MAX_ROWS:,} rows are read.")
        if self.last_column > guard.MAX_COLUMNS:
            self._refuse(
                f"{self.file} has a cell in column {self.last_column:,}; {guard.MAX_COLUMNS:,} columns are read."
            )
        if self.last_row * self.last_column > guard.MAX_CELLS:
            self._refuse(
                f"{self.file} has cells over an area of {self.last_row:,} × {self.last_column:,};"
                f" {guard.MAX_CELLS:,} cells are read."
            )

    def _refuse(self, message: str) -> NoReturn:
        raise UnreadableFile(message, remedy="Delete what lies far outside the table, or split the file.")


_MEETS: Final[Mapping[str, Callable[[_Extent, dict[str, str]], None]]] = {
    "row": _Extent.meet_row,
    "c": _Extent.meet_cell,
    "f": _Extent.meet_formula,
    "v": _Extent.meet_value,
    "is": _Extent.meet_value,
    "si": _Extent.meet_string,
    "sst": _Extent.meet_strings,
    "sheet": _Extent.meet_sheet,
    "Relationship": _Extent.meet_relation,
}


def _check_repeated(archive: zipfile.ZipFile, walked: list[_Extent], name: str) -> None:
    """Refuse a workbook whose cells show the same long strings so often that they would fill the memory.

    The strings are counted one by one only where the longest of them in every cell would be too much.
    """
    lengths = max((extent.lengths for extent in walked), key=len, default=[])
    if sum(extent.shared for extent in walked) * max(lengths, default=0) <= guard.MAX_UNPACKED_BYTES:
        return
    characters = 0
    for extent in walked:
        if extent.shared:
            characters += _shown(archive, extent.part, lengths)
            if characters > guard.MAX_UNPACKED_BYTES:
                raise UnreadableFile(
                    f"{name} has more than {guard.MAX_UNPACKED_BYTES:,} characters of repeated text"
                    f" (in {extent.part!r}).",
                    remedy="Delete the repeated texts, or split the file.",
                )


def _shown(archive: zipfile.ZipFile, part: str, lengths: list[int]) -> int:
    """Return how many characters of shared strings the cells of a sheet show."""
    shown = _Shown(lengths)
    _walk(archive, archive.getinfo(part), part, shown)
    return shown.characters


@dataclass(slots=True)
class _Shown:
    """Counts the characters of shared strings that cells show."""

    lengths: list[int]
    characters: int = 0
    kind: str = ""
    number: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self.kind = attributes.get("t", "")
        elif name == "v" and self.kind == "s":
            self.number = []

    def text(self, data: str) -> None:
        if self.number is not None:
            self.number.append(data)

    def end(self, tag: str) -> None:
        if self.number is not None and local(tag) == "v":
            digits = "".join(self.number).strip()
            if _COUNT.fullmatch(digits) and int(digits) < len(self.lengths):
                self.characters += self.lengths[int(digits)]
            self.number = None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
