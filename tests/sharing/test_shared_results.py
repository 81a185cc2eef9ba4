"""Processes on one graph share results, and only those of exactly that graph at exactly that revision."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scipy import sparse

from graphsvc import findings, measuring
from graphsvc.analysis import measures as analysed
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.results import Measures
from graphsvc.judging import Saying
from graphsvc.measuring import Between, Course, OverTime
from graphsvc.model import ActorKind, Verdict, View
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.sharing.packing import pack
from graphsvc.store.edition import edition_of
from graphsvc.store.graph_store import GraphStore
from graphsvc.tracking import Past

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def opened(home: Path, name: str = "graph.kgl") -> Iterator[Service]:
    service = Service.open(Settings.load(home=home, store=str(home / name)))
    try:
        yield service
    finally:
        service.close()


def fill(service: Service) -> None:
    service.load(service.check(sample_path()))


def shared(home: Path) -> set[str]:
    return {file.name for file in (home / "shared").glob("*.json.gz")}


QUESTIONS: dict[str, Callable[[Service], Any]] = {
    "measures": lambda service: service.measures(),
    "over time": lambda service: service.over_time(Course(2016, 2017)),
    "change": lambda service: service.change(Between(date(2016, 12, 31), date(2018, 12, 31))),
    "missing": lambda service: service.missing(),
    "backtest": lambda service: service.backtest(Past(date(2018, 1, 1))),
}
SECOND = """
import sys
from graphsvc import findings, measuring, service
from graphsvc.settings import Settings
from tests.sharing.test_shared_results import QUESTIONS
from graphsvc.sharing.packing import pack

def computed(*arguments, **how):
    sys.exit("it was computed again")

for module, names in ((measuring, ["measure"]), (findings, ["over_time", "change", "suggest", "track"])):
    for name in names:
        assert hasattr(module, name)
        setattr(module, name, computed)
served = service.Service.open(Settings.load())
answer = QUESTIONS[sys.argv[1]](served)
print(pack(answer, type(answer)))
served.close()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with opened(home) as service:
        fill(service)
    return home


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_second_process_gets_it_from_the_first(home: Path, question: str) -> None:
    with opened(home) as service:
        first = QUESTIONS[question](service)
    named = {"GRAPHSVC_HOME": str(home), "GRAPHSVC_STORE": str(home / "graph.kgl"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SECOND, question]
    second = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **named})
    assert second.returncode == 0, second.stderr
    assert json.loads(second.stdout) == json.loads(pack(first, type(first)))


def test_an_answer_of_another_day_view_or_definition_is_another(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Course(2016, 2017)
    with opened(home) as service:
        service.over_time(ask)
        before = shared(home)
        service.over_time(replace(ask, view=View(place="FI197")))
        service.today = lambda: date(2031, 1, 1)
        service.outlook._today = service.today
        service.over_time(ask)
        assert len(shared(home) - before) == 2
        monkeypatch.setattr(measuring, "versions", lambda ids: f"new {sorted(ids)}")
        service.over_time(ask)
        assert len(shared(home) - before) == 3


def test_measures_are_found_by_what_the_network_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the day and the revision, and after a word that was taken back; in another process too."""
    with opened(tmp_path) as service:
        fill(service)
        a, b = (actor.id for actor in service.snapshot().actors[:2])
        first = service.measures()
        assert len(kept := shared(tmp_path)) == 1
        service.judge(Saying(a, b, "Maija", ""), Verdict.SAME)
        merged = service.measures()
        assert len(shared(tmp_path) - kept) == 1
        assert merged.measures["degree"].values.keys() < first.measures["degree"].values.keys()
        service.withdraw(Saying(a, b, "Maija", ""))
    with opened(tmp_path) as service:
        kept = shared(tmp_path)
        service.outlook._today = lambda: date(2031, 1, 1)
        monkeypatch.setattr(measuring, "measure", lambda *_, **__: pytest.fail("it was measured again"))
        assert service.measures() == replace(first, revision=service.revision())
        assert service.outlook.holds(measuring.shared(View(), None))
        assert not service.outlook.holds(measuring.shared(View(kinds=(ActorKind.FIRM,)), None))
        monkeypatch.setattr(measuring, "measure", analysed.measure)
        service.measures(View(kinds=(ActorKind.FIRM,)))
        monkeypatch.setattr(measuring, "versions", lambda ids: f"new {sorted(ids)}")
        service.measures()
        assert len(shared(tmp_path) - kept) == 2


def test_the_digest_of_a_network_tells_all_that_is_measured() -> None:
    weights, more = ([[0.0, 1.0], [1.0, 0.0]], [[0.0, 2.0], [2.0, 0.0]])
    taking_part = sparse.csr_array([[1.0], [1.0]])
    labels, themes = {"kind": ["firm", ""]}, {"a": ("energy",)}
    first = Arrays(("a", "b"), sparse.csr_array(weights), taking_part, labels, themes)
    others = [
        replace(first, ids=("a", "c")),
        replace(first, weights=sparse.csr_array(more)),
        replace(first, incidence=None),
        replace(first, incidence=sparse.csr_array([[1.0, 0.0], [1.0, 1.0]])),
        replace(first, labels={"kind": ["", "firm"]}),
        replace(first, labels={"helix": ["firm", ""]}),
        replace(first, themes={"b": ("energy",)}),
    ]
    assert len({first.digest, *(each.digest for each in others)}) == 1 + len(others)
    again = replace(first, weights=sparse.csr_array(weights), labels=dict(labels), themes=dict(themes))
    assert again.digest == first.digest


def test_a_graph_in_memory_shares_nothing(tmp_path: Path) -> None:
    service = Service.open(Settings.load(home=tmp_path, store=":memory:"))
    fill(service)
    service.measures()
    service.close()
    assert not list(tmp_path.iterdir())


def test_two_graphs_of_one_home_never_mix(tmp_path: Path) -> None:
    """A copy that went on differently, as after a restored backup: the same revision, another graph."""
    with opened(tmp_path) as service:
        fill(service)
        degree = service.measures().measures["degree"].values
        a, b, c = sorted(degree, key=lambda id_: (-degree[id_], id_))[:3]
    shutil.copy(tmp_path / "graph.kgl", tmp_path / "copy.kgl")
    with opened(tmp_path) as one, opened(tmp_path, "copy.kgl") as other:
        assert edition(one) == edition(other), "an unaltered copy is the same graph"
        one.judge(Saying(a, b, "Maija", ""), Verdict.SAME)
        other.judge(Saying(a, c, "Maija", ""), Verdict.SAME)
        assert one.revision() == other.revision()
        assert edition(one) != edition(other)
        assert one.measures() != other.measures()
        assert other.measures() == Service(other._store, today=other.today).measures()


def edition(service: Service) -> object:
    return edition_of(service._store.engine)


def test_the_same_change_at_another_moment_makes_another_edition(tmp_path: Path) -> None:
    editions = []
    for name in ("one.kgl", "two.kgl"):
        with opened(tmp_path, name) as service:
            fill(service)
            editions.append(edition(service))
            assert edition(service) == editions[-1]
    assert editions[0] != editions[1]


def test_the_edition_rises_with_the_revision(store: GraphStore) -> None:
    assert edition_of(store.engine).revision == store.revision() == 0
    service = Service(store)
    fill(service)
    found = edition_of(store.engine)
    assert found.revision == store.revision() > 0
    assert edition_of(store.engine) == found


def test_what_was_made_while_the_graph_went_on_is_not_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as service:
        fill(service)
        a, b = (actor.id for actor in service.snapshot().actors[:2])

        def slow(*arguments: Any, **how: Any) -> OverTime:
            service.judge(Saying(a, b, "Maija", ""), Verdict.DIFFERENT)
            return measuring.over_time(*arguments, **how)

        monkeypatch.setattr(findings, "over_time", slow)
        service.over_time(Course(2016, 2017))
        assert not shared(tmp_path)


def test_measures_of_a_graph_that_went_on_meanwhile_are_those_of_the_network_they_were_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as service:
        fill(service)
        a, b = (actor.id for actor in service.snapshot().actors[:2])
        expected = analysed.measure(service.network().arrays, service.revision())

        def slow(*arguments: Any, **how: Any) -> Measures:
            service.judge(Saying(a, b, "Maija", ""), Verdict.SAME)
            return analysed.measure(*arguments, **how)

        monkeypatch.setattr(measuring, "measure", slow)
        assert service.measures() == expected
        monkeypatch.setattr(measuring, "measure", analysed.measure)
        after = service.measures()
        assert after.revision == service.revision() > expected.revision
        assert len(after.measures["degree"].values) == len(expected.measures["degree"].values) - 1
