"""CSV as Finnish and Swedish Excel, Linux tools and our own export write it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.streams import Stream, encoding_of
from graphsvc.model import Actor, ActorKind, Participation

ReadFile = Callable[[Path], Any]

ACTORS = "nimi;laji;kotipaikka\r\nTyöterveyslaitos Åbo;tutkimuslaitos;Lempäälä\r\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, read: ReadFile, encoding: str, delimiter: str) -> None:
    path = tmp_path / "Toimijat.csv"
    path.write_bytes(ACTORS.replace(";", delimiter).encode(encoding))
    result = read(path)
    assert not result.problems
    [actor] = result.claims(Actor)
    assert (actor.name, actor.kind, actor.place) == (
        "Työterveyslaitos Åbo",
        ActorKind.RESEARCH_ORGANISATION,
        "fi-lempaala",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Tampereen ylioppilastalosäätiö sr",
        "Åbo Akademi, Österbottens förbund",
        "Hämeenkyrön kunta – Tavastkyro",
        "ÄÄNEKOSKI",
        "Šempeter pri Gorici",
        "Kärnkraft & Co: 5 €",
        "Malmö högskola “Öresund”",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_text_comes_out_as_it_went_in(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "text.csv"
    path.write_bytes(f"name\r\n{text}\r\n".encode(encoding))
    assert path.read_bytes().decode(encoding_of(Stream(path))) == f"name\r\n{text}\r\n"


def test_a_folder_and_a_zip_of_tables_say_the_same(tmp_path: Path, read: ReadFile) -> None:
    files = {
        "Actors.csv": "id;name\na;A\n",
        "Hankkeet.csv": "tunnus;nimi;alkupäivä\np;P;1.2.2024\n",
        "Participations.csv": "actor;collaboration;amount\nA;P;1 234,50\n",
        "notes.txt": "not a table",
    }
    folder, packed = tmp_path / "network", tmp_path / "network.zip"
    folder.mkdir()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
            archive.writestr(f"export/{name}", text)
            archive.writestr(f"__MACOSX/export/._{name}", b"\x00\x05\x16\x07")
    from_folder, from_zip = read(folder), read(packed)
    assert not from_folder.problems
    assert [row.says for row in from_folder.rows] == [row.says for row in from_zip.rows]
    [claim] = from_folder.claims(Participation)
    assert claim.money is not None
    assert claim.money.amount == Decimal("1234.50")


def test_a_single_file_is_known_by_its_columns(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "export-2024.csv"
    path.write_text("Nimi,Y-tunnus,Kunta\nTampereen kaupunki,0211675-2,Tampere\n", encoding="utf-8")
    assert [actor.id for actor in read(path).claims(Actor)] == ["fi-0211675-2"]


def test_fingerprint_of_a_folder_follows_its_tables(tmp_path: Path) -> None:
    (tmp_path / "Actors.csv").write_text("name\nA\n")
    before = open_file(tmp_path).fingerprint
    (tmp_path / "notes.txt").write_text("x")
    assert open_file(tmp_path).fingerprint == before
    (tmp_path / "Actors.csv").write_text("name\nB\n")
    assert open_file(tmp_path).fingerprint != before


@pytest.mark.parametrize("text", ["=1+1", "+358", "-5 %", "@home", "＝x"])
def test_the_shield_of_our_export_is_taken_away(tmp_path: Path, read: ReadFile, text: str) -> None:
    path = tmp_path / "Actors.csv"
    path.write_text(f"name\n'{text}\n{text} bare\n's-Hertogenbosch\n", encoding="utf-8")
    assert [actor.name for actor in read(path).claims(Actor)] == [text, f"{text} bare", "'s-Hertogenbosch"]


def test_unclosed_quote_names_the_line(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "Actors.csv"
    path.write_text('name;kind\n"A\nB";firm\n"C;firm\nD;firm\n', encoding="utf-8")
    result = read(path)
    [problem] = result.errors
    assert (problem.file, problem.sheet, problem.row) == ("Actors.csv", "Actors", 3)
    assert "begins in line 4" in problem.message
    assert "quote is not closed" in problem.message
    assert "Close the quote" in problem.remedy
    assert [actor.name for actor in result.claims(Actor)] == ["A B"]


def test_a_quote_that_would_eat_the_file_is_stopped(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "Actors.csv"
    path.write_text('name;kind\n"A;firm\n' + "".join(f"Actor {number};firm\n" for number in range(20_000)))
    result = read(path)
    assert result.errors
    assert "begins in line 2" in result.errors[0].message
    assert len(result.rows) > 10_000, "rows after the limit are read again"


@pytest.mark.parametrize(
    ("text", "row", "column", "message"),
    [
        ('name;kind\n"A"x;firm\n', 2, "", "text stands behind a closing quote"),
        ("name;kind\nA;firm;more\n", 2, "", "3 cells, the header 2"),
        ("name;description\nA;" + "x" * 32_768 + "\n", 2, "description", "32,768 characters"),
        ("name;other column\nA;x\x07y\n", 2, "other column", "control character (U+0007)"),
        ("id;kind\na;firm\n", 1, "name", "no column 'name'"),
    ],
)
def test_rows_that_cannot_be_read(
    tmp_path: Path, read: ReadFile, text: str, row: int, column: str, message: str
) -> None:
    path = tmp_path / "Actors.csv"
    path.write_text(text, encoding="utf-8")
    result = read(path)
    problem = result.errors[0]
    assert (problem.file, problem.sheet, problem.row, problem.column) == ("Actors.csv", "Actors", row, column)
    assert message in problem.message
    assert problem.remedy
    assert not result.rows


def test_separator_line_of_excel(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "Actors.csv"
    path.write_text("sep=;\r\nname;other names\r\nA, B and C;X,Y\r\n", encoding="utf-8")
    [row] = read(path).rows
    assert (row.record.row, row.record.values["name"]) == (3, "A, B and C")


def test_a_header_that_could_mean_two_delimiters(tmp_path: Path) -> None:
    path = tmp_path / "Actors.csv"
    path.write_text("name;kind,pic\nA;firm,1\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="as many ';' as ','") as caught:
        list(open_file(path).rows())
    assert "sep=;" in caught.value.remedy
