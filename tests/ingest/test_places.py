"""Places: what the reference tables know is placed, what they don't is not guessed."""

from __future__ import annotations

import pytest

from graphsvc.errors import InvalidValue
from graphsvc.ingest.places import PlaceBook, chain, country, municipality, reference, region
from graphsvc.model import PlaceKind


def test_pirkanmaa_has_its_23_municipalities() -> None:
    places = set(reference().municipalities.values())
    assert len(places) == 23
    assert {place.parent for place in places} == {"FI197"}


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


def test_a_town_of_another_country_is_not_a_finnish_one() -> None:
    nokia = municipality("Nokia", None, country("US"))
    assert (nokia.id, nokia.parent, nokia.kind) == ("us-nokia", "us", PlaceKind.MUNICIPALITY)


def test_what_no_table_knows_lies_in_its_country_only() -> None:
    place = municipality("HELSINKI", None, country("FI"))
    assert (place.id, place.name, place.parent) == ("fi-helsinki", "HELSINKI", "fi")
    assert municipality("Helsinki", region("FI1B1"), country("FI")).parent == "FI1B1"


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
    vague = municipality("Oulu", None, land)
    exact = municipality("Oulu", region("FI1D9"), land)
    assert [place.id for place in book.new(chain(vague))] == ["fi", "fi-oulu"]
    assert book.new(chain(vague)) == []
    assert [place.id for place in book.new(chain(exact))] == ["FI1D9", "fi-oulu"]
    assert book.new(chain(vague)) == book.new(chain(exact)) == []
