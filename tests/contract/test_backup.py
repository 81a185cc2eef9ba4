"""A backup holds everything, goes from any engine into any engine, and is refused where it is not whole."""

from __future__ import annotations

import gzip
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from graphsvc import judging
from graphsvc.errors import InvalidValue, StoreBusy, UnreadableFile
from graphsvc.judging import Saying
from graphsvc.model import Verdict
from graphsvc.samples import sample_path
from graphsvc.settings import Settings
from graphsvc.store import backup, precedence, queries
from graphsvc.store.engine import Engine, Row, Step
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from graphsvc.store.precedence import End, Preference
from graphsvc.store.undoing import undo
from tests.contract.test_loading import load, tables


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A graph in which everything happened: imports, an undoing, judgements, an order of sources."""
    folder = tmp_path_factory.mktemp("lived")
    store = open_store(Settings.load(store=str(folder / "graph.kgl")))
    load(store, sample_path())
    for name, actors in (("one", "a;Aalto;;;\nb;Bee Oy;firm;;\n"), ("two", "a;AALTO;university;;\n")):
        load(
            store, tables(folder / name, actors=actors, collaborations="x;Hanke;2020-01-01\n", participations="a;x;\n")
        )
    load(store, tables(folder / "three", actors="c;Cee Oy;;;\n"))
    undo(store, next(run.id for run in store.imports() if run.name == "three"))
    for verdict in (Verdict.SAME, Verdict.DIFFERENT):
        judging.judge(store, Saying("a", "b", "Liisa", "asked them"), verdict)
    first, second = [source.id for source in store.source_statuses() if source.precedence in (2, 3)]
    precedence.prefer(store, Preference(first, None, End.FIRST, by="Liisa", reason="kept up to date"))
    assert first != second
    yield store
    store.close()


def everything(store: GraphStore, path: Path) -> list[object]:
    """Return all that a graph holds, as its backup says it, but for when and where that was made."""
    backup.save(store, path)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return [line for line in lines if "rows" in line]


def test_what_was_restored_holds_the_same_and_has_the_same_revision(
    lived: GraphStore, store: GraphStore, tmp_path: Path
) -> None:
    before = everything(lived, tmp_path / "first")
    held = backup.restore(store, tmp_path / "first")
    assert held.revision == store.revision() == lived.revision()
    assert (
        min(held.counts[kind] for kind in ("actor", "judgement", "content", "actor_participates_in_collaboration")) > 0
    )
    assert store.graph_hash() == lived.graph_hash()
    assert everything(store, tmp_path / "second") == before


def test_every_label_and_relation_that_a_statement_writes_is_in_a_backup() -> None:
    written = [queries.statement(name).text for name in queries.names() if not name.startswith(("backup/", "restore/"))]
    labels = {label for text in written for label in re.findall(r"MERGE \(\w+:(\w+) \{id", text)}
    relations = {kind for text in written for kind in re.findall(r"MERGE \(\w+\)-\[\w*:(\w+)", text)}
    assert {label.lower() for label in labels} == set(backup.NODES)
    kept = {
        kind
        for name in backup.RELATIONS
        for kind in re.findall(r"-\[r:(\w+)\]->", queries.statement(f"backup/{name}").text)
    }
    assert kept == relations


class Spied:
    """An engine that notes how many rows each of its answers had, and whether they were written before the next."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name
        self.answers: list[tuple[str, int]] = []
        self.unwritten = 0

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        assert not self.unwritten, f"{statement} is asked while a page of {self.answers[-1][0]} waits in memory"
        rows = self._engine.read(statement, parameters)
        if statement.startswith("backup/"):
            self.answers.append((statement.removeprefix("backup/"), len(rows)))
            self.unwritten = len(rows)
        return rows

    def write(self, steps: Sequence[Step]) -> None:
        raise AssertionError("a backup only reads")

    def close(self) -> None: ...


def test_a_page_is_written_before_the_next_is_asked_for(
    store: GraphStore, lived: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _rows(everything(lived, tmp_path / "first"))
    backup.restore(store, tmp_path / "first")
    spied, line = Spied(store.engine), backup._line

    def written(page: Mapping[str, Any]) -> bytes:
        spied.unwritten = 0
        return line(page)

    monkeypatch.setattr(backup, "_line", written)
    monkeypatch.setattr(backup, "PAGE", 7)
    assert _rows(everything(GraphStore(spied), tmp_path / "second")) == whole
    of_relations = [(kind, number) for kind, number in spied.answers if kind in backup.RELATIONS]
    assert max(number for _, number in of_relations) == 7
    assert sum(kind == "actor_participates_in_collaboration" for kind, _ in of_relations) > 50


def _rows(lines: list[Any]) -> list[tuple[str, Any]]:
    return [(line["kind"], row) for line in lines for row in line["rows"]]


@pytest.mark.parametrize("kind", (*backup.NODES, *backup.RELATIONS))
def test_every_statement_of_a_backup_gives_a_page(kind: str) -> None:
    (limit,) = re.findall(r"\bLIMIT (\S+)", queries.statement(f"backup/{kind}").text)
    if kind in backup.RELATIONS:
        assert limit == "$limit"
    else:  # in figures: kglite makes the maps of all nodes else (cypher/README.md)
        assert int(limit) <= (20 if kind == "content" else 2_000)


def test_a_restored_graph_goes_on_as_the_first_would_have(lived: GraphStore, store: GraphStore, tmp_path: Path) -> None:
    backup.save(lived, tmp_path / "file")
    backup.restore(store, tmp_path / "file")
    run = next(run for run in store.imports() if run.name == sample_path().name)
    undo(store, run.id)
    assert {actor.id for actor in store.snapshot().actors} == {"a", "b"}


def test_a_graph_that_holds_something_is_not_touched(lived: GraphStore, tmp_path: Path) -> None:
    backup.save(lived, tmp_path / "file")
    before = lived.graph_hash()
    with pytest.raises(InvalidValue, match="at revision"):
        backup.restore(lived, tmp_path / "file")
    assert lived.graph_hash() == before


def test_a_restoring_that_was_broken_off_can_be_done_again(
    lived: GraphStore, embedded_store: GraphStore, tmp_path: Path
) -> None:
    before = everything(lived, tmp_path / "file")

    class Off(Exception):
        pass

    def off(done: int, of: int) -> None:
        if done > of / 2:
            raise Off

    with pytest.raises(Off):
        backup.restore(embedded_store, tmp_path / "file", off)
    assert embedded_store.revision() == 0
    backup.restore(embedded_store, tmp_path / "file")
    assert everything(embedded_store, tmp_path / "again") == before


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda data: data[: len(data) // 2], "not a whole one"),
        (lambda data: b"", "its end is missing|does not begin"),
        (lambda data: b"PK\x03\x04 a workbook", "no backup"),
        (lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:], "no backup"),
        (lambda data: data[:-8] + bytes([data[-8] ^ 1]) + data[-7:], "no backup"),  # the checksum alone
        (lambda data: gzip.compress(b'{"some": "json"}\n'), "does not begin"),
        (lambda data: gzip.compress(_line(data, 0) + b'{"kind": "thing", "rows": []}\n'), "line 2"),
        (lambda data: gzip.compress(_line(data, 0).replace(b'"format":1', b'"format":99')), "newer graphsvc"),
        (lambda data: gzip.compress(_line(data, 0) + _line(data, 1)), "its end is missing"),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(
    lived: GraphStore, embedded_store: GraphStore, tmp_path: Path, spoil: Callable[[bytes], bytes], why: str
) -> None:
    path = tmp_path / "file"
    backup.save(lived, path)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(UnreadableFile, match=why):
        backup.restore(embedded_store, path)
    assert embedded_store.snapshot().actors == ()


def _line(data: bytes, number: int) -> bytes:
    return gzip.decompress(data).splitlines(keepends=True)[number]


def test_a_graph_that_keeps_changing_is_not_saved_and_leaves_no_file(
    embedded_store: GraphStore, tmp_path: Path
) -> None:
    load(embedded_store, tables(tmp_path / "in", actors="a;Aalto;;;\nb;Bee Oy;firm;;\n"))
    verdicts = itertools.cycle((Verdict.SAME, Verdict.DIFFERENT))

    def change(_done: int, _of: int) -> None:
        judging.judge(embedded_store, Saying("a", "b", "Liisa"), next(verdicts))

    with pytest.raises(StoreBusy, match="changed"):
        backup.save(embedded_store, tmp_path / "file", change)
    assert list(tmp_path.glob("file*")) == []
