"""The forms of a server's address, with and without TLS, and that one reads what one wrote by each."""

from __future__ import annotations

import logging
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j
import pytest

from graphsvc.errors import StoreUnavailable
from graphsvc.model import Source
from graphsvc.settings import Settings
from graphsvc.store.change import Change
from graphsvc.store.guarded import patiently
from graphsvc.store.opening import open_store
from tests.faults.mortal import MortalServer
from tests.faults.processes import GRAPHSVC, environment

pytestmark = pytest.mark.neo4j
CONNECTIONS = "CALL dbms.listConnections() YIELD userAgent WHERE userAgent = 'graphsvc' RETURN count(*) AS n"


@pytest.fixture
def certified(mortal: MortalServer) -> Iterator[Path]:
    if mortal.certificate is None:
        pytest.skip("needs openssl, to make a certificate for the server")
    yield mortal.certificate


def to(mortal: MortalServer, scheme: str, host: str = "localhost") -> str:
    return f"{scheme}://{host}:{mortal.port}"


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+ssc", "neo4j+ssc"])
def test_one_reads_what_one_wrote(
    mortal: MortalServer, certified: Path, scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store(Settings.load(store=to(mortal, scheme)))
    try:
        before = store.revision()
        with caplog.at_level(logging.DEBUG, logger="neo4j"):
            for number in range(3):
                source = Source(id="made-up", name=f"Made up by {scheme}, {number}")
                with patiently():  # as a job writes, on connections of its own
                    store.apply(Change(key=f"{scheme} {number}", name="made up", claims=(source,)))
                assert store.revision() == before + number + 1
        begun = [record.getMessage() for record in caplog.records if "C: BEGIN" in record.getMessage()]
        assert begun
        assert re.search(r"'bookmarks': \['", begun[-1]), "it waits for what was written before"
    finally:
        store.close()


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_nobody_signed_is_refused(mortal: MortalServer, certified: Path, scheme: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"(?i)certificate") as refused:
        open_store(Settings.load(store=to(mortal, scheme)))
    assert to(mortal, scheme) in str(refused.value)


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_one_that_the_machine_trusts_is_taken(
    mortal: MortalServer, certified: Path, scheme: str, tmp_path: Path
) -> None:
    settings = environment(to(mortal, scheme), tmp_path, SSL_CERT_FILE=str(certified))
    done = subprocess.run([*GRAPHSVC, "status"], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_address_of_aura_needs_no_port_and_is_named_when_nobody_is_there() -> None:
    uri = "neo4j+s://0a1b2c3d.databases.neo4j.invalid"
    with pytest.raises(StoreUnavailable, match="does not answer") as refused:
        open_store(Settings.load(store=uri, store_user="0a1b2c3d", store_password="long"))  # noqa: S106
    assert uri in str(refused.value)
    assert "long" not in str(refused.value)


def test_a_process_holds_no_more_connections_than_it_may(mortal: MortalServer) -> None:
    store = open_store(Settings.load(store=to(mortal, "bolt"), store_connections=2))
    try:
        with ThreadPoolExecutor(6) as pool, neo4j.GraphDatabase.driver(mortal.uri) as other:
            asked = [pool.submit(store.revision) for _ in range(60)]
            held = other.execute_query(CONNECTIONS).records[0]["n"]
            for each in asked:
                each.result(30)
        assert 1 <= held <= 2
    finally:
        store.close()
