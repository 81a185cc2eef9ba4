"""Who asks a server that is away is told so at once; who asks for a job waits."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from typing import Any

import pytest

from graphsvc import deadline
from graphsvc.errors import OutOfTime, StoreBusy, StoreError, StoreTimeout, StoreUnavailable
from graphsvc.store import guarded
from graphsvc.store.engine import Row, Step
from graphsvc.store.guarded import FAILURES, SLOTS, GuardedEngine, patiently


class Moody:
    """An engine that answers, fails or hangs as it is told."""

    name = "a moody server"

    def __init__(self) -> None:
        self.error: StoreError | None = None
        self.answers = Event()
        self.answers.set()
        self.inside = Semaphore(0)
        self.asked = 0
        self.closed = False

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        self.asked += 1
        self.inside.release()
        assert self.answers.wait(30)
        if self.error:
            raise self.error
        return [{"value": 1}]

    def write(self, steps: Sequence[Step]) -> None:
        self.read("x")

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def moody() -> Moody:
    return Moody()


@pytest.fixture
def engine(moody: Moody, monkeypatch: pytest.MonkeyPatch) -> Iterator[GuardedEngine]:
    monkeypatch.setattr(guarded, "PAUSE", 0.05)
    engine = GuardedEngine(moody, Moody)
    yield engine
    moody.answers.set()
    engine.close()


def failing(engine: GuardedEngine, kind: type[StoreError], times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(kind):
            engine.read("revision/value")


def test_after_failures_in_a_row_nobody_is_sent_there_until_it_is_back(moody: Moody, engine: GuardedEngine) -> None:
    moody.error = StoreUnavailable("gone", remedy="look there")
    failing(engine, StoreUnavailable, FAILURES)
    moody.answers.clear()  # from now on it would hang
    began, asked = time.monotonic(), moody.asked
    for _ in range(50):
        with pytest.raises(StoreUnavailable, match=r"gone") as refused:
            engine.write([Step("x")])
    assert refused.value.remedy == "look there"
    assert time.monotonic() - began < 5, "it hangs for ever"
    assert moody.asked - asked <= 1, "only the look whether it is back may have come there"
    moody.error = None
    moody.answers.set()
    deadline = time.monotonic() + 20
    while not let_in(engine):
        assert time.monotonic() < deadline, "it is back, and nobody is let in"
        time.sleep(0.02)


def let_in(engine: GuardedEngine) -> bool:
    try:
        return engine.read("revision/value") == [{"value": 1}]
    except StoreUnavailable:
        return False


@pytest.mark.parametrize("between", [None, StoreTimeout("slow"), StoreBusy("busy")], ids=["answer", "slow", "busy"])
def test_what_answers_now_and_then_is_not_away(moody: Moody, engine: GuardedEngine, between: StoreError | None) -> None:
    for _ in range(3):
        moody.error = StoreUnavailable("gone")
        failing(engine, StoreUnavailable, FAILURES - 1)
        moody.error = between
        if between:
            failing(engine, type(between))
        else:
            engine.read("x")
    assert moody.asked == 3 * FAILURES


def test_a_server_that_hangs_holds_some_threads_and_no_more(moody: Moody, engine: GuardedEngine) -> None:
    moody.answers.clear()
    with ThreadPoolExecutor(SLOTS) as pool:
        held = [pool.submit(engine.read, "x") for _ in range(SLOTS)]
        for _ in held:
            assert moody.inside.acquire(timeout=10)
        began = time.monotonic()
        failing(engine, StoreBusy, 2)
        assert time.monotonic() - began < 2
        moody.answers.set()
        assert [each.result(10) for each in held] == [[{"value": 1}]] * SLOTS
    assert engine.read("x")


def test_a_request_waits_no_longer_than_it_may_and_gives_its_slot_back(
    moody: Moody, engine: GuardedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "GRACE", 0.05)
    moody.answers.clear()
    for _ in range(FAILURES):
        with deadline.within(0.1), pytest.raises(OutOfTime, match="did not answer in time"):
            engine.write([Step("x")])
    with deadline.within(5), pytest.raises(StoreUnavailable, match="did not answer in time"):
        engine.read("x")  # whoever comes next is told at once
    moody.answers.set()
    deadline_of_test = time.monotonic() + 20
    while not let_in(engine):
        assert time.monotonic() < deadline_of_test, "it answers again, and nobody is let in"
        time.sleep(0.02)


def test_what_comes_too_late_is_not_asked_and_says_nothing_of_the_server(moody: Moody, engine: GuardedEngine) -> None:
    for _ in range(FAILURES):
        with deadline.within(0), pytest.raises(OutOfTime, match="came too late"):
            engine.read("x")
    assert moody.asked == 0
    assert engine.read("x")


def test_a_job_is_sent_there_all_the_same_and_by_a_way_of_its_own(moody: Moody) -> None:
    waiting = Moody()
    engine = GuardedEngine(moody, lambda: waiting)
    moody.error = StoreUnavailable("gone")
    failing(engine, StoreUnavailable, FAILURES)
    with patiently():
        assert engine.read("x") == [{"value": 1}]
        engine.write([Step("x")])
    assert waiting.asked == 2
    failing(engine, StoreUnavailable)
    engine.close()
    assert (moody.closed, waiting.closed) == (True, True)
