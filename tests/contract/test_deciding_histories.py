"""Imports, undoings, mergings and decisions in any order: what is taken back leaves no trace, and the engines agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc import deciding, loading
from graphsvc.deciding import Deciding, Following, Known
from graphsvc.decisions import COORDINATOR, Event, Gap, Log, Reply, Why
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.model import IdentityLevel
from graphsvc.outlook import Outlook
from graphsvc.resolve.identity import identify
from graphsvc.settings import Settings
from graphsvc.store import deciding as kept
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.contract.test_judging_histories import Word, _acts, _pairs, _versions, say
from tests.contract.test_undoing import Act, Story, Version, holding
from tests.neo4j_server import RunningServer
from tests.store.made_up import AT

TODAY: Final = AT.date()
REPLIES: Final = {
    "accept": (Reply.ACCEPT, Why.GOOD_FIT),
    "not_now": (Reply.NOT_NOW, Why.NO_TIME),
    "no": (Reply.NO, Why.COMPETITORS),
    "fact": (Reply.NO, Why.ALREADY_WORK_TOGETHER),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a person decides of two entries, or takes back."""

    what: str
    pair: tuple[str, str]


Happening = Act | Word | Said
_said = st.builds(Said, st.sampled_from([*REPLIES, "fact", "met", "back", "back"]), _pairs)
_words = st.builds(Word, st.sampled_from(["same", "same", "different", "unmerge"]), _pairs)
_stories = st.lists(_acts | _words | _said | _said, min_size=5, max_size=14)


def outlook(store: GraphStore) -> Outlook:
    return Outlook(store, lambda: TODAY)


def decide(store: GraphStore, said: Said, number: int) -> str:
    """Do what a person does; return the id of the act that was noted, or nothing where it is refused."""
    a, b = said.pair
    now = AT + timedelta(minutes=number)
    try:
        if said.what in REPLIES:
            done = deciding.decide(store, outlook(store), Deciding(a, b, *REPLIES[said.what], "Maija"), now=now)
        elif said.what == "met":
            done = deciding.follow_up(store, outlook(store), Following(a, b, Event.MET, "Maija"), now=now)
        else:
            done = deciding.withdraw_last(store, outlook(store), (a, b), "Matti", now=now)
    except (InvalidValue, NotFound):
        return ""
    return done.act.id if done.noted else ""


def known(store: GraphStore) -> Known:
    return deciding.known(store, outlook(store))


def check(store: GraphStore) -> None:
    """Facts are those of the acts that stand; what stands is about bodies, and follows from log and identity alone."""
    found, snapshot = known(store), store.snapshot()
    facts = {kept.collaboration_id(act): act for act in found.log.acts if act.is_fact and found.log.stands(act)}
    assert {each.id for each in snapshot.collaborations if each.source == COORDINATOR} == facts.keys()
    claimed = [(each.collaboration, each.actor) for each in snapshot.participations if each.source == COORDINATOR]
    assert sorted(claimed) == sorted((id_, actor) for id_, act in facts.items() for actor in act.gap.subjects)
    assert (COORDINATOR in {source.id for source in snapshot.sources}) == bool(facts)
    today = IdentityLevel.CURRENT
    bodies = identify(snapshot.actors, snapshot.links, today, TODAY, snapshot.judgements).canonical
    again = Log(reversed(found.log.acts)).decisions(lambda id_: bodies.get(id_, id_))
    assert again == found.decisions
    away = found.away(today)
    for gap, decision in found.decisions.items():
        assert gap == decision.reply.gap.of_bodies(found.standing)
        assert (gap.subjects in away) == (not gap.closed), "every reply of these stories holds today"
    entries = {
        pair for pair in found.away(IdentityLevel.RECORDED) if set(pair) <= {actor.id for actor in snapshot.actors}
    }
    assert {Gap.between(*pair).of_bodies(found.standing).subjects for pair in entries} <= away


def live(stores: Sequence[GraphStore], folder: Path, versions: list[Version], story: list[Happening]) -> None:
    """Let the same things happen to all stores; then take all decisions back: what files and judgements say is left."""
    told = [Story(store, folder / str(at), versions) for at, store in enumerate(stores)]
    for number, happening in enumerate(story):
        before = [each.store.graph_hash() for each in told]
        if isinstance(happening, Said):
            acts = {decide(each.store, happening, number) for each in told}
            assert len(acts) == 1, "the engines note the same act, under the same id"
            if (act := acts.pop()) and happening.what != "back":
                _at_once_taken_back(stores, act, happening, number, before)
            elif not act:
                assert [each.store.graph_hash() for each in told] == before, "what is refused changes nothing"
        elif isinstance(happening, Word):
            assert len({say(each.store, happening) for each in told}) == 1
        else:
            for each in told:
                each.act(happening)
        assert len({each.store.graph_hash() for each in told}) == 1
        assert len({kept.log(each.store).acts for each in told}) == 1
        if told[0].ended():
            for each in told:
                check(each.store)
    if told[0].ended():
        for each in told:
            _take_all_back(each.store)
            assert holding(each.store) == each.told_anew(), "a fresh graph with the files that hold"


def _at_once_taken_back(stores: Sequence[GraphStore], act: str, said: Said, number: int, before: list[str]) -> None:
    """An act that is taken back at once restores graph and decisions; said again, it is noted again."""
    for store, hash_before in zip(stores, before, strict=True):
        with_it = known(store).decisions
        deciding.withdraw(store, outlook(store), act, "Matti", now=AT)
        assert store.graph_hash() == hash_before
        assert not deciding.withdraw(store, outlook(store), act, "Matti", now=AT).noted
        assert decide(store, said, number)
        assert with_it.keys() == known(store).decisions.keys()


def _take_all_back(store: GraphStore) -> None:
    while standing := [act for act in kept.log(store).acts if kept.log(store).stands(act)]:
        deciding.withdraw(store, outlook(store), standing[-1].id, "Matti", now=AT)
    assert known(store).decisions == {}


_settings = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@settings(_settings, max_examples=30)
@given(versions=_versions, story=_stories)
def test_after_any_history_what_is_taken_back_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, versions: list[Version], story: list[Happening]
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    store = open_store(Settings.load(store=":memory:"))
    try:
        live([store], tmp_path, versions, story)
    finally:
        store.close()


@pytest.mark.neo4j
@settings(_settings, max_examples=5)
@given(versions=_versions, story=_stories)
def test_the_same_happens_on_both_engines(
    neo4j_running: RunningServer,
    neo4j_store: GraphStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    versions: list[Version],
    story: list[Happening],
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    neo4j_running.wipe()
    embedded = open_store(Settings.load(store=":memory:"))
    try:
        live([embedded, neo4j_store], tmp_path, versions, story)
    finally:
        embedded.close()
