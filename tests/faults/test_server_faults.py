"""The database is killed, hangs and is restarted while files are imported: nothing is lost, and all come back.

Everything is real: a Neo4j server, ``graphsvc import`` at the terminal, ``graphsvc serve`` with people asking it.
"""

from __future__ import annotations

import logging
import random
import time
from pathlib import Path
from typing import Final

import pytest

from graphsvc.settings import Settings
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.faults.made_up_files import made_up_files, rows_of
from tests.faults.mortal import MortalServer
from tests.faults.processes import HEALTH, LIVE, Importer, Readers, back_within, environment, serving, summary

log = logging.getLogger(__name__)
SEED: Final = 20261127
FAULTS: Final = ("kill", "hang", "kill", "hang", "restart", "hang", "kill", "hang", "kill", "long hang")
HANGS: Final = {"hang": 5.0, "long hang": 9.0}
SLOWEST: Final = 15.0
"""Seconds until the last of those who are turned away is told so: the goal is 10, and a machine that runs tests has
other work. How long answers take is the machine's, and stands in the log."""
SLOWEST_LIFE: Final = 3.0
"""Of the slowest sign of life: the goal is 1."""
CALM: Final = 1.5
"""Seconds until who was answered asks again: what they ask while all is well takes this test's time and proves nothing.
"""
PATHS: Final = (LIVE, HEALTH, "/api/v1/actors?q=ka", "/api/v1/status", "/api/v1/network", "/api/v1/collaborations")


def facts(store: GraphStore) -> dict[str, object]:
    """Return what two equal graphs have in common, rows and changes that were applied included."""
    status = store.status()
    return {
        "hash": store.graph_hash(),
        "changes": store.revision(),
        "rows": {source.id: source.records for source in status.sources},
        "participations": status.participations,
        "finished": [(run.source, run.sequence, run.finished is not None) for run in store.imports()],
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return made_up_files(tmp_path_factory.mktemp("files"), len(FAULTS) + 2, actors=60)


@pytest.fixture(scope="module")
def undisturbed(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What an import of the same files that nobody disturbs makes of the embedded engine."""
    home = tmp_path_factory.mktemp("clean")
    path = home / "graph.kgl"
    importer = Importer(environment(str(path), home), files)
    importer.work()
    assert importer.attempts == 1, "".join(importer.said[-20:])
    store = open_store(Settings.load(store=str(path)))
    found = facts(store)
    store.close()
    return found


def harm(server: MortalServer, fault: str) -> None:
    if fault == "kill":
        server.kill()
        server.start()
    elif fault == "restart":
        server.leave()
        server.start()
    else:
        server.pause()
        time.sleep(HANGS[fault])
        server.resume()


@pytest.mark.neo4j
def test_ten_faults_of_the_server(
    emptied: MortalServer, files: list[Path], undisturbed: dict[str, object], tmp_path: Path
) -> None:
    dice = random.Random(SEED)  # noqa: S311  # the moments
    settings = environment(emptied.uri, tmp_path / "home")
    importer, back = Importer(settings, files), list[float]()
    with serving(settings, tmp_path / "service.log") as served:
        readers = Readers(served.address, PATHS, calm=CALM)
        with readers.asking(), importer.working() as working:
            for number, fault in enumerate(FAULTS):
                importer.until(number + 1)
                time.sleep(dice.uniform(0, 0.8))  # anywhere in the next import
                harm(emptied, fault)
                back.append(back_within(served, 30))
            assert working.is_alive(), "the import was done before the last fault"
            working.join(300)
        assert served.process.poll() is None, "the service ended"
    log.info("back after %s s\n%s", [round(each, 2) for each in back], summary(readers))
    check_import(emptied, importer, files, undisturbed)
    check_answers(readers)


def check_import(server: MortalServer, importer: Importer, files: list[Path], undisturbed: dict[str, object]) -> None:
    store = open_store(Settings.load(store=server.uri))
    try:
        assert facts(store) == undisturbed
        rows = {source.name: source.records for source in store.status().sources}
        assert len(set(importer.confirmed)) == len(importer.confirmed), "a file was saved twice"
        assert {path.name: rows.get(path.name) for path in files} == {path.name: rows_of(path) for path in files}
    finally:
        store.close()


def check_answers(readers: Readers) -> None:
    assert readers.failures == [], "the service did not answer"
    away = [each for each in readers.answers if each.status != 200]
    told = summary(readers)
    assert {each.kind for each in away} <= {"store-unavailable", "store-busy", "store-timeout", "out-of-time"}, told
    assert all(int(each.retry_after or 0) > 0 for each in away), "they must be told when to come again"
    assert any(each.path == HEALTH and each.kind == "store-unavailable" for each in away), "health names the store"
    assert not any(each.path == LIVE for each in away)
    turned_away = [each.seconds for each in away if each.status == 503]
    assert max(turned_away) < SLOWEST, told
    assert max(each.seconds for each in readers.answers if each.path == LIVE) < SLOWEST_LIFE, told
    quick = sum(seconds < 1 for seconds in turned_away)
    assert quick > 0.9 * len(turned_away), f"most who are turned away are to be told at once: {told}"
