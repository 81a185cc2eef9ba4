"""``graphsvc export`` as a person runs it: all formats, and everything out and in again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphsvc.cli import cli
from graphsvc.exporting import FORMS, Format


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, env={"GRAPHSVC_HOME": str(home), "GRAPHSVC_LANGUAGE": "fi"})


@pytest.fixture(scope="module")
def home(sample_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("exporting")
    (home / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return home


def test_the_help_says_what_each_format_is_for(home: Path) -> None:
    text = run(home, "export", "--help").output
    for name, form in FORMS.items():
        assert f"{name} " in text
        assert form.purpose in text


@pytest.mark.parametrize("format_", [name for name, form in FORMS.items() if form.whole])
def test_everything_out_and_in_again(home: Path, tmp_path: Path, format_: Format) -> None:
    file = tmp_path / f"everything.{FORMS[format_].ending}"
    assert run(home, "export", "--format", format_, "--output", str(file)).exit_code == 0
    other = tmp_path / "other"
    done = run(other, "import", str(file), "--yes")
    assert done.exit_code == 0, done.output
    before, after = (json.loads(run(each, "status", "--json").stdout) for each in (home, other))
    for what in ("actors", "collaborations", "participations", "themes", "places", "links"):
        assert after[what] == before[what]


def test_a_part_of_the_graph_is_no_workbook(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "part.xlsx"
    done = run(home, "export", "--format", "workbook", "--place", "Pirkanmaa", "--output", str(file))
    assert done.exit_code != 0
    assert "holds the whole graph as recorded" in str(done.exception)
    assert not file.exists()


def test_a_network_in_two_modes(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    done = run(home, "export", "--format", "json", "--two-mode", "--place", "Pirkanmaa", "--output", str(file))
    assert done.exit_code == 0
    graph = json.loads(file.read_bytes())
    assert {node["bipartite"] for node in graph["nodes"]} == {0, 1}
    assert graph["graph"]["mode"] == "two-mode"
