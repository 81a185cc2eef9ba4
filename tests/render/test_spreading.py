"""Rooms on paper: pushed apart until none overlap, left alone where none do, the same each time."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.render.room import NOBODY, Room
from graphsvc.render.sheet import Box
from graphsvc.render.spreading import spread

SPOTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=40)


def overlaps(points: np.ndarray, rooms: np.ndarray) -> int:
    gap = np.abs(points[:, None] - points[None]) - (rooms[:, None] + rooms[None]) / 2
    return int(np.triu((gap < -1e-3).all(axis=2), 1).sum())


@settings(deadline=None, max_examples=60)
@given(SPOTS)
def test_none_overlap_and_the_middle_of_all_stays(spots: list[tuple[int, int]]) -> None:
    points, rooms = np.array(spots, float), np.tile((8.0, 3.0), (len(spots), 1))
    made = spread(points, rooms)
    assert overlaps(made, rooms) == 0
    assert np.abs(made.mean(axis=0) - points.mean(axis=0)).max() < 6
    assert (spread(points, rooms) == made).all()


def test_who_has_room_stays() -> None:
    points, rooms = np.array([(0.0, 0.0), (9.0, 0.0), (0.0, 4.0)]), np.tile((8.0, 3.0), (3, 1))
    assert (spread(points, rooms) == points).all()


def test_who_would_lose_the_last_place_is_counted() -> None:
    symbols = [Box(0, 0, 2, 2), Box(20, 0, 22, 2)]
    places = [[Box(3, 0, 6, 2), Box(-4, 0, -1, 2)], [Box(23, 0, 26, 2), Box(16, 0, 19, 2)]]
    room = Room(Box(-10, -10, 40, 40), symbols, places)
    assert room.crowds_out(Box(15, 0, 19, 2)) == 0, "one place is left"
    room.take(Box(15, 0, 19, 2))
    assert room.crowds_out(Box(24, 0, 30, 2)) == 1
    assert room.crowds_out(Box(24, 0, 30, 2), own=1) == 0, "its own name needs no number"
    assert room.tightest() == 1
    room.take(Box(24, 0, 30, 2), own=1)
    assert room.tightest() == 0
    assert not room.fits(Box(1, 1, 5, 5), own=1), "a symbol lies there"
    assert room.fits(Box(1, 3, 5, 5))
    room.take(places[0][0], own=0)
    assert room.tightest() == NOBODY
