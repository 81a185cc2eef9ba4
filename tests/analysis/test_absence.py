"""Who is absent: the score by hand, two reasons for each, kin left out, and facts that take their reason with them."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analysis.absence import GROUNDS, WEIGHTS, Absence, find_absent
from graphsvc.analysis.axes import Groups, by_helix
from graphsvc.analysis.gap_wording import sentence, title
from graphsvc.analysis.gaps import Gap
from graphsvc.analysis.missing import Kin
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.wording import LANGUAGES
from tests.analysis.gap_worlds import DAY, World, worlds

AREA = {"f1": "tampere", "f2": "nokia", "p1": "tampere", "u1": "tampere"}


@pytest.fixture
def world() -> World:
    """A project of a university and a city, and a firm that works with both elsewhere."""
    made = World(here=frozenset({"f1", "f2", "p1", "u1"}))
    made.works("k", "u1 p1", "energy")
    made.works("l1", "f1 u1", "health")
    made.works("l2", "f1 p1", "energy")
    made.works("m", "f2 x1", "water")
    return made


def absent(world: World, *collaborations: str, area: bool = True) -> dict[str, Gap]:
    scene = world.scene()
    columns = [at for at, each in enumerate(scene.affiliation.collaborations) if each.id in collaborations]
    groups = Groups("area", ("nokia", "tampere"), {id_: AREA.get(id_, "") for id_ in world.actors})
    absence = Absence(
        scene,
        np.asarray(columns, dtype=np.int64),
        by_helix(world.actors.values(), world.here),
        groups if area else None,
    )
    gaps, _ = find_absent(absence, scene.local, 100)
    assert [gap.rank for gap in gaps] == list(range(1, len(gaps) + 1))
    return {gap.about[0].id: gap for gap in gaps}


def kinds(gap: Gap) -> dict[str, Evidence]:
    return {each.kind: each for each in gap.evidence}


def test_the_score_by_hand(world: World) -> None:
    gap = absent(world, "k")["f1"]
    found = {kind: each.contribution for kind, each in kinds(gap).items()}
    assert found == pytest.approx(
        {
            "partners_inside": 0.9 * math.log1p(2),
            "on_theme": 0.7 * math.log1p(1),
            "lacks_group": 0.5,
            "lately_active": 0.1 * math.log1p(2),
        }
    )
    assert gap.score == pytest.approx(sum(found.values()))
    assert [ref.id for ref in kinds(gap)["partners_inside"].refs] == ["p1", "u1"]
    assert [ref.id for ref in kinds(gap)["on_theme"].refs] == ["energy", "l2"]


def test_one_reason_is_not_enough_and_the_area_that_lacks_is_one(world: World) -> None:
    assert set(absent(world, "k")) == {"f1"}, "f2: nobody of its group or from Nokia takes part, which is one reason"
    world.works("n", "f2 u1")
    found = kinds(absent(world, "k")["f2"])
    assert found["lacks_area"].refs == (Ref(Noun.PLACE, "nokia"),)
    assert "lacks_area" not in kinds(absent(world, "k", area=False)["f2"])


@pytest.mark.parametrize(
    ("fact", "kind"),
    [("l2", "on_theme"), ("l1", "partners_inside"), ("l2", "partners_inside")],
)
def test_a_reason_goes_with_its_fact(world: World, fact: str, kind: str) -> None:
    before = kinds(absent(world, "k")["f1"])[kind]
    after = kinds(absent(world.without(fact), "k").get("f1", Gap(0, absent(world, "k")["f1"].kind, (), 0.0, ())))
    assert kind not in after or len(after[kind].refs) < len(before.refs)


def test_titles_count_where_there_are_many(world: World) -> None:
    for number in range(200):
        world.works(f"z{number}", "x1 x2")
    world.collaborations["k"] = world.collaborations["k"].model_copy(update={"title": "Photonics for clean water"})
    world.collaborations["l1"] = world.collaborations["l1"].model_copy(update={"title": "Photonics and clean rooms"})
    found = kinds(absent(world, "k")["f1"])["title_alike"]
    assert found.refs == (Ref(Noun.COLLABORATION, "l1"), Ref(Noun.COLLABORATION, "k"))
    assert "l1 and k" in sentence(found, "en", lambda ref: ref.id)


def test_participants_and_their_kin_are_not_absent(world: World) -> None:
    assert not {"u1", "p1"} & set(absent(world, "k"))
    world.kin = Kin({"f1": "f1", "u1": "f1"})
    assert "f1" not in absent(world, "k"), "a unit of a participant takes part already"
    world.kin = Kin({}, lambda a, b: {a, b} == {"f1", "p1"})
    assert "f1" not in absent(world, "k"), "neither does the group that a participant belongs to"


def test_what_speaks_against(world: World) -> None:
    world.works("old", "f3 u1", "energy", start=DAY.replace(year=2010), end=DAY.replace(year=2012))
    world.here = frozenset({*(world.here or ()), "f3"})
    against = {each.kind for each in absent(world, "k")["f3"].evidence if each.side is Side.AGAINST}
    assert against == {"dormant", "known_from_one"}
    without_partner = World(here=frozenset({"f1"}))
    without_partner.works("k", "u1 p1", "energy")
    without_partner.works("o", "f1 x1", "energy")
    assert "no_partner_inside" in kinds(absent(without_partner, "k")["f1"])


def test_every_reason_is_a_sentence_in_three_languages(world: World) -> None:
    world.parents = {"energy": "all", "health": "all", "water": "all"}
    world.works("old", "f2 u1 x1", "water", start=DAY.replace(year=2010), end=DAY.replace(year=2012))
    told = set()
    for asked, area in ((("k", "l1"), True), (("k",), False)):
        for gap in absent(world, *asked, area=area).values():
            for language in LANGUAGES:
                assert title(gap, language, lambda ref: f"<{ref.id}>")
                for each in gap.evidence:
                    text = sentence(each, language, lambda ref: f"<{ref.id}>")
                    assert "{" not in text
                    assert all(f"<{ref.id}>" in text for ref in each.refs[:1] if each.kind not in ("lacks_group",))
                    told.add(each.kind)
    assert told >= {"partners_inside", "lacks_group", "lately_active"}


@settings(deadline=None, max_examples=60)
@given(worlds(), st.sampled_from(["energy", "water"]))
def test_by_the_definition(world: World, theme: str) -> None:
    inside_of = [id_ for id_, each in world.collaborations.items() if theme in each.themes]
    inside = {actor for id_ in inside_of for actor in world.members[id_]}
    for id_, gap in absent(world, *inside_of, area=False).items():
        assert id_ not in inside
        assert world.here is None or id_ in world.here
        found = kinds(gap)
        partners = {other for who in world.members.values() if id_ in who for other in who} & inside
        assert found["partners_inside"].numbers["n"] == len(partners) if partners else "no_partner_inside" in found
        reasons = Counter(ground for ground in GROUNDS for kind in ground if kind in found)
        assert len(reasons) >= 2
        assert gap.score == pytest.approx(sum(each.contribution for each in gap.evidence))
        assert {each.kind for each in gap.evidence} <= set(WEIGHTS)


def test_the_page_has_every_reason_with_its_weight() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "gaps.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .+ \| ([\d.]+) \|$", page, flags=re.MULTILINE)
    assert {name: float(weight) for name, weight in rows} == WEIGHTS
