"""Next year's map looks like this year's: who stays, stands where it stood."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from graphsvc.errors import InvalidValue
from graphsvc.model import ActorKind
from graphsvc.render.content import MapActor, MapContent, MapPlace, MapTie
from graphsvc.render.earlier import read_places
from graphsvc.render.map import render_map
from graphsvc.render.page import Page, radii
from tests.render.made_up_map import made_up_map

DATA = '<script type="application/json" id="map-data">%s</script>'


@cache
def last_year() -> MapContent:
    return made_up_map()


@cache
def stood() -> tuple[MapPlace, ...]:
    return Page(last_year()).stood()


def places(content: MapContent) -> dict[str, tuple[float, float]]:
    return {place.id: (place.x, place.y) for place in Page(content).stood()}


def with_new(content: MapContent, names: str, ties: dict[str, tuple[str, ...]], community: int | None) -> MapContent:
    """Return the content with new actors, their ties and community."""
    new = tuple(MapActor(id_, f"New {id_}", ActorKind.FIRM, 0.0, community=community) for id_ in names)
    added = tuple(MapTie(min(a, b), max(a, b), 1.0, ()) for a, others in ties.items() for b in others)
    return replace(content, actors=(*content.actors, *new), ties=(*content.ties, *added))


def moved(content: MapContent) -> dict[str, float]:
    """Return how far each actor of last year moved, in units of the map."""
    now = places(replace(content, before=stood()))
    return {each.id: float(np.hypot(now[each.id][0] - each.x, now[each.id][1] - each.y)) for each in stood()}


def least_gap(content: MapContent) -> float:
    """Return the least room between two symbols."""
    here = places(replace(content, before=stood()))
    points = np.array([here[actor.id] for actor in content.actors])
    sizes = np.array(radii([actor.importance for actor in content.actors]))
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) - sizes[:, None] - sizes[None]
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


def test_the_same_network_stands_exactly_where_it_stood() -> None:
    assert max(moved(last_year()).values()) == 0


def test_one_more_actor_moves_hardly_anyone() -> None:
    partners = tuple(actor.id for actor in last_year().actors if actor.community == 0)[:4]
    more = with_new(last_year(), "x", {"x": partners}, 0)
    distances = moved(more)
    assert max(distances.values()) < 25
    assert sum(distance > 1 for distance in distances.values()) < 12
    assert least_gap(more) > 3
    here = places(replace(more, before=stood()))
    middle = np.mean([here[id_] for id_ in partners], axis=0)
    assert np.hypot(*(here["x"] - middle)) < 200, "it stands among its partners"


def without_the_strongest() -> MapContent:
    gone = {actor.id for actor in last_year().actors[:10]}
    return replace(
        last_year(),
        actors=tuple(actor for actor in last_year().actors if actor.id not in gone),
        ties=tuple(tie for tie in last_year().ties if not {tie.a, tie.b} & gone),
        suggestions=(),
    )


@pytest.mark.parametrize("like", [True, False])
def test_who_leaves_leaves_the_others_in_place(like: bool) -> None:
    left = without_the_strongest()
    tied = {end for tie in left.ties for end in (tie.a, tie.b)}
    now = places(replace(left, before=stood() if like else ()))
    far = [float(np.hypot(now[each.id][0] - each.x, now[each.id][1] - each.y)) for each in stood() if each.id in tied]
    if like:
        assert max(far) < 15
    else:
        assert np.median(far) > 100, "without the earlier map all stand elsewhere, else this proves nothing"


def test_a_new_group_finds_a_place_of_its_own() -> None:
    new = "abcdefgh"
    ties = {id_: tuple(other for other in new if other > id_) for id_ in new}
    more = with_new(last_year(), new, {**ties, "a": (*ties["a"], last_year().actors[0].id)}, 99)
    distances = moved(more)
    assert max(distances.values()) < 25
    assert least_gap(more) > 3
    here = places(replace(more, before=stood()))
    group = np.array([here[id_] for id_ in new])
    others = np.array([here[actor.id] for actor in last_year().actors])
    middle = group.mean(axis=0)
    inside = np.hypot(*(others - middle).T) < np.hypot(*(group - middle).T).max()
    assert not inside.any(), "nobody else stands in its area"


def test_who_changes_groups_goes_along() -> None:
    mover = next(actor for actor in last_year().actors if actor.community == 1)
    partners = tuple(actor.id for actor in last_year().actors if actor.community == 0)[:5]
    ties = tuple(tie for tie in last_year().ties if mover.id not in (tie.a, tie.b))
    actors = tuple(replace(each, community=0) if each.id == mover.id else each for each in last_year().actors)
    changed = with_new(replace(last_year(), actors=actors, ties=ties), "", {mover.id: partners}, None)
    here = places(replace(changed, before=stood()))
    to_new = min(np.hypot(*np.subtract(here[mover.id], here[id_])) for id_ in partners)
    assert to_new < 200


def test_places_are_read_back_from_a_map_file() -> None:
    assert read_places(render_map(last_year()), "map.html") == stood()


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>hello</p>",
        DATA % "{",
        DATA % '{"nodes":[1]}',
        DATA % '{"nodes":{"fields":["key","x","y"],"rows":[["a",1e300,0]]}}',
        DATA % '{"nodes":{"fields":["key","x"],"rows":[["a",1]]}}',
    ],
)
def test_another_file_is_refused_by_name(html: str) -> None:
    with pytest.raises(InvalidValue, match=r"page\.html is not a map"):
        read_places(html, "page.html")


def test_nothing_of_the_earlier_map_but_places_goes_on() -> None:
    ghost = MapPlace("a-ghost-of-last-year", 0, 0, 0)
    assert "a-ghost-of-last-year" not in render_map(replace(last_year(), before=(*stood(), ghost)))


PROGRAM = """
import hashlib
from dataclasses import replace
from graphsvc.render.map import render_map
from tests.render.test_earlier import stood, without_the_strongest
print(hashlib.sha256(render_map(replace(without_the_strongest(), before=stood())).encode()).hexdigest())
"""


def test_same_bytes_whatever_the_hash_seed() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "11")
    }
    assert len(found) == 1
