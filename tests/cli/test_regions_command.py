"""``regions`` at the terminal: the list of views, each view in three languages, as JSON, and as a table in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from graphsvc.cli import cli
from graphsvc.ingest.columns import VIEW_SHEETS
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests.regions.test_procurement import write
from tests.regions.test_rdi_environments import SHEETS


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


NARROWED = {
    (): ["Barn", "Hall", "Lab", "Shed"],
    ("--theme", "Health"): ["Lab"],
    ("--form", "physical"): ["Hall", "Lab"],
    ("--open-to", "by_agreement"): ["Hall"],
    ("--owner", "uni"): ["Hall", "Lab"],
    ("--owner", "City", "--eu", "no"): ["Hall", "Shed"],
    ("--eu", "unknown"): ["Barn"],
}


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the environments that tests of the view count by hand."""
    home = tmp_path_factory.mktemp("environments")
    service = Service.open(Settings(home=home))
    service.load(service.check(write(home / "environments.xlsx", SHEETS)))
    service.close()
    return home


@pytest.mark.parametrize("options", NARROWED)
def test_environments_are_narrowed_as_page_and_api_do(environments: Path, options: tuple[str, ...]) -> None:
    told = json.loads(ask(environments, "rdi_environments", *options, "--json"))
    assert [each["collaboration"]["name"] for each in told["environments"]] == NARROWED[options]
    shown = ask(environments, "rdi_environments", *options, "--language", "en").split("EU networks")[0]
    assert all(name in shown for name in NARROWED[options])
    assert sum(told["ties"].values()) == 4, "what is told of all stays"


@pytest.mark.parametrize("wrong", [("--theme", "Nothing"), ("--owner", "Nobody"), ("--eu", "perhaps")])
def test_what_is_not_there_narrows_nothing_and_says_so(environments: Path, wrong: tuple[str, ...]) -> None:
    done = CliRunner(env={"GRAPHSVC_HOME": str(environments)}).invoke(cli, ["regions", "rdi_environments", *wrong])
    assert done.exit_code != 0


@pytest.mark.parametrize("view", [*VIEW_SHEETS, None])
def test_only_environments_are_narrowed(environments: Path, view: str | None) -> None:
    words = ["regions", *([view] if view else []), "--eu", "no"]
    done = CliRunner(env={"GRAPHSVC_HOME": str(environments)}).invoke(cli, words)
    assert (done.exit_code == 0) is (view == "rdi_environments")
