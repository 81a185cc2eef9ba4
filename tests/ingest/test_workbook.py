"""What a well-filled workbook says, in any of the three languages and any order of columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graphsvc.ingest.opening import open_file
from graphsvc.model import (
    Actor,
    ActorKind,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Name,
    NameKind,
    Participation,
    Place,
    Source,
    Theme,
)

Make = Callable[[dict[str, Any]], Path]
ReadFile = Callable[[Path], Any]
DAY = datetime(2024, 1, 31, tzinfo=UTC).replace(tzinfo=None)  # a spreadsheet's dates have no zone


@pytest.mark.parametrize(
    ("sheet", "header", "row"),
    [
        (
            "Actors",
            ["name", "kind", "municipality", "business id"],
            ["Tampereen kaupunki", "city", "Tampere", "0211675-2"],
        ),
        ("Toimijat", ["Y-tunnus", "Kunta", "Laji", "Nimi *"], ["0211675-2", "TAMPERE", "kunta", "Tampereen kaupunki"]),
        ("Aktörer", ["Kommun", "FO-nummer", "NAMN", "Typ"], ["Tammerfors", "FI02116752", "Tampereen kaupunki", "stad"]),
    ],
)
def test_columns_in_three_languages(
    workbook: Make, read: ReadFile, sheet: str, header: list[str], row: list[str]
) -> None:
    result = read(workbook({sheet: [header, row]}))
    assert not result.problems
    [actor] = result.claims(Actor)
    assert actor == Actor(
        id="fi-0211675-2",
        name="Tampereen kaupunki",
        kind=ActorKind.PUBLIC_BODY,
        business_id="0211675-2",
        place="fi-tampere",
        source="file-network",
    )
    assert [place.id for place in result.claims(Place)] == ["fi", "FI197", "fi-tampere"]


@pytest.mark.parametrize(
    ("cells", "id_"),
    [
        ({"id": "own.id:1", "business id": "0211675-2"}, "own.id:1"),
        ({"business id": "0211675-2", "pic": "998829080"}, "fi-0211675-2"),
        ({"pic": 998829080}, "pic-998829080"),
        ({"pic": 998829080.0}, "pic-998829080"),
        ({}, "a-tampereen-kaupunki"),
    ],
)
def test_ids(workbook: Make, read: ReadFile, cells: dict[str, object], id_: str) -> None:
    result = read(workbook({"Actors": [["name", *cells], ["Tampereen kaupunki", *cells.values()]]}))
    assert [actor.id for actor in result.claims(Actor)] == [id_]


def test_other_names(workbook: Make, read: ReadFile) -> None:
    names = (
        "TAU (abbreviation); en: Tampere University; TTY (entinen); fi: TaY (tidigare) ; Kampus (Hervanta)"
        ";TAU (abbreviation)"
    )
    [actor] = read(workbook({"Actors": [["name", "other names"], ["Tampereen yliopisto", names]]})).claims(Actor)
    assert actor.names == (
        Name(text="TAU", kind=NameKind.ABBREVIATION),
        Name(text="Tampere University", kind=NameKind.TRANSLATION, language="en"),
        Name(text="TTY", kind=NameKind.FORMER),
        Name(text="TaY", kind=NameKind.FORMER, language="fi"),
        Name(text="Kampus (Hervanta)", kind=NameKind.SPELLING),
    )


@pytest.mark.parametrize("cell", [DAY, date(2024, 1, 31), "2024-01-31", "31.1.2024", "31. 1. 2024", "2024/01/31"])
def test_dates(workbook: Make, read: ReadFile, cell: object) -> None:
    result = read(workbook({"Collaborations": [["name", "start"], ["X", cell]]}))
    assert [item.start for item in result.claims(Collaboration)] == [date(2024, 1, 31)]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (701862.5, "701862.5"),
        (0.1 + 0.2, "0.3"),
        (12, "12"),
        ("1 234 567,50", "1234567.50"),
        ("1\u00a0234.5", "1234.5"),
        ("€ 99,90", "99.90"),
        ("9007199254740993.01", "9007199254740993.01"),
    ],
)
def test_amounts_are_exact(workbook: Make, read: ReadFile, cell: object, amount: str) -> None:
    result = read(
        workbook(
            {
                "Actors": [["name"], ["A"]],
                "Collaborations": [["name"], ["P"]],
                "Participations": [["actor", "collaboration", "amount"], ["A", "P", cell]],
            }
        )
    )
    [participation] = result.claims(Participation)
    assert participation.money is not None
    assert participation.money.amount == Decimal(amount)
    assert participation.money.currency == "EUR"


def full() -> dict[str, list[list[object]]]:
    return {
        "Links": [["actor", "relation", "other", "since"], ["TTY", "succeeded by", "Tampere University", "1.1.2019"]],
        "Participations": [
            ["actor", "collaboration", "role", "source"],
            ["2844561-8", "Allianssi", "member", "page"],
            ["TAU", "c-1", "member", "Article of 2020"],
            ["902999288", "allianssi", "chair", ""],
        ],
        "Collaborations": [["id", "name", "kind", "themes"], ["c-1", "Allianssi", "allianssi", "ICT; climate"]],
        "Actors": [
            ["name", "other names", "business id", "pic"],
            ["Tampere University", "TAU (abbreviation)", "2844561-8", "902999288"],
            ["TTY", "", "", ""],
        ],
        "Themes": [["id", "name", "parent"], ["climate", "Climate", "t-all"], ["", "ICT", "All"], ["t-all", "All", ""]],
        "Sources": [["id", "title", "date"], ["page", "The page", ""], ["art", "Article of 2020", "2020-05-04"]],
    }


def test_a_thing_is_said_before_it_is_spoken_of(workbook: Make, read: ReadFile) -> None:
    result = read(workbook(full()))
    assert not result.problems
    said = {"file-network"}
    for row in result.rows:
        for claim in row.says:
            match claim:
                case Source(id=id_):
                    needs: list[str | None] = []
                case Theme(id=id_, parent=parent) | Place(id=id_, parent=parent):
                    needs = [parent]
                case Actor(id=id_, place=place, source=source):
                    needs = [place, source]
                case Collaboration(id=id_, themes=themes, source=source):
                    needs = [*themes, source]
                case Participation(id=id_, actor=actor, collaboration=other, source=source):
                    needs = [actor, other, source]
                case Link(id=id_, actor=actor, other=other, source=source):
                    needs = [actor, other, source]
            assert {need for need in needs if need} <= said, claim
            said.add(id_)


def test_references_by_id_identifier_or_name(workbook: Make, read: ReadFile) -> None:
    result = read(workbook(full()))
    claims = result.claims(Participation)
    assert {claim.actor for claim in claims} == {"fi-2844561-8"}
    assert [claim.source for claim in claims] == ["page", "art", "file-network"]
    assert len({claim.id for claim in claims}) == 3, "two sources that say the same stay two claims"
    [collaboration] = result.claims(Collaboration)
    assert collaboration.kind is CollaborationKind.ALLIANCE
    assert collaboration.themes == ("t-ict", "climate")
    [link] = result.claims(Link)
    assert (link.actor, link.kind, link.other, link.since) == (
        "a-tty",
        LinkKind.SUCCEEDED_BY,
        "fi-2844561-8",
        date(2019, 1, 1),
    )


def test_records_keep_the_row_as_it_came(workbook: Make, read: ReadFile) -> None:
    rows = [["Name", "Our own column", "pic"], ["A", "kept", 998829080.0], ["", "", ""], ["B", None, None]]
    result = read(workbook({"Actors": rows}))
    assert (result.problems, result.notes) == ([], ["Kept as attributes: Our own column."])
    assert [actor.attributes for actor in result.claims(Actor)] == [{"Our own column": "kept"}, {}]
    first, second = (row.record for row in result.rows)
    assert (first.sheet, first.row, first.values) == (
        "Actors",
        2,
        {"Name": "A", "Our own column": "kept", "pic": "998829080"},
    )
    assert (first.actor, second.row, second.values) == ("pic-998829080", 4, {"Name": "B"})
    assert first.id != second.id


def test_themes_and_sources_without_their_sheets_are_made_from_their_names(workbook: Make, read: ReadFile) -> None:
    result = read(
        workbook(
            {"Collaborations": [["name", "themes", "source"], ["P", "ICT; Climate", "Page"], ["Q", "ict", "Page"]]}
        )
    )
    assert not result.problems
    assert [theme.id for theme in result.claims(Theme)] == ["t-ict", "t-climate"]
    assert [source.name for source in result.claims(Source)] == ["Page"]
    assert [item.themes for item in result.claims(Collaboration)] == [("t-ict", "t-climate"), ("t-ict",)]


def test_text_that_looks_like_code_is_text(workbook: Make, read: ReadFile) -> None:
    names = ["</script><img src=x onerror=alert(1)>", "=1+1", "+358 3 1234", "@SUM(A1)", "-", "{{7*7}}", "' OR 1=1 //"]
    result = read(workbook({"Actors": [["name"], *([name] for name in names)]}))
    assert not result.problems
    assert [actor.name for actor in result.claims(Actor)] == names


def test_progress_counts_rows(workbook: Make) -> None:
    path = workbook({"Actors": [["name"], *([f"Actor {number}"] for number in range(1200))]})
    calls: list[tuple[int, int]] = []
    list(open_file(path).rows(lambda done, total: calls.append((done, total))))
    assert calls == [(500, 0), (1000, 0), (1200, 1200)]


def test_fingerprint_is_the_files(workbook: Make) -> None:
    path = workbook({"Actors": [["name"], ["A"]]})
    before = open_file(path).fingerprint
    assert len(before) == 64
    assert open_file(path).fingerprint == before
    workbook({"Actors": [["name"], ["B"]]})
    assert open_file(path).fingerprint != before
