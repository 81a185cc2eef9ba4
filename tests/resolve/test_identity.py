"""Who stands for whom: duplicates, predecessors, units, rings, and what is never a partner."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.model import Actor, IdentityLevel, Judgement, Link, LinkKind, Verdict
from graphsvc.resolve.identity import Identity, Relation, identify

CURRENT, ORGANISATION, RECORDED = IdentityLevel.CURRENT, IdentityLevel.ORGANISATION, IdentityLevel.RECORDED


def actors(*ids: str, **business_ids: str) -> list[Actor]:
    return [Actor(id=id_, name=id_, business_id=business_ids.get(id_)) for id_ in ids]


def link(text: str, since: date | None = None) -> Link:
    """Read ``a unit_of b``."""
    actor, kind, other = text.split()
    return Link(actor=actor, kind=LinkKind(kind), other=other, since=since, source="s")


def test_recorded_folds_nothing() -> None:
    identity = identify(actors("a", "b"), [link("a same_as b")], RECORDED)
    assert identity.canonical == {"a": "a", "b": "b"}
    assert identity.related("a", "b") is Relation.FAMILY


def test_duplicates_stand_behind_the_one_with_a_business_id() -> None:
    people = actors("a", "b", "c", c="2844561-8")
    identity = identify(people, [link("a same_as b"), link("c same_as b")], CURRENT)
    assert set(identity.canonical.values()) == {"c"}
    assert identity.related("a", "b") is Relation.SAME_BODY


def test_duplicates_without_business_id_stand_behind_a_successor_and_else_the_smallest() -> None:
    plain = identify(actors("a", "b"), [link("b same_as a")], CURRENT)
    assert plain.canonical["b"] == "a"
    with_successor = identify(actors("a", "b", "old"), [link("b same_as a"), link("old succeeded_by b")], CURRENT)
    assert with_successor.canonical == {"a": "b", "b": "b", "old": "b"}


def test_a_chain_of_successors_ends_in_the_last() -> None:
    chain = [link("a succeeded_by b"), link("b succeeded_by c")]
    assert set(identify(actors("a", "b", "c"), chain, CURRENT).canonical.values()) == {"c"}


def test_two_predecessors_merge_into_one_successor() -> None:
    merger = [link("uta succeeded_by tau", date(2019, 1, 1)), link("tut succeeded_by tau", date(2019, 1, 1))]
    people = actors("uta", "tut", "tau")
    assert set(identify(people, merger, CURRENT, date(2019, 1, 1)).canonical.values()) == {"tau"}
    assert len(set(identify(people, merger, CURRENT, date(2018, 12, 31)).canonical.values())) == 3
    assert identify(people, merger, CURRENT, date(2018, 12, 31)).related("uta", "tut") is Relation.FAMILY


def test_no_day_takes_all_links_and_a_link_without_day_holds_always() -> None:
    people = actors("a", "b", "c")
    links = [link("a succeeded_by b", date(2030, 1, 1)), link("c same_as a")]
    assert set(identify(people, links, CURRENT, None).canonical.values()) == {"b"}
    assert identify(people, links, CURRENT, date(1900, 1, 1)).canonical == {"a": "a", "b": "b", "c": "a"}


def test_a_divided_body_stays_but_is_kin_with_all_that_followed() -> None:
    links = [link("office succeeded_by north"), link("office succeeded_by south")]
    identity = identify(actors("office", "north", "south"), links, CURRENT)
    assert identity.canonical["office"] == "office"
    assert identity.divided == {"office": ("north", "south")}
    assert identity.related("office", "south") is Relation.FAMILY
    assert identity.related("north", "south") is Relation.FAMILY


def test_two_successors_that_are_one_body_are_one_successor() -> None:
    links = [link("old succeeded_by x"), link("old succeeded_by y"), link("x same_as y")]
    identity = identify(actors("old", "x", "y"), links, CURRENT)
    assert set(identity.canonical.values()) == {"x"}
    assert not identity.divided


def test_a_ring_is_reported_and_left_unfolded() -> None:
    links = [link("a succeeded_by b"), link("b succeeded_by c"), link("c succeeded_by b")]
    identity = identify(actors("a", "b", "c"), links, CURRENT)
    assert identity.cycles == (("b", "c"),)
    assert identity.canonical == {"a": "b", "b": "b", "c": "c"}


def test_units_fold_only_at_the_level_of_organisations_up_to_the_top() -> None:
    links = [link("team unit_of faculty"), link("faculty unit_of university")]
    people = actors("team", "faculty", "university")
    assert identify(people, links, CURRENT).canonical["team"] == "team"
    assert set(identify(people, links, ORGANISATION).canonical.values()) == {"university"}
    assert identify(people, links, CURRENT).related("team", "university") is Relation.FAMILY


def test_a_unit_of_a_predecessor_belongs_to_the_successor() -> None:
    links = [link("unit unit_of uta"), link("uta succeeded_by tau")]
    assert identify(actors("unit", "uta", "tau"), links, ORGANISATION).canonical["unit"] == "tau"


def test_the_own_parent_goes_before_what_a_predecessor_was_part_of() -> None:
    links = [link("old unit_of before"), link("old succeeded_by new"), link("new unit_of after")]
    canonical = identify(actors("old", "new", "before", "after"), links, ORGANISATION).canonical
    assert canonical["old"] == canonical["new"] == "after"
    assert canonical["before"] == "before"


def test_a_unit_of_two_bodies_stays() -> None:
    identity = identify(actors("lab", "x", "y"), [link("lab unit_of x"), link("lab unit_of y")], ORGANISATION)
    assert identity.canonical["lab"] == "lab"
    assert identity.divided == {"lab": ("x", "y")}


def test_members_are_related_to_their_groups_but_not_to_each_other() -> None:
    links = [link("m member_of g"), link("n member_of g"), link("g member_of top"), link("u unit_of m")]
    identity = identify(actors("m", "n", "g", "top", "u"), links, CURRENT)
    assert identity.related("m", "g") is identity.related("g", "m") is Relation.MEMBERSHIP
    assert identity.related("m", "top") is Relation.MEMBERSHIP
    assert identity.related("u", "top") is Relation.MEMBERSHIP
    assert identity.related("m", "n") is None


def test_rings_of_groups_do_not_hang() -> None:
    links = [link("a member_of b"), link("b member_of a"), link("c member_of a")]
    identity = identify(actors("a", "b", "c", "d"), links, CURRENT)
    assert identity.related("c", "b") is Relation.MEMBERSHIP
    assert identity.related("c", "d") is None


def test_links_with_strangers_are_ignored() -> None:
    identity = identify(actors("a"), [link("a succeeded_by stranger")], CURRENT)
    assert identity.canonical == {"a": "a"}


IDS = "abcdefg"


@st.composite
def any_links(draw: st.DrawFn) -> list[Link]:
    pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1])
    days = st.none() | st.dates(date(2000, 1, 1), date(2003, 1, 1))
    triples = draw(st.lists(st.tuples(pairs, st.sampled_from(LinkKind), days), max_size=12))
    return [Link(actor=a, other=b, kind=kind, since=day, source="s") for (a, b), kind, day in triples]


@settings(deadline=None)
@given(any_links(), st.sampled_from(IdentityLevel), st.none() | st.just(date(2001, 6, 1)))
def test_whatever_the_links_say(links: list[Link], level: IdentityLevel, on: date | None) -> None:
    identity: Identity = identify(actors(*IDS), links, level, on)
    again = identify(reversed(actors(*IDS)), list(reversed(links)), level, on)
    assert identity.canonical == again.canonical, "the order of facts decides nothing"
    assert identity.cycles == again.cycles
    for id_ in IDS:
        top = identity.canonical[id_]
        assert identity.canonical[top] == top, "who stands for others stands for itself"
        assert identity.family(top) == identity.family(id_), "nobody is folded into a stranger"
        for other in IDS:
            assert identity.related(id_, other) == identity.related(other, id_)


@pytest.mark.parametrize("kind", [LinkKind.SUCCEEDED_BY, LinkKind.UNIT_OF])
def test_long_chains_are_no_trouble(kind: LinkKind) -> None:
    ids = [f"n{number:05}" for number in range(5_000)]
    links = [Link(actor=a, other=b, kind=kind, source="s") for a, b in pairwise(ids)]
    assert set(identify(actors(*ids), links, ORGANISATION).canonical.values()) == {ids[-1]}


# ---- judgements


def word(text: str) -> Judgement:
    """Read ``a different b``."""
    a, verdict, b = text.split()
    return Judgement(a=a, b=b, verdict=Verdict(verdict), by="Maija", at=datetime(2026, 1, 1, tzinfo=UTC))


def judged(links: list[str], words: list[str], ids: str = "abcd") -> Identity:
    return identify(actors(*ids), [link(text) for text in links], CURRENT, None, [word(text) for text in words])


def test_a_judgement_same_is_a_link_and_makes_kin() -> None:
    identity = judged([], ["a same c"])
    assert identity.canonical == {"a": "a", "b": "b", "c": "a", "d": "d"}
    assert identity.related("a", "c") is Relation.SAME_BODY
    assert identity.family("c") == "a"
    assert identify(actors("a", "c"), [], RECORDED, None, [word("a same c")]).related("a", "c") is Relation.FAMILY


def test_a_judgement_different_takes_a_link_away_and_its_kinship() -> None:
    identity = judged(["a same_as b", "b unit_of c"], ["a different b"])
    assert identity.canonical["b"] == "b"
    assert identity.related("a", "b") is None
    assert identity.related("b", "c") is Relation.FAMILY


def test_links_do_not_bring_together_through_others_what_was_told_apart() -> None:
    identity = judged(["a same_as b", "b same_as c"], ["a different c"])
    assert identity.canonical == {"a": "a", "b": "a", "c": "c", "d": "d"}
    assert judged(["a same_as b", "b same_as c"], ["a different d"]).canonical["c"] == "a"


def test_a_pair_in_the_review_queue_is_not_suggested_as_partners() -> None:
    identity = judged(["b succeeded_by d", "c same_as a"], ["a unsure b"])
    assert identity.canonical == {"a": "a", "b": "d", "c": "a", "d": "d"}, "nothing is decided yet"
    assert identity.related("c", "a") is Relation.SAME_BODY
    assert identity.related("a", "d") is Relation.UNDECIDED
    assert judged([], ["a different b"]).related("a", "b") is None


def test_a_judgement_on_an_entry_that_is_not_there_is_ignored() -> None:
    assert judged([], ["a same z"], ids="ab").canonical == {"a": "a", "b": "b"}


_pairs = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] < pair[1])


@settings(max_examples=200, deadline=None)
@given(
    links=st.lists(_pairs, max_size=6),
    words=st.dictionaries(_pairs, st.sampled_from(["same", "different", "unsure"]), max_size=6),
)
def test_told_apart_stays_apart_and_judgements_can_be_taken_back(
    links: list[tuple[str, str]], words: dict[tuple[str, str], str]
) -> None:
    said = [f"{a} same_as {b}" for a, b in links]
    identity = judged(said, [f"{a} {verdict} {b}" for (a, b), verdict in words.items()], ids="abcdef")
    for (a, b), verdict in words.items():
        assert verdict != "different" or identity.canonical[a] != identity.canonical[b]
    without = judged(said, [], ids="abcdef")
    if all(verdict != "different" for verdict in words.values()):
        assert all(identity.canonical[a] == identity.canonical[b] for a, b in links)
    assert without.canonical == judged(said[::-1], [], ids="fedcba").canonical


@given(
    any_links(),
    st.dictionaries(st.sampled_from(list(pairwise(IDS))), st.sampled_from(["same", "different", "unsure"]), max_size=3),
    st.sampled_from(IdentityLevel),
    st.sets(st.sampled_from(list(IDS))),
)
def test_who_is_related_to_one_of_many_is_what_is_said_of_each(
    links: list[Link], words: dict[tuple[str, str], str], level: IdentityLevel, ids: set[str]
) -> None:
    identity = identify(actors(*IDS), links, level, None, [word(f"{a} {v} {b}") for (a, b), v in words.items()])
    to_any = identity.related_to_any(ids)
    for id_ in IDS:
        assert to_any(id_) == any(identity.related(id_, other) for other in ids)
