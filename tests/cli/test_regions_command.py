"""``regions`` at the terminal: the list of views, each view in three languages, as JSON, and as a table in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from graphsvc.cli import cli
from graphsvc.ingest.columns import VIEW_SHEETS


def ask(home: Path, *arguments: str) -> str:
    runner = CliRunner(env={"GRAPHSVC_HOME": str(home), "COLUMNS": "200"})
    done = runner.invoke(cli, ["regions", *arguments])
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def test_without_a_name_all_views_are_listed(home: Path) -> None:
    shown = ask(home, "--language", "fi")
    assert all(view in shown for view in VIEW_SHEETS)


@pytest.mark.parametrize("view", VIEW_SHEETS)
def test_each_view_is_shown_told_and_written(home: Path, tmp_path: Path, view: str) -> None:
    shown = {language: ask(home, view, "--language", language) for language in ("fi", "sv", "en")}
    assert len(set(shown.values())) == 3, "each in its own language"
    assert "Traceback" not in "".join(shown.values())
    assert isinstance(json.loads(ask(home, view, "--json")), dict)
    file = tmp_path / "view.xlsx"
    ask(home, view, "--output", str(file))
    assert load_workbook(file).sheetnames


def test_members_of_an_alliance_by_source(home: Path) -> None:
    told = json.loads(ask(home, "startup_alliance", "--as-of", "2020-12-31", "--json"))
    (alliance,) = told["alliances"]
    claimed = [claim["source"]["id"] for member in alliance["members"] for claim in member["claims"]]
    assert sorted(claimed.count(source) for source in set(claimed)) == [6, 8], "both stand"
