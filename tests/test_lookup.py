"""A place or a theme is meant by its id or by any of its names, and by nothing less."""

from __future__ import annotations

import pytest

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.lookup import place_meant, theme_meant
from graphsvc.model import Place, PlaceKind, Snapshot, Theme

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
