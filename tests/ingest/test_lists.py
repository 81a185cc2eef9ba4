"""Lists that people keep in Excel, read from end to end: flat ones, matrices, partners in a cell; corrected by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import InputError, InvalidValue, UnknownFormat
from graphsvc.ingest.mapping import LIST, Mapping
from graphsvc.ingest.mapping_files import fitted, from_toml, read_mapping, remember, remembered, to_toml
from graphsvc.ingest.opening import columns_of, open_file
from graphsvc.ingest.reading import Problem, ReadRow, Severity
from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind, Name, Participation

ReadFile = Callable[[Path], Any]
Make = Callable[..., Path]

DAY = date(2024, 1, 31)
HEADER = [
    "Organisaatio",
    "Y-tunnus",
    "Kotikunta",
    "Tyyppi",
    "Hanke",
    "Alkaa",
    "Päättyy",
    "Rahoitus (€)",
    "Sähköposti",
    "Tila",
]
FLAT: list[list[object]] = [
    ["TKI-hankkeet"],
    ["tulostettu 3.2.2024"],
    [],
    [*HEADER],
    ["Nokia Oyj", "0112038-9", "Nokia", "Yritys", "P", DAY, 2025, "1 234,50", "a@example.org", "auki"],
    ["Tampereen kaupunki", "", "Tampere", "Kunta", "P", DAY, 2025, 20, "", "auki"],
    ["TAMPEREEN KAUPUNKI", "0211675-2", "", "", "Q", "1.2.2024", "", "", "", "kiinni"],
    ["Hämeen Oy", "1234567-8", "Tampere", "keijukainen", "Q", "1.2.2024", "", "paljon", "", "kiinni"],
    ["Yhteensä", "", "", "", "", "", "", 1254.5, "", ""],
]


def test_a_flat_list(workbook: Make, read: ReadFile) -> None:
    result = read(workbook({"Hankelista": FLAT}))
    actors = {actor.id: actor for actor in result.claims(Actor)}
    assert list(actors) == ["fi-0112038-9", "fi-0211675-2", "a-hameen-oy"]
    assert (actors["fi-0112038-9"].kind, actors["fi-0112038-9"].place) == (ActorKind.FIRM, "fi-nokia")
    city = actors["fi-0211675-2"]
    assert (city.name, city.kind, city.place) == ("Tampereen kaupunki", ActorKind.PUBLIC_BODY, "fi-tampere")
    assert actors["a-hameen-oy"].attributes == {"Y-tunnus": "1234567-8", "Tyyppi": "keijukainen"}
    first, second = result.claims(Collaboration)
    assert (first.id, first.start, first.end) == ("c-p", date(2024, 1, 31), date(2025, 12, 31))
    assert (second.name, second.start, second.end) == ("Q", date(2024, 2, 1), None)
    assert (first.attributes, second.attributes) == ({"Tila": "auki"}, {"Tila": "kiinni"})
    money = [claim.money and claim.money.amount for claim in result.claims(Participation)]
    assert money == [Decimal("1234.50"), Decimal(20), None, None]
    assert result.claims(Participation)[3].attributes == {"Rahoitus (€)": "paljon"}
    assert {problem.column for problem in result.problems} == {"Y-tunnus", "Tyyppi", "Rahoitus (€)"}
    assert not result.errors
    assert any("a sum of others" in note for note in result.notes)
    assert any("ids are made from identifiers and names" in note for note in result.notes)
    assert all("@" not in text for row in result.rows for text in row.record.values.values())
    assert [row.record.row for row in result.rows] == [5, 6, 7, 8]


def test_csv_of_a_finnish_excel(tmp_path: Path, read: ReadFile) -> None:
    path = tmp_path / "Yhteistyö.csv"
    text = "Yhteistyökumppani;Hankkeen nimi;Rahoitus €;Aloitus\r\nÅbo Akademi;Sähkö;12 345,60;5.3.2021\r\n"
    path.write_bytes(text.encode("cp1252"))
    result = read(path)
    assert not result.problems
    [claim] = result.claims(Participation)
    assert (claim.actor, claim.collaboration) == ("a-abo-akademi", "c-sahko")
    assert claim.money is not None
    assert claim.money.amount == Decimal("12345.60")
    assert result.claims(Collaboration)[0].start == date(2021, 3, 5)


def test_what_rows_say_otherwise_is_told(workbook: Make, read: ReadFile) -> None:
    rows = [["Organisaatio", "Kunta", "Hanke", "Alkaa"], ["A Oy", "Tampere", "P", 2020], ["a oy", "Nokia", "Q", 2021]]
    result = read(workbook({"x": rows}))
    [actor] = result.claims(Actor)
    assert (actor.id, actor.place) == ("a-a-oy", "fi-tampere")
    [problem] = result.problems
    assert (problem.row, problem.column, problem.value) == (3, "Kunta", "Nokia")
    assert "'Tampere' in row 2" in problem.message


def test_two_spellings_of_one_business_id_are_one_actor(workbook: Make, read: ReadFile) -> None:
    rows = [
        ["Organisaatio", "Y-tunnus", "Hanke", "Alkaa"],
        ["Nokia Oyj", "0112038-9", "P", 2020],
        ["Nokia Abp", "0112038-9", "Q", 2020],
    ]
    [actor] = read(workbook({"x": rows})).claims(Actor)
    assert actor.names == (Name(text="Nokia Abp"),)


def test_partners_in_a_cell(workbook: Make, read: ReadFile) -> None:
    rows = [
        ["Hanke", "Päätoteuttaja", "Osatoteuttajat", "Rahoittaja"],
        ["P", "A Oy", "B ry; C ry", "Liitto"],
        ["Q", "B ry", "A Oy\nD Oy", "Liitto"],
    ]
    result = read(workbook({"x": rows}))
    said = {(claim.actor, claim.collaboration, claim.role) for claim in result.claims(Participation)}
    p, q = "c-p", "c-q"
    assert said == {
        *{("a-a-oy", p, ""), ("a-b-ry", p, ""), ("a-c-ry", p, ""), ("a-liitto", p, "funder")},
        *{("a-b-ry", q, ""), ("a-a-oy", q, ""), ("a-d-oy", q, ""), ("a-liitto", q, "funder")},
    }


def test_partners_without_a_project_are_each_a_collaboration_of_two(workbook: Make, read: ReadFile) -> None:
    rows = [["Organisaatio", "Kumppanit"], ["A Oy", "B ry, C ry"], ["B ry", "A Oy"]]
    result = read(workbook({"x": rows}))
    names = {claim.id: claim.name for claim in result.claims(Collaboration)}
    assert sorted(names.values()) == ["A Oy – B ry", "A Oy – C ry"]
    ends = {(names[claim.collaboration], claim.actor) for claim in result.claims(Participation)}
    assert ends == {
        *{("A Oy – B ry", "a-a-oy"), ("A Oy – B ry", "a-b-ry")},
        *{("A Oy – C ry", "a-a-oy"), ("A Oy – C ry", "a-c-ry")},
    }
    assert len(result.claims(Participation)) == 4


def test_a_matrix(workbook: Make, read: ReadFile) -> None:
    rows = [
        ["Organisation", "Hub", "Bridge"],
        ["A Ab", "x", "koordinator"],
        ["B Ab", "", "x"],
        ["C Ab", "x", "nej"],
    ]
    result = read(workbook({"x": rows}))
    said = [(claim.actor, claim.collaboration, claim.role) for claim in result.claims(Participation)]
    hub, bridge = "c-hub", "c-bridge"
    assert said == [
        *[("a-a-ab", hub, ""), ("a-a-ab", bridge, "koordinator")],
        *[("a-b-ab", bridge, ""), ("a-c-ab", hub, "")],
    ]
    assert {claim.kind for claim in result.claims(Collaboration)} == {CollaborationKind.NETWORK}


def test_names_written_once(workbook: Make, read: ReadFile) -> None:
    rows = [["Organisaatio", "Hanke", "Rooli"], ["A Oy", "P", "x"], ["", "Q", "y"], ["", "R", "z"], ["B Oy", "P", "x"]]
    result = read(workbook({"x": rows}))
    assert [claim.actor for claim in result.claims(Participation)] == ["a-a-oy"] * 3 + ["a-b-oy"]


def test_a_row_below_a_sum_is_no_sum(workbook: Make, read: ReadFile) -> None:
    rows = [["Organisaatio", "Hanke"], ["A Oy", "P"], ["", "Q"], ["", "R"], ["Yhteensä", ""], ["", "S"], ["B Oy", "P"]]
    result = read(workbook({"x": rows}))
    assert [claim.actor for claim in result.claims(Participation)] == ["a-a-oy"] * 3 + ["a-b-oy"]
    assert [(problem.row, problem.message) for problem in result.problems] == [(6, "The row names no organisation.")]


def test_what_may_be_written_is_told_in_the_language_of_the_headings(workbook: Make, read: ReadFile) -> None:
    rows = [["Organisaatio", "Hanke", "Laji", "Kunta"], ["A Oy", "P", "outo", "Tampere"]]
    [problem] = read(workbook({"x": rows})).problems
    assert (problem.column, problem.value) == ("Laji", "outo")
    assert "Korkeakoulu, Tutkimusorganisaatio, Yritys" in problem.remedy


def test_a_list_beside_our_own_tables(workbook: Make) -> None:
    path = workbook(
        {
            "Toimijat": [["tunnus", "nimi"], ["tau", "Tampereen yliopisto"]],
            "Lista": [["Organisaatio", "Hanke", "Rahoitus"], ["tampereen yliopisto", "P", "5"], ["Muu Oy", "P", "6"]],
        }
    )
    items = list(open_file(path, mapping=columns_of(path)).rows())
    claims = [claim for item in items if isinstance(item, ReadRow) for claim in item.says]
    assert [claim.id for claim in claims if isinstance(claim, Actor)] == ["tau", "a-muu-oy"]
    assert [claim.actor for claim in claims if isinstance(claim, Participation)] == ["tau", "a-muu-oy"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("hankkeet", "Hanke;Organisaatio;Rooli;Alkaa"),
        ("projects", "Project;Partners;Role;Start"),
        ("toimijat", "Hanke;Organisaatio;Rooli;Alkaa"),
        ("actors", "Project;Organisation;Role;Start"),
    ],
)
def test_columns_count_for_more_than_the_name_of_the_file(
    tmp_path: Path, read: ReadFile, name: str, header: str
) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_text(
        f"{header}\nVety;Nokia Oyj;johtaa;2024-01-31\nVety;Tampereen kaupunki;;2024-01-31\n", encoding="utf-8"
    )
    result = read(path)
    assert not result.problems
    assert [claim.actor for claim in result.claims(Participation)] == ["a-nokia-oyj", "a-tampereen-kaupunki"]
    assert {claim.start for claim in result.claims(Collaboration)} == {DAY}


def test_a_name_tells_the_table_where_its_columns_bear_it_out(tmp_path: Path, workbook: Make, read: ReadFile) -> None:
    path = tmp_path / "hankkeet.csv"
    path.write_text("tunnus;nimi;alkaa;väri\nvety;Vety;2024-01-31;sininen\n", encoding="utf-8")
    assert [claim.id for claim in read(path).claims(Collaboration)] == ["vety"]
    beside = {
        "Toimijat": [["tunnus", "nimi"], ["tau", "Tampereen yliopisto"], ["nokia", "Nokia Oyj"]],
        "Hankkeet": [["tunnus", "nimi", "Koordinaattori"], ["vety", "Vety", "Tampereen yliopisto"]],
        "Osallistumiset": [["toimija", "hanke"], ["nokia", "vety"]],
    }
    assert [claim.actor for claim in read(workbook(beside)).claims(Participation)] == ["nokia"]


def test_a_sheet_whose_columns_say_otherwise_stands_beside_one_that_is_ours(workbook: Make, read: ReadFile) -> None:
    path = workbook(
        {
            "Toimijat": [["tunnus", "nimi"], ["tau", "Tampereen yliopisto"]],
            "Hankkeet": [["Hanke", "Organisaatio"], ["Vety", "Tampereen yliopisto"], ["Vety", "Nokia Oyj"]],
        }
    )
    assert [claim.actor for claim in read(path).claims(Participation)] == ["tau", "a-nokia-oyj"]


# by hand


ODD = {"Taul1": [["Kuka", "Missä", "Väri"], ["A Oy", "P", "red"], ["B Oy", "P", "blue"]]}
ORDERS = ("Kuka=actor.name", "Taul1!Missä=collaboration.name", "Väri=participation.role")


def test_corrected_by_hand(workbook: Make) -> None:
    path = workbook(ODD)
    with pytest.raises(UnknownFormat, match="no table that is known"):
        open_file(path)
    mapping = columns_of(path).corrected(ORDERS)
    assert mapping.sheets[0].table == LIST
    reading = open_file(path, mapping=mapping)
    claims = [claim for item in reading.rows() if isinstance(item, ReadRow) for claim in item.says]
    said = [(claim.actor, claim.role) for claim in claims if isinstance(claim, Participation)]
    assert said == [("a-a-oy", "red"), ("a-b-oy", "blue")]
    otherwise = open_file(path, mapping=mapping.corrected(["Väri=ignore"]))
    assert otherwise.fingerprint != reading.fingerprint, "read in another way, a file says other things"
    assert open_file(path, mapping=mapping).fingerprint == reading.fingerprint


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("Kuka", "says no field"),
        ("Kuka=actor.colour", "no field of"),
        ("Nobody=actor.name", "fits no sheet"),
        ("Other!Kuka=actor.name", "fits no sheet"),
        ("Taul1!=nonsense", "is no table"),
    ],
)
def test_orders_that_can_not_be(workbook: Make, order: str, message: str) -> None:
    mapping = columns_of(workbook(ODD)).corrected(ORDERS)
    with pytest.raises(InvalidValue, match=message) as caught:
        mapping.corrected([order])
    assert caught.value.remedy


def test_a_file_without_columns_has_nothing_to_map(tmp_path: Path, workbook: Make) -> None:
    path = tmp_path / "a.gml"
    path.write_text("graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]")
    assert columns_of(path) == Mapping()
    with pytest.raises(UnknownFormat, match="no columns to map"):
        open_file(path, mapping=columns_of(workbook(ODD)))


def test_a_mapping_as_toml(workbook: Make, tmp_path: Path) -> None:
    mapping = columns_of(workbook({'A "b" = #': FLAT, "Ohje": [["x"]]}))
    back = from_toml(to_toml(mapping, "fi"), "m.toml")
    assert back.says == mapping.says
    assert back.mark == mapping.mark
    path = tmp_path / "m.toml"
    path.write_text(to_toml(mapping), encoding="utf-8")
    assert read_mapping(path).says == mapping.says


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x =",
        "sheet = 5",
        "[[sheet]]\ntable = 'list'\nsheet = 'a'\nheader_row = 'x'",
        "[[sheet]]\ntable = 'list'\nsheet = 'a'\nheader_row = 0",
        "[[sheet]]\ntable = 'nonsense'\nsheet = 'a'",
        "[[sheet]]\ntable = 'list'\nsheet = 'a'\n[sheet.columns]\na = 'actor.nothing'",
        "[[sheet]]\ntable = 'list'\nsheet = 'a'\n[sheet.columns]\na = 'actor.name'\nb = 'actor.name'",
        "[[sheet]]\ntable = 'list'\nsheet = 'a'\n[sheet.columns]\na = 5",
        "[" * 5000,
    ],
)
def test_mapping_files_that_can_not_be(text: str) -> None:
    with pytest.raises(InputError) as caught:
        from_toml(text, "m.toml")
    assert "m.toml" in str(caught.value) or caught.value.remedy


def test_remembered_for_the_next_file_with_the_same_headings(workbook: Make, tmp_path: Path) -> None:
    first = columns_of(workbook(ODD))
    remember(tmp_path, first.mark, first.corrected(ORDERS))
    next_year = columns_of(workbook({"2025": [["Lista 2025"], [], *ODD["Taul1"]]}))
    assert next_year.mark == first.mark
    known = remembered(tmp_path, next_year)
    assert known is not None
    [sheet] = known.sheets
    assert (sheet.sheet, sheet.header_row) == ("2025", 3)
    assert [column.field for column in sheet.columns] == ["actor.name", "collaboration.name", "participation.role"]
    assert remembered(tmp_path, columns_of(workbook({"x": [["Kuka", "Muu"], ["A", "B"]]}))) is None


def test_a_mapping_fits_only_sheets_that_have_its_columns(workbook: Make) -> None:
    given = columns_of(workbook(ODD)).corrected(ORDERS)
    other = columns_of(workbook({"x": FLAT}))
    assert fitted(given, other) == other


def test_no_problem_is_without_its_place(workbook: Make) -> None:
    items = list(open_file(workbook({"x": FLAT})).rows())
    problems = [item for item in items if isinstance(item, Problem) and item.severity is not Severity.NOTE]
    assert all(problem.row and problem.column and problem.remedy for problem in problems)
