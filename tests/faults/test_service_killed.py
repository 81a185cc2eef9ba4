"""The service's own process is killed while it is written to, on either engine: what it confirmed is there."""

from __future__ import annotations

import http.client
import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any, Final
from urllib.parse import urlsplit

import neo4j
import pytest

from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.faults.made_up_files import made_up_files
from tests.faults.mortal import MortalServer
from tests.faults.processes import GRAPHSVC, ask, environment, run, serving

KILLS: Final = 3
SEED: Final = 8


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "embedded":
        return str(tmp_path / "graph.kgl")
    mortal: MortalServer = request.getfixturevalue("mortal")
    with neo4j.GraphDatabase.driver(mortal.uri) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return mortal.uri


def judge(address: str, a: str, b: str) -> bool:
    """Say that two are two; return whether the service confirmed it."""
    host = urlsplit(address)
    connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=30)
    word = {"a": a, "b": b, "verdict": "different", "by": "test"}
    try:
        connection.request("POST", "/api/v1/judgements", json.dumps(word), {"Content-Type": "application/json"})
        answer: Any = json.load(connection.getresponse())
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return bool(answer.get("noted"))


def test_a_word_that_was_confirmed_is_there(address: str, tmp_path: Path) -> None:
    dice = random.Random(SEED)  # noqa: S311  # the moments
    (file,) = made_up_files(tmp_path / "files", 1)
    settings = environment(address, tmp_path / "home")
    assert run(list(GRAPHSVC), [file], settings).returncode == 0
    pairs = iter([(f"f0-a{number}", f"f0-a{number + 60}") for number in range(60)])
    confirmed: list[frozenset[str]] = []
    for _ in range(KILLS):
        dead = Event()

        def write(address: str, dead: Event = dead) -> None:
            for a, b in pairs:
                if judge(address, a, b):
                    confirmed.append(frozenset((a, b)))
                if dead.is_set():
                    return

        with serving(settings, tmp_path / "service.log") as served, ThreadPoolExecutor(1) as pool:
            writing, before = pool.submit(write, served.address), len(confirmed)
            while len(confirmed) < before + 3:
                time.sleep(0.005)
            time.sleep(dice.uniform(0, 0.05))  # anywhere in the next word
            served.process.kill()
            dead.set()
            writing.result(60)
    with serving(settings, tmp_path / "service.log") as served:
        assert ask(served.address, "/health").status == 200
    store = open_store(Settings.load(store=address))
    try:
        check(store, confirmed)
    finally:
        store.close()


def check(store: GraphStore, confirmed: list[frozenset[str]]) -> None:
    words = {frozenset(pair) for pair in store.judgement_log().counting()}
    assert set(confirmed) <= words, "a confirmed word is gone"
    assert len(words) <= len(confirmed) + KILLS, "only what was under way may be there beside"
    changes = store.changes_of_persons()
    assert len(changes) == len(words), "a word and its change are one transaction"
    assert len({change.id for change in changes}) == len(changes)
