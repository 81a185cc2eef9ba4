"""A person's name is taken out of all that was said, and nothing else is changed, on every engine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graphsvc import judging
from graphsvc.decisions import Reply, Why
from graphsvc.errors import InvalidValue
from graphsvc.judging import Saying
from graphsvc.model import Verdict
from graphsvc.store import backup, precedence
from graphsvc.store import deciding as kept
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.persons import Sought, forget, mentions
from graphsvc.store.precedence import End, Preference
from tests.contract.test_deciding import filled, reply
from tests.contract.test_loading import load, tables

NAME = "Maija Mäkinen"
INSTEAD = "a former colleague"


def spoken(store: GraphStore, folder: Path) -> None:
    """Let two persons say all that persons can say, one of them naming the other."""
    filled(store)
    load(store, tables(folder / "one", actors="x;Toiminimi Maija Mäkinen;;;\ny;Yy;;;\n"))
    load(store, tables(folder / "two", actors="x;Ex;;;\n"))
    judging.judge(store, Saying("a", "b", NAME, "register"), Verdict.DIFFERENT)
    judging.judge(store, Saying("a", "c", "Pekka", "as maija  mäkinen told me; not Maija Mäkinenen"), Verdict.DIFFERENT)
    precedence.prefer(store, Preference("file-two", end=End.FIRST, by=NAME, reason="newer"))
    reply(store, "ad", Reply.NO, Why.COMPETITORS, by=NAME)
    reply(store, "be", Reply.NO, Why.ALREADY_WORK_TOGETHER, by=NAME)


def things(store: GraphStore) -> object:
    """What the graph holds of actors and collaborations, but for who said the facts that persons said."""
    whole = store.snapshot()
    facts = [
        each.model_copy(update={"attributes": {}}) for each in whole.collaborations if each.source == "coordinator"
    ]
    others = [each for each in whole.collaborations if each.source != "coordinator"]
    return whole.actors, others, facts, whole.participations, whole.links, whole.places, whole.sources


def test_what_was_said_stays_and_not_by_whom(store: GraphStore, tmp_path: Path) -> None:
    spoken(store, tmp_path)
    before, log, revision = things(store), kept.log(store), store.revision()
    verdicts = [(each.a, each.b, each.verdict, each.at) for each in store.snapshot().judgements]
    forgotten = forget(store, Sought("maija mäkinen"), INSTEAD)
    assert forgotten == 10, "two judgements, two decisions, a fact, and five changes"
    assert things(store) == before
    assert [(each.a, each.b, each.verdict, each.at) for each in store.snapshot().judgements] == verdicts
    assert store.revision() == revision + 1
    by = {each.id: each.by for each in store.judgement_log().counting().values()}
    assert sorted(by.values()) == ["Pekka", INSTEAD]
    assert "not Maija Mäkinenen" in store.judgement_log().of(("a", "c")).reason  # type: ignore[union-attr]
    assert kept.log(store) != log
    fact = next(each for each in store.snapshot().collaborations if each.source == "coordinator")
    assert fact.attributes["said by"] == INSTEAD
    assert fact.attributes["words"] == "so it is"
    assert not [each for each in mentions(store, Sought(NAME)) if each.ours]


def test_rows_of_files_are_told_and_let_be(store: GraphStore, tmp_path: Path) -> None:
    spoken(store, tmp_path)
    forget(store, Sought(NAME), INSTEAD)
    left = {(each.kind, each.id) for each in mentions(store, Sought(NAME))}
    assert {kind for kind, _ in left} >= {"description", "record", "content"}
    assert all(kind in ("description", "actor", "record", "content") for kind, _ in left)


def test_twice_is_as_once(store: GraphStore, tmp_path: Path) -> None:
    spoken(store, tmp_path)
    at = datetime(2026, 11, 27, tzinfo=UTC)
    assert forget(store, Sought(NAME), INSTEAD, now=lambda: at)
    revision, digest = store.revision(), store.graph_hash()
    assert forget(store, Sought(NAME), INSTEAD) == 0
    assert (store.revision(), store.graph_hash()) == (revision, digest)


def test_a_backup_of_afterwards_does_not_name_the_person(embedded_store: GraphStore, tmp_path: Path) -> None:
    filled(embedded_store)
    judging.judge(embedded_store, Saying("a", "b", NAME, "register"), Verdict.DIFFERENT)
    backup.save(embedded_store, tmp_path / "before")
    forget(embedded_store, Sought(NAME), INSTEAD)
    backup.save(embedded_store, tmp_path / "after")
    assert backup.names(tmp_path / "before", Sought(NAME).is_in)
    assert not backup.names(tmp_path / "after", Sought(NAME).is_in)


@pytest.mark.parametrize("name", ["", "ab", "a b", "matching", " Coordinator "])
def test_what_is_no_name_is_not_looked_for(name: str) -> None:
    with pytest.raises(InvalidValue, match="can't be looked for"):
        Sought(name)


def test_the_person_is_not_named_again(embedded_store: GraphStore) -> None:
    with pytest.raises(InvalidValue, match="can't stand for"):
        forget(embedded_store, Sought(NAME), "formerly maija mäkinen")
