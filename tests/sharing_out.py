"""How tests are shared out among processes (``run.py test``, or ``pytest -n 2 --dist loadfile``).

A file stays together, so that what its tests share is made once. Tests that need the same server stay together too,
whatever file they are in: one server is started for all of them, and no two tests empty it at once. What takes longest
begins first, so that no process is left alone with it in the end.

Only the processes that test know which test needs a server; the one that shares out knows nothing but their names. So
each of them writes that down, in a file that the other one named.
"""

from __future__ import annotations

import atexit
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadFileScheduling
    from xdist.workermanage import WorkerController

SERVERS: Final = {"mortal": "neo4j that may be killed", "gds_running": "gds"}
"""The server of the tests that use a fixture."""
LONG: Final = (
    *("tests/faults/", "tests/house/", "tests/browser/", "tests/contract/", "tests/cli/"),
    *("tests/api/", "tests/analysis/", "tests/pages/"),
)
"""Folders whose files take long: processes, browsers and servers are at work there, or everything is asked for."""


def server_of(item: pytest.Item) -> str:
    """Return which server a test needs; empty for none."""
    if item.get_closest_marker("neo4j") is None:
        return ""
    used = getattr(item, "fixturenames", ())
    named = (server for fixture, server in SERVERS.items() if fixture in used)
    return next(named, "neo4j-calendar" if "neo4j-calendar" in item.name else "neo4j")


def urgency(item: pytest.Item) -> int:
    """Return when a test is to begin: servers first, then folders that take long, then the others."""
    if server_of(item):
        return 0
    return 1 if item.nodeid.startswith(LONG) else 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a process that tests: put what takes long first, and say which tests need a server."""
    named = getattr(config, "workerinput", {}).get("servers")
    if named is None:
        return
    items.sort(key=urgency)  # the same in every process, as it must be; within a file the order stays
    servers = {item.nodeid: server for item in items if (server := server_of(item))}
    Path(named).write_text(json.dumps(servers), encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """In the process that shares out: name the file in which a process says which tests need a server."""
    if node.config.getvalue("dist") == "loadfile":
        handle, node.workerinput["servers"] = tempfile.mkstemp(prefix="graphsvc-tests-", suffix=".json")
        os.close(handle)
        atexit.register(Path(node.workerinput["servers"]).unlink, missing_ok=True)  # a run that ends before it is read


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """Deal out whole files, and all tests of a server at once."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class WithServers(LoadFileScheduling):  # type: ignore[misc]  # xdist comes without types
        def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
            told = Path(node.workerinput["servers"])
            self.servers: dict[str, str] = json.loads(told.read_text(encoding="utf-8"))
            told.unlink()
            super().add_node_collection(node, collection)

        def _split_scope(self, nodeid: str) -> str:
            return self.servers.get(nodeid) or super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # the order of the collection is the order of the work
    return WithServers(config, log)
