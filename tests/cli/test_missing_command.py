"""``graphsvc missing --output``: the list as a workbook, CSV or Parquet, beside the fixed columns of ``--csv``."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet
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
        return runner.invoke(cli, ["missing", "--place", "Pirkanmaa", "--top", "6", *arguments])

    return ask_


def test_the_workbook_says_what_the_list_says(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "missing.xlsx"
    done = ask("--language", "fi", "--output", str(file), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)["missing"]
    book = load_workbook(file)
    assert book.sheetnames == ["missing", "reasons", "about"]
    lines = list(book["missing"].iter_rows(min_row=2, values_only=True))
    assert [line[:3] for line in lines] == [(each["rank"], each["a_name"], each["b_name"]) for each in told]
    assert [line[3] for line in lines] == pytest.approx([each["score"] for each in told])
    assert [line[4] for line in lines] == [" · ".join(each["reasons_for"]) for each in told]
    reasons = list(book["reasons"].iter_rows(min_row=2, values_only=True))
    spoken = [text for each in told for text in (*each["reasons_for"], *each["reasons_against"])]
    assert [row[5] for row in reasons] == spoken
    assert all(":" in row[7] for row in reasons if row[7]), "facts have addresses"
    assert any(str(row[7]).startswith(("actor:", "collaboration:")) for row in reasons)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_how_it_was_made_stands_beside_it(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "missing.csv"
    assert ask("--as-of", "2018-01-01", "--output", str(file)).exit_code == 0
    with (tmp_path / "missing-about.csv").open(encoding="utf-8", newline="") as opened:
        rows = [(row["what"], row["value"]) for row in csv.DictReader(opened)]
    about = dict(rows)
    assert about["day"] == about["view: as_of"] == "2018-01-01"
    assert about["view: place"] == "FI197"
    assert about["method"]
    assert int(about["revision"]) > 0
    assert [value for what, value in rows if what == "source"]


def test_parquet_keeps_numbers_as_numbers(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "missing.parquet"
    assert ask("--output", str(file)).exit_code == 0
    columns = pyarrow.parquet.read_table(file).to_pydict()
    assert columns["rank"] == [1, 2, 3, 4, 5, 6]
    assert all(isinstance(score, float) for score in columns["score"])


def test_csv_keeps_its_columns(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "missing.csv"
    assert ask("--csv", str(file), "--output", str(tmp_path / "other.xlsx")).exit_code == 0
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "rank,actor_a,actor_b,score,name_a,name_b,id_a,id_b,for,against"


def test_another_ending_is_refused_before_anything_is_asked(ask: Ask) -> None:
    done = ask("--output", "missing.pdf")
    assert isinstance(done.exception, GraphsvcError)
    assert ".xlsx" in str(done.exception)
