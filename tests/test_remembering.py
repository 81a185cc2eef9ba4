"""The memory of answers: made once per revision, never wrong."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from graphsvc import deadline
from graphsvc.errors import OutOfTime
from graphsvc.remembering import Memory


def test_an_answer_is_made_once_per_revision() -> None:
    memory, made = Memory(4), []
    for revision in (1, 1, 2, 2):
        memory.recall(revision, "answer", lambda: made.append(1))
    assert len(made) == 2


def test_an_answer_of_the_past_is_made_but_not_kept() -> None:
    memory = Memory(4)
    assert memory.recall(2, "answer", lambda: "new") == "new"
    assert memory.recall(1, "answer", lambda: "old") == "old"
    assert memory.recall(2, "answer", lambda: "made again") == "new"


def test_the_answer_not_asked_for_longest_is_forgotten() -> None:
    memory = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.recall(1, key, partial(str, key))
    assert memory.recall(1, "a", lambda: "made again") == "a"
    assert memory.recall(1, "b", lambda: "made again") == "made again"


def test_an_error_is_raised_and_not_kept() -> None:
    memory = Memory(2)
    with pytest.raises(ZeroDivisionError):
        memory.recall(1, "answer", lambda: 1 // 0)
    assert memory.recall(1, "answer", lambda: 5) == 5


def test_an_answer_made_of_many_others_is_kept_though_they_came_in_after_it() -> None:
    memory = Memory(2)

    def of_others() -> str:
        return "".join(memory.recall(1, key, partial(str, key)) for key in "abc")

    assert memory.recall(1, "whole", of_others) == "abc"
    assert memory.holds(1, "whole")
    assert not memory.holds(1, "b")


def test_many_threads_wait_for_one_making_and_other_answers_go_on() -> None:
    memory, made, go = Memory(4), [], threading.Event()

    def slow() -> str:
        made.append(threading.get_ident())
        assert go.wait(10)
        return "slow"

    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(memory.recall(1, "slow", slow))) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert memory.recall(1, "quick", lambda: "quick") == "quick"
    go.set()
    for thread in threads:
        thread.join(10)
    assert answers == ["slow"] * 4
    assert len(made) == 1


def test_a_request_goes_when_its_time_is_up_and_finds_it_made_when_it_comes_again() -> None:
    memory, go, made = Memory(4, makers=1), threading.Event(), list[int]()

    def slow() -> str:
        assert deadline.left() is None, "who makes it has all the time it needs"
        assert go.wait(30)
        made.append(1)
        return "slow"

    for _ in range(2):
        with deadline.within(0.05), pytest.raises(OutOfTime):
            memory.recall(1, "slow", slow, aside=True)
    assert not memory.holds(1, "slow")
    go.set()
    with deadline.within(30):
        assert memory.recall(1, "slow", lambda: "another", aside=True) == "slow"
    assert memory.holds(1, "slow")
    assert made == [1]


def test_no_more_is_made_for_requests_at_once_than_there_are_makers() -> None:
    memory, go = Memory(4, makers=1), threading.Event()

    def slow() -> bool:
        return go.wait(30)

    with deadline.within(0.05), pytest.raises(OutOfTime, match="being made"):
        memory.recall(1, "slow", slow, aside=True)
    with deadline.within(0.05), pytest.raises(OutOfTime, match="Too much"):
        memory.recall(1, "other", lambda: "other", aside=True)
    go.set()
    with deadline.within(30):
        assert memory.recall(1, "other", lambda: "other", aside=True) == "other"


def test_what_a_maker_makes_of_the_past_is_nothing_of_the_present() -> None:
    memory, go, over = Memory(4, makers=2), threading.Event(), threading.Event()

    def of_the_past() -> str:
        assert go.wait(30)
        over.set()
        return "old"

    with deadline.within(0.05), pytest.raises(OutOfTime):
        memory.recall(1, "answer", of_the_past, aside=True)
    with deadline.within(30):
        assert memory.recall(2, "answer", lambda: "new", aside=True) == "new"
        go.set()
        assert over.wait(30)
        assert memory.recall(2, "answer", lambda: "made again", aside=True) == "new"


def test_an_error_of_a_maker_is_raised_where_it_is_waited_for_and_not_kept() -> None:
    memory = Memory(2, makers=1)
    with deadline.within(30):
        with pytest.raises(ZeroDivisionError):
            memory.recall(1, "answer", lambda: 1 // 0, aside=True)
        assert memory.recall(1, "answer", lambda: 5, aside=True) == 5
