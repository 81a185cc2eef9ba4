"""Files for other tools: read back, they say the same; nothing in them computes or breaks."""

from __future__ import annotations

import csv
import io
import json
import math
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest

from graphsvc.errors import UnknownFormat
from graphsvc.model import ActorKind
from graphsvc.render.exports import MEDIA_TYPES, export, node_link

META = {"title": "Verkosto", "as_of": "2026-10-31", "source": "Rekisteri & lista"}


def network(*, turned: bool = False) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    nodes: list[tuple[str, dict[str, object]]] = [
        ("b", {"name": "Äänekosken \x00Oy\x1b", "kind": ActorKind.FIRM, "themes": ("vety", "data"), "place": None}),
        ("a", {"name": "=HYPERLINK(1)", "kind": ActorKind.UNIVERSITY, "themes": (), "founded": date(1925, 5, 1)}),
        ("c", {"name": "Yksin ry", "kind": ActorKind.CIVIL_SOCIETY, "degree": np.int64(0), "score": math.nan}),
    ]
    graph.add_nodes_from(reversed(nodes) if turned else nodes)
    if turned:
        graph.add_edge("a", "b", shared=2, weight=0.5, local=True)
    else:
        graph.add_edge("b", "a", local=True, weight=np.float64(0.5), shared=2)
    return graph


@pytest.mark.parametrize("format_", MEDIA_TYPES)
def test_same_bytes_whatever_the_order(format_: str) -> None:
    assert export(network(), format_, meta=META) == export(network(turned=True), format_, meta=META)


@pytest.mark.parametrize("format_", ["json", "graphml", "gexf"])
def test_read_back_it_is_the_same_network(format_: str) -> None:
    data = export(network(), format_, meta=META)
    if format_ == "json":
        found = nx.node_link_graph(json.loads(data), edges="edges")
    elif format_ == "graphml":
        found = nx.read_graphml(io.BytesIO(data))
    else:
        found = nx.read_gexf(io.BytesIO(data), version="1.3")

    assert set(found) == {"a", "b", "c"}
    assert [set(edge) for edge in found.edges] == [{"a", "b"}]
    edge = found.edges["a", "b"]
    assert (edge["weight"], edge["shared"], edge["local"]) == (0.5, 2, True)
    label = "label" if format_ == "gexf" else "name"
    assert found.nodes["b"][label] == "Äänekosken Oy"
    assert found.nodes["b"]["kind"] == "firm"
    assert found.nodes["b"]["themes"] == "vety; data"
    assert found.nodes["a"]["founded"] == "1925-05-01"
    assert "place" not in found.nodes["b"], "what is not known is left out"
    assert "score" not in found.nodes["c"], "what is no number is left out"


def test_the_graph_handed_in_is_not_changed() -> None:
    graph = nx.freeze(network())
    export(graph, "gexf", meta=META)
    assert graph.nodes["b"]["kind"] is ActorKind.FIRM


def test_each_file_says_what_it_is() -> None:
    for format_ in ("json", "graphml", "gexf"):
        text = export(network(), format_, meta=META).decode()
        assert "2026-10-31" in text
        assert "Verkosto" in text


def test_gexf_is_version_1_3_with_declared_attributes() -> None:
    root = ElementTree.fromstring(export(network(), "gexf", meta=META))  # noqa: S314  # ours
    space = "{http://gexf.net/1.3}"
    assert root.tag == f"{space}gexf"
    assert root.get("version") == "1.3"
    declared = {each.get("id") for each in root.iter(f"{space}attribute")}
    used = {each.get("for") for each in root.iter(f"{space}attvalue")}
    assert used <= declared
    assert "lastmodifieddate" not in ElementTree.tostring(root, encoding="unicode"), "no clock in the bytes"


def test_an_attribute_of_two_types_becomes_one() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", size=1)
    graph.add_node("b", size=1.5)
    graph.add_node("c", code=1)
    graph.add_node("d", code="x")
    found = nx.read_graphml(io.BytesIO(export(graph, "graphml", meta={})))
    assert [found.nodes[node]["size"] for node in "ab"] == [1.0, 1.5]
    assert [found.nodes[node]["code"] for node in "cd"] == ["1", "x"]


def test_csv_has_names_alone_actors_and_no_formulas() -> None:
    data = export(network(), "csv", meta=META)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == {
        "source": "a",
        "source_name": "'=HYPERLINK(1)",
        "target": "b",
        "target_name": "Äänekosken Oy",
        "local": "true",
        "shared": "2",
        "weight": "0.5",
    }
    assert [(row["source"], row["target"]) for row in rows[1:]] == [("c", "")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", " =1", "\t=1"])
def test_every_way_into_a_formula_is_closed(text: str) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", name=text)
    graph.add_node("b", name="b")
    graph.add_edge("a", "b", note=text)
    rows = list(csv.reader(io.StringIO(export(graph, "csv", meta={}).decode("utf-8-sig"), newline="")))
    assert rows[1][1].startswith("'")
    assert rows[1][4].startswith("'")


def test_node_link_is_plain_and_sorted() -> None:
    data = node_link(network())
    assert [node["id"] for node in data["nodes"]] == ["a", "b", "c"]
    assert json.loads(json.dumps(data)) == data


def test_an_unknown_format_says_which_there_are() -> None:
    with pytest.raises(UnknownFormat, match="graphml"):
        export(network(), "xls", meta={})
