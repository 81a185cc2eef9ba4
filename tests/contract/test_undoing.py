"""Undoing an import gives exactly the graph before it, whatever other files said meanwhile: by random histories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc import loading
from graphsvc.errors import InvalidValue, NotFound, StoreUnavailable
from graphsvc.model import Actor, ActorKind, Collaboration, Name, Participation, Place, PlaceKind, Record
from graphsvc.samples import sample_path
from graphsvc.settings import Settings
from graphsvc.store import records
from graphsvc.store.differences import Difference, SaidBy, said_by
from graphsvc.store.graph_store import GraphStore, snapshot_hash
from graphsvc.store.opening import open_store
from graphsvc.store.precedence import End, Preference, Preferred, prefer
from graphsvc.store.records import Wanted
from graphsvc.store.undoing import undo
from tests.contract.test_loading import CutEngine, load, tables
from tests.neo4j_server import RunningServer
from tests.store.made_up import AT, claims, run

SOURCES: Final = ("one", "two", "three")
HEADS: Final = {
    "Actors": "id;name;kind;municipality;region;website;isni;Contact;Size",
    "Collaborations": "id;name;start;end;themes",
    "Participations": "actor;collaboration;role;source;start;end",
    "Links": "actor;other;kind",
}

Version = tuple[tuple[str, tuple[str, ...]], ...]
"""Sheet → its rows as text."""


_customers: Final = [
    ("customer", starts) for starts in [("",), ("2019-01-01",), ("2023-01-01", "2019-01-01"), ("2023-01-01", "")]
]


@st.composite
def _version(draw: st.DrawFn) -> Version:
    """A small file: some of four actors and two collaborations that all files know, each as it likes."""
    actors = draw(st.lists(st.sampled_from("abcd"), unique=True, min_size=1))
    collaborations = draw(st.lists(st.sampled_from("xy"), unique=True))
    names, kinds = st.sampled_from(["Aalto", "AALTO", "Bee Oy"]), st.sampled_from(["", "firm", "university"])
    places = st.sampled_from([";", "Tampere;", "Nokia;", ";Pirkanmaa", ";Uusimaa"])
    days = st.sampled_from(["", "2020-01-01", "2021-05-05"])
    isnis = st.sampled_from(["", "0000 0001 2314 6254", "0000 0001 2146 438X"])
    contacts, sizes = st.sampled_from(["", "Aino", "Eino"]), st.sampled_from(["", "9"])
    registers = st.sampled_from(["", "Register"])
    roles = st.sampled_from([("", ("",)), ("lead", ("2019-01-01",)), *_customers])
    said = [
        (
            "Actors",
            tuple(
                f"{id_};{draw(names)};{draw(kinds)};{draw(places)};{draw(st.sampled_from(['', 'www.a.fi']))};"
                f"{draw(isnis) if id_ == 'a' else ''};{draw(contacts)};{draw(sizes)}"
                for id_ in actors
            ),
        ),
        (
            "Collaborations",
            tuple(
                f"{id_};Hanke {draw(names)};{draw(days)};{draw(st.sampled_from(['', '2022-02-02']))};"
                f"{draw(st.sampled_from(['', 'Energy', 'Health']))}"
                for id_ in collaborations
            ),
        ),
        (
            "Participations",
            tuple(
                f"{actor};{collaboration};{role};{draw(registers)};{start};{draw(st.sampled_from(['', '2025-01-01']))}"
                for actor in actors
                for collaboration in collaborations
                if draw(st.booleans())
                for role, starts in [draw(roles)]
                for start in starts
            ),
        ),
        (
            "Links",
            tuple(f"{actors[0]};{other};same as" for other in actors[1:] if draw(st.booleans())),
        ),
    ]
    return tuple((sheet, rows) for sheet, rows in said)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happens to a graph."""

    what: Literal["load", "cut", "undo", "prefer"]
    source: str
    version: int = 0
    writes: int = 0


_acts = st.lists(
    st.builds(
        Act,
        st.sampled_from(["load", "load", "cut", "undo", "undo", "prefer"]),
        st.sampled_from(SOURCES),
        st.integers(0, 2),
        st.integers(0, 4),
    ),
    min_size=3,
    max_size=9,
)
_versions = st.lists(_version(), min_size=3, max_size=3)


def write(folder: Path, version: Version) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    for sheet, rows in version:
        (folder / f"{sheet}.csv").write_text("\n".join([HEADS[sheet], *rows]) + "\n", encoding="utf-8")
    return folder


def said_of(store: GraphStore, id_: str) -> list[Record]:
    """Return the rows that speak of an actor."""
    return [kept.record for kept in records.of_actors(store.engine, [id_], Wanted()).items]


def holding(store: GraphStore) -> dict[str, Any]:
    """Return all that files say in a graph: the snapshot's digest, the records, what is kept apart of each file.

    Not judgements: what the matching says depends on what was there; ``test_judging_histories`` is about these.
    """
    return {
        "hash": snapshot_hash(replace(store.snapshot(), judgements=())),
        "records": {id_: said_of(store, id_) for id_ in "abcd"},
        "counts": (store.status().records, store.status().participations, store.status().links),
    }


@dataclass(slots=True)
class Story:
    """What should be in the graph: of each source the versions that hold, the last being what it says now."""

    store: GraphStore
    folder: Path
    versions: list[Version]
    held: dict[str, list[int]] = field(default_factory=lambda: {source: [] for source in SOURCES})
    order: list[str] = field(default_factory=list)
    """The sources in the order of precedence: by their first import, then as persons wish."""

    def act(self, act: Act) -> None:
        if act.what == "undo":
            self._undo(act.source)
            return
        if act.what == "prefer":
            self._prefer(act)
            return
        path = write(self.folder / act.source, self.versions[act.version])
        writing = self.store if act.what == "load" else GraphStore(CutEngine(self.store.engine, act.writes))
        checked = loading.check(writing, path)
        try:
            loading.load(writing, checked)
        except StoreUnavailable:
            pass
        else:
            self.held[act.source] += [] if checked.already_loaded else [act.version]
        if act.source not in self.order and self.store.history(f"file-{act.source}").newest:
            self.order.append(act.source)

    def _undo(self, source: str) -> None:
        history, mine = self.store.history(f"file-{source}"), self.held[source]
        if history.broken_off and not history.broken_off.undoes:
            undo(self.store, history.broken_off.id)
        elif history.current:
            assert undo(self.store, history.current.id).undone == history.current
            mine.pop()
        else:
            assert mine == []

    def _prefer(self, act: Act) -> None:
        """Put a source first or last, or just before the next one of :data:`SOURCES`."""
        over = SOURCES[(SOURCES.index(act.source) + 1) % len(SOURCES)] if act.version == 2 else None
        end = None if over else (End.FIRST, End.LAST)[act.version]
        if {act.source, over} - {None} <= set(self.order):
            others = [source for source in self.order if source != act.source]
            at = others.index(over) if over else 0 if end is End.FIRST else len(others)
            wished = [*others[:at], act.source, *others[at:]]
            wish = Preference(f"file-{act.source}", over and f"file-{over}", end, by="Aino")
            done = prefer(self.store, wish)
            assert (done.order, done.changed) == (tuple(f"file-{each}" for each in wished), wished != self.order)
            self.order = wished

    def ended(self) -> bool:
        return not any(self.store.history(f"file-{source}").broken_off for source in SOURCES)

    def told_anew(self) -> dict[str, Any]:
        """Return what a fresh graph holds into which each file that holds was loaded, in the order of precedence."""
        fresh = open_store(Settings.load(store=":memory:"))
        try:
            for source in self.order:
                if self.held[source]:
                    load(fresh, write(self.folder / source, self.versions[self.held[source][-1]]))
            return holding(fresh)
        finally:
            fresh.close()


def _live(store: GraphStore, folder: Path, versions: list[Version], acts: list[Act]) -> None:
    story = Story(store, folder, versions)
    for act in acts:
        before, hash_before = holding(store), store.graph_hash()
        ready = story.ended()
        story.act(act)
        if not story.ended():
            continue
        found = holding(store)
        assert found == story.told_anew(), act
        if ready and act.what == "load" and found != before:
            current = store.last_import(f"file-{act.source}")
            assert current is not None
            undo(store, current.id)
            assert (holding(store), store.graph_hash()) == (before, hash_before), f"{act}, undone at once"
            story.held[act.source].pop()


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(versions=_versions, acts=_acts)
def test_after_any_history_the_graph_is_what_the_files_that_hold_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, versions: list[Version], acts: list[Act]
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    store = open_store(Settings.load(store=":memory:"))
    try:
        _live(store, tmp_path, versions, acts)
    finally:
        store.close()


@pytest.mark.neo4j
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(versions=_versions, acts=_acts)
def test_the_same_holds_on_neo4j(
    neo4j_running: RunningServer,
    neo4j_store: GraphStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    versions: list[Version],
    acts: list[Act],
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 3)
    neo4j_running.wipe()
    _live(neo4j_store, tmp_path, versions, acts)


# ---- single stories, on every engine


def test_a_file_that_renames_an_actor_of_the_sample_leaves_no_trace(store: GraphStore, tmp_path: Path) -> None:
    load(store, sample_path())
    tau = next(actor for actor in store.snapshot().actors if actor.name == "Tampereen yliopisto")
    before = store.graph_hash()
    shouting = f"x;TAMPEREEN KORKEAKOULUSAATIO SR;other;{tau.business_id or ''};{tau.pic or ''}\n"
    load(store, tables(tmp_path / "cordis", actors=shouting))
    found = store.actor(tau.id)
    assert found is not None
    assert found.name == "Tampereen yliopisto", "the sample was there first"
    assert "TAMPEREEN KORKEAKOULUSAATIO SR" in {name.text for name in found.names}
    assert store.graph_hash() != before
    last = store.last_import("file-cordis")
    assert last is not None
    undo(store, last.id)
    assert store.graph_hash() == before
    assert store.last_import("file-cordis") is None
    assert not loading.check(store, tmp_path / "cordis").already_loaded


def test_what_is_not_the_last_import_is_not_undone(store: GraphStore, tmp_path: Path) -> None:
    for name in ("Aalto", "Aalto-yliopisto"):
        load(store, tables(tmp_path / "net", actors=f"a;{name};;;\n"))
    first, second = store.imports()
    with pytest.raises(InvalidValue, match=f"Undo {second.id} first"):
        undo(store, first.id)
    with pytest.raises(NotFound, match="import"):
        undo(store, "nothing")
    done = undo(store, second.id)
    assert done.restored == first
    assert [actor.name for actor in store.snapshot().actors] == ["Aalto"]
    with pytest.raises(InvalidValue, match="nothing to undo"):
        undo(store, second.id)
    with pytest.raises(InvalidValue, match="load the file again"):
        undo(store, store.imports()[-1].id)
    assert undo(store, first.id).restored is None
    left = store.snapshot()
    assert (left.actors, left.sources) == ((), ())


def test_an_undoing_cut_anywhere_and_run_again_ends_the_same(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 2)
    many = "".join(f"a{number};Actor {number};;;\n" for number in range(7))
    load(store, tables(tmp_path / "net", actors=many))
    before = store.graph_hash()
    load(store, tables(tmp_path / "net", actors=many.replace("Actor", "Other")))
    last = store.last_import("file-net")
    assert last is not None
    for writes in (1, 0, 2):
        with pytest.raises(StoreUnavailable):
            undo(GraphStore(CutEngine(store.engine, writes)), last.id)
    done = undo(store, last.id)
    assert (done.batches_known, done.batches_written) == (3, 2)
    assert store.graph_hash() == before


def test_contradictions_are_shown_with_their_sources(store: GraphStore, tmp_path: Path) -> None:
    one, two = "a;Aalto;university;2228357-4;\nb;Bee Oy;firm;;\n", "a;AALTO;firm;2228357-4;999903161\nb;Bii Oy;;;\n"
    load(
        store,
        tables(tmp_path / "one", actors=one, collaborations="c;Hanke;2020-01-01\n", participations="a;c;\nb;c;\n"),
    )
    assert store.differences_of_actor("a") == ()
    load(store, tables(tmp_path / "two", actors=two, collaborations="c;Hanke;2021-01-01\n", participations="a;c;\n"))

    def told(differences: Sequence[Difference]) -> dict[str, list[tuple[str, str]]]:
        return {each.property: [(said.value, said.name) for said in each.said] for each in differences}

    assert told(store.differences_of_actor("a")) == {"kind": [("university", "one"), ("firm", "two")]}
    assert told(store.differences_of_actor("b")) == {"name": [("Bee Oy", "one"), ("Bii Oy", "two")]}
    assert told(store.differences_of_collaboration("c")) == {
        "starts": [("2020-01-01", "one"), ("2021-01-01", "two")],
        "participants": [("Bee Oy", "one")],
    }
    actor = store.actor("a")
    assert actor is not None
    assert (actor.name, actor.kind.value, actor.pic) == ("Aalto", "university", "999903161"), "the first file's word"
    assert store.differences_of_actor("nobody") == ()


def test_a_person_is_believed_before_any_file_and_keeps_the_word(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="a;Aalto;university;;\n"))
    store.apply(claims("by hand", Actor(id="a", name="Aalto-yliopisto")))
    load(store, tables(tmp_path / "two", actors="a;AALTO;firm;;\n"))
    assert [(actor.name, actor.kind.value) for actor in store.snapshot().actors] == [("Aalto-yliopisto", "university")]
    for source in ("file-one", "file-two"):
        last = store.last_import(source)
        assert last is not None
        undo(store, last.id)
    assert [(actor.name, actor.kind.value) for actor in store.snapshot().actors] == [("Aalto-yliopisto", "unknown")]


def test_what_is_put_back_does_not_fail_for_what_another_file_described(store: GraphStore, tmp_path: Path) -> None:
    """The first version speaks of an actor that only another file described, and that one is undone meanwhile."""
    other, mine = run(1, "other"), run(1, "mine")
    store.apply(
        claims("other", Actor(id="a", name="Aalto"), Collaboration(id="c", name="C"), import_=other, finishes=True)
    )
    before = Participation(actor="a", collaboration="c", source="mine")
    store.apply(claims("mine", before, import_=mine, finishes=True))
    newer = replace(run(2, "mine"), id="mine.2")
    store.apply(claims("newer", Actor(id="b", name="Bee"), import_=newer, finishes=True))
    undo(store, other.id)
    assert [actor.id for actor in store.snapshot().actors] == ["b"]
    undo(store, newer.id)
    found = store.snapshot()
    assert [(actor.id, actor.name) for actor in found.actors] == [("a", "a")], "nothing names it any more"
    assert found.participations == (before,)


def test_an_embedded_graph_that_was_closed_is_written_on(tmp_path: Path) -> None:
    """The engine forgets properties that nothing has; a statement that asks for one must not fail after a restart."""
    where = Settings.load(store=str(tmp_path / "graph.kgl"))
    for names in (["a;Aalto;;;\n"], ["a;Aalto 2;;;\n"], ["b;Bee;;;\n"]):
        store = open_store(where)
        try:
            load(store, tables(tmp_path / "net", actors="".join(names)))
        finally:
            store.close()
    store = open_store(where)
    try:
        for name in ("Aalto 2", "Aalto"):
            undo(store, store.history("file-net").versions[-1].id)
            assert [actor.name for actor in store.snapshot().actors] == [name]
    finally:
        store.close()


def test_a_person_decides_whose_word_is_shown(store: GraphStore, tmp_path: Path) -> None:
    load(store, tables(tmp_path / "one", actors="a;Aalto;university;;\n"))
    load(store, tables(tmp_path / "two", actors="a;AALTO;firm;;\nb;Bee;;;\n"))
    before = (store.revision(), store.graph_hash())
    wish = Preference("file-two", "file-one", by="Aino", reason="It is the register")
    done = prefer(store, wish, now=lambda: AT)
    assert done == Preferred(("file-two", "file-one"), changed=True, revision=before[0] + 1)
    assert store.graph_hash() != before[1]
    actor = store.actor("a")
    assert actor is not None
    assert (actor.name, actor.kind.value) == ("AALTO", "firm")
    assert [(each.id, each.precedence) for each in store.status().sources] == [("file-two", 1), ("file-one", 2)]
    assert not prefer(store, wish).changed, "wished again"
    noted = store.changes_of_persons()
    assert [(each.name, each.by, each.at, each.reason) for each in noted] == [
        ("file-two preferred over file-one", "Aino", AT, "It is the register")
    ]
    last = store.last_import("file-two")
    assert last is not None
    undo(store, last.id)
    load(store, tables(tmp_path / "two", actors="a;AALTO 2;firm;;\n"))
    assert [actor.name for actor in store.snapshot().actors] == ["AALTO 2"], "the order is kept"
    assert prefer(store, Preference("file-two", end=End.LAST, by="Eino")).changed
    assert [(actor.name, actor.kind.value) for actor in store.snapshot().actors] == [("Aalto", "university")]


def test_an_order_that_changes_while_an_import_goes_on_holds_for_all_of_it(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its later batches still carry the precedence that the source had when the import began."""
    monkeypatch.setattr(loading, "BATCH_ROWS", 1)
    load(store, tables(tmp_path / "one", actors="a;One A;;;\nb;One B;;;\n"))
    path = tables(tmp_path / "two", actors="a;Two A;;;\nb;Two B;;;\n")

    def between(done: int, _total: int) -> None:
        if store.history("file-two").newest and not store.changes_of_persons():
            prefer(store, Preference("file-two", end=End.FIRST, by="Aino"))

    loading.load(store, loading.check(store, path), between)
    assert len(store.changes_of_persons()) == 1, "the order was changed in the middle"
    assert [actor.name for actor in store.snapshot().actors] == ["Two A", "Two B"]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"source": "file-one"}, "one of the three"),
        ({"source": "file-one", "over": "file-one"}, "over itself"),
        ({"source": "file-one", "over": "x", "end": End.LAST}, "one of the three"),
        ({"source": "file-one", "end": End.LAST, "by": " "}, "who"),
        ({"source": "register", "end": End.LAST}, "no file source 'register'"),
        ({"source": "file-one", "over": "register"}, "There are file-one"),
    ],
)
def test_a_wish_that_can_not_be(embedded_store: GraphStore, tmp_path: Path, wish: dict[str, Any], said: str) -> None:
    load(embedded_store, tables(tmp_path / "one", actors="a;Aalto;university;;\n"))
    with pytest.raises((InvalidValue, NotFound), match=said):
        prefer(embedded_store, Preference(**{"by": "Aino", **wish}))


def test_a_place_inside_another_is_no_contradiction_and_own_columns_can_be_one(store: GraphStore) -> None:
    where = (
        Place(id="FI197", name="Pirkanmaa", kind=PlaceKind.REGION),
        Place(id="tampere", name="Tampere", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
        Place(id="turku", name="Turku", kind=PlaceKind.MUNICIPALITY),
    )
    files = [replace(run(1, file), precedence=rank) for rank, file in enumerate(("one", "two", "three"))]
    said = (
        Actor(id="a", name="A", place="FI197", names=(Name(text="Aa"),), attributes={"Contact": "Aino", "Size": "9"}),
        Actor(id="a", name="Á", place="tampere", kind=ActorKind.FIRM, attributes={"Contact": "Eino", "Size": "9"}),
        Actor(id="a", name="Aa", place="turku", attributes={"Phone": "1"}),
    )
    for import_, actor in zip(files[:2], said[:2], strict=True):
        store.apply(claims(import_.id, *where, actor, import_=import_, finishes=True))
    assert [(each.property, each.among) for each in store.differences_of_actor("a")] == [("attributes.Contact", 2)]
    store.apply(claims("three", *where, said[2], import_=files[2], finishes=True))
    assert [(each.property, each.among) for each in store.differences_of_actor("a")] == [
        ("name", 3),
        ("place", 3),
        ("attributes.Contact", 2),
    ]
    found = store.actor("a")
    assert found is not None
    shown = {
        "name": found.name,
        "kind": found.kind.value,
        "place": found.place,
        "names": [name.text for name in found.names],
        "attributes": found.attributes,
    }
    assert said_by(store.descriptions_of_actor("a"), shown) == SaidBy(
        values={"name": ("one", "two"), "kind": ("two",), "place": ("two",)},
        names={"Aa": ("one", "three"), "Á": ("two",)},
        attributes={"Contact": ("one",), "Phone": ("three",), "Size": ("one", "two")},
    )


@pytest.mark.parametrize(("place", "order"), [(1, "cab"), (2, "acb"), (3, "abc"), (9, "abc")])
def test_a_place_is_counted_among_the_sources_that_are_there(
    embedded_store: GraphStore, tmp_path: Path, place: int, order: str
) -> None:
    """One of which every import is undone keeps its place in the order, and is not counted."""
    for name in "xabc":
        load(embedded_store, tables(tmp_path / name, actors="a;Aalto;;;\n"))
    gone = embedded_store.last_import("file-x")
    assert gone is not None
    undo(embedded_store, gone.id)
    prefer(embedded_store, Preference("file-c", place=place, by="Aino"))
    listed = {each.precedence: each.id for each in embedded_store.source_statuses()}
    assert listed == {number: f"file-{name}" for number, name in enumerate(order, 1)}
