"""What only the server engine must stand: a server that is slow, silent, or gone in the middle."""

from __future__ import annotations

import ast
import inspect
import socket

import pytest

from graphsvc.errors import StatementError, StoreTimeout, StoreUnavailable
from graphsvc.settings import Settings
from graphsvc.store import queries, server
from graphsvc.store.change import settled
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.neo4j_server import RunningServer


def _statement(mode: str, text: str) -> queries.Statement:
    return queries.parse("x/odd", f"// Odd on purpose.\n// mode: {mode}\n// seconds: 1\n{text}")


def test_every_transaction_is_a_managed_one() -> None:
    """The driver repeats those by itself, on another member of a cluster too; others it leaves to whoever asked."""
    tree = ast.parse(inspect.getsource(server))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asked = [(ast.unparse(call.value), call.attr) for call in calls if isinstance(call, ast.Attribute)]
    assert {whose for whose, what in asked if what == "run"} == {"transaction"}
    assert {what for _, what in asked if what.startswith("execute_")} == {"execute_read", "execute_write"}
    assert "begin_transaction" not in {what for _, what in asked}


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            open_store(Settings.load(store=f"bolt://127.0.0.1:{silent.getsockname()[1]}"))


@pytest.mark.neo4j
def test_a_statement_that_takes_too_long_is_stopped(neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = _statement("read", "UNWIND range(1, 1000000000) AS x WITH x WHERE x % 7 = 8 RETURN count(x) AS n")
    monkeypatch.setattr(queries, "statement", lambda name: endless)
    with pytest.raises(StoreTimeout, match="x/odd took longer than allowed"):
        neo4j_store.engine.read("x/odd")


@pytest.mark.neo4j
def test_a_statement_that_returns_a_node_is_refused(neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    neo4j_store.engine.write([settled()])
    with monkeypatch.context() as patched:
        patched.setattr(queries, "statement", lambda name: _statement("read", "MATCH (r:Revision) RETURN r AS r"))
        with pytest.raises(StatementError, match="plain columns"):
            neo4j_store.engine.read("x/odd")
    assert neo4j_store.revision() == 0


@pytest.mark.neo4j
def test_a_reading_transaction_can_not_write(neo4j_store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        sly = _statement("read", "MERGE (r:Revision {id: 'graph'}) SET r.name = 'x' RETURN r.id AS id")
        patched.setattr(queries, "statement", lambda name: sly)
        with pytest.raises(StatementError, match=r"(?i)writ"):
            neo4j_store.engine.read("x/odd")
    assert neo4j_store.engine.read("revision/value") == []


@pytest.mark.neo4j
def test_nothing_is_printed(neo4j_running: RunningServer, capfd: pytest.CaptureFixture[str]) -> None:
    neo4j_running.wipe()
    store = open_store(Settings.load(store=neo4j_running.uri, store_password=neo4j_running.password))
    capfd.readouterr()
    store.snapshot()
    store.status()
    store.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.neo4j
def test_a_database_that_is_not_there_is_named(neo4j_running: RunningServer) -> None:
    with pytest.raises(StoreUnavailable, match="no such database") as refused:
        open_store(
            Settings.load(store=neo4j_running.uri, store_password=neo4j_running.password, store_database="nowhere")
        )
    assert "GRAPHSVC_STORE_DATABASE" in str(refused.value)
