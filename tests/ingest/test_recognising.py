"""Which column is which: headings in three languages, and values, of the lists that people keep in Excel."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.ingest.columns import ORDER, VIEW_SHEETS, specs
from graphsvc.ingest.grid import Cell, GridRow
from graphsvc.ingest.heading_words import meaning_of
from graphsvc.ingest.mapping import IGNORE, LIST, SURE, TABLES, Mapping, describe, fields_of
from graphsvc.ingest.opening import columns_of
from graphsvc.ingest.reading import Problem
from graphsvc.ingest.recognising import recognise
from graphsvc.ingest.template import write_template
from graphsvc.wording import LANGUAGES


@dataclass(frozen=True)
class Rows:
    """A grid of given rows."""

    given: Sequence[Sequence[Cell]]
    name: str = "Taul1"
    file: str = "list.xlsx"

    def rows(self) -> Generator[GridRow | Problem, None, None]:
        for number, cells in enumerate(self.given, start=1):
            if any(cell not in (None, "") for cell in cells):
                yield GridRow(number, cells)


def proposed(*rows: Sequence[Cell]) -> dict[str, str]:
    [sheet] = recognise([Rows(rows)]).sheets
    return {column.title: column.field for column in sheet.columns} | {"": sheet.table}


NAME, PROJECT = "actor.name", "collaboration.name"

HEADINGS = {
    "Organisaatio": NAME,
    "Yhteistyökumppani": NAME,
    "Toteuttajan nimi": NAME,
    "Organisation / Organisaatio": NAME,
    "Yritys/organisaatio": NAME,
    "Samarbetspartner": NAME,
    "Name of organisation": NAME,
    "Organisaation nimi*": NAME,
    "Hankkeen nimi": PROJECT,
    "Hanke": PROJECT,
    "HANKKEEN NIMI:": PROJECT,
    "Project title": PROJECT,
    "Nätverk": PROJECT,
    "Y-tunnus": "actor.business_id",
    "Organisaation Y-tunnus": "actor.business_id",
    "FO-nummer": "actor.business_id",
    "Kotikunta": "actor.municipality",
    "Hemkommun": "actor.municipality",
    "Verkkosivu": "?.website",
    "Hankkeen verkkosivu": "collaboration.website",
    "Alkaa": "?.start",
    "Päättyy (pvm)": "?.end",
    "Projektets start": "collaboration.start",
    "Rahoitus (€)": "participation.amount",
    "Rahoitus, t€": "participation.amount",
    "EU funding": "participation.amount",
    "Rahoitusohjelma": "collaboration.programme",
    "Rahoittaja": "funders",
    "Osatoteuttajat": "partners",
    "Jäsenet": "partners",
    "Verkostot": "collaborations",
    "Rooli": "participation.role",
    "Collaboration": PROJECT,
    "Collaboration name": PROJECT,
    "Yhteistyö": PROJECT,
    "Samarbete": PROJECT,
    "Organisatoin": NAME,  # slips of the pen
    "Hankken nimi": PROJECT,
    "Yhteyshenkilö": IGNORE,
    "Puhelin": IGNORE,
    "Kontaktperson / e-post": IGNORE,
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings(heading: str) -> None:
    meant = meaning_of(heading)
    assert meant is not None
    assert meant.field == HEADINGS[heading]


@pytest.mark.parametrize("heading", ["Huomioita", "Budget line", "x", "2024", "Kpl", "", "-", "Toimiala", "Väri"])
def test_headings_that_mean_nothing_here(heading: str) -> None:
    assert meaning_of(heading) is None


def test_a_flat_list_of_organisations_and_projects() -> None:
    found = proposed(
        ["Organisaatio", "Kotikunta", "Hankkeen nimi", "Alkaa", "Rahoitus (€)", "Tila", "Toimiala", "Tehtävä"],
        ["A Oy", "Tampere", "P", "1.1.2024", "10", "käynnissä", "ICT", "pilotti"],
        ["B ry", "Nokia", "P", "1.1.2024", "20", "käynnissä", "muu", "arviointi"],
        ["A Oy", "Tampere", "Q", "1.2.2024", "30", "päättynyt", "ICT", "arviointi"],
    )
    assert found == {
        "": LIST,
        "Organisaatio": NAME,
        "Kotikunta": "actor.municipality",
        "Hankkeen nimi": PROJECT,
        "Alkaa": "collaboration.start",
        "Rahoitus (€)": "participation.amount",
        "Tila": "collaboration.attribute",
        "Toimiala": "actor.attribute",
        "Tehtävä": "participation.attribute",
    }


def test_money_that_is_the_same_for_all_of_a_project_is_the_project_s() -> None:
    found = proposed(
        ["Organisation", "Project", "Budget"], ["A", "P", "100"], ["B", "P", "100"], ["A", "Q", "70"], ["C", "Q", "70"]
    )
    assert found["Budget"] == "collaboration.attribute"


def test_titles_above_the_header_and_groups_of_columns() -> None:
    mapping = recognise(
        [
            Rows(
                [
                    ["Hankkeet ja toimijat 2024", None, None, None],
                    ["päivitetty 3.2.2024"],
                    [],
                    ["Hanke", None, "Organisaatio", None],
                    ["Nimi", "Alku", "Nimi", "Kunta"],
                    ["P", "2020", "A Oy", "Tampere"],
                ]
            )
        ]
    )
    [sheet] = mapping.sheets
    assert (sheet.header_row, sheet.header_rows, sheet.table) == (5, 2, LIST)
    assert [column.field for column in sheet.columns] == [PROJECT, "collaboration.start", NAME, "actor.municipality"]


def test_values_tell_where_headings_do_not() -> None:
    found = proposed(
        ["Taho", "Numero", "Paikka 1", "Linkki", "Yhteys", "Missä mukana"],
        ["Nokia Oyj", "0112038-9", "Nokia", "https://nokia.com", "a@example.org", "Hanke A; Hanke B"],
        ["Tampereen kaupunki", "0211675-2", "Tampere", "www.tampere.fi", "b@example.org", "Hanke B"],
    )
    assert found["Taho"] == NAME
    assert found["Numero"] == "actor.business_id"
    assert found["Paikka 1"] == "actor.municipality"
    assert found["Linkki"] == "actor.website"
    assert found["Yhteys"] == IGNORE


def test_a_matrix_of_memberships() -> None:
    found = proposed(
        ["Organisation", "Health Hub", "6G Bridge", "Notes"],
        ["A Ab", "x", "", "old"],
        ["B Ab", "X", "koordinator", "new"],
        ["C Ab", "", "x", ""],
        ["D Ab", "-", "x", ""],
    )
    assert found == {
        "": LIST,
        "Organisation": NAME,
        "Health Hub": "member",
        "6G Bridge": "member",
        "Notes": "actor.description",
    }


def test_a_list_of_networks_with_members_and_one_of_organisations_with_partners() -> None:
    networks = proposed(["Nimi", "Jäsenet"], ["Health Hub", "A; B"], ["Robocoast", "C; D"])
    assert networks == {"": LIST, "Nimi": PROJECT, "Jäsenet": "partners"}
    partners = proposed(["Organisaatio", "Kumppanit"], ["A Oy", "B ry, C ry"], ["D Oy", "A Oy"])
    assert partners == {"": LIST, "Organisaatio": NAME, "Kumppanit": "partners"}


def test_names_that_nobody_can_be_sure_of() -> None:
    mapping = recognise([Rows([["Name", "Members"], ["x", "y"], ["z", "y"]])])
    assert mapping.confidence < SURE


def test_names_written_once_for_several_rows() -> None:
    rows: list[list[Cell]] = [["Organisaatio", "Hanke"], ["A Oy", "P"], [None, "Q"], [None, "R"], ["B Oy", "P"]]
    assert recognise([Rows(rows)]).sheets[0].fill_down
    assert not recognise([Rows([["Organisaatio", "Hanke"], ["A Oy", "P"], ["B Oy", "Q"]])]).sheets[0].fill_down


@pytest.mark.parametrize(
    "rows",
    [
        [["Vuosi", "Kävijät"], ["2020", "15"], ["2021", "20"]],
        [["just one text"]],
        [["Month", "Income", "Cost"], ["Jan", "1", "2"]],
    ],
)
def test_what_speaks_of_no_actors_is_ignored(rows: list[list[str]]) -> None:
    assert proposed(*rows)[""] == IGNORE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEW_SHEETS)
def test_the_import_sheets_of_a_view_are_themselves(tmp_path: Path, view: str, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language, view)
    sheets = {sheet.table: sheet for sheet in columns_of(path).sheets if sheet.table != IGNORE}
    assert set(VIEW_SHEETS[view]) < set(sheets)
    for key in VIEW_SHEETS[view]:
        assert [column.field for column in sheets[key].columns] == [column.key for column in specs()[key].columns]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_template_is_itself(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language)
    sheets = {sheet.table: sheet for sheet in columns_of(path).sheets if sheet.table != IGNORE}
    assert set(sheets) == {key for key in ORDER if specs()[key].offered}
    for key, sheet in sheets.items():
        assert [column.field for column in sheet.columns] == [column.key for column in specs()[key].offers.columns]
        assert {column.confidence for column in sheet.columns} | {sheet.confidence} == {1.0}


def test_described_in_three_languages() -> None:
    mapping = recognise([Rows([["Organisaatio", "Hanke", "Väri"], ["A", "P", "x"]])])
    texts = {language: [row["meaning"] for row in describe(mapping, language)] for language in LANGUAGES}
    assert texts["en"] == ["Actors: name", "Collaborations: name", "Participations: attribute of its own"]
    assert texts["fi"][0] == "Toimijat: nimi"
    assert texts["sv"][1] == "Samarbeten: namn"
    assert next(row["reason"] for row in describe(mapping, "fi")) == "tunnettu otsikko"


known = st.sampled_from([*HEADINGS, "Nimi", "id", "Name", "Notes", "", "Hanke: Nimi"])
texts = st.sampled_from(
    ["A Oy", "x", "1", "0", "2024", "1.1.2024", "Tampere", "0112038-9", "a; b", "", "www.a.fi", "Total"]
)
cells = known | texts | st.text(max_size=8) | st.none() | st.integers() | st.floats(allow_nan=True) | st.booleans()


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(cells, max_size=6), max_size=8))
def test_any_grid_gets_a_mapping_that_can_be_followed(rows: list[list[Cell]]) -> None:
    mapping = recognise([Rows(rows)])
    assert recognise([Rows(rows)]) == mapping
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert len(describe(mapping)) >= len(mapping.sheets)
    for sheet in mapping.sheets:
        assert sheet.table in TABLES
        assert len({column.title for column in sheet.columns}) == len(sheet.columns)
        assert all(column.field in fields_of(sheet.table) for column in sheet.columns)
        assert all(0 <= column.confidence <= 1 for column in sheet.columns)
