"""Networks for other tools are read back, by our own readers and by NetworkX, with as many nodes and ties."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import networkx as nx
import pytest
from openpyxl import load_workbook

from graphsvc.cells import neutral
from graphsvc.errors import InvalidValue
from graphsvc.exporting import FORMS, Ask, Format
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.reading import ReadRow, Tally
from graphsvc.model import Actor, Collaboration, Participation, View
from graphsvc.render.hidden_parts import without_hidden
from graphsvc.render.kumu import kumu_json, kumu_workbook
from graphsvc.render.redaction import Concealed, Field, Redaction
from graphsvc.service import Service
from graphsvc.settings import Settings

if TYPE_CHECKING:
    Graph = nx.Graph[str]

NETWORKS: list[Format] = [name for name in get_args(Format) if not FORMS[name].whole]
PART = View(place="fi-tampere")


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy()))
    yield service
    service.close()


def graph_of(service: Service, two_mode: bool) -> Graph:
    network = service.network(PART)
    return network.two_mode if two_mode else network.projection


def read_back(content: bytes, format_: Format, folder: Path, missed: int = 0) -> dict[type, set[str]]:
    """Return the ids of what our own reader finds in the file, by type; ``missed`` rows must be no ties."""
    path = folder / f"network.{FORMS[format_].ending}"
    path.write_bytes(content)
    found: dict[type, set[str]] = {Actor: set(), Collaboration: set(), Participation: set()}
    tally = Tally()
    for item in open_here(path).rows():
        tally.add(item)
        if isinstance(item, ReadRow):
            for claim in item.says:
                found.setdefault(type(claim), set()).add(claim.id)
    assert tally.wrong_rows == missed, tally.problems[:3]
    return found


@pytest.mark.parametrize("format_", [name for name in NETWORKS if name != "csv"])
def test_our_readers_find_the_same_actors_and_ties(service: Service, tmp_path: Path, format_: Format) -> None:
    graph = graph_of(service, two_mode=False)
    found = read_back(service.export_as(Ask(format_, view=PART)).content, format_, tmp_path)
    assert (len(found[Actor]), len(found[Collaboration])) == (len(graph), graph.number_of_edges())
    assert len(found[Participation]) == 2 * graph.number_of_edges()


def test_a_list_of_ties_has_all_ties_and_names_those_without_one(service: Service, tmp_path: Path) -> None:
    graph = graph_of(service, two_mode=False)
    alone = nx.number_of_isolates(graph)
    found = read_back(service.export_as(Ask("csv", view=PART)).content, "csv", tmp_path, missed=alone)
    assert alone > 0
    assert (len(found[Actor]), len(found[Collaboration])) == (len(graph) - alone, graph.number_of_edges())


@pytest.mark.parametrize("format_", [name for name in NETWORKS if name != "csv"])
def test_our_readers_find_the_same_two_modes(service: Service, tmp_path: Path, format_: Format) -> None:
    graph = graph_of(service, two_mode=True)
    actors = sum(graph.nodes[node]["bipartite"] == 0 for node in graph)
    found = read_back(service.export_as(Ask(format_, view=PART, two_mode=True)).content, format_, tmp_path)
    assert (len(found[Actor]), len(found[Collaboration])) == (actors, len(graph) - actors)
    assert len(found[Participation]) == graph.number_of_edges()


@pytest.mark.parametrize("two_mode", [False, True])
@pytest.mark.parametrize("format_", ["graphml", "gexf", "json"])
def test_networkx_finds_the_same_network(service: Service, format_: Format, two_mode: bool) -> None:
    graph = graph_of(service, two_mode)
    content = service.export_as(Ask(format_, view=PART, two_mode=two_mode)).content
    if format_ == "json":
        found = nx.node_link_graph(json.loads(content), edges="edges")
    elif format_ == "graphml":
        found = nx.read_graphml(io.BytesIO(content))
    else:
        found = nx.read_gexf(io.BytesIO(content), version="1.3")
    assert set(found) == set(graph)
    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in graph.edges}
    assert {found.nodes[node]["kind"] for node in found} == {graph.nodes[node]["kind"] for node in graph}


@pytest.mark.parametrize("format_", NETWORKS)
@pytest.mark.parametrize("two_mode", [False, True])
def test_the_same_network_is_the_same_bytes(service: Service, format_: Format, two_mode: bool) -> None:
    ask = Ask(format_, view=PART, two_mode=two_mode)
    assert service.export_as(ask) == service.export_as(ask)


def test_a_blueprint_of_kumu_has_what_kumu_asks_for(service: Service) -> None:
    graph = graph_of(service, two_mode=True)
    blueprint = json.loads(service.export_as(Ask("kumu-json", "fi", PART, two_mode=True)).content)
    assert [element["id"] for element in blueprint["elements"]] == sorted(graph)
    assert {"Korkeakoulu", "Hanke"} <= {element["type"] for element in blueprint["elements"]}
    assert {connection["direction"] for connection in blueprint["connections"]} == {"undirected"}
    ends = {end for connection in blueprint["connections"] for end in (connection["from"], connection["to"])}
    assert ends <= set(graph)
    assert blueprint["graphsvc"]["place"] == "fi-tampere"


def test_cells_for_kumu_compute_nothing_and_two_may_bear_one_label() -> None:
    graph: Graph = nx.Graph()
    graph.add_node("a", name="=1+1", kind="firm", themes=("t-1", "t-2"), **{"=x": "@y"})
    graph.add_node("b", name="=1+1", kind="firm", themes=(), alone=True)
    graph.add_edge("a", "b", weight=0.5, shared=2)
    book = load_workbook(io.BytesIO(kumu_workbook(graph, "en", meta={"revision": "7"})))
    elements = [list(row) for row in book["Elements"].iter_rows(values_only=True)]
    assert elements[0] == ["ID", "Label", "Type", "Tags", neutral("=x"), "alone"]
    assert elements[1] == ["a", neutral("=1+1"), "Firm", "t-1|t-2", neutral("@y"), None]
    assert elements[2] == ["b", neutral("=1+1"), "Firm", None, None, True]
    connections = [list(row) for row in book["Connections"].iter_rows(values_only=True)]
    assert connections == [["From", "To", "Direction", "shared", "strength"], ["a", "b", "undirected", 2, 0.5]]
    assert book.properties.description == "revision: 7"
    assert json.loads(b"".join(kumu_json(graph, "en", meta={})))["elements"][0]["tags"] == ["t-1", "t-2"]


def test_a_network_without_anybody_is_a_file_too() -> None:
    assert json.loads(b"".join(kumu_json(nx.Graph(), "en", meta={})))["elements"] == []
    assert load_workbook(io.BytesIO(kumu_workbook(nx.Graph(), "en", meta={}))).sheetnames == ["Elements", "Connections"]


@pytest.mark.parametrize("ask", [Ask("workbook", view=PART), Ask("tables", two_mode=True)])
def test_the_whole_graph_is_no_view(service: Service, ask: Ask) -> None:
    with pytest.raises(InvalidValue, match="holds the whole graph"):
        service.export_as(ask)


@pytest.mark.parametrize("two_mode", [False, True])
@pytest.mark.parametrize("format_", NETWORKS)
def test_what_is_hidden_is_nowhere_in_the_bytes(service: Service, format_: Format, two_mode: bool) -> None:
    gone = service.network(PART).actors["fi-2844561-8"]
    redaction = Redaction(actors=frozenset({gone.id}), fields=frozenset({Field.PLACES}))

    def said(hidden: Redaction) -> str:
        content = service.export_as(Ask(format_, view=PART, two_mode=two_mode, redaction=hidden)).content
        return unpacked(content) if content.startswith(b"PK") else content.decode()

    assert gone.name in said(Redaction())
    left = said(redaction)
    assert gone.name not in left
    assert gone.id not in left
    assert "FI197" not in left


def unpacked(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_ties_that_rest_on_what_is_hidden_go_with_it(service: Service) -> None:
    network = service.network()
    a, b = next((a, b) for a, b in sorted(network.projection.edges) if len(network.shared(a, b)) == 1)
    (only,) = network.shared(a, b)
    hidden = Concealed(collaborations=frozenset({only.id}))
    made = without_hidden(network.projection, hidden, network.shared)
    assert network.projection.has_edge(a, b)
    assert not made.has_edge(a, b)
    assert all({each.id for each in network.shared(*edge)} - {only.id} for edge in made.edges)


@pytest.mark.parametrize("two_mode", [False, True])
def test_who_is_not_there_can_not_be_hidden(service: Service, two_mode: bool) -> None:
    with pytest.raises(InvalidValue, match="no actor 'nobody'"):
        service.export_as(Ask("json", two_mode=two_mode, redaction=Redaction(actors=frozenset({"nobody"}))))


def test_nothing_is_hidden_in_what_holds_the_whole_graph(service: Service) -> None:
    with pytest.raises(InvalidValue, match="holds the whole graph"):
        service.export_as(Ask("workbook", redaction=Redaction(fields=frozenset({Field.PLACES}))))
