"""What was accepted and declined, counted by hand."""

from __future__ import annotations

from graphsvc.analysis.acceptance import Tally, summarise
from graphsvc.decisions import Act, Decision, Event, Gap, Reply, Suggestion, Why
from tests.store.made_up import AT


def decision(pair: str, reply: Reply, why: Why, supports: str = "", *events: Event) -> Decision:
    gap = Gap.between(*pair)
    suggestion = Suggestion(1, 1.0, 1, tuple(supports.split()), ("well_known",)) if supports else None
    said = Act(gap, reply, "Maija", AT, 1, why, suggestion=suggestion)
    return Decision(gap, said, tuple(Act(gap, event, "Maija", AT, 2) for event in events))


DECISIONS = (
    decision("ab", Reply.ACCEPT, Why.GOOD_FIT, "shared_themes same_place", Event.MET, Event.MET, Event.PROJECT),
    decision("ac", Reply.ACCEPT, Why.ASKED_FOR, "shared_themes", Event.MET),
    decision("ad", Reply.NO, Why.COMPETITORS, "shared_themes"),
    decision("bc", Reply.NO, Why.COMPETITORS),
    decision("bd", Reply.NOT_NOW, Why.NO_TIME, "same_place"),
)


def test_each_pair_counts_once_under_each_kind_of_evidence() -> None:
    found = summarise(DECISIONS)
    assert found.pairs == Tally(2, 1, 2)
    assert found.by_evidence == {"shared_themes": Tally(2, 0, 1), "same_place": Tally(1, 1, 0)}
    assert list(found.by_evidence) == ["shared_themes", "same_place"], "the most decided first"
    assert found.by_objection == {"well_known": Tally(2, 1, 1)}
    assert found.without_suggestion == 1
    assert found.reasons[Reply.NO] == {Why.COMPETITORS: 2}
    assert found.came_of_it == {Event.INTRODUCED: 0, Event.MET: 2, Event.PROJECT: 1}
    assert found.by_evidence["shared_themes"].share == 2 / 3
    assert summarise(reversed(DECISIONS)) == found


def test_nothing_decided_has_no_share() -> None:
    assert summarise(()).pairs == Tally()
    assert Tally().share is None
