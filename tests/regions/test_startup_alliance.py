"""Startup alliances, startups and services as of a day: every number counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from graphsvc.app import create_app
from graphsvc.exporting import Ask
from graphsvc.facets import Stage
from graphsvc.kinds import CollaborationKind
from graphsvc.model import View
from graphsvc.regions.startup_alliance import StartupAlliance
from graphsvc.regions.startups import Served
from graphsvc.service import Service
from graphsvc.settings import Settings

SHEETS: dict[str, list[tuple[str | None, ...]]] = {
    "Sources": [("id", "name", "date"), ("page", "The page", None), ("article", "The article", "2020-01-01")],
    "Themes": [("id", "name", "name fi"), ("t-health", "Health", "Terveys"), ("t-edu", "Education", "Koulutus")],
    "Alliance members": [
        ("alliance", "member", "from", "until", "source"),
        ("The alliance", "The city", "2015-01-01", "", "page"),
        ("The alliance", "The city", "", "", "article"),
        ("The alliance", "The school", "2015-01-01", "2020-12-31", "page"),
        ("The alliance", "The newcomer", "2024-01-01", "", "page"),
    ],
    "Startups": [
        ("name", "founded", "stage", "fields", "municipality", "source"),
        ("Alpha Oy", "2019", "growth", "Health; Education", "Tampere", "page"),
        ("Beta Oy", "2022", "idea", "Health", "", "page"),
        ("Gamma Oy", "", "", "", "", "page"),
    ],
    "Services": [
        ("service", "provider", "stages", "fields", "customers", "from", "until", "source"),
        ("Advice", "The city", "idea; start", "Health", "Alpha Oy", "2020-01-01", "2022-12-31", "page"),
        ("Advice", "", "", "", "Beta Oy", "2023-01-01", "", "page"),
        ("Rooms", "The school", "", "", "", "", "", "page"),
    ],
}


def book_of(folder: Path, sheets: dict[str, list[tuple[str | None, ...]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    folder.mkdir(exist_ok=True)
    book.save(folder / "view.xlsx")
    return folder / "view.xlsx"


def opened(folder: Path, sheets: dict[str, list[tuple[str | None, ...]]]) -> Service:
    service = Service.open(Settings(store=":memory:", home=folder))
    checked = service.check(book_of(folder, sheets))
    assert not checked.tally.problems
    service.load(checked)
    return service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    made = opened(tmp_path_factory.mktemp("startups"), SHEETS)
    yield made
    made.close()


def on(service: Service, day: date) -> StartupAlliance:
    found = service.region("startup_alliance", day)
    assert isinstance(found, StartupAlliance)
    return found


def test_members_are_those_of_the_day_each_with_its_sources(service: Service) -> None:
    (alliance,) = on(service, date(2021, 6, 1)).alliances
    assert [each.actor.name for each in alliance.members] == ["The city", "The school"]
    city, school = alliance.members
    assert [claim.source.id for claim in city.claims] == ["article", "page"] and not city.silent
    assert not school.is_now and [each.id for each in school.silent] == ["article"]
    assert [each.actor.name for each in alliance.disputed] == ["The school"]
    named = {source.id: [each.actor.name for each in alliance.named_by(source)] for source in alliance.sources}
    assert named == {"page": ["The city"], "article": ["The city"]}
    (later,) = on(service, date(2024, 6, 1)).alliances
    assert [each.actor.name for each in later.members if each.is_now] == ["The city", "The newcomer"]


def test_who_is_served_changes_with_the_day(service: Service) -> None:
    early, late = on(service, date(2021, 6, 1)).scene, on(service, date(2024, 6, 1)).scene
    assert {each.actor.name: each.served for each in early.startups} == {
        "Alpha Oy": Served.SERVED,
        "Gamma Oy": Served.NOBODY,
    }, "Beta was not founded yet"
    assert {each.actor.name: each.served for each in late.startups} == {
        "Alpha Oy": Served.NOBODY,
        "Beta Oy": Served.SERVED,
        "Gamma Oy": Served.NOBODY,
    }
    assert [each.actor.name for each in late.unserved] == ["Alpha Oy", "Gamma Oy"]
    advice, rooms = late.services
    assert [(party.actor.name, party.now) for party in advice.customers] == [("Alpha Oy", False), ("Beta Oy", True)]
    assert [party.actor.name for party in rooms.providers] == ["The school"]
    assert late.users(advice, Stage.IDEA) == 1 and late.users(advice, Stage.GROWTH) == 0
    assert early.users(advice, Stage.GROWTH) == 1


def test_stages_and_fields_are_counted_and_what_is_not_known_is_told(service: Service) -> None:
    scene = on(service, date(2024, 6, 1)).scene
    assert [(row.stage.value, row.startups, row.services, row.served.value) for row in scene.stages] == [
        ("idea", 1, 1, "served"),
        ("start", 0, 1, "served"),
        ("growth", 1, 0, "nobody"),
        ("scale", 0, 0, "nobody"),
    ]
    assert (scene.without_stages, scene.without_customers) == (1, 1)
    advice, rooms = scene.services
    assert [advice.is_for(stage) for stage in Stage] == [True, True, False, False]
    assert [rooms.is_for(stage) for stage in Stage] == [None] * 4
    counted = {
        (cell.field.name if cell.field else None, cell.stage.value if cell.stage else None): (
            cell.startups,
            cell.services,
        )
        for cell in scene.fields
        if cell.startups or cell.services
    }
    assert counted == {
        ("Education", "growth"): (1, 0),
        ("Health", "growth"): (1, 0),
        ("Health", "idea"): (1, 1),
        ("Health", "start"): (0, 1),
        (None, None): (1, 1),
    }


def test_without_any_service_it_is_not_known_whom_nobody_serves(tmp_path: Path) -> None:
    sheets = {name: rows for name, rows in SHEETS.items() if name != "Services"}
    service = opened(tmp_path, sheets)
    scene = on(service, date(2024, 6, 1)).scene
    assert {each.served for each in scene.startups} == {Served.NOT_KNOWN}
    assert {row.served for row in scene.stages} == {Served.NOT_KNOWN}
    assert not scene.unserved
    page = create_app(Settings(store=":memory:"), service).test_client().get("/regions/startup_alliance?lang=en").text
    assert "No service is known yet" in page and "of no service is it known who uses it now" in page
    service.close()


AGAIN: dict[str, list[tuple[str | None, ...]]] = {
    **SHEETS,
    "Services": [
        *SHEETS["Services"],
        ("Advice", "", "", "", "Alpha Oy", "2024-01-01", "2024-12-31", "page"),
        ("Advice", "", "", "", "Alpha Oy", "2022-12-31", "2023-03-31", "page"),
    ],
}
"""Alpha Oy uses advice three times; the second time begins when the first ends."""
TIMES = [
    (date(2020, 1, 1), date(2022, 12, 31)),
    (date(2022, 12, 31), date(2023, 3, 31)),
    (date(2024, 1, 1), date(2024, 12, 31)),
]


def times_of(service: Service, day: date) -> list[tuple[date | None, date | None]]:
    (advice, _) = on(service, day).scene.services
    alpha = next(party for party in advice.customers if party.actor.name == "Alpha Oy")
    return [(claim.start, claim.end) for claim, _ in alpha.said]


def test_a_customer_that_comes_again_has_each_of_its_times(tmp_path: Path) -> None:
    service = opened(tmp_path, AGAIN)
    early, between, late = (on(service, date(year, 6, 1)).scene for year in (2021, 2023, 2024))
    served = [{each.actor.name: each.served for each in at.startups}["Alpha Oy"] for at in (early, between, late)]
    assert served == [Served.SERVED, Served.NOBODY, Served.SERVED]
    assert times_of(service, date(2024, 6, 1)) == TIMES, "by time, whatever the order of the rows"
    assert times_of(service, date(2023, 6, 1)) == TIMES[:2]
    page = (
        create_app(Settings(store=":memory:"), service)
        .test_client()
        .get("/regions/startup_alliance?as_of=2024-06-01&lang=fi")
    )
    for shown in ("1.1.2020", "31.3.2023", "1.1.2024", "31.12.2024"):
        assert f"<td>{shown}</td>" in page.text
    assert service.status().participations == len(service.snapshot().participations)
    checked = service.check(tmp_path / "view.xlsx")
    assert checked.already_loaded and not service.load(checked).batches_written, "the same file again writes nothing"
    service.close()


def test_a_customer_that_comes_again_is_one_partner_of_one_collaboration(tmp_path: Path) -> None:
    dealings = View(together=(CollaborationKind.SERVICE,))
    once, again = (opened(tmp_path / name, sheets) for name, sheets in (("once", SHEETS), ("again", AGAIN)))
    networks = [each.network(dealings) for each in (once, again)]
    assert networks[0].collaborations_of == networks[1].collaborations_of
    ids = ["degree", "strength", "betweenness"]
    first, second = (each.measures(dealings, ids) for each in (once, again))
    assert {id_: first.measures[id_].values for id_ in ids} == {id_: second.measures[id_].values for id_ in ids}
    once.close()
    again.close()


def test_what_was_taken_out_and_read_again_has_each_time(tmp_path: Path) -> None:
    service = opened(tmp_path / "first", AGAIN)
    book = tmp_path / "out.xlsx"
    book.write_bytes(service.export_as(Ask("workbook", "fi")).content)
    other = Service.open(Settings(store=":memory:", home=tmp_path / "other"))
    checked = other.check(book)
    assert not checked.tally.wrong_rows
    other.load(checked)
    said = [{(each.key, each.end) for each in made.snapshot().participations} for made in (service, other)]
    assert said[0] == said[1] and len(said[0]) == len(service.snapshot().participations)
    service.close()
    other.close()


def test_a_file_that_gives_a_customer_another_time_is_told_as_a_change_and_undone(tmp_path: Path) -> None:
    service = opened(tmp_path, SHEETS)
    before = service.snapshot().participations
    first = times_of(service, date(2024, 6, 1))
    checked = service.check(book_of(tmp_path, AGAIN))
    assert checked.compared.changed["participation"] == 1, "the pair is known, and has new times"
    service.load(checked)
    assert times_of(service, date(2024, 6, 1)) == TIMES
    service.undo(service.imports()[-1].id)
    assert service.snapshot().participations == before and times_of(service, date(2024, 6, 1)) == first
    service.close()


def test_times_of_one_customer_that_overlap_are_told(tmp_path: Path) -> None:
    for start, end in (("2022-06-01", "2023-12-31"), ("", ""), ("2020-01-01", "2020-02-01"), ("2019-01-01", "")):
        row = ("Advice", "", "", "", "Alpha Oy", start, end, "page")
        service = Service.open(Settings(store=":memory:", home=tmp_path))
        checked = service.check(book_of(tmp_path, {**SHEETS, "Services": [*SHEETS["Services"], row]}))
        (problem,) = checked.tally.problems
        assert "in row 2, for a time that overlaps" in problem.message
        service.close()


@pytest.mark.parametrize(("language", "theme"), [("en", "Health"), ("fi", "Terveys"), ("sv", "Health")])
def test_page_and_endpoint_say_the_same(service: Service, language: str, theme: str) -> None:
    client = create_app(Settings(store=":memory:"), service).test_client()
    told = client.get(f"/api/v1/regions/startup_alliance?as_of=2024-06-01&lang={language}").get_json()
    page = client.get(f"/regions/startup_alliance?as_of=2024-06-01&lang={language}").text
    assert [each["served"] for each in told["startups"]] == ["nobody", "served", "nobody"]
    for each in (*told["startups"], *told["alliances"][0]["members"]):
        assert each["actor"]["name"] in page
    for each in told["services"]:
        assert each["service"]["name"] in page
    customers = [(each["actor"]["name"], each["start"], each["end"]) for each in told["services"][0]["customers"]]
    assert customers == [("Alpha Oy", "2020-01-01", "2022-12-31"), ("Beta Oy", "2023-01-01", None)]
    assert theme in page and {each["field"]["name"] for each in told["by_field"] if each["field"]} >= {theme}


def test_the_region_s_two_sources_differ_as_they_do(sample_copy: Callable[[], str], tmp_path: Path) -> None:
    service = Service.open(Settings(store=sample_copy(), home=tmp_path))
    (alliance,) = on(service, date(2020, 6, 1)).alliances
    named = {source.id: len(alliance.named_by(source)) for source in alliance.sources}
    assert named == {"liitto-page": 6, "liitto-article-2020": 8}
    group = next(each for each in alliance.members if each.actor.id == "tampereen-korkeakouluyhteiso")
    assert [each.id for each in group.contains] == ["fi-1015428-1", "fi-2844561-8"]
    assert [each.id for each in group.silent] == ["liitto-article-2020"]
    disputed = {each.actor.id for each in alliance.disputed}
    assert disputed == {"tampereen-korkeakouluyhteiso", "fi-1015428-1", "fi-2844561-8", "fi-0211675-2"}
    hospital = next(each for each in alliance.members if each.claims[0].said_as.startswith("Pirkanmaan sairaanhoito"))
    assert hospital.actor.id == "pirkanmaan-sairaanhoitopiiri", "its successor came in 2023"
    assert not alliance.members[0].claims[0].end
    service.close()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", ("Vaiheet", "Kasvu", "Toimialat", "Terveys; Koulutus")),
        ("sv", ("Skeden", "Tillväxt", "Branscher", "Health; Education")),
        ("en", ("Stages", "Growth", "Fields", "Health; Education")),
    ],
)
def test_pages_of_actor_and_collaboration_name_facets_for_people(
    service: Service, language: str, expected: tuple[str, ...]
) -> None:
    client = create_app(Settings(store=":memory:"), service).test_client()
    (alpha,) = service.resolve_name("Alpha Oy", 1)
    page = client.get(f"/actors/{alpha.actor.id}?lang={language}").text
    for text in expected:
        assert text in page
    advice = client.get(f"/collaborations/c-advice?lang={language}").text
    assert f"<dt>{expected[0]}</dt><dd>Idea; " in advice.replace("Idé", "Idea")
