"""A place, a theme, a source or an actor is meant by its id, an identifier or any of its names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.lookup import place_meant, source_meant, theme_meant
from graphsvc.model import Actor, Name, NameKind, Place, PlaceKind, Snapshot, Source, Theme
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from graphsvc.store.opening import open_store

THEMES = (
    Theme(id="h2", name="Hydrogen", name_fi="Vety", name_sv="Väte"),
    Theme(id="t-vesi", name="Vesi"),
    Theme(id="t-vesi-2", name="VESI"),
)
PLACES = (
    Place(id="fi", name="Finland", kind=PlaceKind.COUNTRY),
    Place(id="FI197", name="Pirkanmaa", kind=PlaceKind.REGION, parent="fi"),
)


def holding(themes: tuple[Theme, ...], places: tuple[Place, ...]) -> Snapshot:
    return Snapshot(
        revision=1,
        actors=(),
        collaborations=(),
        participations=(),
        themes=themes,
        places=places,
        links=(),
        sources=(),
    )


GRAPH = holding(THEMES, PLACES)


@pytest.mark.parametrize("text", ["h2", "H2", "hydrogen", "VETY", "vate"])
def test_a_theme_is_meant_by_its_id_or_a_name_in_any_language(text: str) -> None:
    assert theme_meant(GRAPH, text) == "h2"


@pytest.mark.parametrize("text", ["FI197", "fi197", " pirkanmaa "])
def test_a_place_is_meant_by_its_id_or_name(text: str) -> None:
    assert place_meant(GRAPH, text) == "FI197"


def test_a_part_of_a_name_is_not_enough_but_is_answered_with_it() -> None:
    with pytest.raises(NotFound, match=r"no place 'Pirkan'\. There are Pirkanmaa \(FI197\)\."):
        place_meant(GRAPH, "Pirkan")


def test_a_name_of_several_needs_an_id() -> None:
    with pytest.raises(InvalidValue, match="t-vesi, t-vesi-2"):
        theme_meant(GRAPH, "vesi")
    assert theme_meant(GRAPH, "t-vesi") == "t-vesi"


def test_a_graph_without_themes_says_so() -> None:
    with pytest.raises(NotFound, match="holds none"):
        theme_meant(holding((), PLACES), "vesi")


ACTORS = (
    Actor(
        id="tau",
        name="Tampereen yliopisto",
        names=(Name(text="TAU", kind=NameKind.ABBREVIATION), Name(text="Tampere University")),
        business_id="2844561-8",
        ror="033003e23",
        isni="0000000123146254",
        wikidata="Q56392903",
    ),
    Actor(id="vat", name="Known by its VAT number", vat="FI02116752", pic="998829080"),
    Actor(id="rsk", name="RSK", vat="CHE-116.281.710"),
    Actor(id="one", name="Åbo", pic="999858929"),
    Actor(id="two", name="ABO", pic="999858929"),
)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    service = Service(open_store(Settings.load(store=":memory:")), today=lambda: date(2026, 1, 1))
    service._store.apply(Change("all", "all", ACTORS))
    yield service
    service.close()


@pytest.mark.parametrize(
    ("scheme", "text", "found"),
    [
        ("business_id", "FI28445618", ["tau"]),
        ("vat", "fi 2844561-8", ["tau"]),
        ("business_id", "0211675-2", ["vat"]),
        ("vat", "FI02116752", ["vat"]),
        ("vat", " CHE-116.281.710 ", ["rsk"]),
        ("pic", "998829080", ["vat"]),
        ("pic", "999858929", ["one", "two"]),
        ("ror", "https://ror.org/033003e23", ["tau"]),
        ("isni", "0000 0001 2314 6254", ["tau"]),
        ("wikidata", "q56392903", ["tau"]),
        ("wikidata", "Q1", []),
    ],
)
def test_every_identifier_finds_the_actors_that_have_it(
    service: Service, scheme: str, text: str, found: list[str]
) -> None:
    assert [actor.id for actor in service.actor_by(scheme, text)] == found


@pytest.mark.parametrize(
    ("scheme", "text"),
    [("business_id", "2844561-9"), ("vat", "FI28445619"), ("ror", "033003e24"), ("isni", "0000000123146255")],
)
def test_a_wrong_check_digit_is_refused(service: Service, scheme: str, text: str) -> None:
    with pytest.raises(InvalidValue, match="wrong check"):
        service.actor_by(scheme, text)


@pytest.mark.parametrize(
    "text", ["tau", "2844561-8", "FI28445618", "TAU", "tampere university", "https://ror.org/033003e23", " Q56392903 "]
)
def test_an_actor_is_meant_by_its_id_an_identifier_or_a_name(service: Service, text: str) -> None:
    assert service.actor_meant(text) == "tau"


def test_an_actor_that_is_not_clear_is_asked_for(service: Service) -> None:
    for text in ("abo", "999858929"):
        with pytest.raises(InvalidValue, match=r"several actors.*Åbo \(one\), ABO \(two\)"):
            service.actor_meant(text)
    with pytest.raises(NotFound, match="Search with other words"):
        service.actor_meant("nobody")
    assert service.actor_meant("known by") == "vat", "part of one name only"


def test_a_source_is_meant_by_its_id_or_name() -> None:
    sources = (Source(id="file-one", name="The Register"), Source(id="file-two", name="Ours"))
    assert source_meant(sources, "the register") == source_meant(sources, "file-one") == "file-one"
    with pytest.raises(NotFound, match=r"no source 'x'.*Ours \(file-two\)"):
        source_meant(sources, "x")
