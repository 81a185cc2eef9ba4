"""What every store must do, whatever the engine under it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graphsvc.errors import InvalidValue, StatementError, StoreError
from graphsvc.model import (
    Actor,
    ActorKind,
    Claim,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Name,
    Participation,
    Place,
    PlaceKind,
    Record,
    Source,
    Theme,
)
from graphsvc.store import records
from graphsvc.store.change import Change, steps
from graphsvc.store.engine import Step
from graphsvc.store.finding import ActorSearch, CollaborationSearch, Cursor, Found
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.records import Kept, Wanted
from tests.store.made_up import AT, CLAIMS, FILE, RECORDS, claims, region, run

Said = dict[type, list[Any]]


def _said() -> Said:
    said: Said = {}
    for claim in CLAIMS:
        said.setdefault(type(claim), []).append(claim)
    return said


def _by_id(things: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(things, key=lambda thing: str(thing.id)))


# ---- what comes in comes out


def test_a_snapshot_returns_what_was_said_sorted(store: GraphStore) -> None:
    assert store.apply(region())
    said, found = _said(), store.snapshot()
    assert found.revision == 1
    assert found.actors == _by_id(said[Actor])
    assert found.sources == _by_id(said[Source])
    assert found.places == _by_id(said[Place])
    assert found.themes == _by_id(said[Theme])
    assert found.collaborations == tuple(
        claim.model_copy(update={"themes": tuple(sorted(claim.themes))}) for claim in _by_id(said[Collaboration])
    )
    assert found.participations == tuple(
        sorted(said[Participation], key=lambda p: (p.collaboration, p.actor, p.source, p.role))
    )
    assert found.links == tuple(sorted(said[Link], key=lambda link: (link.actor, link.other)))


def test_an_empty_store_is_at_revision_zero(store: GraphStore) -> None:
    status = store.status()
    assert (store.revision(), status.revision, status.actors, status.records, status.sources) == (0, 0, {}, 0, ())
    assert store.snapshot().actors == ()
    assert store.actors(ActorSearch()).total == 0


def test_preparing_again_changes_nothing(store: GraphStore) -> None:
    store.apply(region())
    before = store.graph_hash()
    store.prepare()
    assert store.graph_hash() == before


def test_money_is_exact(store: GraphStore) -> None:
    store.apply(region())
    amounts = [p.money.amount for p in store.snapshot().participations if p.money]
    assert amounts == [Decimal("9999999999999.10")]
    assert [str(amount) for amount in amounts] == ["9999999999999.10"]


# ---- a change happens once


def test_the_same_change_twice_writes_once(store: GraphStore) -> None:
    assert store.apply(region())
    before = store.graph_hash()
    assert not store.apply(region())
    assert (store.revision(), store.graph_hash()) == (1, before)


def test_steps_replayed_by_a_driver_change_nothing(store: GraphStore) -> None:
    store.engine.write(steps(region()))
    before = (store.revision(), store.graph_hash(), store.status())
    store.engine.write(steps(region()))
    assert (store.revision(), store.graph_hash(), store.status()) == before


def test_what_was_said_does_not_depend_on_how_it_was_cut(store: GraphStore) -> None:
    store.apply(region())
    whole = store.graph_hash()
    for number, claim in enumerate(CLAIMS):
        store.apply(claims(f"piece {number}", claim))
    assert store.graph_hash() == whole
    assert store.revision() == 1 + len(CLAIMS)


def test_a_change_that_fails_in_the_middle_leaves_nothing(store: GraphStore) -> None:
    store.apply(region())
    before = (store.revision(), store.graph_hash())
    good = steps(claims("half", Actor(id="new", name="New")))
    bad = Step("actors/describe", {"rows": [{**good[2].parameters["rows"][0], "id": None}]})
    with pytest.raises(StoreError):
        store.engine.write([*good[:3], bad, *good[3:]])
    assert (store.revision(), store.graph_hash()) == before
    assert not store.knows("half")
    assert store.actor("new") is None


def test_a_bad_row_in_a_batch_leaves_the_whole_batch_out(store: GraphStore) -> None:
    rows = steps(claims("batch", *(Actor(id=f"n{number}", name=f"N {number}") for number in range(5))))[2].parameters[
        "rows"
    ]
    with pytest.raises(StoreError):
        store.engine.write([Step("actors/describe", {"rows": [*rows[:3], {**rows[3], "id": None}, rows[4]]})])
    assert store.actors(ActorSearch()).total == 0


def test_speaking_of_what_nothing_describes_is_refused(store: GraphStore) -> None:
    store.apply(region())
    with pytest.raises(InvalidValue, match="Nothing describes the actor 'ghost'"):
        store.apply(claims("ghost", Participation(actor="ghost", collaboration="h2", source=FILE)))
    with pytest.raises(InvalidValue, match="theme 'alchemy'"):
        store.apply(claims("alchemy", Collaboration(id="c", name="C", themes=("alchemy",))))
    assert store.revision() == 1


def test_threads_that_write_each_raise_the_revision_by_one(store: GraphStore) -> None:
    failures: list[BaseException] = []

    def write(thread: int) -> None:
        try:
            for number in range(5):
                # Every thread also rewrites one shared actor, so that they truly meet.
                said: list[Claim] = [Actor(id="shared", name="Shared"), Actor(id=f"a{thread}.{number}", name="A")]
                assert store.apply(claims(f"{thread}.{number}", *said))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.revision() == 20
    assert store.actors(ActorSearch()).total == 21


# ---- later sources add and correct, they do not erase


def test_a_value_left_out_erases_nothing(store: GraphStore) -> None:
    store.apply(region())
    store.apply(claims("short", Actor(id="aa", name="Åbo Akademi"), Collaboration(id="h2", name="H2")))
    actor, collaboration = store.actor("aa"), store.collaboration("h2")
    said = _said()
    file_says = said[Actor][0]
    spelling = Name(text=file_says.name)
    assert actor == file_says.model_copy(update={"name": "Åbo Akademi", "names": (*file_says.names, spelling)})
    assert collaboration == said[Collaboration][0]


def test_columns_of_their_own_are_united_each_in_the_word_of_the_first_file(store: GraphStore) -> None:
    first, second = (replace(run(1, file), precedence=rank) for rank, file in enumerate(("first", "second")))
    said = [
        (first, {"Contact": "Aino", "=Size": "9,5"}),
        (second, {"Contact": "Eino", "Phone": '{"a": 1},{}'}),
        (first, {"Contact": "Åke", "Size": "10"}),
        (first, {"Contact": "Aino", "=Size": "9,5"}),
    ]
    for number, (import_, attributes) in enumerate(said):
        actor = Actor(id="a", name="A", attributes=attributes)
        together = Collaboration(id="c", name="C", attributes=attributes)
        part = Participation(actor="a", collaboration="c", source=import_.source, attributes=attributes)
        store.apply(claims(f"{number}", actor, together, part, import_=import_))
    united = {"Contact": "Aino", "=Size": "9,5", "Size": "10", "Phone": '{"a": 1},{}'}
    snapshot = store.snapshot()
    assert snapshot.actors[0].attributes == united
    assert snapshot.collaborations[0].attributes == united
    assert {p.source: p.attributes for p in snapshot.participations} == {"first": said[3][1], "second": said[1][1]}
    store.apply(claims("none", Actor(id="a", name="A"), import_=replace(first, id="first.2", sequence=2)))
    assert store.snapshot().actors[0].attributes == said[1][1], "a newer version of the file says nothing of the kind"


def test_a_name_that_any_file_dates_is_shown_with_its_days_only(store: GraphStore) -> None:
    old, again = Name(text="Old", until=date(1911, 2, 3)), Name(text="Old", since=date(2000, 1, 1))
    store.apply(claims("undated", Actor(id="a", name="New", names=(Name(text="Old"), Name(text="Neu")))))
    store.apply(claims("dated", Actor(id="a", name="New", names=(old, again)), import_=run()))
    assert store.snapshot().actors[0].names == (Name(text="Neu"), old, again)


def test_an_unknown_kind_replaces_no_known_one(store: GraphStore) -> None:
    store.apply(region())
    store.apply(claims("unsure", Actor(id="aa", name="Å", kind=ActorKind.UNKNOWN), Actor(id="works.lab", name="eLab")))
    store.apply(claims("sure", Actor(id="works.lab", name="eLab", kind=ActorKind.FIRM)))
    kinds = {actor.id: actor.kind for actor in store.snapshot().actors}
    assert (kinds["aa"], kinds["works.lab"]) == (ActorKind.UNIVERSITY, ActorKind.FIRM)


def test_search_finds_the_names_of_every_source(store: GraphStore) -> None:
    store.apply(region())
    store.apply(claims("renamed", Actor(id="aa", name="Turun ruotsinkielinen yliopisto", vat="FI02463121")))
    for text in ("åa", "ruotsinkielinen", "0246312-1", "fi0246", "0000000122355150", "q341628"):
        assert [actor.id for actor in store.actors(ActorSearch(text=text)).items] == ["aa"], text


def test_a_period_that_two_sources_would_turn_round_keeps_what_was_said_last(store: GraphStore) -> None:
    store.apply(claims("one", Collaboration(id="c", name="C", start=date(2020, 1, 1))))
    store.apply(claims("two", Collaboration(id="c", name="C", end=date(2019, 1, 1))))
    found = store.collaboration("c")
    assert found is not None
    assert (found.start, found.end) == (None, date(2019, 1, 1))
    store.apply(claims("three", Collaboration(id="c", name="C", start=date(2021, 1, 1))))
    found = store.collaboration("c")
    assert found is not None
    assert (found.start, found.end) == (date(2021, 1, 1), None)


def test_an_actor_that_moves_is_in_one_place(store: GraphStore) -> None:
    store.apply(region())
    store.apply(claims("moves", Actor(id="aa", name="Å", place="nokia")))
    rows = [row for row in store.engine.read("actors/all") if row["id"] == "aa"]
    assert [row["place"] for row in rows] == ["nokia"]
    store.apply(claims("twice", Actor(id="aa", name="Å", place="tampere"), Actor(id="aa", name="Å", place="nokia")))
    rows = [row for row in store.engine.read("actors/all") if row["id"] == "aa"]
    assert [row["place"] for row in rows] == ["nokia"]


def test_a_wider_place_does_not_replace_the_narrower_one_inside_it(store: GraphStore) -> None:
    store.apply(region())
    store.apply(claims("vague", Actor(id="aa", name="Å", place="FI"), Actor(id="zeta", name="Z", place="FI197")))
    places = {actor.id: actor.place for actor in store.snapshot().actors}
    assert (places["aa"], places["zeta"]) == ("tampere", "FI197")


def test_a_place_that_changes_its_region_has_one_parent(store: GraphStore) -> None:
    store.apply(region())
    store.apply(
        claims(
            "reform",
            Place(id="FI1C", name="Etelä", kind=PlaceKind.REGION, parent="FI"),
            Place(id="nokia", name="Nokia", kind=PlaceKind.MUNICIPALITY, parent="FI1C"),
        )
    )
    rows = [row for row in store.engine.read("places/all") if row["id"] == "nokia"]
    assert [row["parent"] for row in rows] == ["FI1C"]


# ---- a newer file


def _newer(*said: Claim, records: tuple[Record, ...] = (), sequence: int = 2) -> Change:
    return Change(f"newer {sequence}", "newer", said, records, run(sequence), finishes=True, at=AT)


def test_what_a_newer_file_no_longer_says_is_forgotten(store: GraphStore) -> None:
    store.apply(region())
    said = _said()
    kept = [claim for claim in said[Participation] if claim.actor != "zeta"]
    aa, works = said[Actor][:2]
    store.apply(_newer(aa, works, said[Collaboration][0], *kept, records=RECORDS[:1]))
    found = store.snapshot()
    assert [actor.id for actor in found.actors] == ["aa", "works"]
    assert [collaboration.id for collaboration in found.collaborations] == ["h2"]
    assert {p.actor for p in found.participations} == {"aa", "works"}
    assert found.links == ()
    assert [kept.record.id for kept in records.of_actors(store.engine, ["aa", "works"], Wanted()).items] == ["r1"]


def test_another_file_keeps_what_it_says(store: GraphStore) -> None:
    store.apply(region())
    other = run(1, "other.csv")
    zeta = Actor(id="zeta", name="Zeta ry")
    net = Collaboration(id="net", name="Verkko", kind=CollaborationKind.NETWORK, themes=("health",))
    store.apply(
        claims(
            "other",
            zeta,
            net,
            Participation(actor="zeta", collaboration="net", source="register", role="host"),
            import_=other,
            finishes=True,
        )
    )
    store.apply(_newer())
    found = store.snapshot()
    assert [actor.id for actor in found.actors] == ["zeta"]
    assert [(c.id, c.themes) for c in found.collaborations] == [("net", ("health",))]
    assert [(p.actor, p.role) for p in found.participations] == [("zeta", "host")]


def test_a_record_keeps_its_actor(store: GraphStore) -> None:
    store.apply(region())
    records = (Record(id="r9", source=FILE, row=9, values={}, actor="zeta", collaboration="net"),)
    store.apply(_newer(records=records))
    found = store.snapshot()
    assert [actor.id for actor in found.actors] == ["zeta"]
    assert [collaboration.id for collaboration in found.collaborations] == ["net"]


def test_what_no_import_brought_is_not_forgotten(store: GraphStore) -> None:
    store.apply(claims("by hand", Actor(id="mine", name="Mine")))
    store.apply(region())
    store.apply(_newer())
    assert [actor.id for actor in store.snapshot().actors] == ["mine"]


def test_the_last_import_is_the_last_that_finished(store: GraphStore) -> None:
    assert store.last_import(FILE) is None
    store.apply(region())
    store.apply(claims("begun", import_=run(2)))
    last = store.last_import(FILE)
    assert last == replace(run(1), finished=AT)
    assert store.imports() == (last, run(2))
    assert store.last_import("other") is None


# ---- questions


def test_status_counts(store: GraphStore) -> None:
    store.apply(region())
    status = store.status()
    assert status.actors == {"civil_society": 1, "firm": 1, "university": 1, "unknown": 1}
    assert status.collaborations == {"network": 1, "project": 1}
    assert (status.participations, status.links, status.themes, status.places, status.records) == (4, 2, 3, 4, 2)
    file, register = sorted(status.sources, key=lambda source: source.id == "register")
    assert (file.stated, file.records, file.imported, file.file) == (date(2026, 1, 31), 2, AT, "region.xlsx of day 1")
    assert (register.records, register.imported) == (0, None)
    assert status.engine == store.engine.name


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        (ActorSearch(), ["works.lab", "works", "zeta", "aa"]),
        (ActorSearch(text="ABO akademi"), ["aa"]),
        (ActorSearch(text="akademi åbo"), ["aa"]),
        (ActorSearch(text="akademi zeta"), []),
        (ActorSearch(text="o'neill \\"), ["works"]),
        (ActorSearch(text="999858929"), ["works"]),
        (ActorSearch(text="033003E23"), ["zeta"]),
        (ActorSearch(text="%' OR 1=1 //"), []),
        (ActorSearch(kinds=(ActorKind.FIRM, ActorKind.UNKNOWN)), ["works.lab", "works"]),
        (ActorSearch(place="FI197"), ["works", "aa"]),
        (ActorSearch(place="FI"), ["works", "zeta", "aa"]),
        (ActorSearch(place="nowhere"), []),
        (ActorSearch(theme="energy"), ["works", "zeta", "aa"]),
        (ActorSearch(theme="energy.hydrogen"), ["works", "aa"]),
        (ActorSearch(theme="energy", place="nokia", kinds=(ActorKind.FIRM,)), ["works"]),
    ],
)
def test_actors_are_found(store: GraphStore, search: ActorSearch, ids: list[str]) -> None:
    store.apply(region())
    found = store.actors(search)
    assert [actor.id for actor in found.items] == ids
    assert found.total == len(ids)
    assert found.next is None


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        (CollaborationSearch(), ["h2", "net"]),
        (CollaborationSearch(text="fur alle"), ["h2"]),
        (CollaborationSearch(text="horizon cl5"), ["h2"]),
        (CollaborationSearch(text="alykas"), ["net"]),
        (CollaborationSearch(kinds=(CollaborationKind.NETWORK,)), ["net"]),
        (CollaborationSearch(theme="energy"), ["h2", "net"]),
        (CollaborationSearch(theme="energy.hydrogen"), ["h2"]),
        (CollaborationSearch(actor="works"), ["h2"]),
        (CollaborationSearch(active_on=date(1911, 2, 3)), ["h2"]),
        (CollaborationSearch(active_on=date(1911, 2, 2)), []),
        (CollaborationSearch(active_on=date(2028, 1, 1)), []),
    ],
)
def test_collaborations_are_found(store: GraphStore, search: CollaborationSearch, ids: list[str]) -> None:
    store.apply(region())
    found = store.collaborations(search)
    assert [collaboration.id for collaboration in found.items] == ids
    assert found.total == len(ids)


def test_pages_hold_each_actor_once_while_others_come_and_go(store: GraphStore) -> None:
    names = ["same", "same", "Same", "Ä", "a", "z", "😀"]
    store.apply(claims("all", *(Actor(id=f"n{number}", name=name) for number, name in enumerate(names))))
    seen: list[str] = []
    cursor: Cursor | None = None
    for page in range(10):
        found = store.actors(ActorSearch(), limit=2, after=cursor)
        seen += [actor.id for actor in found.items]
        cursor = found.next
        if cursor is None:
            break
        store.apply(claims(f"before {page}", Actor(id=f"early{page}", name="A")))
    assert seen == ["n4", "n0", "n1", "n2", "n5", "n3", "n6"]


def test_one_actor_with_all_that_is_said_of_it(store: GraphStore) -> None:
    store.apply(region())
    assert store.actor("nobody") is None
    assert [actor.id for actor in store.actors_by_ids(["zeta", "aa", "aa", "nobody"])] == ["aa", "zeta"]
    taking_part = store.participations_of_actor("works")
    assert [(p.source, p.role, c.id, c.themes) for p, c in taking_part] == [
        ("region.xlsx", "partner", "h2", ("energy.hydrogen",)),
        ("register", "partner", "h2", ("energy.hydrogen",)),
    ]
    assert [link.kind for link in store.links_of("works")] == [LinkKind.UNIT_OF]
    assert [link.other for link in store.links_of("works.lab")] == ["works"]


def test_one_collaboration_with_its_participants(store: GraphStore) -> None:
    store.apply(region())
    assert store.collaboration("nothing") is None
    assert [(p.source, a.id) for p, a in store.participations_of_collaboration("h2")] == [
        ("region.xlsx", "aa"),
        ("region.xlsx", "works"),
        ("register", "works"),
    ]


def test_records_are_found_by_what_they_speak_of_and_by_their_source(store: GraphStore) -> None:
    store.apply(region())
    engine, everything = store.engine, Wanted()

    def found(page: Found[Kept]) -> tuple[Record, ...]:
        assert page.total == len(page.items)
        return tuple(kept.record for kept in page.items)

    assert found(records.of_actors(engine, ["works", "aa", "nobody"], everything)) == RECORDS
    assert found(records.of_actors(engine, ["works"], everything)) == RECORDS[1:]
    assert found(records.of_actors(engine, [], everything)) == ()
    assert found(records.of_collaboration(engine, "h2", everything)) == RECORDS[1:]
    assert found(records.of_source(engine, FILE, everything)) == RECORDS
    assert found(records.of_source(engine, "register", everything)) == ()
    assert records.by_id(engine, "r2") == Kept(RECORDS[1], f"{FILE}.1")
    assert records.by_id(engine, "nothing") is None


def test_pages_of_records_come_in_the_order_of_rows(store: GraphStore) -> None:
    rows = (1000, 9, 10, 11, 2)
    said = tuple(
        Record(id=f"{sheet}{row}", source=FILE, sheet=sheet, row=row, values={"n": str(row)}, actor="a")
        for sheet in ("B", "A b", "A")
        for row in rows
    )
    store.apply(Change("many", "many", (Actor(id="a", name="A"),), said, run(), finishes=True, at=AT))
    seen: list[str] = []
    after, pages = None, 0
    while pages == 0 or after:
        page = records.of_actors(store.engine, ["a"], Wanted(limit=4, after=after))
        assert page.total == 15
        seen += [kept.record.id for kept in page.items]
        after, pages = page.next, pages + 1
    assert pages == 4
    assert seen == [f"{sheet}{row}" for sheet in ("A", "A b", "B") for row in sorted(rows)]


def test_identifiers_of_all_actors(store: GraphStore) -> None:
    store.apply(region())
    none = dict.fromkeys(("business_id", "vat", "pic", "ror", "isni", "wikidata"))
    assert store.identifier_rows() == [
        {"id": "aa", **none, "business_id": "0246312-1", "isni": "0000000122355150", "wikidata": "Q341628"},
        {"id": "works", **none, "pic": "999858929"},
        {"id": "works.lab", **none, "vat": "FI28445618"},
        {"id": "zeta", **none, "ror": "033003e23"},
    ]


# ---- the seam


def test_a_reading_statement_is_all_that_read_runs(store: GraphStore) -> None:
    with pytest.raises(StoreError):
        store.engine.read("actors/describe", {"rows": []})
    with pytest.raises(StatementError):
        store.engine.read("actors/nothing")
    with pytest.raises(StatementError):
        store.engine.read("../secret/file")


def test_a_closed_store_says_so(store: GraphStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.revision()
