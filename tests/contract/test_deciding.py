"""Persons decide on suggestions; every act is kept, follows the bodies, can be taken back exactly, on every engine."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from graphsvc import decided, deciding, judging
from graphsvc.decided import DecisionQuery
from graphsvc.deciding import Decided, Deciding, Following, Known
from graphsvc.decisions import Act, Decision, Event, Gap, PairState, Reply, Suggestion, Why, identified
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.judging import Saying
from graphsvc.model import Actor, Collaboration, IdentityLevel, Participation, Verdict
from graphsvc.outlook import Outlook
from graphsvc.store import deciding as kept
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.undoing import undo
from tests.contract.test_loading import load, tables
from tests.store.made_up import AT, claims

TODAY = AT.date()


def filled(store: GraphStore) -> GraphStore:
    """Put actors a to e into a store, two of whom work together."""
    actors = [Actor(id=id_, name=f"Actor {id_}") for id_ in "abcde"]
    project = Collaboration(id="p", name="P", start=date(2020, 1, 1))
    members = [Participation(actor=id_, collaboration="p", source="s") for id_ in "de"]
    store.apply(claims("filled", *actors, project, *members))
    return store


def outlook(store: GraphStore, today: date = TODAY) -> Outlook:
    return Outlook(store, lambda: today)


def reply(
    store: GraphStore,
    pair: str,
    what: Reply = Reply.NO,
    why: Why | None = None,
    *,
    by: str = "Maija",
    at: datetime = AT,
    **more: date,
) -> Decided:
    """Reply to the suggestion of ``ab``."""
    usual = {Reply.NO: Why.COMPETITORS, Reply.NOT_NOW: Why.NO_TIME, Reply.ACCEPT: Why.GOOD_FIT}
    ask = Deciding(pair[0], pair[1], what, why or usual[what], by, "so it is", **more)
    return deciding.decide(store, outlook(store), ask, now=at)


def back(store: GraphStore, act: str) -> Decided:
    return deciding.withdraw(store, outlook(store), act, "Matti", "a slip", now=AT)


def came(store: GraphStore, pair: str, event: Event, collaboration: str | None = None) -> Decided:
    ask = Following(pair[0], pair[1], event, "Maija", collaboration=collaboration)
    return deciding.follow_up(store, outlook(store), ask, now=AT)


def known(store: GraphStore, as_of: date | None = None, today: date = TODAY) -> Known:
    return deciding.known(store, outlook(store, today), as_of)


def states(store: GraphStore, **when: date) -> dict[str, str]:
    found = known(store, **when)
    return {"".join(gap.subjects): decision.state(found.on).value for gap, decision in found.decisions.items()}


def test_what_is_noted_comes_back_as_it_was(store: GraphStore) -> None:
    filled(store)
    act = identified(
        Act(
            Gap.between("b", "a"),
            Reply.NOT_NOW,
            "Äiti 😀",
            AT,
            1,
            Why.OTHER,
            "'quoted' \"words\"",
            until=date(2027, 1, 2),
            suggestion=Suggestion(3, 0.1 + 0.2, 7, ("shared_partners", "same_place"), ("well_known",)),
        )
    )
    assert kept.note(store, act)
    assert not kept.note(store, act), "noted once, however often it is tried"
    after = identified(replace(act, said=Event.PROJECT, number=2, on=TODAY, collaboration="p", until=None, why=None))
    kept.note(store, after)
    assert kept.log(store).acts == (act, after)


def test_a_decision_changes_no_fact_and_keeps_who_when_and_why(store: GraphStore) -> None:
    before, revision = filled(store).graph_hash(), store.revision()
    done = reply(store, "ba")
    assert (done.noted, done.before, done.after, done.revision) == (True, None, PairState.NO, revision + 1)
    assert store.graph_hash() == before
    taken = back(store, done.act.id)
    assert (taken.before, taken.after, taken.revision) == (PairState.NO, None, revision + 2)
    assert states(store) == {}
    acts = kept.log(store).acts
    assert [(act.said, act.by, act.words, act.at, act.takes_back) for act in acts] == [
        (Reply.NO, "Maija", "so it is", AT, None),
        (None, "Matti", "a slip", AT, done.act.id),
    ], "nothing is forgotten"
    audit = [(noted.name, noted.by, noted.reason) for noted in store.changes_of_persons()]
    assert sorted(audit) == [
        ("a and b: no", "Maija", "competitors: so it is"),
        ("a and b: no taken back", "Matti", "a slip"),
    ]


def test_the_same_again_changes_nothing(store: GraphStore) -> None:
    first = reply(filled(store), "ab")
    again = reply(store, "ba")
    assert (again.noted, again.act, again.revision) == (False, first.act, first.revision)
    assert reply(store, "ab", by="Matti").noted, "a second person's word is one more"
    back(store, kept.log(store).acts[-1].id)
    assert not back(store, kept.log(store).acts[1].id).noted
    assert states(store) == {"ab": "no"}


def test_what_is_declined_stays_away_until_its_day(store: GraphStore) -> None:
    reply(filled(store), "ab", until=TODAY + timedelta(days=10))
    reply(store, "ac", Reply.NOT_NOW)
    reply(store, "ad", Reply.ACCEPT)
    assert known(store).away(IdentityLevel.CURRENT) == {("a", "b"), ("a", "c"), ("a", "d")}
    days = {n: known(store, today=TODAY + timedelta(days=n)).away(IdentityLevel.CURRENT) for n in (9, 10, 182, 183)}
    assert days[9] == {("a", "b"), ("a", "c"), ("a", "d")}
    assert days[10] == days[182] == {("a", "c"), ("a", "d")}
    assert days[183] == {("a", "d")}
    assert states(store, today=TODAY + timedelta(days=183)) == {"ab": "lapsed", "ac": "lapsed", "ad": "accepted"}


def test_as_of_a_past_day_later_acts_are_not_known(store: GraphStore) -> None:
    filled(store)
    no = reply(store, "ab", at=AT - timedelta(days=30))
    reply(store, "ab", Reply.ACCEPT, at=AT - timedelta(days=10))
    back(store, kept.log(store).acts[-1].id)
    assert states(store, as_of=TODAY - timedelta(days=31)) == {}
    assert states(store, as_of=TODAY - timedelta(days=30)) == {"ab": "no"}
    assert states(store, as_of=TODAY - timedelta(days=9)) == {"ab": "accepted"}, "that it was taken back came later"
    assert states(store) == {"ab": "no"}
    assert known(store).of("b", "a") == Decision(no.act.gap, no.act)


def test_what_came_of_it_is_said_act_by_act(store: GraphStore) -> None:
    filled(store)
    with pytest.raises(InvalidValue, match="were not accepted"):
        came(store, "ab", Event.MET)
    reply(store, "ab", Reply.ACCEPT)
    came(store, "ab", Event.INTRODUCED)
    assert came(store, "ba", Event.INTRODUCED).noted is False
    project = came(store, "ab", Event.PROJECT, collaboration="p")
    assert (project.before, project.after) == (PairState.INTRODUCED, PairState.PROJECT)
    assert came(store, "ab", Event.MET).after is PairState.PROJECT, "it is told later, but went before"
    with pytest.raises(NotFound, match="collaboration"):
        came(store, "ab", Event.PROJECT, collaboration="ghost")
    with pytest.raises(InvalidValue, match="followed by"):
        back(store, project.act.id)
    for expected in (PairState.PROJECT, PairState.INTRODUCED, PairState.ACCEPTED, None):
        done = deciding.withdraw_last(store, outlook(store), ("b", "a"), "Matti", now=AT)
        assert done.after is expected
    assert states(store) == {}
    history = decided.of_gap(store, known(store), Gap.between("a", "b"))
    assert [step.after for step in history.steps][:4] == [
        PairState.ACCEPTED,
        PairState.INTRODUCED,
        PairState.PROJECT,
        PairState.PROJECT,
    ]
    assert not any(step.stands for step in history.steps)


def test_those_who_already_work_together_are_a_fact_with_its_source(store: GraphStore) -> None:
    before = filled(store).graph_hash()
    first = reply(store, "ab", Reply.NO, Why.ALREADY_WORK_TOGETHER, since=date(2019, 5, 1))
    second = reply(store, "ac", Reply.NO, Why.ALREADY_WORK_TOGETHER)
    snapshot = store.snapshot()
    said = {each.id: each for each in snapshot.collaborations if each.source == "coordinator"}
    assert {(each.name, each.start) for each in said.values()} == {
        ("Actor a – Actor b", date(2019, 5, 1)),
        ("Actor a – Actor c", TODAY),
    }
    assert said[kept.collaboration_id(first.act)].attributes == {
        "said by": "Maija",
        "said at": "2026-11-24 12:00 UTC",
        "words": "so it is",
    }
    claimed = {(each.actor, each.collaboration) for each in snapshot.participations if each.source == "coordinator"}
    assert {actor for actor, _ in claimed} == {"a", "b", "c"}
    assert len(claimed) == 4
    assert [source.id for source in snapshot.sources] == ["coordinator"]
    assert outlook(store).network().met("a", "b")
    with pytest.raises(InvalidValue, match=f"already work together.*{first.act.id}"):
        reply(store, "ab", Reply.ACCEPT)
    with_both = store.graph_hash()
    back(store, first.act.id)
    assert {each.id for each in store.snapshot().collaborations} == {"p", kept.collaboration_id(second.act)}
    again = reply(store, "ab", Reply.NO, Why.ALREADY_WORK_TOGETHER)
    assert again.noted
    assert store.graph_hash() != with_both, "it is another word"
    for act in (again.act, second.act):
        back(store, act.id)
    assert store.graph_hash() == before
    assert store.sources() == ()


def test_a_decision_follows_the_body(store: GraphStore) -> None:
    filled(store)
    reply(store, "ab")
    accepted = reply(store, "bc", Reply.ACCEPT)
    judging.judge(store, Saying("a", "c", "Maija"), Verdict.SAME, now=AT)
    assert states(store) == {"ab": "accepted"}, "the last word on the body counts"
    assert known(store).away(IdentityLevel.CURRENT) == {("a", "b")}
    assert known(store).away(IdentityLevel.RECORDED) == {("a", "b"), ("b", "c")}
    met = came(store, "ab", Event.MET)
    assert met.act.gap == accepted.act.gap, "what came of it belongs to the reply that it follows"
    with pytest.raises(InvalidValue, match="one body"):
        reply(store, "ac")
    judging.unmerge(store, Saying("a", "c", "Maija"), now=AT)
    assert states(store) == {"ab": "no", "bc": "met"}
    judging.judge(store, Saying("b", "c", "Maija"), Verdict.SAME, now=AT)
    assert known(store).away(IdentityLevel.CURRENT) == {("a", "b")}, "nothing is left to decide of b and c"
    assert states(store) == {"ab": "no", "bb": "met"}


def test_a_decision_outlives_the_entry_and_holds_again_when_it_returns(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="a;Aalto;;;\n"))
    load(store, tables(tmp_path / "two", actors="b;Vaisala;;;\n"))
    reply(store, "ab")
    said = store.graph_hash()
    last = store.last_import("file-two")
    assert last is not None
    undo(store, last.id)
    (shown,) = decided.find(store, known(store), DecisionQuery(), None).items
    assert (shown.b.id, shown.b.name, shown.b.there) == ("b", "b", False)
    with pytest.raises(NotFound, match="actor"):
        reply(store, "ab", Reply.ACCEPT)
    load(store, tmp_path / "two")
    assert store.graph_hash() == said
    (shown,) = decided.find(store, known(store), DecisionQuery(actor="b"), None).items
    assert (shown.state, shown.b.name) == (PairState.NO, "Vaisala")


def test_a_fact_outlives_the_file_that_described_its_actor(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="a;Aalto;;;\n"))
    before = store.graph_hash()
    load(store, tables(tmp_path / "two", actors="b;Vaisala;;;\n"))
    fact = reply(store, "ab", Reply.NO, Why.ALREADY_WORK_TOGETHER)
    last = store.last_import("file-two")
    assert last is not None
    undo(store, last.id)
    assert [(actor.id, actor.name) for actor in store.snapshot().actors] == [("a", "Aalto"), ("b", "b")]
    back(store, fact.act.id)
    assert store.graph_hash() == before


def test_mistakes_are_told_and_change_nothing(store: GraphStore) -> None:
    revision = filled(store).revision()
    for pair, match in (("ax", "There is no actor 'x'"), ("aa", "one body")):
        with pytest.raises((NotFound, InvalidValue), match=match):
            reply(store, pair)
    with pytest.raises(InvalidValue, match=r"competitors is no reason for accept.*good_fit"):
        reply(store, "ab", Reply.ACCEPT, Why.COMPETITORS)
    with pytest.raises(InvalidValue, match="not after today"):
        reply(store, "ab", until=TODAY)
    with pytest.raises(InvalidValue, match="Only what is declined"):
        reply(store, "ab", Reply.ACCEPT, until=TODAY + timedelta(days=1))
    with pytest.raises(InvalidValue, match="Since when"):
        reply(store, "ab", since=TODAY)
    with pytest.raises(InvalidValue, match="Say who"):
        reply(store, "ab", by="  ")
    with pytest.raises(InvalidValue, match="needs words"):
        deciding.decide(store, outlook(store), Deciding("a", "b", Reply.NO, Why.OTHER, "Maija"))
    with pytest.raises(InvalidValue, match="Nothing was decided"):
        deciding.withdraw_last(store, outlook(store), ("a", "b"), "Maija")
    with pytest.raises(NotFound, match="decision"):
        back(store, "nothing")
    assert store.revision() == revision


def test_decisions_come_in_pages_newest_first(store: GraphStore) -> None:
    filled(store)
    for at, pair in enumerate(("ab", "ac", "bc", "cd")):
        reply(
            store, pair, Reply.NO if at % 2 else Reply.ACCEPT, by="Matti" if at == 3 else "Maija", at=AT + timedelta(at)
        )
    seen, after = [], None
    while True:
        page = decided.find(store, known(store), DecisionQuery(limit=3), after)
        assert page.total == 4
        seen += [each.a.id + each.b.id for each in page.items]
        after = page.next
        if after is None:
            break
    assert seen == ["cd", "bc", "ac", "ab"]

    def found(**asked: object) -> list[str]:
        query = DecisionQuery(**asked)  # type: ignore[arg-type]
        return [each.a.id + each.b.id for each in decided.find(store, known(store), query, None).items]

    assert found(states=(PairState.ACCEPTED,)) == ["bc", "ab"]
    assert found(actor="a") == ["ac", "ab"]
    assert found(by="Matti") == ["cd"]
    assert found(since=TODAY + timedelta(1), until=TODAY + timedelta(2)) == ["bc", "ac"]
    with pytest.raises(InvalidValue, match="before since"):
        found(since=TODAY, until=TODAY - timedelta(1))


def test_threads_that_decide_are_heard_one_after_the_other(store: GraphStore) -> None:
    filled(store)

    def speak(number: int) -> None:
        reply(store, "ab" if number % 2 else "bc", by=f"person {number}")

    threads = [threading.Thread(target=speak, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [act.number for act in kept.log(store).acts] == list(range(1, 7))
