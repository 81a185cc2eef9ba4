"""graphsvc as a backend of NetworkX: the calls of NetworkX, answered here, with NetworkX's answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from networkx.utils import backends as _networkx

from graphsvc.analysis import backend
from tests.analysis.made_up_networks import as_graph as as_networkx
from tests.analysis.made_up_networks import graphs, many_projects, projected

BACKENDS = _networkx.backends  # type: ignore[attr-defined]
INSTALLED = pytest.mark.skipif(
    "graphsvc" not in BACKENDS, reason="needs an installation: NetworkX finds backends by entry points"
)

CALLS: dict[str, dict[str, Any]] = {
    "articulation_points": {},
    "betweenness_centrality": {},
    "bridges": {},
    "closeness_centrality": {"wf_improved": False},
    "clustering": {},
    "constraint": {"weight": "weight"},
    "core_number": {},
    "effective_size": {"weight": None},
    "harmonic_centrality": {},
    "pagerank": {"weight": "weight", "alpha": 0.5, "tol": 1e-12},
}


@pytest.fixture(autouse=True)
def _no_remarks_on_caching() -> Iterator[None]:
    """NetworkX warns once when it uses a graph that it has converted before."""
    with nx.config(warnings_to_ignore={"cache"}):
        yield


def plain(found: Any) -> Any:
    if isinstance(found, dict):
        return pytest.approx(found, abs=1e-9, nan_ok=True)
    return sorted(tuple(sorted(each)) if isinstance(each, tuple) else each for each in found)


@INSTALLED
@pytest.mark.parametrize("name", CALLS)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs())
def test_the_answers_are_networkx_s(name: str, graph: nx.Graph[str]) -> None:
    function = getattr(nx, name)
    ours = function(graph, backend="graphsvc", **CALLS[name])
    theirs = function(graph, backend="networkx", **CALLS[name])
    if isinstance(theirs, dict):
        assert ours == plain(theirs)
        assert list(ours) == list(graph)
    else:
        assert plain(ours) == plain(theirs)


@INSTALLED
def test_weighted_effective_size_is_the_right_one() -> None:
    graph = as_networkx(projected(many_projects(60, 20, 1)))
    right = nx.effective_size(graph, nodes=list(graph), weight="weight", backend="networkx")
    assert nx.effective_size(graph, weight="weight", backend="graphsvc") == pytest.approx(right, nan_ok=True)


@INSTALLED
def test_what_it_cannot_do_is_left_to_networkx() -> None:
    graph = nx.star_graph(4)
    with pytest.raises(NotImplementedError):
        nx.betweenness_centrality(graph, k=2, seed=1, backend="graphsvc")
    with pytest.raises(NotImplementedError):
        nx.core_number(nx.DiGraph(graph), backend="graphsvc")
    graph[0][1]["weight"] = -1.0
    with pytest.raises(NotImplementedError):
        nx.constraint(graph, weight="weight", backend="graphsvc")


@INSTALLED
def test_a_setting_sends_plain_calls_here_and_who_answers_is_known() -> None:
    graph = nx.path_graph(5)
    with nx.config(backend_priority=["graphsvc"]):
        assert nx.core_number(graph) == dict.fromkeys(range(5), 1)
    assert "graphsvc" in graph.__networkx_cache__["backends"], "NetworkX converted the graph, so it asked us"


def test_every_function_named_is_there_and_of_networkx() -> None:
    assert set(CALLS) == set(backend._USUAL)
    for name in CALLS:
        assert callable(getattr(backend, name))
        assert callable(getattr(nx, name))


@INSTALLED
def test_networkx_s_own_tests_hold() -> None:
    """Run the tests that come with NetworkX with every graph handed to us first."""
    modules = [
        "centrality.tests.test_betweenness_centrality",
        "centrality.tests.test_closeness_centrality",
        "centrality.tests.test_harmonic_centrality",
        "components.tests.test_biconnected",
        "link_analysis.tests.test_pagerank",
        "tests.test_bridges",
        "tests.test_cluster",
        "tests.test_core",
        "tests.test_structuralholes",
    ]
    environment = {**os.environ, "NETWORKX_TEST_BACKEND": "graphsvc", "NETWORKX_FALLBACK_TO_NX": "True"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs"]
    command += [f"networkx.algorithms.{module}" for module in modules]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > 200


def test_what_networkx_imports_at_start_loads_nothing() -> None:
    script = "import sys, graphsvc.analysis.backend_info as b; b.get_info(); print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def needs_cugraph() -> None:
    """Skip, with what is missing, where NVIDIA's nx-cugraph can't run; fail where GRAPHSVC_TEST_REQUIRE=cugraph."""
    missing = ""
    if find_spec("nx_cugraph") is None or "cugraph" not in BACKENDS:
        missing = "needs nx-cugraph (pip install nx-cugraph-cu13), and for it a graphics card of NVIDIA"
    else:
        import cupy  # type: ignore[import-not-found,unused-ignore]  # comes with it

        try:
            cupy.cuda.runtime.getDeviceCount()
        except cupy.cuda.runtime.CUDARuntimeError as error:
            missing = f"nx-cugraph is here, but no graphics card that it can use: {error}"
    if missing and "cugraph" in os.environ.get("GRAPHSVC_TEST_REQUIRE", "").split(","):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


@pytest.mark.parametrize(
    ("name", "how", "near"),
    [
        ("betweenness_centrality", {}, 1e-6),  # sums in single precision on the card
        ("pagerank", {"tol": 1e-10, "max_iter": 500}, 1e-6),
        ("core_number", {}, 0.0),
    ],
)
def test_a_graphics_card_gives_the_same_numbers(name: str, how: dict[str, Any], near: float) -> None:
    """By a plain call under NetworkX's own setting, as docs/explanation/scale.md says."""
    needs_cugraph()
    graph = as_networkx(projected(many_projects(200, 70, 3)))
    with nx.config(backend_priority=["cugraph"]):
        theirs = getattr(nx, name)(graph, **how)
    assert "cugraph" in graph.__networkx_cache__["backends"], "NetworkX converted the graph, so the card was asked"
    ours = getattr(backend, name)(backend.convert_from_nx(graph, edge_attrs={"weight": 1} if "tol" in how else None))
    assert ours == pytest.approx(theirs, abs=near)
