"""GraphML and GEXF are made in parts of bounded memory, and every reader finds in them what was put in."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections import deque
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from graphsvc.render.exports import MEDIA_TYPES, GraphFormat, export, parts

READERS: dict[str, Any] = {"graphml": nx.read_graphml, "gexf": lambda file: nx.read_gexf(file, version="1.3")}
TEXTS = (
    "<script>alert(1)</script>",
    "a & b &amp; c",
    "she said \"no\" and 'yes'",
    "]]>",
    "first line\nsecond\tcolumn",
    "Åbo Akademi – 東京 😀",
    "bare\rreturn",
)


def ring(size: int, steps: int = 4) -> nx.Graph[str]:
    """Return a network in which each actor works with the ``steps`` next on either side."""
    graph: nx.Graph[str] = nx.Graph()
    about = {"kind": "firm", "themes": ("x", "y")}
    graph.add_nodes_from((f"a{at:06}", {"name": f"Actor {at}", **about}) for at in range(size))
    ids = list(graph)
    for step in range(1, steps + 1):
        graph.add_edges_from((ids[at], ids[(at + step) % size], {"weight": 0.5, "shared": step}) for at in range(size))
    return graph


def peak_of(graph: nx.Graph[str], format_: GraphFormat) -> int:
    """Return the bytes of memory that making a file takes at its peak, no part of it being kept."""
    tracemalloc.start()
    deque(parts(graph, format_, meta={}), maxlen=0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("format_", MEDIA_TYPES)
def test_four_times_the_ties_take_no_more_memory(format_: GraphFormat) -> None:
    few, many = ring(1000, 4), ring(1000, 16)
    for graph in (few, many):
        deque(parts(graph, format_, meta={}), maxlen=0)  # networkx keeps views of a graph once they were asked for
    assert peak_of(many, format_) < 1.3 * peak_of(few, format_)


@pytest.mark.parametrize("format_", READERS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_escaped_and_read_back(format_: GraphFormat, text: str) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", name=text, note=text)
    graph.add_node("b", name="b")
    graph.add_edge("a", "b", note=text, weight=2)
    found = READERS[format_](io.BytesIO(export(graph, format_, meta={"title": text})))
    assert found.nodes["a"]["name" if format_ == "graphml" else "label"] == text
    assert found.nodes["a"]["note"] == text
    assert found.edges["a", "b"]["note"] == text


@pytest.mark.parametrize("format_", READERS)
def test_a_network_read_back_is_the_same(format_: GraphFormat) -> None:
    graph = ring(500)
    found = READERS[format_](io.BytesIO(export(graph, format_, meta={"revision": "7"})))
    assert set(found) == set(graph)
    assert {frozenset(each) for each in found.edges} == {frozenset(each) for each in graph.edges}
    kept: dict[str, Any] = {"kind": "firm", "themes": "x; y"}
    assert all(kept.items() <= attributes.items() for _, attributes in found.nodes(data=True))
    for a, b, attributes in graph.edges(data=True):
        told = found.edges[a, b]
        assert (told["weight"], told["shared"]) == (attributes["weight"], attributes["shared"])


def test_gephi_finds_label_and_weight_in_graphml() -> None:
    """Gephi's importer takes the key whose id or name is ``label``, or ``weight`` (ImporterGraphML)."""
    keys = list(ElementTree.fromstring(export(ring(12), "graphml", meta={})).iter())  # noqa: S314  # ours
    found = {(each.get("for"), each.get("id")): each.get("attr.name") for each in keys if each.tag.endswith("}key")}
    assert found["node", "label"] == "name"
    assert found["edge", "weight"] == "weight"


def test_ids_of_keys_are_tokens_and_each_stands_once() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", **{"name": "a", "place": "x", "two words": 1, "label": "own"})
    graph.add_edge("a", "b", place=1.5)
    data = export(graph, "graphml", meta={"place": "FI197"})
    keys = [each for each in ElementTree.fromstring(data).iter() if each.tag.endswith("}key")]  # noqa: S314  # ours
    ids = [each.get("id") or "" for each in keys]
    assert len(set(ids)) == len(ids) == 6
    assert all(re.fullmatch(r"[\w.-]+", each) for each in ids)
    found = nx.read_graphml(io.BytesIO(data))
    assert found.nodes["a"] == {"name": "a", "place": "x", "two words": 1, "label": "own"}
    assert found.edges["a", "b"]["place"] == 1.5
    assert found.graph["place"] == "FI197"


@pytest.mark.parametrize("format_", READERS)
def test_an_empty_network_is_a_file(format_: GraphFormat) -> None:
    assert len(READERS[format_](io.BytesIO(export(nx.Graph(), format_, meta={})))) == 0
