"""Limits that a file must keep before any library reads it.

A workbook is a zip of XML, and 1.7 kB of it can ask for gigabytes: two cells far apart, a thousandfold compression,
a document type with entities. So the XML is walked once, in a stream, before the cells are read for real.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from graphsvc.errors import UnreadableFile

MAX_WORKBOOK_BYTES: Final = 20_000_000
MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 1_000_000
"""Small parts of honest files may be very regular; a ratio says something only of large ones."""
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 300
MAX_CELLS: Final = 3_000_000
MAX_ARCHIVE_BYTES: Final = 4_000_000_000
"""Unpacked size of a zip of CSV files, which are streamed."""
MAX_NETWORK_BYTES: Final = 400_000_000
"""Unpacked size of one network file, which is streamed: a million links with a few attributes each."""

_CHUNK: Final = 1 << 16
_TOO_LARGE: Final = "Split it, or save the tables as CSV files."
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
"""An address of a cell. A row number of eleven digits makes the engine abort the process, so others are refused."""
_OUTSIDE: Final = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")
"""A member's name that begins at the root or climbs up. Nothing is ever unpacked to disk; an honest zip has none."""
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_ROW: Final = re.compile(r"[1-9][0-9]{0,6}")


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip; whatever zipfile finds wrong with it, then or while it is read, is an :class:`UnreadableFile`."""
    if path.stat().st_size == 0:
        raise UnreadableFile(f"{path.name} is empty.", remedy="Save or download the file again.")
    with path.open("rb") as file:
        if file.read(8) == OLD_WORKBOOK:
            raise UnreadableFile(
                f"{path.name} is an old workbook (.xls) or protected with a password.",
                remedy="Open it in Excel and save it as an .xlsx workbook without a password.",
            )
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise UnreadableFile(
                        f"{path.name} is protected with a password.", remedy="Save it without a password."
                    )
                if _OUTSIDE.search(member.filename):
                    raise UnreadableFile(
                        f"{path.name} holds a file named {member.filename[:80]!r}, which points outside of it.",
                        remedy="Such archives are made to overwrite files. Pack the tables anew.",
                    )
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnreadableFile(
            f"{path.name} is damaged, or not what its name says ({error or type(error).__name__}).",
            remedy="Download or save it again.",
        ) from error
    except Exception as error:  # zlib.error, lzma.LZMAError: each compression has an error class of its own
        if type(error).__module__ in {"zlib", "_lzma", "lzma", "_bz2"}:
            raise UnreadableFile(f"{path.name} is damaged ({error}).", remedy="Download or save it again.") from error
        raise


def check_archive(archive: zipfile.ZipFile, name: str, limit: int = MAX_ARCHIVE_BYTES) -> None:
    """Refuse a zip whose declared size or compression is out of reason."""
    total = sum(member.file_size for member in archive.infolist())
    if total > limit:
        raise UnreadableFile(f"{name} holds {total:,} bytes, more than {limit:,}.", remedy="Split it.")
    for member in archive.infolist():
        _check_ratio(member, name)


def check_workbook(path: Path) -> dict[str, int]:
    """Refuse a workbook that is no workbook or breaks a limit; return formulas without a stored value by sheet part.

    Raises :class:`UnreadableFile` that says which limit, in which part of the workbook.
    """
    if path.stat().st_size > MAX_WORKBOOK_BYTES:
        raise UnreadableFile(f"{path.name} is larger than {MAX_WORKBOOK_BYTES // 1_000_000} MB.", remedy=_TOO_LARGE)
    with opened_zip(path) as archive:
        members = archive.infolist()
        if not any(member.filename.lower() == "xl/workbook.xml" for member in members):
            raise UnreadableFile(
                f"{path.name} is a zip file but not an Excel workbook.", remedy="Save it in Excel as .xlsx."
            )
        if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
            raise UnreadableFile(
                f"{path.name} unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB.", remedy=_TOO_LARGE
            )
        walked: list[_Extent] = []
        for member in members:
            _check_ratio(member, path.name)
            if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                walked.append(_walk(archive, member, path.name))
        _check_repeated(archive, walked, path.name)
        return {extent.part: extent.unstored for extent in walked if extent.unstored}


def _check_ratio(member: zipfile.ZipInfo, name: str) -> None:
    if member.file_size > RATIO_COUNTS_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise UnreadableFile(
            f"{name} is packed {member.file_size // max(member.compress_size, 1)} times in {member.filename!r},"
            f" more than {MAX_RATIO} times.",
            remedy="Such files are made to exhaust memory. Save the tables anew.",
        )


@dataclass(slots=True)
class _Extent:
    """How far the cells of one XML part reach, counted as a reader of spreadsheets counts them."""

    part: str
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
    problem: str = field(default="")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > 4 * MAX_CELLS:
            self.refuse(f"more than {4 * MAX_CELLS:,} elements")
        local = tag.rpartition(":")[2]
        if local == "row":
            self._row(attributes.get("r"))
        elif local == "c":
            self.shared += attributes.get("t") == "s"
            self._cell(attributes.get("r"))
        elif local == "f":
            self.formula = True
        elif local in {"v", "is"}:
            self.stored = True
        elif local == "si":
            self.lengths.append(0)
        elif local == "sst":
            self._strings(attributes)

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            self.unstored += self.formula and not self.stored

    def text(self, data: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(data)

    def _strings(self, attributes: dict[str, str]) -> None:
        """Check how many shared strings are announced: the engine makes room for them before it reads one."""
        for name in ("count", "uniqueCount"):
            announced = attributes.get(name, "0")
            if not _COUNT.fullmatch(announced) or int(announced) > 4 * MAX_CELLS:
                self.refuse(f"{announced[:20]} shared strings announced; {4 * MAX_CELLS:,} are read")

    def _row(self, number: str | None) -> None:
        if number is not None and not _ROW.fullmatch(number):
            self.refuse(f"a row with the number {number[:20]!r}")
        self.row = int(number) if number else self.row + 1
        self.column = 0

    def _cell(self, reference: str | None) -> None:
        self.formula = self.stored = False
        if reference is None:
            self.column += 1
        elif match := _REFERENCE.fullmatch(reference):
            self.column, self.row = _column_number(match[1]), int(match[2])
        else:
            self.refuse(f"a cell with the address {reference[:20]!r}")
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row > MAX_ROWS:
            self.refuse(f"a cell in row {self.last_row:,}; {MAX_ROWS:,} rows are read")
        if self.last_column > MAX_COLUMNS:
            self.refuse(f"a cell in column {self.last_column:,}; {MAX_COLUMNS:,} columns are read")
        if self.last_row * self.last_column > MAX_CELLS:
            self.refuse(f"cells over an area of {self.last_row:,} × {self.last_column:,}; {MAX_CELLS:,} cells are read")

    def doctype(self, *_: object) -> None:
        self.refuse("a document type, which no workbook has")

    def refuse(self, what: str) -> None:
        self.problem = what
        raise ValueError(what)


def _walk(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> _Extent:
    """Walk one XML part within the limits."""
    extent = _Extent(member.filename)
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    parser.StartDoctypeDeclHandler = extent.doctype
    if "sharedstrings" in member.filename.lower():
        parser.CharacterDataHandler = extent.text
    unpacked = 0
    try:
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                unpacked += len(chunk)  # what the zip declares may be a lie
                if unpacked > MAX_UNPACKED_BYTES:
                    extent.refuse(f"more than {MAX_UNPACKED_BYTES // 1_000_000} MB of XML")
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableFile(
            f"{name} is damaged: {member.filename!r} is not well-formed XML ({error}).",
            remedy="Save it again in Excel.",
        ) from error
    except ValueError as error:
        if not extent.problem:
            raise
        raise UnreadableFile(
            f"{name} has {extent.problem} (in {member.filename!r}).",
            remedy="Delete what lies far outside the table, or split the file.",
        ) from error
    return extent


def _check_repeated(archive: zipfile.ZipFile, walked: list[_Extent], name: str) -> None:
    """Refuse a workbook whose cells show the same long strings so often that they would fill the memory.

    The strings are counted one by one only where the longest of them in every cell would be too much.
    """
    lengths = max((extent.lengths for extent in walked), key=len, default=[])
    if sum(extent.shared for extent in walked) * max(lengths, default=0) <= MAX_UNPACKED_BYTES:
        return
    characters = 0
    for extent in walked:
        if extent.shared:
            characters += _shown(archive, extent.part, lengths)
            if characters > MAX_UNPACKED_BYTES:
                raise UnreadableFile(
                    f"{name} has more than {MAX_UNPACKED_BYTES:,} characters of repeated text (in {extent.part!r}).",
                    remedy="Delete the repeated texts, or split the file.",
                )


def _shown(archive: zipfile.ZipFile, part: str, lengths: list[int]) -> int:
    """Return how many characters of shared strings the cells of a sheet show."""
    shown = 0
    number: list[str] | None = None
    kind = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal kind, number
        local = tag.rpartition(":")[2]
        if local == "c":
            kind = attributes.get("t", "")
        elif local == "v" and kind == "s":
            number = []

    def text(data: str) -> None:
        if number is not None:
            number.append(data)

    def end(tag: str) -> None:
        nonlocal number, shown
        if number is not None and tag.rpartition(":")[2] == "v":
            digits = "".join(number).strip()
            if _COUNT.fullmatch(digits) and int(digits) < len(lengths):
                shown += lengths[int(digits)]
            number = None

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
    return shown


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
