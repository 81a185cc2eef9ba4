"""The network in five sentences."""

from __future__ import annotations

import networkx as nx
import pytest

from graphsvc import wording
from graphsvc.analysis.measures import measure
from graphsvc.analysis.results import Measures, Missing, MissingPartnership
from graphsvc.analysis.summary import sentences, summary


def star() -> Measures:
    graph = nx.star_graph(["hub", "a", "b", "c"])
    graph.add_node("lonely")
    return measure(graph, 4)


def missing(count: int) -> Missing:
    lines = tuple(MissingPartnership(rank, "a", "b", 1.0, ()) for rank in range(1, count + 1))
    return Missing(4, "", 3, lines, {})


def test_facts() -> None:
    facts = summary(star(), 3, missing(2), {"undated": 1, "future": 7})
    assert (facts.actors, facts.collaborations, facts.ties, facts.isolated) == (5, 3, 3, 1)
    assert facts.broker == "hub"
    assert facts.missing == 2
    assert facts.undated == 1
    assert facts.revision == 4


def test_sentences() -> None:
    facts = summary(star(), 1234, missing(2), {"undated": 1})
    assert sentences(facts, "en", lambda ref: f"<{ref.id}>") == (
        "Actors: 5, collaborations: 1,234, partnerships: 3.",
        "The network forms one community.",
        "One actor has no partners.",
        "2 missing partnerships are suggested.",
        "Strongest broker: <hub>.",
        "One collaboration was left out as it has no start date.",
    )


def test_what_is_not_there_is_not_spoken_of() -> None:
    pair = measure(nx.path_graph(["a", "b"]), 1)
    facts = summary(pair, 1)
    assert facts.broker is None
    assert facts.missing is None
    assert len(sentences(facts, "fi", lambda ref: ref.id)) == 2


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_three_languages(language: str) -> None:
    assert len(sentences(summary(star(), 3, missing(1), {"undated": 2}), language, lambda ref: ref.id)) == 6


def test_no_actors() -> None:
    empty: nx.Graph[str] = nx.Graph()
    assert summary(measure(empty, 1), 0).broker is None
