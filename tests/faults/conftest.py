"""A Neo4j that may be killed, for all tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

import neo4j
import pytest

from tests.faults.mortal import MortalServer
from tests.neo4j_server import NoServer


@pytest.fixture(scope="session")
def mortal() -> Iterator[MortalServer]:
    """One server for the whole run; whoever harms it brings it back."""
    try:
        server = MortalServer()
    except NoServer as error:
        if "neo4j" in os.environ.get("GRAPHSVC_TEST_REQUIRE", "").split(","):
            pytest.fail(str(error))
        pytest.skip(str(error))
    yield server
    server.remove()


@pytest.fixture
def emptied(mortal: MortalServer) -> MortalServer:
    with neo4j.GraphDatabase.driver(mortal.uri) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return mortal
