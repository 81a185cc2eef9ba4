"""Imports of several files, cuts, undoings and persons' judgements in any order: what is taken back leaves no trace.

The files' names are such that the matching of imports finds sure and doubtful pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc import judging, loading
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.judging import Saying
from graphsvc.model import IdentityLevel, Snapshot, Verdict
from graphsvc.resolve.identity import identify
from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore, snapshot_hash
from graphsvc.store.opening import open_store
from graphsvc.store.undoing import undo
from graphsvc.uniting import pair_of
from tests.contract.test_loading import load
from tests.contract.test_undoing import SOURCES, Act, Story, Version, holding, write
from tests.neo4j_server import RunningServer
from tests.store.made_up import AT

NAMES: Final = (
    "Techila Technologies Oy",
    "Techila Technologies",
    "TECHILA TECHNOLOGIES OY",
    "Vaisala Oyj",
    "Wihuri Oy",
)
WORDS: Final = {"same": Verdict.SAME, "different": Verdict.DIFFERENT, "unsure": Verdict.UNSURE}


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that a person says of two entries, or takes back."""

    what: str
    pair: tuple[str, str]


@st.composite
def _version(draw: st.DrawFn) -> Version:
    ids = draw(st.lists(st.sampled_from("abcd"), unique=True, min_size=1))
    places = st.sampled_from([";", "Tampere;", "Nokia;"])
    rows = tuple(f"{id_};{draw(st.sampled_from(NAMES))};firm;{draw(places)};" for id_ in ids)
    links = tuple(
        f"{ids[0]};{other};{draw(st.sampled_from(['same as', 'unit of']))}"
        for other in ids[1:]
        if not draw(st.integers(0, 3))
    )
    return (("Actors", rows), ("Collaborations", ()), ("Participations", ()), ("Links", links))


_pairs = st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")).filter(lambda pair: pair[0] != pair[1])
_acts = st.builds(
    Act,
    st.sampled_from(["load", "load", "load", "cut", "undo"]),
    st.sampled_from(SOURCES[:2]),
    st.integers(0, 2),
    st.integers(0, 3),
)
_words = st.builds(Word, st.sampled_from(["same", "same", "different", "unsure", "withdrawn", "unmerge"]), _pairs)
_stories = st.lists(_acts | _words, min_size=4, max_size=12)
_versions = st.lists(_version(), min_size=3, max_size=3)


def say(store: GraphStore, word: Word) -> bool:
    """Do what a person does; False when it is refused."""
    saying = Saying(*word.pair, by="Maija", reason="so it is")
    try:
        if word.what in WORDS:
            judging.judge(store, saying, WORDS[word.what], now=AT)
        elif word.what == "unmerge":
            judging.unmerge(store, saying, now=AT)
        else:
            judging.withdraw(store, saying, now=AT)
    except (InvalidValue, NotFound):
        return False
    return True


def bare(snapshot: Snapshot) -> str:
    """Return the digest of what files say."""
    return snapshot_hash(replace(snapshot, judgements=()))


def check_words(store: GraphStore) -> None:
    """What counts is about entries that are there, is the same in both ways of asking, and keeps apart what must be."""
    snapshot = store.snapshot()
    ids = {actor.id for actor in snapshot.actors}
    words = snapshot.judgements
    assert words == store.judgements()
    assert all(word.a in ids and word.b in ids for word in words)
    bodies = identify(snapshot.actors, snapshot.links, IdentityLevel.CURRENT, None, words).bodies
    for word in words:
        assert (bodies[word.a] == bodies[word.b]) == (word.verdict is Verdict.SAME) or word.verdict is Verdict.UNSURE
    without_unsure = tuple(word for word in words if word.verdict is not Verdict.UNSURE)
    assert identify(snapshot.actors, snapshot.links, IdentityLevel.CURRENT, None, without_unsure).bodies == bodies


def live(stores: Iterable[GraphStore], folder: Path, versions: list[Version], story: list[Act | Word]) -> None:
    """Let the same things happen to all stores, and look at them after each."""
    told = [Story(store, folder / str(at), versions) for at, store in enumerate(stores)]
    for act in story:
        befores = [each.store.graph_hash() for each in told]
        assert len(set(befores)) == 1, "the engines agree"
        if isinstance(act, Word):
            done = {say(each.store, act) for each in told}
            assert len(done) == 1
            _look_at_word(told, act, befores[0], done=done.pop())
        else:
            ready = told[0].ended()
            for each in told:
                each.act(act)
            if told[0].ended():
                _look_at_import(told, act, befores[0], ready=ready)
        for each in told:
            check_words(each.store)


def _look_at_word(told: list[Story], word: Word, before: str, *, done: bool) -> None:
    for each in told:
        store = each.store
        if not done:
            assert store.graph_hash() == before, "what is refused changes nothing"
        elif word.what in WORDS:
            counts = store.judgement_log().of(pair_of(*word.pair))
            assert counts is not None
            assert counts.verdict is WORDS[word.what]
            revision = store.revision()
            assert say(store, word)
            assert store.revision() == revision, "the same word again is no change"


def _look_at_import(told: list[Story], act: Act, before: str, *, ready: bool) -> None:
    for each in told:
        store = each.store
        assert holding(store) == each.told_anew(), act
        if act.what != "load":
            continue
        after, revision = store.graph_hash(), store.revision()
        load(store, write(each.folder / act.source, each.versions[act.version]))
        assert (store.graph_hash(), store.revision()) == (after, revision), "the same file again changes nothing"
        current = store.last_import(f"file-{act.source}")
        if ready and current is not None and after != before:
            undo(store, current.id)
            assert store.graph_hash() == before, f"{act}, undone at once"
            load(store, each.folder / act.source)
            assert store.graph_hash() == after, f"{act}, undone and loaded again"


def taken_back(store: GraphStore, story: list[Act | Word], folder: Path, versions: list[Version]) -> None:
    """Say many things, then take every word back, the last one first: the graph is again what it was before each."""
    told = Story(store, folder, versions)
    for act in story:
        if isinstance(act, Act) and act.what != "cut":
            told.act(act)
    before = store.graph_hash()
    said: list[tuple[str, tuple[str, str]]] = []
    for word in story:
        if isinstance(word, Word) and word.what in WORDS:
            hash_before, revision = store.graph_hash(), store.revision()
            if say(store, word) and store.revision() > revision:
                said.append((hash_before, word.pair))
    for hash_before, pair in reversed(said):
        judging.withdraw(store, Saying(*pair, by="Matti"), now=AT)
        assert store.graph_hash() == hash_before
    assert store.graph_hash() == before


_settings = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@settings(_settings, max_examples=30)
@given(versions=_versions, story=_stories)
def test_after_any_history_what_is_taken_back_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, versions: list[Version], story: list[Act | Word]
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    store = open_store(Settings.load(store=":memory:"))
    try:
        live([store], tmp_path, versions, story)
    finally:
        store.close()


@settings(_settings, max_examples=30)
@given(versions=_versions, story=_stories)
def test_words_taken_back_one_by_one_restore_each_graph_on_the_way(
    tmp_path: Path, versions: list[Version], story: list[Act | Word]
) -> None:
    store = open_store(Settings.load(store=":memory:"))
    try:
        taken_back(store, story, tmp_path, versions)
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
    story: list[Act | Word],
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    neo4j_running.wipe()
    embedded = open_store(Settings.load(store=":memory:"))
    try:
        live([embedded, neo4j_store], tmp_path, versions, story)
    finally:
        embedded.close()
