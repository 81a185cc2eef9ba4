"""How one actor stands: numbers worked out by hand on three collaborations."""

from __future__ import annotations

from datetime import date

import pytest

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.results import Measure
from graphsvc.analysis.standing import begun, by_theme, partnerships, rank, shares_of_groups, ties_among
from graphsvc.model import Actor, Collaboration

COLLABORATIONS = {
    "one": Collaboration(id="one", name="One", start=date(2015, 1, 1), end=date(2016, 12, 31), themes=("x", "y")),
    "two": Collaboration(id="two", name="Two", start=date(2018, 1, 1), themes=("x",)),
    "old": Collaboration(id="old", name="Old"),
}
MEMBERS = {"one": ("a", "b", "c"), "two": ("a", "b"), "old": ("a", "d")}
SIZES = {"one": 3, "two": 2, "old": 2}


@pytest.fixture
def affiliation() -> Affiliation:
    actors = {id_: Actor(id=id_, name=id_.upper()) for id_ in "abcde"}
    return Affiliation.of(actors, COLLABORATIONS, MEMBERS, SIZES)


@pytest.fixture
def ties(affiliation: Affiliation) -> Arrays:
    return Arrays(affiliation.ids, affiliation.ties(), affiliation.incidence)


def test_partners_come_by_the_weight_of_the_tie_with_what_is_shared(affiliation: Affiliation, ties: Arrays) -> None:
    found = partnerships(affiliation, ties, "a")
    assert [(each.partner, each.weight) for each in found] == [("b", 1.5), ("d", 1.0), ("c", 0.5)]
    assert [[one.id for one in each.shared] for each in found] == [["one", "two"], ["old"], ["one"]]
    assert [(each.first, each.last) for each in found] == [(2015, None), (None, None), (2015, 2016)]
    assert partnerships(affiliation, ties, "e") == ()


def test_equals_have_the_same_rank() -> None:
    measure = Measure("degree", {"a": 3.0, "b": 2.0, "c": 2.0, "d": 1.0})
    found = [rank(measure, id_) for id_ in "abcd"]
    assert [each.rank for each in found if each] == [1, 2, 2, 4]
    assert {each.of for each in found if each} == {4}
    assert rank(measure, "nobody") is None


def test_shares_of_groups_are_of_the_weight_of_all_ties(ties: Arrays) -> None:
    assert shares_of_groups(ties, {"b": 1, "c": 2}, "a") == pytest.approx({1: 0.5, 2: 1 / 6})
    assert shares_of_groups(ties, {"b": 1}, "e") == {}


def test_ties_among_some_are_those_of_the_whole(ties: Arrays) -> None:
    assert ties_among(ties, ["c", "a", "b"]) == (("a", "b", 1.5), ("a", "c", 0.5), ("b", "c", 0.5))


def test_years_and_themes_count_each_collaboration() -> None:
    found = begun(COLLABORATIONS.values())
    assert (dict(found.by_year), found.undated, found.total) == ({2015: 1, 2018: 1}, 1, 3)
    assert {theme: [each.id for each in those] for theme, those in by_theme(COLLABORATIONS.values()).items()} == {
        "x": ["one", "two"],
        "y": ["one"],
    }
    assert list(by_theme(COLLABORATIONS.values(), lambda _: "top")) == ["top"]
