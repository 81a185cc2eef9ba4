"""Procurements from their import sheet: exact sums, what is not known, and none of it in a network unasked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook

from graphsvc.app import create_app
from graphsvc.drawing import MapAsk
from graphsvc.exporting import Ask
from graphsvc.model import EVERYTHING, CollaborationKind, View
from graphsvc.regions.procurement import Procurement, Share, Sums, Trader
from graphsvc.regions.views import tables
from graphsvc.render.answer_tables import csv_text
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import LANGUAGES, say
from tests.pages.reading import read

RESEARCH: dict[str, list[tuple[str, ...]]] = {
    "Actors": [("id", "name"), ("city", "City"), ("town", "Town"), ("uni", "Uni"), ("a", "A Oy"), ("b", "B Oy")],
    "Collaborations": [("name", "kind"), ("One", "project"), ("Two", "project")],
    "Participations": [("actor", "collaboration"), ("city", "One"), ("uni", "One"), ("uni", "Two"), ("a", "Two")],
}
PROCUREMENTS: dict[str, list[tuple[str, ...]]] = {
    "Procurements": [
        ("procurement", "buyer", "supplier", "amount", "currency", "innovative", "date", "source"),
        ("Buses", "City", "A Oy", "1000000000000000,10", "", "yes", "2024-05-01", "minutes"),
        ("Buses", "City", "B Oy", "0.20", "", "", "", "minutes"),
        ("Lamps", "City; Town", "A Oy", "5", "SEK", "no", "2023-01-01", "minutes"),
        ("Paper", "Town", "B Oy", "", "", "", "", "minutes"),
        ("Paper", "Town", "C Oy", "7", "", "", "", "minutes"),
        ("Paper", "Town", "C Oy", "8", "", "", "", "paper"),
        ("Salt", "Town", "", "", "", "", "2022-01-01", "minutes"),
    ],
}


def write(path: Path, sheets: dict[str, list[tuple[str, ...]]]) -> Path:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def load(service: Service, path: Path) -> None:
    checked = service.check(path)
    assert not checked.tally.problems
    service.load(checked)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("procurement")
    made = Service.open(Settings(store=":memory:"))
    load(made, write(folder / "all.xlsx", RESEARCH | PROCUREMENTS))
    yield made
    made.close()


@pytest.fixture(scope="module")
def found(service: Service) -> Procurement:
    answer: Procurement = service.region("procurement")
    return answer


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(Settings(store=":memory:"), service).test_client()


def sums(traders: Sequence[Trader], name: str) -> Sums:
    return next(each.sums for each in traders if each.actor.name == name)


def test_sums_are_exact_and_of_one_currency(found: Procurement) -> None:
    eur, sek = Decimal("1000000000000000.30"), Decimal("5")
    assert sums(found.buyers, "City") == Sums((("EUR", eur), ("SEK", sek)), known=3, unknown=0, disputed=0)
    assert sums(found.buyers, "Town") == Sums((("SEK", sek),), known=1, unknown=1, disputed=1)
    assert sums(found.suppliers, "A Oy") == Sums((("EUR", Decimal("1000000000000000.10")), ("SEK", sek)), 2, 0, 0)
    assert sums(found.suppliers, "C Oy") == Sums((), known=0, unknown=0, disputed=1)
    assert found.sums == Sums((("EUR", eur), ("SEK", sek)), known=3, unknown=1, disputed=1)


def test_two_sources_with_two_amounts_both_stand(found: Procurement) -> None:
    paper = next(each for each in found.purchases if each.collaboration.name == "Paper")
    paid = next(each for each in paper.suppliers if each.party.actor.name == "C Oy")
    assert paid.amounts == ()
    assert [(source.name, amounts) for source, amounts in paid.disputed] == [
        ("minutes", (("EUR", Decimal("7")),)),
        ("paper", (("EUR", Decimal("8")),)),
    ]


def test_innovative_no_and_not_known_are_three(found: Procurement) -> None:
    assert found.innovative == Share(yes=1, no=1, unknown=2)
    assert found.innovative.share == 0.5
    assert Share(0, 0, 3).share is None
    town = next(each for each in found.buyers if each.actor.name == "Town")
    assert (town.innovative, town.joint) == (Share(0, 1, 2), 1)


def test_suppliers_of_two_buyers_and_what_is_not_known(found: Procurement) -> None:
    assert [(each.actor.name, [other.name for other in each.others]) for each in found.several] == [
        ("A Oy", ["City", "Town"]),
        ("B Oy", ["City", "Town"]),
    ]
    assert [each.collaboration.name for each in found.purchases] == ["Buses", "Lamps", "Salt", "Paper"]
    assert found.unknown == {"suppliers": 1, "amounts": 1, "innovative": 2, "date": 1, "themes": 4}


def test_as_of_a_day(service: Service) -> None:
    past: Procurement = service.region("procurement", date(2023, 6, 1))
    assert [each.collaboration.name for each in past.purchases] == ["Lamps", "Salt", "Paper"]


def told(service: Service, view: View = EVERYTHING) -> dict[str, object]:
    """What measures, missing partnerships and the map say of a view."""
    measured, content = service.measures(view), service.map_content(MapAsk(view))
    return {
        "measures": {id_: dict(measure.values) for id_, measure in measured.measures.items()},
        "missing": [(each.a, each.b, each.score) for each in service.missing(view).partnerships],
        "actors": [each.id for each in content.actors],
        "collaborations": [each.id for each in content.collaborations],
        "ties": [(tie.a, tie.b, tie.weight) for tie in content.ties],
        "drawn": [(each.a, each.b) for each in content.suggestions],
    }


def test_procurements_change_no_network_unless_asked(tmp_path: Path) -> None:
    service = Service.open(Settings(store=":memory:"))
    try:
        load(service, write(tmp_path / "research.xlsx", RESEARCH))
        before = told(service)
        only_known = {**PROCUREMENTS, "Procurements": PROCUREMENTS["Procurements"][:4]}
        load(service, write(tmp_path / "procurements.xlsx", {"Actors": RESEARCH["Actors"], **only_known}))
        assert told(service) == before
        dealt = told(service, View(together=(CollaborationKind.PROJECT, CollaborationKind.PROCUREMENT)))
        assert {key for key in before if dealt[key] != before[key]} == set(before)
    finally:
        service.close()


def test_the_api_says_exact_amounts(client: FlaskClient) -> None:
    answer = client.get("/api/v1/regions/procurement?lang=en")
    said = answer.get_json()
    city = next(each for each in said["buyers"] if each["actor"]["name"] == "City")
    exact = [(Decimal(each["amount"]), each["currency"]) for each in city["sums"]["amounts"]]
    assert exact == [(Decimal("1000000000000000.30"), "EUR"), (Decimal("5"), "SEK")]
    assert said["innovative"] == {"yes": 1, "no": 1, "unknown": 2, "share": 0.5}
    same = client.get("/api/v1/regions/procurement?lang=en", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_the_same(client: FlaskClient, language: str) -> None:
    page = read(client, f"/regions/procurement?lang={language}").text
    for name in ("Buses", "Lamps", "Paper", "Salt", "A Oy", "C Oy"):
        assert name in page
    exact = "1,000,000,000,000,000.30" if language == "en" else "1 000 000 000 000 000,30"
    assert exact in page.replace("\N{NO-BREAK SPACE}", " ")
    assert say("procurement", "page.disputed", language) in page
    assert say("procurement", "page.apart", language) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables(found: Procurement, language: str) -> None:
    for table in tables("procurement", found, language):
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(set(table.columns)) == len(table.columns)
    purchases = tables("procurement", found, language)[0]
    assert [row[0] for row in purchases.rows] == ["Buses", "Buses", "Lamps", "Salt", "Paper", "Paper"]
    assert purchases.rows[0][4] == Decimal("1000000000000000.10")
    assert ",1000000000000000.10,EUR," in csv_text(purchases)


def test_all_of_it_comes_out_and_in_again(service: Service, found: Procurement, tmp_path: Path) -> None:
    path = tmp_path / "again.xlsx"
    path.write_bytes(service.export_as(Ask("workbook")).content)
    again = Service.open(Settings(store=":memory:"))
    try:
        again.load(again.check(path))
        told: Procurement = again.region("procurement")
    finally:
        again.close()
    for one, other in zip(tables("procurement", told, "fi"), tables("procurement", found, "fi"), strict=True):
        assert one == other
