"""A database that hangs or crawls: every call is answered in time, signs of life stay quick, all comes back by itself.

How long an answer took is read from the service's own log, which the service's clock writes; on a machine that runs
tests beside other work the clock of who asks says more of the machine.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults.mortal import MortalServer
from tests.faults.processes import HEALTH, LIVE, Readers, Served, ask, back_within, environment, serving, summary

pytestmark = pytest.mark.neo4j
log = logging.getLogger(__name__)
PATHS: Final = (LIVE, HEALTH, "/api/v1/actors?q=ka", "/api/v1/status", "/api/v1/network", "/api/v1/sources", "/actors")
HANG: Final = 40.0
CRAWL: Final = 12.0
STOPPED, RUNNING = 0.95, 0.05
"""Seconds: of twenty the server has one."""
SLOWEST: Final = 10.0
"""Seconds in which every call is answered."""
TOLERANCE: Final = 3.0
"""Seconds that a machine with other work may add to what is promised of it."""
SLOWEST_LIFE: Final = 1.0 + TOLERANCE


def own_times(path: Path) -> dict[str, float]:
    """Return for each route the longest that it took by the service's own clock, in seconds."""
    longest: dict[str, float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if '"ms"' in line:
            said = json.loads(line)
            longest[said["route"]] = max(longest.get(said["route"], 0.0), said["ms"] / 1000)
    return longest


def check(readers: Readers, log_file: Path) -> None:
    """Hold what was answered to the promise that nothing takes longer than :data:`SLOWEST`."""
    told, own = summary(readers), own_times(log_file)
    log.info("%s\n%s", told, own)
    assert readers.failures == [], "the service did not answer"
    assert max(own.values()) < SLOWEST + TOLERANCE, own
    lives = [each.seconds for each in readers.answers if each.path == LIVE]
    assert max(lives) < SLOWEST_LIFE, told
    away = [each for each in readers.answers if each.status != 200]
    assert away, "nobody noticed"
    assert {each.status for each in away} <= {503, 504}, told
    assert all(int(each.retry_after or 0) > 0 for each in away if each.path != "/actors"), "when to come again"


@pytest.fixture(scope="module")
def served(mortal: MortalServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One service as it is set up by itself."""
    folder = tmp_path_factory.mktemp("served")
    with serving(environment(mortal.uri, folder / "home"), folder / "service.log") as service:
        all_answer(service, 180)  # a server that has just begun takes long for what it is asked for the first time
        yield service


def all_is_well(served: Served) -> None:
    """Check that it is so again, without a restart."""
    log.info("back after %.2f s", back_within(served, 10 + TOLERANCE))
    all_answer(served, 30)
    assert served.process.poll() is None


def all_answer(served: Served, seconds: float) -> None:
    """Return when each address has answered what was asked; fail after so many seconds."""
    over = time.monotonic() + seconds
    for path in PATHS:
        while (found := ask(served.address, path)).status != 200:
            assert time.monotonic() < over, found
            time.sleep(0.1)


def test_a_server_that_hangs_for_long(mortal: MortalServer, served: Served) -> None:
    readers = Readers(served.address, PATHS)
    with readers.asking(2):
        time.sleep(1)
        mortal.pause()
        try:
            time.sleep(HANG)
        finally:
            mortal.resume()
        back_within(served, 10 + TOLERANCE)
    check(readers, served.log)
    all_is_well(served)


def test_a_server_that_crawls(mortal: MortalServer, served: Served) -> None:
    """It lives, so nothing breaks off, and its own limits come late: the clock of the request is all there is."""
    readers = Readers(served.address, PATHS)
    with readers.asking(2):
        over = time.monotonic() + CRAWL
        while time.monotonic() < over:
            mortal.pause()
            time.sleep(STOPPED)
            mortal.resume()
            time.sleep(RUNNING)
    check(readers, served.log)
    all_is_well(served)
