"""RDI environments from their import sheet: computed by hand, and the same over HTTP and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook

from graphsvc.app import create_app
from graphsvc.exporting import Ask
from graphsvc.facets import Form, Level, Openness
from graphsvc.regions.rdi_environments import EnvironmentsAsk, Eu, EuTie, RdiEnvironments, only
from graphsvc.regions.views import tables
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.wording import LANGUAGES, say
from tests.pages.reading import Read, read
from tests.pages.test_choices_kept import HERE, Forms

SHEETS: dict[str, list[tuple[str, ...]]] = {
    "Themes": [
        ("id", "name", "parent"),
        ("health", "Health", ""),
        ("care", "Care", "health"),
        ("space", "Space", ""),
        ("moon", "Moon", "space"),
    ],
    "Actors": [("id", "name"), ("uni", "Uni"), ("old-uni", "Old Uni"), ("city", "City"), ("firm", "Firm")],
    "Collaborations": [("name", "kind", "themes"), ("Rover", "project", "moon"), ("Loose", "network", "")],
    "Participations": [("actor", "collaboration", "role"), ("uni", "Rover", "lead")],
    "Links": [("actor", "relation", "other", "since"), ("old-uni", "succeeded by", "uni", "2019-01-01")],
    "RDI environments": [
        (
            "name",
            "kind",
            "form",
            "owners",
            "themes",
            "services to firms",
            "open to",
            "users",
            "EU networks",
            "national networks",
            "municipality",
            "from",
            "until",
        ),
        (
            "Lab",
            "infrastructure",
            "physical",
            "Old Uni",
            "care",
            "tests; advice",
            "anyone",
            "Firm",
            "EIT",
            "Six",
            "Tampere",
            "2018-01-01",
            "",
        ),
        ("Hall", "platform", "both", "Uni; City", "", "", "by agreement", "", "", "Six", "", "", ""),
        ("Shed", "", "operating model", "City", "", "", "", "", "none", "", "", "", ""),
        ("Barn", "", "", "", "", "", "", "", "", "", "", "", ""),
        ("Gone", "", "", "City", "", "", "", "", "", "", "", "2010-01-01", "2012-12-31"),
        ("Late", "", "", "Firm", "moon", "", "", "", "", "", "", "2030-01-01", ""),
    ],
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    book = Workbook()
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    path = tmp_path_factory.mktemp("environments") / "environments.xlsx"
    book.save(path)
    made = Service.open(Settings(store=":memory:"))
    checked = made.check(path)
    assert not checked.tally.problems
    made.load(checked)
    yield made
    made.close()


@pytest.fixture(scope="module")
def found(service: Service) -> RdiEnvironments:
    answer: RdiEnvironments = service.region("rdi_environments")
    return answer


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(Settings(store=":memory:"), service).test_client()


def names(found: RdiEnvironments) -> list[str]:
    return [each.collaboration.name for each in found.environments]


def test_what_is_said_of_one(found: RdiEnvironments) -> None:
    lab = found.environments[2]
    assert (lab.collaboration.name, lab.form, lab.openness) == ("Lab", Form.PHYSICAL, Openness.ANYONE)
    assert (lab.services, lab.funding, lab.place) == (("tests", "advice"), (), "Tampere")
    assert [(party.actor.id, party.entries) for party in lab.owners] == [("uni", ("old-uni",))]
    assert [party.actor.id for party in lab.users] == ["firm"]
    assert [(tie.collaboration.name, tie.level) for tie in lab.networks] == [
        ("EIT", Level.EU), ("Six", Level.NATIONAL),
    ]  # fmt: skip
    assert lab.within == {"care", "health"}


def test_not_in_an_eu_network_is_told_from_not_known(found: RdiEnvironments) -> None:
    assert {each.collaboration.name: each.eu for each in found.environments} == {
        "Barn": EuTie.NOT_KNOWN,
        "Hall": EuTie.OTHERS_ONLY,
        "Lab": EuTie.IN,
        "Shed": EuTie.SAYS_NONE,
    }
    assert found.eu == {Eu.YES: 1, Eu.NO: 2, Eu.UNKNOWN: 1}
    assert names(only(found, EnvironmentsAsk(eu=Eu.NO))) == ["Hall", "Shed"]
    assert names(only(found, EnvironmentsAsk(eu=Eu.UNKNOWN))) == ["Barn"]


def test_owners_of_several_and_themes_without(found: RdiEnvironments) -> None:
    assert [(owner.actor.id, [each.name for each in owner.environments]) for owner in found.several] == [
        ("city", ["Hall", "Shed"]),
        ("uni", ["Hall", "Lab"]),
    ]
    assert [(bare.theme.id, bare.collaborations) for bare in found.bare] == [("moon", 1), ("space", 1)]
    assert (found.bare_found, found.ended, found.number) == (2, 1, 4)
    assert found.unknown == {
        "owners": 1, "form": 1, "openness": 2, "themes": 3, "services": 3, "funding": 4, "users": 3, "place": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (EnvironmentsAsk(theme="health"), ["Lab"]),
        (EnvironmentsAsk(theme="moon"), []),
        (EnvironmentsAsk(form=Form.PHYSICAL), ["Hall", "Lab"]),
        (EnvironmentsAsk(form=Form.BOTH), ["Hall"]),
        (EnvironmentsAsk(openness=Openness.BY_AGREEMENT), ["Hall"]),
        (EnvironmentsAsk(owner="old-uni"), ["Lab"]),
        (EnvironmentsAsk(owner="uni", form=Form.BOTH), ["Hall"]),
    ],
)
def test_filters(found: RdiEnvironments, ask: EnvironmentsAsk, expected: list[str]) -> None:
    assert names(only(found, ask)) == expected


def test_as_of_a_day(service: Service) -> None:
    past: RdiEnvironments = service.region("rdi_environments", date(2011, 6, 1))
    assert names(past) == ["Barn", "Gone", "Hall", "Shed"]
    later: RdiEnvironments = service.region("rdi_environments", date(2031, 1, 1))
    assert "Late" in names(later)
    assert later.bare_found == 0
    before: RdiEnvironments = service.region("rdi_environments", date(2018, 6, 1))
    assert [party.actor.id for party in before.environments[2].owners] == ["old-uni"]


def test_the_api_says_the_same(client: FlaskClient) -> None:
    told = client.get("/api/v1/regions/rdi_environments?lang=en").get_json()
    assert [each["environment"]["name"] for each in told["environments"]] == ["Barn", "Hall", "Lab", "Shed"]
    assert told["eu"] == {"yes": 1, "no": 2, "unknown": 1}
    barn = told["environments"][0]
    assert (barn["form"], barn["networks"], barn["eu"]) == (None, [], "not_known")
    some = client.get("/api/v1/regions/rdi_environments?eu=no&form=both").get_json()
    assert [each["environment"]["name"] for each in some["environments"]] == ["Hall"]
    assert some["number"] == 4
    assert client.get("/api/v1/regions/rdi_environments?form=round").status_code == 422
    answer = client.get("/api/v1/regions/rdi_environments")
    same = client.get("/api/v1/regions/rdi_environments", headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304
    lines = client.get("/api/v1/regions/rdi_environments?format=csv&lang=en&owner=city").text.splitlines()
    assert [line.split(",")[0] for line in lines] == ["Environment", "Hall", "Shed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_the_same(client: FlaskClient, language: str) -> None:
    page = read(client, f"/regions/rdi_environments?lang={language}")
    for name in ("Barn", "Hall", "Lab", "Shed", "Moon", "EIT"):
        assert name in page.text
    for tie in EuTie:
        assert say("rdi_environments", f"eu.{tie}", language) in page.text
    some = read(client, f"/regions/rdi_environments?lang={language}&eu=unknown&theme=&form=")
    assert "Barn" in some.text
    assert "EIT" not in some.text
    none = read(client, f"/regions/rdi_environments?lang={language}&theme=moon")
    assert say("rdi_environments", "page.none_left", language) in none.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables(found: RdiEnvironments, language: str) -> None:
    environments, several, bare = tables("rdi_environments", found, language)
    assert all(len(row) == len(environments.columns) for row in environments.rows)
    assert len(set(environments.columns)) == len(environments.columns)
    assert say("rdi_environments", "eu.says_none", language) in environments.rows[3]
    assert f"Six ({say('kinds', 'level.national', language)})" in environments.rows[1]
    assert [row[1] for row in several.rows] == [2, 2]
    assert len(bare.rows) == 2


def test_all_of_it_comes_out_and_in_again(service: Service, found: RdiEnvironments, tmp_path: Path) -> None:
    path = tmp_path / "again.xlsx"
    path.write_bytes(service.export_as(Ask("workbook")).content)
    again = Service.open(Settings(store=":memory:"))
    try:
        again.load(again.check(path))
        told: RdiEnvironments = again.region("rdi_environments")
    finally:
        again.close()
    assert tables("rdi_environments", told, "fi") == tables("rdi_environments", found, "fi")
    assert (told.ties, told.bare_found, told.unknown) == (found.ties, found.bare_found, found.unknown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_owner_is_shown_by_its_name_whether_or_not_it_owns_any(client: FlaskClient, language: str) -> None:
    def page_of(owner: str) -> tuple[Read, dict[str, list[str]], dict[str, str]]:
        text = client.get(f"/regions/rdi_environments?lang={language}&owner={owner}", headers=HERE).text
        [form] = Forms(text).found[:1]
        return Read(text), form.values, form.named

    page, chosen, _ = page_of("old-uni")
    assert chosen["owner"] == ["uni"], "the entry of a body means the body"
    page, chosen, named = page_of("firm")
    name = client.get("/api/v1/actors/firm").get_json()["name"]
    assert (chosen["owner"], named["firm"]) == (["firm"], name)
    assert page.links[name] == "/actors/firm"
    assert say("rdi_environments", "page.owns_none", language) in page.text
    page, chosen, named = page_of("nobody-7")
    assert (chosen["owner"], named["nobody-7"]) == (
        ["nobody-7"],
        say("rdi_environments", "page.owner_unknown", language),
    )
    assert "nobody-7" not in page.text
