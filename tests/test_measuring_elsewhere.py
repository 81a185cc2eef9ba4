"""Graph Data Science gives the numbers that graphsvc gives, and leaves nothing behind in the server.

Run on a real server with it (tests/gds_server.py), which takes Maven and a Java; GRAPHSVC_TEST_GDS_URI names another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.catalogue import ALL, CATALOGUE, SHOWN, CostClass
from graphsvc.analysis.communities import divide
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.effort import Cancelled, Effort
from graphsvc.analysis.measures import ACTOR_MEASURES, measure
from graphsvc.analysis.results import Measures
from graphsvc.errors import StoreUnavailable
from graphsvc.measuring import Course
from graphsvc.measuring_elsewhere import ENGINE, METHODS, Asked, results, ties, wanted
from graphsvc.model import View
from graphsvc.samples import sample_path, sample_view
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store import queries
from graphsvc.store.graph_science import PREFIX, GraphScience
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.server import Access, ServerEngine
from tests.analysis.made_up_networks import many_projects, projected
from tests.neo4j_server import RunningServer

CLOSE = 1e-9
"""How far values of the two may be apart, relative to the value: they add up in another order."""
WORSE = 0.03
"""How much less modularity its Leiden may find: it stops where another round gains little."""
TOOLS = {"procedures", "project", "drop", "abandoned"}
"""Statements of cypher/gds/ that are no measure."""


@pytest.fixture
def engine(gds_running: RunningServer) -> Iterator[ServerEngine]:
    engine = ServerEngine(Access(gds_running.uri))
    yield engine
    engine.close()


def network(seed: int = 1, size: int = 120) -> Arrays:
    """Some projects, two actors without partners, and one that hangs on one of the others."""
    made = projected(many_projects(size, size // 3, seed))
    n = made.nodes
    weights = made.weights.copy()
    weights.resize((n + 3, n + 3))
    weights = weights.tolil()
    weights[0, n + 2] = weights[n + 2, 0] = 0.5
    labels = {name: [*values, "", "", ""] for name, values in made.labels.items()}
    return Arrays((*made.ids, "zza", "zzb", "zzc"), weights.tocsr(), None, labels, made.themes)


def by_gds(engine: ServerEngine, arrays: Arrays) -> Arrays:
    return replace(arrays, elsewhere=Asked(GraphScience(engine)), _derived={})


@pytest.mark.neo4j
@pytest.mark.parametrize("seed", [1, 2])
def test_the_numbers_are_the_same(engine: ServerEngine, seed: int) -> None:
    arrays = network(seed)
    ours, theirs = measure(arrays, 7, ALL), measure(by_gds(engine, arrays), 7, ALL)
    assert theirs.revision == 7
    for id_ in ACTOR_MEASURES:
        if CATALOGUE[id_].cost is not CostClass.DIVISION:  # what rests on communities is compared below
            assert theirs.measures[id_].values == pytest.approx(ours.measures[id_].values, rel=CLOSE, abs=1e-12), id_
    assert theirs.articulation_points == ours.articulation_points
    assert theirs.bridges == ours.bridges
    assert ours.bridges, "nothing was tried"
    for id_, number in ours.numbers.items():
        if CATALOGUE[id_].cost is not CostClass.DIVISION:
            assert theirs.numbers[id_].value == pytest.approx(number.value, rel=CLOSE), id_


@pytest.mark.neo4j
def test_every_measure_says_who_computed_it(engine: ServerEngine) -> None:
    found = measure(by_gds(engine, network()), 7, ALL)
    there = {id_ for id_, each in found.measures.items() if each.engine == ENGINE}
    assert there == {*METHODS}
    for id_, each in found.measures.items():
        assert each.method.endswith(f"computed by {ENGINE if id_ in there else 'graphsvc'}")
    assert found.numbers["components"].method == f"exact; computed by {ENGINE}"
    assert f"by {ENGINE}, seed" in found.measures["participation"].method, "whose communities it rests on"


@pytest.mark.neo4j
def test_communities_are_as_good_and_all_that_rests_on_them_rests_on_the_same(engine: ServerEngine) -> None:
    arrays = network(size=400)
    theirs = by_gds(engine, arrays)
    found = measure(theirs, 7, SHOWN | {"participation", "modularity"})
    assert found.modularity > arrays.once(divide).modularity - WORSE
    assert found.numbers["modularity"].value == found.modularity
    of = found.community_of()
    assert {"zza", "zzb"}.isdisjoint(of), "who has no partners is in no community"
    actor = next(id_ for id_ in arrays.ids if found.measures["participation"].values.get(id_) == 0.0)
    row = arrays.ids.index(actor)
    tied = arrays.weights.indices[arrays.weights.indptr[row] : arrays.weights.indptr[row + 1]]
    assert len({of[arrays.ids[other]] for other in tied.tolist()}) == 1


@pytest.mark.neo4j
def test_the_same_question_has_the_same_answer(engine: ServerEngine) -> None:
    def asked() -> Measures:
        return measure(by_gds(engine, network()), 7, ALL)

    first = asked()
    assert all(asked() == first for _ in range(3))


@pytest.mark.neo4j
def test_nothing_stays_behind(engine: ServerEngine) -> None:
    def cancelled(share: float) -> None:
        raise Cancelled("enough")

    with pytest.raises(Cancelled):
        Asked(GraphScience(engine))(network(), ALL, Effort(tick=cancelled))
    with pytest.raises(KeyError), GraphScience(engine).projected(ties(network())):
        raise KeyError
    measure(by_gds(engine, network()), 7)
    held = engine._driver.execute_query("CALL gds.graph.list() YIELD graphName RETURN graphName").records
    assert [row["graphName"] for row in held if row["graphName"].startswith(PREFIX)] == []


@pytest.mark.neo4j
def test_the_statements_are_those_of_the_catalogue(engine: ServerEngine) -> None:
    names = {name.removeprefix("gds/") for name in queries.names("gds")}
    assert names - TOOLS <= CATALOGUE.keys()
    assert GraphScience(engine).abilities() == names, "this version has them all"


def test_without_it_the_error_says_what_to_do(embedded_store: GraphStore) -> None:
    arrays = replace(network(), elsewhere=Asked(GraphScience(embedded_store.engine)))
    with pytest.raises(StoreUnavailable, match="no Graph Data Science in the embedded graph") as caught:
        measure(arrays, 7)
    assert "GRAPHSVC_MEASURES=own" in str(caught.value.remedy)


@pytest.mark.neo4j
def test_a_server_without_it_says_so_too(neo4j_running: RunningServer) -> None:
    engine = ServerEngine(Access(neo4j_running.uri))
    with pytest.raises(StoreUnavailable, match="no Graph Data Science in the Neo4j at"):
        GraphScience(engine).abilities()
    engine.close()


def test_only_what_is_wanted_and_unknown_is_asked_for() -> None:
    arrays, effort = network(), Effort()
    assert wanted(arrays, {"constraint", "ei_index"}, effort) == ()
    assert wanted(arrays, {"pagerank", "degree"}, effort) == ("degree", "pagerank")
    assert wanted(arrays, {"participation"}, effort) == ("community",)
    assert wanted(arrays, {"betweenness_centralisation"}, effort) == ("betweenness",)
    assert wanted(arrays, {"bridge"}, effort) == ("articulation_point", "bridge")
    arrays.once(CATALOGUE["degree"].function)
    assert wanted(arrays, {"degree", "strength"}, effort) == ("strength",)


def test_what_it_costs_is_known_before(embedded_store: GraphStore) -> None:
    arrays = network()
    handed = replace(arrays, elsewhere=Asked(GraphScience(embedded_store.engine)))
    here, there = estimate(arrays, ALL), estimate(handed, ALL)
    assert there.seconds == pytest.approx(Asked.slower * here.seconds)


def test_what_is_only_estimated_is_left_to_graphsvc() -> None:
    assert "betweenness" not in wanted(network(), ALL, Effort(exact_work=0, pivots=5))


def test_a_network_without_ties_is_not_handed_over(embedded_store: GraphStore) -> None:
    asked = Asked(GraphScience(embedded_store.engine))  # it would raise: there is no Graph Data Science
    assert asked(projected(many_projects(0, 0, 1)), ALL, Effort()) == {}


def test_each_tie_is_handed_over_once_and_everyone_is_there() -> None:
    arrays = network()
    handed = ties(arrays)
    pairs = [(one, other) for one, other in zip(handed.ones, handed.others, strict=True) if other >= 0]
    assert len(set(pairs)) == len(pairs) == arrays.edges
    assert {*handed.ones, *handed.others} - {-1} == set(range(arrays.nodes))


def test_rows_become_values_on_the_scale_of_the_catalogue() -> None:
    arrays = network()
    rows = [{"row": row, "value": 1.0} for row in range(arrays.nodes)]
    found = results(arrays, {"pagerank": rows, "betweenness": rows}, Effort())
    n = arrays.nodes
    ranks = found[CATALOGUE["pagerank"].function].values
    assert np.isclose(sum(ranks.values()), 1.0)
    assert set(found[CATALOGUE["betweenness"].function].values.values()) == {2 / ((n - 1) * (n - 2))}


@pytest.mark.neo4j
def test_the_service_has_one_answer_whoever_computes_it(engine: ServerEngine, embedded_store: GraphStore) -> None:
    """On the sample, by way of the service: numbers, the communities under suggestions, and years."""
    ours = Service(embedded_store)
    ours.load(ours.check(sample_path()))
    theirs = Service(embedded_store, elsewhere=Asked(GraphScience(engine)))
    view = sample_view()
    one, other = ours.measures(view), theirs.measures(view)
    for id_ in one.measures:
        assert other.measures[id_].values == pytest.approx(one.measures[id_].values, rel=CLOSE, abs=1e-12), id_
    assert other.modularity > one.modularity - WORSE
    wide = View(identity=view.identity)
    theirs.missing(view)
    arrays = theirs.network(wide).arrays
    assert ENGINE in arrays.once(divide).method, "the suggestions rest on the communities that measures show"
    course = Course(2019, 2020, view, ("modularity", "components"))
    last = theirs.over_time(course).points[-1]
    assert last.numbers["components"].engine == ENGINE
    assert last.numbers["modularity"].value == theirs.measures(View(place=view.place, as_of=last.day)).modularity


def test_the_setting_chooses_and_is_off_by_itself(tmp_path: Path) -> None:
    ours = Service.open(Settings.load(home=tmp_path))
    ours.load(ours.check(sample_path()))
    assert "computed by" not in ours.measures().measures["degree"].method
    ours.close()
    theirs = Service.open(Settings.load(home=tmp_path, measures="gds"))
    with pytest.raises(StoreUnavailable, match="no Graph Data Science"):
        theirs.measures()  # it does not take what processes that measure otherwise have shared
    assert theirs.measures(only=("constraint",)).measures["constraint"].method.endswith("computed by graphsvc")
    theirs.close()
