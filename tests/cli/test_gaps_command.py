"""``gaps``, ``coverage`` and ``absent`` as a person runs them: on screen, as JSON, as files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graphsvc.cli import cli
from graphsvc.errors import GraphsvcError

Ask = Callable[..., Result]


@pytest.fixture
def ask(home: Path) -> Ask:
    def ask_(*arguments: str) -> Result:
        runner = CliRunner(env={"GRAPHSVC_HOME": str(home), "COLUMNS": "200"})
        return runner.invoke(cli, list(arguments), catch_exceptions=True)

    return ask_


def test_the_matrix_on_screen_and_as_a_workbook_have_the_same_numbers(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "coverage.xlsx"
    done = ask("coverage", "--place", "Pirkanmaa", "--language", "fi", "--output", str(file))
    assert done.exit_code == 0, done.output
    assert "kansalaisyhteiskunta" in done.stdout, "civil society has its column, and would without anybody too"
    assert "Solu on tyhjä" in done.stdout
    book = load_workbook(file)
    cells = [[cell.value for cell in row] for row in book["cells"].iter_rows(min_row=2)]
    for row in cells:
        names = row[8].split(", ") if row[8] else []
        assert len(names) == row[4], "each count is the length of the list of names"
    told = json.loads(ask("coverage", "--place", "FI197", "--json").stdout)
    assert [len(cell["actors"]) for cell in told["cells"]] == [row[4] for row in cells]
    matrix = [row[2:] for row in book["matrix"].iter_rows(min_row=2, values_only=True)]
    assert [number for row in matrix for number in row] == [row[4] for row in cells]


def test_areas_below_one_another_and_the_names_behind_each_cell(ask: Ask) -> None:
    done = ask("coverage", "--place", "Pirkanmaa", "--by", "area", "--names", "--language", "en")
    assert "Juupajoki (0)" in done.stdout
    assert "  1 Digitalisation of industry" in done.stdout
    assert "Flexbright Oy" in done.stdout


def test_gaps_with_reasons_and_who_should_meet(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "gaps.csv"
    done = ask("gaps", "--place", "Pirkanmaa", "--only", "broker", "--only", "door", "--output", str(file))
    assert done.exit_code == 0, done.output
    assert "Lone broker (12)" in done.stdout
    assert "→ Who should meet: " in done.stdout
    assert "A hub has at least" in done.stdout
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {row["kind"] for row in rows} == {"broker", "door"}
    told = json.loads(ask("gaps", "--place", "FI197", "--only", "broker", "--json").stdout)
    assert [gap["title"] for gap in told["gaps"]] == [row["title"] for row in rows if row["kind"] == "broker"]
    assert told["gaps"][0]["evidence"][0]["refs"]


def test_who_is_absent_from_a_theme_or_a_collaboration_by_name(ask: Ask) -> None:
    theme = ask("absent", "Teollisuuden digitalisaatio", "--place", "Pirkanmaa", "--language", "fi")
    assert "Tampereen kaupunki" in theme.stdout
    assert "Sen sektorilta ei ole mukana ketään: julkinen hallinto." in theme.stdout
    alliance = json.loads(ask("absent", "Pirkanmaan startup-allianssi", "--place", "FI197", "--json").stdout)
    assert alliance["numbers"] == {"collaborations": 1, "participants": 9}
    nothing = ask("absent", "nonsense")
    assert isinstance(nothing.exception, GraphsvcError)
    assert "no theme or collaboration 'nonsense'" in str(nothing.exception)


def test_a_file_with_another_ending_is_refused_before_anything_is_asked(ask: Ask) -> None:
    done = ask("gaps", "--output", "gaps.pdf")
    assert isinstance(done.exception, GraphsvcError)
    assert ".xlsx" in str(done.exception)
