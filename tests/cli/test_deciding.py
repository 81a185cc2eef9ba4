"""Deciding on suggestions at the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result

from graphsvc.cli import cli


@pytest.fixture
def home(sample_graph: Path, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "graph.kgl").write_bytes(sample_graph.read_bytes())
    return home


def graphsvc(home: Path, *arguments: str) -> Result:
    environment = {"GRAPHSVC_HOME": str(home), "GRAPHSVC_STORE": str(home / "graph.kgl"), "GRAPHSVC_LANGUAGE": "en"}
    return CliRunner().invoke(cli, arguments, env=environment)


def listed(home: Path, *options: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(graphsvc(home, "missing", "--json", *options).stdout)["missing"]
    return found


def test_from_a_suggestion_to_a_project_and_back(home: Path, tmp_path: Path) -> None:
    first, second = ((str(each["a"]), str(each["b"])) for each in listed(home, "--top", "2"))
    said = graphsvc(home, "decide", *first, "accept", "--reason", "good-fit", "--by", "Maija", "--words", "=1+1")
    assert "nothing decided → accepted" in said.stderr
    assert "project" in graphsvc(home, "follow-up", *first, "project", "--by", "Maija").stderr
    assert "no until" in graphsvc(home, "decide", *second, "no", "--reason", "competitors").stderr
    left = graphsvc(home, "missing", "--top", "2")
    assert "2 pairs were left out of the list" in " ".join(left.stdout.split())
    marks = {(str(each["a"]), str(each["b"])): each["decision"] for each in listed(home, "--top", "2", "--all")}
    assert all(marks[pair] for pair in (first, second))
    assert "[project: Maija" in graphsvc(home, "missing", "--top", "2", "--all").stdout
    page = json.loads(graphsvc(home, "decisions", "--state", "project", "--json").stdout)
    assert [(each["state"], each["decision"]["reply"]["by"]) for each in page["items"]] == [("project", "Maija")]
    assert "led to a project" in graphsvc(home, "decisions", "history", *first).stdout
    assert "a good fit 1" in graphsvc(home, "decisions", "summary").stdout
    back = graphsvc(home, "decisions", "withdraw", *second, "--words", "a slip")
    assert "no → nothing decided" in back.stderr
    assert second in {(str(each["a"]), str(each["b"])) for each in listed(home, "--top", "2")}


def test_decisions_are_written_with_charts_and_without_formulas(home: Path, tmp_path: Path) -> None:
    pair = [str(listed(home, "--top", "1")[0][side]) for side in "ab"]
    graphsvc(home, "decide", *pair, "no", "--reason", "other", "--words", '=HYPERLINK("x")', "--by", "@Maija")
    book = tmp_path / "decisions.xlsx"
    assert graphsvc(home, "decisions", "export", str(book), "--language", "fi").exit_code == 0
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Päätökset", "Historia", "Perusteittain", "Syittäin"]
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert '\'=HYPERLINK("x")' in {cell.value for cell in cells}
    with ZipFile(book) as parts:
        charts = [name for name in parts.namelist() if "charts/chart" in name]
        drawings = b"".join(parts.read(name) for name in parts.namelist() if "drawings/drawing" in name)
    assert len(charts) == 2
    assert b"Vaakapalkit" in drawings, "a chart says in words what it shows"
    file = tmp_path / "decisions.csv"
    graphsvc(home, "decisions", "export", str(file))
    with file.open(encoding="utf-8", newline="") as text:
        (row,) = csv.DictReader(text)
    assert (row["In words"], row["By"], row["State"]) == ('\'=HYPERLINK("x")', "'@Maija", "no")
    assert (tmp_path / "decisions-History.csv").exists()


def test_mistakes_are_said_in_a_sentence(home: Path) -> None:
    pair = [str(listed(home, "--top", "1")[0][side]) for side in "ab"]
    assert graphsvc(home, "decide", *pair, "no").exit_code == 2, "a reason is asked for"
    wrong = graphsvc(home, "decide", *pair, "accept", "--reason", "competitors")
    assert "no reason for accept" in str(wrong.exception)
    early = graphsvc(home, "follow-up", *pair, "met")
    assert "were not accepted" in str(early.exception)
    assert "Nothing was decided" in str(graphsvc(home, "decisions", "withdraw", *pair).exception)
