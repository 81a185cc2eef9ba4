"""One address chooses the engine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphsvc.errors import SettingsError, StoreUnavailable
from graphsvc.settings import Settings
from graphsvc.store.change import FORMAT
from graphsvc.store.engine import Step
from graphsvc.store.opening import SERVER_SCHEMES, open_store
from tests.store.made_up import region


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine that nobody listens on, kept from others while the test runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_path_opens_the_embedded_engine_and_makes_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "ä" / "graph.kgl"
    store = open_store(Settings.load(store=str(path)))
    store.apply(region())
    before = store.graph_hash()
    store.close()
    again = open_store(Settings.load(store=str(path)))
    assert (again.revision(), again.graph_hash()) == (1, before)
    assert again.engine.name == f"embedded graph {path}"
    again.close()


def test_no_address_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    open_store(Settings.load(home=tmp_path / "home")).close()
    assert (tmp_path / "home" / "graph.kgl").exists()


def test_memory_leaves_nothing_and_shares_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one, two = (open_store(Settings.load(store=":memory:")) for _ in range(2))
    one.apply(region())
    assert (one.revision(), two.revision()) == (1, 0)
    one.close()
    two.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["http://localhost:7474", "postgres://db/graph", "neo4j+x://host"])
def test_an_unknown_scheme_is_refused_with_what_is_possible(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        open_store(Settings.load(store=address))
    assert all(f"{scheme}://" in str(refused.value) for scheme in SERVER_SCHEMES)
    assert ":memory:" in str(refused.value)


@pytest.mark.parametrize("address", ["neo4j:/host:7687", "bolt:host", "NEO4J+S:host", ":memory", "::"])
def test_an_address_with_a_slip_in_it_makes_no_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="neither an address nor a path") as refused:
        open_store(Settings.load(store=address))
    assert ":memory:" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="GRAPHSVC_STORE_PASSWORD") as refused:
        open_store(Settings.load(store="neo4j://neo4j:hunter2@localhost:7687"))
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("scheme", SERVER_SCHEMES)
def test_a_server_that_is_not_there_is_said_to_be_so(scheme: str, closed_port: int) -> None:
    address = f"{scheme}://127.0.0.1:{closed_port}"
    with pytest.raises(StoreUnavailable, match="does not answer") as refused:
        open_store(Settings.load(store=address))
    assert address in str(refused.value)
    assert "Check that it runs" in str(refused.value)


def test_a_file_that_is_no_graph_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "graph.kgl"
    path.write_bytes(b"PK\x03\x04 not a graph at all")
    with pytest.raises(StoreUnavailable, match=str(path)):
        open_store(Settings.load(store=str(path)))
    assert path.read_bytes().startswith(b"PK")


def test_a_folder_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(Settings.load(store=str(tmp_path)))


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        (None, "older graphsvc.*import the files"),
        (0, "older graphsvc"),
        (FORMAT + 1, "newer graphsvc.*Update graphsvc"),
    ],
)
def test_a_graph_in_another_format_is_left_alone_with_a_sentence(
    tmp_path: Path, format_: int | None, said: str
) -> None:
    where = Settings.load(store=str(tmp_path / "graph.kgl"))
    store = open_store(where)
    store.engine.write(
        [Step("revision/touch", {"change": "c"}), Step("revision/settle", {"format": format_, "migrated": 0})]
    )
    store.close()
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match=said):
            open_store(where)


def test_the_format_is_noted_once(tmp_path: Path) -> None:
    where = Settings.load(store=str(tmp_path / "graph.kgl"))
    for key in ("one", "two"):
        store = open_store(where)
        store.apply(region(key))
        assert store.engine.read("revision/format") == [{"format": FORMAT}]
        store.engine.write([Step("revision/settle", {"format": FORMAT + 1, "migrated": 0})])
        assert store.engine.read("revision/format") == [{"format": FORMAT}]
        store.close()
