"""Workbooks that ask for more than they hold. They are written by hand: no library would write them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.ingest.hostile.case import Case, Reads, Refused, written
from tests.ingest.made_up_ods import ods_cell, write_ods

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
NAME = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
Parts = dict[str, str | bytes | Iterable[bytes]]


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str, before: str = "", inside: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}">{inside}<sheetData>{rows}</sheetData></worksheet>'


def frame(sheets: int = 1, kind: str = "sheet.main", one_part: bool = False) -> Parts:
    """Return the parts around the sheets of a workbook."""
    numbers = range(1, sheets + 1)
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = (
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.{kind}+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{office}.worksheet+xml"/>'
    )
    listed = "".join(f'<sheet name="Actors{n if n > 1 else ""}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{1 if one_part else n}.xml"/>'
        for n in numbers
    )
    strings = f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}{strings}'
        "</Relationships>",
        STRINGS: f'<sst xmlns="{MAIN}"/>',
    }


def book(parts: Parts, around: Parts | None = None) -> Callable[[Path], None]:
    """Return what writes a workbook of these parts."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in {**(around or frame()), **parts}.items():
                if isinstance(content, str | bytes):
                    archive.writestr(name, content)
                else:
                    with archive.open(name, "w", force_zip64=True) as part:
                        part.writelines(content)

    return make


def rows(content: str, before: str = "", inside: str = "") -> Callable[[Path], None]:
    return book({SHEET: sheet(content, before, inside)})


@dataclass(frozen=True, slots=True)
class Long:
    """A long part, written piece by piece, as often as it is asked for."""

    before: str
    piece: bytes
    times: int
    after: str = ""

    def __iter__(self) -> Iterator[bytes]:
        yield self.before.encode()
        for _ in range(self.times):
            yield self.piece
        yield self.after.encode()


def empty_rows() -> str:
    return "".join(f'<row r="{number}" ht="15"/>' for number in range(2, 1_048_577))


def wide_header(columns: int) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>c{number}</t></is></c>' for number in range(columns)) + "</row>"


def mixed_cells() -> str:
    """Numbers that are none, and days that Excel can't count: what Excel shows as text comes as text."""
    head = text_cell("A1", "name") + text_cell("B1", "description") + text_cell("C1", "website")
    body = (
        f'<row r="2">{text_cell("A2", "NaN")}{text_cell("B2", "-Infinity")}</row>'
        f'<row r="3">{text_cell("A3", "inf")}<c r="B3"><v>1e308</v></c></row>'
        f'<row r="4">{text_cell("A4", "A")}{text_cell("B4", "31.12.1850")}</row>'
    )
    return f'<row r="1">{head}</row>{body}'


def repeated_text(path: Path) -> None:
    """A text of 30,000 characters that 20,000 cells show, in 100 kB."""
    long = "".join(chr(33 + (number * 7919 + number // 89) % 25) for number in range(30_000)).replace("&", "x")
    long = long.replace("<", "y").replace(">", "z")
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 20_002))
    book({SHEET: sheet(NAME + cells), STRINGS: f'<sst xmlns="{MAIN}"><si><t>{long}</t></si></sst>'})(path)


def ods(extra: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        write_ods(path, {"Actors": [["name"], ["A"]]}, extra=extra)

    return make


def ods_row(row: str, cell: str = "", text: str = "x") -> str:
    """Return a repeated row with a repeated cell."""
    inner = f'<table:table-cell {cell} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    return f"<table:table-row {row}>{inner if cell else ods_cell(text)}</table:table-row>"


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = OLD + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
DTD = "document type"

CASES = (
    Case(
        "two cells far apart, 1.7 kB",
        "far.xlsx",
        rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        Refused("row 1,048,576"),
    ),
    Case(
        "one cell of 400 MB",
        "cell.xlsx",
        book({SHEET: Long(sheet("").split("</sheetData")[0], b"x" * 1_000_000, 400)}),
        Refused("unpacks to more than 200 MB"),
    ),
    Case(
        "one cell of 150 MB",
        "cell150.xlsx",
        book({SHEET: Long(sheet("").split("</sheetData")[0], b"x" * 1_000_000, 150)}),
        Refused(r"packed \d+ times"),
    ),
    Case(
        "five million shared strings",
        "strings.xlsx",
        book({SHEET: sheet(NAME), STRINGS: Long(f'<sst xmlns="{MAIN}">', b"<si/>" * 1_000_000, 5, "</sst>")}),
        Refused("more than 3,000,000 shared strings|packed"),
    ),
    Case(
        "shared strings announced that are not there",
        "announced.xlsx",
        book({SHEET: sheet(NAME), STRINGS: f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000"/>'}),
        Refused("4000000000 shared strings announced"),
    ),
    Case("one text shown by 20,000 cells", "repeated.xlsx", repeated_text, Refused("characters of repeated text")),
    Case("a million empty rows", "empty.xlsx", lambda path: rows(NAME + empty_rows())(path), Reads(0)),
    Case("16,384 columns", "wide.xlsx", rows('<row r="1"><c r="XFD1"><v>1</v></c></row>'), Refused("column 16,384")),
    Case(
        "a dimension of the whole sheet around one cell",
        "dimension.xlsx",
        rows(NAME + f'<row r="2">{text_cell("A2", "Tampere")}</row>', inside='<dimension ref="A1:XFD1048576"/>'),
        Reads(1, holds=("Tampere",)),
    ),
    Case("billion laughs in a sheet", "laughs.xlsx", rows("", f"<!DOCTYPE x [{LAUGHS}]>"), Refused(DTD)),
    Case(
        "a foreign file in a sheet",
        "foreign.xlsx",
        rows(text_cell("A1", "&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        Refused(DTD),
    ),
    Case(
        "elements nested 100,000 deep",
        "deep.xlsx",
        rows("".join(f"<a{n % 7}>" for n in range(100_000))),
        Refused("nested more than 100 deep"),
    ),
    Case(
        "formulas only",
        "formulas.xlsx",
        rows(NAME + '<row r="2"><c r="A2"><f>WEBSERVICE("http://127.0.0.1:9/")</f></c></row>'),
        Reads(0, warnings=1),
    ),
    Case("an encrypted workbook", "locked.xlsx", written(ENCRYPTED), Refused("protected with a password")),
    Case("an old workbook under a new name", "old.xlsx", written(OLD + bytes(4000)), Refused("old workbook")),
    Case(
        "a workbook with macros, which nobody runs",
        "macros.xlsm",
        book(
            {
                SHEET: sheet(NAME + f'<row r="2">{text_cell("A2", "Tampere")}</row>'),
                "xl/vbaProject.bin": OLD + bytes(9),
            },
            frame(kind="sheet.macroEnabled.main"),
        ),
        Reads(1, holds=("Tampere",)),
    ),
    Case(
        "a binary workbook",
        "binary.xlsb",
        book({"xl/workbook.bin": bytes(100)}, {"[Content_Types].xml": "<Types/>"}),
        Refused("binary workbook"),
    ),
    Case(
        "a binary workbook under another name",
        "binary.xlsx",
        book({"xl/workbook.bin": bytes(100)}, {"[Content_Types].xml": "<Types/>"}),
        Refused("binary workbook"),
    ),
    Case(
        "numbers that are none and days before 1900",
        "values.xlsx",
        rows(mixed_cells()),
        Reads(3, holds=("NaN", "inf", "-Infinity", "31.12.1850")),
    ),
    Case(
        "a cell longer than Excel's",
        "long.xlsx",
        rows(NAME + f'<row r="2">{text_cell("A2", "x" * 40_000)}</row>'),
        Reads(0, errors=1),
    ),
    Case(
        "the same header twice",
        "twice.xlsx",
        rows(
            f'<row r="1">{text_cell("A1", "name")}{text_cell("B1", "name")}</row>'
            f'<row r="2">{text_cell("A2", "A")}</row>'
        ),
        Reads(1, warnings=None),
    ),
    Case("2,000 sheets", "sheets.xlsx", book({SHEET: sheet(NAME)}, frame(2000)), Refused("more than 255 sheets")),
    Case(
        "200 sheets made of one part",
        "one_part.xlsx",
        book({SHEET: sheet(NAME)}, frame(200, one_part=True)),
        Refused("two sheets made of one part"),
    ),
    Case(
        "a row with a number of eleven digits", "row.xlsx", rows('<row r="99999999999"><c/></row>'), Refused("number")
    ),
    Case(
        "an .ods row repeated a million times",
        "rows.ods",
        ods(ods_row('table:number-rows-repeated="1000000"')),
        Refused("row 1,000,00"),
    ),
    Case(
        "an .ods cell repeated 16,384 times",
        "cells.ods",
        ods(ods_row("", 'table:number-columns-repeated="16384"')),
        Refused("column 16,384"),
    ),
    Case(
        "an .ods text repeated to 500 MB",
        "texts.ods",
        ods(ods_row('table:number-rows-repeated="1000"', 'table:number-columns-repeated="250"', "x" * 2000)),
        Refused("characters of repeated text"),
    ),
)
