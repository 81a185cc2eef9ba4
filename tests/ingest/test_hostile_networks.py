"""Network files made to break a reader are refused with a sentence, in moments and without memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from graphsvc.errors import InputError, UnreadableFile
from graphsvc.ingest import guard, jsonfile, tie_survey
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, Reading, ReadRow, Severity
from tests.ingest.made_up_ods import ods_cell, write_ods

Write = Callable[[str, str | bytes], Path]

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE graphml [{LAUGHS}]><graphml><graph><node id="&l9;"/></graph></graphml>'
EXTERNAL = '<!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/passwd">]><gexf><graph><node id="&x;"/></graph></gexf>'
FOREIGN_DTD = '<!DOCTYPE graphml SYSTEM "http://127.0.0.1:9/evil.dtd"><graphml><graph><node id="a"/></graph></graphml>'
DEEP = "<graphml>" + "<graph>" * 50_000 + "</graph>" * 50_000 + "</graphml>"
MANY_NODES = "<gexf><nodes>" + '<node id="a"/>' * 3 + "</nodes></gexf>"


READING = """
import resource, sys
from pathlib import Path
from graphsvc.errors import InputError
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    print("problems", all(isinstance(item, Problem) for item in open_file(Path(sys.argv[1])).rows()))
except InputError as error:
    print("refused", bool(error.remedy))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
"""What a process of its own says of a file, and by how many kilobytes it grew."""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file, text as UTF-8."""

    def to_disk(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_disk


def refused(
    path: Path, message: str, error: type[InputError] = UnreadableFile, open_: Callable[[Path], Reading] = open_file
) -> None:
    with pytest.raises(error, match=message) as caught:
        list(open_(path).rows())
    assert caught.value.remedy, "it says what to do"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bomb.graphml", BOMB, "document type"),
        ("bomb.gml", BOMB, "document type"),
        ("external.gexf", EXTERNAL, "document type"),
        ("dtd.graphml", FOREIGN_DTD, "document type"),
        ("utf16.graphml", BOMB.encode("utf-16"), "document type"),
        ("deep.graphml", DEEP, "nested more than 100 deep"),
        ("cut.graphml", "<graphml><graph><node id='a'", "not well-formed"),
        ("twice.gexf", "<gexf><nodes><node id='a' id='b'/></nodes></gexf>", "not well-formed"),
        ("nul.gexf", "<gexf>\x00</gexf>", "No reader knows|not text|not well-formed"),
        ("coded.gexf", b"<?xml version='1.0' encoding='klingon'?><gexf/>", "encoding|unknown"),
        ("text.graphml", f"<graphml><node id='a'><data>{'x' * 3_000_000}</data></node></graphml>", "a text of more"),
        ("tag.graphml", f"<graphml><graph><node id='{'x' * 5_000_000}'/></graph></graphml>", "a tag of more than"),
        ("empty.gexf", "<gexf><graph/></gexf>", "holds no node"),
        ("deep.gml", "graph [ " + "a [ " * 60 + "] " * 61, "nested more than 50 deep"),
        ("open.gml", "graph [ node [ id 1", "the end of the file"),
        ("closed.gml", "graph [ ] ]", "a ']' too many"),
        ("quote.gml", 'graph [ node [ id 1 label "a', "quote is not closed"),
        ("bare.gml", "graph [ node [ id ] ]", "a ']' where a value is expected"),
        ("line.gml", "graph [\n" + "x" * 2_100_000, "longer than 2,000,000 characters"),
        ("text.gml", 'graph [ node [ id 1 label "' + "x\n" * 1_100_000 + '" ] ]', "a text of more than"),
        ("many.net", "*Vertices 999999999", "announces 999,999,999 vertices"),
        ("none.net", "*Vertices all", "doesn't say how many"),
        ("partition.net", "*Partition x\n*Vertices 2\n1\n2", "holds no network"),
        ("zero.net", "*Vertices 0", "holds no node"),
        ("many.dl", "dl n=999999999\ndata:\n1", "no size"),
        ("deep.json", '{"nodes":' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deep"),
        ("cut.json", '{"nodes": [{"id": 1}', "it is not JSON"),
        ("control.json", '{"nodes": [{"id": "\x01"}]}', "it is not JSON"),
        ("none.json", '{"nodes": [], "links": []}', "no network that is known"),
        ("other.json", '{"features": [], "type": "FeatureCollection"}', "no network that is known"),
        ("number.json", "[1, 2]", "no network that is known"),
        ("page.gexf", "<!-- x --><html><body/></html>", "is a web page"),
        ("drawing.graphml", "<svg/>", "another kind"),
    ],
)
def test_refused(write: Write, name: str, content: str | bytes, message: str) -> None:
    refused(write(name, content), message, InputError)


@pytest.mark.parametrize("name", ["a.graphml", "a.gexf", "a.gml", "a.net", "a.paj", "a.dl", "a.json", "a.ods"])
def test_empty(write: Write, name: str) -> None:
    refused(write(name, b""), "is empty")


def test_no_foreign_text_is_fetched(write: Write, tmp_path: Path) -> None:
    secret = write("secret.txt", "the secret")
    entity = EXTERNAL.replace("/etc/passwd", str(secret))
    with pytest.raises(InputError) as caught:
        open_file(write("leak.gexf", entity))
    assert "the secret" not in str(caught.value)


def test_more_nodes_or_links_than_are_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tie_survey, "MAX_NODES", 2)
    refused(
        write("nodes.net", "*Vertices 2\n*Edges\n1 2\n*Network b\n*Vertices 3\n"), "more than 2 nodes", open_=open_here
    )
    monkeypatch.setattr(tie_survey, "MAX_TIES", 2)
    refused(write("ties.csv", "source,target\na,b\na,b\na,b\n"), "more than 2 links", open_=open_here)


def test_larger_than_is_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_NETWORK_BYTES", 1000)
    monkeypatch.setattr(jsonfile, "MAX_JSON_BYTES", 1000)
    refused(write("large.net", "*Vertices 1\n" + "% x\n" * 400), "is larger than", open_=open_here)
    refused(write("large.gexf", "<gexf>" + "<a/>" * 400 + "</gexf>"), "is larger than", open_=open_here)
    refused(write("large.json", json.dumps({"nodes": [{"id": "x" * 2000}]})), "is larger than", open_=open_here)
    refused(
        write("large.gexf.gz", gzip.compress(b"<gexf>" + b"<a/>" * 400 + b"</gexf>")), "is larger than", open_=open_here
    )


def test_json_of_small_values(write: Write) -> None:
    refused(write("values.json", '{"nodes":[' + "[]," * 1_600_000 + "[]]}"), "3,200,003 values|values")


def test_archives_that_point_outside(write: Write, tmp_path: Path) -> None:
    names = ("../Actors.csv", "/etc/Actors.csv", "a/../../Actors.csv", "C:\\Actors.csv", "..\\A.csv")
    for number, name in enumerate(names):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo(name), "name\nA\n")
        refused(path, "points outside")
    honest = tmp_path / "honest.zip"
    with zipfile.ZipFile(honest, "w") as archive:
        archive.writestr("data..2024/Actors.csv", "name\nA..B\n")
    assert [item.says[0].name for item in open_file(honest).rows() if isinstance(item, ReadRow)] == ["A..B"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            f"<table:table-row table:number-rows-repeated='1000000'>{ods_cell('x')}</table:table-row>",
            "row 1,000,001",
        ),
        (
            "<table:table-row><table:table-cell table:number-columns-repeated='16384' office:value-type='string'>"
            "<text:p>x</text:p></table:table-cell></table:table-row>",
            "column 16,384",
        ),
        (
            "<table:table-row table:number-rows-repeated='100000'><table:table-cell table:number-columns-repeated='250'"
            " office:value-type='string'><text:p>x</text:p></table:table-cell></table:table-row>",
            "area of",
        ),
        (
            "<table:table-row table:number-rows-repeated='1000'><table:table-cell table:number-columns-repeated='250'"
            f" office:value-type='string'><text:p>{'x' * 2000}</text:p></table:table-cell></table:table-row>",
            "characters of repeated text",
        ),
        ("<table:table-row table:number-rows-repeated='-1'/>", "repeated '-1' times"),
        ("<table:table-row table:number-rows-repeated='99999999999'/>", "repeated '99999999999' times"),
    ],
)
def test_spreadsheets_that_repeat_themselves(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "bomb.ods"
    write_ods(path, {"Actors": [["name"]]}, extra=rows)
    assert path.stat().st_size < 10_000
    refused(path, message)


def test_a_spreadsheet_with_a_document_type(tmp_path: Path) -> None:
    path = tmp_path / "typed.ods"
    write_ods(path, {"Actors": [["name"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"?>", b"?><!DOCTYPE x>", 1) if name == "content.xml" else data)
    refused(path, "document type")


def test_duplicate_headers_are_all_kept(write: Write) -> None:
    (row,) = without_notes(open_file(write("twice.csv", "source,target,note,note\na,b,x,y\n")))
    assert isinstance(row, ReadRow)
    assert row.record.values == {"source": "a", "target": "b", "note": "x", "note (2)": "y"}


@pytest.mark.parametrize("weight", ["NaN", "inf", "-Infinity", "1e999", "много"])
def test_weights_that_are_no_numbers(write: Write, weight: str) -> None:
    text = f'<gexf><nodes><node id="a"/><node id="b"/></nodes><edge source="a" target="b" weight="{weight}"/></gexf>'
    problem, row = [item for item in without_notes(open_file(write("w.gexf", text))) if not is_node(item)]
    assert isinstance(problem, Problem)
    assert problem.message == f"The weight {weight!r} is not a number."
    assert isinstance(row, ReadRow)
    assert row.record.values["weight"] == weight
    assert len(row.says) == 3


def without_notes(reading: Reading) -> list[ReadRow | Problem]:
    return [item for item in reading.rows() if isinstance(item, ReadRow) or item.severity is not Severity.NOTE]


def is_node(item: ReadRow | Problem) -> bool:
    return isinstance(item, ReadRow) and item.record.sheet == "nodes"


def test_json_with_numbers_that_are_none(write: Write) -> None:
    text = '{"nodes":[{"id":"a"},{"id":"b"}],"links":[{"source":"a","target":"b","weight":NaN,"x":-Infinity}]}'
    row = without_notes(open_file(write("nan.json", text)))[-1]
    assert isinstance(row, ReadRow)
    assert (row.record.values["weight"], row.record.values["x"]) == ("nan", "-inf")


def test_names_of_any_length_and_with_controls(write: Write) -> None:
    names = ["x" * 5000, "a\u0000b\u202e", " \n ", "=1+1", "<script>alert(1)</script>"]
    nodes = [{"id": number, "label": name, "note": name * 10} for number, name in enumerate(names)]
    items = list(open_file(write("names.json", json.dumps({"nodes": nodes}))).rows())
    shown = [item.says[0].name for item in items if isinstance(item, ReadRow)]  # type: ignore[union-attr]
    assert [len(shown[0]), *shown[1:]] == [2000, "a b", "2", "=1+1", "<script>alert(1)</script>"]


def test_one_long_text_in_a_file_of_a_hundred_megabytes(tmp_path: Path) -> None:
    """A cell of 100 MB: as a CSV field, a JSON text, a GML text, an XML attribute; each is refused, memory stays."""
    cell = b"x" * 1_000_000
    wraps = {
        "cell.csv": (b'source,target\n"', b'",b\n'),
        "cell.json": (b'{"nodes":[{"id":"', b'"}]}'),
        "cell.gml": (b'graph [ node [ id 1 label "', b'" ] ]'),
        "cell.gexf": (b'<gexf><nodes><node id="', b'"/></nodes></gexf>'),
        "cell.net": (b'*Vertices 1\n1 "', b'"\n'),
        "cell.dl": (b"dl n=1\nlabels:\n", b"\ndata:\n0\n"),
    }
    for name, (before, after) in wraps.items():
        with (tmp_path / name).open("wb") as file:
            file.write(before)
            for _ in range(100):
                file.write(cell)
            file.write(after)
    for name in wraps:
        ran = subprocess.run(
            [sys.executable, "-c", READING, str(tmp_path / name)], capture_output=True, text=True, check=True
        )
        said, kilobytes = ran.stdout.splitlines()
        assert said in {"refused True", "problems True"}, name
        assert int(kilobytes) < 100_000, name


def test_a_workbook_whose_texts_are_repeated(tmp_path: Path) -> None:
    """One long text that a million cells show: the file is small, what the engine would make of it is not."""
    path = tmp_path / "repeated.xlsx"
    text = "".join(chr(33 + (number * 7919 + number // 89) % 90) for number in range(32_000))
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Actors")
        sheet.write_row(0, 0, ["name", "description"])
        for row in range(1, 10_000):
            for column in range(2):
                sheet.write_string(row, column, text)
    refused(path, "characters of repeated text")
