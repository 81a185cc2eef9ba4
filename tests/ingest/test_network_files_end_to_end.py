"""Files of other tools all the way: looked at, loaded, measured, drawn; loaded again they change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from graphsvc.ingest.reading import Severity
from graphsvc.model import View
from graphsvc.service import Service
from graphsvc.settings import Settings

FILES = {
    # 51 states and the 109 borders between them
    "kumu/snap-to-tutorial-project.json": (51, 109, 51, 109),
    # 8 organisations and 1,019 practices; every pair of the 8 that shares a practice is one link of the projection
    "gephi/Network.gexf": (8, 1019, 8, 28),
}


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service.open(Settings.load(store=":memory:"))
    yield service
    service.close()


@pytest.mark.parametrize("name", sorted(FILES))
def test_measures_and_a_map_of_a_file_of_another_tool(shared: Path, service: Service, name: str) -> None:
    actors, collaborations, nodes, links = FILES[name]
    path = shared / "data" / "formats" / name
    checked = service.check(path)
    assert not checked.tally.problem_count[Severity.ERROR]
    loaded = service.load(checked)
    snapshot = service.snapshot()
    assert (len(snapshot.actors), len(snapshot.collaborations)) == (actors, collaborations)
    projection = service.network(View()).projection
    assert (projection.number_of_nodes(), projection.number_of_edges()) == (nodes, links)
    measures = service.measures(View())
    assert len(measures.measures["degree"].values) == nodes
    page = service.map(View(), language="fi")
    assert page[:15].lower() == "<!doctype html>"
    assert checked.reading.source.name in page
    again = service.load(service.check(path))
    assert (again.batches_written, again.revision) == (0, loaded.revision)


def test_the_projection_of_two_modes_is_networkx_own(shared: Path, service: Service) -> None:
    """The one-mode network of the GEXF file is what NetworkX projects from the same file."""
    path = shared / "data" / "formats" / "gephi" / "Network.gexf"
    service.load(service.check(path))
    graph = nx.read_gexf(path)
    top = {node for node, values in graph.nodes(data=True) if values["Node Color Multimode"] == "red"}
    expected = nx.bipartite.weighted_projected_graph(graph.to_undirected(), top)
    names = {actor.id: actor.name for actor in service.snapshot().actors}
    found = service.network(View()).projection
    pairs = {frozenset((names[a], names[b])) for a, b in found.edges()}
    assert pairs == {frozenset(pair) for pair in expected.edges()}
