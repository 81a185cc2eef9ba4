"""Whatever stands in a file, reading it ends with rows and problems, or with an InputError: never with a crash."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.errors import InputError
from graphsvc.ingest.columns import ORDER, specs
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.reading import Problem
from graphsvc.model import Actor, Collaboration, Link, Participation, Theme

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)

WORDS = """
A a B b;a firm wizard 2844561-8 FI28445618 902999288 033003e23 Tampere FI SE 1.1.2024 2024-13-01 -5 1e400 nan same_as
unit_of =1+1 '=1 http://[ https://example.org ٠١٢٣٤٥٦٧٨ ﻿ "
"""
words = st.sampled_from([*WORDS.split(), "", "1 234,50", "x (former)", "fi: ", "fi: x (lyhenne)", "ä" * 70])
cells = words | st.text(max_size=12) | st.floats(allow_nan=True, width=32).map(str)
headers = {key: [column.labels["en"] for column in specs()[key].columns] for key in ORDER}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    chosen = draw(st.lists(st.sampled_from(ORDER), unique=True, min_size=1))
    result = {}
    for key in chosen:
        header = (
            draw(st.permutations(headers[key]))
            if draw(st.booleans())
            else draw(st.lists(cells, min_size=1, max_size=4))
        )
        width = len(header) + draw(st.integers(-1, 1))
        rows = draw(st.lists(st.lists(cells, min_size=max(width, 1), max_size=max(width, 1)), max_size=5))
        result[key] = [list(header), *rows]
    return result


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def check(path: Path) -> None:
    """Read a file twice; what it says is said before it is spoken of, and problems have their remedy."""
    try:
        reading = open_here(path)
        items = list(reading.rows())
    except InputError as error:
        assert error.message
        return
    assert items == list(reading.rows())
    said: set[str] = {reading.source.id}
    for item in items:
        if isinstance(item, Problem):
            assert item.message
            assert item.remedy
            assert item.file
            continue
        for claim in item.says:
            needs: list[str | None] = []
            if isinstance(claim, Theme):
                needs = [claim.parent]
            elif isinstance(claim, Actor):
                needs = [claim.place, claim.source]
            elif isinstance(claim, Collaboration):
                needs = [*claim.themes, claim.source]
            elif isinstance(claim, Participation):
                needs = [claim.actor, claim.collaboration, claim.source]
            elif isinstance(claim, Link):
                needs = [claim.actor, claim.other, claim.source]
            assert {need for need in needs if need} <= said
            said.add(claim.id)
            assert type(claim).model_validate(claim.model_dump()) == claim


@SAME_FOLDER
@given(tables(), st.sampled_from([";", ",", "\t"]))
def test_csv_tables(tmp_path: Path, made: dict[str, list[list[str]]], delimiter: str) -> None:
    path = tmp_path / "any.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for key, rows in made.items():
            text = "\n".join(delimiter.join(map(quoted, row)) for row in rows)
            archive.writestr(f"{key}.csv", text.encode("utf-8", "surrogatepass"))
    check(path)


@SAME_FOLDER
@given(tables())
def test_workbooks(tmp_path: Path, made: dict[str, list[list[str]]]) -> None:
    path = tmp_path / "any.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": True, "nan_inf_to_errors": True}) as book:
        for key, rows in made.items():
            sheet = book.add_worksheet(key)
            for number, row in enumerate(rows):
                for position, cell in enumerate(row):
                    sheet.write(number, position, cell.encode("utf-8", "replace").decode())
    check(path)


@SAME_FOLDER
@given(st.binary(max_size=300) | st.text(alphabet='n"a;,\n\r\tm=e\x00', max_size=200).map(str.encode))
@pytest.mark.parametrize("name", ["Actors.csv", "any.csv.gz", "any.xlsx", "any.zip", "any.txt", "any"])
def test_any_bytes(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    check(path)


@SAME_FOLDER
@given(st.data())
def test_a_sheet_of_any_xml(tmp_path: Path, data: st.DataObject) -> None:
    """Cells with odd references, types and values, in rows of any number, past the guard into the engine."""
    references = st.sampled_from(["A1", "B2", "a1", "", "1A", "ZZ9", "A0", "A-1", "XFD1048576", "A99999999999"])
    kinds = st.sampled_from(["", "s", "b", "n", "str", "e", "d", "inlineStr", "nonsense"])
    contents = st.sampled_from(["", "1", "999999", "-1", "TRUE", "#N/A", "2024-01-01", "1e999", "é"])
    rows = ""
    for _ in range(data.draw(st.integers(0, 3))):
        row = data.draw(st.sampled_from(["", "1", "2", "0", "-1", "x", "1048576", "99999999999"]))
        made = "".join(
            f'<c r="{data.draw(references)}" t="{data.draw(kinds)}" s="{data.draw(st.integers(0, 9))}">'
            f"<v>{data.draw(contents)}</v></c>"
            for _ in range(data.draw(st.integers(0, 3)))
        )
        rows += f'<row r="{row}">{made}</row>'
    whole, path = tmp_path / "whole.xlsx", tmp_path / "any.xlsx"
    if not whole.exists():
        with xlsxwriter.Workbook(str(whole)) as book:
            book.add_worksheet("Actors").write_string(0, 0, "name")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
            new.writestr(name, text)
    check(path)
