"""Every mistake a person can make in a table is named with file, sheet, row, column and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import pytest

from graphsvc.ingest.reading import Severity
from graphsvc.model import Actor, Participation, Theme

Make = Callable[[dict[str, list[list[Any]]]], Path]
ReadFile = Callable[[Path], Any]
WARNING: Final = Severity.WARNING

BASE: Final = MappingProxyType(
    {
        "Actors": "id;name | tau;Tampere University | tau2;Twin | tau3;twin",
        "Collaborations": "name | Allianssi",
    }
)


class Case(NamedTuple):
    """A table with one mistake; rows are separated by ``|``, cells by ``;``."""

    sheet: str
    table: str
    row: int | None
    column: str
    message: str
    remedy: str
    others: Mapping[str, str] = MappingProxyType({})
    severity: Severity = Severity.ERROR


def rows_of(table: str) -> list[list[Any]]:
    return [row.split(";") for row in table.split(" | ")]


CASES = {
    "missing column": Case(
        "Actors", "id;kind | a;firm", 1, "name", "no column 'name'; found: 'id', 'kind'", "first row"
    ),
    "second column that means the same": Case(
        "Actors", "name;nimi | A;B", 1, "nimi", "means the same as 'name'", "Rename", severity=WARNING
    ),
    "unknown sheet": Case(
        "Coffee", "cups | 3", None, "", "'Coffee' is not read", "Sheets that are read: Sources", BASE, WARNING
    ),
    "empty name": Case("Actors", "name;kind | ;firm", 2, "name", "is empty", "Fill it in"),
    "unknown kind": Case(
        "Actors", "name;kind | A;wizard", 2, "kind", "'wizard' is not a kind", "University, Research organisation, Firm"
    ),
    "unknown kind of collaboration": Case(
        "Collaborations", "name;type | A;party", 2, "type", "'party'", "Project, Alliance"
    ),
    "unknown kind in a Finnish sheet": Case(
        "Toimijat",
        "nimi;laji;kunta | A;velho;Tampere",
        2,
        "laji",
        "'velho' is not a kind",
        "Korkeakoulu, Tutkimusorganisaatio",
    ),
    "misspelt kind in a Swedish sheet": Case(
        "Samarbeten",
        "namn;typ;slut | A;Projeckt;",
        2,
        "typ",
        "'Projeckt' is",
        "Did you mean 'Projekt'? Write one",
    ),
    "check digit of the business id": Case(
        "Actors", "name;y-tunnus | A;2844561-7", 2, "y-tunnus", "wrong check digit", "ytj.fi"
    ),
    "business id": Case(
        "Actors", "name;business id | A;ABC", 2, "business id", "not a Finnish business id", "2844561-8"
    ),
    "check digit of the VAT number": Case("Actors", "name;vat | A;FI28445617", 2, "vat", "wrong check digit", "VIES"),
    "VAT number": Case("Actors", "name;vat | A;??", 2, "vat", "not a VAT number", "FI28445618"),
    "PIC": Case("Actors", "name;pic | A;12345", 2, "pic", "'12345' is not a PIC", "nine digits"),
    "ROR": Case("Actors", "name;ror | A;033003e24", 2, "ror", "wrong check digits", "ror.org"),
    "id": Case("Actors", "id;name | a/../b;A", 2, "id", "can't be an id", "letter or digit"),
    "duplicate id": Case(
        "Actors", "id;name | a;A | b;B | a;C", 4, "id", "Row 4 has the same id as row 2: 'a'", "an id of its own"
    ),
    "duplicate name": Case(
        "Actors", "name | A | a", 3, "name", "Row 3 has the same name as row 2: 'a'", "Make the two rows one"
    ),
    "one business id, two actors": Case(
        "Actors", "id;name;business id | a;A;2844561-8 | b;B;2844561-8", 3, "business id", "'a' in row 2", "“unit of”"
    ),
    "one business id twice": Case(
        "Toimijat",
        "nimi;y-tunnus | A;2844561-8 | B;2844561-8",
        3,
        "y-tunnus",
        "Row 3 has the same y-tunnus as row 2: '2844561-8'",
        "correct one of them",
    ),
    "missing column in a Finnish sheet": Case(
        "Toimijat", "laji;kunta | Yritys;Tampere", 1, "nimi", "no column 'nimi'; found: 'laji', 'kunta'", "first row"
    ),
    "sheet that refers to one that is not read": Case(
        "Osallistumiset",
        "toimija;yhteistyö | A;H | B;H",
        None,
        "",
        "its rows refer to Toimijat, of which nothing is read",
        "Mend that first",
        {"Toimijat": "laji | Yritys", "Yhteistyöt": "nimi | H"},
    ),
    "sheet that refers to one that is not there": Case(
        "Participations",
        "actor;collaboration | A;H",
        None,
        "",
        "its rows refer to Actors, which the file doesn't have",
        "Mend that first",
        {"Collaborations": "name | H"},
    ),
    "one body by VAT and business id": Case(
        "Actors",
        "id;name;business id;vat | a;A;2844561-8; | b;B;;FI28445618",
        3,
        "vat",
        "2844561-8 is also the business id of 'a' in row 2",
        "Make the two rows one",
    ),
    "country": Case("Actors", "name;country | A;Narnia", 2, "country", "'Narnia' is not a country", "two letters"),
    "region": Case("Actors", "name;region | A;Mordor", 2, "region", "not a region of Finland", "FI197"),
    "region of another country": Case(
        "Actors",
        "name;region;country | A;Pirkanmaa;SE",
        2,
        "region",
        "Pirkanmaa is in Finland, not in Sweden",
        "Correct",
    ),
    "region of another municipality": Case(
        "Actors",
        "name;municipality;region | A;Tampere;Lapland",
        2,
        "region",
        "Tampere is in the region Pirkanmaa",
        "municipality's is read",
        severity=WARNING,
    ),
    "municipality without country": Case(
        "Actors", "name;city | A;Gent", 2, "city", "country of 'Gent' is not given", "column country", severity=WARNING
    ),
    "website": Case("Actors", "name;website | A;javascript:alert(1)", 2, "website", "not a web address", "https://"),
    "control character": Case(
        "Collaborations", "name;notes | A;x\x7fy", 2, "notes", "control character (U+007F)", "Type the text anew"
    ),
    "line longer than a line": Case("Actors", "name | " + "y" * 2001, 2, "name", "2,001 characters", "shorten"),
    "date": Case("Collaborations", "name;end | A;spring 2024", 2, "end", "'spring 2024' is not a date", "31.1.2024"),
    "day that does not exist": Case(
        "Collaborations", "name;start | A;30.2.2024", 2, "start", "no day '30.2.2024'", "Correct"
    ),
    "end before start": Case(
        "Collaborations",
        "name;start;end | A;2024-02-01;2024-01-01",
        2,
        "end",
        "It ends (2024-01-01) before it starts",
        "Correct",
    ),
    "unknown theme": Case(
        "Collaborations",
        "name;themes | A;Helth",
        2,
        "themes",
        "no theme 'Helth' on the sheet Themes",
        "Did you mean 'Health'?",
        {"Themes": "name | Health"},
    ),
    "unknown source": Case(
        "Collaborations",
        "name;source | A;pag",
        2,
        "source",
        "no source 'pag' on the sheet Sources",
        "Did you mean 'page'?",
        {"Sources": "title | page"},
    ),
    "theme in a circle": Case(
        "Themes", "id;name;parent | a;A;b | b;B;a", 2, "parent", "below itself", "Correct the parent"
    ),
    "unknown parent": Case("Themes", "name;parent | A;Zoology", 2, "parent", "no theme 'Zoology'", "Add it"),
    "unknown actor": Case(
        "Participations",
        "actor;collaboration | Tampere Univresity;Allianssi",
        2,
        "actor",
        "no actor 'Tampere Univresity' on the sheet Actors",
        "Did you mean 'Tampere University'?",
        BASE,
    ),
    "ambiguous actor": Case(
        "Participations",
        "actor;collaboration | TWIN;Allianssi",
        2,
        "actor",
        "'TWIN' means several of Actors: 'tau2', 'tau3' (rows 3, 4)",
        "Write the id",
        BASE,
    ),
    "unknown collaboration": Case(
        "Participations",
        "actor;collaboration | tau;Zzz",
        2,
        "collaboration",
        "no collaboration 'Zzz'",
        "Add it to the sheet Collaborations",
        BASE,
    ),
    "actor of a row that is left out": Case(
        "Participations",
        "actor;collaboration | Gone;Allianssi",
        2,
        "actor",
        "'Gone' is in row 2 of Actors, which is left out",
        "Mend that row",
        {"Actors": "name;kind | Gone;wizard", "Collaborations": "name | Allianssi"},
    ),
    "negative amount": Case(
        "Participations",
        "actor;collaboration;amount | tau;Allianssi;-5",
        2,
        "amount",
        "-5 is negative",
        "Leave it empty",
        BASE,
    ),
    "amount": Case(
        "Participations",
        "actor;collaboration;summa | tau;Allianssi;lots",
        2,
        "summa",
        "'lots' is not an amount",
        "1234,50",
        BASE,
    ),
    "English thousands": Case(
        "Participations",
        "actor;collaboration;amount | tau;Allianssi;1,234",
        2,
        "amount",
        "more than two decimals",
        "Round",
        BASE,
    ),
    "ambiguous amount": Case(
        "Participations",
        "actor;collaboration;amount | tau;Allianssi;1.234,50",
        2,
        "amount",
        "not an amount",
        "1234,50",
        BASE,
    ),
    "currency": Case(
        "Participations",
        "actor;collaboration;amount;currency | tau;Allianssi;1;crowns",
        2,
        "currency",
        "not a currency",
        "EUR",
        BASE,
    ),
    "participation said twice": Case(
        "Participations",
        "actor;collaboration | tau;Allianssi | Tampere University;allianssi",
        3,
        "actor",
        "Row 2 says the same",
        "Delete one",
        BASE,
    ),
    "participation that ends before it starts": Case(
        "Participations",
        "actor;collaboration;start;end | tau;Allianssi;2.2.2024;1.2.2024",
        2,
        "end",
        "before it starts",
        "Correct",
        BASE,
    ),
    "relation": Case(
        "Links",
        "actor;relation;other | tau;likes;tau2",
        2,
        "relation",
        "'likes' is not a kind",
        "same body as, unit of",
        BASE,
    ),
    "relation that could be read both ways": Case(
        "Links",
        "toimija;suhde;toinen | tau;seuraaja;tau2",
        2,
        "suhde",
        "'seuraaja' is not a kind",
        "jonka seuraaja on",
        BASE,
    ),
    "link with itself": Case(
        "Links",
        "actor;relation;other | tau;unit_of;tau",
        2,
        "other",
        "can't be linked with itself",
        "Name another",
        BASE,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_mistake_is_named(workbook: Make, read: ReadFile, case: Case) -> None:
    tables = {**case.others, case.sheet: case.table}
    result = read(workbook({name: rows_of(table) for name, table in tables.items()}))
    found = [problem for problem in result.problems if problem.sheet == case.sheet and problem.row == case.row]
    matching = [problem for problem in found if case.message in problem.message]
    assert matching, f"{case.message!r} is not in {[str(problem) for problem in result.problems]}"
    problem = matching[0]
    assert problem.file == "network.xlsx"
    assert problem.column == case.column
    assert case.remedy in problem.remedy
    assert problem.severity is case.severity
    assert "network.xlsx" in str(problem)
    said = {(row.record.sheet, row.record.row) for row in result.rows}
    assert ((case.sheet, case.row) in said) == (case.severity is Severity.WARNING and bool(case.row) and case.row != 1)


def test_all_mistakes_of_a_row_are_named_at_once(workbook: Make, read: ReadFile) -> None:
    result = read(
        workbook({"Actors": [["name", "kind", "pic", "country"], ["", "wizard", "1", "Narnia"], ["B", "", "", ""]]})
    )
    assert {problem.column for problem in result.errors} == {"name", "kind", "pic", "country"}
    assert [actor.name for actor in result.claims(Actor)] == ["B"], "the other rows are read"


def test_children_of_a_left_out_theme(workbook: Make, read: ReadFile) -> None:
    rows = rows_of("id;name;parent | bad/id;Parent; | c;Child;Parent | d;Other;")
    result = read(workbook({"Themes": rows}))
    assert [problem.row for problem in result.errors] == [2, 3]
    assert "row 2 of Themes, which is left out" in result.errors[1].message
    assert [theme.id for theme in result.claims(Theme)] == ["d"]


def test_a_source_first_named_in_a_row_left_out_is_said_later(workbook: Make, read: ReadFile) -> None:
    table = "actor;collaboration;amount;source | tau;Allianssi;-1;Page | tau;Allianssi;1;Page"
    result = read(workbook({name: rows_of(text) for name, text in {**BASE, "Participations": table}.items()}))
    [claim] = result.claims(Participation)
    said = [getattr(each, "id", "") for row in result.rows for each in row.says]
    assert said.index(claim.source) < said.index(claim.id)


def test_a_column_without_a_header_is_named_once(workbook: Make, read: ReadFile) -> None:
    result = read(workbook({"Actors": rows_of("name;;kind | A;x;firm | B;y;firm")}))
    [problem] = result.problems
    assert (problem.row, problem.column, problem.value) == (2, "column 2", "x")
    assert "has no header" in problem.message
    assert [row.record.values["column 2"] for row in result.rows] == ["x", "y"], "the record keeps it"


def test_a_sheet_that_is_not_read_costs_one_line_for_each_sheet_that_needs_it(workbook: Make, read: ReadFile) -> None:
    tables = {
        "Actors": "kind | firm | firm",
        "Collaborations": "name | Allianssi",
        "Participations": "actor;collaboration | A;Allianssi | B;Allianssi | C;Allianssi",
        "Links": "actor;relation;other | A;unit of;B",
    }
    empty = {**tables, "Links": "actor;relation;other"}
    assert not [p for p in read(workbook({k: rows_of(v) for k, v in empty.items()})).problems if p.sheet == "Links"]
    result = read(workbook({name: rows_of(table) for name, table in tables.items()}))
    assert [(problem.sheet, problem.whole_sheet) for problem in result.errors] == [
        ("Actors", True),
        ("Participations", True),
        ("Links", True),
    ]
