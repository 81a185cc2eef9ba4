"""Missing partnerships: the score by hand, reasons that go with their facts, kin, caps and order."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.background import Background, data_day
from graphsvc.analysis.features import FEATURES, FEW_PARTNERS, Weights
from graphsvc.analysis.missing import Kin, Question, find_missing
from graphsvc.analysis.results import Evidence, Measures, Missing, Noun, Ref, Side
from graphsvc.model import Actor, ActorKind, Collaboration
from tests.analysis.missing_world import DAY, World, pairs


@pytest.fixture
def world() -> World:
    """Return a university and a firm that share two partners and a theme, but no collaboration."""
    made = World(regions={"uni": "FI197", "firm": "FI197"})
    made.kinds = {
        "uni": ActorKind.UNIVERSITY,
        "firm": ActorKind.FIRM,
        "city": ActorKind.PUBLIC_BODY,
        "club": ActorKind.CIVIL_SOCIETY,
    }
    made.works("u1", "uni city", "water")
    made.works("u2", "uni club", "health")
    made.works("f1", "firm city", "water")
    made.works("f2", "firm club", "energy")
    made.works("x1", "other1 other2", "transport")
    return made


def evidence(found: Missing, a: str, b: str) -> dict[str, Evidence]:
    for each in found.partnerships:
        if (each.a, each.b) == (a, b):
            return {one.kind: one for one in each.evidence}
    raise AssertionError(f"{a}–{b} is not among {[(each.a, each.b) for each in found.partnerships]}")


def test_the_score_by_hand(world: World) -> None:
    first = world.missing().partnerships[0]
    assert (first.a, first.b) == ("firm", "uni")
    by_kind = {each.kind: each for each in first.evidence}
    # Both have the usual number of partners, two, and no more: the weights of FEW_PARTNERS hold.
    # Each of two shared partners has two ties of 1, so half of what comes flows on: 2 · 1·1/2.
    assert by_kind["shared_partners"].contribution == pytest.approx(0.4 * math.log1p(1000 * 1.0))
    assert by_kind["both_active"].contribution == pytest.approx(1.3 * (math.log1p(2) + math.log1p(2) / 3))
    # Two fresh collaborations on water, of which each of them has one.
    assert by_kind["active_in_themes"].contribution == pytest.approx(0.15 * math.log1p(1000 * 1 / 2))
    # Of six actors with a theme three have water, and two each have health, energy and transport.
    water, other = math.log1p(6 / 3), math.log1p(6 / 2)
    assert by_kind["shared_themes"].contribution == pytest.approx(0.5 * water**2 / (water**2 + other**2))
    assert "kinds_seldom_meet" not in by_kind, "no tie where chance puts half of one says nothing"
    assert by_kind["completes_helix"].contribution == pytest.approx(0.1 * 1.0)
    assert by_kind["same_place"].contribution == pytest.approx(0.3)
    assert first.score == pytest.approx(sum(each.contribution for each in first.evidence))


def test_evidence_refers_to_its_facts(world: World) -> None:
    found = evidence(world.missing(), "firm", "uni")
    actors = [ref.id for ref in found["shared_partners"].refs if ref.noun is Noun.ACTOR]
    assert actors == ["city", "club"]
    assert found["shared_partners"].numbers["n"] == 2
    assert [ref.id for ref in found["shared_partners"].refs[2:]] == ["f1", "u1"]
    assert found["shared_themes"].refs == (Ref(Noun.THEME, "water"),)
    assert found["same_place"].refs == (Ref(Noun.PLACE, "FI197"),)
    assert found["completes_helix"].numbers["helix_a"] == "industry"
    assert found["completes_helix"].numbers["a_n"] == 2


def test_deleting_a_fact_removes_the_reason(world: World) -> None:
    assert "shared_themes" in evidence(world.missing(), "firm", "uni")
    world.collaborations["f1"] = Collaboration(id="f1", name="f1", start=DAY, themes=("energy",))
    without_theme = evidence(world.missing(), "firm", "uni")
    assert "shared_themes" not in without_theme
    assert without_theme["no_shared_theme"].side is Side.AGAINST
    del world.regions["firm"]
    assert "same_place" not in evidence(world.missing(), "firm", "uni")
    world.kinds["firm"] = ActorKind.UNKNOWN
    assert "completes_helix" not in evidence(world.missing(), "firm", "uni")
    world.members["f1"].remove("city")
    world.members["f2"].remove("club")
    assert ("firm", "uni") not in pairs(world.missing())


def test_a_shared_collaboration_ends_it(world: World) -> None:
    world.works("both", "uni firm other3 other4 other5", start=None)
    assert ("firm", "uni") not in pairs(world.missing())


def test_bridging_and_belonging(world: World) -> None:
    assert not {"same_community", "bridges_communities"} <= set(evidence(world.missing(), "firm", "uni"))
    circles = nine_in_two_circles()
    found = circles.missing(Question(top=100, per_actor=None, on=DAY))
    of = circles.measures().community_of()
    kinds = {pair: set(evidence(found, *pair)) for pair in pairs(found)}
    assert kinds
    for (a, b), these in kinds.items():
        assert ("same_community" in these) == (of[a] == of[b])
        assert ("bridges_communities" in these) == (of[a] != of[b]), "one tie is far fewer than chance would make"
    bridge = next(pair for pair, these in kinds.items() if "bridges_communities" in these)
    assert evidence(found, *bridge)["bridges_communities"].numbers["n"] == 1, (
        "m is with one circle and has one tie to the other"
    )


def nine_in_two_circles() -> World:
    made = World()
    for number, pair in enumerate(["a b", "b c", "c d", "d a", "a c", "w x", "x y", "y z", "z w", "w y", "d m", "m w"]):
        made.works(f"p{number:02}", pair, "water")
    return made


def test_well_known_speaks_against_by_the_balance(world: World) -> None:
    for hub in ("big1", "big2"):
        for number in range(12):
            world.works(f"{hub}-{number}", f"{hub} partner{number}", "water")
    taken_off = {}
    for balance in (0.0, 0.5, 1.0):
        found = evidence(world.missing(Question(on=DAY, balance=balance)), "big1", "big2")["well_known"]
        assert found.side is Side.AGAINST, "also where it counts nothing, it is said"
        assert found.numbers == {"a_n": 12, "b_n": 12}
        taken_off[balance] = found.contribution
    # The median of all that have partners is two.
    assert taken_off == pytest.approx({0.0: 0.0, 0.5: -0.21 * math.log(13 / 3), 1.0: -0.42 * math.log(13 / 3)})


def test_kinds_that_meet_and_kinds_that_seldom_do(world: World) -> None:
    for number in range(40):
        world.works(f"g{number}", f"gym{number} school{number}")
        world.works(f"h{number}", f"shop{number} mall{number}")
    for id_ in world.kinds:
        if id_.startswith(("gym", "school")):
            world.kinds[id_] = ActorKind.UNIVERSITY
        elif id_.startswith(("shop", "mall")):
            world.kinds[id_] = ActorKind.FIRM
    background = Background(world.affiliation(), world.measures(), DAY)
    row = {kind: at for at, kind in enumerate(each for each in ActorKind if each is not ActorKind.UNKNOWN)}
    academia, industry = row[ActorKind.UNIVERSITY], row[ActorKind.FIRM]
    # 80 universities with one tie each and one with two, and firms alike: of 168 ends of ties 82 are of each kind.
    expected = 82 * 82 / 168
    assert background.kinds_affinity[academia, academia] == pytest.approx(math.log(85 / (expected + 5)))
    assert background.kinds_affinity[academia, industry] == pytest.approx(math.log(5 / (expected + 5)))
    found = evidence(world.missing(Question(on=DAY)), "firm", "uni")
    assert found["kinds_seldom_meet"].contribution == pytest.approx(0.4 * math.log(5 / (expected + 5)))
    assert found["kinds_seldom_meet"].numbers["ratio"] == 0


def test_titles_and_topics_are_reasons_until_they_change(world: World) -> None:
    for id_, title in (("u1", "Peat bogs and carbon storage"), ("f1", "Carbon storage of drained peat bogs")):
        world.collaborations[id_] = world.collaborations[id_].model_copy(update={"title": title, "topic": "SC5-01"})
    found = evidence(world.missing(), "firm", "uni")
    assert [ref.id for ref in found["similar_titles"].refs] == ["firm", "uni", "f1", "u1"]
    assert [ref.id for ref in found["shared_topics"].refs] == ["firm", "uni", "f1", "u1"]
    assert found["shared_topics"].numbers["topic"] == "SC5-01"
    changed = {"title": "Trams", "topic": "SC4-02"}
    world.collaborations["f1"] = world.collaborations["f1"].model_copy(update=changed)
    assert not {"similar_titles", "shared_topics"} & set(evidence(world.missing(), "firm", "uni"))


def test_whom_the_list_is_silent_about(world: World) -> None:
    world.works("alone", "hermit")
    silent = world.missing().unsuggested
    assert silent is not None
    named = {id_ for each in world.missing().partnerships for id_ in (each.a, each.b)}
    assert silent.actors == len(world.kinds) == 7
    assert silent.without_line == 7 - len(named)
    assert silent.by_kind["unknown"].actors == 3
    assert silent.by_partners["none"].actors == 1, "the hermit"
    assert silent.by_region["FI197"].actors == 2
    assert silent.without_candidate >= 3, "other1, other2 and the hermit share nothing with anyone"
    assert sum(each.without_line for each in silent.by_kind.values()) == silent.without_line


def test_a_long_list_explains_its_first_lines(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphsvc.analysis.missing.EXPLAINED", 2)
    for number in range(6):
        world.works(f"s{number}", f"small{number} city", "water")
    found = world.missing(Question(top=7, per_actor=None, on=DAY)).partnerships
    assert [bool(each.evidence) for each in found] == [True, True, *[False] * (len(found) - 2)]


def test_dormant_speaks_against_and_activity_no_longer_for(world: World) -> None:
    old = {"start": date(2012, 1, 1), "end": date(2015, 6, 1)}
    world.works("f1", "firm city", "water", **old)
    world.works("f2", "firm club", "energy", start=date(2012, 1, 1), end=date(2014, 6, 1))
    found = evidence(world.missing(), "firm", "uni")
    assert "both_active" not in found
    assert found["dormant"].numbers == {"n": 1, "ended_0": date(2015, 6, 1)}
    assert found["dormant"].refs == (Ref(Noun.ACTOR, "firm"), Ref(Noun.COLLABORATION, "f1"))
    world.works("f3", "firm club", "energy", start=None)
    assert "dormant" not in evidence(world.missing(), "firm", "uni"), "nobody says when f3 ends"


def test_two_firms_on_the_same_themes_may_compete(world: World) -> None:
    world.kinds["uni"] = ActorKind.FIRM
    found = evidence(world.missing(), "firm", "uni")
    assert found["may_compete"].side is Side.AGAINST
    assert Ref(Noun.THEME, "water") in found["may_compete"].refs


def test_one_reason_is_no_reason(world: World) -> None:
    for id_ in ("u1", "u2", "f1", "f2"):
        world.works(id_, " ".join(world.members[id_]), start=date(2010, 1, 1), end=date(2011, 1, 1))
    world.regions.clear()
    world.kinds = dict.fromkeys(world.kinds, ActorKind.UNKNOWN)
    for id_ in ("u1", "u2", "f1", "f2"):
        world.collaborations[id_] = world.collaborations[id_].model_copy(update={"themes": ()})
    lone = Affiliation.of(
        {id_: Actor(id=id_, name=id_, kind=kind) for id_, kind in world.kinds.items()},
        world.collaborations,
        world.members,
        {id_: len(members) for id_, members in world.members.items()},
    )
    nobody_together = Measures(0, {}, (), 0.0, frozenset())
    assert ("firm", "uni") not in pairs(find_missing(lone, nobody_together, question=Question(on=DAY)))
    assert ("firm", "uni") in pairs(world.missing(Question(on=DAY))), "they belong to one community"


def test_rare_themes_bring_together_who_shares_no_partner(world: World) -> None:
    world.works("a1", "here near1", "peat")
    world.works("b1", "there near2", "peat")
    found = world.missing(Question(top=50, per_actor=None, on=DAY))
    assert "shared_partners" not in evidence(found, "here", "there")
    assert "shared_themes" in evidence(found, "here", "there")


def test_kin_are_never_suggested(world: World) -> None:
    related = Kin(related=lambda a, b: {a, b} == {"firm", "uni"})
    assert ("firm", "uni") in pairs(world.missing())
    assert ("firm", "uni") not in pairs(world.missing(kin=related))


def test_nor_who_works_with_kin_or_met_outside_the_network(world: World) -> None:
    world.works("k", "uni subsidiary", "water")
    families = {"firm": "firm", "subsidiary": "firm"}
    assert ("firm", "uni") in pairs(world.missing())
    assert ("firm", "uni") not in pairs(world.missing(kin=Kin(families)))
    outside = Kin(met=lambda a, b: (a, b) == ("firm", "uni"))
    assert ("firm", "uni") not in pairs(world.missing(kin=outside))


def test_one_line_between_two_families(world: World) -> None:
    world.works("s1", "subsidiary city", "water")
    world.works("s2", "subsidiary club", "energy")
    both = {("firm", "uni"), ("subsidiary", "uni")}
    assert both <= set(pairs(world.missing(Question(top=50, on=DAY))))
    families = Kin({"firm": "firm", "subsidiary": "firm"})
    assert len(both & set(pairs(world.missing(Question(top=50, on=DAY), families)))) == 1


def test_local_means_one_of_the_two(world: World) -> None:
    found = world.missing(Question(top=50, per_actor=None, local=frozenset({"uni"}), on=DAY))
    assert found.partnerships
    assert all("uni" in pair for pair in pairs(found))
    assert world.missing(Question(local=frozenset(), on=DAY)).partnerships == ()


def test_no_actor_fills_the_list(world: World) -> None:
    for number in range(15):
        world.works(f"s{number}", f"small{number} city", "water")
    capped = world.missing(Question(top=100, per_actor=2, on=DAY))
    counts = [sum(actor in pair for pair in pairs(capped)) for actor in world.kinds]
    assert max(counts) == 2
    free = world.missing(Question(top=100, per_actor=None, on=DAY))
    assert len(free.partnerships) > len(capped.partnerships)


def test_an_actor_is_paired_with_one_of_twins(world: World) -> None:
    world.works("trio", "city twin1 twin2 twin3", "water")
    with_uni = [pair for pair in pairs(world.missing(Question(top=50, on=DAY))) if "uni" in pair]
    assert sum("twin" in one + other for one, other in with_uni) == 1
    uncapped = pairs(world.missing(Question(top=50, per_actor=None, on=DAY)))
    assert {("twin1", "uni"), ("twin2", "uni"), ("twin3", "uni")} <= set(uncapped)


def test_a_single_collaboration_is_little_to_go_by(world: World) -> None:
    world.works("trio", "city newcomer club", "water")
    found = evidence(world.missing(Question(top=50, on=DAY)), "newcomer", "uni")
    assert found["known_from_one"].side is Side.AGAINST
    assert found["known_from_one"].refs == (Ref(Noun.ACTOR, "newcomer"), Ref(Noun.COLLABORATION, "trio"))
    assert "known_from_one" not in evidence(world.missing(), "firm", "uni")


def test_the_list_is_ranked_numbered_and_cut(world: World) -> None:
    for number in range(6):
        world.works(f"s{number}", f"small{number} city", "water")
    found = world.missing(Question(top=7, per_actor=None, on=DAY))
    assert [each.rank for each in found.partnerships] == list(range(1, 8))
    scores = [each.score for each in found.partnerships]
    assert scores == sorted(scores, reverse=True)
    assert found.candidates > 7
    assert found.revision == 5
    assert "half-life" in found.method
    ties = [pair for pair, score in zip(pairs(found), scores, strict=True) if score == scores[-1]]
    assert ties == sorted(ties), "equal scores come in the order of the ids"


def test_each_line_has_two_reasons_and_they_sum_to_its_score(world: World) -> None:
    for number in range(8):
        world.works(f"s{number}", f"small{number} city club", "water", start=date(2010 + number, 1, 1))
    found = world.missing(Question(top=100, per_actor=None, on=DAY))
    assert len(found.partnerships) > 5
    for each in found.partnerships:
        assert each.a < each.b
        assert sum(one.side is Side.FOR for one in each.evidence) >= 2
        assert sum(one.contribution for one in each.evidence) == pytest.approx(each.score)
        assert all(one.refs for one in each.evidence)
        sides = [one.side for one in each.evidence]
        assert sides == sorted(sides, key=lambda side: side is Side.AGAINST), "for comes before against"


def test_dates_that_are_not_known_count_half(world: World) -> None:
    def fresh(start: date | None, end: date | None) -> float:
        world.works("u1", "uni city", "water", start=start, end=end)
        background = Background(world.affiliation(), world.measures(), DAY)
        return float(background.freshness[[each.id for each in world.affiliation().collaborations].index("u1")])

    assert fresh(None, None) == 0.5
    assert fresh(DAY, None) == 1.0
    assert fresh(date(2030, 1, 1), None) == 1.0
    year_and_half_ago = date(2018, 7, 2)
    assert fresh(year_and_half_ago, None) == pytest.approx(0.75, abs=0.01)
    assert fresh(year_and_half_ago, year_and_half_ago) == pytest.approx(0.5, abs=0.01)


def test_the_day_of_the_data(world: World) -> None:
    assert data_day(list(world.collaborations.values())) == DAY
    assert data_day([]) == date(1970, 1, 1)


def test_an_empty_network_has_nothing_missing() -> None:
    found = World().missing()
    assert found.partnerships == ()
    assert found.candidates == 0


def test_many_blocks_of_rows_are_one_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        world.works(f"s{number:02}", f"small{number} city", "water", start=date(2015, 1, 1 + number))
    whole = world.missing(Question(top=30, per_actor=None, on=DAY))
    monkeypatch.setattr("graphsvc.analysis.candidates._ROWS", 3)
    in_blocks = world.missing(Question(top=30, per_actor=None, on=DAY))
    assert whole.candidates == in_blocks.candidates
    assert whole.partnerships == in_blocks.partnerships


def test_each_feature_has_a_weight() -> None:
    assert set(FEATURES) == set(Weights.__slots__)


def test_where_one_has_few_partners_other_weights_hold() -> None:
    found = {}
    for kind in FEW_PARTNERS:
        assert getattr(Weights().with_few_partners(), kind) == pytest.approx(FEW_PARTNERS[kind])
        found[kind] = getattr(replace(Weights(), **{kind: 0.0}).with_few_partners(), kind)
    assert set(found.values()) == {0.0}, "a kind that somebody leaves out stays out"


def test_who_has_more_partners_than_usual_is_weighed_by_the_usual_weights(world: World) -> None:
    for number in range(4):
        world.works(f"u{number + 3}", f"uni more{number}", "water")
        world.works(f"f{number + 3}", f"firm most{number}", "water")
    by_kind = evidence(world.missing(Question(top=50, per_actor=None, on=DAY)), "firm", "uni")
    active = math.log1p(6) + math.log1p(6) / 3
    assert by_kind["both_active"].contribution == pytest.approx(0.4 * active)
