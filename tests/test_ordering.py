"""Any order, any pages: each thing once, unknown values last, and a page begins after the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc import ordering
from graphsvc.ordering import Order, Value, page
from tests.noting import note_calls

KEYS = ("number", "word")
_things = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(-3, 3)), st.one_of(st.none(), st.sampled_from("abÄ")), st.uuids().map(str)
    ),
    unique_by=lambda each: each[2],
)
_orders = st.lists(st.sampled_from(["number", "-number", "word", "-word"]), min_size=1, max_size=3)


def value(thing: tuple[int | None, str | None, str], key: str) -> Value:
    return thing[2] if key == "id" else thing[KEYS.index(key)]


@given(things=_things, order=_orders, limit=st.integers(1, 5))
def test_pages_make_the_sorted_list(
    things: list[tuple[int | None, str | None, str]], order: list[str], limit: int
) -> None:
    wanted = Order.read(",".join(order), KEYS)
    expected = sorted(things, key=lambda each: each[2])
    for name, down in reversed(wanted.keys):
        known = [each for each in expected if value(each, name) is not None]
        unknown = [each for each in expected if value(each, name) is None]
        expected = sorted(known, key=lambda each: value(each, name), reverse=down) + unknown  # type: ignore[arg-type, return-value]
    found: list[tuple[int | None, str | None, str]] = []
    after = None
    while True:
        part = page(things, wanted, value, limit=limit, after=after)
        found += part.items
        if (after := part.next) is None:
            break
        assert len(part.items) == limit
    assert found == expected


def test_a_long_list_is_sorted_by_plain_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison of ours is some 30 times as slow as one of numbers or words; a page needs but a few of them."""
    compared = note_calls(monkeypatch, ordering._Down, "__lt__")
    things = [(number, None, f"{number:05}") for number in range(3000)]
    order = Order.read("-number", KEYS)
    first = page(things, order, value, limit=1000)
    second = page(things, order, value, limit=1000, after=first.next)
    assert [each[0] for each in second.items] == list(range(1999, 999, -1))
    assert len(compared) < 30
