"""What changed between two networks, and why: against what can be counted by hand."""

from __future__ import annotations

import pytest

from graphsvc.analysis.change import Explaining, How, State, continued, moved, turnover
from graphsvc.analysis.results import Community
from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind


def state(**members: str) -> State:
    """A network from collaborations by id, each given as its participants' letters."""
    everyone = sorted({letter for those in members.values() for letter in those})
    return State(
        {id_: Actor(id=id_, name=id_.upper(), kind=ActorKind.FIRM) for id_ in everyone},
        {id_: Collaboration(id=id_, name=id_, kind=CollaborationKind.PROJECT) for id_ in sorted(members)},
        {id_: tuple(sorted(those)) for id_, those in members.items()},
        {id_: len(those) for id_, those in members.items()},
        {},
    )


BEFORE = state(p1="abc", p2="cd", p3="ef")
AFTER = state(p1="abc", p2="cdg", p4="cehij", p5="ax")


def test_what_is_new_and_what_is_gone() -> None:
    found = turnover(BEFORE, AFTER)
    assert found.new_actors == ("g", "h", "i", "j", "x")
    assert found.gone_actors == ("f",)
    assert found.gone_ties == (("e", "f"),)
    assert ("a", "x") in found.new_ties
    assert ("c", "d") not in found.new_ties
    assert found.kept_ties == 4
    assert found.collaborations == {"p2": How.ALTERED, "p3": How.ENDED, "p4": How.BEGAN, "p5": How.BEGAN}


def test_only_actors_with_a_value_on_both_days_move() -> None:
    found = moved({"a": 1.0, "b": 2.0, "gone": 9.0, "same": 3.0}, {"a": 4.0, "b": 1.0, "new": 9.0, "same": 3.0})
    assert [(each.actor, each.by) for each in found] == [("a", 3.0), ("b", -1.0)]


def test_put_back_everything_is_the_earlier_network() -> None:
    back = AFTER.put_back(turnover(BEFORE, AFTER).collaborations, BEFORE)
    assert back.members == BEFORE.members
    assert back.arrays.ids == BEFORE.arrays.ids
    assert (back.arrays.weights != BEFORE.arrays.weights).nnz == 0


def test_partners_are_explained_by_the_collaborations_that_brought_them() -> None:
    found = Explaining(BEFORE, AFTER, "degree").explain("c", 10)
    assert (found.before, found.after) == (3.0, 8.0)
    assert (found.own, found.elsewhere) == (5.0, 0.0)
    assert [(each.collaboration, each.how, each.effect) for each in found.causes] == [
        ("p4", How.BEGAN, 4.0),
        ("p2", How.ALTERED, 1.0),
    ]
    assert [each.share for each in found.causes] == pytest.approx([0.8, 0.2])
    assert all(each.own for each in found.causes)
    assert found.exact


def test_what_ended_is_put_back() -> None:
    found = Explaining(BEFORE, AFTER, "degree").explain("e", 10)
    assert (found.before, found.after) == (1.0, 4.0)
    assert {each.collaboration: each.effect for each in found.causes} == {"p3": -1.0, "p4": 4.0}


def test_a_change_elsewhere_is_told_apart_from_ones_own() -> None:
    """b takes part in nothing that changed, and yet there are more now that it is not between."""
    before, after = state(p1="ab", p2="bc"), state(p1="ab", p2="bc", p3="ac")
    found = Explaining(before, after, "betweenness").explain("b", 10)
    assert (found.before, found.after) == (1.0, 0.0)
    assert (found.own, found.elsewhere) == (0.0, -1.0)
    assert [(each.collaboration, each.own, each.share) for each in found.causes] == [("p3", False, 1.0)]


def test_the_largest_are_tried_first_and_the_rest_is_counted() -> None:
    found = Explaining(BEFORE, AFTER, "degree").explain("c", 1)
    assert [each.collaboration for each in found.causes] == ["p4"]
    assert found.untried == 1
    assert found.own == 5.0, "all its own together, tried one by one or not"


def test_an_actor_that_is_new_counts_as_nothing_before() -> None:
    found = Explaining(BEFORE, AFTER, "degree").explain("x", 10)
    assert (found.before, found.after, found.own, found.elsewhere) == (None, 1.0, 1.0, 0.0)


def test_communities_are_followed_by_their_members() -> None:
    before = [Community(0, tuple("abcd"), ()), Community(1, tuple("xyz"), ())]
    after = [Community(0, tuple("xyzw"), ()), Community(1, tuple("pq"), ())]
    found = continued(before, after)
    assert [(each.now, each.before, each.stayed, each.joined, each.left) for each in found] == [
        (0, 1, 3, 1, 0),
        (1, None, 0, 2, 0),
        (None, 0, 0, 0, 4),
    ]
