"""Who and what the import sheets of region views name in passing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, Participation

MEMBERS = ("Allianssin jäsenet", ("allianssi", "jäsen", "laji", "lähde"))


def read(
    folder: Path, *sheets: tuple[str, Sequence[str], Sequence[Sequence[str]]]
) -> tuple[list[Claim], list[Problem]]:
    book = Workbook()
    for name, header, rows in sheets:
        sheet = book.create_sheet(name)
        for row in (header, *rows):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(folder / "view.xlsx")
    items = list(open_file(folder / "view.xlsx").rows())
    problems = [item for item in items if isinstance(item, Problem)]
    return [claim for item in items if not isinstance(item, Problem) for claim in item.says], problems


def test_who_is_named_first_is_said_once(tmp_path: Path) -> None:
    rows = [("Allianssi", "VTT Oy (2647375-4)", "", "sivu"), ("Allianssi", "2647375-4", "", "artikkeli")]
    claims, problems = read(tmp_path, (*MEMBERS, rows))
    assert not problems
    actors = [claim for claim in claims if isinstance(claim, Actor)]
    assert [(actor.id, actor.name, actor.business_id) for actor in actors] == [("fi-2647375-4", "VTT Oy", "2647375-4")]
    assert [claim.id for claim in claims if isinstance(claim, Collaboration)] == ["c-allianssi"]
    claimed = [(each.actor, each.source) for each in claims if isinstance(each, Participation)]
    assert claimed == [("fi-2647375-4", "s-sivu"), ("fi-2647375-4", "s-artikkeli")]


def test_who_stands_on_the_sheet_of_actors_is_that_one(tmp_path: Path) -> None:
    actors = ("Toimijat", ("tunnus", "nimi", "laji"), [("city", "Tampereen kaupunki", "kunta")])
    claims, problems = read(tmp_path, actors, (*MEMBERS, [("Allianssi", "tampereen  KAUPUNKI", "yritys", "sivu")]))
    assert not problems
    said = [claim for claim in claims if isinstance(claim, Actor)]
    assert [(actor.id, actor.kind) for actor in said] == [("city", ActorKind.PUBLIC_BODY)]


def test_a_wrong_number_and_a_name_of_two_are_told(tmp_path: Path) -> None:
    actors = ("Toimijat", ("tunnus", "nimi"), [("a", "Sama"), ("b", "Sama")])
    rows = [("Allianssi", "VTT (2647375-5)", "", ""), ("Allianssi", "sama", "", "")]
    claims, problems = read(tmp_path, actors, (*MEMBERS, rows))
    assert not [claim for claim in claims if isinstance(claim, Participation)]
    assert [(problem.row, problem.column) for problem in problems] == [(2, "jäsen"), (3, "jäsen")]
    assert "check digit" in problems[0].message
    assert "several" in problems[1].message
