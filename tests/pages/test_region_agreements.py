"""Ecosystem agreements from their import sheets to page, API and file, and from the file back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from graphsvc.app import create_app
from graphsvc.ingest.reading import Severity
from graphsvc.regions.agreements import Agreements
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import LANGUAGES, say
from tests.pages.reading import read

HEADER = ("sopimus", "painopiste", "hanke", "toimijat", "teemat", "alku", "rooli", "lähde")
FIRST = (
    ("Tampereen sopimus", "–", "–", "Tampereen kaupunki (0211675-2); Valtio", "", "1.1.2021", "osapuoli", "Sivu"),
    ("", "Vihreä siirtymä", "Puisto", "Tampereen kaupunki; VTT", "ympäristö", "1.1.2022", "", "Sivu"),
    ("", "", "", "Ääni & Öljy Oy", "", "", "koordinaattori", "Sivu"),
    ("", "Terveys", "", "", "", "", "", "Sivu"),
    ("Oulun sopimus", "Data", "Pilvi", "VTT", "ympäristö", "", "", "Sivu"),
)
SECOND = (("Tampereen sopimus", "Terveys", "Puisto", "VTT", "", "", "", "Raportti"),)
"""Another file, which places the project elsewhere."""
VIEW = "/api/v1/regions/ecosystem_agreements"


def brought(service: Service, file: Path) -> None:
    checked = service.check(file)
    assert not [problem for problem in checked.tally.problems if problem.severity is Severity.ERROR]
    service.load(checked)


def filled(folder: Path, name: str, rows: Sequence[Sequence[str]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ekosysteemisopimukset"
    for row in (HEADER, *rows):
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name


@pytest.fixture(scope="module")
def agreeing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("sheets")
    service = Service.open(Settings(store=":memory:", home=folder))
    brought(service, filled(folder, "sopimukset.xlsx", FIRST))
    brought(service, filled(folder, "toinen.xlsx", SECOND))
    yield service
    service.close()


@pytest.fixture(scope="module")
def reader(agreeing: Service) -> FlaskClient:
    return create_app(Settings(store=":memory:"), agreeing).test_client()


def told(client: FlaskClient, **asked: str) -> dict[str, Any]:
    answer = client.get(VIEW, query_string=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def tree(found: Agreements) -> dict[str, object]:
    """What is said, without the files that say it."""
    return {
        line.id: (line.priority, line.project, line.sources, {one.actor: one.said for one in line.involved})
        for each in found.agreements
        for line in each.lines
        if line.id != "c-puisto"
    }


def test_the_answer_over_http(reader: FlaskClient) -> None:
    found = told(reader, lang="fi")
    oulu, tampere = found["agreements"]
    assert [each["actor"]["name"] for each in tampere["parties"]] == ["Tampereen kaupunki", "Valtio"]
    assert [each["priority"]["name"] for each in tampere["priorities"]] == ["Terveys", "Vihreä siirtymä"]
    (park,) = tampere["priorities"][1]["projects"]
    assert {each["actor"]["name"]: each["roles"] for each in park["involved"]} == {
        "Tampereen kaupunki": [],
        "VTT": [],
        "Ääni & Öljy Oy": ["koordinaattori"],
    }
    assert (oulu["actors"], tampere["actors"]) == (1, 4)
    assert [[actor["name"] for actor in each["actors"]] for each in found["shared"]] == [["VTT"]]
    assert [each["actor"]["name"] for each in found["several"]] == ["VTT"]
    assert [each["themes"][0]["name"] for each in found["apart"]] == ["ympäristö"]
    assert found["apart"][0]["linking"][0] == {**found["apart"][0]["linking"][0], "in_both": True, "knows": 0}
    assert found["found"] == {"apart": 1, "projects_apart": 0}  # VTT is in both projects
    answer = reader.get(VIEW)
    assert reader.get(VIEW, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_two_files_that_place_a_project_differently_both_stand(reader: FlaskClient) -> None:
    (park,) = told(reader)["two_places"]
    assert park["differ"]
    assert {place["priority"]["name"]: place["sources"] for place in park["places"]} == {
        "Terveys": ["s-raportti"],
        "Vihreä siirtymä": ["s-sivu"],
    }


def test_as_of_a_day(reader: FlaskClient) -> None:
    found = told(reader, as_of="2021-06-01")
    assert [each["agreement"]["name"] for each in found["agreements"]] == ["Oulun sopimus", "Tampereen sopimus"]
    assert found["agreements"][1]["priorities"][1]["projects"] == []
    assert [each["agreement"]["name"] for each in told(reader, as_of="2020-06-01")["agreements"]] == ["Oulun sopimus"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_api_says(reader: FlaskClient, language: str) -> None:
    page = read(reader, f"/regions/ecosystem_agreements?lang={language}")
    for each in told(reader, lang=language)["agreements"]:
        assert each["agreement"]["name"] in page.text
        for party in each["parties"]:
            assert party["actor"]["name"] in page.text
    for key in ("differ", "unknown", "meaning", "meaning_shared", "meaning_apart", "meaning_two_places"):
        assert say("ecosystem_agreements", f"page.{key}", language) in page.text
    address = next(
        href
        for text, href in page.links.items()
        if text.startswith(say("ecosystem_agreements", "page.as_csv", language))
    )
    assert reader.get(address).mimetype == "text/csv"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_sample_does_not_know_is_said_with_the_way_to_the_sheet(client: FlaskClient, language: str) -> None:
    page = read(client, f"/regions/ecosystem_agreements?lang={language}")
    assert list(told(client)["unknown"]) == ["priorities", "start"]
    assert say("ecosystem_agreements", "unknown.priorities", language) in page.text
    assert client.get(page.links[say("regions", "page.sheet", language)]).data.startswith(b"PK")


def test_without_any_agreement_the_page_says_so(tmp_path: Path) -> None:
    empty = Service.open(Settings(store=":memory:", home=tmp_path))
    page = read(create_app(Settings(store=":memory:"), empty).test_client(), "/regions/ecosystem_agreements?lang=en")
    assert say("ecosystem_agreements", "page.none", "en") in page.text
    empty.close()


def test_one_agreement_as_csv_in_the_shape_of_its_sheet(reader: FlaskClient) -> None:
    answer = reader.get(f"{VIEW}/agreements/c-tampereen-sopimus?format=csv&lang=fi")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0][:4] == ["sopimus", "painopiste", "hanke", "toimijat"]
    assert rows[1][:4] == ["Tampereen sopimus", "–", "–", "Tampereen kaupunki (0211675-2); Valtio"]
    assert ["Tampereen sopimus", "Terveys", "Puisto", "VTT"] in [row[:4] for row in rows]
    assert 'filename="c-tampereen-sopimus.csv"' in answer.headers["Content-Disposition"]
    missing = reader.get(f"{VIEW}/agreements/c-nowhere")
    assert missing.status_code == 404
    assert "c-tampereen-sopimus" in missing.get_json()["detail"] + str(missing.get_json())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_read_back_as_the_same(
    agreeing: Service, reader: FlaskClient, language: str, tmp_path: Path
) -> None:
    again = Service.open(Settings(store=":memory:", home=tmp_path))
    for id_ in ("c-tampereen-sopimus", "c-oulun-sopimus"):
        file = tmp_path / f"{id_}.xlsx"
        file.write_bytes(reader.get(f"{VIEW}/agreements/{id_}?format=xlsx&lang={language}").data)
        assert len(load_workbook(file).sheetnames) == 4
        brought(again, file)
    assert tree(again.region("ecosystem_agreements")) == tree(agreeing.region("ecosystem_agreements"))
    (park,) = again.region("ecosystem_agreements").two_places
    assert park == agreeing.region("ecosystem_agreements").two_places[0]
    again.close()


def test_tables_are_a_workbook_or_csv(reader: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(reader.get(f"{VIEW}?format=csv&lang=en").text)))
    assert rows[0] == ["Agreement", "Priority", "Project", "Actor", "Roles", "Sources", "Id"]
    assert ["Tampereen sopimus", "Vihreä siirtymä", "Puisto", "VTT", "", "Raportti; Sivu", "c-puisto"] in rows
    book = load_workbook(io.BytesIO(reader.get(f"{VIEW}?format=xlsx&lang=en").data))
    assert book.sheetnames == [
        "Agreements",
        "Shared actors",
        "In several agreements",
        "Same theme, apart",
        "Projects in two places",
    ]
    places = [row[:3] for row in book["Projects in two places"].iter_rows(min_row=2, values_only=True)]
    assert sorted(place[2] for place in places) == ["Terveys", "Vihreä siirtymä"]


def test_no_map_ties_those_who_are_only_in_the_same_agreement(agreeing: Service) -> None:
    ids = {actor.name: actor.id for actor in agreeing.snapshot().actors}
    network = agreeing.network().projection
    assert network.has_edge(ids["Tampereen kaupunki"], ids["VTT"])  # in a project
    assert not network.has_edge(ids["Valtio"], ids["VTT"])
