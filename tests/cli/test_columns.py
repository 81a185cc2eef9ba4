"""The columns of a list as a person sees, corrects and saves them: ``import --columns``, ``--map``, ``--mapping``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphsvc.cli import cli
from graphsvc.errors import InvalidValue
from graphsvc.settings import Settings

LIST = "Kuka;Missä;Väri\nA Oy;P;red\nB Oy;P;blue\n"


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRAPHSVC_HOME", str(tmp_path / "home"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments)], catch_exceptions=False)


def fields(path: Path, *arguments: str) -> dict[str, str]:
    answer = json.loads(run(path, "--columns", "--json", *arguments).stdout)
    return {row["heading"]: row["field"] for row in answer["columns"]}


ORDERS = ("--map", "Kuka=actor.name", "--map", "Missä=collaboration.name")


def test_shown_corrected_saved_and_remembered(listed: Path) -> None:
    assert set(fields(listed)) == {"Kuka", "Missä", "Väri"}
    corrected = fields(listed, *ORDERS)
    assert (corrected["Kuka"], corrected["Missä"]) == ("actor.name", "collaboration.name")
    looked = run(listed, "--dry-run", *ORDERS)
    assert "2 actors" in looked.stdout or "actors: 2 new" in looked.stdout
    folder = Settings.load().home / "mappings"
    assert not folder.exists(), "a dry run keeps nothing"
    assert "2 rows saved" in run(listed, "--yes", *ORDERS).output
    assert len(list(folder.iterdir())) == 1
    next_year = listed.with_name("lista 2025.csv")
    next_year.write_text(LIST + "C Oy;Q;red\n", encoding="utf-8")
    again = run(next_year, "--dry-run")
    assert "as was said for a file with these headings" in again.output
    assert "actors: 1 new" in again.stdout


def test_written_to_a_file_and_read_from_it(listed: Path) -> None:
    told = listed.with_name("m.toml")
    with pytest.raises(InvalidValue, match=r"no file 'm\.toml'"):
        run(listed, "--mapping", told, "--dry-run")
    run(listed, "--columns", "--mapping", told, *ORDERS)
    assert '"Kuka" = "actor.name"' in told.read_text(encoding="utf-8")
    told.write_text(told.read_text(encoding="utf-8").replace('"Väri" = "', '"Väri" = "participation.role" # "'))
    assert fields(listed, "--mapping", str(told))["Väri"] == "participation.role"


def test_help_names_the_formats() -> None:
    text = run("--help").stdout
    for name in (
        "GraphML",
        "GEXF",
        "GML",
        "Pajek",
        "UCINET DL",
        "NodeXL",
        "VOSviewer",
        "Kumu",
        "Onodo",
        "node-link JSON",
    ):
        assert name in text
    for name in (".ods", "CSV", "CORDIS", "keep.eu", "structural funds", "any list of organisations"):
        assert name in text
