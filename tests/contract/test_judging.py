"""Persons judge which entries are one body; every word can be taken back exactly, on every engine."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graphsvc import entries, judging
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.judging import Judged, JudgementQuery, Saying
from graphsvc.model import (
    Actor,
    ActorKind,
    Collaboration,
    Judgement,
    Link,
    LinkKind,
    Participation,
    Place,
    PlaceKind,
    Theme,
    Verdict,
)
from graphsvc.store.finding import ActorSearch
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.undoing import undo
from tests.contract.test_loading import load, tables
from tests.store.made_up import AT, claims, run

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
TODAY = AT.date()


def filled(store: GraphStore, *links: str) -> GraphStore:
    """Put actors a to e into a store, and ``same_as`` links: ``ab`` is one from a to b."""
    actors = [Actor(id=id_, name=f"Actor {id_}") for id_ in "abcde"]
    said = [Link(actor=text[0], other=text[1], kind=LinkKind.SAME_AS, source="s") for text in links]
    store.apply(claims("filled", *actors, *said))
    return store


def say(store: GraphStore, pair: str, verdict: Verdict | None, by: str = "Maija", reason: str = "known") -> Judged:
    """Say it of ``ab``; None takes the last word back."""
    saying = Saying(pair[0], pair[1], by, reason)
    return judging.judge(store, saying, verdict, now=AT) if verdict else judging.withdraw(store, saying, now=AT)


def words(store: GraphStore) -> dict[str, str]:
    return {word.a + word.b: word.verdict.value for word in store.snapshot().judgements}


def test_merging_changes_no_entry_and_unmerging_restores_the_graph(store: GraphStore) -> None:
    before, entries_before = filled(store).graph_hash(), store.snapshot().actors
    revision = store.revision()
    done = say(store, "ba", SAME)
    assert (done.noted, done.one_body, done.revision) == (True, True, revision + 1)
    assert store.graph_hash() != before
    assert store.snapshot().actors == entries_before
    assert (
        store.snapshot().judgements
        == store.judgements()
        == (Judgement(a="a", b="b", verdict=SAME, by="Maija", at=AT, reason="known"),)
    )
    undone = judging.unmerge(store, Saying("a", "b", "Matti", "a mistake"), now=AT)
    assert (undone.noted, undone.one_body, undone.counts, undone.revision) == (True, False, None, revision + 2)
    assert store.graph_hash() == before
    noted = store.judgement_log().noted(("a", "b"))
    assert [(act.verdict, act.by, act.reason, act.at) for act in noted] == [
        (SAME, "Maija", "known", AT),
        (None, "Matti", "a mistake", AT),
    ], "nothing is forgotten: who, when and why"


def test_the_same_word_again_changes_nothing(store: GraphStore) -> None:
    first = say(filled(store), "ab", SAME)
    again = say(store, "ba", SAME)
    assert (again.noted, again.act, again.revision) == (False, first.act, first.revision)
    assert say(store, "ab", SAME, by="Matti").noted, "a second person's word is one more"
    taken = judging.withdraw_act(store, store.judgement_log().counting()["a", "b"].id, "Matti", "")
    assert taken.counts is not None
    assert taken.counts.by == "Maija"


def test_a_word_is_taken_back_by_its_id_once(store: GraphStore) -> None:
    first = say(filled(store), "ab", DIFFERENT).act
    second = say(store, "ab", SAME).act
    with pytest.raises(InvalidValue, match=f"Take back {second.id} first"):
        judging.withdraw_act(store, first.id, "Maija", "")
    assert judging.withdraw_act(store, second.id, "Maija", "").noted
    revision = store.revision()
    again = judging.withdraw_act(store, second.id, "Maija", "")
    assert (again.noted, store.revision()) == (False, revision)
    assert words(store) == {"ab": "different"}
    with pytest.raises(NotFound, match="judgement"):
        judging.withdraw_act(store, "nothing", "Maija", "")


def test_what_is_not_there_is_not_judged(store: GraphStore) -> None:
    filled(store)
    revision = store.revision()
    with pytest.raises(NotFound, match="ghost"):
        judging.judge(store, Saying("a", "ghost", "Maija"), SAME)
    with pytest.raises(InvalidValue, match="one entry"):
        judging.judge(store, Saying("a", "a", "Maija"), SAME)
    with pytest.raises(InvalidValue, match="Nobody has judged"):
        say(store, "ab", None)
    assert store.revision() == revision


def test_a_merging_that_brings_together_what_was_told_apart_is_refused(store: GraphStore) -> None:
    say(filled(store, "de"), "ac", DIFFERENT, reason="two houses")
    say(store, "ab", SAME)
    before = store.revision()
    with pytest.raises(InvalidValue, match=r"Actor a \(a\) = Actor b \(b\) = Actor c \(c\).*Maija.*two houses"):
        say(store, "bc", SAME)
    with pytest.raises(InvalidValue, match="through others"):
        say(store, "ad", SAME)
        say(store, "be", DIFFERENT)
    assert store.revision() == before + 1
    say(store, "ac", None)
    assert say(store, "bc", SAME).one_body
    with pytest.raises(InvalidValue, match="through others"):
        say(store, "ac", DIFFERENT)


def test_taking_a_word_back_is_refused_where_the_one_before_it_contradicts(store: GraphStore) -> None:
    say(filled(store), "ac", DIFFERENT)
    say(store, "ac", UNSURE)
    say(store, "ab", SAME)
    say(store, "bc", SAME)
    with pytest.raises(InvalidValue, match="told apart"):
        say(store, "ac", None)
    say(store, "bc", None)
    say(store, "ac", None)
    assert words(store) == {"ab": "same", "ac": "different"}


def test_telling_apart_takes_a_files_link_away(store: GraphStore) -> None:
    filled(store, "ab", "bc")
    assert say(store, "ab", DIFFERENT).one_body is False
    assert entries.united(store, TODAY).entries == {"b": ("b", "c")}
    judging.unmerge(store, Saying("b", "c", "Maija"))
    assert entries.united(store, TODAY).entries == {}
    assert words(store) == {"ab": "different", "bc": "different"}


def test_a_word_outlives_the_entry_and_holds_again_when_it_returns(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="a;Aalto;;;\n"))
    load(store, tables(tmp_path / "two", actors="b;AALTO-yliopisto;;;\n"))
    say(store, "ab", SAME)
    merged = store.graph_hash()
    last = store.last_import("file-two")
    assert last is not None
    undo(store, last.id)
    assert words(store) == {}
    load(store, tmp_path / "two")
    assert words(store) == {"ab": "same"}
    assert store.graph_hash() == merged


def proposed(a: str, b: str, verdict: Verdict, score: float) -> Judgement:
    return Judgement(a=a, b=b, verdict=verdict, by="matching", at=AT, score=score)


def test_the_matching_is_heard_where_no_person_and_no_link_speaks(store: GraphStore) -> None:
    filled(store, "ab")
    change = claims("import", Actor(id="f", name="F"), import_=run(), finishes=True)
    said = [proposed("a", "b", UNSURE, 0.5), proposed("a", "c", SAME, 0.99), proposed("b", "d", SAME, 0.97)]
    said += [proposed("c", "d", UNSURE, 0.6), proposed("d", "e", UNSURE, 0.7), proposed("a", "ghost", SAME, 1)]
    store.apply(replace(change, judgements=said))
    assert words(store) == {"ac": "same", "bd": "same", "de": "unsure"}, "c and d follow from the others"
    say(store, "cd", DIFFERENT)
    assert words(store) == {"ac": "same", "bd": "unsure", "cd": "different", "de": "unsure"}, "the surest holds"
    say(store, "ac", UNSURE)
    assert words(store) == {"ac": "unsure", "bd": "same", "cd": "different", "de": "unsure"}
    say(store, "de", DIFFERENT)
    assert words(store)["de"] == "different"
    undo(store, run().id)
    assert words(store) == {"ac": "unsure", "cd": "different", "de": "different"}, "persons' words stay"


def test_a_body_is_found_once_by_any_of_its_entries(store: GraphStore) -> None:
    firm = ActorKind.FIRM
    store.apply(
        claims(
            "region",
            Place(id="FI", name="Suomi", kind=PlaceKind.COUNTRY),
            Place(id="FI197", name="Pirkanmaa", kind=PlaceKind.REGION, parent="FI"),
            Theme(id="energy", name="Energy"),
            Theme(id="wind", name="Wind", parent="energy"),
            Actor(id="m", name="Metso Oyj", business_id="1538032-5"),
            Actor(id="n", name="Outotec", kind=firm, place="FI197"),
            Actor(id="o", name="Aalto"),
            Actor(id="z", name="Zeta Outotec", kind=firm),
            Collaboration(id="c", name="C", themes=("wind",)),
            Participation(actor="n", collaboration="c", source="s"),
        )
    )

    def found(store: GraphStore, **asked: Any) -> list[str]:
        known, names, after = entries.united(store, TODAY), list[str](), None
        while True:
            page = entries.find(store, known, ActorSearch(**asked), limit=1, after=after)
            names += [actor.id for actor in page.items]
            assert page.total >= len(names)
            after = page.next
            if after is None:
                assert page.total == len(names)
                return names

    before = found(store)
    assert before == ["o", "m", "n", "z"]
    judging.judge(store, Saying("m", "n", "Maija"), SAME)
    assert found(store) == ["o", "m", "z"]
    assert found(store, text="outotec") == ["m", "z"]
    assert found(store, text="metso outotec") == ["m"], "words of several entries"
    assert found(store, text="15380325") == []
    assert found(store, text="1538032-5") == ["m"]
    assert found(store, kinds=(firm,)) == ["m", "z"]
    assert found(store, place="FI") == ["m"]
    assert found(store, place="nowhere") == []
    assert found(store, theme="energy") == ["m"]
    assert found(store, theme="energy", text="aalto") == []
    body = entries.united(store, TODAY).bodies["m"]
    assert (body.name, body.kind, body.place, [name.text for name in body.names]) == (
        "Metso Oyj",
        firm,
        "FI197",
        ["Outotec"],
    )
    (standing, other) = entries.entries_of(store, entries.united(store, TODAY), "m")
    assert (standing.actor.id, other.actor.id) == ("m", "n")
    assert [word.by for word in other.judgements] == ["Maija"]
    judging.unmerge(store, Saying("m", "n", "Maija"))
    assert found(store) == before


def test_the_queue_comes_in_pages_with_both_sides(store: GraphStore, tmp_path: Path) -> None:
    names = {"a": "Techila", "b": "Vaisala", "c": "Wihuri", "d": "Metso", "e": "Outokumpu"}
    load(store, tables(tmp_path / "one", actors="".join(f"{id_};{name};firm;;\n" for id_, name in names.items())))
    for at, pair in enumerate(("ab", "cd", "ce")):
        judging.judge(store, Saying(pair[0], pair[1], "Maija"), UNSURE, now=AT + timedelta(minutes=at))
    say(store, "de", DIFFERENT)
    seen, after = [], None
    while True:
        page = judging.find(store, JudgementQuery(UNSURE, limit=2), after)
        assert page.total == 3
        seen += [each.a.actor.id + each.b.actor.id for each in page.items]
        after = page.next
        if after is None:
            break
    assert seen == ["ab", "cd", "ce"]
    (found,) = judging.find(store, JudgementQuery(DIFFERENT, actor="e"), None).items
    assert [source.name for source in found.a.sources] == ["one"]
    assert found.act == store.judgement_log().counting()["d", "e"].id
    assert judging.find(store, JudgementQuery(actor="b"), None).total == 1


def test_times_of_other_zones_are_kept_in_utc(store: GraphStore) -> None:
    at = datetime.fromisoformat("2026-06-01T01:30:00+03:00")
    judging.judge(filled(store), Saying("a", "b", "Maija"), SAME, now=at)
    (word,) = store.snapshot().judgements
    assert (word.at, word.at.tzinfo) == (at, UTC)


def test_threads_that_judge_are_heard_one_after_the_other(store: GraphStore) -> None:
    filled(store)
    refused: list[str] = []

    def speak(number: int) -> None:
        try:
            say(store, "ab" if number % 2 else "bc", SAME, by=f"person {number}")
            say(store, "ac", DIFFERENT, by=f"person {number}")
        except InvalidValue as error:
            refused.append(error.message)

    threads = [threading.Thread(target=speak, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = store.judgement_log()
    for pair in (("a", "b"), ("b", "c"), ("a", "c")):
        assert [act.number for act in log.noted(pair)] == list(range(1, 1 + len(log.noted(pair))))
    assert refused, "not all three can hold"
    verdicts = words(store)
    assert sorted(verdicts.values()) in (["different", "same"], ["same", "same"])


def asked(store: GraphStore, **query: Any) -> list[list[str]]:
    """Return the review queue: each question as the pair that is shown and those it stands for, too."""
    found = judging.find(store, JudgementQuery(UNSURE, **query), None)
    assert found.total == len(found.items)
    return [[word.a + word.b for word in (each.judgement, *each.also)] for each in found.items]


def doubtful(store: GraphStore) -> GraphStore:
    """Put in that a and b are surely one, and that c may be either."""
    change = claims("import", *(Actor(id=id_, name=f"Actor {id_}") for id_ in "abc"), import_=run(), finishes=True)
    said = [proposed("a", "b", SAME, 0.99), proposed("a", "c", UNSURE, 0.6), proposed("b", "c", UNSURE, 0.8)]
    store.apply(replace(change, judgements=said))
    return store


def test_a_person_is_asked_once_where_a_pair_has_an_entry_that_is_surely_merged(store: GraphStore) -> None:
    assert asked(doubtful(store)) == [["bc", "ac"]]
    (shown,) = judging.find(store, JudgementQuery(UNSURE), None).items
    assert shown.judgement.score == 0.8
    assert shown.names == {"a": "Actor a", "c": "Actor c"}
    assert asked(store, actor="a") == asked(store, actor="c") == [["bc", "ac"]], "found by any of its entries"
    assert judging.find(store, JudgementQuery(), None).total == 2, "the sure pair, and the question"


def test_the_answer_holds_for_all_entries_of_the_two_and_is_taken_back_as_a_whole(store: GraphStore) -> None:
    before = doubtful(store).graph_hash()
    for verdict in (DIFFERENT, SAME):
        say(store, "bc", verdict)
        assert asked(store) == []
        assert words(store) == {"ab": "same", "bc": verdict.value}, "only the word that was said is noted"
        say(store, "bc", None)
        assert store.graph_hash() == before
        assert asked(store) == [["bc", "ac"]]


def test_what_was_told_apart_holds_entry_by_entry(store: GraphStore) -> None:
    say(doubtful(store), "ac", DIFFERENT)
    assert asked(store) == [], "b is a, so b and c are two"
    judging.unmerge(store, Saying("a", "b", "Maija"), now=AT)
    assert words(store) == {"ab": "different", "ac": "different", "bc": "unsure"}
    assert asked(store) == [["bc"]], "now b is a body of its own, and nobody has said whether it is c"
