"""Coverage gaps worth filling: by hand, with two reasons, and less worth when a fact goes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from graphsvc.analysis.axes import at_level, by_helix
from graphsvc.analysis.coverage import Standing, Threshold, cover
from graphsvc.analysis.coverage_gaps import find_coverage_gaps
from graphsvc.analysis.gap_wording import coverage_method, pair, sentence, title
from graphsvc.analysis.gaps import Gap
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.wording import LANGUAGES
from tests.analysis.gap_worlds import DAY, World, worlds


@pytest.fixture
def world() -> World:
    """Energy without industry; a local firm on wind, its neighbour in the tree; a firm from elsewhere on energy."""
    made = World(
        here=frozenset({"u1", "u2", "f1", "p1", "p2"}), parents={"sun": "energy", "wind": "energy", "water": "water0"}
    )
    made.works("k", "u1 p1 f9", "sun")
    made.works("l", "u2", "sun", end=DAY.replace(year=2015), start=DAY.replace(year=2010))
    made.works("m", "f1", "wind")
    return made


def gaps(world: World, threshold: Threshold | None = None) -> dict[tuple[str, str], Gap]:
    scene = world.scene()
    scene = type(scene)(**{**scene.__dict__, "subjects": at_level(world.themes, 2)})
    groups = by_helix(world.actors.values(), world.here)
    coverage = cover(scene.affiliation, groups, scene.subjects, threshold or Threshold())
    found = find_coverage_gaps(scene, coverage, groups)
    assert [gap.rank for gap in found] == list(range(1, len(found) + 1))
    for gap in found:
        assert coverage.cell(gap.about[0].id, gap.group).standing is not Standing.ENOUGH
    return {(gap.about[0].id, gap.group): gap for gap in found}


def kinds(gap: Gap) -> dict[str, Evidence]:
    return {each.kind: each for each in gap.evidence}


def test_by_hand(world: World) -> None:
    gap = gaps(world)["sun", "industry"]
    assert {kind: each.contribution for kind, each in kinds(gap).items()} == pytest.approx(
        {"theme_active": math.log1p(3), "nearby": math.log1p(1), "partners_elsewhere": 0.5 * math.log1p(1)}
    )
    assert gap.score == pytest.approx(math.log1p(3) + 1.5 * math.log1p(1))
    assert kinds(gap)["nearby"].refs == (Ref(Noun.THEME, "wind"), Ref(Noun.ACTOR, "f1"))
    assert kinds(gap)["partners_elsewhere"].refs == (Ref(Noun.ACTOR, "f9"),)
    assert kinds(gap)["theme_active"].numbers["m"] == 2


def test_a_reason_goes_with_its_fact_and_the_line_with_the_last_but_one(world: World) -> None:
    assert "nearby" not in kinds(gaps(world.without("m"))["sun", "industry"])
    local = world.here
    world.here = frozenset({*(local or ()), "f9"})
    assert ("sun", "industry") not in gaps(world), "f9 is local now: there is no gap"
    world.here = local
    assert ("wind", "industry") not in gaps(world)
    assert ("sun", "civil_society") not in gaps(world), "only that others are active speaks for it"


def test_a_thin_cell_says_who_is_there_and_a_small_or_sleeping_theme_speaks_against(world: World) -> None:
    world.works("n", "p2", "wind")
    thin = gaps(world, Threshold(2, 2))["sun", "government"]
    assert kinds(thin)["some_there"].refs == (Ref(Noun.THEME, "sun"), Ref(Noun.ACTOR, "p1"))
    assert "liian harva" in title(thin, "fi", lambda ref: ref.id)
    alone = kinds(gaps(world.without("l"))["sun", "industry"])
    assert alone["theme_small"].side is Side.AGAINST
    asleep = kinds(gaps(world.without("k"))["sun", "industry"])
    assert asleep["theme_ended"].numbers == {"ended": DAY.replace(year=2015)}


def test_sentences_name_the_facts_in_three_languages(world: World) -> None:
    for gap in (*gaps(world, Threshold(2, 2)).values(), *gaps(world.without("k")).values()):
        for language in LANGUAGES:
            assert f"<{gap.about[0].id}>" in title(gap, language, lambda ref: f"<{ref.id}>")
            assert pair(gap, language, lambda ref: ref.id) == ""
            for each in gap.evidence:
                text = sentence(each, language, lambda ref: f"<{ref.id}>")
                named = [ref for ref in each.refs if ref.noun is not Noun.THEME]
                assert all(f"<{ref.id}>" in text for ref in named[:3])
    assert "at least 6" in coverage_method(Threshold(), 4, "en")


@settings(deadline=None, max_examples=60)
@given(worlds())
def test_every_line_has_two_reasons_and_its_score_is_their_sum(world: World) -> None:
    for gap in gaps(world).values():
        assert sum(each.side is Side.FOR for each in gap.evidence) >= 2
        assert gap.score == pytest.approx(sum(each.contribution for each in gap.evidence))
