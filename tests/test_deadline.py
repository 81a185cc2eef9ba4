"""One clock for all that a request waits for: it counts queues, binds who waits, and leaves jobs alone."""

from __future__ import annotations

import threading
import time
from contextvars import copy_context

import pytest

from graphsvc import deadline
from graphsvc.errors import OutOfTime
from graphsvc.remembering import Memory, Underway


def test_without_a_deadline_all_takes_what_it_takes() -> None:
    assert deadline.left() is None
    assert deadline.at_most(60, "reading") == 60


def test_each_part_gets_what_is_left_at_most() -> None:
    with deadline.within(5):
        assert deadline.at_most(0.5, "reading") == 0.5
        assert 4 < deadline.at_most(60, "reading") <= 5
        with deadline.within(None):
            assert deadline.at_most(60, "reading") == 60
    assert deadline.left() is None


def test_what_was_queued_for_counts() -> None:
    with deadline.came(time.monotonic() - 3):
        deadline.begin(8)
    try:
        assert 4 < (deadline.left() or 0) <= 5
        deadline.begin(0)
        with pytest.raises(OutOfTime, match="reading came too late"):
            deadline.at_most(60, "reading")
    finally:
        deadline.end()
    assert deadline.left() is None


def test_computing_takes_no_time_and_waiting_does() -> None:
    with deadline.within(5):
        time.sleep(0.05)
        assert deadline.left() == 5, "it computed"
        with deadline.waiting():
            time.sleep(0.05)
            with deadline.waiting():
                time.sleep(0.05)
            assert (deadline.left() or 5) <= 4.9, "it runs while it waits"
        rest = deadline.left()
        assert rest is not None and 0 < rest <= 4.9
        time.sleep(0.05)
        assert deadline.left() == rest, "all waits together, and nothing else"


def test_a_thread_that_asks_instead_sees_the_same_clock() -> None:
    seen: list[float | None] = []
    with deadline.within(5), deadline.waiting():
        other = threading.Thread(target=copy_context().run, args=(lambda: seen.append(deadline.left()),))
        time.sleep(0.05)
        other.start()
        other.join(10)
    (left,) = seen
    assert left is not None and left <= 4.95


def test_who_waits_for_an_answer_that_another_makes_waits_no_longer_than_it_may() -> None:
    memory, making, go = Memory(4), threading.Event(), threading.Event()

    def slow() -> str:
        making.set()
        assert go.wait(30)
        return "made"

    other = threading.Thread(target=lambda: memory.recall(1, "answer", slow))
    other.start()
    assert making.wait(10)
    with deadline.within(0.1), pytest.raises(OutOfTime, match="Another request"):
        memory.recall(1, "answer", lambda: "made here")
    go.set()
    other.join(10)
    with deadline.within(10):
        assert memory.recall(1, "answer", lambda: "made here") == "made"


def test_what_takes_longer_than_a_request_may_is_there_for_the_next() -> None:
    underway, go, made = Underway[str](), threading.Event(), []

    def slow() -> str:
        made.append(deadline.left())
        assert go.wait(30)
        return "read"

    for _ in range(2):
        with deadline.within(0.1), pytest.raises(OutOfTime, match="being read"):
            underway.result(1, slow)
    go.set()
    with deadline.within(20):
        assert underway.result(1, slow) == "read"
    assert made == [None], "once, and with all the time it needs"


def test_an_error_of_what_is_underway_is_told_and_the_next_tries_anew() -> None:
    underway = Underway[int]()
    with deadline.within(20):
        with pytest.raises(ZeroDivisionError):
            underway.result(1, lambda: 1 // 0)
        assert underway.result(1, lambda: 2) == 2
        assert underway.result(2, lambda: 3) == 3
    assert underway.result(2, lambda: 4) == 4, "a job makes its own"
