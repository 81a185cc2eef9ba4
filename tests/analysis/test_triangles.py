"""Every triangle is found once, whatever the blocks; twins are those that stand in the same place."""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphsvc.analysis import triangles, twins
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.triangles import Oriented
from graphsvc.analysis.twins import fold
from tests.analysis.made_up_networks import graphs, many_projects, memberships, projected, random_graph


def found(arrays: Arrays) -> list[tuple[int, ...]]:
    edges = Oriented.of(arrays)
    corners: list[tuple[int, ...]] = []
    for block in edges.triangles():
        u, v, w = edges.start[block.uv], edges.end[block.uv], edges.end[block.uw]
        assert (edges.start[block.vw] == v).all()
        assert (edges.end[block.vw] == w).all()
        assert (edges.start[block.uw] == u).all()
        corners += [tuple(sorted(each)) for each in zip(u.tolist(), v.tolist(), w.tolist(), strict=True)]
    return sorted(corners)


def expected(arrays: Arrays) -> list[tuple[int, ...]]:
    graph = arrays.integer_graph
    return [
        each
        for each in itertools.combinations(range(arrays.nodes), 3)
        if all(graph.has_edge(a, b) for a, b in itertools.combinations(each, 2))
    ]


@settings(deadline=None)
@given(graphs())
def test_every_triangle_once(graph: nx.Graph[str]) -> None:
    arrays = Arrays.of(graph)
    assert found(arrays) == expected(arrays)


@pytest.mark.parametrize("cells", [1, 100, 5000])
@pytest.mark.parametrize("wedges", [1, 40, 1 << 20])
def test_every_triangle_once_in_blocks_of_any_size(cells: int, wedges: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triangles, "_CELLS", cells)
    monkeypatch.setattr(triangles, "_WEDGES", wedges)
    monkeypatch.setattr(triangles, "_BLOCK", 10)
    arrays = Arrays.of(random_graph(60, 400))
    assert found(arrays) == expected(arrays)


@settings(deadline=None)
@given(memberships())
def test_twins_are_tied_to_each_other_and_to_the_same_others(members: list[list[int]]) -> None:
    arrays = projected(members)
    folded = fold(arrays)
    closed = arrays.pattern.toarray() + np.eye(arrays.nodes)
    for a, b in itertools.combinations(range(arrays.nodes), 2):
        assert (folded.of[a] == folded.of[b]) == (closed[a] == closed[b]).all()
    assert folded.size.sum() == arrays.nodes
    assert (folded.of[folded.first] == np.arange(len(folded.size))).all()
    assert (folded.pattern.toarray() == arrays.pattern.toarray()[np.ix_(folded.first, folded.first)]).all()


def test_hashes_that_lie_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_alike(matrix: object, entries: np.ndarray) -> np.ndarray:
        return np.zeros(arrays.nodes, dtype=np.uint64)

    arrays = projected(many_projects(40, 15, 1))
    right = fold(arrays)
    monkeypatch.setattr(twins, "sums_by_row", all_alike)
    wrong_hash = fold(arrays)
    assert len(wrong_hash.size) >= len(right.size), "nodes that are no twins are never folded"
    for a, b in itertools.combinations(range(arrays.nodes), 2):
        if wrong_hash.of[a] == wrong_hash.of[b]:
            assert right.of[a] == right.of[b]


def test_participants_of_one_project_are_one_class() -> None:
    arrays = projected([list(range(30)), list(range(25, 60))])
    folded = fold(arrays)
    # Those of the first alone, those of both, those of the second alone, and the actor that takes part in nothing.
    assert sorted(folded.size.tolist()) == [1, 5, 25, 30]
    assert folded.pattern.nnz == 4
