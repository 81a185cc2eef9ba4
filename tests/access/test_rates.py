"""Time is what is charged, and it comes back steadily."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphsvc.access.rates import WINDOW, Rates


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_an_empty_bucket_fills_in_the_window() -> None:
    clock = Clock()
    rates = Rates(30, clock)
    assert rates.charge("a", 31).spent
    assert not rates.left("b").spent
    assert rates.left("a").wait == 3  # a second of debt takes two to pay back, and then a moment more
    clock.at += rates.left("a").wait
    assert not rates.left("a").spent
    clock.at += WINDOW
    assert rates.left("a").left == 30


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 60)), max_size=30))
def test_over_any_time_nobody_gets_more_than_the_bucket_and_what_flowed_in(requests: list[tuple[float, float]]) -> None:
    clock, most = Clock(), 30.0
    rates = Rates(most, clock)
    granted, longest = 0.0, 0.0
    for seconds, pause in requests:
        clock.at += pause
        if not rates.left("a").spent:
            rates.charge("a", seconds)
            granted, longest = granted + seconds, max(longest, seconds)
    assert granted <= most + clock.at * most / WINDOW + longest + 1e-6
