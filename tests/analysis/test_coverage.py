"""Coverage: rows that are there when empty, thresholds, the tree's levels, and a recount by the definition."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.axes import ELSE, Groups, Subjects, at_level, by_area, by_helix
from graphsvc.analysis.coverage import Coverage, Standing, Threshold, cover
from graphsvc.model import Actor, ActorKind, Collaboration, Place, PlaceKind, Theme

PLACES = {
    each.id: each
    for each in (
        Place(id="fi", name="Finland", kind=PlaceKind.COUNTRY),
        Place(id="FI197", name="Pirkanmaa", kind=PlaceKind.REGION, parent="fi"),
        Place(id="FI1B1", name="Helsinki-Uusimaa", kind=PlaceKind.REGION, parent="fi"),
        Place(id="tampere", name="Tampere", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
        Place(id="juupajoki", name="Juupajoki", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
        Place(id="espoo", name="Espoo", kind=PlaceKind.MUNICIPALITY, parent="FI1B1"),
        Place(id="se", name="Sweden", kind=PlaceKind.COUNTRY),
    )
}
THEMES = {
    each.id: each
    for each in (
        Theme(id="energy", name="Energy"),
        Theme(id="solar", name="Solar", parent="energy"),
        Theme(id="wind", name="Wind", parent="energy"),
        Theme(id="water", name="Water"),
    )
}
ACTORS = {
    each.id: each
    for each in (
        Actor(id="uni", name="uni", kind=ActorKind.UNIVERSITY, place="tampere"),
        Actor(id="lab", name="lab", kind=ActorKind.RESEARCH_ORGANISATION, place="tampere"),
        Actor(id="firm", name="firm", kind=ActorKind.FIRM, place="FI197"),
        Actor(id="city", name="city", kind=ActorKind.PUBLIC_BODY, place="espoo"),
        Actor(id="mystery", name="mystery", place="se"),
    )
}
WHO = {"s1": ("uni", "lab", "firm"), "e1": ("city",), "w1": ("uni", "mystery"), "none": ("lab", "city")}
ABOUT = {"s1": ("solar",), "e1": ("energy",), "w1": ("water", "wind"), "none": ()}


def affiliation(who: Mapping[str, tuple[str, ...]], about: Mapping[str, tuple[str, ...]]) -> Affiliation:
    collaborations = {id_: Collaboration(id=id_, name=id_, themes=themes) for id_, themes in about.items()}
    return Affiliation.of(ACTORS, collaborations, who, {id_: len(each) for id_, each in who.items()})


def covered(groups: Groups, subjects: Subjects, threshold: Threshold | None = None) -> Coverage:
    return cover(affiliation(WHO, ABOUT), groups, subjects, threshold or Threshold())


def test_every_helix_group_has_a_row_also_an_empty_one_and_names_stand_behind_each_cell() -> None:
    found = covered(by_helix(ACTORS.values()), at_level(THEMES))
    assert found.groups == ("academia", "industry", "government", "civil_society", ELSE)
    assert found.themes == ("energy", "water")
    assert found.cell("energy", "academia").actors == ("lab", "uni")
    assert found.cell("energy", "academia").collaborations == ("s1", "w1")
    assert found.cell("energy", "government").actors == ("city",)
    assert found.cell("water", ELSE).actors == ("mystery",)
    assert found.cell("water", ELSE).standing is Standing.ENOUGH, "who is of no group leaves no gap"
    assert [cell.theme for cell in found.below if cell.group == "civil_society"] == ["energy", "water"]
    assert found.sizes == {"academia": 2, "industry": 1, "government": 1, "civil_society": 0, ELSE: 1}


def test_every_municipality_of_the_region_is_an_area_and_the_wider_place_is_none() -> None:
    local = {"uni", "lab", "firm"}
    found = covered(by_area(ACTORS.values(), PLACES, "FI197", local), at_level(THEMES))
    assert found.groups == ("juupajoki", "tampere", ELSE)
    assert found.cell("energy", "juupajoki").standing is Standing.EMPTY
    assert found.cell("energy", "tampere").actors == ("lab", "uni")
    assert found.cell("energy", ELSE).actors == ("firm",)
    assert by_area(ACTORS.values(), PLACES, "fi").ids == ("FI197", "FI1B1")
    assert by_area(ACTORS.values(), PLACES, None).ids == ("fi", "se")
    assert by_area(ACTORS.values(), PLACES, "tampere").ids == ("tampere",)


def test_levels_of_the_tree_and_what_is_said_of_a_wider_theme_only() -> None:
    groups = by_helix(ACTORS.values())
    found = covered(groups, at_level(THEMES, 2))
    assert found.themes == ("energy", "solar", "water", "wind"), "somebody speaks of energy at large"
    assert found.cell("energy", "government").actors == ("city",)
    assert found.cell("energy", "academia").actors == ()
    assert at_level(THEMES, 2).ids == ("solar", "water", "wind")
    assert at_level(THEMES, 1, "energy").ids == ("solar", "wind")
    assert at_level(THEMES, 1, "solar").ids == ("solar",)


@pytest.mark.parametrize(
    ("here", "elsewhere", "standing"),
    [
        (0, 0, Standing.EMPTY),
        (1, 5, Standing.ENOUGH),
        (1, 6, Standing.THIN),
        (2, 6, Standing.ENOUGH),
    ],
)
def test_one_actor_is_thin_where_each_other_group_has_two_on_average(
    here: int, elsewhere: int, standing: Standing
) -> None:
    assert Threshold().standing(here, elsewhere, 4) is standing
    assert Threshold(1).standing(1, 100, 4) is Standing.ENOUGH
    assert Threshold(3, 4).standing(2, 4, 4) is Standing.THIN


def test_rings_of_themes_do_not_hang() -> None:
    ring = {"a": Theme(id="a", name="a", parent="b"), "b": Theme(id="b", name="b", parent="a")}
    assert set(at_level(ring).counts_for) == {"a", "b"}


members = st.dictionaries(
    st.sampled_from(["c1", "c2", "c3", "c4"]),
    st.sets(st.sampled_from(sorted(ACTORS)), min_size=1).map(lambda ids: tuple(sorted(ids))),
    min_size=1,
)
abouts = st.dictionaries(
    st.sampled_from(["c1", "c2", "c3", "c4"]),
    st.sets(st.sampled_from(sorted(THEMES)), max_size=3).map(lambda ids: tuple(sorted(ids))),
)
thresholds = st.builds(Threshold, st.integers(1, 4), st.none() | st.integers(0, 5))


@given(members, abouts, thresholds, st.integers(1, 3))
def test_a_recount_by_the_definition(
    who: dict[str, tuple[str, ...]], about: dict[str, tuple[str, ...]], threshold: Threshold, level: int
) -> None:
    about = {id_: about.get(id_, ()) for id_ in who}
    subjects = at_level(THEMES, level)
    found = cover(affiliation(who, about), by_helix(ACTORS.values()), subjects, threshold)
    for cell in found.cells:
        on = {id_ for id_, themes in about.items() if cell.theme in {subjects.counts_for[theme] for theme in themes}}
        group = {id_ for id_, actor in ACTORS.items() if (actor.helix or ELSE) == cell.group}
        assert set(cell.actors) == {actor for id_ in on for actor in who[id_]} & group
        assert set(cell.collaborations) == {id_ for id_ in on if group & set(who[id_])}
        assert cell.elsewhere == len({actor for id_ in on for actor in who[id_]} - group)


@given(members, abouts, thresholds, st.sampled_from(sorted(ACTORS)), st.data())
def test_one_more_participant_never_opens_a_gap_in_its_cells(
    who: dict[str, tuple[str, ...]],
    about: dict[str, tuple[str, ...]],
    threshold: Threshold,
    newcomer: str,
    data: st.DataObject,
) -> None:
    about = {id_: about.get(id_, ()) for id_ in who}
    joined = data.draw(st.sampled_from(sorted(who)))
    groups, subjects = by_helix(ACTORS.values()), at_level(THEMES)
    before = cover(affiliation(who, about), groups, subjects, threshold)
    more = {**who, joined: tuple(sorted({*who[joined], newcomer}))}
    after = cover(affiliation(more, about), groups, subjects, threshold)
    for theme in {subjects.counts_for[theme] for theme in about[joined]}:
        group = groups.group_of[newcomer]
        if before.cell(theme, group).standing is Standing.ENOUGH:
            assert after.cell(theme, group).standing is Standing.ENOUGH
