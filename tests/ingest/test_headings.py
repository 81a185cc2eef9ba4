"""Each heading that is known lands in the field it means, in a list as coordinators keep it: organisation; project; it.

Such a list is read by one of two readers, by what else it holds; both ask ``heading_words`` what a heading means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graphsvc.ingest.columns import header_fold, resource, specs
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.heading_words import columns_of_actor
from graphsvc.ingest.own_headings import header_of
from graphsvc.ingest.reading import Problem, ReadRow
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, CollaborationKind, Participation, Theme

KNOWN: dict[str, list[str]] = tomllib.loads(resource("headings.toml"))["field"]
ORGANISATIONS, PROJECTS = ("Techila Oy", "Nokia Oyj"), ("Kierto", "Valo")
SEVERAL = ("Aalto-yliopisto; Oulun yliopisto", "Oulun yliopisto; Aalto-yliopisto")

Said = dict[str, list[Any]]


def _of(field: str, take: Callable[[Any], Any]) -> Callable[[Said], list[Any]]:
    return lambda said: [take(each) for each in said[field]]


EXPECTED: dict[str, tuple[tuple[str, str], Callable[[Said], Any], Any]] = {
    "actor.business_id": (
        ("2844561-8", "0112038-9"),
        _of("Actor", lambda a: a.business_id),
        ["2844561-8", "0112038-9"],
    ),
    "actor.municipality": (("Espoo", "Åbo"), _of("Actor", lambda a: a.place), ["fi-espoo", "fi-turku"]),
    "actor.kind": (
        ("yritys", "yliopisto"),
        _of("Actor", lambda a: a.kind),
        [ActorKind.FIRM, ActorKind.UNIVERSITY],
    ),
    "actor.names": (("TT", "NOK"), _of("Actor", lambda a: [name.text for name in a.names]), [["TT"], ["NOK"]]),
    "collaboration.id": (("A123", "B456"), _of("Collaboration", lambda c: c.id), ["c-a123", "c-b456"]),
    "collaboration.title": (
        ("Koko nimi", "Pitkä nimi"),
        _of("Collaboration", lambda c: c.title),
        ["Koko nimi", "Pitkä nimi"],
    ),
    "collaboration.kind": (
        ("hanke", "verkosto"),
        _of("Collaboration", lambda c: c.kind),
        [CollaborationKind.PROJECT, CollaborationKind.NETWORK],
    ),
    "collaboration.start": (
        ("1.2.2024", "2025"),
        _of("Collaboration", lambda c: c.start),
        [date(2024, 2, 1), date(2025, 1, 1)],
    ),
    "collaboration.end": (
        ("1.2.2024", "2025"),
        _of("Collaboration", lambda c: c.end),
        [date(2024, 2, 1), date(2025, 12, 31)],
    ),
    "collaboration.programme": (
        ("EAKR", "Horisontti"),
        _of("Collaboration", lambda c: c.programme),
        ["EAKR", "Horisontti"],
    ),
    "collaboration.themes": (("Vety", "Valo"), _of("Theme", lambda t: t.name), ["Vety", "Valo"]),
    "participation.role": (
        ("koordinaattori", "kumppani"),
        _of("Participation", lambda p: p.role),
        ["koordinaattori", "kumppani"],
    ),
    "participation.amount": (
        ("1 000", "2500,50"),
        _of("Participation", lambda p: p.money and p.money.amount),
        [Decimal(1000), Decimal("2500.50")],
    ),
    "partners": (
        SEVERAL,
        lambda said: sorted(actor.name for actor in said["Actor"]),
        sorted([*ORGANISATIONS, "Aalto-yliopisto", "Oulun yliopisto"]),
    ),
    "collaborations": (
        ("Alfa; Beeta", "Beeta; Alfa"),
        lambda said: sorted(each.name for each in said["Collaboration"]),
        sorted([*PROJECTS, "Alfa", "Beeta"]),
    ),
    "funders": (
        ("Business Finland", "Suomen Akatemia"),
        lambda said: sorted(
            next(actor.name for actor in said["Actor"] if actor.id == each.actor)
            for each in said["Participation"]
            if each.role == "funder"
        ),
        ["Business Finland", "Suomen Akatemia"],
    ),
}
"""Field → the cells of two rows, what is looked at, and what is to be there. Names have a test of their own."""


@pytest.fixture(params=["csv", "xlsx"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Sequence[tuple[str, ...]]], Path]:
    def write(rows: Sequence[tuple[str, ...]]) -> Path:
        path = tmp_path / f"lista.{request.param}"
        if request.param == "csv":
            quoted = (";".join(f'"{cell}"' for cell in row) for row in rows)
            path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
            return path
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path

    return write


def said_by(path: Path) -> tuple[Said, list[Problem]]:
    """Return what a file says by type, and what is noted beside it."""
    items = list(open_here(path).rows())
    said: Said = {kind.__name__: [] for kind in (Actor, Collaboration, Participation, Theme)}
    claims: Iterable[Claim] = (claim for item in items if isinstance(item, ReadRow) for claim in item.says)
    for claim in claims:
        said.setdefault(type(claim).__name__, []).append(claim)
    return said, [item for item in items if isinstance(item, Problem)]


def _headings(*fields: str) -> list[tuple[str, str]]:
    return [(field, heading) for field in fields for heading in KNOWN[field]]


def test_every_field_of_the_table_is_tested_here() -> None:
    assert set(KNOWN) == {"actor.name", "collaboration.name", *EXPECTED}


@pytest.mark.parametrize(("field", "heading"), _headings(*EXPECTED))
def test_a_heading_lands_in_its_field_and_nowhere_else(
    field: str, heading: str, written: Callable[[Sequence[tuple[str, ...]]], Path]
) -> None:
    cells, look, expected = EXPECTED[field]
    rows = [("Organisaatio", "Hanke", heading), *zip(ORGANISATIONS, PROJECTS, cells, strict=True)]
    said, problems = said_by(written(rows))
    assert look(said) == expected
    for kind in ("Actor", "Collaboration", "Participation"):
        assert not [thing.attributes for thing in said[kind] if thing.attributes], "it stands somewhere else as well"
    assert [p.message for p in problems if p.severity != "note"] == []
    assert {*ORGANISATIONS} <= {actor.name for actor in said["Actor"]}
    assert {*PROJECTS} <= {each.name for each in said["Collaboration"]}


@pytest.mark.parametrize(("field", "heading"), _headings("actor.name", "collaboration.name"))
def test_a_heading_of_a_name_is_one_of_the_two(
    field: str, heading: str, written: Callable[[Sequence[tuple[str, ...]]], Path]
) -> None:
    header = (heading, "Hanke") if field == "actor.name" else ("Organisaatio", heading)
    said, problems = said_by(written([header, *zip(ORGANISATIONS, PROJECTS, strict=True)]))
    assert [actor.name for actor in said["Actor"]] == [*ORGANISATIONS]
    assert [each.name for each in said["Collaboration"]] == [*PROJECTS]
    assert len(said["Participation"]) == 2
    assert [p.message for p in problems if p.severity != "note"] == []


@pytest.mark.parametrize(
    "heading", [heading for field in KNOWN if field.startswith("actor.") for heading in KNOWN[field]]
)
def test_nodes_of_other_programs_are_described_by_the_same_words(heading: str) -> None:
    field = next(field for field in KNOWN if heading in KNOWN[field])
    found = columns_of_actor(("Label", heading), of_actors=True)
    key = field.partition(".")[2]
    assert found == ({} if key == "name" else {key: heading}), header_fold(heading)


# ---- what several rows together say of one actor

LATER = [
    ("Organisaatio", "Hanke", "Kotikunta", "Y-tunnus"),
    ("Techila Oy", "Kierto", "", ""),
    ("Nokia Oyj", "Kierto", "Espoo", "0112038-9"),
    ("Techila Oy", "Valo", "Tampere", ""),
    ("Techila Oy", "Vety", "", "2844561-8"),
]
EUROS = [(*row, euros) for row, euros in zip(LATER, ("Rahoitus (€)", "1", "2", "3", "4"), strict=True)]
"""A list with money is read by the other of the two readers."""


@pytest.mark.parametrize("rows", [LATER, EUROS], ids=["affiliations", "list"])
def test_what_only_a_later_row_says_of_an_actor_is_taken(
    rows: list[tuple[str, ...]], written: Callable[[Sequence[tuple[str, ...]]], Path]
) -> None:
    said, problems = said_by(written(rows))
    actors = {actor.name: (actor.place, actor.business_id) for actor in said["Actor"]}
    assert actors == {"Techila Oy": ("fi-tampere", "2844561-8"), "Nokia Oyj": ("fi-espoo", "0112038-9")}
    assert [p.message for p in problems if p.severity != "note"] == []


@pytest.mark.parametrize("rows", [LATER, EUROS], ids=["affiliations", "list"])
def test_where_two_rows_contradict_both_are_named(
    rows: list[tuple[str, ...]], written: Callable[[Sequence[tuple[str, ...]]], Path]
) -> None:
    path = written([*rows, ("Techila Oy", "Lumi", "Nokia", "", "5")[: len(rows[0])]])
    said, problems = said_by(path)
    assert next(actor.place for actor in said["Actor"] if actor.name == "Techila Oy") == "fi-tampere"
    (told,) = [problem for problem in problems if problem.severity != "note"]
    assert (told.file, told.row, told.column, told.value) == (path.name, 6, "Kotikunta", "Nokia")
    assert told.message == "Techila Oy: 'Nokia' here, 'Tampere' in row 4; that is what is read."


@pytest.mark.parametrize("euros", [False, True], ids=["affiliations", "list"])
def test_a_place_is_not_put_together_from_rows_that_contradict(
    euros: bool, written: Callable[[Sequence[tuple[str, ...]]], Path]
) -> None:
    rows = [
        ("Organisaatio", "Hanke", "Kotikunta", "Maa"),
        ("Techila Oy", "Kierto", "", "Suomi"),
        ("Techila Oy", "Valo", "Göteborg", "Ruotsi"),
    ]
    if euros:
        rows = [(*row, text) for row, text in zip(rows, ("Rahoitus (€)", "1", "2"), strict=True)]  # type: ignore[misc]
    said, problems = said_by(written(rows))
    assert [actor.place for actor in said["Actor"]] == ["fi"]
    (told,) = [problem for problem in problems if problem.severity != "note"]
    assert (told.row, told.column, told.value) == (3, "Maa", "Ruotsi")


def test_a_value_that_can_not_be_read_is_told_where_it_stands(
    written: Callable[[Sequence[tuple[str, ...]]], Path],
) -> None:
    rows = [("Organisaatio", "Hanke", "Y-tunnus"), ("Techila Oy", "Kierto", ""), ("Techila Oy", "Valo", "2844561-9")]
    _, problems = said_by(written(rows))
    (told,) = [problem for problem in problems if problem.severity != "note"]
    assert (told.row, told.column, told.value) == (3, "Y-tunnus", "2844561-9")


# ---- the same words on our own sheet of actors

ON_THE_SHEET = [(field, heading) for field, heading in _headings(*EXPECTED) if field.startswith("actor.")]


def on_the_sheet(tmp_path: Path, rows: Sequence[tuple[str, ...]], name: str = "Toimijat") -> Path:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(path := tmp_path / "verkosto.xlsx")
    return path


@pytest.mark.parametrize("sheet", ["Toimijat", "Aktörer", "Actors"])
@pytest.mark.parametrize(("field", "heading"), ON_THE_SHEET)
def test_a_heading_of_lists_means_the_same_on_our_own_sheet(
    field: str, heading: str, sheet: str, tmp_path: Path
) -> None:
    cells, look, expected = EXPECTED[field]
    rows = [("nimi", heading), *zip(ORGANISATIONS, cells, strict=True)]
    said, problems = said_by(on_the_sheet(tmp_path, rows, sheet))
    assert look(said) == expected
    assert [actor.attributes for actor in said["Actor"]] == [{}, {}]
    assert [p.message for p in problems if p.severity != "note"] == []


def test_our_own_words_come_before_those_of_lists_and_a_second_column_is_told(tmp_path: Path) -> None:
    rows = [("Kotikunta", "kunta", "Yrityksen nimi"), ("Nokia", "Tampere", "Techila Oy")]
    said, problems = said_by(on_the_sheet(tmp_path, rows))
    (actor,) = said["Actor"]
    assert (actor.name, actor.place, actor.attributes) == ("Techila Oy", "fi-tampere", {"Kotikunta": "Nokia"})
    (told,) = [problem for problem in problems if problem.severity != "note"]
    assert told.message == "'Kotikunta' means the same as 'kunta'; it is kept as an attribute."


def test_what_nobody_can_read_under_such_a_heading_costs_the_value_only(tmp_path: Path) -> None:
    rows = [("nimi", "Organisaatiotyyppi", "Jäsenmäärä"), ("Techila Oy", "outo laji", "12")]
    said, problems = said_by(on_the_sheet(tmp_path, rows))
    (actor,) = said["Actor"]
    assert (actor.kind, actor.attributes) == (
        ActorKind.UNKNOWN,
        {"Jäsenmäärä": "12", "Organisaatiotyyppi": "outo laji"},
    )
    (told,) = [problem for problem in problems if problem.severity != "note"]
    assert (told.severity, told.row, told.column) == ("warning", 2, "Organisaatiotyyppi")


@pytest.mark.parametrize("name", ["Kotikunta", "Lyhenne", "kunta", "Organisaation tyyppi"])
def test_an_attribute_of_such_a_name_is_written_so_that_it_comes_back_as_one(name: str, tmp_path: Path) -> None:
    header = header_of(name, specs()["actors"])
    said, _ = said_by(on_the_sheet(tmp_path, [("nimi", header), ("Techila Oy", "Tampere")]))
    (actor,) = said["Actor"]
    assert (actor.place, actor.names, actor.attributes) == (None, (), {name: "Tampere"})
