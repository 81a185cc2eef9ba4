"""Positions: the same in every process, nobody on top of another, communities beside each other."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from graphsvc.render.layout import Plan, Points, positions
from graphsvc.render.page import Page, radii
from tests.render.made_up_map import made_up_map


def plan_of(actors: int = 150, communities: int = 8) -> Plan:
    content = made_up_map(actors, communities)
    seat = {actor.id: number for number, actor in enumerate(content.actors)}
    return Plan(
        ties=tuple((seat[tie.a], seat[tie.b], tie.weight) for tie in content.ties),
        communities=tuple(actor.community for actor in content.actors),
        radii=tuple(radii([actor.importance for actor in content.actors])),
    )


def distances(points: Points) -> Points:
    found: Points = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    return found


@pytest.mark.parametrize(("actors", "communities"), [(12, 2), (150, 8), (400, 12)])
def test_symbols_do_not_touch(actors: int, communities: int) -> None:
    plan = plan_of(actors, communities)
    apart = distances(positions(plan))
    np.fill_diagonal(apart, np.inf)
    radii = np.array(plan.radii)
    assert (apart - radii[:, None] - radii[None]).min() > 3


def test_communities_stand_beside_each_other() -> None:
    plan = plan_of()
    points = positions(plan)
    groups = {group: points[[c == group for c in plan.communities]] for group in set(plan.communities) - {None}}
    # Seen along the line between their middles, one group ends before the other begins.
    for first, second in combinations(sorted(groups, key=str), 2):
        one, two = groups[first].mean(axis=0), groups[second].mean(axis=0)
        along = (two - one) / np.hypot(*(two - one))
        end, beginning = ((groups[first] - one) @ along).max(), ((groups[second] - one) @ along).min()
        assert end + 10 < beginning, f"groups {first} and {second} reach into each other"


def test_partners_stand_nearer_than_strangers() -> None:
    plan = plan_of()
    apart = distances(positions(plan))
    tied = np.array([apart[a, b] for a, b, _ in plan.ties])
    assert tied.mean() < 0.65 * apart.mean()


def test_actors_without_ties_stand_in_rows_below() -> None:
    plan = plan_of()
    points = positions(plan)
    tied = {end for a, b, _ in plan.ties for end in (a, b)}
    alone = [actor for actor in range(len(points)) if actor not in tied]
    assert alone
    assert points[alone, 1].min() > points[sorted(tied), 1].max() + 20


def test_small_networks() -> None:
    assert positions(Plan((), (), ())).shape == (0, 2)
    assert positions(Plan((), (None,), (5.0,))).tolist() == [[0.0, 0.0]]
    pair = positions(Plan(((0, 1, 1.0),), (0, 0), (5.0, 5.0)))
    assert np.hypot(*(pair[0] - pair[1])) > 15
    ring = positions(Plan(((0, 1, 1.0), (2, 3, 1.0)), (0, 0, 1, 1), (5.0,) * 4))
    assert np.isfinite(ring).all()


def test_the_order_of_the_ties_does_not_matter() -> None:
    plan = plan_of()
    turned = Plan(tuple(reversed(plan.ties)), plan.communities, plan.radii)
    assert np.allclose(positions(plan), positions(turned), atol=1e-6)


def test_same_coordinates_whatever_the_hash_seed() -> None:
    program = (
        "from tests.render.test_layout import plan_of, positions;"
        "import hashlib; print(hashlib.sha256(positions(plan_of()).round(3).tobytes()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("0", "11")
    }
    assert found == {hashlib.sha256(positions(plan_of()).round(3).tobytes()).hexdigest()}


def test_a_crowded_network_stands_in_groups_with_everyone_in_one() -> None:
    content = made_up_map(500, 10)
    page = Page(content)
    places = page.places(radii([actor.importance for actor in content.actors]))
    assert set(places) == page.drawn == {actor.id for actor in content.actors}
    points = np.array([places[actor.id] for actor in content.actors], dtype=float)
    apart = distances(points)
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > 10
    tied = {end for tie in content.ties for end in (tie.a, tie.b)}
    alone = [number for number, actor in enumerate(content.actors) if actor.id not in tied]
    assert len({points[number, 1] for number in alone}) == len(alone), "no rows"
