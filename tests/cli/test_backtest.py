"""The command ``backtest`` and the file of ``missing`` with the ids of the source."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphsvc.cli import cli
from graphsvc.model import Actor, Collaboration, IdentityLevel, Link, LinkKind, Participation, Snapshot
from graphsvc.resolve.identity import identify
from graphsvc.suggesting import source_ids


@pytest.fixture
def home(sample_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRAPHSVC_HOME", str(tmp_path))
    (tmp_path / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return tmp_path


def test_the_track_record_of_the_sample(home: Path) -> None:
    asked = ["backtest", "--until", "2018-01-01", "--place", "Pirkanmaa"]
    shown = CliRunner().invoke(cli, [*asked, "--language", "fi", "--csv", str(home / "figures.csv")])
    assert shown.exit_code == 0, shown.output
    assert "Ennen päivää 1.1.2018 tunnettiin" in shown.output
    rows = list(csv.DictReader((home / "figures.csv").read_text("utf-8").splitlines()))
    answer = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).stdout)
    assert (
        {row["scope"] for row in rows} == {each["name"] for each in answer["scopes"]} == {"all", "periphery", "FI197"}
    )
    assert len(rows) == len(answer["lists"]) * 4
    assert answer["window"]["new_pairs"] == answer["scopes"][0]["new"] > 0
    for row in rows:
        assert 0 <= float(row["low"]) <= float(row["precision"]) + 1e-9
    assert CliRunner().invoke(cli, ["backtest", "--until", "2030-01-01"]).exit_code != 0


def test_the_id_of_a_body_is_the_one_last_used() -> None:
    def known(used: date) -> dict[str, str]:
        actors = (
            Actor(id="own-name", name="Own"),
            Actor(id="pic-999999984", name="Old", pic="999999984"),
            Actor(id="pic-999999887", name="New", pic="999999887"),
        )
        works = (
            Collaboration(id="p1", name="p1", start=date(2015, 1, 1)),
            Collaboration(id="p2", name="p2", start=date(2017, 1, 1)),
        )
        claims = (
            Participation(actor="pic-999999984", collaboration="p1", source="cordis-x"),
            Participation(actor="pic-999999887", collaboration="p2", source="cordis-x"),
        )
        links = (Link(actor="pic-999999887", other="pic-999999984", kind=LinkKind.SAME_AS, source="s"),)
        snapshot = Snapshot(1, actors, works, claims, (), (), links, ())
        canonical = identify(actors, links, IdentityLevel.CURRENT).canonical
        return source_ids(snapshot, canonical, used)

    body = min("pic-999999887", "pic-999999984")
    assert known(date(2016, 1, 1))[body] == "999999984"
    assert known(date(2018, 1, 1))[body] == "999999887"
    assert known(date(2018, 1, 1))["own-name"] == "own-name"
