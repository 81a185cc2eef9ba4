"""The same statement gives the same rows on every engine: the seam's whole promise, tried statement by statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.errors import StoreError
from graphsvc.model import (
    Actor,
    ActorKind,
    Claim,
    Collaboration,
    CollaborationKind,
    Link,
    LinkKind,
    Money,
    Name,
    Participation,
    Place,
    PlaceKind,
    Theme,
)
from graphsvc.settings import Settings
from graphsvc.store import queries
from graphsvc.store.change import Change, steps
from graphsvc.store.engine import Step
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.contract.test_times import FIRST, TOLD, part
from tests.neo4j_server import RunningServer
from tests.store.made_up import FILE, claims, region, run

# What a backup takes and puts back is held to both engines whole, in test_backup.py.
TRIED: Final = [name for name in queries.portable_names() if not name.startswith(("backup/", "restore/"))]
READS: Final = [name for name in TRIED if queries.statement(name).mode == "read"]
WRITES: Final = [name for name in TRIED if queries.statement(name).mode == "write"]

ASKED: Final[dict[str, list[Any]]] = {
    "id": ["aa", "works", "h2", "net", "region", "person", "nobody"],
    "import": ["region.xlsx.1", "nobody"],
    "ids": [["works", "aa", "h2", "net", "energy", "tampere", "nobody"], []],
    "record": ["r1", "nobody"],
    "business_id": ["0246312-1", "x"],
    "vat": ["FI28445618"],
    "pic": ["999858929"],
    "ror": ["033003e23"],
    "isni": ["0000000122355150"],
    "wikidata": ["Q341628"],
    "source": [FILE, "register"],
    "file": [FILE, "register"],
    "terms": [[], ["akademi"], ["a", "verkko"]],
    "kinds": [[], ["firm", "network"]],
    "place": [None, "FI197", "nowhere"],
    "theme": [None, "energy"],
    "actor": [None, "works"],
    "as_of": [None, "1911-02-02", "2020-03-01"],
    "active_on": [None, "2020-01-01"],
    "after_name": [None, "o"],
    "after_id": [None, "x"],
    "limit": [3],
    "apart": [[], ["aa", "zeta"]],
    "also": [[], ["zeta"]],
    "actors": [["aa", "works"], []],
    "day": ["2026-12-31", "2027-01-01"],
    "after": [""],
    "after_b": [None, "h2"],
    "after_key": [None, "x"],
    "until": ["z"],
    "revision": [0, 1, 99],
}
_EXAMPLES: Final = {
    "text": "x",
    "integer": 1,
    "iso date": "1911-02-03",
    "decimal text": "9.10",
    "json text": "[]",
    "list of text": ["x"],
    "map": {},
}


def _everything() -> Change:
    """The made-up region, and a contact person at one of its actors."""
    person = {
        "id": "person",
        "actor": "works",
        "name": "Åke Ö",
        "role": "",
        "email": "a@works.example",
        "phone": "",
        "purpose": "visits",
        "until": "2026-12-31",
        "source": FILE,
        "file": FILE,
        "import": run().id,
        "stands": "yes",
    }
    whole = region()
    customers = [*TOLD, *FIRST, part(None, None)]  # times of one pair, of which the earliest has no first day
    return replace(
        whole, claims=[*whole.claims, *customers], also=[*whole.also, Step("contacts/upsert", {"rows": [person]})]
    )


def questions(name: str) -> list[dict[str, Any]]:
    """Every value of each parameter once, the others at their first."""
    parameters = list(queries.statement(name).parameters)
    first = {parameter: ASKED[parameter][0] for parameter in parameters}
    return [first, *({**first, parameter: value} for parameter in parameters for value in ASKED[parameter][1:])]


def example(types: dict[str, str], *, empty: bool) -> dict[str, Any]:
    """Parameters that fit a statement's head: all filled in, or all that may be left out left out."""
    row = {name.removeprefix("rows."): type_ for name, type_ in types.items() if name.startswith("rows.")}
    plain = {name: type_ for name, type_ in types.items() if "." not in name and type_ != "list of maps"}
    values = {
        name: None if empty and type_.endswith("?") else _EXAMPLES[type_.removesuffix("?")]
        for name, type_ in {**plain, **row}.items()
    }
    rows = {"rows": [{name: values[name] for name in row}]} if row else {}
    return {**{name: values[name] for name in plain}, **rows}


def _answers(store: GraphStore) -> dict[str, list[Any]]:
    return {name: [_ordered(store.engine.read(name, question)) for question in questions(name)] for name in READS}


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lists inside a row have no order of their own; the rows have."""
    return [{key: sorted(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows]


def test_a_reading_statement_returns_the_columns_of_its_head(store: GraphStore) -> None:
    """All on one graph: on a server to make it takes a hundred times as long as to ask."""
    store.apply(_everything())
    wrong = {name: found for name in READS if (found := _departures(store, name))}
    assert wrong == {}


def _departures(store: GraphStore, name: str) -> list[str]:
    """Return where the rows of a statement are not what its head says."""
    rows = [row for question in questions(name) for row in store.engine.read(name, question)]
    columns = queries.statement(name).columns
    found = [] if rows else ["no example finds anything"]
    found += [f"columns {list(row)}" for row in rows if list(row) != list(columns)]
    return found + [
        f"{column}: {row.get(column)!r}"
        for row in rows
        for column, type_ in columns.items()
        if not isinstance(row.get(column), _python(type_))
    ]


def _python(type_: str) -> tuple[type, ...]:
    plain: dict[str, type] = {"integer": int, "date": date, "list of text": list}
    python = plain.get(type_.removesuffix("?"), str)
    return (python, type(None)) if type_.endswith("?") else (python,)


def test_a_writing_statement_runs_with_what_its_head_asks_for(store: GraphStore) -> None:
    """One after another: the examples' ids are none of the graph's, so each finds the graph about as the first did."""
    refused = {}
    for name in WRITES:
        store.apply(_everything())  # where one has taken it away
        types = dict(queries.statement(name).parameters)
        for empty in (False, True):
            try:
                store.engine.write([Step(name, example(types, empty=empty))] * 2)
            except StoreError as error:
                refused[name, empty] = str(error)
    assert refused == {}


@pytest.mark.neo4j
def test_every_reading_statement_gives_the_same_rows(embedded_store: GraphStore, neo4j_store: GraphStore) -> None:
    for store in (embedded_store, neo4j_store):
        store.apply(_everything())
    assert _answers(embedded_store) == _answers(neo4j_store)
    assert embedded_store.graph_hash() == neo4j_store.graph_hash()


_ids = st.sampled_from(["a", "b", "c", "d"])
_days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
_words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
_lines = _words.map(lambda text: f"x{text}".strip())
_maybe = st.none() | _lines
_attributes = st.dictionaries(st.sampled_from(["Kår", 'a"b', "c"]), _lines, max_size=2)


@st.composite
def _claims(draw: st.DrawFn) -> list[Claim]:
    """Claims about a handful of things, said several times, differently, in any order that a reader could say them."""
    places = [Place(id="FI", name="Suomi", kind=PlaceKind.COUNTRY)]
    places += [Place(id=id_, name=id_, kind=PlaceKind.REGION, parent="FI") for id_ in ("p.a", "p.b")]
    themes = [Theme(id="t", name="T"), Theme(id="t.a", name=draw(_lines), parent="t", name_fi=draw(_maybe))]
    actors = [Actor(id=id_, name=id_) for id_ in ("a", "b", "c", "d")]
    collaborations = [Collaboration(id=f"c.{id_}", name=id_) for id_ in ("a", "b")]
    later: list[Claim] = draw(
        st.lists(
            st.one_of(
                st.builds(
                    Actor,
                    id=_ids,
                    name=_lines,
                    kind=st.sampled_from(ActorKind),
                    names=st.lists(st.builds(Name, text=_lines, since=_days, until=_days), max_size=2).map(tuple),
                    place=st.sampled_from([None, "FI", "p.a", "p.b"]),
                    description=_maybe,
                    vat=st.none() | st.sampled_from(["FI28445618", "CHE-1"]),
                    isni=st.none() | st.sampled_from(["0000000123146254", "000000012146438X"]),
                    wikidata=st.none() | st.sampled_from(["Q1", "Q56392903"]),
                    attributes=_attributes,
                ),
                st.builds(
                    _collaboration,
                    _ids,
                    _lines,
                    st.tuples(_days, _days),
                    st.lists(st.sampled_from(["t", "t.a"])).map(tuple),
                    _maybe,
                    _attributes,
                ),
                st.builds(
                    Participation,
                    actor=_ids,
                    collaboration=st.sampled_from(["c.a", "c.b"]),
                    role=_words,
                    source=st.sampled_from(["s", "s2"]),
                    start=_days,
                    attributes=_attributes,
                    money=st.none() | st.builds(Money, amount=st.decimals(0, 10**15, places=2).map(Decimal)),
                ),
                st.builds(
                    lambda actor, other, kind, since: Link(
                        actor=actor, other=f"{other}", kind=kind, since=since, source="s"
                    ),
                    st.sampled_from(["a", "b"]),
                    st.sampled_from(["c", "d"]),
                    st.sampled_from(LinkKind),
                    _days,
                ),
            ),
            max_size=14,
        )
    )
    return [*places, *themes, *actors, *collaborations, *later]


def _collaboration(
    id_: str,
    name: str,
    days: tuple[date | None, date | None],
    themes: tuple[str, ...],
    title: str | None,
    attributes: dict[str, str],
) -> Collaboration:
    start, end = days
    if start and end and end < start:
        start, end = end, start
    return Collaboration(
        id=f"c.{'a' if id_ < 'c' else 'b'}",
        name=name,
        title=title,
        kind=CollaborationKind.PROJECT,
        start=start,
        end=end,
        themes=themes,
        attributes=attributes,
    )


@pytest.mark.neo4j
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(said=_claims(), newer=_claims())
def test_whatever_is_said_the_engines_agree(
    neo4j_running: RunningServer, neo4j_store: GraphStore, said: list[Claim], newer: list[Claim]
) -> None:
    neo4j_running.wipe()
    embedded = open_store(Settings.load(store=":memory:"))
    try:
        for store in (embedded, neo4j_store):
            store.apply(claims("first", *said, import_=run(1), finishes=True))
            store.apply(claims("second", *newer[: len(newer) // 2], import_=run(2)))
            store.apply(claims("third", *newer[5:], import_=run(2), finishes=True))
        assert _answers(embedded) == _answers(neo4j_store)
        before = embedded.graph_hash()
        assert neo4j_store.graph_hash() == before
        for store in (embedded, neo4j_store):
            store.engine.write(steps(claims("third", *newer[5:], import_=run(2), finishes=True)))
            assert store.graph_hash() == before
    finally:
        embedded.close()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(said=_claims())
def test_how_claims_are_cut_into_changes_does_not_matter(said: list[Claim]) -> None:
    whole, pieces = (open_store(Settings.load(store=":memory:")) for _ in range(2))
    try:
        whole.apply(claims("whole", *said))
        for number, claim in enumerate(said):
            pieces.apply(claims(f"piece {number}", claim))
        assert whole.graph_hash() == pieces.graph_hash()
    finally:
        whole.close()
        pieces.close()
