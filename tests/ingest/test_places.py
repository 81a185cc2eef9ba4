"""Places: what the reference tables know is placed, what they don't is not guessed."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from graphsvc.errors import InvalidValue
from graphsvc.identifiers import fold
from graphsvc.ingest.columns import resource
from graphsvc.ingest.places import PlaceBook, chain, country, in_region, municipality, reference, region
from graphsvc.ingest.reading import Severity
from graphsvc.model import PlaceKind

OLDER = Path(__file__).parents[3] / "shared/data/reference/finland_regions.xlsx"


def test_finland_has_its_308_municipalities_and_pirkanmaa_23() -> None:
    places = set(reference().municipalities.values())
    assert len(places) == len({place.id for place in places}) == 308
    assert len(in_region("FI197")) == 23
    assert {place.parent for place in places} == set(reference().regions), "every region has some"


def test_a_name_is_one_municipality_s() -> None:
    """Present, Swedish and former names: which is meant must not depend on the order of the table."""
    rows = list(csv.DictReader(resource("municipalities.csv").splitlines()))
    assert len({row["code"] for row in rows}) == len(rows)
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)
    owner: dict[str, str] = {}
    for row in rows:
        assert len(row["code"]) == 3
        for name in {row["fi"], row["sv"], *filter(None, row["also"].split(";"))}:
            assert name == name.strip()
            assert "(" not in name
            assert owner.setdefault(fold(name), row["code"]) == row["code"], name
            assert fold(name) not in reference().region_names or name in {row["fi"], row["sv"]}, name


def test_the_table_agrees_with_an_older_list_but_for_mergers_and_moves() -> None:
    if not OLDER.exists():
        pytest.skip("the data folder is not here")
    with closing(openpyxl.load_workbook(OLDER, read_only=True)) as book:
        rows = list(book.active.iter_rows(2, values_only=True))
    listed = {f"{row[2]:03}": (row[10], row[8].split("n maakunta")[0]) for row in rows}
    ours = {row["code"]: row for row in csv.DictReader(resource("municipalities.csv").splitlines())}
    region = {row["code"]: row["fi"] for row in csv.DictReader(resource("regions.csv").splitlines())}
    assert {listed[code][0] for code in listed.keys() - ours.keys()} == {"Honkajoki", "Valtimo", "Pertunmaa"}
    assert ours.keys() <= listed.keys()
    assert {code for code in ours if ours[code]["fi"] != listed[code][0]} == set()
    moved = {
        ours[code]["fi"]
        for code in ours
        if region[ours[code]["region"]].removeprefix("Helsinki-") not in {listed[code][1], f"{listed[code][1]}a"}
    }
    assert moved == {"Heinävesi", "Iitti", "Isokyrö", "Joroinen", "Kuhmoinen"}, "the moves of 1 January 2021"


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("TAMPERE", "fi-tampere"),
        ("Tammerfors", "fi-tampere"),
        ("LEMPAALA", "fi-lempaala"),
        ("Lempäälä", "fi-lempaala"),
        ("VAMMALA", "fi-sastamala"),
        ("AITOO", "fi-palkane"),
        ("Ylojarvi", "fi-ylojarvi"),
        ("MÄNTTÄ", "fi-mantta-vilppula"),
        ("Kuhmoinen", "fi-kuhmoinen"),
    ],
)
def test_names_of_municipalities(written: str, id_: str) -> None:
    place = municipality(written, None, country("FI"))
    assert (place.id, place.parent) == (id_, "FI197")
    assert [parent.id for parent in chain(place)] == ["fi", "FI197", id_]


@pytest.mark.parametrize(
    ("written", "id_", "around"),
    [
        ("ESPOO", "fi-espoo", "FI1B1"),
        ("Helsingfors", "fi-helsinki", "FI1B1"),
        ("Åbo", "fi-turku", "FI1C1"),
        ("ABO", "fi-turku", "FI1C1"),
        ("Oulunsalo", "fi-oulu", "FI1D9"),
        ("Haukipudas", "fi-oulu", "FI1D9"),
        ("Ekenäs", "fi-raasepori", "FI1B1"),
        ("Pertunmaa", "fi-mantyharju", "FI1D1"),
        ("Länsi-Turunmaa", "fi-parainen", "FI1C1"),
        ("Jyväskylän maalaiskunta", "fi-jyvaskyla", "FI193"),
        ("Mariehamn", "fi-maarianhamina", "FI200"),
        ("Sankt Michel", "fi-mikkeli", "FI1D1"),
    ],
)
def test_names_of_municipalities_all_over_finland(written: str, id_: str, around: str) -> None:
    place = municipality(written, None, country("FI"))
    assert (place.id, place.parent) == (id_, around)


@pytest.mark.parametrize(
    ("town", "land", "id_"), [("Salo", "IT", "it-salo"), ("Lund", "SE", "se-lund"), ("Rauma", "NO", "no-rauma")]
)
def test_a_town_abroad_that_bears_a_finnish_name(town: str, land: str, id_: str) -> None:
    place = municipality(town, None, country(land))
    assert (place.id, place.parent) == (id_, land.lower())


def test_a_town_of_another_country_is_not_a_finnish_one() -> None:
    nokia = municipality("Nokia", None, country("US"))
    assert (nokia.id, nokia.parent, nokia.kind) == ("us-nokia", "us", PlaceKind.MUNICIPALITY)


def test_what_no_table_knows_lies_in_its_country_only() -> None:
    place = municipality("KLAUKKALA", None, country("FI"))
    assert (place.id, place.name, place.parent) == ("fi-klaukkala", "KLAUKKALA", "fi")
    assert municipality("Klaukkala", region("FI1B1"), country("FI")).parent == "FI1B1"


@pytest.mark.parametrize(
    ("written", "code"),
    [("UK", "gb"), ("EL", "gr"), ("GB", "gb"), ("Suomi", "fi"), ("finland", "fi"), ("Sverige", "se"), ("XK", "xk")],
)
def test_countries(written: str, code: str) -> None:
    assert country(written).id == code


@pytest.mark.parametrize("written", ["Birkaland", "PIRKANMAA", "fi197", "Tampere Region"])
def test_regions(written: str) -> None:
    assert region(written).id == "FI197"


@pytest.mark.parametrize("written", ["Uusimaa", "Nyland", "Helsinki-Uusimaa"])
def test_a_region_is_known_by_its_name_and_by_that_of_its_area(written: str) -> None:
    assert region(written).id == "FI1B1"


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InvalidValue, match="not a country"):
        country("Narnia")
    with pytest.raises(InvalidValue, match="not a region"):
        region("Nyland and more")


def test_a_place_is_said_once_and_again_when_its_region_is_known() -> None:
    book, land = PlaceBook(), country("FI")
    vague = municipality("Klaukkala", None, land)
    exact = municipality("Klaukkala", region("FI1B1"), land)
    assert [place.id for place in book.new(chain(vague))] == ["fi", "fi-klaukkala"]
    assert book.new(chain(vague)) == []
    assert [place.id for place in book.new(chain(exact))] == ["FI1B1", "fi-klaukkala"]
    assert book.new(chain(vague)) == book.new(chain(exact)) == []


def test_what_is_assumed_to_be_in_finland_is_told_only_where_a_file_speaks_of_other_countries() -> None:
    book = PlaceBook()
    salo = municipality("Salo", None, country("fi"))
    book.new(chain(salo))
    book.assume(salo)
    assert list(book.notes("list.csv")) == [], "a list of one region needs no such note"
    book.new(chain(country("it")))
    (note,) = book.notes("list.csv")
    assert note.severity is Severity.NOTE and "since no country is given: Salo" in note.message
