"""What the import sheets of startups and of services for them say, and which rows are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind, Participation, Place
from tests.ingest.test_mentions import read

STARTUPS = ("Startupit", ("nimi", "Y-tunnus", "perustettu", "vaihe", "toimialat", "kunta", "lähde"))
SERVICES = ("Services", ("service", "provider", "stages", "fields", "customers", "from", "until", "source"))
THEMES = ("Themes", ("id", "name"), [("t-health", "Health"), ("t-edu", "Education")])


def test_a_startup_is_a_firm_with_stage_fields_year_and_place(tmp_path: Path) -> None:
    rows = [("Alku Oy", "0112038-9", "2021", "kasvuvaihe", "Health; t-edu", "Tampere", "kysely")]
    claims, problems = read(tmp_path, THEMES, (*STARTUPS, rows))
    assert not problems
    (actor,) = (claim for claim in claims if isinstance(claim, Actor))
    assert (actor.id, actor.kind, actor.source) == ("fi-0112038-9", ActorKind.FIRM, "s-kysely")
    expected = {"startup": "yes", "stages": "growth", "fields": "t-health; t-edu", "founded": "2021"}
    assert actor.attributes == expected
    assert {claim.id: claim.name for claim in claims if isinstance(claim, Place)}[actor.place or ""] == "Tampere"


def test_what_is_not_known_says_nothing(tmp_path: Path) -> None:
    claims, problems = read(tmp_path, (*STARTUPS, [("Tuntematon Oy", "", "", "", "", "", "")]))
    assert not problems
    assert [each.attributes for each in claims if isinstance(each, Actor)] == [{"startup": "yes"}]


def test_rows_of_one_name_are_one_service_with_all_customers(tmp_path: Path) -> None:
    startups = (*STARTUPS, [("Alku Oy", "", "", "idea", "", "", "kysely")])
    rows = [
        ("Advice", "Business Tampere", "idea; start", "Health", "alku oy", "2020-01-01", "2021-12-31", "page"),
        ("Advice", "", "", "", "Toinen Oy; Kolmas Oy", "", "", "page"),
    ]
    claims, problems = read(tmp_path, THEMES, startups, (*SERVICES, rows))
    assert not problems
    told = [claim for claim in claims if isinstance(claim, Collaboration)]
    assert {each.id for each in told} == {"c-advice"}
    assert told[-1].kind is CollaborationKind.SERVICE
    assert told[-1].attributes == {"stages": "idea; start"} and told[-1].themes == ("t-health",)
    parts = [(each.actor, each.role, each.start, each.end) for each in claims if isinstance(each, Participation)]
    assert len(parts) == 4
    assert parts[0][1:] == ("provider", None, None)
    assert parts[1][1:] == ("customer", date(2020, 1, 1), date(2021, 12, 31))
    (alku,) = (each for each in claims if isinstance(each, Actor) and each.name == "Alku Oy")
    assert parts[1][0] == alku.id, "named in another spelling, and the one that the sheet of startups has"


def test_wrong_cells_are_named_by_row_and_column(tmp_path: Path) -> None:
    startups = [("A Oy", "", "21", "kypsä", "", "", ""), ("B Oy", "", "", "", "", "", "")]
    services = [
        ("Advice", "", "idea", "", "B Oy", "2021-01-01", "2020-01-01", "page"),
        ("Advice", "", "idea", "", "B Oy", "", "", "page"),
        ("Advice", "", "scale", "", "C Oy", "", "", "page"),
        ("Advice", "", "", "", "B Oy", "", "", "page"),
    ]
    claims, problems = read(tmp_path, (*STARTUPS, startups), (*SERVICES, services))
    found = [(each.sheet, each.row, each.column) for each in problems]
    assert found == [
        ("Startupit", 2, "vaihe"),
        ("Startupit", 2, "perustettu"),
        ("Services", 2, "until"),
        ("Services", 4, "stages"),
        ("Services", 5, "customers"),
    ]
    assert "Idea, Aloitus, Kasvu, Skaalautuminen" in problems[0].remedy
    assert [each.name for each in claims if isinstance(each, Actor)] == ["B Oy"]
