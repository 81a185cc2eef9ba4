"""While a job works, the garbage collector looks through young things only; afterwards its rule is what it was."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest

from graphsvc.errors import InvalidValue
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.whole import SELDOM, look_through_all, seldom_looked_through
from graphsvc.wishes import MeasuresAsked
from graphsvc.working import UNWATCHED, Kind, Watch, _do


class Ring:
    """Something that hangs on itself: only the garbage collector finds it."""

    gone = 0

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Ring.gone += 1


def test_the_rule_goes_back_with_the_last_who_works() -> None:
    before = gc.get_threshold()
    first, second = seldom_looked_through(), seldom_looked_through()
    with first:
        assert gc.get_threshold() == (*before[:2], SELDOM)
        second.__enter__()
    assert gc.get_threshold() == (*before[:2], SELDOM)
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before


def test_each_job_works_by_that_rule(sample_copy: Callable[[], str]) -> None:
    before, seen = gc.get_threshold(), list[tuple[int, int, int]]()

    def work(_: Service, __: MeasuresAsked, ___: Watch) -> None:
        seen.append(gc.get_threshold())
        raise InvalidValue("It fails.")

    service = Service.open(Settings(store=sample_copy()))
    try:
        with pytest.raises(InvalidValue):
            _do(service, Kind(MeasuresAsked, work), {}, UNWATCHED)
    finally:
        service.close()
    assert seen == [(*before[:2], SELDOM)] and gc.get_threshold() == before


def test_what_was_set_apart_and_went_is_found() -> None:
    ring, before = Ring(), Ring.gone
    gc.freeze()
    try:
        del ring
        gc.collect()
        assert Ring.gone == before, "it was set apart"
        look_through_all()
        assert Ring.gone == before + 1
    finally:
        gc.unfreeze()
