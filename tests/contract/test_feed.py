"""A copy that follows the changes of a graph, one page after the other, always holds what the graph holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc import loading
from graphsvc.judging import Saying, judge
from graphsvc.model import Verdict
from graphsvc.settings import Settings
from graphsvc.store import feed
from graphsvc.store.feed import ChangeKind
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.contract.test_loading import load, tables
from tests.contract.test_undoing import Act, Story, Version, _acts, _versions
from tests.store.made_up import region


class Copy:
    """What another tool keeps of a graph."""

    def __init__(self, store: GraphStore, page: int) -> None:
        self.store = store
        self.page = page
        self.revision = 0
        self.held: dict[tuple[str, str], Any] = {}

    def follow(self) -> None:
        while changes := feed.since(self.store, self.revision, self.page):
            assert [each.revision for each in changes] == list(
                range(self.revision + 1, self.revision + 1 + len(changes))
            )
            for each in changes:
                self._take(each)
            self.revision = changes[-1].revision
        assert self.revision == self.store.revision()

    def _take(self, change: feed.Happened) -> None:
        if not change.complete:
            self.held = whole(self.store)
        for noun, ids in change.there.items():
            for id_ in ids:
                self.held[noun, id_] = thing(self.store, noun, id_)
        for noun, ids in change.gone.items():
            for id_ in ids:
                self.held.pop((noun, id_), None)


def thing(store: GraphStore, noun: str, id_: str) -> Any:
    """Return a thing with what is said of who takes part, as its page shows it."""
    if noun == "actors":
        return store.actor(id_), store.participations_of_actor(id_), store.links_of(id_)
    if noun == "collaborations":
        # The names of those who take part are theirs: they change with them.
        claims = [claim for claim, _ in store.participations_of_collaboration(id_)]
        return store.collaboration(id_), claims
    return next(each for each in getattr(store.snapshot(), noun) if each.id == id_)


def whole(store: GraphStore) -> dict[tuple[str, str], Any]:
    snapshot = store.snapshot()
    nouns = ("actors", "collaborations", "themes", "places", "sources")
    return {(noun, each.id): thing(store, noun, each.id) for noun in nouns for each in getattr(snapshot, noun)}


def without_names(held: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    """Leave out of an actor's page what is a collaboration's own, and counts as touched when the collaboration does."""
    return {
        key: (said[0], [claim for claim, _ in said[1]], said[2]) if key[0] == "actors" else said
        for key, said in held.items()
    }


def _live(store: GraphStore, folder: Path, versions: list[Version], acts: list[Act], page: int) -> None:
    story, copy = Story(store, folder, versions), Copy(store, page)
    for act in acts:
        story.act(act)
        copy.follow()
        assert without_names(copy.held) == without_names(whole(store)), act


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    versions=_versions,
    acts=_acts,
    page=st.integers(1, 4),
    read=st.sampled_from((1, 6, feed.READ)),
    compared=st.sampled_from((0, 1, feed.COMPARED)),
)
def test_a_copy_that_follows_holds_what_the_graph_holds(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    versions: list[Version],
    acts: list[Act],
    page: int,
    read: int,
    compared: int,
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    monkeypatch.setattr(feed, "READ", read)
    monkeypatch.setattr(feed, "COMPARED", compared)
    store = open_store(Settings.load(store=":memory:"))
    try:
        _live(store, tmp_path, versions, acts, page)
    finally:
        store.close()


def test_what_was_broken_off_and_taken_back_is_told_when_it_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    version: Version = (
        ("Actors", tuple(f"{each};{each} Oy;;;;;;;" for each in "abcd")),
        ("Collaborations", ()),
        ("Participations", ()),
        ("Links", ()),
    )
    acts = [Act("cut", "two", 0, writes=1), Act("undo", "two"), Act("cut", "two", 0, writes=2)]
    store = open_store(Settings.load(store=":memory:"))
    try:
        _live(store, tmp_path, [version], acts, 1)
        assert store.revision() > 2, "each was broken off after a change"
    finally:
        store.close()


def test_what_changed_is_told_and_what_did_not_is_not(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "net", actors="a;Aalto;;;\nb;Bee;;;\nc;Cee;;;\n"))
    before = store.revision()
    load(store, tables(tmp_path / "net", actors="a;Aalto;;;\nb;Bee Oy;;;\nd;Dee;;;\n"))
    changes = feed.since(store, before, 100)
    assert [each.kind for each in changes] == [ChangeKind.IMPORT] * len(changes)
    there = {id_ for each in changes for id_ in each.there.get("actors", ())}
    assert there == {"b", "d"}, "a is as it was"
    assert [each.gone.get("actors", ()) for each in changes][-1] == ("c",)
    assert all(each.complete and each.import_ and each.import_.source == "file-net" for each in changes)


def test_a_page_costs_about_the_same_whatever_it_tells_of(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    monkeypatch.setattr(feed, "READ", 5)
    rows = "".join(f"{each};{each} Oy;;;\n" for each in "abcdefghijkl")
    load(store, tables(tmp_path / "net", actors=rows))
    whole = store.revision()
    assert len(feed.since(store, 0, 50)) < whole, "a page ends with the change that reaches the most that is read"
    monkeypatch.setattr(feed, "COMPARED", 1)
    load(store, tables(tmp_path / "net", actors=rows.replace("b Oy", "Bee")))
    told: list[feed.Happened] = []
    while page := feed.since(store, told[-1].revision if told else whole, 50):
        told += page
    assert {id_ for each in told for id_ in each.there.get("actors", ())} == set("abcdefghijkl"), "not compared"
    assert [each.complete for each in told] == [True] * (len(told) - 1) + [False]


def test_a_persons_word_is_told_with_whom_it_is_about(store: GraphStore) -> None:
    store.apply(region())
    judge(store, Saying("aa", "works", by="Maija", reason="register"), Verdict.DIFFERENT)
    (change,) = feed.since(store, 1, 10)
    assert (change.kind, change.by, change.reason) == (ChangeKind.JUDGEMENT, "Maija", "register")
    assert change.there == {"actors": ("aa", "works")}
    assert feed.since(store, 2, 10) == ()
