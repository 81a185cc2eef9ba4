"""What the import sheet of procurements says, and what it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from graphsvc.ingest.reading import Severity
from graphsvc.model import Collaboration, CollaborationKind, Money, Participation
from tests.ingest.test_mentions import read

HEADER = ("tunnus", "hankinta", "ostaja", "toimittaja", "summa", "valuutta", "innovatiivinen", "päivä", "lähde")


def sheet(*rows: tuple[str, ...]) -> tuple[str, tuple[str, ...], list[tuple[str, ...]]]:
    return ("Hankinnat", HEADER, [(*row, *[""] * (len(HEADER) - len(row))) for row in rows])


def test_amounts_stand_with_the_supplier_exactly(tmp_path: Path) -> None:
    rows = [
        ("", "Bussit", "Kaupunki", "A Oy", "1 234 567,10", "", "kyllä", "1.2.2024", "sivu"),
        ("", "Bussit", "Kaupunki", "B AB", "0,20", "sek", "", "", "sivu"),
    ]
    claims, problems = read(tmp_path, sheet(*rows))
    assert not problems
    told = [each for each in claims if isinstance(each, Collaboration)]
    assert {(each.id, each.kind, each.start) for each in told} == {
        ("c-bussit-a-kaupunki", CollaborationKind.PROCUREMENT, date(2024, 2, 1))
    }
    assert all(each.attributes == {"innovative": "yes"} for each in told)
    assert [(each.actor, each.role, each.money) for each in claims if isinstance(each, Participation)] == [
        ("a-kaupunki", "buyer", None),
        ("a-a-oy", "supplier", Money(amount=Decimal("1234567.10"), currency="EUR")),
        ("a-b-ab", "supplier", Money(amount=Decimal("0.20"), currency="SEK")),
    ]


def test_one_name_of_two_buyers_or_two_ids_is_two_procurements(tmp_path: Path) -> None:
    rows = [("", "Siivous", "A"), ("", "Siivous", "B"), ("h-1", "Siivous", "A"), ("h-1", "Siivous", "A", "C")]
    claims, problems = read(tmp_path, sheet(*rows))
    assert not problems
    ids = [each.id for each in claims if isinstance(each, Collaboration)]
    assert ids == ["c-siivous-a-a", "c-siivous-a-b", "h-1", "h-1"]
    assert {each.attributes.get("innovative") for each in claims if isinstance(each, Collaboration)} == {None}


def test_what_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    other = ("Yhteistyöt", ("nimi", "laji"), [("Hanke", "hanke")])
    rows = [
        ("", "P", "A", "B; C", "10"),
        ("", "Q", "A", "", "10"),
        ("", "R", "", "B"),
        ("", "S", "A", "B", "-1"),
        ("", "T", "A", "B", "", "", "ehkä"),
        ("", "Hanke", "A"),
        ("", "U", "A", "B", "1"),
        ("", "U", "A", "B", "2"),
    ]
    claims, problems = read(tmp_path, other, sheet(*rows))
    assert [(each.row, each.column, each.severity) for each in problems] == [
        (2, "summa", Severity.ERROR),
        (3, "summa", Severity.WARNING),
        (4, "ostaja", Severity.ERROR),
        (5, "summa", Severity.ERROR),
        (6, "innovatiivinen", Severity.ERROR),
        (7, "hankinta", Severity.ERROR),
        (9, "toimittaja", Severity.ERROR),
    ]
    assert "Kyllä, Ei" in problems[4].remedy
    assert {each.name for each in claims if isinstance(each, Collaboration)} == {"Hanke", "Q", "U"}
