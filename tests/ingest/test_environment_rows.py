"""What the import sheet of RDI environments says, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graphsvc.model import Actor, Collaboration, CollaborationKind, Participation, Place
from tests.ingest.test_mentions import read

HEADER = (
    "nimi",
    "laji",
    "muoto",
    "omistajat",
    "teemat",
    "palvelut yrityksille",
    "avoinna",
    "EU-verkostot",
    "kansalliset verkostot",
    "kunta",
    "alkaen",
    "lähde",
)


def sheet(*rows: tuple[str, ...]) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
    return ("TKI-ympäristöt", HEADER, [(*row, *[""] * (len(HEADER) - len(row))) for row in rows])


def test_a_row_says_all_of_an_environment(tmp_path: Path) -> None:
    row = (
        "Labra",
        "alusta",
        "molemmat",
        "VTT Oy (2647375-4); Tampereen kaupunki",
        "Terveys",
        "Testaus; Mittaus",
        "sopimuksesta",
        "EIT Health",
        "6Aika",
        "Tampere",
        "1.3.2020",
        "sivu",
    )
    claims, problems = read(tmp_path, sheet(row))
    assert not problems
    told = {each.id: each for each in claims if isinstance(each, Collaboration)}
    labra = told["c-labra"]
    assert labra.kind is CollaborationKind.PLATFORM
    assert (labra.start, labra.themes, labra.source) == (date(2020, 3, 1), ("t-terveys",), "s-sivu")
    assert labra.attributes == {
        "form of environment": "both",
        "open to": "by_agreement",
        "services to firms": "Testaus; Mittaus",
        "part of": "c-eit-health; c-6aika",
        "place of environment": next(each.id for each in claims if isinstance(each, Place) and each.name == "Tampere"),
    }
    assert {id_: each.attributes["level"] for id_, each in told.items() if each.kind is CollaborationKind.NETWORK} == {
        "c-eit-health": "eu",
        "c-6aika": "national",
    }
    owners = [(each.actor, each.role) for each in claims if isinstance(each, Participation)]
    assert owners == [("fi-2647375-4", "owner"), ("a-tampereen-kaupunki", "owner")]
    assert {each.id for each in claims if isinstance(each, Actor)} == {"fi-2647375-4", "a-tampereen-kaupunki"}


def test_none_is_said_and_empty_is_not(tmp_path: Path) -> None:
    claims, problems = read(tmp_path, sheet(("A", "", "", "", "", "", "", "ei ole"), ("B",)))
    assert not problems
    told = {each.id: each.attributes for each in claims if isinstance(each, Collaboration)}
    assert told == {"c-a": {"in no network of level": "eu"}, "c-b": {}}


def test_a_second_row_adds_and_may_not_contradict(tmp_path: Path) -> None:
    rows = [
        ("A", "", "fyysinen", "X", "", "", "", "N"),
        ("A", "", "", "X; Y", "", "", "", "M"),
        ("A", "", "malli", "Z"),
    ]
    claims, problems = read(tmp_path, sheet(*rows))
    assert [(each.row, each.column) for each in problems] == [(4, "muoto")]
    assert "'physical'" in problems[0].message
    assert [each.actor for each in claims if isinstance(each, Participation)] == ["a-x", "a-y"]
    last = [each for each in claims if isinstance(each, Collaboration) and each.id == "c-a"][-1]
    assert last.attributes == {"form of environment": "physical", "part of": "c-n; c-m"}


def test_what_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    projects = ("Yhteistyöt", ("nimi", "laji"), [("Hanke", "hanke")])
    rows = [
        ("A", "hanke"),
        ("B", "", "iso"),
        ("Hanke",),
        ("C", "", "", "", "", "", "", "Verkko"),
        ("D", "", "", "", "", "", "", "", "Verkko"),
        ("E", "", "", "VTT (2647375-5)"),
        ("", "", "", "VTT"),
    ]
    _, problems = read(tmp_path, projects, sheet(*rows))
    assert [(each.row, each.column) for each in problems] == [
        (2, "laji"), (3, "muoto"), (4, "nimi"), (6, "kansalliset verkostot"), (7, "omistajat"), (8, "nimi"),
    ]  # fmt: skip
    assert "Alusta, Infrastruktuuri" in problems[0].remedy or "Infrastruktuuri, Alusta" in problems[0].remedy
    assert "Hanke" in problems[2].message
    assert "earlier row: EU." in problems[3].message


def test_an_environment_of_the_sheet_of_collaborations_keeps_its_id_and_kind(tmp_path: Path) -> None:
    known = ("Yhteistyöt", ("tunnus", "nimi", "laji"), [("p1", "Alusta Yksi", "alusta")])
    claims, problems = read(tmp_path, known, sheet(("alusta yksi", "", "malli", "X")))
    assert not problems
    told = [each for each in claims if isinstance(each, Collaboration)]
    assert [(each.id, each.kind) for each in told] == [("p1", CollaborationKind.PLATFORM)] * 2
    assert told[-1].attributes == {"form of environment": "operating_model"}
